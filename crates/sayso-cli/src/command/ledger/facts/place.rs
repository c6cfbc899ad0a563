//! Where, as it is typed: a name of the gazetteer, or the number that GeoNames gives it.

use sayso_lexicon::{Lexicon, NamedPlace};
use sayso_place::{Feature, Gazetteer, Match, PlaceId};
use serde_json::{Value, json};

use super::super::super::Failure;

/// Places that are listed where several have a name.
const LISTED: usize = 8;
/// A place that has as many times the people of the next one is meant by its name alone.
const FAR_LARGER: u64 = 20;

/// One place, but for where the report names it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) name: String,
    country: Option<String>,
    admin1: Option<String>,
    admin2: Option<String>,
    lat: f64,
    lon: f64,
    geonames: Option<u32>,
    pcode: Option<String>,
    level: &'static str,
    where_prec: u8,
    population: u64,
    /// The name by which it was asked for; empty for a number.
    pub(super) typed: String,
}

impl Found {
    /// The place that was typed: `Wad Madani`, `Wad Madani, SDN`, or `366426`.
    ///
    /// # Errors
    /// Where no place has the name, or several, with those that have it.
    pub(super) fn parse(
        typed: &str,
        gazetteer: &Gazetteer,
        lexicon: &Lexicon,
    ) -> Result<Self, Failure> {
        let wrong = |allowed: String| Failure::Word {
            what: "--place",
            word: typed.to_owned(),
            allowed,
        };
        if let Ok(number) = typed.trim().parse::<u32>() {
            let all = u32::try_from(gazetteer.len()).unwrap_or(u32::MAX);
            let place = (0..all).map(PlaceId).find(|&id| {
                let entry = gazetteer.entry(id);
                entry.is_some_and(|entry| entry.geonames == Some(number))
            });
            return place
                .and_then(|id| Self::of(id, gazetteer, lexicon))
                .ok_or_else(|| {
                    wrong(
                        "a number of GeoNames that the gazetteer has (`sayso gazetteer find NAME` \
                         shows them)"
                            .to_owned(),
                    )
                });
        }
        let (name, country) = match typed.rsplit_once(',') {
            Some((name, code)) if is_code(code.trim()) => (name.trim(), Some(code.trim())),
            _ => (typed.trim(), None),
        };
        let mut found = towns_first(Self::all(name, country, gazetteer, lexicon));
        for place in &mut found {
            name.clone_into(&mut place.typed);
        }
        found.sort_by_key(|place| std::cmp::Reverse(place.population));
        match found.as_slice() {
            [] => Err(wrong(
                "a name of the gazetteer, with the country where that helps (`Wad Madani, SDN`), or \
                 a number of GeoNames; `sayso gazetteer find NAME` looks for one"
                    .to_owned(),
            )),
            [one] => Ok(one.clone()),
            [first, next, ..]
                if first.population >= next.population.saturating_mul(FAR_LARGER)
                    && first.population > 0 =>
            {
                Ok(first.clone())
            }
            several => {
                let listed: Vec<String> =
                    several.iter().take(LISTED).map(Self::told).collect();
                let more = several.len().saturating_sub(LISTED);
                let more = match more {
                    0 => String::new(),
                    more => format!(", or one of {more} more"),
                };
                Err(wrong(format!("the number of one: {}{more}", listed.join("; "))))
            }
        }
    }

    /// Every place that a name means, of a country where one is given.
    fn all(
        name: &str,
        country: Option<&str>,
        gazetteer: &Gazetteer,
        lexicon: &Lexicon,
    ) -> Vec<Self> {
        let own = lexicon
            .places
            .named(name)
            .map(|(_, place)| Self::named(place));
        let listed = gazetteer
            .find(name)
            .into_iter()
            .filter(|candidate| candidate.how != Match::Loose)
            .filter_map(|candidate| {
                let place = Self::of(candidate.id, gazetteer, lexicon)?;
                Some(((candidate.how, !candidate.primary), place))
            });
        let all = listed.filter(|(_, place)| is_of(place, country));
        let mut all: Vec<_> = all.collect();
        // What is called so comes before what is also called so: a town before its province.
        let nearest = all.iter().map(|(how, _)| *how).min();
        all.retain(|(how, _)| Some(*how) == nearest);
        own.into_iter()
            .filter(|place| is_of(place, country))
            .chain(all.into_iter().map(|(_, place)| place))
            .collect()
    }

    fn named(place: &NamedPlace) -> Self {
        let (level, where_prec) = match place.feature.as_str() {
            "country" | "continent" => ("country", 6),
            "province" => ("province", 4),
            "region" => ("province", 5),
            "sea" => ("province", 7),
            "district" => ("district", 3),
            "neighbourhood" => ("neighbourhood", 1),
            "settlement" => ("settlement", 1),
            _ => ("site", 1),
        };
        Self {
            name: place.name.clone(),
            country: place.iso3.clone(),
            admin1: place.admin1.clone(),
            admin2: None,
            lat: place.lat,
            lon: place.lon,
            geonames: None,
            pcode: None,
            level,
            where_prec,
            population: 0,
            typed: String::new(),
        }
    }

    fn of(id: PlaceId, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Option<Self> {
        let place = gazetteer.entry(id)?;
        let (level, where_prec) = precision(place.feature);
        let division = |id: Option<PlaceId>| id.map(|id| gazetteer.name(id));
        let smallest = gazetteer.admin2(id).or_else(|| gazetteer.admin1(id));
        let code = smallest.and_then(|id| gazetteer.entry(id)?.geonames);
        Some(Self {
            name: gazetteer.name(id),
            country: gazetteer.country(id).map(|country| country.iso3.to_owned()),
            admin1: division(gazetteer.admin1(id)),
            admin2: division(gazetteer.admin2(id)),
            lat: place.lat,
            lon: place.lon,
            geonames: place.geonames,
            pcode: code
                .and_then(|code| lexicon.places.pcode(code))
                .map(str::to_owned),
            level,
            where_prec,
            population: place.population,
            typed: String::new(),
        })
    }

    /// For a reader who has to choose: name, what it lies in, its number.
    pub(super) fn told(&self) -> String {
        let mut within: Vec<&str> = [&self.admin2, &self.admin1, &self.country]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        within.dedup();
        let number = self
            .geonames
            .map_or_else(String::new, |number| format!(" ({number})"));
        let parts = std::iter::once(self.name.as_str()).chain(within);
        format!("{}{number}", parts.collect::<Vec<&str>>().join(", "))
    }

    /// As an event has it, by these words of the report.
    pub(super) fn value(&self, span: [usize; 2], quote: &str) -> Value {
        json!({
            "span": span, "quote": quote, "name": self.name, "country": self.country,
            "admin1": self.admin1, "admin2": self.admin2, "lat": self.lat, "lon": self.lon,
            "geonames": self.geonames, "pcode": self.pcode, "level": self.level,
            "where_prec": self.where_prec,
        })
    }
}

/// Leaves out the divisions that are called after a town in them: who means the province says so by its
/// number.
fn towns_first(mut found: Vec<Found>) -> Vec<Found> {
    let is_division = |place: &Found| matches!(place.level, "province" | "district");
    let towns: Vec<Found> = found
        .iter()
        .filter(|place| !is_division(place))
        .cloned()
        .collect();
    found.retain(|place| {
        let has = |town: &Found| {
            let province = place.admin1.as_ref().unwrap_or(&place.name);
            town.country == place.country && town.admin1.as_ref() == Some(province)
        };
        !is_division(place) || !towns.iter().any(has)
    });
    found
}

/// Whether a place is of a country, where one is asked for.
fn is_of(place: &Found, country: Option<&str>) -> bool {
    country.is_none() || place.country.as_deref() == country
}

/// Whether this is an ISO 3166-1 alpha-3 code by its form.
fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Level and UCDP's `where_prec` of a kind of place.
fn precision(feature: Feature) -> (&'static str, u8) {
    match feature {
        Feature::Country | Feature::Continent => ("country", 6),
        Feature::Admin1 => ("province", 4),
        Feature::Disputed | Feature::Region => ("province", 5),
        Feature::Sea => ("province", 7),
        Feature::Admin2 | Feature::Admin3 | Feature::Island | Feature::Lake => ("district", 3),
        Feature::River => ("district", 5),
        Feature::Section => ("neighbourhood", 1),
        Feature::Capital
        | Feature::Seat1
        | Feature::Seat2
        | Feature::Seat3
        | Feature::Populated
        | Feature::Hamlet => ("settlement", 1),
        _ => ("site", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, level: &'static str, admin1: Option<&str>, country: &str) -> Found {
        Found {
            name: name.to_owned(),
            country: Some(country.to_owned()),
            admin1: admin1.map(str::to_owned),
            admin2: None,
            lat: 0.0,
            lon: 0.0,
            geonames: None,
            pcode: None,
            level,
            where_prec: 1,
            population: 0,
            typed: String::new(),
        }
    }

    #[test]
    fn a_town_comes_before_the_divisions_that_are_called_after_it() {
        let town = place("Tarra", "settlement", Some("Tarra"), "SDN");
        let left = towns_first(vec![
            place("Tarra", "province", None, "SDN"),
            place("Tarra", "district", Some("Tarra"), "SDN"),
            town.clone(),
            place("Tarra", "district", Some("Diffa"), "NER"),
        ]);
        let countries: Vec<_> = left.iter().map(|place| place.country.as_deref()).collect();
        assert_eq!(countries, [Some("SDN"), Some("NER")]);
        assert_eq!(left.first(), Some(&town));
    }

    #[test]
    fn a_country_is_told_by_its_code() {
        assert!(is_code("SDN") && !is_code("Sudan") && !is_code("sdn"));
        let town = place("Tarra", "settlement", None, "SDN");
        assert!(is_of(&town, None) && is_of(&town, Some("SDN")) && !is_of(&town, Some("NER")));
    }
}
