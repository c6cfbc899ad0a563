//! What the linker keeps of a sheet: a few kilobytes, whatever the length of the report.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_api::{EventJson, SheetJson};
use sayso_lexicon::Rarity;
use serde::{Deserialize, Serialize};

use crate::deed;
use crate::lead;
use crate::words::{folded, hash, is_capitalised, is_number, words};

/// Words whose weights make the vector of a report.
pub(crate) const TERMS: usize = 64;
/// Names kept, the rarest first.
const NAMES: usize = 40;
/// Of these, names by which reports find each other, the rarest first.
const KEY_NAMES: usize = 28;
/// Days within which a happening without a day of its own is news.
pub(crate) const FRESH: i32 = 3;
/// Places kept where no event has one.
const POINTS: usize = 8;
/// Below this rarity a word says nothing of what a report is about, a capital letter or not.
const COMMON_WORD: f64 = 1.6;
/// Below this rarity a capitalised word is no name worth comparing (“Monday”, “Police”).
const COMMON_NAME: f64 = 3.0;
/// What the words of a person's name must add up to, so that “Mr John” names nobody.
const RARE_PERSON: f64 = 9.0;
/// A weight of 1 in the vector of words; products then stay exact integers.
pub(crate) const ONE: f64 = 4096.0;

/// A report as the linker sees it. Words are compared by their hashes; how they are spelt is kept
/// beside them, to be shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// Id of the report.
    pub report: String,
    /// Day of publication, in days since 1970-01-01; `None` where the report states none.
    pub published: Option<i32>,
    /// Hashes of its weightiest words with their weights, sorted by hash; of length [`ONE`].
    pub terms: Vec<(u32, u16)>,
    /// Names, sorted by hash.
    pub names: Vec<Name>,
    /// Rarity of all of them together, in hundredths.
    pub names_rare: u32,
    /// The same in lower case; empty where nobody will ask.
    pub names_spelt: Vec<Box<str>>,
    /// Hashes of first and last names of people, sorted.
    pub people: Vec<u64>,
    /// The same in lower case; empty where nobody will ask.
    pub people_spelt: Vec<Box<str>>,
    /// Those of [`Digest::people`] whom the sheet protects, as victims, minors, witnesses or
    /// private persons: they are in the news for one thing. Sorted.
    pub private: Vec<u64>,
    /// Numbers in digits below 10,000 that are no years, sorted.
    pub numbers: Vec<u16>,
    /// What happened, in the order of the sheet; sums and plans are left out.
    pub happenings: Vec<Happening>,
    /// Where, for reports whose events have no point: the first places named.
    pub points: Vec<Point>,
    /// First-order divisions named (hash of country and name), sorted.
    pub divisions: Vec<u64>,
}

/// A name in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// Hash of the name in lower case.
    pub hash: u64,
    /// How rare it is, in hundredths.
    pub rare: u16,
    /// Whether it is among the rarest of the report, by which reports find each other.
    pub is_key: bool,
}

/// An event as the linker sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// Hash of the ACLED sub-event type; `None` for what ACLED does not code and for what no frame
    /// knows.
    pub acled: Option<u64>,
    /// Where, if it is known better than by province.
    pub point: Option<Point>,
    /// First and last day.
    pub days: Option<(i32, i32)>,
    /// The days between which it was: its own, or, where the report gives none, the last
    /// [`FRESH`] before its publication, as news that states no day is of these.
    pub window: Option<(i32, i32)>,
    /// Hashes of effects with their lowest numbers, sorted.
    pub tolls: Vec<(u64, u64)>,
    /// Whether something went off, or somebody was shot; `None` where it can have been either.
    pub blast: Option<bool>,
}

/// Degrees north and east. Written as the bits of its numbers: what is read again is the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "(u64, u64)", into = "(u64, u64)")]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Digest {
    /// What of `sheet` the linker compares.
    pub fn of(sheet: &SheetJson<'_>, rarity: &Rarity) -> Self {
        let title = sheet.report.title.as_deref().unwrap_or_default();
        let text = sheet.report.text.as_ref();
        let all: Vec<(&str, String)> = words(title)
            .chain(words(text))
            .map(|word| (word, folded(word)))
            .collect();
        let published = sheet.report.published.as_deref().and_then(day);
        let happening = |event: &EventJson<'_>| Happening::of(event, published);
        let mut happenings: Vec<Happening> = sheet.events.iter().filter_map(happening).collect();
        happenings.extend(lead::main(sheet).as_ref().and_then(happening));
        let (names, names_spelt): (Vec<Name>, _) = names(&all, rarity).into_iter().unzip();
        let people = people(sheet, rarity);
        let private = people.iter().filter(|person| person.is_private);
        let private = private.map(|person| person.hash).collect();
        let (people, people_spelt) = people.into_iter().map(|p| (p.hash, p.spelt)).unzip();
        Self {
            report: sheet.report.id.to_string(),
            published,
            terms: terms(&all, rarity),
            names_rare: names.iter().map(|name| u32::from(name.rare)).sum(),
            names,
            names_spelt,
            people,
            people_spelt,
            private,
            numbers: numbers(&all),
            points: points(sheet),
            divisions: divisions(sheet),
            happenings,
        }
    }

    /// Without what is only shown: a third of its size.
    pub(crate) fn unspelt(mut self) -> Self {
        self.names_spelt = Vec::new();
        self.people_spelt = Vec::new();
        self.happenings.shrink_to_fit();
        self
    }

    /// The points of its events, or else of the first places it names.
    pub(crate) fn where_it_happened(&self) -> impl Iterator<Item = Point> + '_ {
        let events = self.happenings.iter().filter_map(|h| h.point);
        let named = self.points.iter().copied().take(3);
        let none = self.happenings.iter().all(|h| h.point.is_none());
        events.chain(named.filter(move |_| none))
    }
}

impl Happening {
    fn of(event: &EventJson<'_>, published: Option<i32>) -> Option<Self> {
        if event.aggregate || event.status == "planned" {
            return None;
        }
        let acled = event.acled.as_deref().map(hash);
        let point = event
            .place
            .as_ref()
            .filter(|place| !matches!(place.level.as_ref(), "country" | "province"))
            .and_then(|place| Point::of(place.lat, place.lon));
        let days = event
            .time
            .as_ref()
            .and_then(|time| Some((day(time.start.as_deref()?)?, day(time.end.as_deref()?)?)));
        let mut tolls: Vec<(u64, u64)> = event
            .tolls
            .iter()
            .map(|toll| (hash(&toll.effect), toll.low))
            .collect();
        tolls.sort_unstable();
        tolls.dedup();
        Some(Self {
            acled,
            point,
            days,
            window: days.or_else(|| published.map(|day| (day - FRESH, day))),
            tolls,
            blast: deed::is_blast(event),
        })
    }
}

impl From<(u64, u64)> for Point {
    fn from((lat, lon): (u64, u64)) -> Self {
        Self {
            lat: f64::from_bits(lat),
            lon: f64::from_bits(lon),
        }
    }
}

impl From<Point> for (u64, u64) {
    fn from(point: Point) -> Self {
        (point.lat.to_bits(), point.lon.to_bits())
    }
}

impl Point {
    fn of(lat: Option<f64>, lon: Option<f64>) -> Option<Self> {
        Some(Self {
            lat: lat?,
            lon: lon?,
        })
    }

    /// Great-circle distance in kilometres.
    pub fn km(self, other: Self) -> f64 {
        let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
        let across = self.lat.to_radians().cos() * other.lat.to_radians().cos();
        let h = half(self.lat, other.lat) + across * half(self.lon, other.lon);
        12_742.0 * h.sqrt().min(1.0).asin()
    }
}

/// Days since 1970-01-01 of an ISO date or date and time.
pub(crate) fn day(text: &str) -> Option<i32> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let since = date.since(Date::constant(1970, 1, 1)).ok()?;
    Some(since.get_days())
}

/// The weightiest words: (1 + ln count) × rarity, scaled to length one.
fn terms(all: &[(&str, String)], rarity: &Rarity) -> Vec<(u32, u16)> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, word) in all {
        if word.chars().nth(1).is_some() && !is_number(word) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut weighed: Vec<(f64, &str)> = counts
        .into_iter()
        .map(|(word, count)| (rarity.of(word), word, count))
        .filter(|&(rare, ..)| rare > COMMON_WORD)
        .map(|(rare, word, count)| ((1.0 + f64::from(count).ln()) * rare, word))
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    weighed.truncate(TERMS);
    let length = weighed.iter().map(|(w, _)| w * w).sum::<f64>().sqrt();
    let mut terms: Vec<(u32, u16)> = weighed
        .into_iter()
        .map(|(weight, word)| (hash(word) as u32, (weight / length * ONE).round() as u16))
        .collect();
    terms.sort_unstable();
    terms.dedup_by_key(|term| term.0);
    terms
}

/// Words that stand with a capital and never without one, the rarest of them.
fn names(all: &[(&str, String)], rarity: &Rarity) -> Vec<(Name, Box<str>)> {
    // Whether each word was seen without a capital.
    let mut seen: BTreeMap<&str, bool> = BTreeMap::new();
    for (word, low) in all {
        if low.chars().nth(1).is_some() && !is_number(low) {
            *seen.entry(low).or_default() |= !is_capitalised(word);
        }
    }
    let mut names: Vec<(Box<str>, u16)> = seen
        .into_iter()
        .filter(|&(_, small)| !small)
        .map(|(word, _)| (word, rarity.of(word)))
        .filter(|&(_, rare)| rare > COMMON_NAME)
        .map(|(word, rare)| (word.into(), (rare * 100.0).round() as u16))
        .collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    names.truncate(NAMES);
    spelt(names)
}

/// Names, the rarest first, sorted by their hashes.
pub(crate) fn spelt(names: Vec<(Box<str>, u16)>) -> Vec<(Name, Box<str>)> {
    let mut names: Vec<(Name, Box<str>)> = names
        .into_iter()
        .enumerate()
        .map(|(at, (name, rare))| {
            let found = Name {
                hash: hash(&name),
                rare,
                is_key: at < KEY_NAMES,
            };
            (found, name)
        })
        .collect();
    names.sort();
    names
}

/// Somebody who is called by first and last name.
struct Person {
    hash: u64,
    spelt: Box<str>,
    is_private: bool,
}

/// The people of a sheet, sorted by hash; private are those whom every actor of the name says to be.
fn people(sheet: &SheetJson<'_>, rarity: &Rarity) -> Vec<Person> {
    let mut people: BTreeMap<u64, Person> = BTreeMap::new();
    let kinds = [
        "person",
        "civilians",
        "government",
        "state-forces",
        "unknown",
    ];
    for actor in &sheet.actors {
        // The weights were fitted to those who speak or act; who is only named has a rule behind it.
        if !kinds.contains(&actor.kind.as_ref()) || actor.why.contains_key("name") {
            continue;
        }
        let is_private = actor.protect.is_some();
        for name in std::iter::once(&actor.name).chain(&actor.aliases) {
            let Some(spelt) = person(name, rarity) else {
                continue;
            };
            let hash = hash(&spelt);
            people
                .entry(hash)
                .and_modify(|known| known.is_private &= is_private)
                .or_insert(Person {
                    hash,
                    spelt: spelt.into(),
                    is_private,
                });
        }
    }
    people.into_values().collect()
}

/// First and last name in lower case, where `name` is rare enough to name one person.
fn person(name: &str, rarity: &Rarity) -> Option<String> {
    let parts: Vec<&str> = words(name).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let rare: f64 = parts.iter().map(|word| rarity.of(&folded(word))).sum();
    let is_person =
        parts.len() > 1 && parts.iter().all(|word| is_capitalised(word)) && rare > RARE_PERSON;
    is_person.then(|| format!("{} {}", folded(first), folded(last)))
}

fn numbers(all: &[(&str, String)]) -> Vec<u16> {
    let is_year = |n: u16| (1900..2100).contains(&n);
    let mut numbers: Vec<u16> = all
        .iter()
        .filter(|(_, word)| word.len() <= 4 && is_number(word))
        .filter_map(|(_, word)| word.parse().ok())
        .filter(|&n| !is_year(n))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn points(sheet: &SheetJson<'_>) -> Vec<Point> {
    sheet
        .places
        .iter()
        .filter(|place| !matches!(place.level.as_ref(), "country" | "province"))
        .filter_map(|place| Point::of(place.lat, place.lon))
        .take(POINTS)
        .collect()
}

fn divisions(sheet: &SheetJson<'_>) -> Vec<u64> {
    let mut divisions: Vec<u64> = sheet
        .places
        .iter()
        .filter_map(|place| {
            let admin1 = place.admin1.as_deref()?;
            let country = place.country.as_deref().unwrap_or_default();
            Some(hash(&format!("{country} {admin1}")))
        })
        .collect();
    divisions.sort_unstable();
    divisions.dedup();
    divisions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_from_the_epoch() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("2016-07-01T22:00:00Z"), Some(16_983));
        assert_eq!(day("2016"), None);
        assert_eq!(day("2016-7-1"), None);
    }

    #[test]
    fn distance_is_great_circle() {
        let (aleppo, damascus) = (
            Point {
                lat: 36.2,
                lon: 37.16,
            },
            Point {
                lat: 33.51,
                lon: 36.29,
            },
        );
        assert!((aleppo.km(damascus) - 310.0).abs() < 10.0);
        assert_eq!(aleppo.km(aleppo), 0.0);
    }
}
