//! Sums over many incidents or a long time: "since 2011", "in a week of strikes".

use sayso_lexicon::TriggerPos;
use sayso_text::{Rel, Span, Xpos};

use super::trigger::Hit;
use super::words::Words;

/// The words that make the sentence around `token` a sum, if any.
pub(crate) fn cue(words: &Words<'_>, token: usize) -> Option<Span> {
    let sentence = words.sentence(token);
    let clause = clause_around(words, token);
    let span = |t: usize| words.context.reading.tokens.get(t).map(|t| t.span);
    for t in clause {
        let next = |n: usize| words.form((t + n).min(sentence.end.saturating_sub(1)));
        match words.form(t) {
            // "since 2011", "since the war began", "since then" told of an earlier start
            "since" if since_long(words, t, sentence.end) && !after(words, t, token) => {
                return span(t);
            }
            "so" if next(1) == "far" && matches!(next(2), "this" | "in") => return span(t),
            // "over the past month", "in the last three years"
            "past" | "last"
                if (1..4).any(|n| {
                    matches!(next(n), "years" | "months" | "weeks" | "decade" | "decades")
                }) =>
            {
                return span(t);
            }
            // "in a week of strikes", "after months of fighting"
            "week" | "weeks" | "month" | "months" | "year" | "years" | "decade" | "decades"
                if next(1) == "of"
                    && (2..5).any(|n| OF_VIOLENCE.contains(&next(n)))
                    && (within(words, t) || !after(words, t, token)) =>
            {
                return span(t);
            }
            // "have been killed this year", but not "was killed this year"
            "this" if matches!(next(1), "year" | "month") && is_perfect(words, token) => {
                return span(t);
            }
            "annually" | "overall" => return span(t),
            _ => {}
        }
    }
    None
}

const OF_VIOLENCE: &[&str] = &[
    "strikes",
    "fighting",
    "attacks",
    "clashes",
    "bombing",
    "violence",
    "airstrikes",
    "shelling",
    "raids",
    "war",
    "conflict",
    "protests",
    "unrest",
    "bloodshed",
    "killings",
];

/// Whether the stretch of time at `t` is what everything happened in: "in a week of strikes".
fn within(words: &Words<'_>, t: usize) -> bool {
    matches!(words.case(t), Some("in" | "during" | "over" | "within"))
}

/// "have been killed", "has kidnapped".
fn is_perfect(words: &Words<'_>, verb: usize) -> bool {
    words
        .context
        .syntax
        .children_by(verb, &[Rel::Aux, Rel::AuxPass])
        .any(|c| matches!(words.form(c), "have" | "has" | "'ve"))
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
        words.rel(noun) == Rel::NsubjPass
            && words.is_any(
                verb,
                &[
                    "record", "report", "document", "register", "count", "log", "tally", "verify",
                ],
            )
    });
    numbered && recorded
}

/// Whether "since" at `t` is followed by a year or by the start of a war.
fn since_long(words: &Words<'_>, t: usize, end: usize) -> bool {
    (t + 1..(t + 9).min(end)).any(|n| {
        let form = words.form(n);
        (form.len() == 4 && form.parse::<u16>().is_ok_and(|y| (1900..2100).contains(&y)))
            || matches!(
                form,
                "war" | "conflict" | "uprising" | "insurgency" | "coup" | "began"
            )
    })
}

/// Whether `token` stands inside the phrase that the word at `t` opens.
fn after(words: &Words<'_>, t: usize, token: usize) -> bool {
    words
        .head(t)
        .is_some_and(|head| words.context.syntax.dominates(head, token) && token > t)
}

/// Whether the trigger itself names many incidents told as one.
pub(crate) fn is_sum(words: &Words<'_>, hit: &Hit) -> bool {
    if hit.frame(words).name == "conflict" {
        return true;
    }
    // "have died in the war since 2011": the war with its years, whatever type it would be.
    let matched = &words.lexicon().frames.all[hit.matched.0];
    if matched.name == "conflict" && cue(words, hit.token).is_some() {
        return true;
    }
    if hit.pos == TriggerPos::Noun
        && words.is_any(hit.token, &["war", "conflict", "insurgency", "uprising"])
        && cue(words, hit.token).is_some()
    {
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
            if super::clause::subject(words, hit.token).is_some_and(|s| {
                words.is_any(s, &["war", "conflict", "insurgency", "uprising"])
                    || is_counted(words, s)
            }) {
                return true;
            }
            hit.trigger(words).outcome
        }
    };
    many && cue(words, hit.token).is_some()
}

/// The tokens from the last comma-free boundary of a coordinated clause; the sentence at most.
fn clause_around(words: &Words<'_>, token: usize) -> std::ops::Range<usize> {
    let sentence = words.sentence(token);
    let start = (sentence.start..token)
        .rev()
        .find(|&t| matches!(words.form(t), ";" | ":"))
        .map_or(sentence.start, |t| t + 1);
    start..sentence.end
}
