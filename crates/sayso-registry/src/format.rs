//! The bytes of a registry, and what can be wrong with them.
//!
//! A header of little-endian 32-bit numbers, then sections that are read where they lie:
//!
//! | section | what |
//! |---|---|
//! | edition | text |
//! | names | `fst` map from key to postings |
//! | heard | `fst` map from what is heard to postings |
//! | ids | `fst` map from an id, own or of a source, to its entry |
//! | postings | numbers: twice the entry, plus 1 where the name is an alias |
//! | entries | records of [`RECORD`] numbers each |
//! | strings | what the entries point into |
//!
//! The value of a map of names is 256 times the first posting plus how many there are.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// First bytes of every registry.
pub(crate) const MAGIC: &[u8; 8] = b"SAYSOACT";
/// Number of the format.
pub(crate) const VERSION: u32 = 1;
/// Sections, in their order.
pub(crate) const SECTIONS: usize = 7;
/// Bytes of the header: magic, version, number of entries, and start and length of each section.
pub(crate) const HEADER: usize = 8 + 4 + 4 + SECTIONS * 8;
/// Numbers of an entry: seven texts (start, length), the codes, first and last day.
pub(crate) const RECORD: usize = 7 * 2 + 1 + 2;

/// Why bytes are no registry.
#[derive(Debug)]
pub enum RegistryError {
    /// Not made by this program, or cut short.
    NoRegistry,
    /// Of a format that this program does not read.
    Version(u32),
    /// An index is damaged.
    Index(fst::Error),
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const RESTORE: &str = "install the program again, which holds the registry";
        match self {
            Self::NoRegistry => write!(f, "not a registry of actors, or cut short; {RESTORE}"),
            Self::Version(found) => {
                write!(
                    f,
                    "a registry of format {found}; this program reads format {VERSION}: {RESTORE}"
                )
            }
            Self::Index(_) => write!(f, "the index of the registry is damaged; {RESTORE}"),
        }
    }
}

impl std::error::Error for RegistryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Index(error) => Some(error),
            Self::NoRegistry | Self::Version(_) => None,
        }
    }
}

/// Bytes that live as long as whoever reads them.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    /// Part of the program.
    Static(&'static [u8]),
    /// Made while it runs.
    Owned(Arc<[u8]>),
}

impl Data {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A part of the bytes.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    data: Data,
    range: Range<usize>,
}

impl Section {
    /// The part `range`; `None` where the bytes end before it does.
    pub(crate) fn new(data: &Data, range: Range<usize>) -> Option<Self> {
        data.bytes().get(range.clone())?;
        Some(Self {
            data: data.clone(),
            range,
        })
    }

    /// The 32-bit number with this number; 0 behind the end.
    pub(crate) fn number(&self, at: usize) -> u32 {
        number(self.as_ref(), at * 4)
    }

    /// The text in `range`; empty where it is none.
    pub(crate) fn text(&self, range: Range<usize>) -> &str {
        self.as_ref()
            .get(range)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.data
            .bytes()
            .get(self.range.clone())
            .unwrap_or_default()
    }
}

/// The little-endian number at a byte; 0 behind the end.
pub(crate) fn number(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .and_then(|four| four.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}
