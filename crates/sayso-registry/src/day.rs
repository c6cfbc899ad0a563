//! A day as entries store it.

use std::fmt;

/// A day of the calendar, as the number `yyyymmdd`; days order as their numbers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u32);

impl Day {
    /// The day; `None` where the calendar has none such.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month);
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        // Only then: years that do not fit are too large to count with.
        (fits && (1..=last).contains(&day)).then(|| Self(year * 10_000 + month * 100 + day))
    }

    /// Reads `2021-08-15`, and `2021` as `first` (its first day) or its last.
    pub fn parse(written: &str, first: bool) -> Option<Self> {
        let mut parts = written.split('-').map(|part| {
            part.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| part.parse::<u32>().ok())
                .flatten()
        });
        let year = parts.next()??;
        match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) if first => Self::new(year, 1, 1),
            (None, None, None) => Self::new(year, 12, 31),
            (Some(month), Some(day), None) => Self::new(year, month?, day?),
            _ => None,
        }
    }

    /// As stored; 0 is no day.
    pub(crate) fn number(day: Option<Self>) -> u32 {
        day.map_or(0, |day| day.0)
    }

    /// Back from [`Day::number`].
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        Self::new(number / 10_000, number / 100 % 100, number % 100)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(n) = self;
        write!(f, "{:04}-{:02}-{:02}", n / 10_000, n / 100 % 100, n % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_beyond_all_calendars_are_no_days() {
        assert_eq!(Day::parse("192807459", true), None);
        assert_eq!(Day::new(u32::MAX, 12, 31), None);
    }

    #[test]
    fn reads_days_and_years() {
        let show = |text, first| Day::parse(text, first).map(|d| d.to_string());
        assert_eq!(show("2021-08-15", true).as_deref(), Some("2021-08-15"));
        assert_eq!(show("2011", true).as_deref(), Some("2011-01-01"));
        assert_eq!(show("2011", false).as_deref(), Some("2011-12-31"));
        for wrong in [
            "2021-02-29",
            "2021-13-01",
            "2021-1",
            "x",
            "",
            "2021-08-15-1",
            "+2021",
        ] {
            assert_eq!(show(wrong, true), None, "{wrong}");
        }
    }
}
