//! Points in time: a date or relative day with its edge, part of the day or clock time.

use sayso_lexicon::{Edge, TimeUnit};

use super::super::expr::{Base, Count, Expr, From, Point, Shift};
use super::super::scan::{Kind, Scan};
use super::clock::clock;
use super::{calendar, named, other, range, relative};
use crate::TimeRule;

/// A point without edge or part of the day; the longest reading wins.
pub(super) fn core(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    let found = [
        relative::from_today(scan, i),
        relative::offset(scan, i),
        relative::shifted(scan, i),
        calendar::date(scan, i),
        calendar::era_name(scan, i),
        named::weekday(scan, i),
        named::season(scan, i),
        named::quarter(scan, i),
        named::weekdays_off(scan, i),
        other::date(scan, i),
        named::feast(scan, i),
        calendar::day_alone(scan, i),
        calendar::year_alone(scan, i),
    ];
    let mut best: Option<(Base, usize)> = None;
    for candidate in found.into_iter().flatten() {
        if best.as_ref().is_none_or(|(_, end)| candidate.1 > *end) {
            best = Some(candidate);
        }
    }
    best.map(|(base, end)| (Point::bare(base), end))
}

/// A core inside a phrase, where "the year" or "the month" alone says which one.
pub(super) fn inner(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    if let Some(found) = core(scan, i) {
        return Some(found);
    }
    let at = scan.skip(i, &["the"]);
    if let Some(found) = core(scan, at) {
        return Some(found);
    }
    let (&(unit, plural), next) = scan.phrase(&scan.words.units, at)?;
    let calendar = matches!(
        unit,
        TimeUnit::Year
            | TimeUnit::Month
            | TimeUnit::Week
            | TimeUnit::Decade
            | TimeUnit::Century
            | TimeUnit::Day
            | TimeUnit::FiscalYear
            | TimeUnit::Weekend
    );
    (calendar && !plural).then(|| {
        (
            Point::bare(Base::Unit {
                unit,
                shift: Shift::That,
            }),
            next,
        )
    })
}

/// An edge of a period, and whether it is an adjective that needs no "of".
fn edge(scan: &Scan<'_>, i: usize) -> Option<(Edge, bool, usize)> {
    let at = scan.skip(i, &["the", "its"]);
    let adjective = scan.is(at, &["early", "late", "mid", "later", "earlier"])
        && !scan.is(at + 1, &["part", "days"]);
    let (&edge, next) = scan.phrase(&scan.words.edges, at)?;
    Some((edge, adjective, next))
}

/// "early December", "the end of June", "mid-March", "late on Tuesday", "year's end".
fn edged(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    // "the month's end", "year-end".
    let at = scan.skip(i, &["the", "this"]);
    if scan.is(at, &["month", "year", "week"]) {
        let end = if scan.is(at + 1, &["'"]) && scan.is(at + 2, &["s"]) {
            at + 3
        } else {
            at + 1
        };
        let end = scan.skip(end, &["-"]);
        if end > at + 1 && scan.is(end, &["end"]) {
            let (&(unit, _), _) = scan.phrase(&scan.words.units, at)?;
            let mut point = Point::bare(Base::Unit {
                unit,
                shift: Shift::That,
            });
            point.edge = Some(Edge::End);
            return Some((point, end + 1));
        }
    }
    let (edge, adjective, next) = edge(scan, i)?;
    let hyphen = scan.is(next, &["-"]) && scan.glued(next);
    let linked = scan.is(next, &["of", "in", "on"]);
    if !adjective && !hyphen && !scan.is(next, &["of"]) {
        return None;
    }
    let at = next + usize::from(hyphen || linked);
    let (mut point, end) = if adjective && !linked {
        plain(scan, at).or_else(|| part_of(scan, at))?
    } else {
        part_of(scan, at)
            .or_else(|| plain(scan, at))
            .or_else(|| inner(scan, at))?
    };
    match point.base {
        Base::Offset { .. } | Base::Open => return None,
        // "late yesterday": a day stays the day.
        _ => {}
    }
    if point.edge.is_none() {
        point.edge = Some(edge);
    }
    Some((point, end))
}

/// A part of the day: its code and the place after it.
fn part(scan: &Scan<'_>, i: usize) -> Option<(String, usize)> {
    let at = scan.skip(i, &["late", "early"]);
    scan.phrase(&scan.words.parts, i)
        .or_else(|| scan.phrase(&scan.words.parts, at))
        .map(|(code, next)| (code.clone(), next))
}

/// "the night of 20 June 1791", "the early hours of Wednesday", "in the evening on Tuesday".
fn part_of(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    let at = scan.skip(i, &["the"]);
    let (code, next) = part(scan, at)?;
    // "the night from Sunday to Monday".
    if scan.is(next, &["from"]) {
        let (mut point, end) = core(scan, next + 1)?;
        let (true, end) = night_range(scan, &point, end) else {
            return None;
        };
        (point.part, point.into_next) = (Some(code), true);
        return Some((point, end));
    }
    if !scan.is(next, &["of", "on"]) {
        return None;
    }
    // "the night of 3-4 October", where the month stands with the second day.
    if let [first, second] = range::pair(scan, next + 1).as_slice()
        && let (Expr::Point(first), Expr::Point(other)) = (&first.expr, &second.expr)
        && follows(&first.base, &other.base)
    {
        let mut point = first.clone();
        (point.part, point.into_next) = (Some(code), true);
        return Some((point, second.atoms.end));
    }
    let (mut point, end) = core(scan, next + 1)?;
    if !is_day(&point.base) {
        return None;
    }
    let (next_day, end) = night_range(scan, &point, end);
    point.part = Some(code);
    point.into_next = next_day;
    Some((point, end))
}

/// "the night of 21-22 October": the second day belongs to the night.
fn night_range(scan: &Scan<'_>, point: &Point, end: usize) -> (bool, usize) {
    if scan.is(end, &["-", "to", "into"])
        && let Some((other, after)) = core(scan, end + 1)
        && follows(&point.base, &other.base)
    {
        return (true, after);
    }
    (false, end)
}

/// Whether a base is one civil day.
pub(in crate::time) fn is_day(base: &Base) -> bool {
    match base {
        Base::Calendar { day, .. } => day.is_some(),
        Base::Weekday { .. }
        | Base::WeekdayOff { .. }
        | Base::Days(_)
        | Base::Slashed { .. }
        | Base::Other { day: Some(_), .. } => true,
        Base::Unit { unit, .. } => *unit == TimeUnit::Day,
        Base::Feast { .. } => true,
        Base::Offset { unit, .. } => matches!(unit, TimeUnit::Day | TimeUnit::Night),
        _ => false,
    }
}

/// Whether `second` names the day after `first`.
fn follows(first: &Base, second: &Base) -> bool {
    match (first, second) {
        (Base::Weekday { day: a, .. }, Base::Weekday { day: b, .. }) => a % 7 + 1 == *b,
        (Base::Calendar { day: Some(a), .. }, Base::Calendar { day: Some(b), .. }) => {
            a + 1 == *b || (*b == 1 && *a >= 28)
        }
        (Base::Days(a), Base::Days(b)) => a + 1 == *b,
        _ => false,
    }
}

/// "Tuesday", "Tuesday night", "late Tuesday night into Wednesday", "Saturday at 15:00".
fn plain(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    let (mut point, mut end) = core(scan, i)?;
    let day = is_day(&point.base);
    if day {
        // "Tuesday night", "Tuesday's night", "Tuesday at night".
        let at = if scan.is(end, &["at"])
            && scan.is(
                end + 1,
                &[
                    "night", "dawn", "noon", "midday", "midnight", "dusk", "sunset",
                ],
            ) {
            end + 1
        } else if scan.is(end, &["in"]) && scan.is(end + 1, &["the"]) {
            end + 2
        } else {
            scan.skip(end, &["'"]) + usize::from(scan.is(end, &["'"]) && scan.is(end + 1, &["s"]))
        };
        if let Some((code, next)) = part(scan, at)
            && (at <= end + 1 || scan.is(end, &["in"]))
        {
            point.part = Some(code);
            end = next;
            // "the morning of 29 April" is read elsewhere; "Sunday dawn of 25 June" is here.
            if let Some((dated, after)) = scan
                .is(end, &["of", ","])
                .then(|| calendar::date(scan, end + 1))
                .flatten()
                .filter(|(base, _)| is_day(base))
            {
                point.base = dated;
                end = after;
            }
        }
        let at = scan.skip(end, &[",", "at"]);
        if let Some((clock, next)) = clock(scan, at).filter(|_| point.part.is_none()) {
            point.clock = Some(clock);
            end = next;
        }
        if scan.is(end, &["into", "-"]) || (point.part.is_some() && scan.is(end, &["to"])) {
            let at = scan.skip(scan.skip(end + 1, &["the"]), &["early", "late"]);
            if let Some((other, after)) =
                core(scan, at).filter(|(o, _)| follows(&point.base, &o.base))
                && (scan.is(end, &["into", "to"]) || point.part.is_some())
            {
                point.into_next = true;
                if point.part.is_none() {
                    point.part = Some("NI".to_owned());
                }
                end = part(scan, after).map_or(after, |(_, next)| next);
                let _ = other;
            }
        }
    }
    Some((point, end))
}

/// "this morning", "that night", "the previous evening", "last night", "the night before".
fn shifted_part(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    if scan.is(i, &["tonight"]) {
        let mut point = Point::bare(Base::Days(0));
        point.part = Some("NI".to_owned());
        return Some((point, i + 1));
    }
    if scan.is(i, &["overnight"]) {
        return Some(overnight(scan, i));
    }
    if let Some((shift, _, at)) = relative::shift(scan, i) {
        let (code, next) = part(scan, at)?;
        let mut point = Point::bare(Base::Unit {
            unit: TimeUnit::Day,
            shift,
        });
        point.part = Some(code);
        return Some((point, next));
    }
    let at = scan.skip(i, &["the"]);
    let (code, next) = part(scan, at)?;
    if at == i {
        return None;
    }
    let sign = match scan.word(next) {
        "before" | "earlier" => -1,
        "after" => 1,
        _ => return None,
    };
    let mut point = Point::bare(Base::Offset {
        count: Count::Exact(1.0),
        unit: TimeUnit::Day,
        sign,
        from: From::Text,
    });
    point.part = Some(code);
    // "the morning after the attack" needs the attack's day; an open end needs none.
    let open = !matches!(scan.kind(next + 1), Kind::Word | Kind::Number);
    open.then_some((point, next + 1))
}

/// "overnight", "overnight on Friday", "overnight into Wednesday", "overnight Tuesday to Wednesday".
fn overnight(scan: &Scan<'_>, i: usize) -> (Point, usize) {
    let mut point = Point::bare(Base::Overnight(None));
    point.into_next = true;
    point.part = Some("NI".to_owned());
    if scan.is(i + 1, &["into", "to"]) {
        let at = scan.skip(i + 2, &["early"]);
        if let Some((day, next)) = calendar::weekday(scan, at, false) {
            point.base = Base::Overnight(Some(if day == 1 { 7 } else { day - 1 }));
            return (point, next);
        }
    }
    let at = scan.skip(i + 1, &["on", "from", "between"]);
    if let Some((first, next)) = core(scan, at).filter(|(p, _)| is_day(&p.base)) {
        point.base = first.base.clone();
        let to = scan.skip(next, &["into", "to", "and", "-"]);
        if to > next
            && let Some((_, end)) = core(scan, to).filter(|(o, _)| follows(&first.base, &o.base))
        {
            return (point, end);
        }
        return (point, next);
    }
    (point, i + 1)
}

/// A clock time and the day that stands with it: "15:00 GMT Saturday", "9 p.m., March 19".
fn clocked(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    let (time, end) = clock(scan, i)?;
    let at = scan.skip(end, &[","]);
    let day = core(scan, at).filter(|(p, _)| is_day(&p.base));
    let (mut point, end) = day.unwrap_or_else(|| (Point::bare(Base::Open), end));
    point.clock = Some(time);
    Some((point, end))
}

/// A part of the day alone, where the words before it make it a time: "at night", "in the morning".
fn part_alone(scan: &Scan<'_>, i: usize, narrative: bool) -> Option<(Point, usize)> {
    let at = scan.skip(i, &["the"]);
    let (code, next) = part(scan, at)?;
    let before = scan.before(i, 1);
    let led = [
        "at",
        "by",
        "before",
        "between",
        "after",
        "until",
        "till",
        "in",
        "during",
        "into",
        "since",
        "around",
        "from",
        "through",
        "throughout",
        "towards",
    ]
    .contains(&before);
    let named = scan.capital(at) && scan.capital(at.wrapping_sub(1)) && at > 0;
    if named || !(led || narrative) || scan.is(next, &["vision", "prayers", "club"]) {
        return None;
    }
    let mut point = Point::bare(Base::Open);
    point.part = Some(code);
    Some((point, next))
}

/// The longest point at `i`.
pub(super) fn point(
    scan: &Scan<'_>,
    i: usize,
    narrative: bool,
) -> Option<(Point, usize, TimeRule)> {
    let found = [
        // Before the rest: "the night before" is a part of the day as well as a count of nights.
        shifted_part(scan, i).map(|(p, end)| {
            let rule = part_rule(&p);
            (p, end, rule)
        }),
        plain(scan, i).map(|(p, end)| {
            let rule = base_rule(&p);
            (p, end, rule)
        }),
        edged(scan, i).map(|(p, end)| {
            let rule = match p.edge {
                Some(Edge::Before | Edge::After) => TimeRule::EarlierThis,
                _ => TimeRule::EdgeOfPeriod,
            };
            (p, end, rule)
        }),
        half_year(scan, i).map(|(p, end)| (p, end, TimeRule::Quarter)),
        part_of(scan, i).map(|(p, end)| {
            let rule = part_rule(&p);
            (p, end, rule)
        }),
        clocked(scan, i).map(|(p, end)| (p, end, TimeRule::Clock)),
        part_alone(scan, i, narrative).map(|(p, end)| (p, end, TimeRule::PartOfDay)),
    ];
    let mut best: Option<(Point, usize, TimeRule)> = None;
    for candidate in found.into_iter().flatten() {
        // In a narrative the dry season names a stretch of the war, and no date.
        if !scan.has(candidate.2) || (narrative && candidate.2 == TimeRule::WetSeason) {
            continue;
        }
        if best.as_ref().is_none_or(|(_, end, _)| candidate.1 > *end) {
            best = Some(candidate);
        }
    }
    best
}

fn part_rule(point: &Point) -> TimeRule {
    if point.into_next {
        TimeRule::NightIntoDay
    } else {
        TimeRule::PartOfDay
    }
}

fn base_rule(point: &Point) -> TimeRule {
    if point.into_next || point.part.is_some() {
        return part_rule(point);
    }
    if point.clock.is_some() {
        return TimeRule::Clock;
    }
    match &point.base {
        Base::Calendar {
            month: None,
            day: Some(_),
            ..
        } => TimeRule::DayOfMonth,
        Base::Calendar { .. } | Base::Slashed { .. } => TimeRule::CalendarDate,
        Base::ShortYear(_) => TimeRule::ShortYear,
        Base::Decade { .. } | Base::Century { .. } => TimeRule::DecadeOrCentury,
        Base::Season { code, .. } if matches!(code.as_str(), "WET" | "DRY") => TimeRule::WetSeason,
        Base::Season { .. } => TimeRule::Season,
        Base::Quarter { .. } => TimeRule::Quarter,
        Base::Weekday { .. } => TimeRule::Weekday,
        Base::WeekdayOff { .. } => TimeRule::WeekdaysAgo,
        Base::Other { .. } => TimeRule::OtherCalendar,
        Base::Month { .. } | Base::Unit { .. } => TimeRule::UnitByShift,
        Base::Days(_) => TimeRule::FromToday,
        Base::Offset { .. } => TimeRule::Offset,
        Base::Feast { .. } => TimeRule::Feast,
        Base::Open | Base::Overnight(_) => TimeRule::PartOfDay,
    }
}

/// "H1 2023", "the 1H of 2023".
fn half_year(scan: &Scan<'_>, i: usize) -> Option<(Point, usize)> {
    let at = scan.skip(i, &["the"]);
    let (number, next) = match (scan.word(at), scan.word(at + 1)) {
        ("h", number) | (number, "h") if scan.glued(at + 1) => (number, at + 2),
        _ => return None,
    };
    let edge = match number {
        "1" => Edge::FirstHalf,
        "2" => Edge::SecondHalf,
        _ => return None,
    };
    let (year, end) = calendar::signed_year(scan, scan.skip(next, &["of"]))?;
    let mut point = Point::bare(Base::Calendar {
        year: Some(year),
        month: None,
        day: None,
        year_shift: None,
    });
    point.edge = Some(edge);
    Some((point, end))
}
