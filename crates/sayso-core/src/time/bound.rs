//! What a time that stands near an event can and cannot say of it.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::DatingWord;
use sayso_text::{Rel, Upos, Xpos};

use super::clause::{clause_of, head_of, in_present, speaks};
use super::spans::{Dating, Sense, precision};
use super::when::plus;
use crate::{AttachRule, Context, Event, Status};

/// So many days back, what is told in the present may still be meant.
const PRESENT: i32 = 7;

/// So many days, a campaign that has begun may still go on.
const CAMPAIGN: i32 = 366;

/// So long, in tokens, a clause behind "when" is at most.
const CLAUSE: usize = 16;

/// So far back, in tokens, a word of rank stands before "since".
const RANKED: usize = 14;

/// An event and the day its text was written on.
#[derive(Clone, Copy)]
pub(super) struct Bounds<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) event: &'a Event,
    pub(super) written: Option<Date>,
}

/// Whether a dating that hangs on the event at `token` by `rank` can date it.
pub(super) fn fits(bounds: Bounds<'_>, token: usize, rank: usize, dating: &Dating) -> bool {
    let Bounds {
        context,
        event,
        written,
    } = bounds;
    let happened = matches!(
        event.status,
        Status::Asserted | Status::Denied | Status::Disputed
    );
    let ahead = written.is_some_and(|day| dating.start > day);
    if happened && ahead && context.has(AttachRule::NotAheadOfReport) {
        return false;
    }
    match dating.sense {
        Sense::Since => !(is_ranked(context, dating) && context.has(AttachRule::FirstSince)),
        Sense::Lasting => {
            !context.has(AttachRule::LastsUntilNow) || (rank <= 1 && lasts(context, token))
        }
        Sense::Within => {
            !(context.has(AttachRule::PresentIsNow)
                && (is_now(bounds, token, rank, dating) || is_aside(bounds, token, rank, dating)))
        }
        Sense::Until | Sense::By => true,
    }
}

/// "The first raid since 2019", "the deadliest since March": what is ranked has not lasted since.
fn is_ranked(context: &Context<'_>, dating: &Dating) -> bool {
    let start = dating.tokens.start;
    let sentence = context.reading.sentence_of(start);
    (start.saturating_sub(RANKED)..start).any(|t| {
        context.reading.sentence_of(t) == sentence
            && context.reading.tokens.get(t).is_some_and(|token| {
                let word = context.reading.word(t).to_lowercase();
                matches!(token.xpos, Xpos::JJS | Xpos::RBS)
                    || context
                        .knowledge
                        .lexicon
                        .times
                        .dates(DatingWord::First, &word)
            })
    })
}

/// "As of Tuesday, strikes had killed 300", "by Sunday troops had taken the town": a bound of what
/// the clause tells, which had come about by then.
pub(super) fn by_then(context: &Context<'_>, token: usize, dating: &Dating) -> Option<Dating> {
    let clause = clause_of(context, token);
    let own = clause == clause_of(context, head_of(context, &dating.tokens));
    let by = dating
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|t| context.reading.word(t).eq_ignore_ascii_case("by"));
    let perfect = || {
        context.syntax.children_by(clause, &[Rel::Aux]).any(|aux| {
            context
                .reading
                .tokens
                .get(aux)
                .is_some_and(|t| t.lemma == "have")
        })
    };
    (own && context.has(AttachRule::ByThen) && (dating.sense == Sense::By || by && perfect())).then(
        || Dating {
            sense: Sense::By,
            ..dating.clone()
        },
    )
}

/// Whether a time at the end of the sentence, below the name of who leads or backs one of the sides,
/// is that of the whole: "clashed with fighters led by a preacher in the hills on Tuesday".
pub(super) fn ends_sentence(
    context: &Context<'_>,
    token: usize,
    clause: usize,
    dating: &Dating,
    anchors: &[usize],
) -> bool {
    let (reading, syntax) = (context.reading, context.syntax);
    let passive = reading
        .tokens
        .get(clause)
        .is_some_and(|t| t.xpos == Xpos::VBN);
    let by = || {
        syntax
            .children_by(clause, &[Rel::Obl, Rel::OblAgent])
            .any(|agent| {
                syntax
                    .children_by(agent, &[Rel::Case])
                    .any(|case| reading.word(case).eq_ignore_ascii_case("by"))
            })
    };
    let sentence = reading.sentences.get(reading.sentence_of(token));
    let last = sentence.is_some_and(|sentence| {
        (dating.tokens.end..sentence.tokens.end).all(|t| syntax.upos(t) == Upos::Punct)
    });
    passive
        && last
        && token < clause
        && clause < dating.tokens.start
        && !anchors.contains(&clause)
        && precision(dating.start, dating.end) <= 2
        && by()
        && context.has(AttachRule::EndOfSentence)
}

/// Whether the event's clause is a perfect, so that a length beside it ends now: "has burned for
/// three days", not "burned for three days"; likewise "men held for three years are free".
fn lasts(context: &Context<'_>, token: usize) -> bool {
    let clause = clause_of(context, token);
    let perfect = context.syntax.children(clause).iter().any(|&child| {
        context
            .reading
            .tokens
            .get(child)
            .is_some_and(|t| t.lemma == "have" && matches!(t.xpos, Xpos::VBP | Xpos::VBZ))
    });
    let held = clause == token
        && context.syntax.rel(token) == Rel::Acl
        && context
            .reading
            .tokens
            .get(token)
            .is_some_and(|t| t.xpos == Xpos::VBN);
    perfect || held
}

fn is_old(written: Option<Date>, dating: &Dating) -> bool {
    written
        .and_then(|day| plus(day, (-PRESENT).days()))
        .is_some_and(|low| dating.end < low)
}

/// Whether a sentence in the present has the time long past in a clause that neither stands under
/// the event's nor over it: "he, who was jailed in 2011, is shot after wounding a guard".
fn is_aside(bounds: Bounds<'_>, token: usize, rank: usize, dating: &Dating) -> bool {
    let Bounds {
        context, written, ..
    } = bounds;
    let coarse = precision(dating.start, dating.end) >= 4;
    if rank < 3 || !coarse || !is_old(written, dating) {
        return false;
    }
    let syntax = context.syntax;
    let own = clause_of(context, token);
    let clause = clause_of(context, head_of(context, &dating.tokens));
    let near = syntax.head(clause) == Some(own) || syntax.head(own) == Some(clause);
    let mut root = own;
    for _ in 0..context.reading.tokens.len() {
        match syntax.head(root) {
            Some(up) => root = up,
            None => break,
        }
    }
    !near && clause != own && in_present(context, root)
}

/// Whether a verb in the present stands before a time long past: "a court sentences him over a raid
/// in 2019". A time at the head of the clause is a chronicle's: "In 2019 rebels take the town".
fn is_now(bounds: Bounds<'_>, token: usize, rank: usize, dating: &Dating) -> bool {
    let Bounds {
        context, written, ..
    } = bounds;
    let old = is_old(written, dating);
    let verb = context.syntax.upos(token) == Upos::Verb && clause_of(context, token) == token;
    let behind = rank > 0 || dating.tokens.start > token;
    old && verb && behind && in_present(context, token)
}

/// "The war, which broke out in April 2023, has killed thousands": what has begun goes on until the
/// text says that it has ended.
pub(super) fn goes_on(
    bounds: Bounds<'_>,
    token: usize,
    dating: &Dating,
) -> Option<(usize, Dating)> {
    let Bounds {
        context, written, ..
    } = bounds;
    let (syntax, words) = (context.syntax, &context.knowledge.lexicon.times);
    let written = written.filter(|day| {
        dating.sense == Sense::Within
            && dating.start <= *day
            && context.has(AttachRule::BegunGoesOn)
    })?;
    let lemma = |t: usize| {
        let token = context.reading.tokens.get(t);
        token.map_or(String::new(), |token| token.lemma.to_lowercase())
    };
    let verb = clause_of(context, head_of(context, &dating.tokens));
    if !words.dates(DatingWord::Begins, &lemma(verb)) {
        return None;
    }
    let subject = syntax.child(verb, &[Rel::Nsubj, Rel::NsubjPass])?;
    let pronoun = syntax.upos(subject) == Upos::Pron && syntax.rel(verb) == Rel::AclRelcl;
    let noun = if pronoun { syntax.head(verb)? } else { subject };
    let plain = lemma(noun);
    let near = plus(dating.end, CAMPAIGN.days()).is_some_and(|most| most >= written);
    let lasting = words.dates(DatingWord::Lasting, &plain)
        || (near && words.dates(DatingWord::Campaign, &plain));
    let of_it = token == noun || syntax.child(token, &[Rel::Nsubj, Rel::NsubjPass]) == Some(noun);
    if !lasting || !of_it {
        return None;
    }
    let sentence = context
        .reading
        .sentences
        .get(context.reading.sentence_of(noun))?;
    let ended = sentence
        .tokens
        .clone()
        .any(|t| words.dates(DatingWord::Ends, &lemma(t)) && syntax.upos(t) == Upos::Verb);
    (!ended).then(|| {
        let dating = Dating {
            end: written.max(dating.end),
            sense: Sense::Since,
            ..dating.clone()
        };
        (0, dating)
    })
}

/// Whether "since" behind a noun reaches on: "the fighting since March", while "since the March
/// raid" does not make the raid last.
pub(super) fn reaches(context: &Context<'_>, dating: &Dating) -> bool {
    dating.sense == Sense::Since && context.has(AttachRule::SinceReaches)
}

/// Whether the event noun at `at`, which a time hangs on, is only what another is about: "for the
/// 2017 murders", "after Monday's raid", but not "in Monday's raid" unless somebody is tried for it.
pub(super) fn is_about(bounds: Bounds<'_>, token: usize, at: usize, dating: &Dating) -> bool {
    let Bounds { context, event, .. } = bounds;
    let words = &context.knowledge.lexicon.times;
    if event.status == Status::Planned
        || !context.has(AttachRule::AboutEvent)
        || !matches!(context.syntax.rel(at), Rel::Obl | Rel::Nmod)
    {
        return false;
    }
    let tried = context.reading.tokens.get(token).is_some_and(|verb| {
        verb.upos == Upos::Verb && words.dates(DatingWord::Tries, &verb.lemma.to_lowercase())
    });
    let mut cases = context
        .syntax
        .children_by(at, &[Rel::Case])
        .map(|case| context.reading.word(case).to_lowercase());
    if dating.sense == Sense::Since {
        // "killed since the raid on Monday", but not "a curfew after nine murders since Monday".
        return !cases.any(|case| case == "since");
    }
    tried || cases.any(|case| !words.dates(DatingWord::Within, &case))
}

/// Whether the event stands in a clause that tells of the time: "the first since 2017, when a
/// general was killed".
pub(super) fn tells_when(context: &Context<'_>, token: usize, dating: &Dating) -> bool {
    let word = |t: usize| context.reading.word(t).to_lowercase();
    let end = dating.tokens.end;
    let when = if word(end) == "," { end + 1 } else { end };
    token > when
        && token - when <= CLAUSE
        && word(when) == "when"
        && context.reading.sentence_of(token) == context.reading.sentence_of(when)
        && context.has(AttachRule::WhenClause)
}

/// Of two days in one clause, the first before an event noun and the second behind it, the second is
/// the noun's: "arrested two men on Sunday over the bombing in Quetta on Friday". Whether `dating`,
/// one of the two, dates the event at `token`; `None` where there are no such two.
pub(super) fn of_two_days(
    context: &Context<'_>,
    token: usize,
    dating: &Dating,
    datings: &[Dating],
    anchors: &[usize],
) -> Option<bool> {
    if !context.has(AttachRule::SecondDay) {
        return None;
    }
    let syntax = context.syntax;
    let verb = |d: &Dating| clause_of(context, head_of(context, &d.tokens));
    let is_day = |d: &Dating| d.sense == Sense::Within && precision(d.start, d.end) <= 2;
    let clause = verb(dating);
    let alone = |d: &Dating| {
        let head = head_of(context, &d.tokens);
        syntax.head(head) == Some(clause) && matches!(syntax.rel(head), Rel::Obl | Rel::OblUnmarked)
    };
    let other = datings
        .iter()
        .find(|d| d.tokens != dating.tokens && is_day(d) && verb(d) == clause && alone(d))?;
    if !is_day(dating) || !alone(dating) {
        return None;
    }
    let (first, second) = if dating.tokens.start < other.tokens.start {
        (dating, other)
    } else {
        (other, dating)
    };
    let between = first.tokens.end..second.tokens.start;
    // Nothing ends the noun's phrase before the second day.
    let noun = anchors.iter().copied().find(|&noun| {
        between.contains(&noun)
            && syntax.upos(noun) == Upos::Noun
            && syntax.head(noun) == Some(clause)
            && (noun + 1..second.tokens.start).all(|t| {
                !matches!(
                    syntax.upos(t),
                    Upos::Punct | Upos::Verb | Upos::Cconj | Upos::Sconj
                )
            })
    })?;
    let of_noun = token == noun;
    let is_second = dating.tokens == second.tokens;
    if of_noun {
        return Some(is_second);
    }
    (is_second && clause_of(context, token) == clause).then_some(false)
}

/// Whether a time before two nouns dates both: "the February attacks and abductions".
pub(super) fn shares(
    context: &Context<'_>,
    event: &Event,
    token: usize,
    head: usize,
    dating: &Dating,
) -> bool {
    let syntax = context.syntax;
    let of_second =
        |noun: usize| syntax.rel(token) == Rel::Conj && syntax.head(token) == Some(noun);
    context.has(AttachRule::SharedModifier)
        && syntax.upos(token) == Upos::Noun
        && syntax.head(head).is_some_and(|noun| {
            dating.tokens.end <= noun
                && noun < token
                && !event.mention_tokens.contains(&noun)
                && syntax.upos(noun) == Upos::Noun
                && of_second(noun)
        })
}

/// Whether the relative clause at `clause` tells what the event itself did: "protests that set off
/// the war seven years ago".
pub(super) fn tells_of(context: &Context<'_>, event: &Event, token: usize, clause: usize) -> bool {
    let syntax = context.syntax;
    let own = syntax
        .head(clause)
        .is_some_and(|noun| noun == token || event.mention_tokens.contains(&noun));
    let subject = syntax.child(clause, &[Rel::Nsubj, Rel::NsubjPass]);
    let relative = subject.is_some_and(|subject| {
        let word = context.reading.word(subject).to_lowercase();
        matches!(word.as_str(), "that" | "which")
    });
    own && relative
        && syntax.upos(token) == Upos::Noun
        && !speaks(context, clause)
        && context.has(AttachRule::RelativeTells)
}
