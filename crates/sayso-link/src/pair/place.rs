//! Whether two reports tell of one place.

use crate::Digest;

/// Kilometres within which two points are one spot: a town and its villages.
const SAME_KM: f64 = 8.0;
/// Kilometres within which reports may mean one spot by the names of different towns.
const NEAR_KM: f64 = 40.0;

/// How the places of two reports lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    Near,
    /// Further apart, though both name one first-order division.
    Division,
    Far,
}

/// `None` where one of them has no point.
pub(super) fn relation(a: &Digest, b: &Digest) -> Option<Relation> {
    let km = a
        .where_it_happened()
        .flat_map(|here| b.where_it_happened().map(move |there| here.km(there)))
        .min_by(f64::total_cmp)?;
    Some(if km <= SAME_KM {
        Relation::Same
    } else if km <= NEAR_KM {
        Relation::Near
    } else if super::common::sorted(&a.divisions, &b.divisions)
        .next()
        .is_some()
    {
        Relation::Division
    } else {
        Relation::Far
    })
}
