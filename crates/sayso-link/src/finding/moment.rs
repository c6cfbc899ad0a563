//! When a report was published, as far as two can be compared.

use jiff::Timestamp;

use crate::digest::day;

/// A day, and the second where it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Days since 1970-01-01 as the report gives them.
    pub(crate) day: Option<i32>,
    second: Option<i64>,
}

impl Moment {
    /// Of a date, or of a moment with its offset.
    pub(crate) fn of(published: Option<&str>) -> Self {
        Self {
            day: published.and_then(day),
            second: published
                .and_then(|p| p.parse::<Timestamp>().ok())
                .map(Timestamp::as_second),
        }
    }

    /// Whether this is later: by the second where both have one, by the day otherwise.
    pub(crate) fn is_after(self, other: Self) -> bool {
        match (self.second, other.second) {
            (Some(a), Some(b)) => a > b,
            _ => self.day > other.day,
        }
    }

    /// For sorting: by day, then by second.
    pub(crate) fn rank(self) -> (Option<i32>, Option<i64>) {
        (self.day, self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_count_where_both_have_them() {
        let of = |text| Moment::of(Some(text));
        let noon = of("2025-05-12T12:00:00Z");
        assert!(of("2025-05-12T15:30:00+03:00").is_after(noon));
        assert!(!of("2025-05-12T14:30:00+03:00").is_after(noon));
        assert!(!of("2025-05-12").is_after(noon) && !noon.is_after(of("2025-05-12")));
        assert!(of("2025-05-13").is_after(noon));
        assert!(noon.is_after(Moment::of(None)));
    }
}
