//! `mediums.tsv`: the nouns of channels, texts and occasions through which something is said.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

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

/// Nouns of mediums.
#[derive(Clone, Debug, Default)]
pub struct Mediums {
    kinds: BTreeMap<String, MediumKind>,
}

impl Mediums {
    /// Parses the content of `mediums.tsv`.
    ///
    /// # Errors
    /// As [`Table::parse`], and an unknown kind.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("mediums.tsv", text)?;
        let mut kinds = BTreeMap::new();
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
            kinds.insert(row.get(0).to_owned(), kind);
        }
        Ok(Self { kinds })
    }

    /// What medium the noun `lemma` names.
    pub fn get(&self, lemma: &str) -> Option<MediumKind> {
        self.kinds.get(lemma).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn knows_mediums() {
        let mediums = Lexicon::builtin().unwrap().mediums;
        assert_eq!(mediums.get("statement"), Some(MediumKind::Text));
        assert_eq!(mediums.get("channel"), Some(MediumKind::Channel));
        assert_eq!(mediums.get("goat"), None);
    }

    #[test]
    fn refuses_unknown_kinds() {
        let text = "# origin: o\n# licence: l\n# columns: noun\tkind\ngoat\tanimal\n";
        assert_eq!(Mediums::parse(text).unwrap_err().value, "animal");
    }
}
