//! Reading tables and JSON, packed or not.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::FactsError;

/// The text of a file; `.gz` is unpacked, bytes that are no UTF-8 are replaced.
fn text(path: &Path) -> Result<String, FactsError> {
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
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// A tab-separated table that is held as one text.
pub(crate) struct Table {
    path: PathBuf,
    text: String,
    columns: Vec<String>,
}

/// Reads a table. Comment lines (`#`) are left out; with `header` the first line names the columns.
pub(crate) fn table(path: &Path, header: bool) -> Result<Table, FactsError> {
    let text = text(path)?;
    let columns = if header {
        text.lines()
            .next()
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .unwrap_or_default()
    } else {
        Vec::new()
    };
    Ok(Table {
        path: path.to_owned(),
        text,
        columns,
    })
}

impl Table {
    /// Number of the column that is called `name`, or begins with it and a bracket.
    pub(crate) fn column(&self, name: &'static str) -> Result<usize, FactsError> {
        self.columns
            .iter()
            .position(|c| {
                c == name
                    || c.strip_prefix(name)
                        .is_some_and(|rest| rest.starts_with('('))
            })
            .ok_or_else(|| FactsError::Column {
                path: self.path.clone(),
                column: name,
            })
    }

    /// The lines below the header, split.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Vec<&str>> {
        self.text
            .lines()
            .skip(usize::from(!self.columns.is_empty()))
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
    }
}

/// Reads JSON.
pub(crate) fn json(path: &Path) -> Result<serde_json::Value, FactsError> {
    serde_json::from_str(&text(path)?).map_err(|source| FactsError::Json {
        path: path.to_owned(),
        source,
    })
}
