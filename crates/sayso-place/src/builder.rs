//! Packs places into the bytes of a gazetteer.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::format::{NO_PARENT, Record, assemble, edition, population_steps};
use crate::pack::IndexPacker;
use crate::{Feature, PlaceId, names};

/// Longest name that is kept, in bytes of its folded form; longer ones are descriptions.
const LONGEST_NAME: usize = 80;

/// One place to be packed.
#[derive(Clone, Debug)]
pub struct NewPlace {
    /// Its usual name.
    pub name: String,
    /// Other names; those that fold to one another are kept once.
    pub other_names: Vec<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// What it is.
    pub feature: Feature,
    /// People; 0 where unknown.
    pub population: u64,
    /// Number of other names known, whether or not they are kept here.
    pub renown: usize,
    /// The smallest division that holds it: it has been added before.
    pub parent: Option<PlaceId>,
    /// ISO 3166-1 alpha-2 and alpha-3, for a country only: two and three letters.
    pub codes: Option<(String, String)>,
}

impl NewPlace {
    /// As it is packed, but for the number of its name.
    pub(crate) fn record(&self) -> Record {
        let hundred_thousandths = |degrees: f64| (degrees * 1e5).round() as i32;
        Record {
            lat: hundred_thousandths(self.lat),
            lon: hundred_thousandths(self.lon),
            geonames: self.geonames.filter(|id| id >> 24 == 0).unwrap_or(0),
            name: 0,
            parent: self
                .parent
                .map_or(NO_PARENT, |parent| parent.0.min(NO_PARENT)),
            feature: self.feature,
            population: population_steps(self.population),
            renown: self.renown.min(255) as u8,
        }
    }
}

/// Folds a name for the index; `None` where it is not indexed.
pub(crate) fn indexed(name: &str) -> Option<String> {
    let folded = fold(name);
    (1..=LONGEST_NAME).contains(&folded.len()).then_some(folded)
}

/// Collects places. The same places in the same order give the same bytes.
#[derive(Debug, Default)]
pub struct Builder {
    records: Vec<Record>,
    /// The usual name of each record.
    names: Vec<String>,
    /// The codes of the countries, five letters each.
    codes: String,
    /// Folded name to places, with whether it is their usual name in the lowest bit.
    postings: BTreeMap<String, Vec<u64>>,
}

impl Builder {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a place and gives its number. Countries come first, then divisions, coarse to fine.
    pub fn add(&mut self, place: &NewPlace) -> PlaceId {
        let id = self.records.len() as u64;
        self.names.push(place.name.clone());
        if let Some((iso2, iso3)) = &place.codes {
            self.codes.push_str(iso2);
            self.codes.push_str(iso3);
        }
        self.records.push(place.record());
        self.post(&place.name, id << 1 | 1);
        for name in &place.other_names {
            self.post(name, id << 1);
        }
        PlaceId(id as u32)
    }

    fn post(&mut self, name: &str, posting: u64) {
        if let Some(folded) = indexed(name) {
            self.postings.entry(folded).or_default().push(posting);
        }
    }

    /// Number of places so far.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no place yet.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Packs everything; `date` says how new the facts are and opens the edition.
    ///
    /// # Errors
    /// The index refuses what it is given: never for sorted distinct names, which these are.
    pub fn finish(self, date: &str) -> Result<Vec<u8>, fst::Error> {
        let distinct: BTreeSet<&str> = self.names.iter().map(String::as_str).collect();
        let numbers: BTreeMap<&str, u32> = distinct.iter().copied().zip(0..).collect();
        let names = names::pack(&distinct.iter().copied().collect::<Vec<_>>());
        let records: Vec<u8> = self
            .records
            .iter()
            .zip(&self.names)
            .flat_map(|(&record, name)| {
                let name = numbers.get(name.as_str()).copied().unwrap_or(0);
                Record { name, ..record }.pack()
            })
            .collect();
        let mut packer = IndexPacker::new(Vec::new(), Vec::new())?;
        for (name, places) in self.postings {
            packer.add(&name, places)?;
        }
        let (index, groups) = packer.finish()?;
        let edition = edition([&records, &names, &groups, &index], date, &self.codes);
        Ok(assemble([
            &records,
            &names,
            &groups,
            &index,
            edition.as_bytes(),
        ]))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Gazetteer;

    pub(crate) fn place(name: &str, others: &[&str], feature: Feature) -> NewPlace {
        NewPlace {
            name: name.to_owned(),
            other_names: others.iter().map(|&other| other.to_owned()).collect(),
            lat: 36.21176,
            lon: 36.52078,
            geonames: Some(169_866),
            feature,
            population: 21_934,
            renown: others.len(),
            parent: None,
            codes: None,
        }
    }

    pub(crate) fn small() -> Gazetteer {
        let mut builder = Builder::new();
        let mut syria = place("Syria", &["Syrian Arab Republic"], Feature::Country);
        syria.codes = Some(("SY".to_owned(), "SYR".to_owned()));
        let syria = builder.add(&syria);
        let mut idlib = place("Idlib", &["Idleb"], Feature::Admin1);
        idlib.parent = Some(syria);
        let idlib = builder.add(&idlib);
        let mut harim = place("Ḩārim", &["Harim", "Harem", "حارم"], Feature::Seat2);
        harim.parent = Some(idlib);
        builder.add(&harim);
        Gazetteer::from_bytes(builder.finish("2026-01").unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn every_name_is_found_again(names in prop::collection::vec("[\\pL' -]{1,20}", 1..30)) {
            let mut builder = Builder::new();
            let ids: Vec<_> = names
                .iter()
                .map(|name| builder.add(&place(name, &[], Feature::Populated)))
                .collect();
            let gazetteer = Gazetteer::from_bytes(builder.finish("test").unwrap()).unwrap();
            for (name, id) in names.iter().zip(ids) {
                let found = gazetteer.find(name);
                // Names without a letter and names longer than any place's are not indexed.
                let indexed = (1..=LONGEST_NAME).contains(&fold(name).len());
                prop_assert!(!indexed || found.iter().any(|c| c.id == id && c.primary));
                prop_assert_eq!(&gazetteer.name(id), name);
            }
        }

        #[test]
        fn damage_is_found(at in 0_usize..10_000, bit in 0_u8..8) {
            let mut builder = Builder::new();
            builder.add(&place("Harim", &["Harem"], Feature::Seat2));
            let mut bytes = builder.finish("test").unwrap();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            // Four bytes of the header and its end are padding and may hold anything.
            let padding = (12..16).contains(&at) || (44..48).contains(&at);
            prop_assert!(padding || Gazetteer::from_bytes(bytes).is_err());
        }

        #[test]
        fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Gazetteer::from_bytes(bytes.clone());
            let mut opened = b"SAYSOGAZ\x01\0\0\0".to_vec();
            opened.extend(bytes);
            let _ = Gazetteer::from_bytes(opened);
        }

        #[test]
        fn any_name_can_be_asked_for(name in "\\PC{0,40}") {
            let gazetteer = small();
            let _ = gazetteer.find(&name);
            let _ = gazetteer.find_loosely(&name);
        }
    }
}
