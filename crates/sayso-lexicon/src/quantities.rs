//! Number words: `lexicon/quantities.tsv`.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A plain number ("twelve").
    Number(u64),
    /// Multiplies what stands before it ("two hundred", "3 million", "two dozen").
    Times(u64),
    /// An indefinite amount with the least it is taken to mean ("dozens", 24).
    Vague(u64),
}

/// How a word before a number binds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// "at least", "more than".
    AtLeast,
    /// "up to", "fewer than".
    AtMost,
    /// "about", "nearly".
    About,
}

/// All number words and binding phrases.
#[derive(Clone, Debug, Default)]
pub struct Quantities {
    words: BTreeMap<String, Quantity>,
    binders: Vec<(Vec<String>, Binds)>,
}

impl Quantities {
    /// Parses the file (columns word, kind, value).
    ///
    /// # Errors
    /// Those of [`Table::parse`], an unknown kind, a value that is no number.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("quantities.tsv", text)?;
        let (mut words, mut binders) = (BTreeMap::new(), Vec::new());
        for row in &table.rows {
            let error = |value: &str, allowed: &str| LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed: allowed.to_owned(),
            };
            let number = || {
                row.get(2)
                    .parse::<u64>()
                    .map_err(|_| error(row.get(2), "a whole number"))
            };
            let phrase = || row.get(0).split(' ').map(str::to_owned).collect();
            match row.get(1) {
                "number" => {
                    words.insert(row.get(0).to_owned(), Quantity::Number(number()?));
                }
                "times" => {
                    words.insert(row.get(0).to_owned(), Quantity::Times(number()?));
                }
                "vague" => {
                    words.insert(row.get(0).to_owned(), Quantity::Vague(number()?));
                }
                "at-least" => binders.push((phrase(), Binds::AtLeast)),
                "at-most" => binders.push((phrase(), Binds::AtMost)),
                "about" => binders.push((phrase(), Binds::About)),
                other => {
                    let kinds = "number, times, vague, at-least, at-most or about";
                    return Err(error(other, kinds));
                }
            }
        }
        binders.sort_by_key(|(phrase, _): &(Vec<String>, Binds)| std::cmp::Reverse(phrase.len()));
        Ok(Self { words, binders })
    }

    /// The number word `word` (lower case).
    pub fn word(&self, word: &str) -> Option<Quantity> {
        self.words.get(word).copied()
    }

    /// The longest binding phrase that ends right before a number, and its number of words;
    /// `before` holds the words before it in lower case, nearest last.
    pub fn binder(&self, before: &[&str]) -> Option<(Binds, usize)> {
        self.binders
            .iter()
            .find(|(phrase, _)| {
                before.len() >= phrase.len()
                    && phrase
                        .iter()
                        .zip(&before[before.len() - phrase.len()..])
                        .all(|(want, got)| want == got)
            })
            .map(|(phrase, binds)| (*binds, phrase.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words_and_binders() {
        let all = Quantities::parse(include_str!("../../../lexicon/quantities.tsv")).unwrap();
        assert_eq!(all.word("twelve"), Some(Quantity::Number(12)));
        assert_eq!(all.word("dozens"), Some(Quantity::Vague(24)));
        assert_eq!(
            all.binder(&["killing", "no", "fewer", "than"]),
            Some((Binds::AtLeast, 3))
        );
        assert_eq!(all.binder(&["fewer", "than"]), Some((Binds::AtMost, 2)));
        assert_eq!(all.binder(&["killed"]), None);
    }
}
