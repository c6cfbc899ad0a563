//! `link/`: how rare words are, and how much each likeness of two reports counts.

use std::borrow::Cow;
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
    kinds: BTreeMap<String, Phrases>,
}

/// The phrases of one kind, found by their first words and by their last ones.
#[derive(Clone, Debug, Default)]
struct Phrases {
    /// As they are listed, and word by word.
    all: Vec<(String, Vec<String>)>,
    by_first: BTreeMap<String, Vec<usize>>,
    by_last: BTreeMap<String, Vec<usize>>,
}

impl Phrases {
    fn add(&mut self, phrase: &str) {
        let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let number = self.all.len();
            self.by_first.entry(first.clone()).or_default().push(number);
            self.by_last.entry(last.clone()).or_default().push(number);
            self.all.push((phrase.to_owned(), words));
        }
    }

    /// The phrases that this index has under `word`.
    fn under<'p>(
        &'p self,
        index: &'p BTreeMap<String, Vec<usize>>,
        word: &str,
    ) -> impl Iterator<Item = (&'p str, &'p [String])> {
        let numbers = index.get(word).into_iter().flatten();
        numbers
            .filter_map(|&number| self.all.get(number))
            .map(|(phrase, words)| (phrase.as_str(), words.as_slice()))
    }

    /// The longest phrase with which `words` begin.
    fn at_start(&self, words: &[Word<'_>]) -> Option<(&str, usize)> {
        let first = words.first()?;
        self.under(&self.by_first, &first.low)
            .filter(|(_, phrase)| {
                words.len() >= phrase.len() && words.iter().zip(*phrase).all(|(w, p)| w.low == *p)
            })
            .map(|(phrase, words)| (phrase, words.len()))
            .max_by_key(|found| found.1)
    }

    /// Whether `words` end with a phrase.
    fn at_end(&self, words: &[Word<'_>]) -> bool {
        words.last().is_some_and(|last| {
            self.under(&self.by_last, &last.low).any(|(_, phrase)| {
                words.len() >= phrase.len()
                    && words
                        .iter()
                        .rev()
                        .zip(phrase.iter().rev())
                        .all(|(w, p)| w.low == *p)
            })
        })
    }
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
        let mut kinds: BTreeMap<String, Phrases> = BTreeMap::new();
        for row in &table.rows {
            kinds
                .entry(row.get(0).to_owned())
                .or_default()
                .add(row.get(1));
        }
        Ok(Self { kinds })
    }

    /// Whether a phrase of `kind` stands in `text`, as whole words, capitals aside.
    pub fn stands_in(&self, kind: &str, text: &str) -> bool {
        self.find(kind, text).is_some()
    }

    /// Whether `text`, what stands before a figure, ends with a phrase of `kind`.
    pub fn ends(&self, kind: &str, text: &str) -> bool {
        let words: Vec<Word<'_>> = words(text).collect();
        let between = words.iter().rev();
        let between = between
            .take_while(|word| BEFORE_FIGURES.contains(&word.low.as_ref()))
            .count();
        let words = words.get(..words.len() - between).unwrap_or_default();
        self.kinds
            .get(kind)
            .is_some_and(|phrases| phrases.at_end(words))
    }

    /// Whether `text`, what stands behind a figure, begins with a phrase of `kind`.
    pub fn starts(&self, kind: &str, text: &str) -> bool {
        let words: Vec<Word<'_>> = words(text).collect();
        let phrases = self.kinds.get(kind);
        phrases.is_some_and(|phrases| phrases.at_start(&words).is_some())
    }

    /// The first phrase of `kind` in `text`, the longest of those that begin there, and what stands
    /// behind it as it is written.
    pub fn find<'t>(&self, kind: &str, text: &'t str) -> Option<(&str, &'t str)> {
        let phrases = self.kinds.get(kind)?;
        let words: Vec<Word<'_>> = words(text).collect();
        (0..words.len()).find_map(|at| {
            let (phrase, count) = phrases.at_start(words.get(at..)?)?;
            let end = words.get(at + count - 1)?.end;
            Some((phrase, text.get(end..)?))
        })
    }

    /// The kinds that have phrases.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }
}

/// A word of a text.
struct Word<'t> {
    /// In lower case.
    low: Cow<'t, str>,
    /// Where it ends, in bytes.
    end: usize,
}

/// The runs of letters and digits of a text.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut start = 0;
    text.split(|c: char| !c.is_alphanumeric())
        .filter_map(move |word| {
            let end = start + word.len();
            // Behind the sign that ended it.
            start = end + text.get(end..)?.chars().next().map_or(0, char::len_utf8);
            let low = if word.chars().any(char::is_uppercase) {
                Cow::Owned(word.to_lowercase())
            } else {
                Cow::Borrowed(word)
            };
            (!word.is_empty()).then_some(Word { low, end })
        })
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
        let behind = phrases.find("killed", "zwölf – „Bodies“ lay there");
        assert_eq!(behind, Some(("bodies", "“ lay there")));
        assert_eq!(phrases.find("part", "no irresponsibility"), None);
        assert_eq!(phrases.find("part", ""), None);
    }

    #[test]
    fn words_are_sorted_for_the_search() {
        let rarity = Rarity::builtin().unwrap();
        assert!(rarity.words.is_sorted_by(|a, b| a.0 < b.0));
    }
}
