//! Dates as feeds write them.

use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::Published;

/// Months by the beginnings of their names.
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a date of RSS (RFC 2822) or Atom (RFC 3339), and what is often written in their place.
///
/// Where a time's zone cannot be read, only the day is kept: a wrong hour is worse than none.
pub(super) fn read(written: &str) -> Option<Published> {
    let written = written.trim();
    Published::parse(written)
        .ok()
        .or_else(|| mail(written))
        .or_else(|| crate::html::date(written))
        .or_else(|| words(written))
}

/// The zones that RFC 2822 gives a meaning; any other name it takes for UTC.
const ZONES: &[&str] = &[
    "UT", "UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT",
];

/// `Wed, 22 Oct 2025 14:00:00 +0200`, the weekday right or wrong.
fn mail(written: &str) -> Option<Published> {
    let zone = written.rsplit(' ').next().unwrap_or("");
    let is_name = zone.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_name && !ZONES.contains(&zone.to_ascii_uppercase().as_str()) {
        return None;
    }
    let zoned = DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_zoned_datetime(written)
        .ok()?;
    let zone = if zoned.offset().is_zero() {
        "Z".to_owned()
    } else {
        zoned.strftime("%:z").to_string()
    };
    Published::parse(&format!("{}{zone}", zoned.strftime("%Y-%m-%dT%H:%M:%S"))).ok()
}

/// The day of `Wed, 22 October 2025 14:00 CAT`, `October 22, 2025`, `22 Oct 2025`.
fn words(written: &str) -> Option<Published> {
    let words: Vec<&str> = written
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.'))
        .filter(|word| !word.is_empty())
        .collect();
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| {
        let lower = word.to_ascii_lowercase();
        let number = MONTHS.iter().position(|month| lower.starts_with(month))?;
        // "Monday" begins no month's name; "Mar del Plata" has no year behind it.
        Some((at, i8::try_from(number + 1).ok()?))
    })?;
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<i16>().ok());
    let before = at.checked_sub(1).and_then(number);
    let (day, year) = match before {
        Some(day) => (day, number(at + 1)?),
        None => (number(at + 1)?, number(at + 2)?),
    };
    let year = match year {
        0..=69 => year + 2000,
        1000..=9999 => year,
        _ => return None,
    };
    let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    Published::parse(&date.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_feeds_write_them() {
        for (written, read_as) in [
            ("2025-10-22T14:00:00+02:00", "2025-10-22T14:00:00+02:00"),
            ("Wed, 22 Oct 2025 14:00:00 GMT", "2025-10-22T14:00:00Z"),
            (
                "Wed, 22 Oct 2025 14:00:00 +0200",
                "2025-10-22T14:00:00+02:00",
            ),
            // The 22nd was no Monday.
            ("Mon, 22 Oct 2025 14:00:00 +0000", "2025-10-22T14:00:00Z"),
            ("22 Oct 2025 23:30 EST", "2025-10-22T23:30:00-05:00"),
            ("2025-10-22 14:00:00 +0200", "2025-10-22"),
            ("2025-10-22", "2025-10-22"),
            ("Wed, 22 October 2025 14:00:00 CAT", "2025-10-22"),
            ("Wed, 22 Oct 2025 14:00:00 CAT", "2025-10-22"),
            ("October 22, 2025", "2025-10-22"),
            ("22-Oct-25", "2025-10-22"),
        ] {
            let found = read(written);
            let found = found.as_ref().map(Published::as_written);
            assert_eq!(found, Some(read_as), "{written}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for written in [
            "",
            "soon",
            "Wed",
            "32 Oct 2025",
            "Oct 2025",
            "1729605600",
            "mar 1 x",
        ] {
            assert_eq!(read(written), None, "{written}");
        }
    }
}
