//! Names and their postings, sorted, in bounded memory.
//!
//! What is held is written out as a small sorted index when it grows too large; at the end the
//! indexes are read side by side (`fst`'s own union), so that names come back in order, each once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};

use fst::Streamer as _;
use fst::map::OpBuilder;
use memmap2::Mmap;
use tempfile::tempfile_in;

use super::ImportError;
use crate::format::{push_varint, take_varint};

/// What a name held in memory costs beside its bytes, about.
const OVERHEAD: usize = 64;

/// Names with postings on their way to being sorted.
pub(super) struct Spill {
    folder: std::path::PathBuf,
    /// Bytes that may be held.
    most: usize,
    held: BTreeMap<String, Vec<u64>>,
    size: usize,
    chunks: Vec<Chunk>,
}

/// What was written out at one time: a sorted index into groups of postings.
struct Chunk {
    index: fst::Map<Mmap>,
    groups: Mmap,
}

impl Spill {
    /// Holds up to about `most` bytes and writes the rest into nameless files in `folder`.
    pub(super) fn new(folder: &std::path::Path, most: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            most,
            held: BTreeMap::new(),
            size: 0,
            chunks: Vec::new(),
        }
    }

    /// Adds a posting of `name`.
    pub(super) fn add(&mut self, name: &str, posting: u64) -> Result<(), ImportError> {
        if let Some(postings) = self.held.get_mut(name) {
            postings.push(posting);
            self.size += 8;
        } else {
            self.held.insert(name.to_owned(), vec![posting]);
            self.size += name.len() + OVERHEAD;
        }
        if self.size > self.most {
            self.write_out()?;
        }
        Ok(())
    }

    fn write_out(&mut self) -> Result<(), ImportError> {
        let held = std::mem::take(&mut self.held);
        self.size = 0;
        let file =
            || -> io::Result<BufWriter<File>> { Ok(BufWriter::new(tempfile_in(&self.folder)?)) };
        let scratch = |source| ImportError::Scratch {
            path: self.folder.clone(),
            source,
        };
        let mut groups = file().map_err(scratch)?;
        let mut index =
            fst::MapBuilder::new(file().map_err(scratch)?).map_err(ImportError::Index)?;
        let mut at = 0_u64;
        for (name, postings) in held {
            index.insert(&name, at).map_err(ImportError::Index)?;
            let mut group = Vec::new();
            push_varint(&mut group, postings.len() as u64);
            for posting in postings {
                push_varint(&mut group, posting);
            }
            groups.write_all(&group).map_err(scratch)?;
            at += group.len() as u64;
        }
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
            for (name, postings) in self.held {
                each(&name, postings)?;
            }
            return Ok(());
        }
        self.write_out()?;
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
            prop_assert_eq!(sorted(most, &pairs), sorted(usize::MAX, &pairs));
        }
    }
}
