//! Dates by the Hijri and the Solar Hijri calendar: "12 Muharram 1447", "22 Bahman", "in Shawwal".

use sayso_lexicon::{MonthNeeds, OtherMonth};

use super::super::expr::Base;
use super::super::scan::{Kind, Scan};
use super::calendar::day_number;

/// Years of both calendars that news tell of.
const YEARS: std::ops::RangeInclusive<u32> = 1300..=1499;

/// A day or a month of another calendar.
pub(super) fn date(scan: &Scan<'_>, i: usize) -> Option<(Base, usize)> {
    let at = scan.skip(i, &["the"]);
    // "12 Muharram", "the 12th of Muharram", "Muharram 12".
    let (day, at) = match day_number(scan, at) {
        Some((day, next)) => (Some(day), scan.skip(next, &["of"])),
        None => (None, i),
    };
    let (&month, next) = scan.phrase(&scan.words.other_months, at)?;
    if !scan.capital(at) {
        return None;
    }
    let (day, next) = match day {
        Some(day) => (Some(day), next),
        None => day_number(scan, next).map_or((None, next), |(day, next)| (Some(day), next)),
    };
    let (year, end) = year(scan, next);
    let OtherMonth {
        calendar,
        month,
        needs,
        ..
    } = month;
    let beside = match needs {
        MonthNeeds::Nothing => day.is_some() || year.is_some() || led(scan, i, end),
        MonthNeeds::Beside => day.is_some() || year.is_some(),
        MonthNeeds::Year => year.is_some(),
    };
    let base = Base::Other {
        calendar,
        year,
        month,
        day: day.and_then(|day| u8::try_from(day).ok()),
    };
    beside.then_some((base, end))
}

/// The year behind a month, with its era perhaps: "1447", ", 1447 AH".
fn year(scan: &Scan<'_>, i: usize) -> (Option<i16>, usize) {
    let at = scan.skip(i, &[","]);
    let year = scan
        .figure(at)
        .filter(|&(year, len)| len == 4 && YEARS.contains(&year))
        .and_then(|(year, _)| i16::try_from(year).ok());
    match year {
        Some(year) => (Some(year), scan.skip(at + 1, &["ah", "ap", "sh", "hijri"])),
        None => (None, i),
    }
}

/// Whether a month by itself stands where a date may, and is no part of a name.
fn led(scan: &Scan<'_>, i: usize, end: usize) -> bool {
    scan.is(
        i.wrapping_sub(1),
        &[
            "in",
            "of",
            "during",
            "since",
            "until",
            "before",
            "after",
            "by",
            "throughout",
        ],
    ) && !(scan.kind(end) == Kind::Word && scan.capital(end))
}
