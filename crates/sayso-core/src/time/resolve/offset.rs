//! So many units before or after something: "two days later", "a week after the raid".

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::TimeUnit;

use super::super::expr::{Count, Expr, Found, From};
use super::super::grammar::is_day;
use super::super::scan::Kind;
use super::super::when::{When, monday, month_plus, plus};
use super::Resolver;
use crate::TimeRule;

/// So long, in atoms, a clause is at most between the day that opens it and what says it again.
const CLAUSE: usize = 20;

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
            From::Text => match self.coarse(at) {
                Some(when) => return Self::from_coarse(when, count, unit, sign),
                None => (self.last_day.map(|(d, _)| d).or(self.published), false),
            },
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
                match self.day_in_clause(range, ahead_of) {
                    None if self.comes(at) => {
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
                        return plus(self.main_day()?, back.days()).map(When::Day);
                    }
                    None => (self.event_day(range), true),
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
    /// what day that was, and so does "on Friday rebels shelled the town, a day after he fled".
    pub(super) fn apposed(&self, at: usize) -> Option<Date> {
        let (day, said) = self.last_day?;
        let gap = said + 1..at;
        let comma = at >= 2 && self.scan.is(at - 1, &[",", "("]);
        (comma
            && self.scan.has(TimeRule::SaidAgain)
            && (gap.len() <= 5 || gap.len() <= CLAUSE && self.opens_sentence(said))
            && !gap
                .clone()
                .any(|i| self.scan.is(i, &["."]) && self.scan.capital(i + 1)))
        .then_some(day)
    }

    /// Whether an offset tells how long before the report's day something was: "the raid comes a
    /// week after two died".
    pub(super) fn comes(&self, at: usize) -> bool {
        self.scan.has(TimeRule::ComesAfter)
            && !self.narrative
            && (1..=3).any(|back| {
                self.scan
                    .is(at.wrapping_sub(back), &["comes", "came", "come", "coming"])
            })
    }

    /// The day that the report is about, as far as its days tell: the first that lies within a week
    /// of the publication, else that itself.
    fn main_day(&self) -> Option<Date> {
        let now = self.published?;
        let near = |day: &&(usize, Date)| {
            day.1 <= now && plus(now, (-7).days()).is_some_and(|low| day.1 >= low)
        };
        Some(self.dated.iter().find(near).map_or(now, |(_, day)| *day))
    }

    /// The day that the clause of an event gives: "a week after two died in a raid on 3 May".
    pub(super) fn day_in_clause(
        &self,
        range: &std::ops::Range<usize>,
        ahead_of: &[Found],
    ) -> Option<Date> {
        let next = ahead_of.first()?;
        let near = next.atoms.start >= range.start && next.atoms.start < range.end + 10;
        if near
            && self.scan.has(TimeRule::EventAsAnchor)
            && self.same_sentence(range.start, next.atoms.start)
            && let Expr::Point(point) = &next.expr
            && is_day(&point.base)
        {
            let when = self.try_base(&point.base, next.atoms.start, false, &[]);
            return when.and_then(|w| w.interval()).map(|(start, _)| start);
        }
        None
    }

    /// The day of an event that words name: the one that stood beside the same noun before.
    fn event_day(&self, range: &std::ops::Range<usize>) -> Option<Date> {
        if !self.scan.has(TimeRule::EventAsAnchor) {
            return None;
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
