//! Nouns for things that force is used on: `lexicon/things.tsv`.

use std::collections::BTreeSet;

use crate::{LexiconError, Table};

/// Buildings, vehicles, works and goods: what can be hit or burnt and is nobody.
#[derive(Clone, Debug, Default)]
pub struct Things {
    nouns: BTreeSet<String>,
}

impl Things {
    /// Parses the file (column noun).
    ///
    /// # Errors
    /// Those of [`Table::parse`].
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("things.tsv", text)?;
        let nouns = table.rows.iter().map(|row| row.get(0).to_owned()).collect();
        Ok(Self { nouns })
    }

    /// Whether the noun `word` (lower case, singular or plural) names a thing.
    pub fn has(&self, word: &str) -> bool {
        let singular = |suffix: &str, end: &str| {
            word.strip_suffix(suffix)
                .is_some_and(|stem| self.nouns.contains(&format!("{stem}{end}")))
        };
        self.nouns.contains(word)
            || singular("s", "")
            || singular("es", "")
            || singular("ies", "y")
            || singular("ves", "f")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_singulars_and_plurals() {
        let text = include_str!("../../../lexicon/things.tsv");
        let things = Things::parse(text).expect("things.tsv");
        for word in ["bridge", "factories", "branches", "vehicles", "shelves"] {
            assert!(things.has(word), "{word}");
        }
        for word in ["bridegroom", "soldier", "family", "wolves", "village"] {
            assert!(!things.has(word), "{word}");
        }
    }
}
