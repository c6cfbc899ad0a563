//! A year, month or season that the text said last: what "three years later" counts from in news as
//! well as in a narrative.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::TimeUnit;

use super::super::expr::{Count, Found};
use super::super::scan::Kind;
use super::super::when::{When, month_plus, plus};
use super::Resolver;
use super::offset::year_plus;
use crate::TimeRule;

/// More days than a week: no day to count from.
const WEEK: i32 = 7;

/// Whether `when` is a day, or a few days.
fn is_day(when: &When) -> bool {
    match when {
        When::Day(_) | When::Week(_) | When::Weekend(_) => true,
        When::Days(first, last) => first.until(*last).is_ok_and(|s| s.get_days() <= WEEK),
        _ => false,
    }
}

/// The day to count from in `when`, if it is one or a few.
pub(super) fn day_of(when: &When) -> Option<Date> {
    match when {
        When::Day(day) | When::Week(day) | When::Weekend(day) | When::Days(day, _) => {
            is_day(when).then_some(*day)
        }
        _ => None,
    }
}

impl Resolver<'_> {
    /// Keeps a time that is coarser than a week as what later ones count from. One that only bounds
    /// something ("since 2011") or tells which of many is meant ("the 2016 accord") is none.
    pub(super) fn remember_coarse(&mut self, when: &When, found: &Found) {
        if is_day(when) {
            self.coarse = None;
            return;
        }
        let at = found.atoms.start;
        let bounds = self.scan.is(
            at.wrapping_sub(1),
            &["until", "till", "since", "before", "than", "of"],
        );
        let noun = self.scan.is(
            at.wrapping_sub(1),
            &["the", "its", "their", "a", "-", "his"],
        ) && self.scan.kind(found.atoms.end) == Kind::Word;
        if !bounds && !noun {
            self.coarse = Some((when.clone(), at));
        }
    }

    /// The time coarser than a week that the text said last, in this paragraph and not ahead of the
    /// writer, where news counts from it.
    pub(super) fn coarse(&self, at: usize) -> Option<&When> {
        let (when, said) = self.coarse.as_ref()?;
        let past = self
            .published
            .zip(when.year())
            .is_none_or(|(now, year)| year <= now.year());
        (past
            && !self.narrative
            && self.scan.has(TimeRule::FromCoarse)
            && (*said..at).all(|i| self.scan.kind(i) != Kind::Break))
        .then_some(when)
    }

    /// So many units from a coarse time: a year and so many years, a month and so many months. A day
    /// counted from it is some day of the month or year.
    pub(super) fn from_coarse(when: &When, count: Count, unit: TimeUnit, sign: i8) -> Option<When> {
        let year = when.year()?;
        let some_day = || When::DayOf(year, when.month().map(|(_, month)| month));
        let Count::Exact(n) = count else {
            return Some(some_day());
        };
        let whole = n.floor() as i32 * i32::from(sign);
        let half = (n.fract() * 12.0) as i32 * i32::from(sign);
        match unit {
            TimeUnit::Week | TimeUnit::Fortnight | TimeUnit::Weekend if when.month().is_some() => {
                let per = if unit == TimeUnit::Fortnight { 14 } else { 7 };
                let (first, last) = when.interval()?;
                let moved = |day| plus(day, (per * whole).days());
                Some(When::Days(moved(first)?, moved(last)?))
            }
            TimeUnit::Month => month_plus(when.month()?, whole).map(|(y, m)| When::Month(y, m)),
            TimeUnit::Quarter | TimeUnit::Season => {
                month_plus(when.month()?, 3 * whole).map(|(y, m)| When::Month(y, m))
            }
            TimeUnit::Year | TimeUnit::FiscalYear if half != 0 => {
                month_plus(when.month()?, 12 * whole + half).map(|(y, m)| When::Month(y, m))
            }
            TimeUnit::Year | TimeUnit::FiscalYear => year_plus(year, whole).map(When::Year),
            TimeUnit::Decade => {
                year_plus(year, (n * 10.0) as i32 * i32::from(sign)).map(When::Year)
            }
            TimeUnit::Century => {
                year_plus(year, (n * 100.0) as i32 * i32::from(sign)).map(When::Year)
            }
            TimeUnit::Millennium => None,
            _ => Some(some_day()),
        }
    }
}
