//! What is kept of a report between the two passes: some thirty bytes an event, so that the sheets
//! of a whole archive need not be in memory at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use sayso_api::{EventJson, IncidentPlaceJson, SheetJson};
use serde::{Deserialize, Serialize};

use crate::digest::{Point, day};
use crate::origin::Print;

/// A report without its text.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    /// Its events, in the order of the sheet.
    pub(crate) events: Box<[EventOutline]>,
    /// What tells who its own words go back to.
    pub(crate) print: Print,
    /// Whether the outlet took it back: it stays where it was, and says nothing any more.
    pub(crate) withdrawn: bool,
    /// Place in the order in which reports came in, where there is such an order.
    pub(crate) arrival: Option<u64>,
}

/// An event as the incidents are found by it. Words are numbers of a [`Table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EventOutline {
    /// ACLED sub-event type.
    pub(crate) acled: Option<u32>,
    /// Where.
    pub(crate) place: Option<u32>,
    /// First and last day, `start/end`.
    pub(crate) days: Option<u32>,
    /// Whether the days are stated, and not only bounded by the publication.
    pub(crate) stated: bool,
    /// Whether people are counted.
    pub(crate) counted: bool,
    /// Whether it is one event that happened or is denied: no sum, no plan.
    pub(crate) one: bool,
}

/// An event as an outline has it, in words of its own: it is understood without a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptEvent {
    acled: Option<String>,
    place: Option<IncidentPlaceJson>,
    /// Where the place is, to the last bit.
    point: Option<Point>,
    days: Option<String>,
    stated: bool,
    counted: bool,
    one: bool,
}

/// Words, days and places that outlines share, each kept once. The numbers depend on the order of
/// the reports: what is compared or printed is what they stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    numbers: BTreeMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
    place_numbers: BTreeMap<String, u32>,
    places: Vec<IncidentPlaceJson>,
}

impl Table {
    /// The word of this number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word)
    }

    /// The place of this number.
    pub(crate) fn place(&self, number: u32) -> Option<&IncidentPlaceJson> {
        self.places.get(number as usize)
    }

    /// The name of the place of this number.
    pub(crate) fn name(&self, number: u32) -> &str {
        self.place(number).map_or("", |place| place.name.as_str())
    }

    /// Where that is, if it is known better than by province.
    pub(crate) fn point(&self, number: Option<u32>) -> Option<Point> {
        let place = self.place(number?)?;
        if matches!(place.level.as_str(), "country" | "province") {
            return None;
        }
        point(place)
    }

    /// First and last day, counted from 1970-01-01.
    pub(crate) fn days(&self, number: Option<u32>) -> Option<(i32, i32)> {
        let (start, end) = self.word(number?).split_once('/')?;
        Some((day(start)?, day(end)?))
    }

    /// The outlines of the events of a sheet; whether `plans` count as what happened, as they do
    /// where the rule that forbids it is off.
    pub(crate) fn outlines(&mut self, sheet: &SheetJson<'_>, plans: bool) -> Box<[EventOutline]> {
        sheet
            .events
            .iter()
            .map(|event| self.outline(event, plans))
            .collect()
    }

    /// An event in words of its own.
    pub(crate) fn kept(&self, event: &EventOutline) -> KeptEvent {
        let word = |number: Option<u32>| number.map(|number| self.word(number).to_owned());
        let place = event.place.and_then(|place| self.place(place));
        KeptEvent {
            acled: word(event.acled),
            place: place.cloned(),
            point: place.and_then(point),
            days: word(event.days),
            stated: event.stated,
            counted: event.counted,
            one: event.one,
        }
    }

    /// The outline of an event that was kept.
    pub(crate) fn of_kept(&mut self, kept: &KeptEvent) -> EventOutline {
        let place = kept.place.clone().map(|mut place| {
            if let Some(point) = kept.point {
                (place.lat, place.lon) = (Some(point.lat), Some(point.lon));
            }
            self.number_of(place)
        });
        EventOutline {
            acled: kept.acled.as_deref().map(|acled| self.number(acled)),
            place,
            days: kept.days.as_deref().map(|days| self.number(days)),
            stated: kept.stated,
            counted: kept.counted,
            one: kept.one,
        }
    }

    fn outline(&mut self, event: &EventJson<'_>, plans: bool) -> EventOutline {
        let time = event.time.as_ref();
        let days = time.and_then(|time| {
            let (start, end) = (time.start.as_deref()?, time.end.as_deref()?);
            Some(self.number(&format!("{start}/{end}")))
        });
        EventOutline {
            acled: event.acled.as_deref().map(|acled| self.number(acled)),
            place: self.place_of(event),
            days,
            stated: time.is_some_and(|time| time.span.is_some()),
            counted: !event.tolls.is_empty(),
            one: !event.aggregate && (plans || event.status != "planned"),
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let (word, number): (Arc<str>, u32) = (word.into(), self.words.len() as u32);
        self.words.push(Arc::clone(&word));
        self.numbers.insert(word, number);
        number
    }

    fn place_of(&mut self, event: &EventJson<'_>) -> Option<u32> {
        let place = event.place.as_ref()?;
        let found = IncidentPlaceJson {
            name: place.name.to_string(),
            country: place.country.as_deref().map(str::to_owned),
            admin1: place.admin1.as_deref().map(str::to_owned),
            lat: place.lat,
            lon: place.lon,
            geonames: place.geonames,
            level: place.level.to_string(),
            where_prec: place.where_prec,
        };
        Some(self.number_of(found))
    }

    fn number_of(&mut self, place: IncidentPlaceJson) -> u32 {
        let key = format!("{place:?}");
        if let Some(&number) = self.place_numbers.get(&key) {
            return number;
        }
        let number = self.places.len() as u32;
        self.places.push(place);
        self.place_numbers.insert(key, number);
        number
    }
}

/// Coordinates of a place of whatever level.
pub(crate) fn point(place: &IncidentPlaceJson) -> Option<Point> {
    Some(Point {
        lat: place.lat?,
        lon: place.lon?,
    })
}
