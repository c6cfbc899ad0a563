//! How sure the speaker is.
//!
//! | | plain content | "likely", "probably", "appears" | "may", "might", "could", "possibly" |
//! |---|---|---|---|
//! | cue is `certain` (said, confirmed, denied) | certain | probable | possible |
//! | cue is `probable` (claimed, believes, warned) | probable | probable | possible |
//! | cue is `possible` (alleged, suspects, reportedly, doubts) | possible | possible | possible |
//!
//! The cue's own word stands in `lexicon/cues.tsv`; an estimate is probable at most. Only words of
//! the content's main clause count: what a clause inside it may do says nothing of the whole.

use sayso_text::Rel;

use super::clause::Content;
use super::view::View;
use crate::{Act, Certainty, StatementRule as Rule};

/// Certainty and the word of the content that lowered it.
pub(super) fn of(
    view: &View<'_>,
    base: Certainty,
    act: Act,
    content: &Content,
) -> (Certainty, Option<usize>) {
    let base = match act {
        Act::Estimate if view.has(Rule::EstimateIsProbable) => base.max(Certainty::Probable),
        Act::Doubt if view.has(Rule::DoubtIsPossible) => Certainty::Possible,
        _ => base,
    };
    let Some(head) = content.head.filter(|_| view.has(Rule::ModalInContent)) else {
        return (base, None);
    };
    let mut lowest = (base, None);
    let inside = |i: usize| content.ranges.iter().any(|r| r.contains(&i));
    let mut words: Vec<usize> = vec![head];
    words.extend(
        view.children(head)
            .iter()
            .copied()
            .filter(|&c| matches!(view.rel(c), Rel::Aux | Rel::Advmod | Rel::Cop | Rel::Amod)),
    );
    for word in words.into_iter().filter(|&w| inside(w)) {
        let weak = match view.lower(word) {
            "may" | "might" | "could" | "possibly" | "perhaps" | "maybe" | "possible" => {
                Certainty::Possible
            }
            "likely" | "probably" | "apparently" | "seemingly" | "probable" | "presumably" => {
                Certainty::Probable
            }
            _ if matches!(view.lemma(word), "appear" | "seem") => Certainty::Probable,
            _ => continue,
        };
        if weak > lowest.0 {
            lowest = (weak, Some(word));
        }
    }
    lowest
}
