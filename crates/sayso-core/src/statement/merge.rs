//! The model's attributions beside the lexicon's.
//!
//! Two witnesses see the same text: the rules, by cue and tree, and the model, by what it learned
//! from annotated news. Where both see a cue, the rules' boundaries hold (they follow the guide)
//! and confidence rises; where the rules had to guess, the model's content takes the place of the
//! guess. A cue that only the model sees makes a statement where it is sure.

use sayso_lexicon::{CueKind, Frame, WordClass};
use sayso_text::{Rel, Role, TokenRange, Upos, Xpos};

use super::antecedent;
use super::clause::Content;
use super::draft::{Draft, is_thing, under_negation};
use super::medium;
use super::modifier;
use super::piece::{overlap, tidy_all};
use super::source::{self, Phrase, Speaker};
use super::view::View;
use super::{act, certainty, cue};
use crate::StatementRule as Rule;
use crate::{Act, Certainty};

/// How sure the model must be of a cue that no line of the lexicon explains.
const ALONE: f32 = 0.5;
/// How sure it must be of a cue that names no act of speech.
const DOING: f32 = 0.65;
/// How sure it must be of a cue with a speaker whose word names neither speech nor an event.
const TELLING: f32 = 0.5;
/// How sure it must be for its boundaries to stand where both agree on the content.
const SURE: f32 = 0.9;
/// How sure it must be of a speaker that the tree does not give the cue.
const SURE_OF_SPEAKER: f32 = 0.75;
/// How sure it must be of a cue whose word the lexicon knows.
const KNOWN: f32 = 0.4;

/// One attribution as the model sees it.
#[derive(Debug)]
struct Seen {
    cue: Option<TokenRange>,
    sources: Vec<TokenRange>,
    /// The score of the surest source.
    speaks: f32,
    contents: Vec<TokenRange>,
    score: f32,
}

/// Puts the model's roles together by their links.
fn seen(view: &View<'_>) -> Vec<Seen> {
    let roles = &view.context.reading.roles;
    let mut found = Vec::new();
    for (i, anchor) in roles.iter().enumerate() {
        let cueless = anchor.role == Role::Source && anchor.link.is_none();
        if anchor.role != Role::Cue && !cueless {
            continue;
        }
        let linked = |role: Role| {
            roles
                .iter()
                .filter(move |r| r.role == role && r.link == Some(i))
        };
        let contents: Vec<TokenRange> = linked(Role::Content).map(|r| r.tokens.clone()).collect();
        if contents.is_empty() {
            continue;
        }
        let contents: Vec<TokenRange> = contents
            .into_iter()
            .map(|r| {
                let that = view.lower(r.start) == "that" && r.len() > 2;
                r.start + usize::from(that)..r.end
            })
            .filter_map(|r| in_paragraph(view, anchor.tokens.start, r))
            .collect();
        let mut sources: Vec<TokenRange> = linked(Role::Source).map(|r| r.tokens.clone()).collect();
        if cueless {
            sources.push(anchor.tokens.clone());
        }
        if contents.is_empty() {
            continue;
        }
        let worst = linked(Role::Content)
            .map(|r| r.score)
            .fold(anchor.score, f32::min);
        let speaks = linked(Role::Source).map(|r| r.score).fold(0.0, f32::max);
        found.push(Seen {
            speaks,
            cue: (!cueless).then(|| anchor.tokens.clone()),
            sources,
            contents,
            score: worst,
        });
    }
    found
}

/// What of a run stands in the paragraph of its cue: a line of its own, such as a headline, is
/// said by somebody else. A quotation may run over paragraphs.
fn in_paragraph(view: &View<'_>, cue: usize, run: TokenRange) -> Option<TokenRange> {
    let quoted = view
        .quotes
        .iter()
        .any(|q| q.holds(run.start) || q.holds(run.end.saturating_sub(1)));
    if quoted || !view.has(Rule::ContentInParagraph) {
        return Some(run);
    }
    let own = |i: &usize| view.paragraph(*i) == view.paragraph(cue);
    let start = run.clone().find(own)?;
    let end = run.clone().rev().find(own)? + 1;
    Some(start..end)
}

/// Whether the model has said anything of this text.
pub(super) fn has_roles(view: &View<'_>) -> bool {
    view.context
        .reading
        .roles
        .iter()
        .any(|r| r.role == Role::Cue)
}

/// Merges what the model sees into the drafts of the lexicon.
pub(super) fn merge(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let seen = seen(view);
    let mut supported = vec![false; drafts.len()];
    let mut fresh = Vec::new();
    for attribution in &seen {
        let partner = drafts.iter().position(|d| {
            attribution.cue.as_ref().is_some_and(|cue| {
                cue.contains(&d.main)
                    || d.cue
                        .as_ref()
                        .is_some_and(|own| own.start < cue.end && cue.start < own.end)
            })
        });
        match partner {
            Some(at) => {
                if let Some(flag) = supported.get_mut(at) {
                    *flag = true;
                }
                support(view, &mut drafts[at], attribution);
            }
            None if view.has(Rule::ModelCue) => fresh.extend(alone(view, attribution, drafts)),
            None => {}
        }
    }
    if !seen.is_empty() && view.has(Rule::SecondWitness) {
        for (draft, supported) in drafts.iter_mut().zip(&supported) {
            if !supported {
                // A guess by word order alone needs a second witness.
                let guess = matches!(
                    draft.content.rule,
                    Some(Rule::WordsBeforeCue | Rule::WordsAfterCue | Rule::ClauseAroundCue)
                );
                let alone = guess && !is_headline(view, draft.main);
                draft.score -= if alone { 0.3 } else { 0.15 };
            }
        }
    }
    drafts.extend(fresh);
}

/// Whether the sentence ends without a full stop: "Dozens shot after fall of Arba, monitor says"
/// has the cue at its end, whatever the model sees.
fn is_headline(view: &View<'_>, cue: usize) -> bool {
    let sentence = view.sentence(cue);
    sentence.end == cue + 1 && !view.is_punct(cue)
}

/// Whether the model's content is one run of more than a word or two.
fn one_run(seen: &Seen) -> bool {
    seen.contents.len() == 1 && seen.contents.iter().all(|r| r.len() > 2)
}

fn support(view: &View<'_>, draft: &mut Draft, seen: &Seen) {
    let (shared, all) = overlap(&draft.content.ranges, &seen.contents);
    let agree = shared * 2 >= all;
    draft.score = (draft.score + if agree { 0.25 } else { 0.05 }).min(0.98);
    let guessed = matches!(
        draft.content.rule,
        Some(
            Rule::WordsBeforeCue | Rule::WordsAfterCue | Rule::QuoteBeforeCue | Rule::QuoteAfterCue
        )
    );
    // The rules know more where the model's run takes in a "that" or another cue.
    let first = draft.content.ranges.first().map_or(0, |r| r.start);
    let last = draft.content.ranges.last().map_or(0, |r| r.end);
    let takes_that = first > 0
        && view.lower(first - 1) == "that"
        && seen.contents.iter().any(|r| r.contains(&(first - 1)));
    // The rules see both parts of what the cue interrupts, the model's one run is one of them.
    let interrupted = view.has(Rule::BothPartsStand)
        && draft.content.ranges.len() > 1
        && first < draft.main
        && draft.main < last;
    let takes_cue = draft.content.rule == Some(Rule::ClauseAfterCue)
        && seen.contents.iter().any(|r| {
            r.end > last + 1
                && (last..r.end)
                    .any(|i| cue::is_cue_verb(view, i) && matches!(view.lower(last), "and" | "but"))
        });
    // Whom "urged the army to …" urges is the addressee, and no part of what is said.
    let takes_addressee = view.has(Rule::AddresseeOutside)
        && draft.content.to.is_some_and(|to| {
            !draft.content.ranges.iter().any(|r| r.contains(&to))
                && seen.contents.iter().any(|r| r.contains(&to))
        });
    let words: usize = seen.contents.iter().map(ExactSizeIterator::len).sum();
    let guess = !agree && guessed && words > 1 && seen.score >= KNOWN;
    let sure = seen.score >= SURE
        && one_run(seen)
        && !takes_that
        && !takes_cue
        && !interrupted
        && !takes_addressee;
    if (guess || sure) && view.has(Rule::ContentByModel) {
        draft.content.ranges = tidy_all(view, seen.contents.clone());
        draft.content.rule = Some(Rule::ContentByModel);
    }
    name_speaker(view, draft, seen);
}

/// Gives the draft the model's speaker where the rules found none, or another one than the model
/// is sure of: a subject far from its verb is lost in a wrong tree.
fn name_speaker(view: &View<'_>, draft: &mut Draft, seen: &Seen) {
    let Some(phrase) = seen.sources.first().and_then(|s| phrase_of(view, s)) else {
        return;
    };
    let missing = draft.speaker.chain.is_empty()
        && view.has(Rule::SourceByModel)
        && (draft.speaker.rule.is_none() || (draft.rule == Rule::CueNoun && seen.speaks >= SURE));
    let apart = draft.speaker.chain.first().is_some_and(|own| {
        // A pronoun says less than a noun that can speak, and "who" no more than what it stands for.
        let worse = antecedent::can_speak(view, own.head)
            && (view.upos(phrase.head) == Upos::Pron
                || draft.speaker.rule == Some(Rule::Antecedent));
        view.has(Rule::SourceByModel)
            && seen.speaks >= SURE_OF_SPEAKER
            && !worse
            && !seen
                .sources
                .iter()
                .any(|s| s.start < own.tokens.end && own.tokens.start < s.end)
    });
    if missing || apart {
        draft.speaker.chain = vec![phrase];
        draft.speaker.rule = Some(Rule::SourceByModel);
    }
}

/// The noun phrase of a source span.
fn phrase_of(view: &View<'_>, span: &TokenRange) -> Option<Phrase> {
    let head = span
        .clone()
        .filter(|&i| view.is_nominal(i))
        .find(|&i| view.head(i).is_none_or(|h| !span.contains(&h)))
        .or_else(|| span.clone().find(|&i| view.is_nominal(i)))?;
    // "the doctors, who said …": the doctors said it.
    if span.len() == 1
        && matches!(view.xpos(head), Xpos::WP | Xpos::WDT)
        && let Some(noun) = antecedent::antecedent(view, head)
    {
        return Some(source::full(view, noun));
    }
    // Without a trailing relative clause.
    let stop = span
        .clone()
        .find(|&i| i > head && matches!(view.xpos(i), Xpos::WP | Xpos::WDT | Xpos::WPS));
    let mut end = stop.unwrap_or(span.end);
    while end > head + 1 && view.is_punct(end - 1) {
        end -= 1;
    }
    let such = view.lower(span.start) == "such" && view.lower(span.start + 1) == "as";
    let start = (span.start + 2 * usize::from(such)..head)
        .find(|&i| {
            !matches!(
                view.upos(i),
                Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Punct
            )
        })
        .unwrap_or(head);
    Some(Phrase {
        tokens: start..end,
        head,
    })
}

/// A statement that only the model sees.
fn alone(view: &View<'_>, seen: &Seen, drafts: &[Draft]) -> Option<Draft> {
    let main = match &seen.cue {
        Some(cue) => cue
            .clone()
            .find(|&i| view.upos(i) == Upos::Verb)
            .or_else(|| cue.clone().find(|&i| view.upos(i) == Upos::Noun))
            .unwrap_or(cue.start),
        None => seen.sources.first()?.start,
    };
    // The word of a cue that the rules refused for its frame still tells the act.
    let known = seen.cue.clone().into_iter().flatten().find_map(|i| {
        let kind = match view.upos(i) {
            Upos::Verb => CueKind::Verb,
            Upos::Noun => CueKind::Noun,
            _ => return None,
        };
        view.cues()
            .starting_with(view.lemma(i))
            .find(|c| c.kind == kind && c.words.len() == 1 && !c.takes(Frame::AsOnly))
    });
    let least = if known.is_some() { KNOWN } else { ALONE };
    let ranges = tidy_all(view, seen.contents.clone());
    let length: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    let clausal = ranges
        .iter()
        .flat_map(Clone::clone)
        .any(|i| view.is_verb(i));
    // "denied the existence of any campaign": some cues take a noun phrase.
    let nominal = known.is_some_and(|c| {
        c.frames
            .iter()
            .any(|f| !matches!(f, Frame::Clause | Frame::Quote | Frame::Inf | Frame::ToInf))
    });
    let sure = if !seen.sources.is_empty() && !does(view, main) {
        TELLING
    } else {
        DOING
    };
    let shortest = if seen.score >= DOING { 2 } else { 3 };
    if seen.score < least || length < shortest || !(clausal || nominal || seen.score >= sure) {
        return None;
    }
    let vouched = vouches(view, seen, main, &ranges);
    // Cues that only report what somebody does or sees: never, or only where the model is sure.
    let refused = seen.cue.clone().into_iter().flatten().any(|i| {
        view.is_verb(i)
            && ((shows(view, i) && !vouched) || (is_no_speech(view, i) && seen.score < DOING))
    });
    let quoted = ranges
        .iter()
        .any(|r| view.quotes.iter().any(|q| q.holds(r.start)));
    if cue::asked_in_passing(view, main) || (act::performs(view, main) && !clausal && !quoted) {
        return None;
    }
    // "was", "has not": half a cue, without the word that says something.
    let half = seen.cue.clone().is_some_and(|mut cue| {
        cue.all(|i| {
            matches!(
                view.upos(i),
                Upos::Aux | Upos::Part | Upos::Adv | Upos::Det | Upos::Pron
            )
        })
    });
    // The rules know each "according to" and refuse it where nobody speaks ("according to plan").
    let by_plan = seen
        .cue
        .clone()
        .is_some_and(|mut cue| cue.any(|i| view.lower(i) == "according"));
    if half
        || by_plan
        || cue::is_label(view, main)
        || (view.has(Rule::NoSpeech) && gives_a_name(view, main))
    {
        return None;
    }
    let itself = ranges
        .first()
        .is_some_and(|r| view.lower(r.start).ends_with("self"));
    if refused
        || (shows(view, main) && !vouched)
        || itself
        || (is_no_speech(view, main) && seen.score < DOING)
    {
        return None;
    }
    let unnamed = ranges.iter().flat_map(Clone::clone).any(|i| {
        i > 0
            && matches!(view.lower(i), "named" | "identified" | "quoted")
            && view.lower(i - 1) == "be"
    });
    if unnamed {
        return None;
    }
    if cue::hypothetical(view, main) {
        return None;
    }
    if view.is_infinitive(main) || (view.lemma(main) == "ask" && view.xpos(main) == Xpos::VBN) {
        return None;
    }
    let inner: Vec<TokenRange> = drafts
        .iter()
        .filter(|d| {
            let own: usize = d.content.ranges.iter().map(ExactSizeIterator::len).sum();
            // What somebody says inside the content is nested in it, and no rival.
            let same = d
                .speaker
                .chain
                .first()
                .is_none_or(|p| seen.sources.iter().any(|s| s.contains(&p.head)));
            let nested = seen.score >= TELLING
                && !same
                && !is_no_speech(view, main)
                && d.cue.is_some()
                && ranges.iter().any(|r| r.contains(&d.main));
            !nested && overlap(&d.content.ranges, &ranges).0 * 5 >= own * 4
        })
        .flat_map(|d| d.content.ranges.clone())
        .collect();
    if overlap(&inner, &ranges).0 * 2 >= length {
        return None;
    }
    // Another statement says nearly the same words.
    if drafts.iter().any(|d| {
        let (shared, all) = overlap(&d.content.ranges, &ranges);
        shared * 10 >= all * 7
    }) {
        return None;
    }
    let head = ranges.first().and_then(|r| {
        r.clone()
            .find(|&i| view.is_verb(i) && view.head(i).is_none_or(|h| !r.contains(&h)))
    });
    let content = Content {
        ranges,
        head,
        rule: Some(Rule::ContentByModel),
        ..Content::default()
    };
    let act = known.map_or(Act::Report, |c| Act::parse(&c.act).unwrap_or(Act::Report));
    let base = known.map_or(Certainty::Certain, |c| {
        Certainty::parse(&c.certainty).unwrap_or(Certainty::Certain)
    });
    let (polarity, polarity_word) = act::polarity(view, &content);
    let (certainty, certainty_word) = certainty::of(view, base, &content);
    let named = seen.sources.first().and_then(|s| phrase_of(view, s));
    if named
        .as_ref()
        .is_some_and(|n| modifier::is_no_speaker(view, n.head))
    {
        return None;
    }
    // "The list of the dead: see page four": a thing before a colon is a label.
    let label = view.is_punct(main)
        && named.as_ref().is_some_and(|p| {
            !antecedent::can_speak(view, p.head) && !source::is_text(view, p.head)
        });
    if label && view.has(Rule::ColonHeadline) {
        return None;
    }
    let chain: Vec<Phrase> = match named {
        Some(phrase) if view.has(Rule::SourceByModel) => vec![phrase],
        _ if view.upos(main) == Upos::Verb => source::by_tree(view, main, &content),
        _ => Vec::new(),
    };
    // "The season promises to be dry": what the rules refused is not brought back.
    let doing = known.is_some_and(|c| c.takes(Frame::Inf));
    let by_thing = doing
        && view.has(Rule::ThingsDoNotSpeak)
        && chain.first().is_some_and(|p| is_thing(view, p.head));
    if by_thing {
        return None;
    }
    let medium = seen
        .cue
        .is_some()
        .then(|| medium::medium(view, main, &content.ranges))
        .flatten();
    let to = known.and_then(|c| source::addressee(view, main, &c.name, &content));
    let draft = Draft {
        rule: Rule::ModelCue,
        line: known.map(|c| c.name.clone()),
        act,
        act_rule: Some(Rule::ModelCue),
        certainty,
        certainty_word,
        polarity,
        polarity_word,
        plover: known.and_then(|c| c.plover),
        cameo: known.and_then(|c| c.cameo),
        cue: seen.cue.clone(),
        main,
        speaker: Speaker {
            chain,
            medium: None,
            rule: Some(Rule::SourceByModel),
        },
        content,
        to,
        medium,
        score: seen.score.min(0.9) * 0.8,
    };
    under_negation(view, draft)
}

/// "a song called “Leave the Keys”": a name is given, nothing is said.
fn gives_a_name(view: &View<'_>, main: usize) -> bool {
    view.xpos(main) == Xpos::VBN
        && matches!(view.rel(main), Rel::Acl | Rel::Amod)
        && matches!(
            view.lemma(main),
            "call" | "name" | "dub" | "title" | "entitle" | "nickname" | "christen"
        )
}

/// Whether the word of `main` tells of an event: "struck", "seized".
fn does(view: &View<'_>, main: usize) -> bool {
    view.is_verb(main) && view.lexicon().events.verb_lemma(view.lower(main)).is_some()
}

/// Pictures that show, things that seem: nobody speaks (guide, boundaries).
fn shows(view: &View<'_>, token: usize) -> bool {
    view.has(Rule::NoSpeech) && view.is_in(WordClass::Shows, view.lemma(token))
}

/// "A survey shows …", "the mayor cited the curfew": a study shows for those who made it, and who
/// cites a reason gives it; pictures show for nobody, and who cites a speaker passes him on.
fn vouches(view: &View<'_>, seen: &Seen, main: usize, content: &[TokenRange]) -> bool {
    match view.lemma(main) {
        "show" => seen
            .sources
            .first()
            .and_then(|s| phrase_of(view, s))
            .is_some_and(|p| view.is_in(WordClass::Showing, view.lemma(p.head))),
        "cite" => {
            let speaks = content
                .iter()
                .flat_map(Clone::clone)
                .take(4)
                .any(|i| view.is_nominal(i) && antecedent::can_speak(view, i));
            seen.score >= SURE && view.is_finite(main) && !seen.sources.is_empty() && !speaks
        }
        _ => false,
    }
}

/// Verbs of wishing, doing and perceiving, which the model's corpus calls attributions and the
/// guide does not.
fn is_no_speech(view: &View<'_>, main: usize) -> bool {
    view.has(Rule::NoSpeech) && view.is_in(WordClass::NoSpeech, view.lemma(main))
}
