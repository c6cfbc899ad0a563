//! Named entities from BIO scores.

use sayso_text::{Name, NameKind};

use crate::bio::Bio;
use crate::encoder::Table;

/// The names of a document; none crosses into a token for which `starts` is true.
pub(crate) fn decode(
    labels: &Bio<NameKind>,
    scores: &Table,
    starts: impl Fn(usize) -> bool,
) -> Vec<Name> {
    labels
        .decode(scores, 0.0, starts)
        .into_iter()
        .map(|found| Name {
            tokens: found.rows,
            kind: found.kind,
            score: found.score.min(1.0),
        })
        .collect()
}
