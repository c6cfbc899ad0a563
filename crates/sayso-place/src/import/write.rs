//! Writes a gazetteer that may be larger than memory.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use memmap2::{Mmap, MmapMut};
use tempfile::tempfile_in;

use super::spill::{Spill, map};
use super::{ImportError, folder};
use crate::builder::indexed;
use crate::format::{HEADER, RECORD, Record, SECTIONS, checksum, edition, header};
use crate::pack::{IndexPacker, NamePacker};
use crate::{Gazetteer, NewPlace, PlaceId};

/// GeoNames ids are kept in three bytes.
const MOST_IDS: usize = 1 << 24;

/// A gazetteer on its way to a file.
pub(super) struct Writer {
    out: PathBuf,
    folder: PathBuf,
    records: BufWriter<File>,
    count: u64,
    codes: String,
    /// Folded names to places.
    index: Spill,
    /// Usual names to the records that bear them.
    names: Spill,
    /// GeoNames id to record, plus one; 0: none.
    by_id: Vec<u32>,
}

impl Writer {
    /// Begins one that will be written to `out`; names may take `memory` bytes while they wait.
    pub(super) fn new(out: &Path, memory: usize) -> Result<Self, ImportError> {
        let folder = folder(out);
        let records = tempfile_in(&folder).map_err(|source| ImportError::Scratch {
            path: folder.clone(),
            source,
        })?;
        Ok(Self {
            out: out.to_owned(),
            records: BufWriter::new(records),
            count: 0,
            codes: String::new(),
            index: Spill::new(&folder, memory / 2),
            names: Spill::new(&folder, memory / 2),
            by_id: Vec::new(),
            folder,
        })
    }

    /// Number of places so far.
    pub(super) fn len(&self) -> u64 {
        self.count
    }

    fn scratch(&self, source: io::Error) -> ImportError {
        ImportError::Scratch {
            path: self.folder.clone(),
            source,
        }
    }

    /// Adds a place; the order is that of [`crate::Builder::add`].
    pub(super) fn add(&mut self, place: &NewPlace) -> Result<PlaceId, ImportError> {
        let number = self.count;
        self.records
            .write_all(&place.record().pack())
            .map_err(|source| self.scratch(source))?;
        self.count += 1;
        if let Some((iso2, iso3)) = &place.codes {
            self.codes.push_str(iso2);
            self.codes.push_str(iso3);
        }
        if let Some(id) = place
            .geonames
            .map(|id| id as usize)
            .filter(|&id| id < MOST_IDS)
        {
            if self.by_id.len() <= id {
                self.by_id.resize(id + 1, 0);
            }
            self.by_id[id] = number as u32 + 1;
        }
        self.names.add(&place.name, number)?;
        self.post(&place.name, number << 1 | 1)?;
        for name in &place.other_names {
            self.post(name, number << 1)?;
        }
        Ok(PlaceId(number as u32))
    }

    /// Whether there is a place with this GeoNames id already.
    pub(super) fn has(&self, geonames: u32) -> bool {
        let number = self.by_id.get(geonames as usize);
        number.is_some_and(|&number| number > 0)
    }

    /// Adds another name of the place with this GeoNames id; none where there is no such place.
    pub(super) fn add_name(&mut self, geonames: u32, name: &str) -> Result<(), ImportError> {
        match self.by_id.get(geonames as usize) {
            None | Some(0) => Ok(()),
            Some(&number) => self.post(name, u64::from(number - 1) << 1),
        }
    }

    fn post(&mut self, name: &str, posting: u64) -> Result<(), ImportError> {
        match indexed(name) {
            Some(folded) => self.index.add(&folded, posting),
            None => Ok(()),
        }
    }

    /// Sorts, packs and writes everything; gives the edition. `watch` is told names done.
    pub(super) fn finish(
        mut self,
        date: &str,
        watch: &mut dyn FnMut(u64),
    ) -> Result<String, ImportError> {
        let folder = self.folder.clone();
        let scratch = |source| ImportError::Scratch {
            path: folder.clone(),
            source,
        };
        let file = || tempfile_in(&folder).map(BufWriter::new).map_err(scratch);
        self.by_id = Vec::new();
        let mut done = 0;
        let mut step = || {
            done += 1;
            if done % 8192 == 0 {
                watch(done);
            }
        };

        let mut records = self
            .records
            .into_inner()
            .map_err(|e| scratch(e.into_error()))?;
        records.seek(SeekFrom::Start(0)).map_err(scratch)?;
        let mut packer = NamePacker::new(file()?);
        // An empty file cannot be mapped.
        if self.count > 0 {
            // SAFETY: the file has no name, so nobody else can change it.
            #[allow(unsafe_code)]
            let mut all = unsafe { MmapMut::map_mut(&records) }.map_err(scratch)?;
            self.names.finish(|name, bearers| {
                step();
                let number = packer.add(name).map_err(scratch)?;
                for bearer in bearers {
                    let at = bearer as usize * RECORD;
                    if let Some(bytes) = all.get_mut(at..at + RECORD)
                        && let Ok(record) = <&[u8; RECORD]>::try_from(&*bytes)
                    {
                        let record = Record::unpack(record);
                        bytes.copy_from_slice(
                            &Record {
                                name: number,
                                ..record
                            }
                            .pack(),
                        );
                    }
                }
                Ok(())
            })?;
        }
        let (head, body) = packer.finish();
        let names = joined(&head, body, file()?).map_err(scratch)?;
        let records = map_some(BufWriter::new(records)).map_err(scratch)?;

        let mut packer = IndexPacker::new(file()?, file()?).map_err(ImportError::Index)?;
        self.index.finish(|name, places| {
            step();
            packer.add(name, places).map_err(ImportError::Index)
        })?;
        let (index, groups) = packer.finish().map_err(ImportError::Index)?;
        let index = map_some(index).map_err(scratch)?;
        let groups = map_some(groups).map_err(scratch)?;

        let sections = [&records, &names, &groups, &index].map(|map| bytes(map.as_ref()));
        for (section, name) in sections.iter().zip(SECTIONS) {
            if u32::try_from(section.len()).is_err() {
                return Err(ImportError::TooLarge {
                    section: name,
                    bytes: section.len() as u64,
                });
            }
        }
        let edition = edition(sections, date, &self.codes);
        write(&self.out, &self.folder, sections, &edition)?;
        Gazetteer::open(&self.out).map_err(ImportError::Check)?;
        Ok(edition.lines().next().unwrap_or("").to_owned())
    }
}

/// Writes `head` and `body` one behind the other into `to` and maps it.
fn joined(head: &[u8], body: BufWriter<File>, mut to: BufWriter<File>) -> io::Result<Option<Mmap>> {
    let mut body = body.into_inner().map_err(io::IntoInnerError::into_error)?;
    body.seek(SeekFrom::Start(0))?;
    to.write_all(head)?;
    io::copy(&mut body, &mut to)?;
    map_some(to)
}

/// Maps what has been written; `None` where that is nothing, which cannot be mapped.
fn map_some(written: BufWriter<File>) -> io::Result<Option<Mmap>> {
    let mut written = written;
    written.flush()?;
    if written.get_ref().metadata()?.len() == 0 {
        return Ok(None);
    }
    map(written).map(Some)
}

fn bytes(map: Option<&Mmap>) -> &[u8] {
    map.map_or(&[], |map| map)
}

/// Writes header and sections beside `out`, then puts them in its place at once.
fn write(
    out: &Path,
    folder: &Path,
    sections: [&[u8]; 4],
    edition: &str,
) -> Result<(), ImportError> {
    let fail = |source| ImportError::Write {
        path: out.to_owned(),
        source,
    };
    let file = readable(&mut tempfile::Builder::new())
        .tempfile_in(folder)
        .map_err(fail)?;
    let mut to = BufWriter::with_capacity(1 << 18, file.as_file());
    to.write_all(&[0; HEADER]).map_err(fail)?;
    for section in sections {
        to.write_all(section).map_err(fail)?;
    }
    to.write_all(edition.as_bytes()).map_err(fail)?;
    to.flush().map_err(fail)?;
    drop(to);
    // SAFETY: the file was made by us just now under a random name, and is only read.
    #[allow(unsafe_code)]
    let written = unsafe { Mmap::map(file.as_file()) }.map_err(fail)?;
    let [a, b, c, d] = sections.map(<[u8]>::len);
    let head = header([a, b, c, d, edition.len()], checksum(&written[HEADER..]));
    drop(written);
    file.as_file().seek(SeekFrom::Start(0)).map_err(fail)?;
    file.as_file().write_all(&head).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(out).map_err(|error| fail(error.error))?;
    Ok(())
}

/// What is written is read by whom the system's mask lets, as any file, not by its maker alone.
#[cfg(unix)]
fn readable<'a, 'p, 's>(
    builder: &'a mut tempfile::Builder<'p, 's>,
) -> &'a mut tempfile::Builder<'p, 's> {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable<'a, 'p, 's>(
    builder: &'a mut tempfile::Builder<'p, 's>,
) -> &'a mut tempfile::Builder<'p, 's> {
    builder
}
