//! Two times that share words: "22-24 February", "April 6-7", "1941-42", "499-493 BC".

use sayso_lexicon::TimeWord;

use super::super::expr::{Base, Expr, Found, Point};
use super::super::scan::Scan;
use super::calendar;
use super::length::counted;
use crate::TimeRule;

/// Both times of a pair that starts at `i`; empty where there is none.
pub(super) fn pair(scan: &Scan<'_>, i: usize) -> Vec<Found> {
    days_then_month(scan, i)
        .or_else(|| month_then_days(scan, i))
        .or_else(|| years(scan, i))
        .or_else(|| lengths(scan, i))
        .unwrap_or_default()
}

fn found(from: usize, to: usize, base: Base) -> Found {
    Found {
        atoms: from..to,
        expr: Expr::Point(Point::bare(base)),
        rule: TimeRule::Range,
    }
}

/// "22-24 February 1984", "between 3 and 5 March".
fn days_then_month(scan: &Scan<'_>, i: usize) -> Option<Vec<Found>> {
    let at = scan.skip(i, &["the"]);
    let (first, next) = calendar::day_number(scan, at)?;
    if !scan.of_class(next, TimeWord::Joining) {
        return None;
    }
    // "killed 30 and 2 March": a bare "and" needs a word that calls for days.
    if scan.is(next, &["and", "or"])
        && !scan.is(
            i.wrapping_sub(1),
            &["between", "on", "from", "of", "by", "the", ","],
        )
    {
        return None;
    }
    let (base, end) = calendar::date(scan, next + 1)?;
    let Base::Calendar {
        year,
        month: Some(month),
        day: Some(day),
        year_shift,
    } = base
    else {
        return None;
    };
    // The figures come in order, unless the month turns between them.
    if first >= day
        || scan.kind(next + 1) != super::super::scan::Kind::Number && !scan.is(next + 1, &["the"])
    {
        return None;
    }
    let early = Base::Calendar {
        year,
        month: Some(month),
        day: Some(first),
        year_shift,
    };
    let late = Base::Calendar {
        year,
        month: Some(month),
        day: Some(day),
        year_shift,
    };
    Some(vec![found(i, next, early), found(next + 1, end, late)])
}

/// "April 6-7", "March 3 to 5, 2016".
fn month_then_days(scan: &Scan<'_>, i: usize) -> Option<Vec<Found>> {
    let (month, at) = calendar::month_name(scan, i)?;
    let (first, next) = calendar::day_number(scan, scan.skip(at, &["the"]))?;
    if !scan.capital(i) || !scan.of_class(next, TimeWord::Joining) {
        return None;
    }
    let (second, after) = calendar::day_number(scan, scan.skip(next + 1, &["the"]))?;
    if second <= first || calendar::month_name(scan, scan.skip(after, &["of"])).is_some() {
        return None;
    }
    // "on May 3 and 12 people": what follows "and" must not be counted.
    if scan.is(next, &["and", "or"])
        && scan.kind(after) == super::super::scan::Kind::Word
        && !scan.of_class(after, TimeWord::AfterRange)
    {
        return None;
    }
    let comma = scan.skip(after, &[","]);
    let (year, end) = match calendar::signed_year(scan, comma) {
        Some((year, end)) => (Some(year), end),
        None => (None, after),
    };
    let base = |day| Base::Calendar {
        year,
        month: Some(month),
        day: Some(day),
        year_shift: None,
    };
    Some(vec![
        found(i, next, base(first)),
        found(next + 1, end, base(second)),
    ])
}

/// "1941-42", "2006/07", "499-493 BC", "264 to 241 BC".
fn years(scan: &Scan<'_>, i: usize) -> Option<Vec<Found>> {
    let (first, len) = scan.figure(i)?;
    if !scan.is(i + 1, &["-", "to", "/", "and"]) {
        return None;
    }
    let base = |year| Base::Calendar {
        year: Some(year),
        month: None,
        day: None,
        year_shift: None,
    };
    let at = i + 2;
    if let Some((second, end)) = calendar::signed_year(scan, at) {
        let has_era = end > at + 1;
        if !has_era || calendar::signed_year(scan, i).is_some_and(|(_, end)| end > i + 1) {
            return None;
        }
        let first = i16::try_from(first).ok()?;
        let first = if second <= 0 { 1 - first } else { first };
        return (first <= second)
            .then(|| vec![found(i, i + 1, base(first)), found(at, end, base(second))]);
    }
    let (second, second_len) = scan.figure(at)?;
    let glued = scan.glued(i + 1) && scan.glued(at) && scan.is(i + 1, &["-", "/"]);
    if len != 4 || second_len != 2 || !glued || !(1000..2200).contains(&first) {
        return None;
    }
    // 2025-10 is a month in figures; 1941-42 are years.
    if second <= first % 100 || (scan.glued(at + 1) && scan.is(at + 1, &["-", "/"])) {
        return None;
    }
    let second = i16::try_from(first / 100 * 100 + second).ok()?;
    let first = i16::try_from(first).ok()?;
    Some(vec![
        found(i, i + 1, base(first)),
        found(at, at + 1, base(second)),
    ])
}

/// "two or three days", "ten to fifteen years": both are lengths.
fn lengths(scan: &Scan<'_>, i: usize) -> Option<Vec<Found>> {
    let (first, next) = super::length::count(scan, i)?;
    if !scan.is(next, &["or", "to", "-"])
        || scan.is(i, &["a", "an"])
        || scan.is(i.wrapping_sub(1), &["-", "/"])
    {
        return None;
    }
    let (second, unit, end) = counted(scan, next + 1)?;
    if first == super::super::expr::Count::Open || scan.is(end, &["ago", "later", "earlier"]) {
        return None;
    }
    let at = scan.skip(end, &["-"]);
    if scan.is(at, &["old"]) {
        return None;
    }
    let place = super::super::expr::LengthPlace::Loose;
    let length = |from, to, count| Found {
        atoms: from..to,
        expr: Expr::Length {
            count,
            unit,
            place: place.clone(),
        },
        rule: TimeRule::Range,
    };
    Some(vec![length(i, next, first), length(next + 1, end, second)])
}

/// Gives the first of two joined times the year of the second: "18 August - 15 September 1951",
/// "the summer and autumn of 2014".
pub(super) fn share_years(scan: &Scan<'_>, all: &mut [Found]) {
    for at in (1..all.len()).rev() {
        let (left, right) = all.split_at_mut(at);
        let (Some(first), Some(second)) = (left.last_mut(), right.first()) else {
            continue;
        };
        let gap = first.atoms.end..second.atoms.start;
        let joined = !gap.is_empty()
            && gap.len() <= 3
            && gap.clone().any(|i| scan.of_class(i, TimeWord::Joining))
            && gap.clone().all(|i| {
                scan.of_class(i, TimeWord::Joining)
                    || scan.is(i, &["the", "early", "late", "of", "by"])
            });
        if !joined {
            continue;
        }
        let (Expr::Point(a), Expr::Point(b)) = (&mut first.expr, &second.expr) else {
            continue;
        };
        let (Some(year), month_b) = year_month(&b.base) else {
            continue;
        };
        match &mut a.base {
            Base::Calendar {
                year: own @ None,
                month: Some(month),
                year_shift: None,
                ..
            } => {
                let turned = month_b.is_some_and(|b| *month > b);
                *own = Some(year - i16::from(turned));
            }
            Base::Season {
                year: own @ None,
                shift: None,
                ..
            } => *own = Some(year),
            _ => {}
        }
    }
}

fn year_month(base: &Base) -> (Option<i16>, Option<i8>) {
    match base {
        Base::Calendar { year, month, .. } if month.is_some() => (*year, *month),
        Base::Season { year, .. } => (*year, None),
        _ => (None, None),
    }
}
