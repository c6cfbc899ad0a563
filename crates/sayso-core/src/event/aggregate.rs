//! Sums over many incidents or a long time: "since 2011", "in a week of strikes".

use sayso_lexicon::{DatingWord, EventWord, TriggerPos};
use sayso_text::{Rel, Span, Upos, Xpos};

use super::trigger::Hit;
use super::words::Words;
use crate::time::clause_of;
use crate::{JoinRule, TimeMention};

/// The words that make the sentence around `token` a sum, if any.
pub(crate) fn cue(words: &Words<'_>, token: usize) -> Option<Span> {
    let sentence = words.sentence(token);
    let clause = clause_around(words, token);
    clause
        .into_iter()
        .find(|&t| is_cue(words, t, token, sentence.end))
        .and_then(|t| words.context.reading.tokens.get(t))
        .map(|t| t.span)
}

/// Whether the word at `t` tells that what `token` tells happened over a long time.
fn is_cue(words: &Words<'_>, t: usize, token: usize, end: usize) -> bool {
    let next = |n: usize| (t + n).min(end.saturating_sub(1));
    let form = words.form(t);
    // "since 2011", "since the war began", "since then" told of an earlier start
    if form == "since" {
        let years = since_long(words, t, end) && words.on(JoinRule::SinceIsSum);
        let months = words.on(JoinRule::SinceMonthIsSum)
            && since_month(words, t, end)
            && perfect_around(words, token)
            && !is_first(words, t);
        return (years || months) && !after(words, t, token);
    }
    if form == "so" {
        return words.form(next(1)) == "far"
            && words.form_in(next(2), EventWord::BehindSoFar)
            && words.on(JoinRule::PastMonthsAreSum);
    }
    // "over the past month", "in the last three years"
    if words.form_in(t, EventWord::PastOrLast)
        && (1..4).any(|n| words.form_in(next(n), EventWord::LongSpan))
    {
        return words.on(JoinRule::PastMonthsAreSum);
    }
    // "in a week of strikes", "after months of fighting"
    if words.form_in(t, EventWord::SpanOf) && words.form(next(1)) == "of" {
        return (2..5).any(|n| words.form_in(next(n), EventWord::OfViolence))
            && (within(words, t) || !after(words, t, token))
            && words.on(JoinRule::WeekOfStrikesIsSum);
    }
    // "have been killed this year", but not "was killed this year"
    if form == "this" {
        return words.form_in(next(1), EventWord::YearOrMonth)
            && is_perfect(words, token)
            && words.on(JoinRule::ThisYearIsSum);
    }
    words.form_in(t, EventWord::Overall) && words.on(JoinRule::PastMonthsAreSum)
}

/// Whether the stretch of time at `t` is what everything happened in: "in a week of strikes".
fn within(words: &Words<'_>, t: usize) -> bool {
    words.case_in(t, EventWord::WithinPreposition)
}

/// "have been killed", "has kidnapped".
fn is_perfect(words: &Words<'_>, verb: usize) -> bool {
    words
        .context
        .syntax
        .children_by(verb, &[Rel::Aux, Rel::AuxPass])
        .any(|c| words.form_in(c, EventWord::PresentHave))
}

/// "316 kidnappings were recorded": the many happenings of a statistic. Ten and more, since "two
/// blasts were reported" are those of one morning.
fn is_counted(words: &Words<'_>, noun: usize) -> bool {
    let numbered = words
        .context
        .syntax
        .children_by(noun, &[Rel::Nummod])
        .any(|c| {
            let digits = words.form(c).replace(',', "");
            digits.parse::<u32>().is_ok_and(|n| n >= 10)
        });
    let recorded = words.head(noun).is_some_and(|verb| {
        words.rel(noun) == Rel::NsubjPass && words.is_in(verb, EventWord::Recording)
    });
    numbered && recorded && words.on(JoinRule::StatisticIsSum)
}

/// Whether "since" at `t` is followed by a year or by the start of a war.
fn since_long(words: &Words<'_>, t: usize, end: usize) -> bool {
    (t + 1..(t + 9).min(end)).any(|n| {
        let form = words.form(n);
        (form.len() == 4 && form.parse::<u16>().is_ok_and(|y| (1900..2100).contains(&y)))
            || words.form_in(n, EventWord::StartOfWar)
    })
}

/// Whether a month, a season or a year stands behind "since" at `t`: "since the end of January", but
/// not "since January 8", which may be the day before.
fn since_month(words: &Words<'_>, t: usize, end: usize) -> bool {
    let ends = |n: usize| words.form_in(n, EventWord::ClauseEnd);
    let day = |n: usize| {
        let digits = words.form(n).trim_end_matches(char::is_alphabetic);
        digits.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n))
    };
    (t + 1..(t + 7).min(end))
        .take_while(|&n| !ends(n))
        .filter(|&n| !words.is_verb(n) && words.upos(n) != Upos::Aux)
        .any(|n| words.form_in(n, EventWord::LongSince) && !day(n + 1) && !day(n - 1))
}

/// "The first raid since January": what is counted or ranked happened once.
fn is_first(words: &Words<'_>, t: usize) -> bool {
    let times = &words.context.knowledge.lexicon.times;
    (words.sentence(t).start..t).any(|n| {
        // "At least 70" ranks nothing.
        let bound = n.checked_sub(1).is_some_and(|at| words.form(at) == "at");
        matches!(words.xpos(n), Xpos::JJS | Xpos::RBS) && !bound
            || times.dates(DatingWord::First, words.form(n))
    })
}

/// Whether a verb that `token` is, or stands under, is a present perfect: "the number of those killed
/// has reached", but not "one held since January was killed".
fn perfect_around(words: &Words<'_>, token: usize) -> bool {
    let mut at = token;
    for _ in 0..6 {
        if words.is_verb(at) && is_perfect(words, at) {
            return true;
        }
        match words.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Whether `token` stands inside the phrase that the word at `t` opens.
fn after(words: &Words<'_>, t: usize, token: usize) -> bool {
    words
        .head(t)
        .is_some_and(|head| words.context.syntax.dominates(head, token) && token > t)
}

/// Whether the trigger itself names many incidents told as one.
pub(crate) fn is_sum(words: &Words<'_>, hit: &Hit) -> bool {
    let war = words.on(JoinRule::WarIsSum);
    if war && hit.frame(words).name == "conflict" {
        return true;
    }
    // "have died in the war since 2011": the war with its years, whatever type it would be.
    let matched = words.lexicon().frames.all.get(hit.matched.0);
    let of_war = matched.is_some_and(|frame| frame.name == "conflict")
        || hit.pos == TriggerPos::Noun && words.is_in(hit.token, EventWord::WarNoun);
    if war && of_war && cue(words, hit.token).is_some() {
        return true;
    }
    // "The war, which erupted in April, has killed tens of thousands".
    let goes_on = words.rel(hit.token) == Rel::Nsubj
        && words.head(hit.token).is_some_and(|verb| {
            is_perfect(words, verb) && words.is_in(hit.token, EventWord::WarNoun)
        });
    if war && goes_on && hit.pos == TriggerPos::Noun {
        return true;
    }
    if hit.pos == TriggerPos::Noun
        && matches!(words.xpos(hit.token), Xpos::NNS | Xpos::NNPS)
        && is_counted(words, hit.token)
    {
        return true;
    }
    // One clash "since 2011" is none; "attacks since 2011" are many.
    let many = match hit.pos {
        TriggerPos::Noun => matches!(words.xpos(hit.token), Xpos::NNS | Xpos::NNPS),
        TriggerPos::Verb => {
            // "The war has killed thousands"
            if super::clause::subject(words, hit.token)
                .is_some_and(|s| war && words.is_in(s, EventWord::WarNoun) || is_counted(words, s))
            {
                return true;
            }
            hit.trigger(words).outcome
        }
    };
    many && cue(words, hit.token).is_some()
}

/// "As of Tuesday, air strikes had killed 240 people": what many have come to by then.
pub(crate) fn is_sum_by_then(words: &Words<'_>, times: &[TimeMention], hit: &Hit) -> bool {
    let syntax = words.context.syntax;
    let verb = match hit.pos {
        TriggerPos::Verb => hit.token,
        TriggerPos::Noun => hit.predicate,
    };
    let many = super::clause::subject(words, verb).is_some_and(|subject| {
        let of_violence = subject == hit.token || words.form_in(subject, EventWord::OfViolence);
        of_violence && matches!(words.xpos(subject), Xpos::NNS | Xpos::NNPS)
    });
    let perfect = || {
        syntax
            .children_by(verb, &[Rel::Aux])
            .any(|aux| words.is(aux, "have"))
    };
    let by_then = |time: &TimeMention| {
        let word = |back: usize| {
            let at = time.tokens.start.checked_sub(back);
            at.map_or("", |at| words.form(at))
        };
        (word(1) == "by" || word(1) == "of" && word(2) == "as")
            && words.sentence(verb).contains(&time.tokens.start)
            && clause_of(words.context, time.tokens.start) == verb
    };
    words.on(JoinRule::ByThenIsSum)
        && many
        && perfect()
        && (hit.pos == TriggerPos::Noun || hit.trigger(words).outcome)
        && times.iter().any(by_then)
}

/// The tokens from the last comma-free boundary of a coordinated clause; the sentence at most.
fn clause_around(words: &Words<'_>, token: usize) -> std::ops::Range<usize> {
    let sentence = words.sentence(token);
    let start = (sentence.start..token)
        .rev()
        .find(|&t| words.form_in(t, EventWord::ClauseEnd))
        .map_or(sentence.start, |t| t + 1);
    start..sentence.end
}
