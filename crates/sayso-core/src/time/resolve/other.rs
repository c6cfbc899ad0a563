//! Days of other calendars, and seasons that the weather makes.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::OtherCalendar;

use super::super::when::{When, month_plus, plus};
use super::Resolver;

impl Resolver<'_> {
    /// A day or a month of another calendar; without its year the last one, or in a clause of the
    /// future the next.
    pub(super) fn other(
        &self,
        (calendar, year, month, day): (OtherCalendar, Option<i16>, u8, Option<u8>),
        ahead: bool,
    ) -> Option<When> {
        let mut spans = self
            .scan
            .words
            .other_years
            .iter()
            .filter(|((c, y), _)| *c == calendar && year.is_none_or(|year| year == *y))
            .filter_map(|(_, of)| {
                let first: Date = of.first.parse().ok()?;
                let before = usize::from(month).checked_sub(1)?;
                let length = i32::from(*of.lengths.get(before)?);
                let days: i32 = of.lengths.iter().take(before).map(|&n| i32::from(n)).sum();
                let start = plus(first, days.days())?;
                match day.map(i32::from) {
                    Some(day) if day > length => None,
                    Some(day) => plus(start, (day - 1).days()).map(|d| (d, d)),
                    None => Some((start, plus(start, (length - 1).days())?)),
                }
            });
        let found = match (year, self.now()) {
            (Some(_), _) => spans.next(),
            (None, Some(now)) if ahead => spans.find(|(_, end)| *end >= now),
            (None, Some(now)) => spans.take_while(|(start, _)| *start <= now).last(),
            (None, None) => None,
        };
        found.map(|(start, end)| {
            if start == end {
                When::Day(start)
            } else {
                When::Days(start, end)
            }
        })
    }

    /// First and last month of the rainy season where the text is about.
    pub(super) fn wet(&self) -> Option<(i8, i8)> {
        self.scan.words.wet_seasons.get(self.country?).copied()
    }

    /// The rainy (`WET`) or the dry season that begins in `year`, where the country has one of
    /// each.
    pub(super) fn weather(&self, code: &str, year: i16) -> Option<When> {
        let (first, last) = self.wet()?;
        let (from, to) = match code {
            "WET" => (first, last),
            _ => (last % 12 + 1, (first + 10) % 12 + 1),
        };
        let after = month_plus((year + i16::from(to < from), to), 1)?;
        let start = Date::new(year, from, 1).ok()?;
        let end = plus(Date::new(after.0, after.1, 1).ok()?, (-1).days())?;
        Some(When::Days(start, end))
    }
}
