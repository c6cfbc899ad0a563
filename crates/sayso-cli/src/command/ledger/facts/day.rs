//! When, as it is typed: a day, or the first and the last.

use jiff::civil::Date;

use super::super::super::Failure;

/// First and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) start: Date,
    pub(super) end: Date,
}

impl Days {
    /// Reads `2025-05-12` or `2025-05-12/2025-05-14`.
    ///
    /// # Errors
    /// With the option, the words, and what is allowed.
    pub(super) fn parse(typed: &str) -> Result<Self, Failure> {
        let (start, end) = typed.split_once('/').unwrap_or((typed, typed));
        let days = start.trim().parse().ok().zip(end.trim().parse().ok());
        days.map(|(start, end)| Self { start, end })
            .filter(|days| days.start <= days.end)
            .ok_or_else(|| Failure::Word {
                what: "--time",
                word: typed.to_owned(),
                allowed: "a day (2025-05-12), or the first and the last (2025-05-12/2025-05-14)"
                    .to_owned(),
            })
    }

    /// UCDP's `date_prec`: 1 the day, 2 two to six days, 3 the week, 4 up to a month, 5 more.
    pub(super) fn precision(self) -> u8 {
        let days = self
            .start
            .until(self.end)
            .map_or(i32::MAX, |span| span.get_days());
        match days {
            0 => 1,
            1..=5 => 2,
            6 => 3,
            7..=30 => 4,
            _ => 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_their_precision_told() {
        for (typed, precision) in [
            ("2025-05-12", 1),
            ("2025-05-12/2025-05-13", 2),
            ("2025-05-12/2025-05-18", 3),
            ("2025-05-01/2025-05-31", 4),
            ("2024-05-01/2025-05-31", 5),
        ] {
            assert_eq!(
                Days::parse(typed).unwrap().precision(),
                precision,
                "{typed}"
            );
        }
    }

    #[test]
    fn what_are_no_days_is_told() {
        for typed in [
            "Monday",
            "2025-13-01",
            "2025-05-14/2025-05-12",
            "2025-05-12/",
        ] {
            let told = Days::parse(typed).unwrap_err().to_string();
            assert!(told.contains("no --time") && told.contains(typed), "{told}");
        }
    }
}
