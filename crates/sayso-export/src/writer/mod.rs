//! Tables and objects as bytes of a file format: nothing here knows what they tell.

pub(crate) mod annotations;
pub(crate) mod csv;
pub(crate) mod ftm;
pub(crate) mod geojson;
pub(crate) mod gpkg;
pub(crate) mod parquet;
pub(crate) mod plover;
pub(crate) mod xlsx;

use std::io::{Cursor, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use serde_json::Value;

use crate::{ExportError, File};

/// Some files in one archive, for a format of many files.
///
/// # Errors
/// Where the archive gets larger than the format allows.
pub fn zipped(files: &[File]) -> Result<Vec<u8>, ExportError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The day is a fixed one: the same content gives the same bytes.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for file in files {
        archive.start_file(&file.name, options)?;
        archive.write_all(&file.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// One JSON value a line.
fn lines(values: impl IntoIterator<Item = Value>) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    for value in values {
        serde_json::to_writer(&mut bytes, &value)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
