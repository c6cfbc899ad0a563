//! Reads time expressions from the atoms of a text.
//!
//! Every rule is tried at every atom from left to right; the longest reading wins, then the
//! text is read on behind it. What an expression says is kept apart from what day that is
//! (see `resolve`).

mod calendar;
mod clock;
mod length;
mod named;
mod points;
mod range;
mod recur;
mod relative;

pub(super) use points::is_day;

use super::expr::{Expr, Found};
use super::scan::Scan;

/// Finds all time expressions, in text order, not overlapping.
pub(super) fn find(scan: &Scan<'_>, narrative: bool) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < scan.len() {
        let mut found = range::pair(scan, i);
        if found.is_empty() {
            found.extend(single(scan, i, narrative));
        }
        match found.last() {
            Some(last) if last.atoms.end > i => {
                i = last.atoms.end;
                all.append(&mut found);
            }
            _ => i += 1,
        }
    }
    range::share_years(scan, &mut all);
    all
}

/// The longest expression that starts at `i`.
fn single(scan: &Scan<'_>, i: usize, narrative: bool) -> Option<Found> {
    let candidates = [
        points::point(scan, i, narrative).map(|(point, end, rule)| (Expr::Point(point), end, rule)),
        recur::set(scan, i).map(|(expr, end)| (expr, end, "recurring")),
        length::length(scan, i).map(|(expr, end)| (expr, end, "length")),
        recur::reference(scan, i, narrative).map(|(expr, end)| (expr, end, "reference")),
    ];
    let mut best: Option<(Expr, usize, &'static str)> = None;
    for candidate in candidates.into_iter().flatten() {
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
