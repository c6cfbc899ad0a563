//! The text inside `allCountries.zip`, or the text itself, line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::ImportError;

/// Longest line that is read, in bytes; GeoNames' longest has some twenty thousand.
const LONGEST_LINE: u64 = 1 << 20;

/// Reads `path` line by line and tells `each` its number (from 1) and text, and how many bytes of
/// how many have been read. Of a zip archive the file named as the archive (`allCountries.txt`), or
/// the only text in it, is read; bytes that are no UTF-8 are replaced.
///
/// # Errors
/// The file cannot be read, is no archive of one text, or has a line beyond [`LONGEST_LINE`].
pub(super) fn lines(
    path: &Path,
    mut each: impl FnMut(u64, &str, u64, u64) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let read = |source| ImportError::Read {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(read)?;
    let size = file.metadata().map_err(read)?.len();
    let zipped = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    if zipped {
        let mut archive =
            zip::ZipArchive::new(BufReader::new(file)).map_err(|source| ImportError::Zip {
                path: path.to_owned(),
                source,
            })?;
        let number = member(path, &archive)?;
        let text = archive
            .by_index(number)
            .map_err(|source| ImportError::Zip {
                path: path.to_owned(),
                source,
            })?;
        let size = text.size();
        read_lines(path, text, size, &mut each)
    } else {
        read_lines(path, file, size, &mut each)
    }
}

/// Which file of the archive to read.
fn member(path: &Path, archive: &zip::ZipArchive<BufReader<File>>) -> Result<usize, ImportError> {
    let is_text = |name: &str| {
        let name = Path::new(name);
        name.extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("txt"))
            && !name
                .file_stem()
                .is_some_and(|s| s.eq_ignore_ascii_case("readme"))
            && !name
                .file_stem()
                .is_some_and(|s| s.eq_ignore_ascii_case("iso-languagecodes"))
    };
    // A name that cannot be decoded is none of GeoNames'.
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(std::borrow::Cow::into_owned).unwrap_or_default())
        .collect();
    let texts: Vec<&String> = names.iter().filter(|name| is_text(name)).collect();
    let named = texts
        .iter()
        .find(|name| Path::new(name).file_stem() == path.file_stem());
    match (named, &texts[..]) {
        (Some(name), _) | (None, [name]) => archive.index_for_name(name),
        _ => None,
    }
    .ok_or_else(|| ImportError::NoText {
        path: path.to_owned(),
        found: names.into_iter().take(8).collect(),
    })
}

fn read_lines(
    path: &Path,
    source: impl Read,
    size: u64,
    each: &mut impl FnMut(u64, &str, u64, u64) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut source = BufReader::with_capacity(1 << 18, source);
    let mut line = Vec::new();
    let mut done = 0;
    for number in 1.. {
        line.clear();
        let read = (&mut source)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(|source| ImportError::Read {
                path: path.to_owned(),
                source,
            })?;
        if read == 0 {
            break;
        }
        done += read as u64;
        if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            return Err(ImportError::Read {
                path: path.to_owned(),
                source: io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("line {number} is longer than {LONGEST_LINE} bytes"),
                ),
            });
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        if !text.is_empty() {
            each(number, text, done, size)?;
        }
    }
    Ok(())
}
