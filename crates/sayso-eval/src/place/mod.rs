//! Toponyms beside the gold's, by kind: which are found, and how many of those within 161 km.

mod kind;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use sayso_core::{Knowledge, PlaceMention};
use sayso_text::Span;

use self::kind::Kind;
use crate::coding::Answer;
use crate::gold::toponyms::{self, GoldToponym};
use crate::table::{Table, share};

/// What counts as right, as in the scorer.
const NEAR_KM: f64 = 161.0;
const EARTH_KM: f64 = 6371.0088;

/// What became of the toponyms of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    gold: usize,
    found: usize,
    /// Of the found, those whose gold has a point.
    placed: usize,
    near: usize,
    /// Of the placed, those that the program gives no point.
    without_point: usize,
}

impl Row {
    fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.placed += other.placed;
        self.near += other.near;
        self.without_point += other.without_point;
    }
}

/// The table by kind of toponym.
///
/// # Errors
/// Where the gold cannot be read, or its counts are not the scorer's `placed` and `near`.
pub(crate) fn table(
    gold: &Path,
    answers: &[Answer],
    knowledge: &Knowledge<'_>,
    scored: (usize, f64),
) -> Result<String> {
    let gold: BTreeMap<String, Vec<GoldToponym>> = toponyms::read(gold)?.into_iter().collect();
    let mut rows: BTreeMap<Kind, Row> = BTreeMap::new();
    let mut embedded = Row::default();
    for answer in answers {
        let text = answer.coded.reading.text();
        for toponym in gold.get(&answer.id).into_iter().flatten() {
            let row = compare(toponym, &answer.coded.sheet.places);
            rows.entry(Kind::of(toponym, text, knowledge))
                .or_default()
                .add(&row);
            if toponym
                .kind
                .as_deref()
                .is_some_and(|k| k.starts_with("Embedded"))
            {
                embedded.add(&row);
            }
        }
    }
    let mut all = Row::default();
    let mut table = Table::new(&[
        "kind of toponym",
        "gold",
        "found",
        "share",
        "with a point",
        "within 161 km",
        "share",
        "of the rest: no point given",
    ]);
    for (kind, row) in &rows {
        line(&mut table, kind.name(), row);
        all.add(row);
    }
    line(&mut table, "all", &all);
    if embedded.gold > 0 {
        line(
            &mut table,
            "*inside the name of a body or building*",
            &embedded,
        );
    }
    let (placed, right) = scored;
    ensure!(
        all.placed == placed && ((all.near as f64) / (placed.max(1) as f64) - right).abs() < 1e-3,
        "the table counts {} of {} toponyms within 161 km, the scorer {right} of {placed}",
        all.near,
        all.placed
    );
    Ok(table.finish())
}

fn line(table: &mut Table, name: &str, row: &Row) {
    table.row([
        name.to_owned(),
        row.gold.to_string(),
        row.found.to_string(),
        share(row.found, row.gold),
        row.placed.to_string(),
        row.near.to_string(),
        share(row.near, row.placed),
        row.without_point.to_string(),
    ]);
}

/// As the scorer does: of several places that overlap, the one with the same span counts, or else
/// the first.
fn compare(toponym: &GoldToponym, places: &[PlaceMention]) -> Row {
    let mut overlapping: Vec<&PlaceMention> = places
        .iter()
        .filter(|place| overlap(place.place.span, toponym.span))
        .collect();
    overlapping.sort_by_key(|place| {
        let span = place.place.span;
        (span != toponym.span, span.start(), span.end())
    });
    let mut row = Row {
        gold: 1,
        ..Row::default()
    };
    let Some(found) = overlapping.first() else {
        return row;
    };
    row.found = 1;
    let Some(at) = toponym.point else {
        return row;
    };
    row.placed = 1;
    match found.place.lat.zip(found.place.lon) {
        Some(point) if distance_km(point, at) <= NEAR_KM => row.near = 1,
        Some(_) => {}
        None => row.without_point = 1,
    }
    row
}

fn overlap(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Great-circle distance.
fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half((b.1 - a.1).to_radians());
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_core::{Level, Place};

    fn place(span: Span, point: Option<(f64, f64)>) -> PlaceMention {
        PlaceMention {
            tokens: 0..1,
            place: Place {
                span,
                name: String::new(),
                country: None,
                admin1: None,
                admin2: None,
                lat: point.map(|p| p.0),
                lon: point.map(|p| p.1),
                geonames: None,
                pcode: None,
                level: Level::Settlement,
                where_prec: 1,
            },
            demonym: false,
            rule: String::new(),
        }
    }

    #[test]
    fn the_same_span_goes_before_another_that_overlaps() {
        let gold = GoldToponym {
            span: Span::new(0, 5),
            point: Some((10.0, 10.0)),
            feature: None,
            kind: None,
        };
        let far = place(Span::new(0, 9), Some((50.0, 10.0)));
        let near = place(Span::new(0, 5), Some((10.5, 10.0)));
        let row = compare(&gold, &[far.clone(), near]);
        assert_eq!((row.found, row.near), (1, 1));
        let row = compare(&gold, &[far, place(Span::new(7, 9), None)]);
        assert_eq!((row.found, row.near, row.without_point), (1, 0, 0));
        let row = compare(&gold, &[place(Span::new(3, 4), None)]);
        assert_eq!((row.found, row.near, row.without_point), (1, 0, 1));
    }
}
