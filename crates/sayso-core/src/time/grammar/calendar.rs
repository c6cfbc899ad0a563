//! Dates by the calendar: days, months, years, decades, centuries, in figures and in words.

use sayso_lexicon::TimeWord;

use super::super::expr::{Base, Shift};
use super::super::scan::{Kind, Scan};
use super::relative::year_shift;
use crate::TimeRule;

/// A date by the calendar, at least a month, a year with its sign, or figures.
pub(super) fn date(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    if let Some(found) = figures(scan, i) {
        return Some(found);
    }
    // A weekday before the date adds nothing to it: "Saturday, June 24, 1950".
    if let Some((_, next)) = weekday(scan, i, true) {
        let mut at = next;
        while scan.is(at, &[",", "the", "."]) && at < next + 3 {
            at += 1;
        }
        if let Some((base, end)) = day_month(scan, at).or_else(|| month_day(scan, at)) {
            return Some((base, end));
        }
    }
    day_month(scan, i)
        .or_else(|| month_day(scan, i))
        .or_else(|| month_alone(scan, i))
}

/// Year, month and day in figures: `2025-10-22`, `22/10/2025`, `22.10.25`.
fn figures(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    if scan.kind(i) != Kind::Number
        || (i > 0 && scan.glued(i) && scan.is(i - 1, &["-", "/", ".", ","]))
    {
        return None;
    }
    let mark = scan.word(i + 1);
    if !["-", "/", "."].contains(&mark) || scan.word(i + 3) != mark {
        return None;
    }
    if (i + 1..i + 5).any(|at| !scan.glued(at)) || scan.kind(i + 4) != Kind::Number {
        return None;
    }
    // Longer chains of figures are no dates: phone numbers, addresses, versions.
    if scan.glued(i + 5) && scan.is(i + 5, &["-", "/"]) && scan.kind(i + 6) == Kind::Number {
        return None;
    }
    let part = |at: usize| -> Option<(u16, usize)> {
        let digits = scan.word(at);
        Some((digits.parse().ok()?, digits.len()))
    };
    let ((a, a_len), (b, b_len), (c, c_len)) = (part(i)?, part(i + 2)?, part(i + 4)?);
    let base = if a_len == 4 && b_len <= 2 && c_len <= 2 {
        calendar(Some(i16::try_from(a).ok()?), b, Some(c))?
    } else if a_len <= 2 && b_len <= 2 && (c_len == 4 || (c_len == 2 && mark != "-")) {
        let year = i16::try_from(if c_len == 4 { c } else { short_year(c) }).ok()?;
        match (a, b) {
            (13..=31, 1..=12) => calendar(Some(year), b, Some(a))?,
            (1..=12, 13..=31) => calendar(Some(year), a, Some(b))?,
            (1..=12, 1..=12) if a == b => calendar(Some(year), b, Some(a))?,
            (1..=12, 1..=12) => Base::Slashed {
                year,
                first: i8::try_from(a).ok()?,
                second: i8::try_from(b).ok()?,
            },
            _ => return None,
        }
    } else {
        return None;
    };
    Some((base, i + 5))
}

fn short_year(year: u16) -> u16 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn calendar(year: Option<i16>, month: u16, day: Option<u16>) -> Option<Base> {
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let day = match day {
        Some(day) => Some(i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?),
        None => None,
    };
    Some(Base::Calendar {
        year,
        month: Some(month),
        day,
        year_shift: None,
    })
}

/// Day and month in words: "22 October 2025", "the 22nd of October", "3rd March".
fn day_month(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let at = scan.skip(i, &["the"]);
    let (day, next) = day_number(scan, at).or_else(|| ordinal_day(scan, at, i))?;
    let mut next = scan.skip(next, &["of"]);
    // "the morning of 3 mid-May" is no date, but "22-October-2025" is one.
    if scan.is(next, &["-"]) && scan.glued(next) {
        next += 1;
    }
    let (month, next) = month_name(scan, next)?;
    if !scan.capital(next - 1) && !scan.capital(next.saturating_sub(2)) {
        return None;
    }
    let (year, shift, end) = year_after(scan, next);
    Some((with_shift(year, month, Some(day), shift), end))
}

/// "the first of May" needs its article and its "of".
fn ordinal_day(scan: &Scan<'_>, at: usize, start: usize) -> Option<(i8, usize)> {
    let (&rank, next) = scan.phrase(&scan.words.ordinals, at)?;
    let day = i8::try_from(rank).ok().filter(|d| (1..=31).contains(d))?;
    (at > start && scan.is(next, &["of"])).then_some((day, next))
}

/// Month and day in words: "October 22, 2025", "Oct. 22", "March the 3rd".
fn month_day(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let (month, next) = month_name(scan, i)?;
    if !scan.capital(i) {
        return None;
    }
    let at = scan.skip(next, &["the"]);
    let at = if scan.is(at, &["-"]) && scan.glued(at) {
        at + 1
    } else {
        at
    };
    let (day, next) = day_number(scan, at)?;
    // "in August 20 people died" counts people, "on August 20 people died" does not.
    let counted = scan.is(
        next,
        &[
            "people",
            "men",
            "soldiers",
            "percent",
            "%",
            "per",
            "million",
            "killed",
            "civilians",
            "children",
            "women",
            "fighters",
            "rebels",
            "others",
        ],
    );
    if counted
        && !scan.is(
            i.wrapping_sub(1),
            &["on", "of", "by", "since", "until", "from", "the"],
        )
        && scan.has(TimeRule::CountedBehindMonth)
    {
        return None;
    }
    let (year, shift, end) = year_after(scan, next);
    Some((with_shift(year, month, Some(day), shift), end))
}

/// A month, with its year perhaps: "March 2011", "July of that year", "May".
fn month_alone(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let (month, next) = month_name(scan, i)?;
    if !scan.capital(i) {
        return None;
    }
    let (year, shift, end) = year_after(scan, next);
    let certain = year.is_some() || shift.is_some();
    let name = scan.word(i);
    let short = name.len() <= 4 && !["may", "june", "july"].contains(&name);
    let dotted = scan.is(i + 1, &["."]);
    if !certain && short && !dotted && !scan.of_class(i.wrapping_sub(1), TimeWord::BeforeTime) {
        return None;
    }
    // "the Mar Elias quarter", "the Jan Yoors house"; but "In Oct Boko Haram raided Orla".
    let named = scan.is(i.wrapping_sub(1), &["the"]);
    if !certain && short && !dotted && named && scan.kind(next) == Kind::Word && scan.capital(next)
    {
        return None;
    }
    if !certain && ["may", "march"].contains(&name) && scan.has(TimeRule::MarchAndMay) {
        let before = scan.before(i, 1);
        let range = ["from", "between"].contains(&before);
        if !scan.lists(TimeWord::BeforeTime, before)
            || (!range && scan.is(next, &["have", "be", "not", "to"]))
        {
            return None;
        }
        // "to march", "the March", "the May" in title case are no months by themselves.
        if before == "to" && !scan.is(i.wrapping_sub(3), &["from", "between"]) && name == "march" {
            return None;
        }
    }
    // "April Smith": a name, where a capital follows that starts no sentence.
    if !certain
        && ["april", "june", "august", "may", "jan"].contains(&name)
        && scan.capital(next)
        && scan.kind(next) == Kind::Word
        && !scan.lists(TimeWord::BeforeTime, scan.before(i, 1))
    {
        return None;
    }
    Some((with_shift(year, month, None, shift), end))
}

fn with_shift(year: Option<i16>, month: i8, day: Option<i8>, shift: Option<Shift>) -> Base {
    Base::Calendar {
        year,
        month: Some(month),
        day,
        year_shift: shift,
    }
}

/// A month's name and the full stop of its abbreviation.
pub(super) fn month_name(scan: &Scan<'_>, i: usize) -> Option<(i8, usize)> {
    let (&month, next) = scan.phrase(&scan.words.months, i)?;
    let short = scan.word(i).len() <= 4 && !scan.is(i, &["may", "june", "july"]);
    let dotted = short && scan.is(next, &["."]) && scan.glued(next);
    Some((month, next + usize::from(dotted)))
}

/// A day of the month in figures, with its ordinal ending perhaps.
pub(super) fn day_number(scan: &Scan<'_>, i: usize) -> Option<(i8, usize)> {
    let (figure, len) = scan.figure(i)?;
    if len > 2 || !(1..=31).contains(&figure) || scan.is(i.wrapping_sub(1), &["$", "€", "£"]) {
        return None;
    }
    let day = i8::try_from(figure).ok()?;
    let ending = scan.glued(i + 1) && scan.is(i + 1, &["st", "nd", "rd", "th"]);
    let glued_other =
        scan.glued(i + 1) && (scan.kind(i + 1) == Kind::Word || scan.is(i + 1, &["%", ":"]));
    if glued_other && !ending {
        return None;
    }
    Some((day, i + 1 + usize::from(ending)))
}

/// The year after a month or day: "2025", ", 2025", "of 1940", "of that year".
fn year_after(scan: &Scan<'_>, i: usize) -> (Option<i16>, Option<Shift>, usize) {
    let mut at = i;
    if scan.is(at, &[",", "of", "]"])
        || (scan.is(at, &["-"]) && scan.glued(at) && scan.glued(at + 1))
    {
        at += 1;
    }
    if let Some((year, next)) = signed_year(scan, at) {
        return (Some(year), None, next);
    }
    if let Some((shift, next)) = year_shift(scan, scan.skip(i, &["of"]), at > i) {
        return (None, Some(shift), next);
    }
    (None, None, i)
}

/// A year that stands by itself, if what is around it allows that.
pub(super) fn year_alone(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let named =
        scan.is(i, &["year"]) || (scan.is(i, &["the"]) && scan.is(i + 1, &["year", "years"]));
    let at = if named {
        i + 1 + usize::from(scan.is(i, &["the"]))
    } else {
        i
    };
    if scan.is(at, &["'"]) && scan.glued(at + 1) && !scan.glued(at) {
        let (year, len) = scan.figure(at + 1)?;
        let plain = !scan.glued(at + 2) || scan.kind(at + 2) == Kind::Mark;
        return (len == 2 && plain && scan.lists(TimeWord::BeforeTime, scan.before(at, 1)))
            .then(|| (Base::ShortYear(year as u8), at + 2));
    }
    let (year, end) = signed_year(scan, at)?;
    let era = end > at + 1;
    let count = !era && !named && !stands_as_year(scan, at, i32::from(year));
    if count && scan.has(TimeRule::NumberIsNoYear) {
        return None;
    }
    Some((year_base(year), end))
}

fn year_base(year: i16) -> Base {
    Base::Calendar {
        year: Some(year),
        month: None,
        day: None,
        year_shift: None,
    }
}

/// Whether four digits at `i` read as a year and not as a count.
fn stands_as_year(scan: &Scan<'_>, i: usize, year: i32) -> bool {
    let before = scan.before(i, 1);
    let next = scan.word(i + 1);
    if scan.lists(TimeWord::Counted, next)
        || scan.lists(TimeWord::Counting, before)
        || scan.is(i + 1, &["%", "°"])
    {
        return false;
    }
    if scan.is(i + 1, &["-"]) && scan.of_class(i + 2, TimeWord::Counted) {
        return false;
    }
    let plural = scan.kind(i + 1) == Kind::Word
        && !scan.capital(i + 1)
        && !scan.glued(i + 1)
        && next.ends_with('s')
        && !next.ends_with("ss")
        && ![
            "was", "is", "has", "as", "this", "its", "his", "thus", "does", "across", "towards",
            "s", "sees", "us",
        ]
        .contains(&next);
    let strong = [
        "in", "since", "by", "until", "during", "from", "after", "before", "between", "early",
        "late", "mid", "the", "its", "their", "-",
    ]
    .contains(&before);
    if plural && (!strong || !(1900..=2100).contains(&year)) {
        return false;
    }
    if (1900..=2100).contains(&year) {
        return scan.kind(i + 1) != Kind::Number && !scan.is(i.wrapping_sub(1), &["no", "#"]);
    }
    strong
        || scan.lists(TimeWord::BeforeTime, before)
        || matches!(next, ")" | "," | "." | "-" | ":" | ";" | "\n" | "")
}

/// A year of four digits, or of fewer with its era: "1941", "490 BC", "AD 70".
pub(super) fn signed_year(scan: &Scan<'_>, i: usize) -> Option<(i16, usize)> {
    if scan.is(i, &["ad"]) && scan.capital(i) {
        let (year, _) = scan.figure(i + 1)?;
        return Some((i16::try_from(year).ok()?, i + 2));
    }
    let (year, len) = scan.figure(i)?;
    let year = i16::try_from(year).ok()?;
    if let Some((bc, end)) = era(scan, i + 1) {
        return Some((if bc { 1 - year } else { year }, end));
    }
    let glued = |at: usize, marks: &[&str]| scan.glued(at) && scan.is(at, marks);
    let figure_before = i >= 1
        && scan.glued(i)
        && (scan.is(i - 1, &[".", ":", "$", "€", "£", "#", "_", "@"])
            || scan.kind(i - 1) == Kind::Word
            || (scan.is(i - 1, &["/"]) && scan.kind(i.wrapping_sub(2)) == Kind::Word));
    if len != 4 || !(1000..=2199).contains(&year) || figure_before {
        return None;
    }
    if scan.glued(i + 1) && scan.kind(i + 1) == Kind::Word && !scan.is(i + 1, &["s"]) {
        return None;
    }
    if glued(i + 1, &["s", "_", "%"]) || (glued(i + 1, &[":"]) && scan.glued(i + 2)) {
        return None;
    }
    Some((year, i + 1))
}

/// An era and whether it is before Christ.
fn era(scan: &Scan<'_>, i: usize) -> Option<(bool, usize)> {
    if !scan.capital(i) {
        return None;
    }
    match scan.word(i) {
        "bc" | "bce" => Some((true, i + 1)),
        "ce" | "ad" => Some((false, i + 1)),
        "b" | "a" if scan.is(i + 1, &["."]) && scan.is(i + 2, &["c", "d"]) && scan.glued(i + 2) => {
            let end = i + 3 + usize::from(scan.is(i + 3, &["."]) && scan.glued(i + 3));
            Some((scan.word(i) == "b", end))
        }
        _ => None,
    }
}

/// Decades and centuries: "the 1990s", "the 470s BC", "the 20th century".
pub(super) fn era_name(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let at = scan.skip(i, &["the"]);
    if let Some((figure, len)) = scan.figure(at) {
        let quoted = usize::from(scan.is(at + 1, &["'"]) && scan.glued(at + 1));
        if scan.is(at + 1 + quoted, &["s"]) && scan.glued(at + 1 + quoted) && figure % 10 == 0 {
            let end = at + 2 + quoted;
            let (bc, end) = era(scan, end).unwrap_or((false, end));
            let tens = u16::try_from(figure / 10).ok()?;
            return (len == 4 || bc || (len == 3 && figure >= 100))
                .then_some((Base::Decade { tens, bc }, end));
        }
        let ending = scan.glued(at + 1) && scan.is(at + 1, &["st", "nd", "rd", "th"]);
        return ending.then(|| century(scan, figure, at + 2)).flatten();
    }
    let (&rank, next) = scan.phrase(&scan.words.ordinals, at)?;
    century(scan, u32::try_from(rank).ok()?, next)
}

fn century(scan: &Scan<'_>, number: u32, i: usize) -> Option<(Base, usize)> {
    let at = scan.skip(i, &["-"]);
    if !scan.is(at, &["century", "centuries"]) || !(1..=30).contains(&number) {
        return None;
    }
    let (bc, end) = era(scan, at + 1).unwrap_or((false, at + 1));
    let number = u16::try_from(number).ok()?;
    Some((Base::Century { number, bc }, end))
}

/// A day of the week. Short forms count only where `dated` says that a date follows.
pub(super) fn weekday(scan: &Scan<'_>, i: usize, dated: bool) -> Option<(i8, usize)> {
    let (&day, next) = scan.phrase(&scan.words.weekdays, i)?;
    if !scan.capital(i) {
        return None;
    }
    if scan.word(i).len() <= 5 {
        let dotted = scan.is(next, &["."]) && scan.glued(next);
        let next = next + usize::from(dotted);
        let ambiguous = scan.is(i, &["sun", "sat", "wed", "mon"]);
        return (dated || (dotted && !ambiguous)).then_some((day, next));
    }
    Some((day, next))
}

/// "the 22nd", "the 20th": a day of the month that the text is in.
pub(super) fn day_alone(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    if !scan.is(i, &["the"])
        || !scan.is(
            i.wrapping_sub(1),
            &[
                "on", "by", "of", "until", "since", "from", "to", "before", "after", "and",
                "through", "night", "morning",
            ],
        )
    {
        return None;
    }
    let (day, next) = day_number(scan, i + 1)?;
    let ordinal = next == i + 3;
    let ends = matches!(scan.kind(next), Kind::Mark | Kind::Break)
        && !scan.is(next, &["-", "'", "%"])
        || scan.of_class(next, TimeWord::AfterDay);
    (ordinal && ends).then_some((
        Base::Calendar {
            year: None,
            month: None,
            day: Some(day),
            year_shift: None,
        },
        next,
    ))
}
