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

/// Whether nothing in the one can have been on a day of anything in the other; `None` where one of
/// them has nothing whose days are bounded.
pub(super) fn apart(a: &Digest, b: &Digest) -> Option<bool> {
    let windows = |digest: &Digest| -> Vec<(i32, i32)> {
        digest.happenings.iter().filter_map(|h| h.window).collect()
    };
    let (here, there) = (windows(a), windows(b));
    if here.is_empty() || there.is_empty() {
        return None;
    }
    let meet = |x: &(i32, i32)| there.iter().any(|y| x.0 <= y.1 && y.0 <= x.1);
    Some(!here.iter().any(meet))
}
