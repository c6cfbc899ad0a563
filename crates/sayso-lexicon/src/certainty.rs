//! `certainty.tsv`: how far modals and adverbs lower the certainty of a statement.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// How sure a speaker can be, the surest first.
pub const CERTAINTIES: [&str; 3] = ["certain", "probable", "possible"];

/// One marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// A lemma or a word in lower case.
    pub word: String,
    /// `probable` or `possible`.
    pub certainty: String,
    /// An invented sentence whose statement is lowered to this certainty by the marker.
    pub example: String,
}

/// All markers, by word.
#[derive(Clone, Debug, Default)]
pub struct Markers {
    by_word: BTreeMap<String, Marker>,
}

impl Markers {
    /// Parses the content of `certainty.tsv`.
    ///
    /// # Errors
    /// As [`Table::parse`], a certainty that lowers nothing, or a line without example.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("certainty.tsv", text)?;
        let mut by_word = BTreeMap::new();
        for row in &table.rows {
            let error = |value: &str, allowed: &str| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed: allowed.to_owned(),
            };
            let [word, certainty, example] = [0, 1, 2].map(|column| row.get(column).to_owned());
            if !CERTAINTIES[1..].contains(&certainty.as_str()) {
                return Err(error(&certainty, "probable or possible"));
            }
            if example.is_empty() {
                return Err(error("", "an example"));
            }
            let marker = Marker {
                word: word.clone(),
                certainty,
                example,
            };
            by_word.insert(word, marker);
        }
        Ok(Self { by_word })
    }

    /// The marker `word`, a lemma or a word in lower case.
    pub fn get(&self, word: &str) -> Option<&Marker> {
        self.by_word.get(word)
    }

    /// Every marker, sorted.
    pub fn all(&self) -> impl Iterator<Item = &Marker> {
        self.by_word.values()
    }

    /// These markers without one, for a test that asks what the line is good for.
    #[must_use]
    pub fn without(&self, word: &str) -> Self {
        let mut rest = self.clone();
        rest.by_word.remove(word);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# origin: test\n# licence: test\n# columns: marker\tcertainty\texample\n";

    #[test]
    fn finds_markers_and_leaves_one_out() {
        let markers = Markers::parse(&format!("{HEAD}may\tpossible\tx\nseem\tprobable\tx\n"));
        let markers = markers.unwrap();
        assert_eq!(markers.get("may").unwrap().certainty, "possible");
        assert!(markers.without("may").get("may").is_none());
        assert_eq!(markers.all().count(), 2);
    }

    #[test]
    fn a_certainty_that_lowers_nothing_is_named() {
        let error = Markers::parse(&format!("{HEAD}surely\tcertain\tx\n")).unwrap_err();
        assert_eq!(error.value, "certain");
    }
}
