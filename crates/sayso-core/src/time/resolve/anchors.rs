//! Where the text and its writer are: what "this", "that" and a bare month are seen from.

use jiff::civil::Date;

use sayso_lexicon::TimeWord;

use super::super::expr::{Base, Expr, Found, Shift};
use super::super::scan::Kind;
use super::super::when::When;
use super::Resolver;
use super::coarse::day_of;
use crate::TimeRule;

/// So many months back from the last one, a bare month is one of the next year.
pub(super) const ROLL: i8 = 7;

/// Over how many years a date may leap without being an aside.
const LEAP: i16 = 5;

impl Resolver<'_> {
    /// The writer's day in news, the day the text is at in a narrative.
    pub(super) fn now(&self) -> Option<Date> {
        if self.narrative {
            self.day
        } else {
            self.published
        }
    }

    /// The month that "last" or "previous" is seen from.
    pub(super) fn month_seen(&self, shift: Shift, at: usize) -> Option<(i16, i8)> {
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
    pub(super) fn year_here(&self, at: usize) -> Option<i16> {
        if self.recent(at) {
            return self.said.map(|(y, _)| y);
        }
        if self.narrative || (self.year.is_some() && self.same_paragraph(at)) {
            return self.year;
        }
        self.published.map(Date::year)
    }

    /// Whether the text spoke of its year in this sentence.
    pub(super) fn recent(&self, at: usize) -> bool {
        self.scan.has(TimeRule::SaidYear)
            && self
                .said
                .is_some_and(|(_, said)| said <= at && self.same_sentence(said, at))
    }

    /// Whether no sentence ends between two atoms, as far as marks tell.
    pub(super) fn same_sentence(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| self.scan.kind(i) != Kind::Break && !self.ends_sentence(i))
    }

    /// Whether the mark at `i` ends a sentence: a capital follows, and no abbreviation or initial
    /// stands before it.
    fn ends_sentence(&self, i: usize) -> bool {
        let before = i.wrapping_sub(1);
        let short = self.scan.kind(before) == Kind::Word && self.scan.word(before).len() <= 3;
        self.scan.is(i, &[".", "!", "?"]) && self.scan.capital(i + 1) && !short
    }

    /// Whether the account's year was said in this paragraph, in this sentence or the one before.
    pub(super) fn same_paragraph(&self, at: usize) -> bool {
        self.year_at < at
            && at - self.year_at <= 60
            && (self.year_at..at).all(|i| self.scan.kind(i) != Kind::Break)
            && (self.year_at..at)
                .filter(|&i| self.ends_sentence(i))
                .count()
                <= 1
    }

    pub(super) fn shifted_year(&self, shift: Shift, at: usize) -> Option<i16> {
        let base = match shift {
            Shift::Last | Shift::This | Shift::Next if !self.narrative => self.published?.year(),
            _ => self.year_here(at)?,
        };
        Some(base + steps(shift))
    }

    /// The day that a shift is seen from.
    pub(super) fn seen_day(&self, shift: Shift) -> Option<Date> {
        match shift {
            Shift::Last | Shift::This | Shift::Next => self.now(),
            _ if self.narrative => self.day,
            _ => self.last_day.map(|(d, _)| d).or(self.published),
        }
    }

    /// The year of a bare month in a narrative: that of its sentence, else the account's, which
    /// goes on to the next where the account is at the end of one.
    pub(super) fn story_year(&self, month: i8, at: usize) -> Option<i16> {
        if self.recent(at) {
            return self.said.map(|(y, _)| y);
        }
        let year = self.year?;
        let turned = self
            .month
            .is_some_and(|(y, m)| y == year && m - month >= ROLL);
        Some(year + i16::from(turned && self.scan.has(TimeRule::YearTurns)))
    }

    /// Some day of the year, or month, that the text is in.
    pub(super) fn some_day(&self) -> Option<When> {
        match (self.month, self.year) {
            (Some((y, m)), _) => Some(When::DayOf(y, Some(m))),
            (None, Some(y)) => Some(When::DayOf(y, None)),
            _ => None,
        }
    }

    /// Moves the anchors to `when`.
    pub(super) fn remember(&mut self, when: &When, found: &Found, ahead: bool) {
        let at = found.atoms.start;
        let Some(year) = when.year() else {
            return;
        };
        let moves = self.moves(when, year, found, ahead);
        self.said = Some((year, at));
        if let Some(day) = day_of(when) {
            self.last_day = Some((day, at));
            self.dated.push((at, day));
        }
        self.remember_coarse(when, found);
        if !moves {
            return;
        }
        (self.year, self.year_at) = (Some(year), at);
        match when {
            When::Day(day) | When::Week(day) | When::Weekend(day) | When::Days(day, _) => {
                self.day = day_of(when);
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

    /// Whether a date moves the account, or is an aside.
    ///
    /// A date at the start of a sentence and one in a heading move it. Else a bare year moves it
    /// only a little, and not where it bounds something ("until 1975") or qualifies a noun ("the
    /// 2016 accord"); a day or month moves it as long as it does not leap over years.
    pub(super) fn moves(&self, when: &When, year: i16, found: &Found, ahead: bool) -> bool {
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
                Base::Season {
                    shift: Some(Shift::Previous),
                    ..
                } if self.scan.has(TimeRule::SeasonOfText) => return false,
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
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let mut i = at;
        for _ in 0..5 {
            if i == 0
                || self.scan.kind(i - 1) == Kind::Break
                || self.scan.is(i - 1, &[".", "!", "?"])
            {
                return true;
            }
            if !self.scan.of_class(i - 1, TimeWord::LeadingIn) {
                return false;
            }
            i -= 1;
        }
        false
    }

    /// Whether `at` stands in a short line of its own without a full stop.
    pub(super) fn in_heading(&self, at: usize) -> bool {
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
}

pub(super) fn steps(shift: Shift) -> i16 {
    match shift {
        Shift::Last | Shift::Previous => -1,
        Shift::This | Shift::That => 0,
        Shift::Next | Shift::Following => 1,
    }
}
