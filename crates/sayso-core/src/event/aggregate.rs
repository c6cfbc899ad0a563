//! Sums over many incidents or a long time: "since 2011", "in a week of strikes".

use sayso_lexicon::TriggerPos;
use sayso_text::Span;

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
            // "since 2011", "since the war began"
            "since"
                if !matches!(
                    next(1),
                    "then"
                        | ","
                        | "monday"
                        | "tuesday"
                        | "wednesday"
                        | "thursday"
                        | "friday"
                        | "saturday"
                        | "sunday"
                        | "yesterday"
                        | "dawn"
                        | "early"
                ) =>
            {
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
            // "during the war", "a decade of conflict"
            "decade" | "decades" | "years" | "months" | "weeks" if next(1) == "of" => {
                return span(t);
            }
            "week" | "month" | "year"
                if next(1) == "of"
                    && [
                        "strike",
                        "strikes",
                        "fighting",
                        "attacks",
                        "clashes",
                        "bombing",
                        "violence",
                        "airstrikes",
                        "shelling",
                        "raids",
                    ]
                    .contains(&next(2)) =>
            {
                return span(t);
            }
            "annually" | "overall" => return span(t),
            _ => {}
        }
    }
    None
}

/// Whether the trigger itself names many incidents told as one.
pub(crate) fn is_sum(words: &Words<'_>, hit: &Hit) -> bool {
    hit.frame(words).name == "conflict"
        || (hit.pos == TriggerPos::Noun && cue(words, hit.token).is_some())
        || (hit.pos == TriggerPos::Verb && cue(words, hit.token).is_some())
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
