//! Reading files of facts.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::FactsError;

/// The text of a file; `.gz` is unpacked, bytes that are no UTF-8 are replaced.
pub(super) fn text(path: &Path) -> Result<String, FactsError> {
    let fail = |source| FactsError::Read {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(fail)?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|e| e == "gz") {
        MultiGzDecoder::new(file)
            .read_to_end(&mut bytes)
            .map_err(fail)?;
    } else {
        file.read_to_end(&mut bytes).map_err(fail)?;
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(text.trim_start_matches('\u{FEFF}').to_owned())
}

/// A row of a table: from the name of a column to the value.
pub(super) type Get<'r> = &'r dyn Fn(&str) -> String;

/// The rows of a CSV with a header, one after the other.
pub(super) fn csv_rows(path: &Path, each: &mut dyn FnMut(Get<'_>)) -> Result<(), FactsError> {
    let text = text(path)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let form = |error: &csv::Error| FactsError::Form {
        path: path.to_owned(),
        line: error.position().map_or(0, csv::Position::line),
        found: error.to_string(),
        allowed: "a line of CSV",
    };
    let header = reader.headers().map_err(|e| form(&e))?.clone();
    for record in reader.records() {
        let record = record.map_err(|e| form(&e))?;
        each(&|column| {
            header
                .iter()
                .position(|name| name == column)
                .and_then(|at| record.get(at))
                .unwrap_or_default()
                .trim()
                .to_owned()
        });
    }
    Ok(())
}

/// The rows of one of the lexicon's tables, without comment lines, cut at tabs.
pub(super) fn lexicon_rows(path: &Path) -> Result<Vec<Vec<String>>, FactsError> {
    Ok(text(path)?
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(|f| f.trim().to_owned()).collect())
        .collect())
}

/// The parts of a field that lists with `;`, `-` being none.
pub(super) fn list(field: &str) -> Vec<String> {
    field
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "-")
        .map(str::to_owned)
        .collect()
}
