//! Places on hand-made readings about invented incidents.

use sayso_place::{Builder, Feature, Gazetteer, NewPlace, PlaceId};
use sayso_text::{NameKind, Reading};

use crate::test_reading::{add_name, reading, with_context};
use crate::{Level, PlaceMention};

struct World {
    builder: Builder,
}

impl World {
    fn add(
        &mut self,
        name: &str,
        point: (f64, f64),
        feature: Feature,
        population: u64,
        parent: Option<PlaceId>,
    ) -> PlaceId {
        self.builder.add(&NewPlace {
            name: name.to_owned(),
            other_names: Vec::new(),
            lat: point.0,
            lon: point.1,
            geonames: Some(self.builder.len() as u32 + 1),
            feature,
            population,
            renown: 10,
            parent,
            codes: match name {
                "Syria" => Some(("SY".to_owned(), "SYR".to_owned())),
                "United States" => Some(("US".to_owned(), "USA".to_owned())),
                "Georgia" if feature == Feature::Country => {
                    Some(("GE".to_owned(), "GEO".to_owned()))
                }
                _ => None,
            },
        })
    }
}

/// Two countries with a Salem each, and Georgia twice.
fn world() -> Gazetteer {
    let mut world = World {
        builder: Builder::new(),
    };
    let syria = world.add("Syria", (35.0, 38.0), Feature::Country, 17_000_000, None);
    let usa = world.add(
        "United States",
        (39.76, -98.5),
        Feature::Country,
        330_000_000,
        None,
    );
    world.add("Georgia", (42.0, 43.5), Feature::Country, 3_700_000, None);
    let idlib = world.add(
        "Idlib",
        (35.77, 36.67),
        Feature::Admin1,
        1_500_000,
        Some(syria),
    );
    let georgia = world.add(
        "Georgia",
        (32.75, -83.5),
        Feature::Admin1,
        10_000_000,
        Some(usa),
    );
    world.add("Harim", (36.21, 36.52), Feature::Seat2, 21_000, Some(idlib));
    world.add("Salem", (36.0, 36.6), Feature::Populated, 900, Some(idlib));
    world.add(
        "Salem",
        (33.0, -83.0),
        Feature::Populated,
        90_000,
        Some(georgia),
    );
    world.add(
        "Atlanta",
        (33.75, -84.39),
        Feature::Seat1,
        460_000,
        Some(georgia),
    );
    Gazetteer::from_bytes(world.builder.finish("test").unwrap()).unwrap()
}

fn places(reading: &Reading) -> Vec<PlaceMention> {
    with_context(reading, &world(), super::find)
}

fn found(places: &[PlaceMention]) -> Vec<(&str, Option<&str>, Level)> {
    places
        .iter()
        .map(|p| {
            (
                p.place.name.as_str(),
                p.place.country.as_deref(),
                p.place.level,
            )
        })
        .collect()
}

#[test]
fn a_town_is_told_by_the_province_behind_it() {
    let mut reading = reading(
        "Gunmen entered Salem in Idlib province.",
        "Gunmen gunman NOUN NNS 2 nsubj person
         entered enter VERB VBD 0 root
         Salem Salem PROPN NNP 2 obj place
         in in ADP IN 6 case
         Idlib Idlib PROPN NNP 6 compound
         province province NOUN NN 2 obl place
         . . PUNCT . 2 punct",
    );
    add_name(&mut reading, "Salem", NameKind::Gpe);
    add_name(&mut reading, "Idlib", NameKind::Gpe);
    let places = places(&reading);
    assert_eq!(
        found(&places),
        [
            ("Salem", Some("SYR"), Level::Settlement),
            ("Idlib", Some("SYR"), Level::Province)
        ]
    );
    assert_eq!(places[0].rule, "containment");
    assert_eq!(places[0].place.admin1.as_deref(), Some("Idlib"));
    assert_eq!(
        (places[0].place.where_prec, places[1].place.where_prec),
        (1, 4)
    );
}

#[test]
fn a_state_is_told_from_a_country_by_its_towns() {
    let mut reading = reading(
        "Police in Georgia left Salem and Atlanta.",
        "Police police NOUN NNS 4 nsubj organization
         in in ADP IN 3 case
         Georgia Georgia PROPN NNP 1 nmod place
         left leave VERB VBD 0 root
         Salem Salem PROPN NNP 4 obj place
         and and CCONJ CC 7 cc
         Atlanta Atlanta PROPN NNP 5 conj place
         . . PUNCT . 4 punct",
    );
    for name in ["Georgia", "Salem", "Atlanta"] {
        add_name(&mut reading, name, NameKind::Gpe);
    }
    let places = places(&reading);
    assert_eq!(
        found(&places),
        [
            ("Georgia", Some("USA"), Level::Province),
            ("Salem", Some("USA"), Level::Settlement),
            ("Atlanta", Some("USA"), Level::Settlement)
        ]
    );
}

#[test]
fn demonyms_and_places_in_names_of_bodies_count_and_surnames_do_not() {
    let mut reading = reading(
        "Syrian troops and the Idlib Guard met Omar Salem. Salem denied it.",
        "Syrian syrian ADJ JJ 2 amod
         troops troop NOUN NNS 7 nsubj person
         and and CCONJ CC 6 cc
         the the DET DT 6 det
         Idlib Idlib PROPN NNP 6 compound
         Guard Guard PROPN NNP 2 conj organization
         met meet VERB VBD 0 root
         Omar Omar PROPN NNP 7 obj person
         Salem Salem PROPN NNP 8 flat
         . . PUNCT . 7 punct

         Salem Salem PROPN NNP 2 nsubj person
         denied deny VERB VBD 0 root
         it it PRON PRP 2 obj
         . . PUNCT . 2 punct",
    );
    add_name(&mut reading, "Syrian", NameKind::Norp);
    add_name(&mut reading, "Idlib Guard", NameKind::Org);
    add_name(&mut reading, "Omar Salem", NameKind::Person);
    let places = places(&reading);
    assert_eq!(
        found(&places),
        [
            ("Syria", Some("SYR"), Level::Country),
            ("Idlib", Some("SYR"), Level::Province)
        ]
    );
    assert!(places[0].demonym && !places[1].demonym);
}

#[test]
fn a_reading_without_annotation_has_places() {
    let mut reading = Reading {
        annotated: false,
        ..reading(
            "Des combats ont eu lieu à Harim en Syria.",
            "Des x X X 0 root
             combats x X X 0 root
             ont x X X 0 root
             eu x X X 0 root
             lieu x X X 0 root
             à x X X 0 root
             Harim x X X 0 root
             en x X X 0 root
             Syria x X X 0 root
             . x X X 0 root",
        )
    };
    reading.names.clear();
    assert_eq!(
        found(&places(&reading)),
        [
            ("Harim", Some("SYR"), Level::Settlement),
            ("Syria", Some("SYR"), Level::Country)
        ]
    );
}

#[test]
fn an_unknown_place_keeps_its_words_and_has_no_point() {
    let mut reading = reading(
        "Shelling hit Zarzuna.",
        "Shelling shelling NOUN NN 2 nsubj
         hit hit VERB VBD 0 root
         Zarzuna Zarzuna PROPN NNP 2 obj place
         . . PUNCT . 2 punct",
    );
    add_name(&mut reading, "Zarzuna", NameKind::Gpe);
    let places = places(&reading);
    assert_eq!(places[0].place.name, "Zarzuna");
    assert_eq!(
        (places[0].place.lat, places[0].place.country.as_deref()),
        (None, None)
    );
    assert_eq!(places[0].rule, "not-in-gazetteer");
}

#[test]
fn a_noun_for_places_overrules_the_model() {
    let mut reading = reading(
        "The Harim area saw clashes.",
        "The the DET DT 3 det
         Harim Harim PROPN NNP 3 compound
         area area NOUN NN 4 nsubj place
         saw see VERB VBD 0 root
         clashes clash NOUN NNS 4 obj event
         . . PUNCT . 4 punct",
    );
    add_name(&mut reading, "Harim", NameKind::Person);
    let places = places(&reading);
    assert_eq!(found(&places), [("Harim", Some("SYR"), Level::Settlement)]);
    assert_eq!(places[0].place.where_prec, 2);
}
