//! So many units before or after something: "two days later", "a week after the raid".

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::TimeUnit;

use super::super::expr::{Count, Expr, Found, From};
use super::super::grammar::is_day;
use super::super::scan::Kind;
use super::super::when::{When, monday, month_plus, plus};
use super::Resolver;

/// Counts above this lead off the calendar.
pub(super) const MOST: f32 = 1_999.0;

impl Resolver<'_> {
    pub(super) fn offset(
        &self,
        count: Count,
        unit: TimeUnit,
        sign: i8,
        from: &From,
        at: usize,
        ahead_of: &[Found],
    ) -> Option<When> {
        if matches!(count, Count::Exact(n) if n > MOST) {
            return None;
        }
        let (day, named) = match from {
            From::Now => (self.now(), false),
            From::Text if self.narrative => (self.day, false),
            From::Text => (self.last_day.map(|(d, _)| d).or(self.published), false),
            From::Point(point) => {
                let when = self.try_base(&point.base, at, false, &[]);
                let interval = when.as_ref().and_then(When::interval);
                if let (Some(When::Year(y)), TimeUnit::Year, Count::Exact(n)) = (&when, unit, count)
                {
                    return Some(When::Year(y + i16::from(sign) * n as i16));
                }
                (interval.map(|(start, _)| start), true)
            }
            From::Event(range) => {
                if let Some(day) = self.apposed(at) {
                    return Some(When::Day(day));
                }
                // "It follows a week after two died": the event lies the other way
                // from the day the report is about.
                let comes = (1..=3).any(|back| {
                    self.scan
                        .is(at.wrapping_sub(back), &["comes", "came", "come", "coming"])
                });
                match self.event_day(range, ahead_of) {
                    None if comes && !self.narrative => {
                        let Count::Exact(n) = count else {
                            return None;
                        };
                        let days = match unit {
                            TimeUnit::Day | TimeUnit::Night => 1.0,
                            TimeUnit::Week => 7.0,
                            TimeUnit::Fortnight => 14.0,
                            _ => return None,
                        };
                        let back = (n * days) as i32 * -i32::from(sign);
                        return plus(self.published?, back.days()).map(When::Day);
                    }
                    day => (day, true),
                }
            }
        };
        let Count::Exact(n) = count else {
            // "hours later": the same day, at no known hour.
            return day.map(When::Day);
        };
        let whole = n.floor() as i32 * i32::from(sign);
        let half = (n.fract() * 12.0) as i32 * i32::from(sign);
        let month_of = || match from {
            From::Text | From::Now if self.narrative => self.month,
            _ => day.map(|d| (d.year(), d.month())),
        };
        let year_of = || match from {
            From::Text | From::Now if self.narrative => self.year_here(at),
            _ => day.map(Date::year),
        };
        match unit {
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => day.map(When::Day),
            TimeUnit::Day | TimeUnit::Night => match day {
                Some(day) => plus(day, whole.days()).map(When::Day),
                None if self.narrative && *from == From::Text => self.some_day(),
                // Some day of the year that the text last spoke of.
                None => self.said.map(|(y, _)| When::DayOf(y, None)),
            },
            TimeUnit::Week | TimeUnit::Fortnight | TimeUnit::Weekend => {
                let per = if unit == TimeUnit::Fortnight { 14 } else { 7 };
                let moved = plus(day?, (per * whole).days())?;
                if named {
                    Some(When::Day(moved))
                } else {
                    monday(moved).map(When::Week)
                }
            }
            TimeUnit::Month => month_plus(month_of()?, whole).map(|(y, m)| When::Month(y, m)),
            TimeUnit::Quarter | TimeUnit::Season => {
                month_plus(month_of()?, 3 * whole).map(|(y, m)| When::Month(y, m))
            }
            TimeUnit::Year | TimeUnit::FiscalYear if half != 0 => {
                month_plus(month_of()?, 12 * whole + half).map(|(y, m)| When::Month(y, m))
            }
            TimeUnit::Year | TimeUnit::FiscalYear => year_plus(year_of()?, whole).map(When::Year),
            TimeUnit::Decade => {
                year_plus(year_of()?, (n * 10.0) as i32 * i32::from(sign)).map(When::Year)
            }
            TimeUnit::Century => {
                year_plus(year_of()?, (n * 100.0) as i32 * i32::from(sign)).map(When::Year)
            }
            TimeUnit::Millennium => None,
        }
    }

    /// The day that stands right before an offset: "on Friday, a day after he fled" says again
    /// what day that was.
    pub(super) fn apposed(&self, at: usize) -> Option<Date> {
        let (day, said) = self.last_day?;
        let gap = said + 1..at;
        let comma = at >= 2 && self.scan.is(at - 1, &[",", "("]);
        (comma
            && gap.len() <= 5
            && !gap
                .clone()
                .any(|i| self.scan.is(i, &["."]) && self.scan.capital(i + 1)))
        .then_some(day)
    }

    /// The day of an event that words name: a date in its own clause, or the one that stood beside
    /// the same noun before.
    pub(super) fn event_day(
        &self,
        range: &std::ops::Range<usize>,
        ahead_of: &[Found],
    ) -> Option<Date> {
        if let Some(next) = ahead_of.first() {
            let near = next.atoms.start >= range.start && next.atoms.start < range.end + 10;
            if near
                && self.same_sentence(range.start, next.atoms.start)
                && let Expr::Point(point) = &next.expr
                && is_day(&point.base)
            {
                let when = self.try_base(&point.base, next.atoms.start, false, &[]);
                return when.and_then(|w| w.interval()).map(|(start, _)| start);
            }
        }
        let stem = |i: usize| -> Option<&str> {
            let word = self.scan.word(i);
            (word.len() >= 5 && self.scan.kind(i) == Kind::Word)
                .then(|| word.get(..5).unwrap_or(word))
        };
        for noun in range.clone().filter_map(stem) {
            for before in (0..range.start.saturating_sub(2)).rev() {
                if stem(before) != Some(noun) {
                    continue;
                }
                let beside = self
                    .dated
                    .iter()
                    .filter(|(at, _)| {
                        let (from, to) = (before.min(*at), before.max(*at));
                        to - from < 40 && self.same_sentence(from, to)
                    })
                    .min_by_key(|(at, _)| at.abs_diff(before));
                if let Some((_, day)) = beside {
                    return Some(*day);
                }
            }
        }
        None
    }
}

pub(super) fn year_plus(year: i16, n: i32) -> Option<i16> {
    i16::try_from(i32::from(year) + n).ok()
}
