//! Times seen from another time: last week, that day, three days later, two years ago.

use sayso_lexicon::TimeUnit;

use super::super::expr::{Base, Count, From, Shift};
use super::super::scan::{Kind, Scan};
use super::calendar::{month_name, weekday};
use super::length::{bare_plural, counted, up_to_now};
use super::points::core;

/// "last", "that same", "the following": which unit is meant, and where the unit stands.
///
/// The second value says that an article stood before it.
pub(super) fn shift(scan: &Scan<'_>, i: usize) -> Option<(Shift, bool, usize)> {
    let the = scan.is(i, &["the", "its", "their"]);
    let at = i + usize::from(the);
    let found = match scan.word(at) {
        "last" | "past" => Shift::Last,
        "this" | "current" => Shift::This,
        "next" | "coming" if the => Shift::Following,
        "next" | "coming" => Shift::Next,
        "previous" | "preceding" | "prior" if the => Shift::Previous,
        "following" | "ensuing" if the => Shift::Following,
        "that" | "same" => Shift::That,
        _ => return None,
    };
    let mut next = at + 1;
    if scan.is(at, &["this", "that"]) && scan.is(next, &["same", "very", "past", "coming"]) {
        let found = match scan.word(next) {
            "past" => Shift::Last,
            "coming" => Shift::Next,
            _ => Shift::That,
        };
        return Some((found, the, next + 1));
    }
    if scan.is(at, &["same"]) && !the {
        return None;
    }
    next = scan.skip(next, &["-"]);
    Some((found, the, next))
}

/// "that year", "the same year", "last year", "this year" after a month.
pub(super) fn year_shift(scan: &Scan<'_>, i: usize, of: bool) -> Option<(Shift, usize)> {
    let (found, _, at) = shift(scan, i)?;
    let this = matches!(found, Shift::Last | Shift::This | Shift::Next);
    (scan.is(at, &["year"]) && (of || this)).then_some((found, at + 1))
}

/// A unit, month, season or weekday with its shift.
pub(super) fn shifted(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    if scan.is(i, &["the"]) && scan.is(i + 1, &["weekend"]) {
        let base = Base::Unit {
            unit: TimeUnit::Weekend,
            shift: Shift::This,
        };
        return Some((base, i + 2));
    }
    let (found, the, at) = shift(scan, i)?;
    if let Some((day, next)) = weekday(scan, at, false) {
        return Some((
            Base::Weekday {
                day,
                shift: Some(found),
                week: None,
            },
            next,
        ));
    }
    if let Some((month, next)) = month_name(scan, at) {
        let month_only = scan.figure(next).is_none() && scan.capital(at);
        return month_only.then_some((
            Base::Month {
                month,
                shift: found,
            },
            next,
        ));
    }
    if let Some((code, next)) = scan.phrase(&scan.words.seasons, at) {
        let base = Base::Season {
            code: code.clone(),
            year: None,
            shift: Some(found),
        };
        return Some((base, next));
    }
    let (&(unit, plural), next) = scan.phrase(&scan.words.units, at)?;
    if plural || matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour) {
        return None;
    }
    if matches!(unit, TimeUnit::Season | TimeUnit::Night | TimeUnit::Quarter)
        && !matches!(unit, TimeUnit::Quarter)
    {
        return None;
    }
    // "the past year" is a length; "the last week" counts as the week before, "this past weekend" too.
    if scan.is(at - 1, &["past"]) && !scan.is(at.wrapping_sub(2), &["this"]) {
        return None;
    }
    // "at the last minute", "a past century's": only a plain unit. "this week-long" is a length.
    if scan.is(next, &["-"]) && scan.glued(next) && scan.is(next + 1, &["long", "old"]) {
        return None;
    }
    if the && found == Shift::Last {
        let counts = matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year);
        if unit == TimeUnit::Day || (counts && up_to_now(scan, i) && !scan.is(next, &["of"])) {
            return None;
        }
    }
    Some((Base::Unit { unit, shift: found }, next))
}

/// "today", "yesterday", "tomorrow", "the day before yesterday".
pub(super) fn from_today(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let days = |n: i32, end: usize| Some((Base::Days(n), end));
    match scan.word(i) {
        "today" => days(0, i + 1),
        "yesterday" => days(-1, i + 1),
        "tomorrow" => days(1, i + 1),
        "the" if scan.is(i + 1, &["day"]) => match (scan.word(i + 2), scan.word(i + 3)) {
            ("before", "yesterday") => days(-2, i + 4),
            ("after", "tomorrow") => days(2, i + 4),
            _ => None,
        },
        _ => None,
    }
}

/// "three days ago", "two years later", "the day before", "a week after the ceasefire".
pub(super) fn offset(scan: &Scan<'_>, start: usize) -> Option<(Base, usize)> {
    let mut i = start;
    while let Some(((), next)) = scan.phrase(&scan.words.approximators, i) {
        // "a mere two years later", but "another day" is a count of its own.
        i = next;
    }
    let (count, unit, next) = if scan.is(i, &["the"]) {
        let (&(unit, plural), next) = scan.phrase(&scan.words.units, i + 1)?;
        let part = matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second);
        // "over the weekend after a dispute" is the weekend.
        let weekend = unit == TimeUnit::Weekend && scan.is(i.wrapping_sub(1), &["over", "at"]);
        if plural
            || part
            || weekend
            || !scan.is(
                next,
                &[
                    "before",
                    "after",
                    "following",
                    "preceding",
                    "earlier",
                    "later",
                ],
            )
        {
            return None;
        }
        (Count::Exact(1.0), unit, next)
    } else if let Some((count, unit, next)) = counted(scan, i) {
        (count, unit, next)
    } else {
        let (unit, next) = bare_plural(scan, i)?;
        (Count::Open, unit, next)
    };
    // "for two days after the storm" is a length.
    if scan.is(
        start.wrapping_sub(1),
        &["for", "within", "lasted", "lasting", "spent"],
    ) && !scan.is(next, &["ago"])
    {
        return None;
    }
    let base = |sign: i8, from: From| Base::Offset {
        count,
        unit,
        sign,
        from,
    };
    // "The day before he had left", but "two days before he left".
    let the = scan.is(i, &["the"]);
    let ends = |at: usize| {
        !matches!(scan.kind(at), Kind::Word | Kind::Number)
            || (the && scan.is(at, &["it", "he", "she", "they"]))
            || scan.is(
                at,
                &[
                    "and", "but", "when", "in", "on", "by", "at", "with", "as", "to", "that",
                ],
            )
    };
    match scan.word(next) {
        "ago" => Some((base(-1, From::Now), next + 1)),
        "earlier" | "later" if scan.is(next + 1, &["than"]) => None,
        "earlier" | "previously" | "prior" | "beforehand"
            if !(scan.is(next, &["prior"]) && scan.is(next + 1, &["to"])) =>
        {
            Some((base(-1, From::Text), next + 1))
        }
        "later" | "afterwards" | "afterward" | "thereafter" | "hence" => {
            Some((base(1, From::Text), next + 1))
        }
        "from" if scan.is(next + 1, &["now", "today"]) => Some((base(1, From::Now), next + 2)),
        word @ ("before" | "after" | "following" | "prior" | "preceding") => {
            let sign = if matches!(word, "after" | "following") {
                1
            } else {
                -1
            };
            let at = if scan.is(next, &["prior"]) {
                scan.skip(next + 1, &["to"])
            } else {
                next + 1
            };
            if scan.is(at, &["that", "this"]) && ends(at + 1) {
                return Some((base(sign, From::Text), at + 1));
            }
            if ends(at) {
                return Some((base(sign, From::Text), next + 1));
            }
            if let Some((point, _)) = core(scan, at).filter(|(p, _)| p.base != Base::Open) {
                return Some((base(sign, From::Point(Box::new(point))), next + 1));
            }
            let mut end = at;
            while matches!(scan.kind(end), Kind::Word | Kind::Number) && end < at + 8 {
                end += 1;
            }
            Some((base(sign, From::Event(at..end)), next + 1))
        }
        _ => None,
    }
}
