//! Moments: when the ledger recorded something, and the bounds that a view is asked for.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A moment in UTC, to the microsecond.
///
/// Written with six decimals and `Z` (`2025-10-22T14:00:00.000000Z`), so that the order of the
/// words is the order of the moments. The ledger has no clock: whoever writes passes the moment in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Timestamp);

impl Moment {
    /// The moment of `timestamp`, cut to its microsecond.
    pub fn new(timestamp: Timestamp) -> Self {
        Self(Timestamp::from_microsecond(timestamp.as_microsecond()).unwrap_or(timestamp))
    }

    /// Reads a moment as the ledger writes it.
    ///
    /// `None` where the words are no moment in that form.
    pub fn parse(written: &str) -> Option<Self> {
        let moment = Self::new(written.parse().ok()?);
        (moment.to_string() == written).then_some(moment)
    }

    /// The last moment that `written` can mean: a day lasts to its end in UTC, a time without a
    /// zone is in UTC.
    ///
    /// Both sides of "by then" are read so: what was published on some day was surely published by
    /// the end of that day, and a bound that is a day includes that day.
    ///
    /// `None` where the words are neither a day nor a time.
    ///
    /// ```
    /// use sayso_ledger::Moment;
    /// let day = Moment::latest("2025-10-22").unwrap();
    /// assert_eq!(day.to_string(), "2025-10-22T23:59:59.999999Z");
    /// assert!(Moment::latest("2025-10-22T23:30:00+03:00").unwrap() < day);
    /// assert!(Moment::latest("yesterday").is_none());
    /// ```
    pub fn latest(written: &str) -> Option<Self> {
        let written = written.trim();
        if written.len() == "2025-10-22".len() {
            let day: Date = written.parse().ok()?;
            let next = day.tomorrow().ok()?.at(0, 0, 0, 0);
            let next = TimeZone::UTC.to_timestamp(next).ok()?;
            let last = next.as_microsecond().checked_sub(1)?;
            return Timestamp::from_microsecond(last).ok().map(Self);
        }
        if let Ok(timestamp) = written.parse::<Timestamp>() {
            return Some(Self::new(timestamp));
        }
        let civil: DateTime = written.parse().ok()?;
        TimeZone::UTC.to_timestamp(civil).ok().map(Self::new)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

/// What a view may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Only what the ledger had recorded by then, that moment included (`--as-of`).
    pub as_of: Option<Moment>,
    /// Only what had been published by then, that moment included (`--published-by`). A report
    /// that states no publication counts as published when it was recorded: it was no later.
    pub published_by: Option<Moment>,
}

impl Bounds {
    /// Everything.
    pub const ALL: Self = Self {
        as_of: None,
        published_by: None,
    };

    /// Whether what was recorded then is in view.
    pub fn recorded(&self, recorded: Moment) -> bool {
        self.as_of.is_none_or(|bound| recorded <= bound)
    }

    /// Whether what was published then (in the report's own words) and recorded then is in view.
    pub fn published(&self, published: Option<&str>, recorded: Moment) -> bool {
        let published = published.and_then(Moment::latest).unwrap_or(recorded);
        self.published_by.is_none_or(|bound| published <= bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_one_way_only() {
        let moment = Moment::new("2025-10-22T14:00:00.1234567Z".parse().unwrap());
        assert_eq!(moment.to_string(), "2025-10-22T14:00:00.123456Z");
        assert_eq!(Moment::parse("2025-10-22T14:00:00.123456Z"), Some(moment));
        assert_eq!(Moment::parse("2025-10-22T14:00:00Z"), None);
        assert_eq!(Moment::parse("2025-10-22T17:00:00.123456+03:00"), None);
    }

    #[test]
    fn a_day_is_over_at_its_end() {
        let bounds = Bounds {
            as_of: None,
            published_by: Moment::latest("2025-10-22"),
        };
        let recorded = Moment::latest("2025-10-30").unwrap();
        assert!(bounds.published(Some("2025-10-22"), recorded));
        assert!(bounds.published(Some("2025-10-22T23:00:00"), recorded));
        assert!(!bounds.published(Some("2025-10-23"), recorded));
        assert!(
            !bounds.published(None, recorded),
            "recorded later, so not surely published"
        );
        let noon = Bounds {
            published_by: Moment::latest("2025-10-22T12:00:00Z"),
            ..Bounds::ALL
        };
        assert!(
            !noon.published(Some("2025-10-22"), recorded),
            "perhaps in the evening"
        );
    }
}
