//! Tables of the page.

use std::fmt::Write as _;

/// A table in Markdown; the first column is left-aligned, the others right.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: usize,
    text: String,
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new(headings: &[&str]) -> Self {
        let mut text = format!("| {} |\n|---|", headings.join(" | "));
        for _ in 1..headings.len() {
            text.push_str("---:|");
        }
        text.push('\n');
        Self {
            columns: headings.len(),
            text,
        }
    }

    /// One more row; missing cells are empty.
    pub(crate) fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let mut cells: Vec<String> = cells
            .into_iter()
            .map(|cell| cell.as_ref().replace('|', "\\|"))
            .collect();
        cells.resize(self.columns, String::new());
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    /// The table as it is written.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// A share with two decimals, `-` where nothing was asked.
pub(crate) fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        "-".to_owned()
    } else {
        format!("{:.2}", part as f64 / whole as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_escaped_and_filled_up() {
        let mut table = Table::new(&["what", "n", "share"]);
        table.row(["a|b", "3"]);
        assert_eq!(
            table.finish(),
            "| what | n | share |\n|---|---:|---:|\n| a\\|b | 3 |  |\n"
        );
    }

    #[test]
    fn shares_of_nothing_are_a_dash() {
        assert_eq!(share(1, 3), "0.33");
        assert_eq!(share(0, 0), "-");
    }
}
