//! What a time expression says, before it is placed on the calendar.

use std::ops::Range;

use sayso_lexicon::{Edge, Feast, OtherCalendar, TimeUnit};

use crate::TimeRule;

/// A found expression: its atoms, what it says and the rule that read it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) atoms: Range<usize>,
    pub(super) expr: Expr,
    pub(super) rule: TimeRule,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// A place on the calendar.
    Point(Point),
    /// A length of time.
    Length {
        count: Count,
        unit: TimeUnit,
        place: LengthPlace,
    },
    /// What recurs, by its TIMEX3 value.
    Set(String),
    /// `PRESENT_REF`, `PAST_REF` or `FUTURE_REF`.
    Reference(String),
    /// Back to the time before ("at the same time").
    Same,
}

/// How many units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Count {
    /// So many, with a half or a fraction perhaps.
    Exact(f32),
    /// A number that the text leaves open.
    Open,
}

/// Where a length lies.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LengthPlace {
    /// Not said.
    Loose,
    /// Up to the publication ("the past week").
    Past,
    /// From the publication on ("the next few months").
    Next,
    /// At the start of a period ("the first two months of 1939").
    FirstOf(Box<Point>),
    /// At its end.
    LastOf(Box<Point>),
    /// The second, third or fourth of its kind in a period ("the second week of May").
    NthOf(u8, Box<Point>),
}

/// A place on the calendar with what narrows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) base: Base,
    pub(super) edge: Option<Edge>,
    /// TIMEX3 code of the part of the day.
    pub(super) part: Option<String>,
    pub(super) clock: Option<Clock>,
    /// A night that lasts into the next day.
    pub(super) into_next: bool,
}

impl Point {
    pub(super) fn bare(base: Base) -> Self {
        Self {
            base,
            edge: None,
            part: None,
            clock: None,
            into_next: false,
        }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
}

/// Which of several units is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// "last week": seen from the writer.
    Last,
    /// "this week".
    This,
    /// "next week".
    Next,
    /// "the previous week": seen from the time before in the text.
    Previous,
    /// "that week", "the same week".
    That,
    /// "the following week".
    Following,
}

/// What an offset counts from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum From {
    /// The writer's day ("ago").
    Now,
    /// The time before in the text ("later").
    Text,
    /// An event, by the atoms that name it ("after the ceasefire").
    Event(Range<usize>),
    /// A date ("a year after May 2010").
    Point(Box<Point>),
}

/// The calendar part of a point. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Base {
    /// Only a part of the day or a clock time is given.
    Open,
    /// Year, month and day as far as given.
    Calendar {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
        /// "of that year", "last year".
        year_shift: Option<Shift>,
    },
    /// `03/04/2025`: day and month cannot be told from the figures.
    Slashed { year: i16, first: i8, second: i8 },
    /// A two-digit year ("'89").
    ShortYear(u8),
    /// Ten years: TIMEX3's three digits, and whether before Christ.
    Decade { tens: u16, bc: bool },
    /// A hundred years: its ordinal (20 is the twentieth).
    Century { number: u16, bc: bool },
    /// A season.
    Season {
        code: String,
        year: Option<i16>,
        shift: Option<Shift>,
    },
    /// A quarter of a year.
    Quarter {
        number: i8,
        year: Option<i16>,
        shift: Option<Shift>,
    },
    /// A day of the week, perhaps of a week that is given.
    Weekday {
        day: i8,
        shift: Option<Shift>,
        week: Option<Shift>,
    },
    /// A day of the week and so many weeks from there ("two Sundays ago", "Friday week").
    WeekdayOff { day: i8, weeks: i32 },
    /// Year, month and day of another calendar, as far as given.
    Other {
        calendar: OtherCalendar,
        year: Option<i16>,
        month: u8,
        day: Option<u8>,
    },
    /// A month seen from the writer or the text ("last July").
    Month { month: i8, shift: Shift },
    /// A unit seen from the writer or the text ("last week").
    Unit { unit: TimeUnit, shift: Shift },
    /// So many days from the writer's.
    Days(i32),
    /// The night before the writer's day, or the one that a weekday names.
    Overnight(Option<i8>),
    /// So many units before (`sign` -1) or after something.
    Offset {
        count: Count,
        unit: TimeUnit,
        sign: i8,
        from: From,
    },
    /// A feast.
    Feast {
        feast: Feast,
        year: Option<i16>,
        eve: bool,
        shift: Option<Shift>,
    },
}
