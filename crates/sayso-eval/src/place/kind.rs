//! What kind of place a toponym of the gold names, decided from the gold: by GeoNames' feature code
//! where it gives one, else by what lies at its point under its words.

use sayso_core::Knowledge;
use sayso_lexicon::PlaceNoun;
use sayso_place::Feature;

use crate::gold::toponyms::GoldToponym;

/// Farther than this from the gold's point, a place of the name is another one: in degrees.
const SAME: f64 = 1.5;
/// … and a country or a continent, whose points differ from list to list.
const SAME_LARGE: f64 = 12.0;

/// A kind of toponym, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// "Syrian".
    Demonym,
    Country,
    /// A first-order division.
    Division1,
    /// A second-order division or a smaller one.
    Division2,
    Settlement,
    /// A part of a settlement.
    Section,
    /// A continent, a sea or a region that no state drew.
    Region,
    /// A river, a lake, an island, a mountain, a forest.
    Natural,
    /// A street, a building, a camp, a base.
    Facility,
    /// A name that neither the gold nor the gazetteer says more of.
    Unknown,
}

impl Kind {
    /// Its name in the table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Demonym => "demonym",
            Self::Country => "country",
            Self::Division1 => "first-order division",
            Self::Division2 => "district, county",
            Self::Settlement => "settlement",
            Self::Section => "neighbourhood",
            Self::Region => "continent, sea, region",
            Self::Natural => "natural feature",
            Self::Facility => "street, building, camp, base",
            Self::Unknown => "of no known kind",
        }
    }

    /// The kind of a gold toponym.
    pub(super) fn of(toponym: &GoldToponym, text: &str, knowledge: &Knowledge<'_>) -> Self {
        let words = toponym.span.of(text);
        let places = &knowledge.lexicon.places;
        if places.demonym(words).is_some() {
            return Self::Demonym;
        }
        if let Some(kind) = toponym.feature.as_deref().and_then(Self::of_code) {
            return kind;
        }
        if let Some((_, named)) = places.named(words) {
            return match named.feature.as_str() {
                "continent" | "sea" | "region" => Self::Region,
                "country" => Self::Country,
                "province" => Self::Division1,
                "district" => Self::Division2,
                "settlement" => Self::Settlement,
                "neighbourhood" => Self::Section,
                _ => Self::Facility,
            };
        }
        Self::at_point(toponym, words, knowledge)
            .or_else(|| Self::of_noun(words, knowledge))
            .unwrap_or(Self::Unknown)
    }

    /// By a code of GeoNames, such as `P.PPLX`.
    fn of_code(code: &str) -> Option<Self> {
        let (class, code) = code.split_once('.')?;
        Some(match (class, code) {
            ("A", code) if code.starts_with("PCL") => Self::Country,
            ("A", "ADM1") => Self::Division1,
            ("A", _) => Self::Division2,
            ("P", "PPLX") => Self::Section,
            ("P", _) => Self::Settlement,
            ("L", "CONT" | "RGN") => Self::Region,
            ("H", "OCN" | "SEA") => Self::Region,
            ("H" | "T" | "V" | "U", _) => Self::Natural,
            ("S" | "R" | "L", _) => Self::Facility,
            _ => return None,
        })
    }

    /// By the place of the gazetteer that has the name and lies at the gold's point.
    fn at_point(toponym: &GoldToponym, words: &str, knowledge: &Knowledge<'_>) -> Option<Self> {
        let (lat, lon) = toponym.point?;
        let gazetteer = knowledge.gazetteer;
        let away = |a: f64, b: f64| (a - lat).abs().max((b - lon).abs());
        gazetteer
            .find(words)
            .into_iter()
            .filter_map(|candidate| gazetteer.entry(candidate.id))
            .filter(|entry| {
                let same = match entry.feature {
                    Feature::Country | Feature::Admin1 | Feature::Continent => SAME_LARGE,
                    _ => SAME,
                };
                away(entry.lat, entry.lon) < same
            })
            .map(|entry| {
                let kind = match entry.feature {
                    Feature::Country => Self::Country,
                    Feature::Admin1 => Self::Division1,
                    Feature::Admin2 | Feature::Admin3 => Self::Division2,
                    Feature::Section => Self::Section,
                    Feature::Continent | Feature::Region | Feature::Sea | Feature::Disputed => {
                        Self::Region
                    }
                    Feature::River | Feature::Lake | Feature::Island | Feature::Mountain => {
                        Self::Natural
                    }
                    feature if feature.is_settlement() => Self::Settlement,
                    _ => Self::Facility,
                };
                (kind, away(entry.lat, entry.lon))
            })
            .min_by(|a, b| {
                (a.0, a.1)
                    .partial_cmp(&(b.0, b.1))
                    .unwrap_or(std::cmp::Ordering::Equal)
            })
            .map(|(kind, _)| kind)
    }

    /// By the noun that the words start or end with: "Lake Lanier", "Third Street".
    fn of_noun(words: &str, knowledge: &Knowledge<'_>) -> Option<Self> {
        const NATURAL: [&str; 18] = [
            "lake",
            "river",
            "mount",
            "mountain",
            "mountains",
            "hill",
            "hills",
            "island",
            "islands",
            "forest",
            "valley",
            "creek",
            "bay",
            "beach",
            "desert",
            "delta",
            "lagoon",
            "heights",
        ];
        let lower = words.to_lowercase();
        let (first, last) = (lower.split(' ').next()?, lower.rsplit(' ').next()?);
        if NATURAL.contains(&first) || NATURAL.contains(&last) {
            return Some(Self::Natural);
        }
        Some(match knowledge.lexicon.places.noun(last)? {
            PlaceNoun::Province => Self::Division1,
            PlaceNoun::District => Self::Division2,
            PlaceNoun::Settlement => Self::Settlement,
            PlaceNoun::Neighbourhood => Self::Section,
            PlaceNoun::Area | PlaceNoun::Border => Self::Region,
            noun if noun.is_natural() => Self::Natural,
            _ => Self::Facility,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_geonames_tell_the_kind() {
        assert_eq!(Kind::of_code("A.PCLI"), Some(Kind::Country));
        assert_eq!(Kind::of_code("P.PPLX"), Some(Kind::Section));
        assert_eq!(Kind::of_code("H.STM"), Some(Kind::Natural));
        assert_eq!(Kind::of_code("S.AIRP"), Some(Kind::Facility));
        assert_eq!(Kind::of_code("."), None);
    }
}
