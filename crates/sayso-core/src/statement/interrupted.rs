//! Content that its cue interrupts: "The road, he said, was closed", "“The road,” he said, “was
//! closed.”" Whatever the tree hangs the first part on, the words behind the cue go on with it.

use sayso_text::{TokenRange, Upos};

use super::aside::behind_dateline;
use super::clause::Content;
use super::cue::Hit;
use super::view::View;
use crate::StatementRule as Rule;

/// The most words of a speaker that stands between the two parts.
const LONGEST_SPEAKER: usize = 10;

/// Puts the first part in front of content that was found behind the cue only.
pub(super) fn mend(view: &View<'_>, hit: &Hit<'_>, mut content: Content) -> Content {
    if !view.has(Rule::InterruptedByCue) {
        return content;
    }
    if let Some(parts) = quoted(view, hit.main) {
        content.ranges = parts;
    } else if let Some(front) = plain(view, hit, &content) {
        content.ranges.insert(0, front);
    } else {
        return content;
    }
    content.rule = Some(Rule::InterruptedByCue);
    content.left = true;
    content
}

/// "“A,” he said, “B.”": a quotation that opens the sentence, the cue with its speaker, and a
/// second quotation without another verb before it.
fn quoted(view: &View<'_>, verb: usize) -> Option<Vec<TokenRange>> {
    let sentence = view.sentence(verb);
    let first = view
        .quotes
        .iter()
        .rev()
        .find(|q| q.close.is_some_and(|c| c < verb))?;
    let opens =
        first.open < sentence.start || (sentence.start..first.open).all(|i| view.is_punct(i));
    let second = view
        .quotes
        .iter()
        .find(|q| q.open > verb && q.open < sentence.end)?;
    let gap = verb + 1..second.open;
    let same_sentence = first.end() > sentence.start;
    (opens
        && same_sentence
        && is_speaker_only(view, first.end()..verb)
        && view.lower(second.open - 1) == ","
        && gap.len() <= 2 * LONGEST_SPEAKER
        && !gap.clone().any(|i| view.is_finite(i)))
    .then(|| vec![first.inside.clone(), second.inside.clone()])
}

/// "The road, he said, was closed": the second part begins with the verb of the first.
fn plain(view: &View<'_>, hit: &Hit<'_>, content: &Content) -> Option<TokenRange> {
    let sentence = view.sentence(hit.main);
    let start = content.ranges.first()?.start;
    if start <= hit.main || content.left || view.lower(start - 1) != "," {
        return None;
    }
    let verb = (start..start + 3).find(|&i| view.upos(i) != Upos::Adv)?;
    if !(view.is_finite(verb) || view.upos(verb) == Upos::Aux) {
        return None;
    }
    let comma = (sentence.start..hit.main)
        .rev()
        .find(|&i| view.is_punct(i))
        .filter(|&i| view.lower(i) == ",")?;
    if comma + 1 == hit.main || !is_speaker_only(view, comma + 1..hit.main) {
        return None;
    }
    let from = (sentence.start..comma)
        .rev()
        .find(|&i| matches!(view.lower(i), ";" | ":"))
        .map_or_else(|| behind_dateline(view, &sentence, comma), |i| i + 1);
    (from < comma && (from..comma).any(|i| view.is_nominal(i))).then_some(from..comma)
}

/// Whether only a speaker stands in `range`; nothing does where the speaker follows the cue.
fn is_speaker_only(view: &View<'_>, range: TokenRange) -> bool {
    range.len() <= LONGEST_SPEAKER
        && range
            .clone()
            .all(|i| !view.is_verb(i) || view.upos(i) == Upos::Aux)
        && (range.clone().all(|i| view.is_punct(i)) || range.clone().any(|i| view.is_nominal(i)))
}
