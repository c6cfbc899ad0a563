//! What a toponym may mean: the places of the gazetteer and of the lexicon that its words name.

use std::collections::BTreeSet;

use sayso_lexicon::{PlaceNoun, PlaceWord, PlaceWords};
use sayso_place::{Candidate, Entry, Feature, Kind, Match, PlaceId};

use super::recognise::Toponym;
use crate::{Knowledge, Level, PlaceRule, km};

/// Where a sense comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The gazetteer.
    Gazetteer(PlaceId),
    /// `lexicon/places/named.tsv`.
    Named(usize),
}

/// One place that a toponym may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sense {
    pub(super) origin: Origin,
    /// Degrees north.
    pub(super) lat: f64,
    /// Degrees east.
    pub(super) lon: f64,
    /// The country's own place.
    pub(super) country: Option<PlaceId>,
    pub(super) admin1: Option<PlaceId>,
    pub(super) feature: Feature,
    pub(super) population: u64,
    pub(super) renown: u8,
    /// Whether the words are its usual name.
    pub(super) primary: bool,
    pub(super) how: Match,
    /// What a generic word beside the name says.
    pub(super) kind: Kind,
    /// Whether it is a place of the user's own.
    pub(super) own: bool,
    /// Whether the words narrow it: "northern Syria".
    pub(super) narrowed: bool,
}

impl Sense {
    /// Whether it is known far beyond its own country.
    pub(super) fn is_prominent(&self) -> bool {
        matches!(self.origin, Origin::Named(_))
            || matches!(
                self.feature,
                Feature::Country | Feature::Admin1 | Feature::Capital | Feature::Continent
            )
            || self.population >= 100_000
    }

    /// Whether `self` lies inside `outer`.
    pub(super) fn is_inside(&self, outer: &Sense, knowledge: &Knowledge<'_>) -> bool {
        let gazetteer = knowledge.gazetteer;
        match (self.origin, outer.origin) {
            (Origin::Gazetteer(inner), Origin::Gazetteer(holder)) => {
                inner != holder && gazetteer.holds(holder, inner)
            }
            (Origin::Named(_), Origin::Gazetteer(holder)) => {
                self.country == Some(holder) || self.admin1 == Some(holder)
            }
            // A region of the lexicon has no outline: near its point, in its country.
            (_, Origin::Named(_)) => {
                self.country == outer.country
                    && outer.feature != Feature::Camp
                    && self.level() < outer.level()
                    && distance_km(self, outer) < 200.0
            }
        }
    }

    /// How fine the place is.
    pub(super) fn level(&self) -> Level {
        match self.feature {
            Feature::Country | Feature::Continent => Level::Country,
            Feature::Admin1 | Feature::Disputed | Feature::Region | Feature::Sea => Level::Province,
            Feature::Admin2 | Feature::Admin3 => Level::District,
            Feature::Section => Level::Neighbourhood,
            Feature::Capital
            | Feature::Seat1
            | Feature::Seat2
            | Feature::Seat3
            | Feature::Populated
            | Feature::Hamlet => Level::Settlement,
            Feature::River | Feature::Island | Feature::Lake | Feature::Mountain => Level::District,
            _ => Level::Site,
        }
    }
}

/// Great-circle distance.
pub(super) fn distance_km(a: &Sense, b: &Sense) -> f64 {
    km((a.lat, a.lon), (b.lat, b.lon))
}

/// Nearer than this, a place of the gazetteer is the one that the lexicon has under its name.
const SAME_PLACE_KM: f64 = 250.0;

/// Whether `word` only narrows the name behind it ("northern Syria").
pub(super) fn is_part_word(lists: &PlaceWords, word: &str) -> bool {
    // "W. Columbia"; a bare letter is no direction.
    let bare = word.strip_suffix('.');
    let word = bare.unwrap_or(word).to_lowercase();
    (bare.is_some() || word.len() > 1) && lists.has(PlaceWord::Part, &word)
}

/// All places that `words` may name; of the lexicon first. `loosely` searches on, for names that
/// somebody has said are places.
pub(super) fn senses(words: &str, knowledge: &Knowledge<'_>, loosely: bool) -> Vec<Sense> {
    let words = words.trim();
    let mut found: Vec<Sense> = named(words, knowledge).into_iter().collect();
    let gazetteer = knowledge.gazetteer;
    let has = |rule: PlaceRule| knowledge.rules.has(rule);
    let mut candidates = gazetteer.find(words);
    if candidates.is_empty() && found.is_empty() && has(PlaceRule::OtherForm) {
        candidates = other_forms(words)
            .map(|form| gazetteer.find(&form))
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        // "Southern Sudan" is a part of a country, "West Darfur" a state.
        let narrows = words
            .split_once(' ')
            .is_some_and(|(first, _)| is_part_word(&knowledge.lexicon.place_words, first));
        candidates.retain(|candidate| {
            let entry = gazetteer.entry(candidate.id);
            !narrows || entry.is_some_and(|entry| entry.feature != Feature::Country)
        });
    }
    if candidates.is_empty()
        && found.is_empty()
        && let Some((first, rest)) = words.split_once([' ', '-'])
        && is_part_word(&knowledge.lexicon.place_words, first)
        && has(PlaceRule::PartOfPlace)
    {
        // "Lower Shabelle" is a region before it is a part of one; "West Sweden" is a part.
        let of_country = gazetteer
            .find(rest)
            .into_iter()
            .filter_map(|candidate| gazetteer.entry(candidate.id))
            .any(|entry| entry.feature == Feature::Country);
        if !of_country {
            candidates = gazetteer.find_loosely(words);
        }
        candidates.retain(|candidate| {
            gazetteer
                .entry(candidate.id)
                .is_some_and(|entry| entry.feature.is_division())
        });
        if candidates.is_empty() {
            found = senses(rest, knowledge, loosely);
            for sense in &mut found {
                sense.how = sense.how.max(Match::Generic);
                sense.narrowed = true;
            }
            return found;
        }
        for candidate in &mut candidates {
            candidate.how = Match::Generic;
        }
    }
    if candidates.is_empty() && found.is_empty() && loosely && has(PlaceRule::SoundsAlike) {
        candidates = gazetteer.find_loosely(words);
    }
    for candidate in candidates {
        let Some(entry) = gazetteer.entry(candidate.id) else {
            continue;
        };
        found.push(sense_of(knowledge, candidate, &entry));
    }
    // The lexicon's own point stands for the gazetteer's place of that name.
    if has(PlaceRule::OwnPoint)
        && let Some(&own) = found.first()
        && matches!(own.origin, Origin::Named(_))
        && own.country.is_some()
    {
        found.retain(|sense| {
            matches!(sense.origin, Origin::Named(_))
                || sense.feature == Feature::Country
                || own.feature == Feature::Populated && sense.feature.is_division()
                || sense.country != own.country
                || distance_km(sense, &own) > SAME_PLACE_KM
        });
    }
    found
}

/// Fewest people of a town that is looked for under other transliterations of its name.
const TOWN: u64 = 5_000;

/// Towns whose names sound like `words`, beside the `found` villages that are called so: "Vasilyevka"
/// is the name of thirty hamlets, and one transliteration of the town of Vasylivka.
pub(super) fn add_towns(words: &str, knowledge: &Knowledge<'_>, found: &mut Vec<Sense>) {
    let villages = |sense: &Sense| sense.feature.is_settlement() && !sense.is_prominent();
    let searched = knowledge.rules.has(PlaceRule::TownSoundsAlike);
    if found.is_empty() || !found.iter().all(villages) || !searched {
        return;
    }
    let gazetteer = knowledge.gazetteer;
    for candidate in gazetteer.find_loosely(words) {
        let Some(entry) = gazetteer.entry(candidate.id) else {
            continue;
        };
        let known = |sense: &Sense| sense.origin == Origin::Gazetteer(candidate.id);
        if entry.feature.is_settlement() && entry.population >= TOWN && !found.iter().any(known) {
            found.push(sense_of(knowledge, candidate, &entry));
        }
    }
}

/// The ISO codes of the countries that have a place of exactly this name.
pub(super) fn countries(knowledge: &Knowledge<'_>, toponym: &Toponym) -> BTreeSet<String> {
    toponym
        .senses
        .iter()
        .filter(|sense| sense.how == Match::Exact && !sense.narrowed)
        .filter_map(|sense| knowledge.gazetteer.country(sense.country?))
        .map(|country| country.iso3.to_owned())
        .collect()
}

fn sense_of(knowledge: &Knowledge<'_>, candidate: Candidate, entry: &Entry) -> Sense {
    let gazetteer = knowledge.gazetteer;
    Sense {
        origin: Origin::Gazetteer(candidate.id),
        lat: entry.lat,
        lon: entry.lon,
        country: gazetteer.country(candidate.id).map(|country| country.id),
        admin1: gazetteer.admin1(candidate.id),
        feature: entry.feature,
        population: entry.population,
        renown: entry.renown,
        primary: candidate.primary,
        how: candidate.how,
        kind: candidate.kind,
        own: false,
        narrowed: false,
    }
}

/// Other forms of a name that the gazetteer may have: "Western Darfur" for "West Darfur", "Armenia"
/// for "Republic of Armenia", "Miami-Dade County" for "Miami-Dade".
fn other_forms(words: &str) -> impl Iterator<Item = String> {
    const DIRECTIONS: [(&str, &str); 4] = [
        ("North", "Northern"),
        ("South", "Southern"),
        ("East", "Eastern"),
        ("West", "Western"),
    ];
    const STATES: [&str; 6] = [
        "Commonwealth of",
        "Federal Republic of",
        "Islamic Republic of",
        "Kingdom of",
        "Republic of",
        "Sultanate of",
    ];
    let directed = words.split_once(' ').and_then(|(first, rest)| {
        DIRECTIONS.iter().find_map(|&(short, long)| {
            let other = match first {
                _ if first.eq_ignore_ascii_case(short) => long,
                _ if first.eq_ignore_ascii_case(long) => short,
                _ => return None,
            };
            Some(format!("{other} {rest}"))
        })
    });
    let state = STATES.iter().find_map(|state| {
        let rest = words.strip_prefix(state)?.strip_prefix(' ')?;
        Some(rest.strip_prefix("the ").unwrap_or(rest).to_owned())
    });
    let hyphenated = words.contains('-') && !words.contains(' ');
    let county = hyphenated.then(|| format!("{words} County"));
    [directed, state, county].into_iter().flatten()
}

fn named(words: &str, knowledge: &Knowledge<'_>) -> Option<Sense> {
    let (number, place) = knowledge.lexicon.places.named(words)?;
    let gazetteer = knowledge.gazetteer;
    let country = place
        .iso3
        .as_deref()
        .and_then(|iso3| gazetteer.country_by_iso3(iso3));
    let admin1 = place.admin1.as_deref().and_then(|name| {
        gazetteer
            .find(name)
            .into_iter()
            .map(|candidate| candidate.id)
            .find(|&id| {
                gazetteer.admin1(id) == Some(id)
                    && gazetteer.country(id).map(|country| country.id) == country
            })
    });
    Some(Sense {
        origin: Origin::Named(number),
        lat: place.lat,
        lon: place.lon,
        country,
        admin1,
        feature: feature_of(&place.feature),
        population: 0,
        renown: 0,
        primary: true,
        how: Match::Exact,
        kind: Kind::Any,
        own: place.own,
        narrowed: false,
    })
}

fn feature_of(written: &str) -> Feature {
    match written {
        "base" => Feature::Base,
        "camp" => Feature::Camp,
        "continent" => Feature::Continent,
        "country" => Feature::Country,
        "crossing" => Feature::Crossing,
        "district" => Feature::Admin2,
        "neighbourhood" => Feature::Section,
        "province" => Feature::Admin1,
        "region" => Feature::Region,
        "sea" => Feature::Sea,
        "settlement" => Feature::Populated,
        _ => Feature::Site,
    }
}

/// The level that a noun beside a name asks for.
pub(super) fn level_of(noun: PlaceNoun) -> Option<Level> {
    Some(match noun {
        PlaceNoun::Area | PlaceNoun::Border | PlaceNoun::Route => return None,
        PlaceNoun::Base
        | PlaceNoun::Camp
        | PlaceNoun::Crossing
        | PlaceNoun::Site
        | PlaceNoun::Street => Level::Site,
        // As far as such things reach: see `Sense::level`.
        PlaceNoun::District
        | PlaceNoun::Lake
        | PlaceNoun::Mountain
        | PlaceNoun::River
        | PlaceNoun::Valley => Level::District,
        PlaceNoun::Neighbourhood => Level::Neighbourhood,
        PlaceNoun::Province => Level::Province,
        PlaceNoun::Settlement => Level::Settlement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_other_forms() {
        let forms = |words| other_forms(words).collect::<Vec<_>>();
        assert_eq!(forms("West Darfur"), ["Western Darfur"]);
        assert_eq!(forms("Eastern Equatoria"), ["East Equatoria"]);
        assert_eq!(forms("Republic of the Gambia"), ["Gambia"]);
        assert_eq!(forms("Miami-Dade"), ["Miami-Dade County"]);
        assert!(forms("Harim").is_empty() && forms("Republic").is_empty());
    }

    #[test]
    fn part_words_narrow_with_a_full_stop_or_without() {
        let lists = sayso_lexicon::Lexicon::builtin().unwrap().place_words;
        assert!(is_part_word(&lists, "Northern") && !is_part_word(&lists, "Harim"));
        assert!(is_part_word(&lists, "W.") && !is_part_word(&lists, "W"));
    }
}
