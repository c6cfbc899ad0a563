//! `lookalikes.tsv`: where the words of a cue say nothing, such as "denied the convoy access".

use crate::{LexiconError, Table};

/// What beside the cue's word is one of the fillers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// What the verb is done to: "dismissed *two colonels*".
    Object,
    /// Who does it: "*the river* threatened to …".
    Subject,
    /// The subject of a passive without an agent: "*the barracks* had been condemned".
    Passive,
    /// What its "for" governs: "took responsibility for *the road works*".
    For,
    /// What a noun without article or owner is for or over: "demand for *flour*".
    Noun,
    /// An infinitive of being: "it promised to *be* a quiet day".
    Being,
}

/// One line of `lookalikes.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookalike {
    /// A cue's name, or the lemma of its word.
    pub cue: String,
    /// What is looked at.
    pub beside: Beside,
    /// Lemmas; kinds of noun as the model tells them (`@person`); `@any`.
    pub fillers: Vec<String>,
    /// An invented sentence in which nobody says anything.
    pub example: String,
}

impl Lookalike {
    /// Whether a word with `lemma`, of the kind `etype`, is one of the fillers.
    pub fn fits(&self, lemma: &str, etype: &str) -> bool {
        self.fillers
            .iter()
            .any(|filler| match filler.strip_prefix('@') {
                Some("any") => true,
                Some(kind) => kind == etype,
                None => filler == lemma,
            })
    }
}

/// All lines, sorted as in the file.
#[derive(Clone, Debug, Default)]
pub struct Lookalikes {
    all: Vec<Lookalike>,
}

impl Lookalikes {
    /// Parses the content of `lookalikes.tsv`.
    ///
    /// # Errors
    /// As [`Table::parse`], and an unknown word in the second column.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("lookalikes.tsv", text)?;
        let mut all = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let beside = match row.get(1) {
                "object" => Beside::Object,
                "subject" => Beside::Subject,
                "passive" => Beside::Passive,
                "for" => Beside::For,
                "noun" => Beside::Noun,
                "being" => Beside::Being,
                other => {
                    return Err(LexiconError {
                        file: table.file.to_owned(),
                        line: row.line,
                        value: other.to_owned(),
                        allowed: "object, subject, passive, for, noun or being".to_owned(),
                    });
                }
            };
            all.push(Lookalike {
                cue: row.get(0).to_owned(),
                beside,
                fillers: row.get(2).split(',').map(str::to_owned).collect(),
                example: row.get(3).to_owned(),
            });
        }
        Ok(Self { all })
    }

    /// All lines.
    pub fn all(&self) -> &[Lookalike] {
        &self.all
    }

    /// The lines for a cue called `name` or a word with `lemma`.
    pub fn of<'a>(&'a self, name: &'a str, lemma: &'a str) -> impl Iterator<Item = &'a Lookalike> {
        self.all
            .iter()
            .filter(move |line| line.cue == name || line.cue == lemma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn knows_what_is_no_denial() {
        let lookalikes = Lexicon::builtin().unwrap().lookalikes;
        let line = lookalikes.of("deny", "deny").next().unwrap();
        assert_eq!(line.beside, Beside::Object);
        assert!(line.fits("access", ""));
        assert!(!line.fits("attack", "event"));
        let dismissed = lookalikes.of("dismiss", "dismiss").next().unwrap();
        assert!(dismissed.fits("colonel", "person"));
        assert!(!dismissed.fits("report", "abstract"));
    }

    #[test]
    fn refuses_an_unknown_place() {
        let text = "# origin: o\n# licence: l\n# columns: cue\twhere\tfiller\texample\n\
                    deny\tbelow\taccess\tHe denied them access.\n";
        assert_eq!(Lookalikes::parse(text).unwrap_err().value, "below");
    }
}
