//! Lengths of time: three days, a ten-day siege, the past two weeks, half an hour.

use sayso_lexicon::TimeUnit;

use super::super::expr::{Count, Expr, LengthPlace};
use super::super::scan::{Kind, Scan};
use super::points::{core, inner};
use crate::TimeRule;

/// A number of units: "three", "twenty-five", "2.5", "several", "a", "half a".
pub(super) fn count(scan: &Scan<'_>, i: usize) -> Option<(Count, usize)> {
    // "the second raid in as many days" counts by another number.
    if scan.is(i, &["many"]) && scan.is(i.wrapping_sub(1), &["as"]) {
        return None;
    }
    if scan.is(i, &["half"]) {
        let at = scan.skip(i + 1, &["-"]);
        let article = scan.is(at, &["a", "an"]);
        return (article || at > i + 1).then(|| (Count::Exact(0.5), at + usize::from(article)));
    }
    let (value, mut next) = figure(scan, i).or_else(|| in_words(scan, i))?;
    // "two and a half years".
    if scan.is(next, &["and"]) {
        let at = scan.skip(next + 1, &["a"]);
        let unit_follows = scan
            .phrase(&scan.words.units, scan.skip(at + 1, &["-"]))
            .is_some();
        if scan.is(at, &["half"]) && unit_follows {
            let half = match value {
                Count::Exact(n) => Count::Exact(n + 0.5),
                Count::Open => Count::Open,
            };
            return Some((half, scan.skip(at + 1, &["-"])));
        }
    }
    if scan.is(next, &["/"]) {
        return None;
    }
    next = scan.skip(next, &["more", "full", "whole"]);
    Some((value, next))
}

fn figure(scan: &Scan<'_>, i: usize) -> Option<(Count, usize)> {
    if scan.kind(i) != Kind::Number {
        return None;
    }
    let glued_before =
        i > 0 && scan.glued(i) && scan.is(i - 1, &[".", ",", "$", "€", "£", ":", "/"]);
    if glued_before {
        return None;
    }
    let inner =
        |at: usize| scan.glued(at) && scan.glued(at + 1) && scan.kind(at + 1) == Kind::Number;
    let mut text = scan.word(i).to_owned();
    let mut next = i + 1;
    while scan.is(next, &[","]) && inner(next) && scan.word(next + 1).len() == 3 {
        text.push_str(scan.word(next + 1));
        next += 2;
    }
    if scan.is(next, &["."]) && inner(next) {
        text.push('.');
        text.push_str(scan.word(next + 1));
        next += 2;
    }
    if text.len() > 6 {
        return None;
    }
    Some((Count::Exact(text.parse().ok()?), next))
}

fn in_words(scan: &Scan<'_>, i: usize) -> Option<(Count, usize)> {
    let (&first, mut next) = scan.phrase(&scan.words.numbers, i)?;
    let Some(first) = first else {
        return Some((Count::Open, next));
    };
    let mut total = first;
    if (20..100).contains(&first) && first % 10 == 0 {
        let at = scan.skip(next, &["-"]);
        if let Some((&Some(ones), end)) = scan.phrase(&scan.words.numbers, at)
            && (1..10).contains(&ones)
            && !scan.is(at, &["a", "an"])
        {
            total += ones;
            next = end;
        }
    }
    if let Some((&Some(scale), end)) = scan.phrase(&scan.words.numbers, next) {
        if scale >= 100 {
            total = total.saturating_mul(scale);
            next = end;
        } else if scale == 12 && scan.is(next, &["dozen"]) {
            total = total.saturating_mul(12);
            next = end;
        }
    }
    Some((Count::Exact(total as f32), next))
}

/// A count and its unit, as one length: "three days", "ten-day", "two bloody weeks".
pub(super) fn counted(scan: &Scan<'_>, i: usize) -> Option<(Count, TimeUnit, usize)> {
    let (count, next) = count(scan, i)?;
    let mut at = scan.skip(next, &["-"]);
    // One adjective may stand between: "two bloody weeks", but not "three British days".
    let direct = scan.phrase(&scan.words.units, at).is_some();
    if !direct && scan.kind(at) == Kind::Word && !scan.capital(at) && scan.word(at).len() > 3 {
        let plural_follows = scan
            .phrase(&scan.words.units, at + 1)
            .is_some_and(|(&(_, plural), _)| plural);
        if !plural_follows
            || scan.is(
                at,
                &[
                    "than", "hours", "days", "weeks", "years", "months", "from", "over", "into",
                    "during", "every", "within", "these", "those", "that", "they", "most", "last",
                    "past", "next", "recent", "coming",
                ],
            )
        {
            return None;
        }
        at += 1;
    }
    let (&(unit, plural), mut end) = scan.phrase(&scan.words.units, at)?;
    // "a second blast", "a season", "a quarter of" measure nothing.
    let one = count == Count::Exact(1.0);
    if matches!(unit, TimeUnit::Season)
        || (one && matches!(unit, TimeUnit::Second | TimeUnit::Quarter))
    {
        return None;
    }
    if unit == TimeUnit::Quarter && (!plural || scan.is(end, &["of"]) || scan.is(next, &["-"])) {
        return None;
    }
    // "one night" names a night, not a length.
    if one && unit == TimeUnit::Night {
        return None;
    }
    if unit == TimeUnit::Second && !plural && !scan.is(next, &["-"]) {
        return None;
    }
    // "the 2016 year": a singular after a number needs its hyphen, save for "one" and halves.
    if !plural
        && !one
        && count != Count::Exact(0.5)
        && !scan.is(next, &["-"])
        && count == Count::Open
    {
        return None;
    }
    let mut count = count;
    if scan.is(end, &["and"]) && scan.is(end + 1, &["a"]) && scan.is(end + 2, &["half"]) {
        if let Count::Exact(n) = count {
            count = Count::Exact(n + 0.5);
        }
        end += 3;
    }
    if scan.is(end, &["-"])
        && scan.glued(end)
        && scan.is(end + 1, &["and"])
        && scan.is(end + 5, &["half"])
    {
        if let Count::Exact(n) = count {
            count = Count::Exact(n + 0.5);
        }
        end += 6;
    }
    Some((count, unit, end))
}

/// A plural unit without a number: "days", "weeks". Not every one is a time; see the callers.
pub(super) fn bare_plural(scan: &Scan<'_>, i: usize) -> Option<(TimeUnit, usize)> {
    let (&(unit, plural), next) = scan.phrase(&scan.words.units, i)?;
    (plural && unit != TimeUnit::Season && unit != TimeUnit::Quarter).then_some((unit, next))
}

/// Whether what follows a length makes it an age: "22-year-old", "aged", "years of age".
fn is_age(scan: &Scan<'_>, start: usize, next: usize) -> bool {
    if !scan.has(TimeRule::AgeIsNoTime) {
        return false;
    }
    if scan.is(start.wrapping_sub(1), &["age", "ages", "aged"]) {
        return true;
    }
    let at = scan.skip(next, &["-"]);
    scan.is(at, &["old", "olds"]) || (scan.is(next, &["of"]) && scan.is(next + 1, &["age"]))
}

/// A length of time with where it lies.
pub(super) fn length(scan: &Scan<'_>, i: usize) -> Option<(Expr, usize)> {
    placed(scan, i).or_else(|| loose(scan, i))
}

/// "the past two weeks", "the next few months", "recent days", "the first two months of 1939".
fn placed(scan: &Scan<'_>, i: usize) -> Option<(Expr, usize)> {
    let the = scan.is(i, &["the", "these", "its", "their"]);
    let at = i + usize::from(the);
    let word = scan.word(at);
    let place = match word {
        "past" | "last" | "previous" | "preceding" | "recent" | "intervening" | "latest" => {
            LengthPlace::Past
        }
        "next" | "coming" | "following" | "subsequent" | "ensuing" | "upcoming" => {
            LengthPlace::Next
        }
        "first" | "opening" | "final" => LengthPlace::Loose,
        "second" | "third" | "fourth" => return period(scan, at, the),
        _ => return counted_previous(scan, i),
    };
    let (counted, bare) = match counted(scan, at + 1) {
        Some((count, unit, next)) => (Some((count, unit, next)), false),
        None => (
            bare_plural(scan, at + 1).map(|(unit, next)| (Count::Open, unit, next)),
            true,
        ),
    };
    let (count, unit, next) = match counted {
        Some(found) => found,
        // "the past week", "the past decade".
        None if matches!(word, "past") || (word == "last" && the) => {
            let (&(unit, _), next) = scan.phrase(&scan.words.units, at + 1)?;
            let up_to_now = up_to_now(scan, i)
                && !scan.is(next, &["of"])
                && matches!(
                    unit,
                    TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year
                );
            if word == "last"
                && !up_to_now
                && !matches!(unit, TimeUnit::Decade | TimeUnit::Century | TimeUnit::Hour)
            {
                return period(scan, at, the);
            }
            (Count::Exact(1.0), unit, next)
        }
        None => return period(scan, at, the),
    };
    if is_age(scan, i, next) {
        return None;
    }
    if bare && !the && !matches!(word, "recent" | "past" | "coming" | "previous") {
        return None;
    }
    let first_last = matches!(word, "first" | "last" | "final" | "opening");
    if first_last && scan.is(next, &["of", "in"]) {
        let whole = core(scan, scan.skip(next + 1, &["the"]))
            .or_else(|| inner(scan, next + 1).filter(|_| scan.is(next + 1, &["the"])));
        if let Some((point, end)) = whole {
            let point = Box::new(point);
            let place = if matches!(word, "first" | "opening") {
                LengthPlace::FirstOf(point)
            } else {
                LengthPlace::LastOf(point)
            };
            return Some((Expr::Length { count, unit, place }, end));
        }
        return Some((
            Expr::Length {
                count,
                unit,
                place: LengthPlace::Loose,
            },
            next,
        ));
    }
    Some((Expr::Length { count, unit, place }, next))
}

/// Whether the words before "the last week" make it a length that ends now: "over the last week".
pub(super) fn up_to_now(scan: &Scan<'_>, i: usize) -> bool {
    scan.is(
        i.wrapping_sub(1),
        &["over", "during", "within", "for", "throughout"],
    )
}

/// "the last week of August", "the first day of the war": one unit at an end of a period.
fn period(scan: &Scan<'_>, at: usize, the: bool) -> Option<(Expr, usize)> {
    let (&(unit, plural), next) = scan.phrase(&scan.words.units, at + 1)?;
    if plural || !the || !scan.is(next, &["of"]) || unit == TimeUnit::Day {
        return None;
    }
    let (point, end) = core(scan, scan.skip(next + 1, &["the"]))?;
    let point = Box::new(point);
    let place = match scan.word(at) {
        "first" | "opening" => LengthPlace::FirstOf(point),
        "second" => LengthPlace::NthOf(2, point),
        "third" => LengthPlace::NthOf(3, point),
        "fourth" => LengthPlace::NthOf(4, point),
        _ => LengthPlace::LastOf(point),
    };
    Some((
        Expr::Length {
            count: Count::Exact(1.0),
            unit,
            place,
        },
        end,
    ))
}

/// "the four previous weeks", "several days following".
fn counted_previous(scan: &Scan<'_>, i: usize) -> Option<(Expr, usize)> {
    let at = scan.skip(i, &["the"]);
    let (count, next) = count(scan, at)?;
    let place = match scan.word(next) {
        "previous" | "preceding" | "past" | "last" | "prior" => LengthPlace::Past,
        "following" | "next" | "coming" | "subsequent" => LengthPlace::Next,
        _ => return None,
    };
    let (unit, end) = bare_plural(scan, next + 1)?;
    Some((Expr::Length { count, unit, place }, end))
}

/// A length without a place.
fn loose(scan: &Scan<'_>, i: usize) -> Option<(Expr, usize)> {
    let mut at = scan.skip(i, &["the"]);
    while let Some(((), next)) = scan.phrase(&scan.words.approximators, at) {
        at = next;
    }
    if let Some((count, unit, next)) = counted(scan, at) {
        let same = scan.is(at, &["one"]) && matches!(unit, TimeUnit::Day | TimeUnit::Night);
        if is_age(scan, at, next) || (same && scan.is(next, &["of"])) {
            return None;
        }
        let long = if scan.is(scan.skip(next, &["-"]), &["long", "period"]) {
            scan.skip(next, &["-"]) + 1
        } else {
            next
        };
        return Some((
            Expr::Length {
                count,
                unit,
                place: LengthPlace::Loose,
            },
            long,
        ));
    }
    let before = scan.before(i, 1);
    let Some((unit, next)) = bare_plural(scan, at) else {
        // "a month-long siege" has its count; "year-long" and "decades-long" stand alone.
        let (&(unit, _), next) = scan.phrase(&scan.words.units, at)?;
        if !(scan.is(next, &["-"]) && scan.glued(next) && scan.is(next + 1, &["long"])) {
            return None;
        }
        let place = LengthPlace::Loose;
        return Some((
            Expr::Length {
                count: Count::Exact(1.0),
                unit,
                place,
            },
            next + 2,
        ));
    };
    let long = scan.is(next, &["-"]) && scan.is(next + 1, &["long"]);
    if matches!(
        unit,
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Night | TimeUnit::Weekend
    ) {
        return None;
    }
    let expected = [
        "for", "within", "after", "took", "lasted", "takes", "take", "over",
    ]
    .contains(&before)
        || (["in", "of"].contains(&before) && !scan.is(next, &["of", "when"]))
        || (scan.is(next, &["of"])
            && !scan.is(at.wrapping_sub(1), &["the", "those", "these"])
            && !scan.is(next + 1, &["the", "his", "her"]));
    (long || expected).then_some((
        Expr::Length {
            count: Count::Open,
            unit,
            place: LengthPlace::Loose,
        },
        if long { next + 2 } else { next },
    ))
}
