//! The header lines of a case, and the words that they may hold.

use std::collections::BTreeSet;

/// What a case says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    /// Part of the world.
    pub(crate) region: Vec<String>,
    /// How the report is written.
    pub(crate) style: Vec<String>,
    /// Constructions that the case shows.
    pub(crate) construction: Vec<String>,
    /// Constructions that the case only looks like: something that must not be found.
    pub(crate) negative: Vec<String>,
    /// Event frames whose words the text has, though nothing of theirs happens in it.
    pub(crate) lookalike: Vec<String>,
}

impl Header {
    /// Takes a header line in; whether it is one.
    pub(super) fn take_line(&mut self, line: &str) -> bool {
        let Some((key, words)) = line.split_once(':') else {
            return false;
        };
        let field = match key {
            "region" => &mut self.region,
            "style" => &mut self.style,
            "construction" => &mut self.construction,
            "negative" => &mut self.negative,
            "lookalike" => &mut self.lookalike,
            _ => return false,
        };
        field.extend(words.split(',').map(|word| word.trim().to_owned()));
        true
    }
}

/// A word, a colon and something: prose of a case does not begin like that.
pub(super) fn looks_like_a_field(line: &str) -> bool {
    line.split_once(": ")
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase()))
}

/// The words that `cases/README.md` lists.
pub(crate) struct Vocabulary {
    pub(crate) regions: BTreeSet<String>,
    pub(crate) styles: BTreeSet<String>,
    pub(crate) constructions: BTreeSet<String>,
}

impl Vocabulary {
    /// Reads the lists under the headings Regions, Styles and Constructions: each item begins
    /// with its word between back quotes.
    pub(crate) fn parse(readme: &str) -> Self {
        let list = |heading: &str| -> BTreeSet<String> {
            let words: BTreeSet<String> = readme
                .lines()
                .skip_while(|line| *line != format!("## {heading}"))
                .skip(1)
                .take_while(|line| !line.starts_with("## "))
                .filter_map(|line| line.strip_prefix("- `"))
                .filter_map(|line| line.split_once('`'))
                .map(|(word, _)| word.to_owned())
                .collect();
            assert!(!words.is_empty(), "cases/README.md lists no {heading}");
            words
        };
        Self {
            regions: list("Regions"),
            styles: list("Styles"),
            constructions: list("Constructions"),
        }
    }

    /// The words of a header that are in no list.
    pub(crate) fn unknown<'h>(&self, header: &'h Header) -> Vec<&'h str> {
        let outside = |words: &'h [String], list: &BTreeSet<String>| -> Vec<&'h str> {
            words
                .iter()
                .filter(|word| !list.contains(*word))
                .map(String::as_str)
                .collect()
        };
        let mut unknown = outside(&header.region, &self.regions);
        unknown.extend(outside(&header.style, &self.styles));
        unknown.extend(outside(&header.construction, &self.constructions));
        unknown.extend(outside(&header.negative, &self.constructions));
        unknown
    }
}
