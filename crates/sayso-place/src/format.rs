//! The bytes of a gazetteer file.
//!
//! A header of [`HEADER`] bytes, then five sections one after the other: records of [`RECORD`]
//! bytes, names (front-coded), postings (groups of varints), the index (an `fst` map from folded
//! name to postings), and UTF-8: a line that says which edition this is, and the countries' codes,
//! five letters each. All numbers are little-endian. Records of countries come first, then divisions, coarse to fine, then the
//! rest, so that a parent always has a smaller number than its children.

use crate::{Feature, GazetteerError};

pub(crate) const MAGIC: &[u8; 8] = b"SAYSOGAZ";
pub(crate) const FORMAT: u32 = 1;
pub(crate) const HEADER: usize = 48;
pub(crate) const RECORD: usize = 18;
/// The parent of a place that has none.
pub(crate) const NO_PARENT: u32 = 0xFFFF;
/// Populations are kept as `round(POPULATION_STEPS * ln(1 + n))` in one byte: within 5 percent.
const POPULATION_STEPS: f64 = 10.5;

/// Section names, in file order.
pub(crate) const SECTIONS: [&str; 5] = ["records", "names", "postings", "index", "edition"];

/// One place as it is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// 1e-5 degrees north.
    pub(crate) lat: i32,
    /// 1e-5 degrees east.
    pub(crate) lon: i32,
    /// GeoNames id, below 2^24; 0: none.
    pub(crate) geonames: u32,
    /// Number of its usual name, below 2^24.
    pub(crate) name: u32,
    /// Number of the record of the smallest division that holds it, below 2^16 - 1, or
    /// [`NO_PARENT`].
    pub(crate) parent: u32,
    pub(crate) feature: Feature,
    /// Population in logarithmic steps.
    pub(crate) population: u8,
    /// Number of known other names, at most 255: how well known it is.
    pub(crate) renown: u8,
}

impl Record {
    /// Layout: latitude and longitude (7 bytes: 25 bits from the south pole, 26 from 180° west),
    /// id (3), name (3), parent (2), feature, population, renown.
    pub(crate) fn pack(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        let north = u64::from((self.lat + 9_000_000).clamp(0, 18_000_000).unsigned_abs());
        let east = u64::from((self.lon + 18_000_000).clamp(0, 36_000_000).unsigned_abs());
        bytes[..7].copy_from_slice(&(north << 26 | east).to_le_bytes()[..7]);
        bytes[7..10].copy_from_slice(&self.geonames.to_le_bytes()[..3]);
        bytes[10..13].copy_from_slice(&self.name.to_le_bytes()[..3]);
        bytes[13..15].copy_from_slice(&self.parent.to_le_bytes()[..2]);
        bytes[15] = self.feature as u8;
        bytes[16] = self.population;
        bytes[17] = self.renown;
        bytes
    }

    /// Reads what [`Record::pack`] wrote; any bytes give some record.
    pub(crate) fn unpack(bytes: &[u8; RECORD]) -> Self {
        let little = |range: std::ops::Range<usize>| {
            bytes[range]
                .iter()
                .rev()
                .fold(0_u64, |number, &byte| number << 8 | u64::from(byte))
        };
        let place = little(0..7);
        let degrees = |number: u64, shift: i32| i32::try_from(number).unwrap_or(0) - shift;
        Self {
            lat: degrees(place >> 26, 9_000_000),
            lon: degrees(place & 0x3FF_FFFF, 18_000_000),
            geonames: little(7..10) as u32,
            name: little(10..13) as u32,
            parent: little(13..15) as u32,
            feature: Feature::from_code(bytes[15]),
            population: bytes[16],
            renown: bytes[17],
        }
    }
}

/// A population in logarithmic steps.
pub(crate) fn population_steps(people: u64) -> u8 {
    (POPULATION_STEPS * (people as f64).ln_1p())
        .round()
        .clamp(0.0, 255.0) as u8
}

/// The population that `steps` stand for.
pub(crate) fn population_of(steps: u8) -> u64 {
    (f64::from(steps) / POPULATION_STEPS).exp_m1().round() as u64
}

/// A checksum over eight bytes at a time: it finds damage, it is no proof against forgery.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut sum = bytes.len() as u64 ^ PRIME;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        sum = (sum ^ u64::from_le_bytes(word)).wrapping_mul(PRIME);
        sum ^= sum >> 29;
    }
    for &byte in chunks.remainder() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(PRIME);
        sum ^= sum >> 29;
    }
    sum
}

/// The last section: when the facts are from, a mark that changes with the content, and the codes
/// of the countries.
pub(crate) fn edition(content: [&[u8]; 4], date: &str, codes: &str) -> String {
    let mark = content.map(checksum).iter().fold(0, |a, b| a ^ b) as u32;
    format!("{date} {mark:08x}\n{codes}")
}

/// Writes header and sections.
pub(crate) fn assemble(sections: [&[u8]; 5]) -> Vec<u8> {
    let body: Vec<u8> = sections.concat();
    let mut bytes = header(sections.map(<[u8]>::len), checksum(&body));
    bytes.extend(body);
    bytes
}

/// The header for sections of these lengths; `sum` is the checksum of all of them.
pub(crate) fn header(lengths: [usize; 5], sum: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER);
    bytes.extend(MAGIC);
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(sum.to_le_bytes());
    for length in lengths {
        bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }
    bytes.resize(HEADER, 0);
    bytes
}

/// Reads and checks the header; gives the range of each section.
///
/// # Errors
/// Whatever does not fit, see [`GazetteerError`].
pub(crate) fn sections(bytes: &[u8]) -> Result<[std::ops::Range<usize>; 5], GazetteerError> {
    let header = bytes.get(..HEADER).ok_or(GazetteerError::NotAGazetteer)?;
    if !header.starts_with(MAGIC) {
        return Err(GazetteerError::NotAGazetteer);
    }
    let number = |at: usize| {
        header[at..at + 4]
            .iter()
            .rev()
            .fold(0_u32, |number, &byte| number << 8 | u32::from(byte))
    };
    let found = number(8);
    if found != FORMAT {
        return Err(GazetteerError::Format {
            found,
            supported: FORMAT,
        });
    }
    let mut ranges = [const { 0..0 }; 5];
    let mut at = HEADER;
    for (i, range) in ranges.iter_mut().enumerate() {
        let end = at + number(24 + 4 * i) as usize;
        if end > bytes.len() {
            return Err(GazetteerError::Section { name: SECTIONS[i] });
        }
        *range = at..end;
        at = end;
    }
    if at != bytes.len() {
        return Err(GazetteerError::Section { name: SECTIONS[4] });
    }
    if ranges[0].len() % RECORD != 0 {
        return Err(GazetteerError::Section { name: SECTIONS[0] });
    }
    let written = u64::from(number(20)) << 32 | u64::from(number(16));
    if checksum(&bytes[HEADER..]) != written {
        return Err(GazetteerError::Checksum);
    }
    Ok(ranges)
}

/// Appends `number` seven bits a byte.
pub(crate) fn push_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads a varint at `at`, and moves `at` behind it; `None` where it does not end.
pub(crate) fn take_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_read_back() {
        for (lat, lon) in [
            (3_621_176, 3_652_078),
            (-9_000_000, -18_000_000),
            (9_000_000, 18_000_000),
        ] {
            let record = Record {
                lat,
                lon,
                geonames: 169_866,
                name: 70_000,
                parent: 41_000,
                feature: Feature::Seat2,
                population: population_steps(21_934),
                renown: 7,
            };
            assert_eq!(Record::unpack(&record.pack()), record);
        }
    }

    #[test]
    fn populations_are_near() {
        for people in [0, 7, 500, 21_934, 9_000_000, 1_400_000_000] {
            let back = population_of(population_steps(people));
            assert!(
                back.abs_diff(people) * 20 <= people.max(20),
                "{people} became {back}"
            );
        }
    }

    #[test]
    fn varints_read_back() {
        let mut bytes = Vec::new();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        for number in numbers {
            push_varint(&mut bytes, number);
        }
        let mut at = 0;
        for number in numbers {
            assert_eq!(take_varint(&bytes, &mut at), Some(number));
        }
        assert_eq!(take_varint(&bytes, &mut at), None);
    }
}
