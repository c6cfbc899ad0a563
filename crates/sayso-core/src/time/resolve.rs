//! Places time expressions on the calendar, in the order of the text.
//!
//! News is anchored on the day of publication, narrative on the dates before in the text (see
//! `narrative`); "later", "the next day", "that year" are anchored on the text in both.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::{Edge, Feast, TimeUnit};

use super::ahead::looks_ahead;
use super::expr::{Base, Clock, Count, Expr, Found, From, LengthPlace, Point, Shift};
use super::scan::{Kind, Scan};
use super::when::{When, monday, month_plus, narrow, plus};
use crate::TimeType;

/// So many months back from the last one, a bare month is one of the next year.
const ROLL: i8 = 7;

/// Over how many years a date may leap without being an aside.
const LEAP: i16 = 5;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeType,
    pub(super) value: String,
    pub(super) interval: Option<(Date, Date)>,
}

/// Anchors while a text is read.
pub(super) struct Resolver<'a> {
    scan: &'a Scan<'a>,
    published: Option<Date>,
    narrative: bool,
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
    /// Days named so far, with their atoms.
    dated: Vec<(usize, Date)>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(scan: &'a Scan<'a>, published: Option<Date>, narrative: bool) -> Self {
        Self {
            scan,
            published,
            narrative,
            said: None,
            year: None,
            year_at: 0,
            month: None,
            day: None,
            last_day: None,
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
            },
            Expr::Set(value) => Resolved {
                kind: TimeType::Set,
                value: value.clone(),
                interval: None,
            },
            Expr::Reference(value) => {
                let now = (value == "PRESENT_REF" && !self.narrative).then_some(self.published);
                let interval = now.flatten().map(|day| (day, day));
                Resolved {
                    kind: TimeType::Date,
                    value: value.clone(),
                    interval,
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
                }
            }
        }
    }

    fn point(&mut self, point: &Point, found: &Found, ahead_of: &[Found]) -> Resolved {
        let at = found.atoms.start;
        let ahead = looks_ahead(self.scan, &found.atoms);
        if let Base::Offset {
            count: Count::Open,
            unit,
            sign,
            ..
        } = &point.base
        {
            if !matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second) {
                let value = if *sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
                return Resolved {
                    kind: TimeType::Date,
                    value: value.to_owned(),
                    interval: None,
                };
            }
        }
        // "an hour before her colleagues came" cannot be placed, but measures.
        if let Base::Offset {
            count,
            unit,
            from: From::Event(_),
            ..
        } = &point.base
        {
            if matches!(unit, TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second) {
                let value = length_value(*count, *unit);
                return Resolved {
                    kind: TimeType::Duration,
                    value,
                    interval: None,
                };
            }
        }
        if self.narrative && point.base == Base::Days(0) && point.part.is_none() {
            return Resolved {
                kind: TimeType::Date,
                value: "PRESENT_REF".to_owned(),
                interval: None,
            };
        }
        let when = match &point.base {
            Base::Open => self.open(point, found, ahead_of),
            base => self.base(base, at, ahead, ahead_of),
        };
        if point.base != Base::Open {
            self.remember(&when, found, ahead);
        }
        finish(when, point)
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
                    (Some(a), Some(b)) if near(b) && !near(a) => Some(When::Day(b)),
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

    /// The writer's day in news, the day the text is at in a narrative.
    fn now(&self) -> Option<Date> {
        if self.narrative {
            self.day
        } else {
            self.published
        }
    }

    /// The month that "last" or "previous" is seen from.
    fn month_seen(&self, shift: Shift, at: usize) -> Option<(i16, i8)> {
        let writer = self.published.map(|d| (d.year(), d.month()));
        let text = self.month.or_else(|| self.year.map(|y| (y, 12)));
        match shift {
            Shift::Last | Shift::This | Shift::Next if !self.narrative => writer,
            _ if self.narrative => text,
            _ => self
                .month
                .filter(|_| self.recent(at) || self.same_paragraph(at))
                .or(writer),
        }
    }

    /// The year the text is in, for expressions that do not name one.
    fn year_here(&self, at: usize) -> Option<i16> {
        if self.recent(at) {
            return self.said.map(|(y, _)| y);
        }
        if self.narrative || (self.year.is_some() && self.same_paragraph(at)) {
            return self.year;
        }
        self.published.map(Date::year)
    }

    /// Whether the text spoke of its year in this sentence.
    fn recent(&self, at: usize) -> bool {
        self.said
            .is_some_and(|(_, said)| said <= at && self.same_sentence(said, at))
    }

    /// Whether no sentence ends between two atoms, as far as marks tell.
    fn same_sentence(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| {
            self.scan.kind(i) != Kind::Break
                && !(self.scan.is(i, &[".", "!", "?"])
                    && self.scan.capital(i + 1)
                    && !self.scan.glued(i + 1)
                    && self.scan.word(i.wrapping_sub(1)).len() > 3)
        })
    }

    /// Whether the account's year was said not long before in this paragraph.
    fn same_paragraph(&self, at: usize) -> bool {
        self.year_at < at
            && at - self.year_at <= 60
            && (self.year_at..at).all(|i| self.scan.kind(i) != Kind::Break)
    }

    fn shifted_year(&self, shift: Shift, at: usize) -> Option<i16> {
        let base = match shift {
            Shift::Last | Shift::This | Shift::Next if !self.narrative => self.published?.year(),
            _ => self.year_here(at)?,
        };
        Some(base + steps(shift))
    }

    fn calendar(
        &self,
        (year, month, day): (Option<i16>, Option<i8>, Option<i8>),
        year_shift: Option<Shift>,
        at: usize,
        ahead: bool,
    ) -> Option<When> {
        let place = |y: i16| match (month, day) {
            (Some(m), Some(d)) => Date::new(y, m, d).ok().map(When::Day),
            (Some(m), None) => Some(When::Month(y, m)),
            _ => Some(When::Year(y)),
        };
        if let Some(year) = year {
            return place(year);
        }
        if let Some(shift) = year_shift {
            return place(self.shifted_year(shift, at)?);
        }
        let Some(m) = month else {
            // "the 22nd": of the month that the text is in.
            let day = day?;
            let (y, m) = match (self.narrative, self.published) {
                (false, Some(now)) if !self.recent(at) => {
                    let this = (now.year(), now.month());
                    let later = day > now.day();
                    match (later, ahead) {
                        (true, false) => month_plus(this, -1)?,
                        (false, true) if day < now.day() => month_plus(this, 1)?,
                        _ => this,
                    }
                }
                _ => self.month?,
            };
            return Date::new(y, m, day).ok().map(When::Day);
        };
        if self.narrative || self.published.is_none() {
            return place(self.story_year(m, at)?);
        }
        let now = self.published?;
        if let Some((said, _)) = self
            .said
            .filter(|(y, _)| self.recent(at) && *y < now.year())
        {
            return place(said);
        }
        // A paragraph of background goes on in its own year: "began in April 2023. In June …".
        let background = self
            .year
            .filter(|y| *y < now.year() && !ahead && self.same_paragraph(at));
        if let Some(year) = background {
            let turned = self
                .month
                .is_some_and(|(y, before)| y == year && before > m);
            return place(year + i16::from(turned));
        }
        let starts = |y: i16| Date::new(y, m, day.unwrap_or(1)).ok();
        let this = starts(now.year());
        let year = match this {
            // A month counts as begun as long as it lasts.
            Some(start) if ahead && start < now && (now.month() != m || day.is_some()) => {
                now.year() + 1
            }
            Some(start) if !ahead && start > now => now.year() - 1,
            _ => now.year(),
        };
        place(year).or_else(|| place(year - 1))
    }

    /// The year of a bare month in a narrative: that of its sentence, else the account's, which
    /// goes on to the next where the account is at the end of one.
    fn story_year(&self, month: i8, at: usize) -> Option<i16> {
        if self.recent(at) {
            return self.said.map(|(y, _)| y);
        }
        let year = self.year?;
        let turned = self
            .month
            .is_some_and(|(y, m)| y == year && m - month >= ROLL);
        Some(year + i16::from(turned))
    }

    fn weekday(
        &self,
        day: i8,
        shift: Option<Shift>,
        week: Option<Shift>,
        ahead: bool,
    ) -> Option<When> {
        let named =
            |from: Date| -> Option<Date> { plus(monday(from)?, (i32::from(day) - 1).days()) };
        if let Some(week) = week {
            let base = self.seen_day(week)?;
            return named(plus(base, (7 * i32::from(steps(week))).days())?).map(When::Day);
        }
        let shift_day = |from: Date, back: bool, with: bool| -> Option<Date> {
            let here = i32::from(from.weekday().to_monday_one_offset());
            let gap = (here - i32::from(day)).rem_euclid(7);
            let days = match (back, gap, with) {
                (true, 0, false) => -7,
                (true, gap, _) => -gap,
                (false, 0, true) => 0,
                (false, gap, _) => 7 - gap,
            };
            plus(from, days.days())
        };
        let found = match shift {
            None => {
                let now = self.now()?;
                shift_day(now, !ahead || self.narrative, true)
            }
            Some(Shift::Last | Shift::Previous) => shift_day(self.seen_day(shift?)?, true, false),
            Some(Shift::Following) => shift_day(self.seen_day(Shift::Following)?, false, false),
            Some(Shift::Next) => named(plus(self.seen_day(Shift::Next)?, 7.days())?),
            Some(Shift::This) => named(self.seen_day(Shift::This)?),
            Some(Shift::That) => shift_day(self.seen_day(Shift::That)?, true, true),
        };
        found.map(When::Day)
    }

    /// The day that a shift is seen from.
    fn seen_day(&self, shift: Shift) -> Option<Date> {
        match shift {
            Shift::Last | Shift::This | Shift::Next => self.now(),
            _ if self.narrative => self.day,
            _ => self.last_day.map(|(d, _)| d).or(self.published),
        }
    }

    fn season(
        &self,
        code: &str,
        year: Option<i16>,
        shift: Option<Shift>,
        at: usize,
        ahead: bool,
    ) -> Option<When> {
        let of = |y: i16| When::Season(y, code.to_owned());
        if let Some(year) = year {
            return Some(of(year));
        }
        if self.narrative && matches!(shift, None | Some(Shift::That | Shift::This)) {
            return self.year_here(at).map(of);
        }
        let now = if self.narrative {
            let (y, m) = self.month.or_else(|| self.year.map(|y| (y, 1)))?;
            Date::new(y, m, 1).ok()?
        } else {
            if shift.is_none() && self.recent(at) {
                return self.year_here(at).map(of);
            }
            self.published?
        };
        let years = now.year() - 2..=now.year() + 2;
        let span = |y: i16| of(y).interval();
        let year = match shift {
            Some(Shift::Last | Shift::Previous) => years
                .rev()
                .find(|&y| span(y).is_some_and(|(_, end)| end < now)),
            Some(Shift::Next | Shift::Following) => years
                .into_iter()
                .find(|&y| span(y).is_some_and(|(start, _)| start > now)),
            _ if ahead => years
                .into_iter()
                .find(|&y| span(y).is_some_and(|(_, end)| end >= now)),
            Some(Shift::This) => years
                .clone()
                .find(|&y| span(y).is_some_and(|(a, b)| a <= now && now <= b))
                .or(Some(now.year())),
            _ => years
                .rev()
                .find(|&y| span(y).is_some_and(|(start, _)| start <= now)),
        };
        year.map(of)
    }

    fn unit(&self, unit: TimeUnit, shift: Shift, at: usize, ahead: bool) -> Option<When> {
        let k = steps(shift);
        match unit {
            TimeUnit::Day | TimeUnit::Night => {
                let day = match shift {
                    Shift::Last | Shift::This | Shift::Next => self.now(),
                    _ if self.narrative => match self.day {
                        Some(day) => Some(day),
                        None => return self.some_day(),
                    },
                    _ => self.seen_day(shift),
                };
                plus(day?, i32::from(k).days()).map(When::Day)
            }
            TimeUnit::Week | TimeUnit::Fortnight => {
                let day = self.seen_day(shift)?;
                plus(monday(day)?, (7 * i32::from(k)).days()).map(When::Week)
            }
            TimeUnit::Weekend => {
                let day = self.seen_day(if self.narrative { shift } else { Shift::This })?;
                let saturday = plus(monday(day)?, 5.days())?;
                let begun = saturday <= day;
                let back = match shift {
                    Shift::Last | Shift::Previous => {
                        !begun || day.weekday().to_monday_one_offset() >= 6
                    }
                    Shift::Next | Shift::Following => false,
                    _ => !begun && !ahead,
                };
                let forward = matches!(shift, Shift::Next | Shift::Following) && begun;
                plus(
                    saturday,
                    (7 * (i32::from(forward) - i32::from(back))).days(),
                )
                .map(When::Weekend)
            }
            TimeUnit::Month => {
                let (y, m) = month_plus(self.month_seen(shift, at)?, i32::from(k))?;
                Some(When::Month(y, m))
            }
            TimeUnit::Quarter => {
                let (y, m) = month_plus(self.month_seen(shift, at)?, 3 * i32::from(k))?;
                Some(When::Quarter(y, (m - 1) / 3 + 1))
            }
            TimeUnit::Year | TimeUnit::FiscalYear => self.shifted_year(shift, at).map(When::Year),
            TimeUnit::Decade => {
                let year = self.shifted_year(shift, at)? - k;
                let bc = year <= 0;
                let number = u16::try_from(if bc { 1 - year } else { year }).ok()? / 10;
                let moved = i32::from(number) + i32::from(if bc { -k } else { k });
                Some(When::Decade(u16::try_from(moved).ok()?, bc))
            }
            TimeUnit::Century => {
                let year = self.shifted_year(shift, at)? - k;
                let bc = year <= 0;
                let number = u16::try_from(if bc { 1 - year } else { year }).ok()? / 100 + 1;
                let moved = i32::from(number) + i32::from(if bc { -k } else { k });
                Some(When::Century(u16::try_from(moved).ok()?, bc))
            }
            _ => None,
        }
    }

    /// Some day of the year, or month, that the text is in.
    fn some_day(&self) -> Option<When> {
        match (self.month, self.year) {
            (Some((y, m)), _) => Some(When::DayOf(y, Some(m))),
            (None, Some(y)) => Some(When::DayOf(y, None)),
            _ => None,
        }
    }

    fn offset(
        &self,
        count: Count,
        unit: TimeUnit,
        sign: i8,
        from: &From,
        at: usize,
        ahead_of: &[Found],
    ) -> Option<When> {
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
                (self.event_day(range, ahead_of), true)
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
    fn apposed(&self, at: usize) -> Option<Date> {
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
    fn event_day(&self, range: &std::ops::Range<usize>, ahead_of: &[Found]) -> Option<Date> {
        if let Some(next) = ahead_of.first() {
            let near = next.atoms.start >= range.start && next.atoms.start < range.end + 10;
            if near && self.same_sentence(range.start, next.atoms.start) {
                if let Expr::Point(point) = &next.expr {
                    if super::grammar::is_day(&point.base) {
                        let when = self.try_base(&point.base, next.atoms.start, false, &[]);
                        return when.and_then(|w| w.interval()).map(|(start, _)| start);
                    }
                }
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

    fn feast(
        &self,
        feast: &Feast,
        year: Option<i16>,
        eve: bool,
        shift: Option<Shift>,
        ahead: bool,
    ) -> Option<When> {
        let now = if self.narrative {
            self.day
                .or_else(|| self.year.and_then(|y| Date::new(y, 6, 30).ok()))
        } else {
            self.published
        };
        let now = now.or_else(|| year.and_then(|y| Date::new(y, 6, 30).ok()))?;
        let spans: Vec<(Date, Date)> = match feast {
            Feast::Fixed(month, day) => (now.year() - 2..=now.year() + 2)
                .chain(year)
                .filter_map(|y| Date::new(y, *month, *day).ok())
                .map(|d| (d, d))
                .collect(),
            Feast::Movable(name) => {
                let names: &[&str] = if name == "eid" {
                    &["eid-al-fitr", "eid-al-adha"]
                } else {
                    &[name.as_str()]
                };
                names
                    .iter()
                    .filter_map(|n| self.scan.words.feast_days.get(*n))
                    .flatten()
                    .filter_map(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)))
                    .collect()
            }
        };
        let distance = |(a, b): &(Date, Date)| {
            if *a <= now && now <= *b {
                0
            } else {
                let gap = if now < *a {
                    now.until(*a)
                } else {
                    b.until(now)
                };
                gap.map_or(i32::MAX, |s| s.get_days())
            }
        };
        // What is told of a feast has been, unless it is at the door.
        let soon = plus(now, 14.days()).unwrap_or(now);
        let fits = |(a, b): &&(Date, Date)| match (year, shift) {
            (Some(year), _) => a.year() == year,
            (None, Some(Shift::Last | Shift::Previous)) => *b < now,
            (None, Some(Shift::Next | Shift::Following)) => *a > now,
            (None, Some(Shift::This)) => a.year() == now.year(),
            _ if ahead => *b >= now,
            _ => *a <= soon,
        };
        let &(first, last) = spans.iter().filter(fits).min_by_key(|s| distance(s))?;
        if eve {
            return plus(first, (-1).days()).map(When::Day);
        }
        Some(if first == last {
            When::Day(first)
        } else {
            When::Days(first, last)
        })
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
            if let (true, Expr::Point(day)) = (linked, &next.expr) {
                if super::grammar::is_day(&day.base) {
                    let ahead = looks_ahead(self.scan, &next.atoms);
                    return self.base(&day.base, next.atoms.start, ahead, &[]);
                }
            }
        }
        let generic = point.clock.is_none()
            && !self.scan.is(at, &["the"])
            && !self.scan.is(at.wrapping_sub(1), &["the", "in"]);
        if generic && point.part.as_deref() != Some("MN") && point.part.as_deref() != Some("MI") {
            return unknown();
        }
        if let Some((day, _)) = self
            .last_day
            .filter(|(_, said)| self.same_sentence(*said, at))
        {
            return When::Day(day);
        }
        if self.narrative {
            return self.day.map_or_else(unknown, When::Day);
        }
        self.last_day
            .map(|(d, _)| d)
            .or(self.published)
            .map_or_else(unknown, When::Day)
    }

    fn length_interval(
        &self,
        count: Count,
        unit: TimeUnit,
        place: &LengthPlace,
        found: &Found,
    ) -> Option<(Date, Date)> {
        let days = |n: f32, per: f32| (n * per).ceil() as i32;
        let n = match count {
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

    /// Whether a date moves the account, or is an aside.
    ///
    /// A date at the start of a sentence and one in a heading move it. Else a bare year moves it
    /// only a little, and not where it bounds something ("until 1975") or qualifies a noun ("the
    /// 2016 accord"); a day or month moves it as long as it does not leap over years.
    fn moves(&self, when: &When, year: i16, found: &Found, ahead: bool) -> bool {
        let Some(story) = self.year else {
            return true;
        };
        let at = found.atoms.start;
        // A look back ("a year earlier", "the previous year") leaves the account where it is.
        if let Expr::Point(point) = &found.expr {
            match point.base {
                Base::Offset { sign, .. } if sign < 0 => return false,
                Base::Unit {
                    shift: Shift::Previous | Shift::Last,
                    ..
                }
                | Base::Month {
                    shift: Shift::Previous | Shift::Last,
                    ..
                } => return false,
                _ => {}
            }
        }
        if self.opens_sentence(at) || self.in_heading(at) {
            return true;
        }
        let leap = (year - story).abs();
        if !matches!(when, When::Year(_) | When::Days(..) | When::DayOf(_, None)) {
            return leap <= LEAP;
        }
        let bounds = self.scan.is(
            at.wrapping_sub(1),
            &[
                "until", "till", "since", "from", "by", "before", "to", "of", "than",
            ],
        );
        let qualifies = self.scan.is(
            at.wrapping_sub(1),
            &["the", "its", "their", "a", "-", "his"],
        ) && self.scan.kind(found.atoms.end) == Kind::Word;
        leap <= 2 && !(ahead || qualifies || (bounds && leap > 0))
    }

    /// Whether only leading words stand between the start of the sentence and `at`.
    fn opens_sentence(&self, at: usize) -> bool {
        const LEADS: [&str; 26] = [
            "in",
            "by",
            "during",
            "early",
            "late",
            "the",
            "on",
            "from",
            "throughout",
            "meanwhile",
            ",",
            "of",
            "end",
            "beginning",
            "start",
            "since",
            "after",
            "mid",
            "-",
            "then",
            "however",
            "until",
            "later",
            "and",
            "but",
            "before",
        ];
        let mut i = at;
        for _ in 0..5 {
            if i == 0
                || self.scan.kind(i - 1) == Kind::Break
                || self.scan.is(i - 1, &[".", "!", "?"])
            {
                return true;
            }
            if !self.scan.is(i - 1, &LEADS) {
                return false;
            }
            i -= 1;
        }
        false
    }

    /// Whether `at` stands in a short line of its own without a full stop.
    fn in_heading(&self, at: usize) -> bool {
        let stop = |i: usize| self.scan.kind(i) == Kind::Break;
        let first = (0..at)
            .rev()
            .take(12)
            .find(|&i| stop(i))
            .map_or(0, |i| i + 1);
        let Some(last) = (at..at + 13).find(|&i| stop(i)) else {
            return false;
        };
        (first > 0 || at < 12)
            && last - first <= 12
            && !self.scan.is(last.wrapping_sub(1), &[".", "\"", "?"])
    }

    /// Moves the anchors to `when`.
    fn remember(&mut self, when: &When, found: &Found, ahead: bool) {
        let at = found.atoms.start;
        let Some(year) = when.year() else {
            return;
        };
        let moves = self.moves(when, year, found, ahead);
        self.said = Some((year, at));
        if let When::Day(day) | When::Week(day) | When::Weekend(day) | When::Days(day, _) = when {
            self.last_day = Some((*day, at));
            self.dated.push((at, *day));
        }
        if !moves {
            return;
        }
        (self.year, self.year_at) = (Some(year), at);
        match when {
            When::Day(day) | When::Week(day) | When::Weekend(day) | When::Days(day, _) => {
                self.day = Some(*day);
                self.month = Some((day.year(), day.month()));
            }
            _ => {
                let month = when.month();
                if month.is_none_or(|m| self.day.is_none_or(|d| (d.year(), d.month()) != m)) {
                    self.day = None;
                }
                self.month = match month {
                    Some(month) => Some(month),
                    None => self.month.filter(|(y, _)| *y == year),
                };
            }
        }
    }
}

fn steps(shift: Shift) -> i16 {
    match shift {
        Shift::Last | Shift::Previous => -1,
        Shift::This | Shift::That => 0,
        Shift::Next | Shift::Following => 1,
    }
}

fn year_plus(year: i16, n: i32) -> Option<i16> {
    i16::try_from(i32::from(year) + n).ok()
}

/// The TIMEX3 pattern of a base that has no anchor.
fn unplaced(base: &Base) -> When {
    let pattern = match base {
        Base::Calendar { month, day, .. } => match (month, day) {
            (Some(m), Some(d)) => format!("XXXX-{m:02}-{d:02}"),
            (Some(m), None) => format!("XXXX-{m:02}"),
            (None, Some(d)) => format!("XXXX-XX-{d:02}"),
            (None, None) => "XXXX".to_owned(),
        },
        Base::Month { month, .. } => format!("XXXX-{month:02}"),
        Base::Season { code, .. } => format!("XXXX-{code}"),
        Base::Quarter { number, .. } => format!("XXXX-Q{number}"),
        Base::Weekday { day, .. } | Base::Overnight(Some(day)) => format!("XXXX-WXX-{day}"),
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

/// Adds edge, part of the day and clock to a place on the calendar.
fn finish(when: When, point: &Point) -> Resolved {
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
        interval = if matches!(when, When::Half(..)) {
            Some(whole)
        } else {
            narrow(whole, edge)
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
    }
}

/// The TIMEX3 value of a length.
fn length_value(count: Count, unit: TimeUnit) -> String {
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
