//! Places on the calendar: their TIMEX3 value and the civil days they cover.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use sayso_lexicon::Edge;

/// A stretch of the calendar. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum When {
    Day(Date),
    /// By its Monday.
    Week(Date),
    /// By its Saturday.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    /// Half a year, 1 or 2.
    Half(i16, i8),
    /// Year and TIMEX3 code.
    Season(i16, String),
    Year(i16),
    /// TIMEX3's digits, and whether before Christ.
    Decade(u16, bool),
    /// The ordinal of the century, and whether before Christ.
    Century(u16, bool),
    /// First and last day.
    Days(Date, Date),
    /// Some day of a year and perhaps a month.
    DayOf(i16, Option<i8>),
    /// A TIMEX3 pattern that no day is known for.
    Unplaced(String),
}

impl When {
    /// The TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Day(d) => day(*d),
            Self::Week(monday) => week(*monday),
            Self::Weekend(saturday) => format!("{}-WE", week(*saturday)),
            Self::Month(y, m) => format!("{}-{m:02}", year(*y)),
            Self::Quarter(y, n) => format!("{}-Q{n}", year(*y)),
            Self::Half(y, n) => format!("{}-H{n}", year(*y)),
            Self::Season(y, code) => format!("{}-{code}", year(*y)),
            Self::Year(y) => year(*y),
            Self::Decade(tens, false) => format!("{tens:03}"),
            Self::Decade(tens, true) => format!("BC{tens:03}"),
            Self::Century(number, bc) => {
                let digits = number.saturating_sub(1);
                format!("{}{digits:02}", if *bc { "BC" } else { "" })
            }
            Self::Days(first, last) => format!("{}/{}", day(*first), day(*last)),
            Self::DayOf(y, month) => match month {
                Some(m) => format!("{}-{m:02}-XX", year(*y)),
                None => format!("{}-XX-XX", year(*y)),
            },
            Self::Unplaced(pattern) => pattern.clone(),
        }
    }

    /// First and last day, inclusive.
    pub(super) fn interval(&self) -> Option<(Date, Date)> {
        let months = |y: i16, first: i8, count: i32| {
            let start = Date::new(y, first, 1).ok()?;
            Some((start, plus(plus(start, count.months())?, (-1).days())?))
        };
        match self {
            Self::Day(d) => Some((*d, *d)),
            Self::Week(monday) => Some((*monday, plus(*monday, 6.days())?)),
            Self::Weekend(saturday) => Some((*saturday, plus(*saturday, 1.days())?)),
            Self::Month(y, m) => months(*y, *m, 1),
            Self::Quarter(y, n) => months(*y, 3 * n - 2, 3),
            Self::Half(y, n) => months(*y, 6 * n - 5, 6),
            Self::Season(y, code) => months(*y, season_start(code), 3),
            Self::Year(y) => months(*y, 1, 12),
            Self::Decade(tens, bc) => {
                let first = i16::try_from(*tens).ok()? * 10;
                let (from, to) = if *bc {
                    (1 - first - 9, 1 - first)
                } else {
                    (first, first + 9)
                };
                Some((Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?))
            }
            Self::Century(number, bc) => {
                let first = (i16::try_from(*number).ok()? - 1) * 100;
                let (from, to) = if *bc {
                    (1 - first - 100, -first)
                } else {
                    (first, first + 99)
                };
                Some((Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?))
            }
            Self::Days(first, last) => Some((*first, *last)),
            Self::DayOf(..) | Self::Unplaced(_) => None,
        }
    }

    /// The year it lies in, where it lies in one.
    pub(super) fn year(&self) -> Option<i16> {
        match self {
            Self::Day(d) | Self::Week(d) | Self::Weekend(d) | Self::Days(d, _) => Some(d.year()),
            Self::Month(y, _)
            | Self::Quarter(y, _)
            | Self::Half(y, _)
            | Self::Season(y, _)
            | Self::Year(y)
            | Self::DayOf(y, _) => Some(*y),
            Self::Decade(..) | Self::Century(..) | Self::Unplaced(_) => None,
        }
    }

    /// The month it lies in, where it lies in one.
    pub(super) fn month(&self) -> Option<(i16, i8)> {
        match self {
            Self::Day(d) | Self::Week(d) | Self::Weekend(d) => Some((d.year(), d.month())),
            Self::Month(y, m) | Self::DayOf(y, Some(m)) => Some((*y, *m)),
            _ => None,
        }
    }
}

/// First month of a season of the northern hemisphere.
fn season_start(code: &str) -> i8 {
    match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

/// A year as TIMEX3 writes it.
pub(super) fn year(y: i16) -> String {
    if y > 0 {
        format!("{y:04}")
    } else {
        format!("BC{:04}", 1 - i32::from(y))
    }
}

fn day(d: Date) -> String {
    format!("{}-{:02}-{:02}", year(d.year()), d.month(), d.day())
}

fn week(d: Date) -> String {
    let iso = d.iso_week_date();
    format!("{}-W{:02}", year(iso.year()), iso.week())
}

/// `from` plus `span`; `None` past the ends of the calendar.
pub(super) fn plus(from: Date, span: Span) -> Option<Date> {
    from.checked_add(span).ok()
}

/// The Monday of the week of `d`.
pub(super) fn monday(d: Date) -> Option<Date> {
    let back = i32::from(d.weekday().to_monday_zero_offset());
    plus(d, (-back).days())
}

/// The month `n` months from `(year, month)`.
pub(super) fn month_plus(from: (i16, i8), n: i32) -> Option<(i16, i8)> {
    let total = i32::from(from.0) * 12 + i32::from(from.1) - 1 + n;
    let year = i16::try_from(total.div_euclid(12)).ok()?;
    let month = i8::try_from(total.rem_euclid(12) + 1).ok()?;
    Some((year, month))
}

/// The part of an interval that an edge names; a day or two stay whole.
pub(super) fn narrow((start, end): (Date, Date), edge: Edge) -> Option<(Date, Date)> {
    let days = start.until(end).ok()?.get_days() + 1;
    let days = if days >= 1 {
        days
    } else {
        return Some((start, end));
    };
    // `until` counts in days by default; a month falls into tens, a year into four months.
    let (from, to) = match edge {
        Edge::All => (0, days),
        _ if days <= 2 => (0, days),
        Edge::FirstHalf => (0, (days + 1) / 2),
        Edge::SecondHalf => ((days + 1) / 2, days),
        Edge::Start | Edge::Before if (28..=31).contains(&days) => (0, 10),
        Edge::Middle if (28..=31).contains(&days) => (10, 20),
        Edge::End | Edge::After if (28..=31).contains(&days) => (20, days),
        Edge::Start | Edge::Before => (0, (days + 2) / 3),
        Edge::Middle => (days / 3, (2 * days + 2) / 3),
        Edge::End | Edge::After => (2 * days / 3, days),
    };
    // Thirds of a decade or century are whole years.
    let years = end.year() - start.year() + 1;
    if days > 366 && start.month() == 1 && start.day() == 1 && end.month() == 12 {
        let y = start.year();
        let (from, to) = match edge {
            Edge::All => (0, years),
            Edge::FirstHalf => (0, years / 2),
            Edge::SecondHalf => (years / 2, years),
            Edge::Start | Edge::Before => (0, (years + 2) / 3),
            Edge::Middle => ((years + 2) / 3, (2 * years + 2) / 3),
            Edge::End | Edge::After => ((2 * years + 2) / 3, years),
        };
        return Some((date(y + from, 1, 1), date(y + to - 1, 12, 31)));
    }
    // Thirds of a year and its halves begin with a month.
    let whole_year = (365..=366).contains(&days) && start.month() == 1 && start.day() == 1;
    if whole_year {
        let y = start.year();
        return match edge {
            Edge::Start | Edge::Before => Some((date(y, 1, 1), date(y, 4, 30))),
            Edge::Middle => Some((date(y, 5, 1), date(y, 8, 31))),
            Edge::End | Edge::After => Some((date(y, 9, 1), date(y, 12, 31))),
            Edge::FirstHalf => Some((date(y, 1, 1), date(y, 6, 30))),
            Edge::SecondHalf => Some((date(y, 7, 1), date(y, 12, 31))),
            Edge::All => Some((start, end)),
        };
    }
    Some((plus(start, from.days())?, plus(start, (to - 1).days())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_values_and_intervals() {
        let interval = |when: When| {
            let (a, b) = when.interval().unwrap();
            format!("{} {a} {b}", when.value())
        };
        assert_eq!(
            interval(When::Month(2016, 2)),
            "2016-02 2016-02-01 2016-02-29"
        );
        assert_eq!(
            interval(When::Season(2014, "WI".into())),
            "2014-WI 2014-12-01 2015-02-28"
        );
        assert_eq!(
            interval(When::Decade(199, false)),
            "199 1990-01-01 1999-12-31"
        );
        assert_eq!(
            interval(When::Century(20, false)),
            "19 1900-01-01 1999-12-31"
        );
        assert_eq!(When::Year(-489).value(), "BC0490");
        assert_eq!(When::Week(date(2013, 3, 18)).value(), "2013-W12");
        assert_eq!(month_plus((2016, 1), -2), Some((2015, 11)));
    }

    #[test]
    fn narrows_to_an_edge() {
        let may = When::Month(2016, 5).interval().unwrap();
        assert_eq!(
            narrow(may, Edge::Start),
            Some((date(2016, 5, 1), date(2016, 5, 10)))
        );
        assert_eq!(
            narrow(may, Edge::FirstHalf),
            Some((date(2016, 5, 1), date(2016, 5, 16)))
        );
        let year = When::Year(2016).interval().unwrap();
        assert_eq!(
            narrow(year, Edge::Start),
            Some((date(2016, 1, 1), date(2016, 4, 30)))
        );
        assert_eq!(
            narrow((date(2016, 5, 1), date(2016, 5, 1)), Edge::End),
            Some((date(2016, 5, 1), date(2016, 5, 1)))
        );
    }
}
