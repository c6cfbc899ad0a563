//! The format of most files of `lexicon/`: sorted lines of tab-separated columns.
//!
//! A file opens with comment lines (`# …`). Three are required: `# origin: …` (where the lines
//! come from), `# licence: …` and `# columns: a  b  c` (tab-separated names). The data lines are
//! sorted by their bytes and unique in the first column unless the header says `# keys: repeat`.

use crate::LexiconError;

/// A parsed file.
#[derive(Clone, Debug)]
pub struct Table {
    /// File name below `lexicon/`.
    pub file: &'static str,
    /// Text after `# origin:`.
    pub origin: String,
    /// Text after `# licence:`.
    pub licence: String,
    /// Column names.
    pub columns: Vec<String>,
    /// Data lines.
    pub rows: Vec<Row>,
}

/// One data line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line number, from 1.
    pub line: usize,
    /// As many as the table has columns.
    pub fields: Vec<String>,
}

impl Row {
    /// Field number `column`; empty where there is none.
    pub fn get(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }
}

impl Table {
    /// Parses `text`, the content of `file`.
    ///
    /// # Errors
    /// A missing header, a wrong number of columns, an unsorted or doubled line.
    pub fn parse(file: &'static str, text: &str) -> Result<Self, LexiconError> {
        let error = |line: usize, value: &str, allowed: &str| LexiconError {
            file: file.to_owned(),
            line,
            value: value.to_owned(),
            allowed: allowed.to_owned(),
        };
        let (mut origin, mut licence, mut columns) = (None, None, None);
        let mut repeat = false;
        let mut rows: Vec<Row> = Vec::new();
        let mut last: Option<&str> = None;
        for (number, line) in text.lines().enumerate().map(|(i, l)| (i + 1, l)) {
            if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                if let Some(value) = comment.strip_prefix("origin:") {
                    origin = Some(value.trim().to_owned());
                } else if let Some(value) = comment.strip_prefix("licence:") {
                    licence = Some(value.trim().to_owned());
                } else if let Some(value) = comment.strip_prefix("columns:") {
                    columns = Some(
                        value
                            .trim()
                            .split('\t')
                            .map(str::to_owned)
                            .collect::<Vec<_>>(),
                    );
                } else if comment == "keys: repeat" {
                    repeat = true;
                }
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            let width = columns.as_ref().map_or(0, Vec::len);
            let fields: Vec<String> = line.split('\t').map(|f| f.trim().to_owned()).collect();
            if fields.len() != width {
                return Err(error(
                    number,
                    line,
                    &format!("{width} tab-separated columns"),
                ));
            }
            if let Some(before) = last {
                if before > line {
                    return Err(error(number, line, "lines sorted by their bytes"));
                }
                let same_key = rows.last().is_some_and(|row| row.fields[0] == fields[0]);
                if before == line || (same_key && !repeat) {
                    return Err(error(number, line, "each key once"));
                }
            }
            last = Some(line);
            rows.push(Row {
                line: number,
                fields,
            });
        }
        let origin = origin.ok_or_else(|| error(0, "", "a header line `# origin: …`"))?;
        let licence = licence.ok_or_else(|| error(0, "", "a header line `# licence: …`"))?;
        let columns = columns.ok_or_else(|| error(0, "", "a header line `# columns: …`"))?;
        Ok(Self {
            file,
            origin,
            licence,
            columns,
            rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# origin: own work\n# licence: Apache-2.0\n# columns: a\tb\n";

    #[test]
    fn reads_rows() {
        let table = Table::parse("t.tsv", &format!("{HEAD}deny\tx\nsay\ty\n")).unwrap();
        assert_eq!(table.rows[1].get(0), "say");
        assert_eq!(table.rows[1].get(7), "");
    }

    #[test]
    fn names_the_line_at_fault() {
        let error = Table::parse("t.tsv", &format!("{HEAD}say\ty\ndeny\tx\n")).unwrap_err();
        assert_eq!(error.line, 5);
        assert!(error.to_string().contains("sorted"));
        let error = Table::parse("t.tsv", &format!("{HEAD}say\ty\nsay\tz\n")).unwrap_err();
        assert!(error.to_string().contains("each key once"));
        let error = Table::parse("t.tsv", "# licence: x\n").unwrap_err();
        assert!(error.to_string().contains("origin"));
    }
}
