//! `speech-codes.tsv`: which mode of PLOVER and which leaf of CAMEO a demand, refusal, threat or
//! accusation has, by words of what is said.

use crate::codes::{CAMEO, PLOVER, known, known_mode};
use crate::{LexiconError, Table};

/// One line of `speech-codes.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechCode {
    /// PLOVER event of the speech act.
    pub plover: &'static str,
    /// PLOVER mode.
    pub mode: &'static str,
    /// CAMEO leaf.
    pub cameo: &'static str,
    /// Words of the content, as lemmas; a phrase is a list of words that follow each other.
    phrases: Vec<Vec<String>>,
    /// An invented sentence in which a statement has these codes.
    pub example: String,
}

/// All lines.
#[derive(Clone, Debug, Default)]
pub struct SpeechCodes {
    rows: Vec<SpeechCode>,
}

impl SpeechCodes {
    /// Parses `lexicon/speech-codes.tsv`.
    ///
    /// # Errors
    /// Those of [`Table::parse`]; an event, mode or code that the codebooks lack.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("speech-codes.tsv", text)?;
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let error = |value: &str, allowed: &str| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed: allowed.to_owned(),
            };
            let plover =
                known(PLOVER, row.get(0)).ok_or_else(|| error(row.get(0), "a PLOVER event"))?;
            rows.push(SpeechCode {
                plover,
                mode: known_mode(plover, row.get(1))
                    .ok_or_else(|| error(row.get(1), "a mode of the event"))?,
                cameo: known(CAMEO, row.get(2)).ok_or_else(|| error(row.get(2), "a CAMEO code"))?,
                phrases: row
                    .get(3)
                    .split('|')
                    .map(|phrase| phrase.split(' ').map(str::to_owned).collect())
                    .collect(),
                example: row.get(4).to_owned(),
            });
        }
        Ok(Self { rows })
    }

    /// The line of the PLOVER event `plover` whose phrase stands first among `words`, given for each
    /// word of the content as (written form in lower case, lemma); at one place the longest phrase.
    pub fn of(&self, plover: &str, words: &[(&str, &str)]) -> Option<&SpeechCode> {
        let fits = |at: usize, phrase: &Vec<String>| {
            words.get(at..at + phrase.len()).is_some_and(|window| {
                let mut pairs = window.iter().zip(phrase);
                pairs.all(|((form, lemma), word)| form == word || lemma == word)
            })
        };
        (0..words.len()).find_map(|at| {
            let rows = self.rows.iter().filter(|row| row.plover == plover);
            rows.flat_map(|row| row.phrases.iter().map(move |phrase| (row, phrase)))
                .filter(|(_, phrase)| fits(at, phrase))
                .max_by_key(|(_, phrase)| phrase.len())
                .map(|(row, _)| row)
        })
    }

    /// All lines.
    pub fn all(&self) -> &[SpeechCode] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(plover: &str, text: &str) -> Option<(&'static str, &'static str)> {
        let codes = SpeechCodes::parse(include_str!("../../../lexicon/speech-codes.tsv")).unwrap();
        let words: Vec<(&str, &str)> = text.split(' ').map(|w| (w, w)).collect();
        codes.of(plover, &words).map(|row| (row.mode, row.cameo))
    }

    #[test]
    fn the_word_that_is_said_first_counts() {
        assert_eq!(
            of("REQUEST", "an immediate ceasefire and talks"),
            Some(("yield", "1056"))
        );
        assert_eq!(
            of("REQUEST", "the mayor to step down"),
            Some(("change", "1041"))
        );
        assert_eq!(
            of("REQUEST", "talks and a ceasefire"),
            Some(("meet", "106"))
        );
        assert_eq!(of("REQUEST", "the step was taken down"), None);
        assert_eq!(
            of("THREATEN", "attack the port"),
            Some(("violence", "1384"))
        );
        assert_eq!(of("AGREE", "attack the port"), None);
    }

    #[test]
    fn names_what_is_wrong() {
        let head = "# origin: own work\n# licence: Apache-2.0\n# keys: repeat\n# columns: event\tmode\tcameo\twords\texample\n";
        let error =
            SpeechCodes::parse(&format!("{head}REQUEST\tbeat\t1056\ttruce\tx\n")).unwrap_err();
        assert!(error.to_string().contains("beat"), "{error}");
    }
}
