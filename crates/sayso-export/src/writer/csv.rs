//! CSV that Excel opens right: UTF-8 with a byte order mark, days as ISO 8601, no formulas.

use crate::cell::Cell;
use crate::{ExportError, File, Table};

/// Tells Excel that the file is UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A file a table.
pub(crate) fn tables(tables: &[Table]) -> Result<Vec<File>, ExportError> {
    tables
        .iter()
        .map(|one| Ok(File::new(format!("{}.csv", one.name), table(one)?)))
        .collect()
}

/// One table.
pub(crate) fn table(table: &Table) -> Result<Vec<u8>, ExportError> {
    written(table, false)
}

/// One table with a second row of HXL tags.
pub(crate) fn with_tags(table: &Table) -> Result<Vec<u8>, ExportError> {
    written(table, true)
}

fn written(table: &Table, tags: bool) -> Result<Vec<u8>, ExportError> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    out.write_record(table.columns.iter().map(|column| column.name))?;
    if tags {
        out.write_record(table.columns.iter().map(|column| column.hxl))?;
    }
    for row in &table.rows {
        out.write_record(row.iter().map(text))?;
    }
    out.into_inner()
        .map_err(|error| ExportError::Io(error.into_error()))
}

/// A cell as text. What a spreadsheet would take for a formula begins with an apostrophe, after
/// OWASP's advice on CSV injection.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Unknown => String::new(),
        Cell::Text(text) if is_formula(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Int(number) => number.to_string(),
        Cell::Float(number) => number.to_string(),
        Cell::Bool(yes) => (if *yes { "true" } else { "false" }).to_owned(),
        Cell::Day(day) => day.to_string(),
    }
}

/// Whether a spreadsheet may run words as a formula: they begin with one of `= + - @`, a tab or a
/// carriage return, also behind blanks, and in the full-width forms of East Asian keyboards.
pub(crate) fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_words() {
        for words in [
            "=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1",
        ] {
            assert!(
                text(&Cell::Text(words.to_owned())).starts_with('\''),
                "{words:?}"
            );
        }
        assert_eq!(
            text(&Cell::Text("Nuri - a clerk".to_owned())),
            "Nuri - a clerk"
        );
        assert_eq!(text(&Cell::Float(-3.5)), "-3.5", "a number is no formula");
    }
}
