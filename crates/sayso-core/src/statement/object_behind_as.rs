//! An object behind a judgement: "rejected as baseless claims that …".

use sayso_text::Upos;

use super::clause::Content;
use super::cue::Hit;
use super::view::View;
use crate::StatementRule as Rule;

/// Most words of the judgement: "as false and malicious".
const JUDGEMENT: usize = 4;

/// What is rejected, where "as" and adjectives stand between it and the verb of `hit`.
pub(super) fn find(view: &View<'_>, hit: &Hit<'_>) -> Option<Content> {
    let sentence = view.sentence(hit.main);
    let first = hit.last() + 2;
    if view.lower(hit.last() + 1) != "as" || !view.has(Rule::ObjectBehindAs) {
        return None;
    }
    let judges = |i: usize| {
        matches!(view.upos(i), Upos::Adj | Upos::Adv) || matches!(view.lower(i), "and" | "or" | ",")
    };
    let start = (first..(first + JUDGEMENT).min(sentence.end)).find(|&i| !judges(i))?;
    let opens = matches!(
        view.upos(start),
        Upos::Noun | Upos::Propn | Upos::Det | Upos::Num
    ) && view.upos(first) == Upos::Adj
        && start > first;
    let end = (start..sentence.end)
        .find(|&i| matches!(view.lower(i), "," | ";" | "." | "—" | "–"))
        .unwrap_or(sentence.end);
    (opens && start < end).then(|| Content {
        ranges: vec![start..end],
        head: Some(start),
        rule: Some(Rule::ObjectBehindAs),
        ..Content::default()
    })
}
