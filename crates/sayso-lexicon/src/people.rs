//! Nouns for people and bodies of people: `lexicon/people.tsv`.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// Who a noun names, in the classes of the sheet's tolls, and whether they bear arms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// Anybody.
    People,
    /// Civilians by word or by trade.
    Civilians,
    /// Under age.
    Children,
    /// Women and girls of age.
    Women,
    /// Regular troops.
    Soldiers,
    /// Police and gendarmes.
    Police,
    /// Irregular fighters.
    Fighters,
    /// Armed bodies of no single kind ("security forces").
    Armed,
    /// Protesters.
    Protesters,
    /// Mobs and rioters.
    Rioters,
}

/// All such nouns by lemma.
#[derive(Clone, Debug, Default)]
pub struct PeopleNouns {
    by_lemma: BTreeMap<String, People>,
}

impl PeopleNouns {
    /// Parses the file (columns noun, class).
    ///
    /// # Errors
    /// Those of [`Table::parse`], and an unknown class.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("people.tsv", text)?;
        let mut by_lemma = BTreeMap::new();
        for row in &table.rows {
            let class = match row.get(1) {
                "people" => People::People,
                "civilians" => People::Civilians,
                "children" => People::Children,
                "women" => People::Women,
                "soldiers" => People::Soldiers,
                "police" => People::Police,
                "fighters" => People::Fighters,
                "armed" => People::Armed,
                "protesters" => People::Protesters,
                "rioters" => People::Rioters,
                other => {
                    return Err(LexiconError {
                        file: table.file.to_owned(),
                        line: row.line,
                        value: other.to_owned(),
                        allowed: "a class of people".to_owned(),
                    });
                }
            };
            by_lemma.insert(row.get(0).to_owned(), class);
        }
        Ok(Self { by_lemma })
    }

    /// Every noun of the file.
    pub(crate) fn nouns(&self) -> impl Iterator<Item = &String> {
        self.by_lemma.keys()
    }

    /// The class of the noun `lemma` (lower case, singular or as written).
    pub fn class(&self, lemma: &str) -> Option<People> {
        self.by_lemma.get(lemma).copied().or_else(|| {
            // The model's lemma may be the plural form.
            self.by_lemma.get(lemma.strip_suffix('s')?).copied()
        })
    }
}
