//! Dates, weekdays, seasons, units and feasts, placed by their anchors.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_lexicon::{Feast, TimeUnit};

use super::super::expr::{Count, Shift};
use super::super::when::{When, monday, month_plus, plus};
use super::Resolver;
use super::anchors::{ROLL, steps};
use crate::TimeRule;

impl Resolver<'_> {
    pub(super) fn calendar(
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
            .filter(|y| *y < now.year() && !ahead && self.same_paragraph(at))
            .filter(|_| self.scan.has(TimeRule::BackgroundYear));
        if let Some(year) = background {
            let turned = self
                .month
                .is_some_and(|(y, before)| y == year && before - m >= ROLL);
            let next = Date::new(year + 1, m, day.unwrap_or(1)).ok();
            let turned = turned
                && next.is_some_and(|start| start <= now)
                && self.scan.has(TimeRule::YearTurns);
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

    pub(super) fn weekday(
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

    pub(super) fn season(
        &self,
        code: &str,
        year: Option<i16>,
        shift: Option<Shift>,
        at: usize,
        ahead: bool,
    ) -> Option<When> {
        let weather = matches!(code, "WET" | "DRY");
        let of = |y: i16| {
            if weather {
                self.weather(code, y)
                    .unwrap_or_else(|| When::Unplaced("XXXX".to_owned()))
            } else {
                When::Season(y, code.to_owned())
            }
        };
        // Where the months of a rainy season are not known, its year is.
        if let Some(year) = year {
            let unknown = weather && self.wet().is_none();
            return Some(if unknown { When::Year(year) } else { of(year) });
        }
        if weather && self.wet().is_none() {
            return None;
        }
        if self.narrative && matches!(shift, None | Some(Shift::That | Shift::This)) {
            return self.year_here(at).map(of);
        }
        // "The previous winter" is seen from the time before in the text, in news as well.
        let text = matches!(shift, Some(Shift::Previous | Shift::Following))
            && self.same_paragraph(at)
            && self.scan.has(TimeRule::SeasonOfText);
        let now = if self.narrative || text {
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

    pub(super) fn unit(
        &self,
        unit: TimeUnit,
        shift: Shift,
        at: usize,
        ahead: bool,
    ) -> Option<When> {
        let k = steps(shift);
        // "In March 2011 … The next day": some day then, and no day seen from the writer's.
        let text = matches!(shift, Shift::Previous | Shift::That | Shift::Following);
        let fine = matches!(
            unit,
            TimeUnit::Day
                | TimeUnit::Night
                | TimeUnit::Week
                | TimeUnit::Fortnight
                | TimeUnit::Weekend
        );
        if let Some(when) = self.coarse(at).filter(|_| text && fine) {
            let sign = i8::try_from(k).ok()?;
            return Self::from_coarse(when, Count::Exact(1.0), unit, sign);
        }
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

    pub(super) fn feast(
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
}
