//! `link/`: how rare words are, and how much each likeness of two reports counts.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// `link/rarity.tsv`: in how many of a fixed set of news texts a word stands.
///
/// Fixed, so that what two reports have in common does not depend on what else is in an archive.
#[derive(Clone, Debug)]
pub struct Rarity {
    /// How many texts were counted.
    texts: u32,
    /// Words in lower case, sorted, with the number of texts.
    words: Vec<(&'static str, u32)>,
}

/// Of words in fewer texts than this the count says nothing: they are not listed.
pub const LEAST_TEXTS: u32 = 4;

impl Rarity {
    /// The shipped table.
    ///
    /// # Errors
    /// Never in a released program: a test parses it.
    pub fn builtin() -> Result<Self, LexiconError> {
        const FILE: &str = "link/rarity.tsv";
        let text = include_str!("../../../lexicon/link/rarity.tsv");
        let table = Table::parse(FILE, text)?;
        let error = |line: usize, value: &str, allowed: &str| LexiconError {
            file: FILE.to_owned(),
            line,
            value: value.to_owned(),
            allowed: allowed.to_owned(),
        };
        let texts = text
            .lines()
            .find_map(|line| line.strip_prefix("# texts: "))
            .and_then(|count| count.trim().parse().ok())
            .ok_or_else(|| error(0, "", "a header line `# texts: NUMBER`"))?;
        let mut words = Vec::with_capacity(table.rows.len());
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((word, count)) = line.split_once('\t') {
                let count = count
                    .parse()
                    .map_err(|_| error(0, count, "a number of texts"))?;
                words.push((word, count));
            }
        }
        Ok(Self { texts, words })
    }

    /// Inverse document frequency of a word in lower case, in natural logarithms: 0 for one that
    /// stands everywhere; words that the table does not list are the rarest.
    pub fn of(&self, word: &str) -> f64 {
        let count = self
            .words
            .binary_search_by(|&(listed, _)| listed.cmp(word))
            .map_or(LEAST_TEXTS - 1, |at| self.words[at].1);
        (f64::from(self.texts + 1) / (f64::from(count) + 0.5))
            .ln()
            .max(0.0)
    }
}

/// `link/weights.tsv`: the weight of each likeness of two reports, in log odds.
#[derive(Clone, Debug)]
pub struct LinkWeights {
    weights: BTreeMap<String, f64>,
}

impl LinkWeights {
    /// The shipped weights.
    ///
    /// # Errors
    /// Never in a released program: a test parses it.
    pub fn builtin() -> Result<Self, LexiconError> {
        const FILE: &str = "link/weights.tsv";
        let table = Table::parse(FILE, include_str!("../../../lexicon/link/weights.tsv"))?;
        let mut weights = BTreeMap::new();
        for row in &table.rows {
            let weight = row.get(1).parse().map_err(|_| LexiconError {
                file: FILE.to_owned(),
                line: row.line,
                value: row.get(1).to_owned(),
                allowed: "a number".to_owned(),
            })?;
            weights.insert(row.get(0).to_owned(), weight);
        }
        Ok(Self { weights })
    }

    /// Weights of the caller's own, for fitting.
    pub fn new(weights: impl IntoIterator<Item = (String, f64)>) -> Self {
        Self {
            weights: weights.into_iter().collect(),
        }
    }

    /// The weight of `likeness`; 0 where none is given.
    pub fn of(&self, likeness: &str) -> f64 {
        self.weights.get(likeness).copied().unwrap_or_default()
    }

    /// Names that a weight is given for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.weights.keys().map(String::as_str)
    }
}

/// `link/phrases.tsv`: words by which it is told what a figure, a denial or a silence is about.
#[derive(Clone, Debug)]
pub struct LinkPhrases {
    /// Kind to phrases in lower case.
    kinds: BTreeMap<String, Vec<String>>,
}

/// What may stand between a phrase and the figure that it is about.
const BEFORE_FIGURES: [&str; 7] = ["a", "the", "about", "around", "some", "least", "at"];

impl LinkPhrases {
    /// The shipped phrases.
    ///
    /// # Errors
    /// Never in a released program: a test parses it.
    pub fn builtin() -> Result<Self, LexiconError> {
        const FILE: &str = "link/phrases.tsv";
        let table = Table::parse(FILE, include_str!("../../../lexicon/link/phrases.tsv"))?;
        let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &table.rows {
            kinds
                .entry(row.get(0).to_owned())
                .or_default()
                .push(row.get(1).to_owned());
        }
        Ok(Self { kinds })
    }

    /// Whether a phrase of `kind` stands in `text`, as whole words, capitals aside.
    pub fn stands_in(&self, kind: &str, text: &str) -> bool {
        let text = spaced(text);
        self.of(kind)
            .any(|phrase| text.contains(&format!(" {phrase} ")))
    }

    /// Whether `text`, what stands before a figure, ends with a phrase of `kind`.
    pub fn ends(&self, kind: &str, text: &str) -> bool {
        let text = spaced(text);
        let mut text = text.trim_end();
        while let Some((rest, last)) = text.rsplit_once(' ')
            && BEFORE_FIGURES.contains(&last)
        {
            text = rest;
        }
        let text = format!(" {text}");
        self.of(kind)
            .any(|phrase| text.ends_with(&format!(" {phrase}")))
    }

    /// Whether `text`, what stands behind a figure, begins with a phrase of `kind`.
    pub fn starts(&self, kind: &str, text: &str) -> bool {
        let text = spaced(text);
        self.of(kind)
            .any(|phrase| text.starts_with(&format!(" {phrase} ")))
    }

    /// The first phrase of `kind` in `text`, the longest of those that begin there, and what stands
    /// behind it as it is written.
    pub fn find<'t>(&self, kind: &str, text: &'t str) -> Option<(&str, &'t str)> {
        let is_word = |c: char| c.is_alphanumeric();
        let mut at_start = true;
        for (at, c) in text.char_indices() {
            if at_start && is_word(c) {
                let rest = text.get(at..).unwrap_or_default();
                let here = self
                    .of(kind)
                    .filter_map(|phrase| Some((phrase, behind(rest, phrase)?)))
                    .max_by_key(|(phrase, _)| phrase.len());
                if here.is_some() {
                    return here;
                }
            }
            at_start = !is_word(c);
        }
        None
    }

    fn of(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.kinds
            .get(kind)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// The kinds that have phrases.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }
}

/// What stands behind `phrase` where `text` begins with it, as whole words, capitals aside.
fn behind<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let mut rest = text;
    for word in phrase.split(' ') {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (own, left) = rest.split_at(end);
        if own.to_lowercase() != word {
            return None;
        }
        rest = left;
    }
    Some(rest)
}

/// Words in lower case with one space on either side of each.
fn spaced(text: &str) -> String {
    let mut spaced = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            spaced.push_str(&word.to_lowercase());
            spaced.push(' ');
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_less_rare_than_names() {
        let rarity = Rarity::builtin().unwrap();
        assert!(rarity.of("the") < 0.5);
        assert!(rarity.of("police") < rarity.of("aleppo"));
        assert!(rarity.of("aleppo") < rarity.of("qwertyuiop"));
    }

    #[test]
    fn phrases_are_whole_words() {
        let phrases = LinkPhrases::builtin().unwrap();
        assert!(phrases.stands_in("part", "Responsibility for the attack"));
        assert!(!phrases.stands_in("part", "his irresponsibility"));
        assert!(phrases.ends("earlier", "lowering an earlier toll of at least "));
        assert!(phrases.ends("from", "rose to 14 from "));
        assert!(!phrases.ends("earlier", "the hospital said that "));
        assert!(phrases.starts("part-behind", " of the dead, she said"));
        assert!(!phrases.starts("part-behind", " people, seven of the dead"));
    }

    #[test]
    fn what_stands_behind_a_phrase_is_as_it_is_written() {
        let phrases = LinkPhrases::builtin().unwrap();
        let text = "It denied any Involvement in the raid, the first.";
        assert_eq!(
            phrases.find("part", text),
            Some(("any involvement", " in the raid, the first."))
        );
        assert_eq!(phrases.find("part", "no irresponsibility"), None);
        assert_eq!(phrases.find("part", ""), None);
    }

    #[test]
    fn words_are_sorted_for_the_search() {
        let rarity = Rarity::builtin().unwrap();
        assert!(rarity.words.is_sorted_by(|a, b| a.0 < b.0));
    }
}
