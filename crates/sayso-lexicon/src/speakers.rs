//! `source-kinds.tsv` and `mediums.tsv`: the nouns of speakers and of the channels they use.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// Kinds of source that `source-kinds.tsv` may name; those of the schema.
const SOURCE_KINDS: [&str; 12] = [
    "named-official",
    "anonymous-official",
    "local-sources",
    "monitor",
    "armed-group",
    "government",
    "media",
    "document",
    "eyewitness",
    "organisation",
    "person",
    "unknown",
];

/// What a medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediumKind {
    /// Where it is said: "on its channel".
    Channel,
    /// In what words it is kept: "in a statement".
    Text,
    /// When it is said aloud: "in a speech".
    Occasion,
}

/// Nouns of speakers and mediums.
#[derive(Clone, Debug, Default)]
pub struct Speakers {
    kinds: BTreeMap<String, String>,
    mediums: BTreeMap<String, MediumKind>,
}

impl Speakers {
    /// Parses the two files.
    ///
    /// # Errors
    /// An unknown kind.
    pub fn parse(source_kinds: &str, mediums: &str) -> Result<Self, LexiconError> {
        let mut found = Self::default();
        let table = Table::parse("source-kinds.tsv", source_kinds)?;
        for row in &table.rows {
            if !SOURCE_KINDS.contains(&row.get(1)) {
                return Err(LexiconError {
                    file: table.file.to_owned(),
                    line: row.line,
                    value: row.get(1).to_owned(),
                    allowed: SOURCE_KINDS.join(", "),
                });
            }
            found
                .kinds
                .insert(row.get(0).to_owned(), row.get(1).to_owned());
        }
        let table = Table::parse("mediums.tsv", mediums)?;
        for row in &table.rows {
            let kind = match row.get(1) {
                "channel" => MediumKind::Channel,
                "text" => MediumKind::Text,
                "occasion" => MediumKind::Occasion,
                other => {
                    return Err(LexiconError {
                        file: table.file.to_owned(),
                        line: row.line,
                        value: other.to_owned(),
                        allowed: "channel, text or occasion".to_owned(),
                    });
                }
            };
            found.mediums.insert(row.get(0).to_owned(), kind);
        }
        Ok(found)
    }

    /// The kind of source that the noun `lemma` makes, in the schema's words.
    pub fn source_kind(&self, lemma: &str) -> Option<&str> {
        self.kinds.get(lemma).map(String::as_str)
    }

    /// What medium the noun `lemma` names.
    pub fn medium(&self, lemma: &str) -> Option<MediumKind> {
        self.mediums.get(lemma).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn reads_kinds_and_mediums() {
        let speakers = Lexicon::builtin().unwrap().speakers;
        assert_eq!(speakers.source_kind("ministry"), Some("government"));
        assert_eq!(speakers.medium("statement"), Some(MediumKind::Text));
        assert_eq!(speakers.medium("goat"), None);
    }

    #[test]
    fn refuses_unknown_kinds() {
        let head = "# origin: o\n# licence: l\n# columns: noun\tkind\n";
        let bad = format!("{head}goat\tanimal\n");
        assert_eq!(Speakers::parse(&bad, head).unwrap_err().value, "animal");
        assert_eq!(Speakers::parse(head, &bad).unwrap_err().line, 4);
    }
}
