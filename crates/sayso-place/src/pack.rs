//! Packing what is sorted by name: the index with its postings, and the names themselves.
//!
//! Both take one name after the other and write as they go, so that a gazetteer larger than
//! memory is packed by the same code as a small one.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::format::push_varint;
use crate::names::BLOCK;

/// Groups of postings that are remembered, so that equal ones are written once.
const REMEMBERED: usize = 1 << 20;

/// Writes the index and the groups of postings that it points to.
pub(crate) struct IndexPacker<I: Write, G: Write> {
    index: fst::MapBuilder<I>,
    groups: G,
    /// Bytes of groups so far.
    at: u64,
    known: BTreeMap<Vec<u64>, u64>,
}

impl<I: Write, G: Write> IndexPacker<I, G> {
    /// Writes the index to `index` and the groups to `groups`.
    ///
    /// # Errors
    /// The index cannot be begun.
    pub(crate) fn new(index: I, groups: G) -> Result<Self, fst::Error> {
        Ok(Self {
            index: fst::MapBuilder::new(index)?,
            groups,
            at: 0,
            known: BTreeMap::new(),
        })
    }

    /// Adds a folded name and its places: `number << 1 | is_usual_name`. Names come sorted.
    ///
    /// # Errors
    /// Nothing can be written, or the name is not behind the one before it.
    pub(crate) fn add(&mut self, name: &str, mut places: Vec<u64>) -> Result<(), fst::Error> {
        places.sort_unstable();
        // Of two names of one place that fold to one another, the usual one counts.
        places.reverse();
        places.dedup_by_key(|posting| *posting >> 1);
        places.reverse();
        let value = if let [only] = places[..] {
            only << 1
        } else if let Some(&at) = self.known.get(&places) {
            at << 1 | 1
        } else {
            let at = self.at;
            let mut group = Vec::new();
            push_varint(&mut group, places.len() as u64);
            let mut before = 0;
            for &posting in &places {
                push_varint(&mut group, posting - before);
                before = posting;
            }
            self.groups.write_all(&group)?;
            self.at += group.len() as u64;
            if self.known.len() < REMEMBERED {
                self.known.insert(places, at);
            }
            at << 1 | 1
        };
        self.index.insert(name, value)
    }

    /// Ends the index; gives back what was written to.
    ///
    /// # Errors
    /// Nothing can be written.
    pub(crate) fn finish(self) -> Result<(I, G), fst::Error> {
        Ok((self.index.into_inner()?, self.groups))
    }
}

/// Writes names front-coded; see [`crate::names`] for their layout.
pub(crate) struct NamePacker<W: Write> {
    body: W,
    /// Bytes of the body so far.
    at: usize,
    starts: Vec<u32>,
    count: u32,
    before: Vec<u8>,
}

impl<W: Write> NamePacker<W> {
    /// Writes the bodies to `body`.
    pub(crate) fn new(body: W) -> Self {
        Self {
            body,
            at: 0,
            starts: Vec::new(),
            count: 0,
            before: Vec::new(),
        }
    }

    /// Adds the next name by its bytes and gives its number.
    ///
    /// # Errors
    /// Nothing can be written.
    pub(crate) fn add(&mut self, name: &str) -> io::Result<u32> {
        let bytes = &name.as_bytes()[..name.floor_char_boundary(255)];
        let number = self.count;
        let kept = if (number as usize).is_multiple_of(BLOCK) {
            self.starts.push(self.at as u32);
            0
        } else {
            self.before
                .iter()
                .zip(bytes)
                .take_while(|(a, b)| a == b)
                .count()
        };
        self.body
            .write_all(&[kept as u8, (bytes.len() - kept) as u8])?;
        self.body.write_all(&bytes[kept..])?;
        self.at += 2 + bytes.len() - kept;
        self.before.clear();
        self.before.extend_from_slice(bytes);
        self.count += 1;
        Ok(number)
    }

    /// The bytes that stand before the body, and what the body was written to.
    pub(crate) fn finish(self) -> (Vec<u8>, W) {
        let mut head = self.count.to_le_bytes().to_vec();
        for start in self.starts {
            head.extend(start.to_le_bytes());
        }
        (head, self.body)
    }
}
