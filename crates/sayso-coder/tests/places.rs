//! Each kind of toponym, and each phrase that places something beside one, is read with what is
//! shipped: the rows of `places.tsv`.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use sayso_coder::Coder;
use sayso_core::Place;
use sayso_text::{Published, Report};

/// A point may be so far from the one that is asked for, in degrees.
const NEAR: f64 = 0.25;

#[test]
fn toponyms_and_their_phrases_are_placed() {
    let coder = Coder::shipped().unwrap();
    let mut kinds = BTreeSet::new();
    let mut failures = Vec::new();
    for line in include_str!("places.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let row: Vec<&str> = line.split('\t').collect();
        let [kind, part, text, quote, country, lat, lon, prec] = row[..] else {
            panic!("{line}");
        };
        kinds.insert(kind);
        let mut report = Report::from_text(text);
        report.published = Some(Published::parse("2025-10-22").unwrap());
        let coded = coder.code(report);
        let slice = |place: &Place| coded.reading.slice(place.span).to_owned();
        let places: Vec<&Place> = if part == "event" {
            let events = &coded.sheet.events;
            events
                .iter()
                .filter_map(|event| event.place.as_ref())
                .collect()
        } else {
            coded
                .sheet
                .places
                .iter()
                .map(|found| &found.place)
                .collect()
        };
        let right = |place: &&&Place| {
            let point = match (place.lat, place.lon) {
                (Some(at), Some(on)) => {
                    lat != "-"
                        && (at - lat.parse::<f64>().unwrap()).abs() < NEAR
                        && (on - lon.parse::<f64>().unwrap()).abs() < NEAR
                }
                _ => lat == "-",
            };
            slice(place) == quote
                && place.country.as_deref().unwrap_or("-") == country
                && point
                && (prec == "-" || place.where_prec.to_string() == prec)
        };
        if places.iter().find(right).is_none() {
            let found: Vec<String> = places
                .iter()
                .map(|place| {
                    format!(
                        "{} {:?} {:?} {:?} {}",
                        slice(place),
                        place.country,
                        place.lat,
                        place.lon,
                        place.where_prec
                    )
                })
                .collect();
            failures.push(format!("{line}\n  found {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(kinds.len() >= 17, "{kinds:?}");
}
