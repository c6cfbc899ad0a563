//! Names and their postings, sorted, in bounded memory.
//!
//! What is held is written out as a small sorted index when it grows too large; at the end the
//! indexes are read side by side (`fst`'s own union), so that names come back in order, each once.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};

use fst::Streamer as _;
use fst::map::OpBuilder;
use memmap2::Mmap;
use tempfile::tempfile_in;

use super::ImportError;
use crate::format::{push_varint, take_varint};

/// Half of the memory goes to the bytes of names, half to these.
struct Held {
    /// Where the name starts among the bytes, and how many it has.
    at: u32,
    len: u32,
    posting: u64,
}

/// Names with postings on their way to being sorted.
pub(super) struct Spill {
    folder: std::path::PathBuf,
    /// The names that are held, one after the other.
    names: Vec<u8>,
    held: Vec<Held>,
    /// Bytes of names, and postings, that may be held.
    most_bytes: usize,
    most_held: usize,
    chunks: Vec<Chunk>,
}

/// What was written out at one time: a sorted index into groups of postings.
struct Chunk {
    index: fst::Map<Mmap>,
    groups: Mmap,
}

impl Spill {
    /// Holds up to `most` bytes and writes the rest into nameless files in `folder`.
    pub(super) fn new(folder: &std::path::Path, most: usize) -> Self {
        // Room is taken once, so that growing never takes twice as much for a while; places in
        // names are 32 bits wide.
        let half = (most / 2).min(u32::MAX as usize);
        let most_held = (half / size_of::<Held>()).max(1);
        Self {
            folder: folder.to_owned(),
            names: Vec::with_capacity(half),
            held: Vec::with_capacity(most_held),
            most_bytes: half,
            most_held,
            chunks: Vec::new(),
        }
    }

    /// Adds a posting of `name`.
    pub(super) fn add(&mut self, name: &str, posting: u64) -> Result<(), ImportError> {
        if self.held.len() >= self.most_held || self.names.len() + name.len() > self.most_bytes {
            self.write_out()?;
        }
        // One line of a dump is far shorter than 4 GB; a longer name is cut.
        let (at, len) = (self.names.len() as u32, name.len() as u32);
        self.names.extend_from_slice(name.as_bytes());
        self.held.push(Held { at, len, posting });
        Ok(())
    }

    /// Sorts what is held and hands it on, each name once; then nothing is held.
    fn drain(
        &mut self,
        mut each: impl FnMut(&[u8], &[Held]) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let names = &self.names;
        let name = |held: &Held| {
            let at = held.at as usize;
            names.get(at..at + held.len as usize).unwrap_or_default()
        };
        self.held
            .sort_unstable_by(|a, b| name(a).cmp(name(b)).then(a.posting.cmp(&b.posting)));
        for group in self.held.chunk_by(|a, b| name(a) == name(b)) {
            each(group.first().map(name).unwrap_or_default(), group)?;
        }
        self.names.clear();
        self.held.clear();
        Ok(())
    }

    fn write_out(&mut self) -> Result<(), ImportError> {
        if self.held.is_empty() {
            return Ok(());
        }
        let folder = self.folder.clone();
        let file = || -> io::Result<BufWriter<File>> { Ok(BufWriter::new(tempfile_in(&folder)?)) };
        let scratch = |source| ImportError::Scratch {
            path: folder.clone(),
            source,
        };
        let mut groups = file().map_err(scratch)?;
        let mut index =
            fst::MapBuilder::new(file().map_err(scratch)?).map_err(ImportError::Index)?;
        let mut at = 0_u64;
        self.drain(|name, held| {
            index.insert(name, at).map_err(ImportError::Index)?;
            let mut group = Vec::new();
            push_varint(&mut group, held.len() as u64);
            for one in held {
                push_varint(&mut group, one.posting);
            }
            groups.write_all(&group).map_err(scratch)?;
            at += group.len() as u64;
            Ok(())
        })?;
        let index = index.into_inner().map_err(ImportError::Index)?;
        self.chunks.push(Chunk {
            index: fst::Map::new(map(index).map_err(scratch)?).map_err(ImportError::Index)?,
            groups: map(groups).map_err(scratch)?,
        });
        Ok(())
    }

    /// Gives each name once, in the order of its bytes, with all its postings in no order.
    pub(super) fn finish(
        mut self,
        mut each: impl FnMut(&str, Vec<u64>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        if self.chunks.is_empty() {
            return self.drain(|name, held| {
                let postings = held.iter().map(|one| one.posting).collect();
                // Names are what `add` was given.
                each(&String::from_utf8_lossy(name), postings)
            });
        }
        self.write_out()?;
        // Nothing more is held: what is merged now needs the memory.
        (self.names, self.held) = (Vec::new(), Vec::new());
        let mut all = OpBuilder::new();
        for chunk in &self.chunks {
            all.push(&chunk.index);
        }
        let mut union = all.union();
        while let Some((name, values)) = union.next() {
            let mut postings = Vec::new();
            for value in values {
                let groups = &self.chunks[value.index].groups;
                let mut at = value.value as usize;
                for _ in 0..take_varint(groups, &mut at).unwrap_or(0) {
                    postings.extend(take_varint(groups, &mut at));
                }
            }
            // Keys are what `add` was given.
            each(&String::from_utf8_lossy(name), postings)?;
        }
        Ok(())
    }
}

/// Maps what has been written.
pub(super) fn map(written: BufWriter<File>) -> io::Result<Mmap> {
    let mut file = written
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(0))?;
    // SAFETY: the file has no name, so nobody else can change it.
    #[allow(unsafe_code)]
    unsafe {
        Mmap::map(&file)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn sorted(most: usize, pairs: &[(String, u64)]) -> Vec<(String, Vec<u64>)> {
        let folder = std::env::temp_dir();
        let mut spill = Spill::new(&folder, most);
        for (name, posting) in pairs {
            spill.add(name, *posting).unwrap();
        }
        let mut found = Vec::new();
        spill
            .finish(|name, mut postings| {
                postings.sort_unstable();
                found.push((name.to_owned(), postings));
                Ok(())
            })
            .unwrap();
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn writing_out_changes_nothing(
            pairs in prop::collection::vec(("[a-cé]{1,3}", 0_u64..1 << 40), 0..60),
            most in 1_usize..900,
        ) {
            let mut plain: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            for (name, posting) in &pairs {
                plain.entry(name.clone()).or_default().push(*posting);
            }
            for postings in plain.values_mut() {
                postings.sort_unstable();
            }
            prop_assert_eq!(sorted(most, &pairs), Vec::from_iter(plain));
        }
    }
}
