//! Weekdays, seasons, quarters and feasts.

use super::super::expr::{Base, Count};
use super::super::scan::{Kind, Scan};
use super::length::count;
use super::{calendar, relative};

/// "the summer of 2005", "winter 1914", "1982 summer", "the spring".
pub(super) fn season(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let weather = |code: &str| matches!(code, "WET" | "DRY");
    if let Some((year, next)) = calendar::signed_year(scan, i) {
        let (code, end) = scan.phrase(&scan.words.seasons, next)?;
        // "the 1975-76 dry season" is in both years.
        if weather(code) && scan.is(i.wrapping_sub(1), &["-", "/"]) {
            return None;
        }
        return Some((
            Base::Season {
                code: code.clone(),
                year: Some(year),
                shift: None,
            },
            end,
        ));
    }
    let at = scan.skip(i, &["the"]);
    let (code, next) = scan.phrase(&scan.words.seasons, at)?;
    if weather(code) && scan.kind(i.wrapping_sub(1)) == Kind::Number {
        return None;
    }
    let year_at = scan.skip(scan.skip(next, &[","]), &["of"]);
    if let Some((year, end)) = calendar::signed_year(scan, year_at) {
        return Some((
            Base::Season {
                code: code.clone(),
                year: Some(year),
                shift: None,
            },
            end,
        ));
    }
    if let Some((shift, end)) =
        relative::year_shift(scan, scan.skip(next, &["of"]), scan.is(next, &["of"]))
    {
        return Some((
            Base::Season {
                code: code.clone(),
                year: None,
                shift: Some(shift),
            },
            end,
        ));
    }
    let name = scan.word(at);
    let before = scan.before(i, 1);
    let set_off = at > i
        || [
            "in",
            "during",
            "by",
            "until",
            "of",
            "since",
            "throughout",
            "over",
            "early",
            "late",
            "mid",
            "and",
            "-",
        ]
        .contains(&before);
    let noun = [
        "time", "camp", "school", "olympics", "games", "to", "up", "water", "palace",
    ]
    .contains(&scan.word(next));
    // "the fall of the city", "a spring": nouns of other kinds.
    let doubtful = match name {
        "fall" => {
            !(set_off
                && scan.is(
                    i.wrapping_sub(1),
                    &["in", "during", "by", "until", "early", "late", "throughout"],
                ))
                || scan.is(next, &["of", "in", "to", "on", "into"])
        }
        "spring" => !set_off && !scan.capital(at) && !["in", "that"].contains(&before),
        _ => false,
    };
    // "the tanker Polar Winter", but "the Chinese Winter Offensive".
    let before_at = i.wrapping_sub(1);
    let title = |a: usize| scan.kind(a) == Kind::Word && scan.capital(a);
    let named = title(at) && at == i && title(before_at) && !title(next) && !set_off;
    (!noun && !doubtful && !named).then(|| {
        (
            Base::Season {
                code: code.clone(),
                year: None,
                shift: None,
            },
            next,
        )
    })
}

/// "the first quarter of 2013", "Q3 2014", "fiscal 2013".
pub(super) fn quarter(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    if scan.is(i, &["fiscal", "financial", "fy"]) {
        let at = scan.skip(i + 1, &["year"]);
        let (year, _) = scan.figure(at).filter(|&(_, len)| len == 4)?;
        // "FY2023/24": by the year that it begins in.
        let second = scan.is(at + 1, &["/", "-"]) && scan.glued(at + 2);
        let second = second
            && scan
                .figure(at + 2)
                .is_some_and(|(_, len)| len == 2 || len == 4);
        return Some((
            Base::Calendar {
                year: Some(i16::try_from(year).ok()?),
                month: None,
                day: None,
                year_shift: None,
            },
            at + if second { 3 } else { 1 },
        ));
    }
    let (number, next) = if scan.is(i, &["q"]) && scan.glued(i + 1) {
        let (number, _) = scan.figure(i + 1)?;
        (i32::try_from(number).ok()?, i + 2)
    } else {
        let at = scan.skip(i, &["the"]);
        let (&rank, next) = scan.phrase(&scan.words.ordinals, at)?;
        let next = scan.skip(next, &["-"]);
        if !scan.is(next, &["quarter"]) {
            return None;
        }
        let rank = if rank == -1 { 4 } else { rank };
        (rank, next + 1)
    };
    let number = i8::try_from(number).ok().filter(|n| (1..=4).contains(n))?;
    let year_at = scan.skip(scan.skip(next, &["of"]), &["the"]);
    if let Some((year, end)) = calendar::signed_year(scan, year_at) {
        return Some((
            Base::Quarter {
                number,
                year: Some(year),
                shift: None,
            },
            end,
        ));
    }
    let shift = relative::year_shift(scan, year_at, true);
    // "the first quarter mile" and sports are no times: only with a year or a preposition.
    match shift {
        Some((shift, end)) => Some((
            Base::Quarter {
                number,
                year: None,
                shift: Some(shift),
            },
            end,
        )),
        None => scan
            .is(
                i.wrapping_sub(1),
                &["in", "for", "during", "from", "of", "its", "since"],
            )
            .then_some((
                Base::Quarter {
                    number,
                    year: None,
                    shift: None,
                },
                next,
            )),
    }
}

/// "Eid al-Fitr", "the holy month of Ramadan", "the eve of Eid", "Christmas 1963".
pub(super) fn feast(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let (mut at, mut shift) = (scan.skip(i, &["the"]), None);
    if let Some((found, _, next)) = relative::shift(scan, i) {
        (at, shift) = (next, Some(found));
    }
    let eve = scan.is(at, &["eve"]) && scan.is(at + 1, &["of"]);
    if eve {
        at = scan.skip(at + 2, &["the"]);
    }
    let (feast, next) = scan.phrase(&scan.words.feasts, at)?;
    // "Operation Ramadan", "the Easter Rising" are names of other things.
    let joined = |a: usize| scan.capital(a) && scan.kind(a) == Kind::Word;
    let named =
        joined(next) || (at == i && i > 1 && joined(i - 1) && !scan.is(i - 2, &[".", "\n"]));
    if !(at..next).any(|a| scan.capital(a)) || named {
        return None;
    }
    let year_at = scan.skip(scan.skip(next, &[","]), &["of", "in"]);
    let (year, end) = match calendar::signed_year(scan, year_at) {
        Some((year, end)) => (Some(year), end),
        None => (None, next),
    };
    Some((
        Base::Feast {
            feast: feast.clone(),
            year,
            eve,
            shift,
        },
        end,
    ))
}

/// "two Sundays ago", "a week last Monday", "a week ago on Friday", "Friday week".
pub(super) fn weekdays_off(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    if let Some((day, next)) = calendar::weekday(scan, i, false) {
        let week = scan.is(next, &["week"]) && !scan.is(next + 1, &["-", "'", "ago", "of"]);
        return week.then_some((Base::WeekdayOff { day, weeks: 1 }, next + 1));
    }
    if scan.is(i, &["a"]) && scan.is(i + 1, &["week"]) {
        let ago = scan.is(i + 2, &["ago"]);
        if !ago && !scan.is(i + 2, &["last"]) {
            return None;
        }
        let at = scan.skip(scan.skip(i + 3, &["last"]), &["on"]);
        let (day, next) = calendar::weekday(scan, at, false)?;
        return Some((Base::WeekdayOff { day, weeks: -1 }, next));
    }
    let (Count::Exact(n), next) = count(scan, i)? else {
        return None;
    };
    let single = scan.word(next).strip_suffix('s')?;
    let (&day, _) = scan
        .words
        .weekdays
        .longest(|n| if n == 0 { single } else { "" })?;
    let whole = (2.0..=8.0).contains(&n) && n.fract() == 0.0;
    (whole && scan.is(next + 1, &["ago"])).then_some((
        Base::WeekdayOff {
            day,
            weeks: 1 - n as i32,
        },
        next + 2,
    ))
}

/// "Tuesday", "Monday of last week", "Tuesday last week", "a week ago Friday" not.
pub(super) fn weekday(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let (day, next) = calendar::weekday(scan, i, false)?;
    let at = scan.skip(next, &["of"]);
    if let Some((shift, _, after)) = relative::shift(scan, at)
        && scan.is(after, &["week"])
    {
        return Some((
            Base::Weekday {
                day,
                shift: None,
                week: Some(shift),
            },
            after + 1,
        ));
    }
    Some((
        Base::Weekday {
            day,
            shift: None,
            week: None,
        },
        next,
    ))
}
