//! Reads time expressions from the atoms of a text.
//!
//! Every rule is tried at every atom from left to right; the longest reading wins, then the
//! text is read on behind it. What an expression says is kept apart from what day that is
//! (see `resolve`).

mod calendar;
mod clock;
mod length;
mod named;
mod other;
mod points;
mod range;
mod recur;
mod relative;

pub(super) use points::is_day;

use sayso_lexicon::DatingWord;

use super::expr::{Base, Expr, Found, LengthPlace};
use super::scan::Scan;
use crate::TimeRule;

/// Finds all time expressions, in text order, not overlapping.
pub(super) fn find(scan: &Scan<'_>, narrative: bool) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < scan.len() {
        let mut found = range::pair(scan, i);
        if !scan.has(TimeRule::Range) {
            found.clear();
        }
        if found.is_empty() {
            found.extend(single(scan, i, narrative));
        }
        match found.last() {
            Some(last) if last.atoms.end > i => {
                i = last.atoms.end;
                if !names_something(scan, last) {
                    all.append(&mut found);
                }
            }
            _ => i += 1,
        }
    }
    if scan.has(TimeRule::SharedYear) {
        range::share_years(scan, &mut all);
    }
    all
}

/// "the 9 April Brigade", "the June 4 Movement": a day of the calendar as part of a name.
fn names_something(scan: &Scan<'_>, found: &Found) -> bool {
    let Expr::Point(point) = &found.expr else {
        return false;
    };
    let day = matches!(
        point.base,
        Base::Calendar {
            year: None,
            day: Some(_),
            ..
        }
    );
    let end = found.atoms.end;
    let heads = |i: usize| scan.capital(i) && scan.words.dates(DatingWord::NameHead, scan.word(i));
    day && (heads(end) || (scan.capital(end) && heads(end + 1))) && scan.has(TimeRule::NameOfDate)
}

/// The longest expression that starts at `i`.
fn single(scan: &Scan<'_>, i: usize, narrative: bool) -> Option<Found> {
    let candidates = [
        points::point(scan, i, narrative).map(|(point, end, rule)| (Expr::Point(point), end, rule)),
        recur::set(scan, i).map(|(expr, end)| (expr, end, TimeRule::Recurring)),
        length::length(scan, i).map(|(expr, end)| {
            let rule = match &expr {
                Expr::Length {
                    place: LengthPlace::Loose,
                    ..
                } => TimeRule::Length,
                _ => TimeRule::PlacedLength,
            };
            (expr, end, rule)
        }),
        recur::reference(scan, i, narrative).map(|(expr, end)| (expr, end, TimeRule::Reference)),
    ];
    let mut best: Option<(Expr, usize, TimeRule)> = None;
    for candidate in candidates.into_iter().flatten() {
        if !scan.has(candidate.2) {
            continue;
        }
        if best.as_ref().is_none_or(|(_, end, _)| candidate.1 > *end) {
            best = Some(candidate);
        }
    }
    let (expr, end, rule) = best?;
    Some(Found {
        atoms: i..end,
        expr,
        rule,
    })
}
