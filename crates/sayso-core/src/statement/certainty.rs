//! How sure the speaker is.
//!
//! | | plain content | a `probable` marker ("likely", "appears") | a `possible` marker ("may", "could") |
//! |---|---|---|---|
//! | cue is `certain` (said, confirmed, denied) | certain | probable | possible |
//! | cue is `probable` (claimed, believes, warned) | probable | probable | possible |
//! | cue is `possible` (alleged, suspects, reportedly, doubts) | possible | possible | possible |
//!
//! The cue's own word stands in `lexicon/cues.tsv`, the markers in `lexicon/certainty.tsv`. Only
//! words of the content's main clause count: what a clause inside it may do says nothing of the
//! whole.

use sayso_text::Rel;

use super::clause::Content;
use super::view::View;
use crate::{Certainty, StatementRule as Rule};

/// Certainty, of a cue that goes as far as `base`, and the word of the content that lowered it.
pub(super) fn of(
    view: &View<'_>,
    base: Certainty,
    content: &Content,
) -> (Certainty, Option<usize>) {
    let Some(head) = content.head.filter(|_| view.has(Rule::ModalInContent)) else {
        return (base, None);
    };
    let inside = |i: usize| content.ranges.iter().any(|r| r.contains(&i));
    let markers = &view.lexicon().certainty;
    let modifiers = view
        .children(head)
        .iter()
        .copied()
        .filter(|&c| matches!(view.rel(c), Rel::Aux | Rel::Advmod | Rel::Cop | Rel::Amod));
    let mut lowest = (base, None);
    for word in [head].into_iter().chain(modifiers).filter(|&w| inside(w)) {
        let marker = markers
            .get(view.lower(word))
            .or_else(|| markers.get(view.lemma(word)));
        if let Some(weak) = marker.and_then(|m| Certainty::parse(&m.certainty))
            && weak > lowest.0
        {
            lowest = (weak, Some(word));
        }
    }
    lowest
}
