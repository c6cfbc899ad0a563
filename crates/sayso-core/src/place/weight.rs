//! What speaks for a sense by itself (population, kind, renown) and by the places around it.

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Kind, Match};

use super::recognise::{Evidence, Toponym};
use super::resolve::{GREAT_CITY, Group, first_of};
use super::sense::{Origin, Sense, distance_km};
use crate::Level;

/// How near two places support each other, in kilometres.
const NEAR_KM: f64 = 120.0;
/// How near two senses keep each other company, in kilometres.
const COMPANY_KM: f64 = 50.0;
/// A name with more senses than this keeps nobody company.
const MOST_COMPANY: usize = 40;

/// Population, kind and renown.
pub(super) fn own_weight(sense: &Sense) -> f64 {
    let people = (sense.population as f64).ln_1p() / std::f64::consts::LN_10;
    let feature = match (sense.origin, sense.feature) {
        (_, Feature::Country) => 6.0,
        // What lies in no country can have no share of one.
        (Origin::Named(_), _) if sense.country.is_none() => 11.0,
        // The user has said what the name means.
        (Origin::Named(_), _) if sense.own => 14.0,
        (Origin::Named(_), _) => 5.5,
        (_, Feature::Admin1) => 2.0,
        (_, Feature::Capital) => 2.5,
        (_, Feature::Seat1) => 1.2,
        (_, Feature::Seat2) => 0.6,
        (_, Feature::Seat3) => 0.3,
        (_, Feature::Admin2) => 0.2,
        (_, Feature::Section | Feature::Hamlet) => -0.6,
        (_, Feature::Lake | Feature::River) => 0.5,
        (_, Feature::Disputed) => 3.0,
        _ => 0.0,
    };
    // Of a division, people count less: that a province is populous does not make it spoken of.
    let people = if sense.feature.is_division() {
        0.35 * people
    } else {
        0.6 * people
    };
    let renown = 0.45 * f64::from(sense.renown).ln_1p();
    // Of the greatest cities every name is a usual one.
    let primary =
        if sense.primary || sense.population >= GREAT_CITY && sense.feature.is_settlement() {
            1.2
        } else {
            0.0
        };
    let how = match sense.how {
        Match::Exact => 0.0,
        Match::Article => -0.3,
        Match::Generic => -0.4,
        Match::Loose => -1.5,
    };
    people + feature + renown + primary + how
}

/// Whether the place is of the kind that the words beside it name.
pub(super) fn noun_weight(sense: &Sense, toponym: &Toponym) -> f64 {
    let settled = sense.feature.is_settlement() || sense.feature == Feature::Section;
    let kind = match sense.kind {
        Kind::Settlement if settled => 1.0,
        Kind::Settlement if sense.feature.is_division() => -1.0,
        Kind::Division if sense.feature.is_division() => 1.5,
        Kind::Division if settled => -0.5,
        _ => 0.0,
    };
    let noun = match toponym.noun {
        Some(PlaceNoun::Province) => match sense.level() {
            Level::Province => 2.0,
            Level::District => 0.5,
            _ => 0.0,
        },
        Some(PlaceNoun::District) => match sense.level() {
            Level::District => 2.0,
            Level::Neighbourhood => 1.0,
            Level::Province => -0.5,
            _ => 0.0,
        },
        Some(PlaceNoun::Settlement) if settled => 1.5,
        Some(PlaceNoun::Settlement) if sense.feature.is_division() => -1.5,
        Some(PlaceNoun::Neighbourhood) if sense.feature == Feature::Section => 1.5,
        Some(PlaceNoun::Camp) if sense.feature == Feature::Camp => 2.0,
        Some(PlaceNoun::Crossing) if sense.feature == Feature::Crossing => 2.0,
        Some(PlaceNoun::Base) if sense.feature == Feature::Base => 2.0,
        _ => 0.0,
    };
    kind + noun
}

/// How near the places that are decided already are, at most 3.6.
pub(super) fn near_weight(sense: &Sense, places: &[(usize, Sense)], kin: &[bool]) -> f64 {
    let near: f64 = places
        .iter()
        // The same place under a longer name is no second witness.
        .filter(|(other, place)| kin.get(*other) == Some(&false) && place.origin != sense.origin)
        .map(|(_, place)| (-distance_km(sense, place) / NEAR_KM).exp())
        .sum();
    1.8 * near.min(2.0)
}

/// Senses of other names that are near, decided or not: small towns of one county stand together
/// in a report. A name with many senses says little, and one of a country nothing. At most 3.
pub(super) fn company(toponyms: &[Toponym], groups: &[Group], sense: &Sense, kin: &[bool]) -> f64 {
    if sense.feature == Feature::Country {
        return 0.0;
    }
    let support: f64 = groups
        .iter()
        .enumerate()
        .filter(|(other, _)| kin.get(*other) == Some(&false))
        .filter_map(|(_, group)| toponyms.get(first_of(group)))
        .filter(|toponym| {
            toponym.evidence != Evidence::Demonym && toponym.senses.len() <= MOST_COMPANY
        })
        .map(|toponym| {
            let nearest = toponym
                .senses
                .iter()
                .filter(|other| other.feature != Feature::Country && other.origin != sense.origin)
                .map(|other| distance_km(sense, other))
                .fold(f64::INFINITY, f64::min);
            (-nearest / COMPANY_KM).exp() / (toponym.senses.len() as f64).sqrt()
        })
        .sum();
    2.0 * support.min(1.5)
}

/// The groups whose name is this one's, or a part of it: "Northern Florida" is no witness for any
/// of the places that are called Florida. Itself among them.
pub(super) fn kin(toponyms: &[Toponym], groups: &[Group], at: usize) -> Vec<bool> {
    let of = |group: &Group| {
        toponyms
            .get(first_of(group))
            .map_or(&[][..], |t| &t.senses[..])
    };
    let own = groups.get(at).map_or(&[][..], of);
    let shares_one = |a: &[Sense], b: &[Sense]| {
        a.first()
            .is_some_and(|first| b.iter().any(|sense| sense.origin == first.origin))
    };
    groups
        .iter()
        .enumerate()
        .map(|(other, group)| {
            other == at || shares_one(of(group), own) || shares_one(own, of(group))
        })
        .collect()
}
