//! Whether two reports tell of the same days.

use crate::Digest;

/// How the days of the events of two reports lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Two events of one type overlap.
    SameType,
    /// Two events overlap.
    SameDay,
    Other,
}

/// `None` where one of them has no event with days.
pub(super) fn relation(a: &Digest, b: &Digest) -> Option<Relation> {
    let mut relation = None;
    for here in &a.happenings {
        let Some((start, end)) = here.days else {
            continue;
        };
        for there in &b.happenings {
            let Some((other_start, other_end)) = there.days else {
                continue;
            };
            let overlap = start <= other_end && other_start <= end;
            if overlap && here.acled.is_some() && here.acled == there.acled {
                return Some(Relation::SameType);
            }
            if overlap {
                relation = Some(Relation::SameDay);
            } else {
                relation = relation.or(Some(Relation::Other));
            }
        }
    }
    relation
}
