//! TIMEX3 values, and the days of lengths.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::{Edge, TimeUnit};

use super::super::expr::{Base, Clock, Count, Found, LengthPlace, Point};
use super::super::when::{When, narrow, plus};
use super::offset::MOST;
use super::{Resolved, Resolver};
use crate::TimeType;

impl Resolver<'_> {
    pub(super) fn length_interval(
        &self,
        count: Count,
        unit: TimeUnit,
        place: &LengthPlace,
        found: &Found,
    ) -> Option<(Date, Date)> {
        let days = |n: f32, per: f32| (n * per).ceil() as i32;
        let n = match count {
            Count::Exact(n) if n > MOST => return None,
            Count::Exact(n) => n,
            // "recent days" is about a week, "recent weeks" a month, "recent months" half a year.
            Count::Open => match unit {
                TimeUnit::Day | TimeUnit::Week => {
                    4.0 + f32::from(u8::from(unit == TimeUnit::Day)) * 2.0
                }
                TimeUnit::Month => 6.0,
                _ => return None,
            },
        };
        let span = match unit {
            TimeUnit::Hour => days(n, 1.0 / 24.0).days(),
            TimeUnit::Day | TimeUnit::Night => days(n, 1.0).days(),
            TimeUnit::Week | TimeUnit::Weekend => days(n, 7.0).days(),
            TimeUnit::Fortnight => days(n, 14.0).days(),
            TimeUnit::Month => (n.ceil() as i32).months(),
            TimeUnit::Year | TimeUnit::FiscalYear => ((n * 12.0).ceil() as i32).months(),
            TimeUnit::Decade => (days(n, 10.0)).years(),
            _ => return None,
        };
        match place {
            LengthPlace::Loose => None,
            LengthPlace::Past => {
                let now = self.now()?;
                Some((now.checked_sub(span).ok()?, now))
            }
            LengthPlace::Next => {
                let now = self.now()?;
                Some((now, plus(now, span)?))
            }
            LengthPlace::NthOf(rank, point) => {
                let when = self.try_base(&point.base, found.atoms.start, false, &[])?;
                let (mut start, end) = when.interval()?;
                for _ in 1..*rank {
                    start = plus(start, span)?;
                }
                let last = plus(plus(start, span)?, (-1).days())?;
                (start <= end).then_some((start, last.min(end)))
            }
            LengthPlace::FirstOf(point) | LengthPlace::LastOf(point) => {
                let when = self.try_base(&point.base, found.atoms.start, false, &[])?;
                let (start, end) = when.interval()?;
                if matches!(place, LengthPlace::FirstOf(_)) {
                    let last = plus(plus(start, span)?, (-1).days())?;
                    Some((start, last.min(end)))
                } else {
                    let first = plus(end.checked_sub(span).ok()?, 1.days())?;
                    Some((first.max(start), end))
                }
            }
        }
    }
}

/// The TIMEX3 pattern of a base that has no anchor.
pub(super) fn unplaced(base: &Base) -> When {
    let pattern = match base {
        Base::Calendar { month, day, .. } => match (month, day) {
            (Some(m), Some(d)) => format!("XXXX-{m:02}-{d:02}"),
            (Some(m), None) => format!("XXXX-{m:02}"),
            (None, Some(d)) => format!("XXXX-XX-{d:02}"),
            (None, None) => "XXXX".to_owned(),
        },
        Base::Month { month, .. } => format!("XXXX-{month:02}"),
        Base::Season { code, .. } if matches!(code.as_str(), "WET" | "DRY") => "XXXX".to_owned(),
        Base::Season { code, .. } => format!("XXXX-{code}"),
        Base::Quarter { number, .. } => format!("XXXX-Q{number}"),
        Base::Weekday { day, .. } | Base::WeekdayOff { day, .. } | Base::Overnight(Some(day)) => {
            format!("XXXX-WXX-{day}")
        }
        Base::Unit { unit, .. } | Base::Offset { unit, .. } => match unit {
            TimeUnit::Week | TimeUnit::Fortnight => "XXXX-WXX",
            TimeUnit::Weekend => "XXXX-WXX-WE",
            TimeUnit::Month => "XXXX-XX",
            TimeUnit::Quarter => "XXXX-QX",
            TimeUnit::Year | TimeUnit::FiscalYear => "XXXX",
            TimeUnit::Decade => "XXX",
            TimeUnit::Century => "XX",
            _ => "XXXX-XX-XX",
        }
        .to_owned(),
        _ => "XXXX-XX-XX".to_owned(),
    };
    When::Unplaced(pattern)
}

/// Adds edge, part of the day and clock to a place on the calendar. `seen` are the days that
/// "earlier this month" may end with and "later this month" begin with, best first.
pub(super) fn finish(when: When, point: &Point, seen: [Option<Date>; 2]) -> Resolved {
    let mut when = when;
    if let (When::Year(y), Some(edge)) = (&when, point.edge) {
        match edge {
            Edge::FirstHalf => when = When::Half(*y, 1),
            Edge::SecondHalf => when = When::Half(*y, 2),
            _ => {}
        }
    }
    let mut interval = when.interval();
    if let (Some(whole), Some(edge)) = (interval, point.edge) {
        let (start, end) = whole;
        let inside = seen
            .into_iter()
            .flatten()
            .find(|day| (start..=end).contains(day));
        interval = match (edge, inside) {
            (Edge::Before, Some(day)) => Some((start, day)),
            (Edge::After, Some(day)) => Some((day, end)),
            _ if matches!(when, When::Half(..)) => Some(whole),
            _ => narrow(whole, edge),
        };
    }
    if point.into_next {
        interval = interval.and_then(|(start, end)| Some((start, plus(end, 1.days())?)));
    }
    let mut value = when.value();
    let hours = matches!(
        point.base,
        Base::Offset {
            unit: TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second,
            ..
        }
    );
    let day_value = |value: String| match &when {
        When::Month(..) => format!("{value}-XX"),
        When::Year(_) => format!("{value}-XX-XX"),
        _ => value,
    };
    let kind = if let Some(Clock { hour, minute }) = point.clock {
        value = format!("{}T{hour:02}:{minute:02}", day_value(value));
        TimeType::Time
    } else if let Some(part) = &point.part {
        let part = match part.as_str() {
            "MN" => "24:00",
            "MI" => "12:00",
            part => part,
        };
        value = format!("{}T{part}", day_value(value));
        TimeType::Time
    } else if hours {
        value = format!("{value}TXX");
        TimeType::Time
    } else {
        TimeType::Date
    };
    Resolved {
        kind,
        value,
        interval,
        rule: None,
    }
}

/// The TIMEX3 value of a length.
pub(super) fn length_value(count: Count, unit: TimeUnit) -> String {
    let number = |scale: f32| match count {
        Count::Open => "X".to_owned(),
        Count::Exact(n) => {
            let n = n * scale;
            let text = format!("{n}");
            text.strip_prefix("0.")
                .map_or(text.clone(), |rest| format!(".{rest}"))
        }
    };
    match unit {
        TimeUnit::Second => format!("PT{}S", number(1.0)),
        TimeUnit::Minute => format!("PT{}M", number(1.0)),
        TimeUnit::Hour if count == Count::Exact(0.5) => "PT30M".to_owned(),
        TimeUnit::Hour => format!("PT{}H", number(1.0)),
        TimeUnit::Day | TimeUnit::Night => format!("P{}D", number(1.0)),
        TimeUnit::Weekend => format!("P{}WE", number(1.0)),
        TimeUnit::Week => format!("P{}W", number(1.0)),
        TimeUnit::Fortnight => format!("P{}W", number(2.0)),
        TimeUnit::Month => format!("P{}M", number(1.0)),
        TimeUnit::Quarter => format!("P{}M", number(3.0)),
        TimeUnit::Season => format!("P{}SX", number(1.0)),
        TimeUnit::Year if count == Count::Exact(0.5) => "P6M".to_owned(),
        TimeUnit::Year | TimeUnit::FiscalYear => format!("P{}Y", number(1.0)),
        TimeUnit::Decade => format!("P{}Y", number(10.0)),
        TimeUnit::Century => format!("P{}CE", number(1.0)),
        TimeUnit::Millennium => format!("P{}ML", number(1.0)),
    }
}
