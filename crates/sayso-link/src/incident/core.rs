//! What most of the reports of an incident say happened: type, place, days.

use std::collections::BTreeMap;

use super::outline::{EventOutline, Outline, Table, point};
use crate::Point;

/// Kilometres within which an event can be the one that the others tell of.
const NEAR_KM: f64 = 40.0;
/// Kilometres within which an event recalled elsewhere is taken for it.
pub(crate) const SAME_KM: f64 = 8.0;

/// The happening that an incident is about. Words are numbers of the [`Table`] it was made with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Core {
    /// ACLED sub-event type.
    pub(crate) acled: Option<u32>,
    /// Where.
    pub(crate) place: Option<u32>,
    /// First and last day, `start/end`.
    pub(crate) days: Option<u32>,
    /// Votes by reports for types, places and days, that choose each report's own event.
    votes: Votes,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Votes {
    types: BTreeMap<u32, usize>,
    /// By name.
    places: BTreeMap<Box<str>, usize>,
    days: BTreeMap<u32, usize>,
}

impl Core {
    /// The core of the reports of one incident; those that were withdrawn do not count.
    pub(crate) fn of<'o>(
        reports: impl Iterator<Item = &'o Outline> + Clone,
        table: &Table,
    ) -> Self {
        let reports = reports.filter(|report| !report.withdrawn);
        let mut core = Self::default();
        for report in reports.clone() {
            core.votes.count(&report.events, table);
        }
        let mains: Vec<&EventOutline> = reports
            .filter_map(|report| report.events.get(core.main_of(&report.events, table)?))
            .collect();
        let word = |number: &u32| table.word(*number).to_owned();
        core.acled = most(mains.iter().filter_map(|event| event.acled), word);
        let located = |place: &u32| table.place(*place).is_some_and(|p| p.lat.is_some());
        let places = mains.iter().filter_map(|event| event.place);
        let name = |place: &u32| table.name(*place).to_owned();
        // A place that the gazetteer does not know has its name still.
        let named = most(places.clone().filter(located), name).or_else(|| most(places, name));
        let places = mains.iter().filter_map(|event| event.place);
        let named = named.map(|named| narrower(named, &places.clone(), table));
        core.place = places
            .clone()
            .find(|&found| named.is_some_and(|named| table.name(named) == table.name(found)));
        let stated = mains.iter().filter(|event| event.stated);
        core.days = most(stated.filter_map(|event| event.days), word);
        core
    }

    /// First and last day, as printed.
    pub(crate) fn bounds(&self, table: &Table) -> (Option<String>, Option<String>) {
        let of = |day: &str| (!day.is_empty()).then(|| day.to_owned());
        self.days
            .and_then(|days| table.word(days).split_once('/'))
            .map_or((None, None), |(start, end)| (of(start), of(end)))
    }

    /// The events of a report that belong to the incident: the one that most of the others tell
    /// of too, and those of its type that are neither elsewhere nor on other days.
    pub(crate) fn events_of(&self, events: &[EventOutline], table: &Table) -> Vec<usize> {
        let Some(main) = self.main_of(events, table) else {
            return Vec::new();
        };
        let suits = |event: &EventOutline| event.one && self.suits(event, table);
        let all = events.iter().enumerate();
        all.filter(|(at, event)| *at == main || suits(event))
            .map(|(at, _)| at)
            .collect()
    }

    /// The event of a report that it is mainly about.
    fn main_of(&self, events: &[EventOutline], table: &Table) -> Option<usize> {
        events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.one)
            // Equal votes: what is counted comes first, then what stands first.
            .max_by_key(|&(at, event)| {
                (
                    self.votes.of(event, table),
                    event.counted,
                    std::cmp::Reverse(at),
                )
            })
            .map(|(at, _)| at)
    }

    fn suits(&self, event: &EventOutline, table: &Table) -> bool {
        if event.acled != self.acled {
            return false;
        }
        let here = self.place.and_then(|place| point(table.place(place)?));
        let near = match (here, table.point(event.place)) {
            (Some(here), Some(there)) => here.km(there) <= NEAR_KM,
            _ => true,
        };
        near && self.days_meet(event, table).unwrap_or(true)
    }

    /// Whether an event lies on days of the core; `None` where one of them has none.
    fn days_meet(&self, event: &EventOutline, table: &Table) -> Option<bool> {
        let (start, end) = table.days(self.days)?;
        let (other_start, other_end) = table.days(event.days)?;
        Some(start <= other_end && other_start <= end)
    }
}

impl Votes {
    /// Each report votes once for each type, place and day that it has, and again for what it tells
    /// first.
    fn count(&mut self, events: &[EventOutline], table: &Table) {
        let (mut types, mut places, mut all_days) = (Vec::new(), Vec::new(), Vec::new());
        for event in events.iter().filter(|event| event.one) {
            types.extend(event.acled);
            places.extend(event.place.map(|place| table.name(place)));
            all_days.extend(event.days);
        }
        // What a report tells first is what it is about.
        let first = events.iter().find(|event| event.one);
        if let Some(acled) = first.and_then(|event| event.acled) {
            *self.types.entry(acled).or_default() += 1;
        }
        if let Some(days) = first.and_then(|event| event.days) {
            *self.days.entry(days).or_default() += 1;
        }
        once(types, &mut self.types);
        once(all_days, &mut self.days);
        places.sort_unstable();
        places.dedup();
        for place in places {
            *self.places.entry(place.into()).or_default() += 1;
        }
    }

    fn of(&self, event: &EventOutline, table: &Table) -> usize {
        let of = |votes: &BTreeMap<u32, usize>, key: Option<u32>| {
            key.and_then(|key| votes.get(&key)).copied().unwrap_or(0)
        };
        let place = event
            .place
            .and_then(|place| self.places.get(table.name(place)));
        of(&self.types, event.acled) + place.copied().unwrap_or(0) + of(&self.days, event.days)
    }
}

/// Of the places in a province or country the one that is named most, where any is: who says where
/// in it knows more than those who do not. A town that its province is called after can stand for
/// the province, and gives way to a place named as often. Else the place itself.
fn narrower(wide: u32, places: &(impl Iterator<Item = u32> + Clone), table: &Table) -> u32 {
    let Some(whole) = table.place(wide) else {
        return wide;
    };
    let is_inside = |place: &u32| {
        table.point(Some(*place)).is_some()
            && table.place(*place).is_some_and(|place| {
                let same_country = place.country.is_some() && place.country == whole.country;
                let same_province = place.admin1.is_some() && place.admin1 == whole.admin1;
                same_country && (whole.level == "country" || same_province)
            })
    };
    let is_whole = matches!(whole.level.as_str(), "country" | "province");
    if !is_whole && whole.admin1.as_ref() != Some(&whole.name) {
        return wide;
    }
    let name = |place: &u32| table.name(*place).to_owned();
    let of = |named: u32| {
        let same = |place: &u32| table.name(*place) == table.name(named);
        places.clone().filter(same).count()
    };
    let inside = places
        .clone()
        .filter(is_inside)
        .filter(|&place| table.name(place) != whole.name);
    most(inside, name)
        .filter(|&narrow| is_whole || of(narrow) >= of(wide))
        .unwrap_or(wide)
}

fn once(mut numbers: Vec<u32>, votes: &mut BTreeMap<u32, usize>) {
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        *votes.entry(number).or_default() += 1;
    }
}

/// Finds the incidents whose core an event can be.
pub(crate) struct Index {
    /// Type and day to incidents.
    by_day: BTreeMap<(u32, i32), Vec<usize>>,
}

/// Days of a core that are indexed: longer ones are wars.
const LONGEST: i32 = 31;

/// The days of something, as far as they are indexed.
pub(crate) fn indexed((start, end): (i32, i32)) -> std::ops::RangeInclusive<i32> {
    start..=end.min(start.saturating_add(LONGEST))
}

impl Index {
    pub(crate) fn of(cores: &[Core], table: &Table) -> Self {
        let mut by_day: BTreeMap<(u32, i32), Vec<usize>> = BTreeMap::new();
        for (number, core) in cores.iter().enumerate() {
            let (Some(days), Some(acled)) = (table.days(core.days), core.acled) else {
                continue;
            };
            for day in indexed(days) {
                by_day.entry((acled, day)).or_default().push(number);
            }
        }
        Self { by_day }
    }

    /// Incidents of the type of `event`, at its spot, on its days.
    pub(crate) fn same_as(
        &self,
        event: &EventOutline,
        cores: &[Core],
        table: &Table,
    ) -> Vec<usize> {
        let Some((acled, days, there)) = recalling(event, table) else {
            return Vec::new();
        };
        let mut found: Vec<usize> = indexed(days)
            .filter_map(|day| self.by_day.get(&(acled, day)))
            .flatten()
            .copied()
            .filter(|&number| {
                let core = cores.get(number).and_then(|core| core.place);
                core.and_then(|place| point(table.place(place)?))
                    .is_some_and(|here| here.km(there) <= SAME_KM)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Type, days and spot by which an event recalls an incident; only a day that is stated does.
pub(crate) fn recalling(event: &EventOutline, table: &Table) -> Option<(u32, (i32, i32), Point)> {
    let days = table.days(event.days).filter(|_| event.stated)?;
    Some((event.acled?, days, table.point(event.place)?))
}

/// The commonest, of equals the first by what `word` makes of them.
fn most(items: impl Iterator<Item = u32>, word: impl Fn(&u32) -> String) -> Option<u32> {
    let mut counts: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for item in items {
        counts.entry(word(&item)).or_insert((0, item)).0 += 1;
    }
    counts
        .into_iter()
        .max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(&a.0)))
        .map(|(_, (_, item))| item)
}
