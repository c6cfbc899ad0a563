//! What most of the reports of an incident say happened: type, place, days.

use std::collections::BTreeMap;

use sayso_api::{EventJson, IncidentPlaceJson, SheetJson};

use crate::digest::{Point, day};

/// Kilometres within which an event can be the one that the others tell of.
const NEAR_KM: f64 = 40.0;
/// Kilometres within which an event recalled elsewhere is taken for it.
const SAME_KM: f64 = 8.0;

/// The happening that an incident is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Core {
    pub(crate) acled: Option<String>,
    pub(crate) place: Option<IncidentPlaceJson>,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    /// Votes by reports for types, places and days, that choose each report's own event.
    votes: Votes,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Votes {
    types: BTreeMap<String, usize>,
    places: BTreeMap<String, usize>,
    days: BTreeMap<String, usize>,
}

impl Core {
    /// The core of the reports of one incident.
    pub(crate) fn of<'s>(sheets: impl Iterator<Item = &'s SheetJson<'s>> + Clone) -> Self {
        let mut core = Self::default();
        for sheet in sheets.clone() {
            core.votes.count(sheet);
        }
        let mains: Vec<&EventJson<'_>> = sheets
            .filter_map(|sheet| Some(&sheet.events[core.main_of(sheet)?]))
            .collect();
        core.acled = most(mains.iter().filter_map(|event| event.acled.as_deref()));
        let place = most(
            mains
                .iter()
                .filter(|event| event.place.as_ref().is_some_and(|p| p.lat.is_some()))
                .filter_map(|event| event.place.as_ref().map(|place| place.name.as_ref())),
        );
        core.place = mains
            .iter()
            .filter_map(|event| event.place.as_ref())
            .find(|found| Some(found.name.as_ref()) == place.as_deref())
            .map(|place| IncidentPlaceJson {
                name: place.name.to_string(),
                country: place.country.as_deref().map(str::to_owned),
                admin1: place.admin1.as_deref().map(str::to_owned),
                lat: place.lat,
                lon: place.lon,
                geonames: place.geonames,
                level: place.level.to_string(),
                where_prec: place.where_prec,
            });
        let stated =
            |event: &&&EventJson<'_>| event.time.as_ref().is_some_and(|t| t.span.is_some());
        let days = most(mains.iter().filter(stated).filter_map(|event| days(event)));
        if let Some((start, end)) = days.as_deref().and_then(|days| days.split_once('/')) {
            core.start = (!start.is_empty()).then(|| start.to_owned());
            core.end = (!end.is_empty()).then(|| end.to_owned());
        }
        core
    }

    /// The events of `sheet` that belong to the incident: the one that most of the others tell
    /// of too, and those of its type that are neither elsewhere nor on other days.
    pub(crate) fn events_of(&self, sheet: &SheetJson<'_>) -> Vec<usize> {
        let Some(main) = self.main_of(sheet) else {
            return Vec::new();
        };
        let mut events: Vec<usize> = sheet
            .events
            .iter()
            .enumerate()
            .filter(|(at, event)| *at == main || (is_one(event) && self.suits(event)))
            .map(|(at, _)| at)
            .collect();
        events.sort_unstable();
        events
    }

    /// The event of a report that it is mainly about.
    fn main_of(&self, sheet: &SheetJson<'_>) -> Option<usize> {
        sheet
            .events
            .iter()
            .enumerate()
            .filter(|(_, event)| is_one(event))
            // Equal votes: what is counted comes first, then what stands first.
            .max_by_key(|&(at, event)| {
                (
                    self.votes.of(event),
                    !event.tolls.is_empty(),
                    std::cmp::Reverse(at),
                )
            })
            .map(|(at, _)| at)
    }

    fn suits(&self, event: &EventJson<'_>) -> bool {
        if event.acled.as_deref() != self.acled.as_deref() {
            return false;
        }
        let near = match (self.point(), point(event)) {
            (Some(here), Some(there)) => here.km(there) <= NEAR_KM,
            _ => true,
        };
        near && self.days_meet(event).unwrap_or(true)
    }

    fn point(&self) -> Option<Point> {
        let place = self.place.as_ref()?;
        Some(Point {
            lat: place.lat?,
            lon: place.lon?,
        })
    }

    /// Whether an event lies on days of the core; `None` where one of them has none.
    fn days_meet(&self, event: &EventJson<'_>) -> Option<bool> {
        let (start, end) = (day(self.start.as_deref()?)?, day(self.end.as_deref()?)?);
        let time = event.time.as_ref()?;
        let other_start = day(time.start.as_deref()?)?;
        let other_end = day(time.end.as_deref()?)?;
        Some(start <= other_end && other_start <= end)
    }
}

impl Votes {
    /// Each report votes once for each type, place and day that it has.
    fn count(&mut self, sheet: &SheetJson<'_>) {
        let (mut types, mut places, mut all_days) = (Vec::new(), Vec::new(), Vec::new());
        for event in sheet.events.iter().filter(|event| is_one(event)) {
            types.extend(event.acled.as_deref());
            places.extend(event.place.as_ref().map(|place| place.name.as_ref()));
            all_days.extend(days(event));
        }
        for (list, votes) in [
            (
                types.into_iter().map(str::to_owned).collect::<Vec<_>>(),
                &mut self.types,
            ),
            (
                places.into_iter().map(str::to_owned).collect(),
                &mut self.places,
            ),
            (all_days, &mut self.days),
        ] {
            let mut list = list;
            list.sort();
            list.dedup();
            for item in list {
                *votes.entry(item).or_default() += 1;
            }
        }
    }

    fn of(&self, event: &EventJson<'_>) -> usize {
        let of = |votes: &BTreeMap<String, usize>, key: Option<&str>| {
            key.and_then(|key| votes.get(key))
                .copied()
                .unwrap_or_default()
        };
        of(&self.types, event.acled.as_deref())
            + of(
                &self.places,
                event.place.as_ref().map(|place| place.name.as_ref()),
            )
            + of(&self.days, days(event).as_deref())
    }
}

/// Finds the incidents whose core an event can be.
pub(crate) struct Index {
    /// Type and day to incidents.
    by_day: BTreeMap<(String, i32), Vec<usize>>,
}

/// Days of a core that are indexed: longer ones are wars.
const LONGEST: i32 = 31;

impl Index {
    pub(crate) fn of(cores: &[Core]) -> Self {
        let mut by_day: BTreeMap<(String, i32), Vec<usize>> = BTreeMap::new();
        for (number, core) in cores.iter().enumerate() {
            let bounds = core
                .start
                .as_deref()
                .and_then(day)
                .zip(core.end.as_deref().and_then(day));
            let (Some((start, end)), Some(acled)) = (bounds, &core.acled) else {
                continue;
            };
            for day in start..=end.min(start + LONGEST) {
                by_day.entry((acled.clone(), day)).or_default().push(number);
            }
        }
        Self { by_day }
    }

    /// Incidents of the type of `event`, at its spot, on its days.
    pub(crate) fn same_as(&self, event: &EventJson<'_>, cores: &[Core]) -> Vec<usize> {
        let bounds = event.time.as_ref().and_then(|time| {
            // Only a day that is stated recalls another.
            time.span?;
            Some((day(time.start.as_deref()?)?, day(time.end.as_deref()?)?))
        });
        let (Some((start, end)), Some(acled), Some(there)) =
            (bounds, event.acled.as_deref(), point(event))
        else {
            return Vec::new();
        };
        let mut found: Vec<usize> = (start..=end.min(start + LONGEST))
            .filter_map(|day| self.by_day.get(&(acled.to_owned(), day)))
            .flatten()
            .copied()
            .filter(|&number| {
                cores[number]
                    .point()
                    .is_some_and(|here| here.km(there) <= SAME_KM)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether an event is one, and happened or is denied: no sum, no plan.
fn is_one(event: &EventJson<'_>) -> bool {
    !event.aggregate && event.status != "planned"
}

fn point(event: &EventJson<'_>) -> Option<Point> {
    let place = event.place.as_ref()?;
    if matches!(place.level.as_ref(), "country" | "province") {
        return None;
    }
    Some(Point {
        lat: place.lat?,
        lon: place.lon?,
    })
}

fn days(event: &EventJson<'_>) -> Option<String> {
    let time = event.time.as_ref()?;
    let (start, end) = (time.start.as_deref()?, time.end.as_deref()?);
    Some(format!("{start}/{end}"))
}

/// The commonest, of equals the first in order.
fn most<S: AsRef<str>>(items: impl Iterator<Item = S>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item.as_ref().to_owned()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
        .map(|(item, _)| item)
}
