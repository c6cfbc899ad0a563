//! Villages and towns of nine countries in conflict are in the shipped gazetteer, in the Latin
//! variants of the press and in the script of the country: the rows of `villages.tsv`.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sayso_place::Gazetteer;

/// A hit may be so far from the point of the facts, in kilometres.
const NEAR_KM: f64 = 8.0;
/// Of each country at least so many places are tested.
const PLACES: usize = 10;

fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (a.0 - b.0) * 111.2;
    let east = (a.1 - b.1) * 111.2 * a.0.to_radians().cos();
    north.hypot(east)
}

#[test]
fn villages_are_found_in_every_spelling() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gazetteer/places.gaz");
    let gazetteer = Gazetteer::open(&path).unwrap();
    let mut places: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut native = BTreeSet::new();
    let mut failures = Vec::new();
    for line in include_str!("villages.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let row: Vec<&str> = line.split('\t').collect();
        let (written, country, source) = (row[0], row[1], row[4]);
        let point = (row[2].parse().unwrap(), row[3].parse().unwrap());
        places.entry(country).or_default().insert(source);
        if !written.is_ascii() && !written.chars().any(|c| c.is_ascii_alphabetic()) {
            native.insert(country);
        }
        let mut found = gazetteer.find(written);
        found.extend(gazetteer.find_loosely(written));
        let hit = found.iter().any(|candidate| {
            let entry = gazetteer.entry(candidate.id).unwrap();
            let home = gazetteer.country(candidate.id).map(|home| home.iso3);
            home == Some(country) && km((entry.lat, entry.lon), point) < NEAR_KM
        });
        if !hit {
            failures.push(line);
        }
    }
    assert!(failures.is_empty(), "not found:\n{}", failures.join("\n"));
    assert_eq!(places.len(), 9, "{places:?}");
    assert!(places.values().all(|p| p.len() >= PLACES), "{places:?}");
    let scripts = ["MMR", "PSE", "SDN", "SYR", "UKR", "YEM"];
    assert!(scripts.iter().all(|country| native.contains(country)));
}
