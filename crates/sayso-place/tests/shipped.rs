//! The shipped file: it opens, and the places that conflict news names are in it.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use sayso_place::{Feature, Gazetteer, Match};

fn shipped() -> Gazetteer {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gazetteer/places.gaz");
    Gazetteer::open(&path).unwrap()
}

/// GeoNames ids of the places of that name in the country.
fn ids(gazetteer: &Gazetteer, name: &str, iso3: &str) -> Vec<u32> {
    let mut found = gazetteer.find(name);
    found.extend(gazetteer.find_loosely(name));
    found
        .into_iter()
        .filter(|c| {
            gazetteer
                .country(c.id)
                .is_some_and(|country| country.iso3 == iso3)
        })
        .filter_map(|c| gazetteer.entry(c.id)?.geonames)
        .collect()
}

#[test]
fn opens_and_is_small() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gazetteer/places.gaz");
    assert!(std::fs::metadata(&path).unwrap().len() <= 20_000_000);
    let gazetteer = shipped();
    assert!(gazetteer.len() > 400_000 && gazetteer.name_count() > 600_000);
    assert!(gazetteer.edition().starts_with("20"));
}

#[test]
fn finds_places_in_their_spellings_and_scripts() {
    let gazetteer = shipped();
    for (names, iso3, geonames) in [
        (&["Harim", "Harem", "HARIM", "حارم"][..], "SYR", 169_866),
        (
            &["Maarat al-Numan", "Maarrat al-Numan", "Maaret al-Nouman"],
            "SYR",
            167_611,
        ),
        (
            &["El Fasher", "Al-Fashir", "al Fasher", "الفاشر"],
            "SDN",
            379_555,
        ),
        (&["Qamishli", "al-Qamishli", "Kamishli"], "SYR", 173_377),
        (&["Khan Younis", "Khan Yunis"], "PSE", 281_124),
        (&["Goma"], "COD", 216_281),
        (&["Chasiv Yar", "Часів Яр"], "UKR", 710_915),
        (&["Lashio"], "MMR", 1_314_759),
        (&["Taiz", "Ta'izz"], "YEM", 70_225),
    ] {
        for name in names {
            assert!(ids(&gazetteer, name, iso3).contains(&geonames), "{name}");
        }
    }
}

#[test]
fn every_country_has_codes_and_a_point() {
    let gazetteer = shipped();
    for (iso3, lat, lon) in [
        ("SYR", 35.0, 38.0),
        ("SDN", 15.0, 30.0),
        ("USA", 39.76, -98.5),
    ] {
        let entry = gazetteer
            .entry(gazetteer.country_by_iso3(iso3).unwrap())
            .unwrap();
        assert_eq!(
            (entry.lat, entry.lon, entry.feature),
            (lat, lon, Feature::Country)
        );
    }
    let found = gazetteer.find("Syria");
    assert!(found.iter().any(|c| c.how == Match::Exact && c.primary));
}
