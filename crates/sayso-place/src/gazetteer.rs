//! Looking places up.

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use fst::{IntoStreamer as _, Streamer as _};
use memmap2::Mmap;

use crate::fold::{Kind, article_variants, fold, without_generic};
use crate::format::{NO_PARENT, RECORD, Record, SECTIONS, population_of, sections, take_varint};
use crate::loose::Loose;
use crate::{Feature, GazetteerError, names};

/// Most places that a loose search gives; beyond that a name is no evidence.
const MOST_LOOSE: usize = 64;

/// Countries whose names are written in other letters at home.
const TRANSLITERATED: &[&str] = &[
    "AE", "AF", "AM", "AZ", "BD", "BH", "BY", "DJ", "DZ", "EG", "ER", "ET", "GE", "IL", "IN", "IQ",
    "IR", "JO", "KG", "KW", "KZ", "LB", "LK", "LY", "MA", "MM", "MR", "NP", "OM", "PK", "PS", "QA",
    "RU", "SA", "SD", "SO", "SY", "TD", "TJ", "TM", "TN", "UA", "UZ", "YE",
];

/// Number of a place in one gazetteer; another edition numbers them anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// One place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Its number.
    pub id: PlaceId,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id, where known.
    pub geonames: Option<u32>,
    /// What it is.
    pub feature: Feature,
    /// People, within 5 percent; 0 where unknown.
    pub population: u64,
    /// Number of other names known, at most 255: a sign of how well known it is.
    pub renown: u8,
    /// The smallest division that holds it.
    pub parent: Option<PlaceId>,
}

/// A country's own codes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Country<'a> {
    /// Its place.
    pub id: PlaceId,
    /// ISO 3166-1 alpha-2, such as `SY`.
    pub iso2: &'a str,
    /// ISO 3166-1 alpha-3, such as `SYR`.
    pub iso3: &'a str,
}

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// As it is written, but for case, marks and the spelling of articles.
    Exact,
    /// With an article more or less.
    Article,
    /// Without a generic word such as `province`.
    Generic,
    /// Letting vowels and doubled letters vary.
    Loose,
}

/// A place that a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub id: PlaceId,
    /// Whether the name is its usual one, and not one of its other names.
    pub primary: bool,
    /// How it was found.
    pub how: Match,
    /// What a generic word beside the name says (`Any` where there is none).
    pub kind: Kind,
}

/// Places of the world by name, used in place from the bytes of one file.
///
/// Opening reads the header and the checksum; looking up copies nothing but the answer. Cloning
/// is cheap.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    bytes: Bytes,
    records: Range<usize>,
    names: Range<usize>,
    postings: Range<usize>,
    index: fst::Map<Part>,
    edition: Range<usize>,
}

/// Where the bytes live.
#[derive(Clone, Debug)]
enum Bytes {
    Static(&'static [u8]),
    Owned(Arc<[u8]>),
    Mapped(Arc<Mmap>),
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
            Self::Mapped(bytes) => bytes,
        }
    }
}

/// A section that shares its bytes with the whole.
#[derive(Clone, Debug)]
struct Part {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self.bytes.all().get(self.range.clone()).unwrap_or(&[])
    }
}

impl Gazetteer {
    /// Opens a file by mapping it into memory.
    ///
    /// # Errors
    /// The file cannot be read, is no gazetteer, has another format, or is damaged.
    pub fn open(path: &Path) -> Result<Self, GazetteerError> {
        let fail = |source| GazetteerError::Read {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(fail)?;
        // SAFETY: the map is read only. Whoever changes the file under a running program gets
        // wrong names, but every read is bounds-checked.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.map_err(fail)?;
        Self::from_parts(Bytes::Mapped(Arc::new(map)))
    }

    /// Uses bytes that are compiled into the program.
    ///
    /// # Errors
    /// The bytes are no gazetteer, have another format, or are damaged.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::from_parts(Bytes::Static(bytes))
    }

    /// Uses bytes that were made or received at run time, such as those of
    /// [`Builder::finish`](crate::Builder::finish).
    ///
    /// # Errors
    /// The bytes are no gazetteer, have another format, or are damaged.
    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>) -> Result<Self, GazetteerError> {
        Self::from_parts(Bytes::Owned(bytes.into()))
    }

    fn from_parts(bytes: Bytes) -> Result<Self, GazetteerError> {
        let [records, names, postings, index, edition] = sections(bytes.all())?;
        let part = Part {
            bytes: bytes.clone(),
            range: index,
        };
        let damaged = |source| GazetteerError::Index { source };
        let index = fst::Map::new(part).map_err(damaged)?;
        // The checksum finds damage; an index that somebody made wrong on purpose is found here.
        if !matches!(bytes, Bytes::Static(_)) {
            index.as_fst().verify().map_err(damaged)?;
        }
        Ok(Self {
            bytes,
            records,
            names,
            postings,
            index,
            edition,
        })
    }

    fn section(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.all().get(range.clone()).unwrap_or(&[])
    }

    /// Which edition this is, such as `2026-09 3f9a1c02`; it changes with the content.
    pub fn edition(&self) -> &str {
        let text = self.last_section();
        text.split_once('\n').map_or(text, |(edition, _)| edition)
    }

    fn last_section(&self) -> &str {
        std::str::from_utf8(self.section(&self.edition)).unwrap_or("")
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Number of different folded names.
    pub fn name_count(&self) -> usize {
        self.index.len()
    }

    /// Bytes of each section, in file order.
    pub fn section_sizes(&self) -> Vec<(&'static str, usize)> {
        let index = self.postings.end..self.edition.start;
        let ranges = [
            &self.records,
            &self.names,
            &self.postings,
            &index,
            &self.edition,
        ];
        SECTIONS
            .into_iter()
            .zip(ranges.map(ExactSizeIterator::len))
            .collect()
    }

    fn record(&self, id: PlaceId) -> Option<Record> {
        let start = (id.0 as usize).checked_mul(RECORD)?;
        let bytes = self.section(&self.records).get(start..start + RECORD)?;
        bytes.try_into().ok().map(Record::unpack)
    }

    /// The place with this number.
    pub fn entry(&self, id: PlaceId) -> Option<Entry> {
        let record = self.record(id)?;
        Some(Entry {
            id,
            lat: f64::from(record.lat) / 1e5,
            lon: f64::from(record.lon) / 1e5,
            geonames: (record.geonames != 0).then_some(record.geonames),
            feature: record.feature,
            population: population_of(record.population),
            renown: record.renown,
            parent: parent_of(id, &record),
        })
    }

    /// The usual name of the place; empty for a number that no place has.
    pub fn name(&self, id: PlaceId) -> String {
        self.record(id)
            .and_then(|record| names::unpack(self.section(&self.names), record.name as usize))
            .unwrap_or_default()
    }

    /// The divisions that hold the place, smallest first, its country last; the place itself is
    /// not among them.
    pub fn holders(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        // A parent has a smaller number, so this ends on any bytes.
        std::iter::successors(self.parent(id), |&at| self.parent(at))
    }

    fn parent(&self, id: PlaceId) -> Option<PlaceId> {
        self.record(id).and_then(|record| parent_of(id, &record))
    }

    fn holder_of(&self, id: PlaceId, feature: Feature) -> Option<PlaceId> {
        std::iter::once(id)
            .chain(self.holders(id))
            .find(|&at| self.record(at).is_some_and(|r| r.feature == feature))
    }

    /// The first-order division that holds the place, or that it is.
    pub fn admin1(&self, id: PlaceId) -> Option<PlaceId> {
        self.holder_of(id, Feature::Admin1)
    }

    /// The second-order division that holds the place, or that it is.
    pub fn admin2(&self, id: PlaceId) -> Option<PlaceId> {
        self.holder_of(id, Feature::Admin2)
    }

    /// The country that holds the place, or that it is.
    pub fn country(&self, id: PlaceId) -> Option<Country<'_>> {
        let id = self.holder_of(id, Feature::Country)?;
        // Countries are the first records, and their codes stand in that order.
        let codes = self.last_section().split_once('\n')?.1;
        let codes = codes.get((id.0 as usize).checked_mul(5)?..)?;
        Some(Country {
            id,
            iso2: codes.get(..2)?,
            iso3: codes.get(2..5)?,
        })
    }

    /// The country with this ISO 3166-1 alpha-3 code.
    pub fn country_by_iso3(&self, iso3: &str) -> Option<PlaceId> {
        (0..self.len() as u32)
            .map(PlaceId)
            .take_while(|&id| {
                self.record(id)
                    .is_some_and(|r| r.feature == Feature::Country)
            })
            .find(|&id| self.country(id).is_some_and(|c| c.iso3 == iso3))
    }

    /// Whether `outer` holds `inner`, or is it.
    pub fn holds(&self, outer: PlaceId, inner: PlaceId) -> bool {
        outer == inner || self.holders(inner).any(|at| at == outer)
    }

    /// The places that `name` may stand for: as written, or with an article more or less; where
    /// there is none, without a generic word. In the order of their numbers:
    /// countries first, then divisions, then the rest. No loose search, see
    /// [`Gazetteer::find_loosely`].
    pub fn find(&self, name: &str) -> Vec<Candidate> {
        self.find_folded(&fold(name))
    }

    /// Like [`Gazetteer::find`], for a name that is folded already.
    pub fn find_folded(&self, folded: &str) -> Vec<Candidate> {
        let mut found = self.exact(folded, Match::Exact, Kind::Any);
        for variant in article_variants(folded) {
            found.extend(self.exact(&variant, Match::Article, Kind::Any));
        }
        if found.is_empty()
            && let Some((rest, kind)) = without_generic(folded)
        {
            found = self.exact(rest, Match::Generic, kind);
            for variant in article_variants(rest) {
                found.extend(self.exact(&variant, Match::Generic, kind));
            }
        }
        distinct(found)
    }

    /// Places whose name sounds like `name`, in countries whose names reach Latin letters by
    /// transliteration; for names that [`Gazetteer::find`] does not find. Takes some hundred times
    /// longer.
    pub fn find_loosely(&self, name: &str) -> Vec<Candidate> {
        let folded = fold(name);
        let (bare, kind) = without_generic(&folded).unwrap_or((&folded, Kind::Any));
        let Some(pattern) = Loose::of(bare) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut stream = self.index.search(pattern).into_stream();
        while let Some((_, value)) = stream.next() {
            found.extend(
                self.posted(value, Match::Loose, kind)
                    .into_iter()
                    .filter(|candidate| self.is_transliterated(candidate.id)),
            );
            if found.len() > MOST_LOOSE {
                return Vec::new();
            }
        }
        distinct(found)
    }

    fn is_transliterated(&self, id: PlaceId) -> bool {
        self.country(id)
            .is_some_and(|country| TRANSLITERATED.contains(&country.iso2))
    }

    /// Whether some name, folded, is exactly `folded`.
    pub fn knows(&self, folded: &str) -> bool {
        !folded.is_empty() && self.index.contains_key(folded)
    }

    fn exact(&self, folded: &str, how: Match, kind: Kind) -> Vec<Candidate> {
        if folded.is_empty() {
            return Vec::new();
        }
        self.index
            .get(folded)
            .map(|value| self.posted(value, how, kind))
            .unwrap_or_default()
    }

    /// Reads a posting: `value` is a place itself (last bit 0) or the offset of a group of them.
    fn posted(&self, value: u64, how: Match, kind: Kind) -> Vec<Candidate> {
        let candidate = |posting: u64| Candidate {
            id: PlaceId((posting >> 1) as u32),
            primary: posting & 1 == 1,
            how,
            kind,
        };
        if value & 1 == 0 {
            return vec![candidate(value >> 1)];
        }
        let postings = self.section(&self.postings);
        let mut at = (value >> 1) as usize;
        let count = take_varint(postings, &mut at).unwrap_or(0);
        let mut posting = 0_u64;
        let mut found = Vec::new();
        for _ in 0..count {
            let Some(step) = take_varint(postings, &mut at) else {
                break;
            };
            posting = posting.saturating_add(step);
            found.push(candidate(posting));
        }
        found
    }
}

fn parent_of(id: PlaceId, record: &Record) -> Option<PlaceId> {
    (record.parent != NO_PARENT && record.parent < id.0).then_some(PlaceId(record.parent))
}

/// Each place once, by its closest match, in the order of numbers.
fn distinct(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by_key(|c| (c.id, c.how, !c.primary));
    let mut seen = BTreeSet::new();
    found.retain(|c| seen.insert(c.id));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builder::tests::small;

    #[test]
    fn finds_a_name_in_its_writings() {
        let gazetteer = small();
        for name in [
            "Harim",
            "Ḩārim",
            "HARIM",
            "Harem",
            "حارم",
            "Harim district",
            "al-Harim",
        ] {
            let found = gazetteer.find(name);
            assert_eq!(found.len(), 1, "{name}");
            let entry = gazetteer.entry(found[0].id).unwrap();
            assert_eq!(
                (gazetteer.name(entry.id).as_str(), entry.geonames),
                ("Ḩārim", Some(169_866))
            );
            assert!((entry.lat - 36.21176).abs() < 1e-9 && (entry.lon - 36.52078).abs() < 1e-9);
        }
        assert!(gazetteer.find("Narnia").is_empty());
        assert!(gazetteer.find("").is_empty());
        assert_eq!(gazetteer.find_loosely("Hareem")[0].how, Match::Loose);
    }

    #[test]
    fn holders_lead_to_the_country() {
        let gazetteer = small();
        let harim = gazetteer.find("Harim")[0].id;
        let idlib = gazetteer.find("Idlib")[0].id;
        assert_eq!(gazetteer.admin1(harim), Some(idlib));
        assert_eq!(gazetteer.admin2(harim), None);
        let country = gazetteer.country(harim).unwrap();
        assert_eq!((country.iso2, country.iso3), ("SY", "SYR"));
        assert_eq!(gazetteer.country_by_iso3("SYR"), Some(country.id));
        assert!(gazetteer.holds(country.id, harim) && !gazetteer.holds(harim, country.id));
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let error = Gazetteer::open(Path::new("no/such.gaz")).unwrap_err();
        assert!(error.to_string().contains("no/such.gaz"));
        assert!(matches!(
            Gazetteer::from_static(b"PK\x03\x04"),
            Err(GazetteerError::NotAGazetteer)
        ));
    }
}
