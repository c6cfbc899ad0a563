//! Places time expressions on the calendar, in the order of the text.
//!
//! News is anchored on the day of publication, narrative on the dates before in the text (see
//! `narrative`); "later", "the next day", "that year" are anchored on the text in both. Where the
//! text gives its own date (see `dateline`), that stands for the day of publication.

mod anchors;
mod calendar;
mod coarse;
mod offset;
mod other;
mod value;

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::TimeUnit;

use super::ahead::looks_ahead;
use super::expr::{Base, Count, Expr, Found, From, Point, Shift};
use super::scan::{Kind, Scan};
use super::when::{When, plus};
use crate::{TimeRule, TimeType};
use value::{finish, length_value, unplaced};

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeType,
    pub(super) value: String,
    pub(super) interval: Option<(Date, Date)>,
    /// The rule that placed it, where that says more than the one that read it.
    pub(super) rule: Option<TimeRule>,
}

impl Resolved {
    /// What covers no days.
    fn without_days(kind: TimeType, value: String) -> Self {
        Self {
            kind,
            value,
            interval: None,
            rule: None,
        }
    }
}

/// Anchors while a text is read.
pub(super) struct Resolver<'a> {
    scan: &'a Scan<'a>,
    published: Option<Date>,
    narrative: bool,
    /// The country that the text is about, by its code.
    country: Option<&'a str>,
    /// The last year spoken of, and the atom that said so.
    said: Option<(i16, usize)>,
    /// The year the account is in; asides do not move it (see `moves`).
    year: Option<i16>,
    /// The atom that put it there.
    year_at: usize,
    month: Option<(i16, i8)>,
    /// The last day named, while the text is still in its month.
    day: Option<Date>,
    /// The last day named, wherever the text has gone since.
    last_day: Option<(Date, usize)>,
    /// The last time coarser than a week, where no day was named since, and the atom that said so.
    coarse: Option<(When, usize)>,
    /// Days named so far, with their atoms.
    dated: Vec<(usize, Date)>,
}

impl<'a> Resolver<'a> {
    /// `published` is the day the text was written on, as far as that is known.
    pub(super) fn new(
        scan: &'a Scan<'a>,
        published: Option<Date>,
        narrative: bool,
        country: Option<&'a str>,
    ) -> Self {
        Self {
            scan,
            published,
            narrative,
            country,
            said: None,
            year: None,
            year_at: 0,
            month: None,
            day: None,
            last_day: None,
            coarse: None,
            dated: Vec::new(),
        }
    }

    /// Resolves all of `found`, which are in text order.
    pub(super) fn all(mut self, found: &[Found]) -> Vec<Resolved> {
        let mut out = Vec::with_capacity(found.len());
        for (i, one) in found.iter().enumerate() {
            out.push(self.one(one, found.get(i + 1..).unwrap_or(&[])));
        }
        out
    }

    fn one(&mut self, found: &Found, ahead_of: &[Found]) -> Resolved {
        match &found.expr {
            Expr::Point(point) => self.point(point, found, ahead_of),
            Expr::Length { count, unit, place } => Resolved {
                kind: TimeType::Duration,
                value: length_value(*count, *unit),
                interval: self.length_interval(*count, *unit, place, found),
                rule: None,
            },
            Expr::Set(value) => Resolved::without_days(TimeType::Set, value.clone()),
            Expr::Reference(value) => {
                let now = (value == "PRESENT_REF" && !self.narrative).then_some(self.published);
                let interval = now.flatten().map(|day| (day, day));
                Resolved {
                    kind: TimeType::Date,
                    value: value.clone(),
                    interval,
                    rule: None,
                }
            }
            Expr::Same => {
                let when = match (self.day, self.month, self.year) {
                    (Some(day), ..) => When::Day(day),
                    (None, Some((y, m)), _) => When::Month(y, m),
                    (None, None, Some(y)) => When::Year(y),
                    _ => When::Unplaced("PRESENT_REF".to_owned()),
                };
                Resolved {
                    kind: TimeType::Date,
                    value: when.value(),
                    interval: when.interval(),
                    rule: None,
                }
            }
        }
    }

    fn point(&mut self, point: &Point, found: &Found, ahead_of: &[Found]) -> Resolved {
        let at = found.atoms.start;
        let ahead = self.ahead(found);
        if let Base::Offset {
            count: Count::Open,
            unit,
            sign,
            ..
        } = &point.base
            && !matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second)
        {
            let value = if *sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Resolved::without_days(TimeType::Date, value.to_owned());
        }
        // "an hour before her colleagues came" cannot be placed, but measures.
        if let Base::Offset {
            count,
            unit,
            from: From::Event(_),
            ..
        } = &point.base
            && matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second)
        {
            let value = length_value(*count, *unit);
            return Resolved::without_days(TimeType::Duration, value);
        }
        if self.narrative && point.base == Base::Days(0) && point.part.is_none() {
            return Resolved::without_days(TimeType::Date, "PRESENT_REF".to_owned());
        }
        let mut when = match &point.base {
            Base::Open => self.open(point, found, ahead_of),
            base => match self.named_day(base, found.atoms.end) {
                Some(day) => day,
                None => self.base(base, at, ahead, ahead_of),
            },
        };
        let mut rule = None;
        if let Base::Offset { from, .. } = &point.base {
            // What is told has happened: a day after the writer's was counted from another event or
            // from another time.
            let later = when
                .interval()
                .zip(self.published)
                .is_some_and(|((start, _), now)| start > now);
            let counted = match from {
                From::Event(_) => true,
                From::Text => self.scan.has(TimeRule::LaterIsPast),
                From::Now | From::Point(_) => false,
            };
            if later && !ahead && counted {
                when = unplaced(&point.base);
            }
        }
        if let Base::Offset {
            from: From::Event(range),
            ..
        } = &point.base
        {
            let comes = self.comes(at) && self.day_in_clause(range, ahead_of).is_none();
            rule = comes.then_some(TimeRule::ComesAfter);
        }
        let seen = [self.now(), self.last_day.map(|(day, _)| day)];
        // The weather moves no account.
        let weather =
            matches!(&point.base, Base::Season { code, .. } if code == "WET" || code == "DRY");
        if point.base != Base::Open && !weather {
            self.remember(&when, found, ahead);
        }
        Resolved {
            rule,
            ..finish(when, point, seen)
        }
    }

    /// Whether the clause of `found` looks ahead of the writer.
    fn ahead(&self, found: &Found) -> bool {
        self.scan.has(TimeRule::LooksAhead) && looks_ahead(self.scan, &found.atoms)
    }

    /// The day that every reader knows by its noun: "the October 7 attacks". The text was written
    /// after it.
    fn named_day(&self, base: &Base, end: usize) -> Option<When> {
        let Base::Calendar {
            year: None,
            month: Some(month),
            day: Some(day),
            year_shift: None,
        } = base
        else {
            return None;
        };
        let key = (*month, *day, self.scan.word(end).to_owned());
        let named = self.scan.words.named_days.get(&key)?;
        let date: Date = named.date.parse().ok()?;
        let about = |country| named.countries.iter().any(|code| code == country);
        let known = self.published.is_some_and(|now| now >= date) && self.country.is_none_or(about);
        (known && self.scan.has(TimeRule::NamedDay)).then_some(When::Day(date))
    }

    /// The calendar part of a point.
    fn base(&self, base: &Base, at: usize, ahead: bool, ahead_of: &[Found]) -> When {
        self.try_base(base, at, ahead, ahead_of)
            .unwrap_or_else(|| unplaced(base))
    }

    fn try_base(&self, base: &Base, at: usize, ahead: bool, ahead_of: &[Found]) -> Option<When> {
        match base {
            Base::Open => None,
            Base::Calendar {
                year,
                month,
                day,
                year_shift,
            } => self.calendar((*year, *month, *day), *year_shift, at, ahead),
            Base::Slashed {
                year,
                first,
                second,
            } => {
                let day_first = Date::new(*year, *second, *first).ok();
                let month_first = Date::new(*year, *first, *second).ok();
                let near = |d: Date| {
                    self.published.is_some_and(|p| {
                        plus(p, (-60).days()).is_some_and(|low| d >= low)
                            && plus(p, 14.days()).is_some_and(|high| d <= high)
                    })
                };
                match (day_first, month_first) {
                    (Some(a), Some(b))
                        if near(b) && !near(a) && self.scan.has(TimeRule::SlashedNear) =>
                    {
                        Some(When::Day(b))
                    }
                    (Some(a), _) => Some(When::Day(a)),
                    (None, b) => b.map(When::Day),
                }
            }
            Base::ShortYear(yy) => {
                let yy = i16::from(*yy);
                let near = self.year.filter(|_| self.narrative);
                let year = match (near, self.published) {
                    (Some(near), _) => {
                        let century = near.div_euclid(100) * 100;
                        [century + yy, century - 100 + yy, century + 100 + yy]
                            .into_iter()
                            .min_by_key(|y| (y - near).abs())?
                    }
                    (None, Some(day)) if 2000 + yy > day.year() + 1 => 1900 + yy,
                    (None, None) if yy > 50 => 1900 + yy,
                    _ => 2000 + yy,
                };
                Some(When::Year(year))
            }
            Base::Decade { tens, bc } => Some(When::Decade(*tens, *bc)),
            Base::Century { number, bc } => Some(When::Century(*number, *bc)),
            Base::Season { code, year, shift } => self.season(code, *year, *shift, at, ahead),
            Base::Quarter {
                number,
                year,
                shift,
            } => {
                let year = match (year, shift) {
                    (Some(year), _) => *year,
                    (None, Some(shift)) => self.shifted_year(*shift, at)?,
                    (None, None) => self.year_here(at)?,
                };
                Some(When::Quarter(year, *number))
            }
            Base::Weekday { day, shift, week } => self.weekday(*day, *shift, *week, ahead),
            Base::WeekdayOff { day, weeks } => {
                let shift = if *weeks > 0 { None } else { Some(Shift::Last) };
                let (from, _) = self.weekday(*day, shift, None, *weeks > 0)?.interval()?;
                plus(from, (7 * weeks).days()).map(When::Day)
            }
            Base::Other {
                calendar,
                year,
                month,
                day,
            } => self.other((*calendar, *year, *month, *day), ahead),
            Base::Month {
                month,
                shift: Shift::That,
            } => self.year_here(at).map(|year| When::Month(year, *month)),
            Base::Month { month, shift } => {
                let now = self.month_seen(*shift, at)?;
                let year = match shift {
                    Shift::Last | Shift::Previous => now.0 - i16::from(*month >= now.1),
                    Shift::Next | Shift::Following => now.0 + i16::from(*month <= now.1),
                    Shift::This | Shift::That => now.0,
                };
                Some(When::Month(year, *month))
            }
            Base::Unit { unit, shift } => self.unit(*unit, *shift, at, ahead),
            Base::Days(n) => Some(When::Day(plus(self.now()?, n.days())?)),
            Base::Overnight(None) => Some(When::Day(plus(self.now()?, (-1).days())?)),
            Base::Overnight(Some(day)) => self.weekday(*day, None, None, ahead),
            Base::Offset {
                count,
                unit,
                sign,
                from,
            } => self.offset(*count, *unit, *sign, from, at, ahead_of),
            Base::Feast {
                feast,
                year,
                eve,
                shift,
            } => self.feast(feast, *year, *eve, *shift, ahead),
        }
    }

    /// A clock time or part of the day that names no day itself.
    fn open(&self, point: &Point, found: &Found, ahead_of: &[Found]) -> When {
        let at = found.atoms.start;
        let unknown = || When::Unplaced("XXXX-XX-XX".to_owned());
        // "at 5:34 AM Baghdad time on March 20": the day follows.
        if let Some(next) = ahead_of.first() {
            let gap = found.atoms.end..next.atoms.start;
            let linked = gap.len() <= 5
                && gap
                    .clone()
                    .any(|i| self.scan.is(i, &["on", "of", ",", "("]))
                && gap
                    .clone()
                    .all(|i| !self.scan.is(i, &[".", ";"]) && self.scan.kind(i) != Kind::Break);
            if let (true, Expr::Point(day)) = (linked, &next.expr)
                && super::grammar::is_day(&day.base)
            {
                let ahead = self.ahead(next);
                return self.base(&day.base, next.atoms.start, ahead, &[]);
            }
        }
        let generic = point.clock.is_none()
            && !self.scan.is(at, &["the"])
            && !self.scan.is(at.wrapping_sub(1), &["the", "in"]);
        if generic && point.part.as_deref() != Some("MN") && point.part.as_deref() != Some("MI") {
            return unknown();
        }
        let named = self.last_day.filter(|_| self.scan.has(TimeRule::DayNear));
        if let Some((day, _)) = named.filter(|(_, said)| self.same_sentence(*said, at)) {
            return When::Day(day);
        }
        if self.narrative {
            return self.day.map_or_else(unknown, When::Day);
        }
        named
            .map(|(d, _)| d)
            .or(self.published)
            .map_or_else(unknown, When::Day)
    }
}
