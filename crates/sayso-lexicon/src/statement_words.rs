//! `statement-words.tsv`: word lists that the rules of statements ask for, by class.

use std::collections::{BTreeMap, BTreeSet};

use crate::{LexiconError, Table};

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident = $name:literal),+ $(,)?) => {
        /// What the words of a list have in common; the file's header says it of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum WordClass { $($(#[$doc])* $class),+ }

        const CLASSES: &[(&str, WordClass)] = &[$(($name, WordClass::$class)),+];
    };
}

classes! {
    /// Verbs whose object is the one who is told.
    Addressing = "addressing",
    /// Words in the name of a body that fights.
    ArmedWord = "armed-word",
    /// Verbs that, as participles, go on with what the same speaker said.
    Continuing = "continuing",
    /// Words for a state's bodies as a whole.
    GeneralBody = "general-body",
    /// Words in the name of a body of a state.
    GoverningWord = "governing-word",
    /// Verbs whose subject speaks through a text.
    Issuing = "issuing",
    /// Verbs whose subject speaks through a cue noun.
    LightVerb = "light-verb",
    /// Parts of a cue by which a body is silent altogether.
    Mute = "mute",
    /// What "according to" governs when nobody speaks.
    NoSpeaker = "no-speaker",
    /// Verbs of wishing, doing and perceiving.
    NoSpeech = "no-speech",
    /// Numbers of units in words.
    Ordinal = "ordinal",
    /// Last words of the names of papers, agencies and stations.
    OutletWord = "outlet-word",
    /// Verbs that put a text before the public.
    Publishing = "publishing",
    /// Words in the name of a fighting body that make it no state's.
    RebelWord = "rebel-word",
    /// Nouns of what a warning threatens with.
    Retaliation = "retaliation",
    /// Words that the names of two bodies can share without being of one kind.
    SharedWord = "shared-word",
    /// Nouns of what shows something for those who made it.
    Showing = "showing",
    /// Verbs that show, seem or quote without speaking.
    Shows = "shows",
    /// Words for one body of a state.
    StateBody = "state-body",
    /// Words in the name of a fighting body that make it a state's.
    StateWord = "state-word",
    /// Verbs whose object can be a text.
    TextVerb = "text-verb",
}

/// All lists.
#[derive(Clone, Debug, Default)]
pub struct StatementWords {
    words: BTreeMap<WordClass, BTreeSet<String>>,
}

impl StatementWords {
    /// Parses the content of `statement-words.tsv`.
    ///
    /// # Errors
    /// As [`Table::parse`], an unknown class, or a class without a word.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("statement-words.tsv", text)?;
        let error = |line: usize, value: &str, allowed: String| LexiconError {
            file: table.file.to_owned(),
            line,
            value: value.to_owned(),
            allowed,
        };
        let mut words: BTreeMap<WordClass, BTreeSet<String>> = BTreeMap::new();
        for row in &table.rows {
            let Some((_, class)) = CLASSES.iter().find(|(name, _)| *name == row.get(0)) else {
                let names: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
                return Err(error(row.line, row.get(0), names.join(", ")));
            };
            words
                .entry(*class)
                .or_default()
                .insert(row.get(1).to_owned());
        }
        for (name, class) in CLASSES {
            if !words.contains_key(class) {
                return Err(error(0, name, "a class with a word at least".to_owned()));
            }
        }
        Ok(Self { words })
    }

    /// Whether `word`, a lemma or a word in lower case, is of `class`.
    pub fn has(&self, class: WordClass, word: &str) -> bool {
        self.words
            .get(&class)
            .is_some_and(|words| words.contains(word))
    }

    /// The words of `class`, sorted.
    pub fn of(&self, class: WordClass) -> impl Iterator<Item = &str> {
        self.words
            .get(&class)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    const HEAD: &str = "# origin: test\n# licence: test\n# keys: repeat\n# columns: class\tword\n";

    #[test]
    fn words_are_asked_for_by_class() {
        let words = Lexicon::builtin().unwrap().statement_words;
        assert!(words.has(WordClass::Addressing, "tell"));
        assert!(!words.has(WordClass::Showing, "tell"));
        assert!(words.of(WordClass::Ordinal).any(|w| w == "fourth"));
    }

    #[test]
    fn names_an_unknown_class_and_an_empty_one() {
        let error = StatementWords::parse(&format!("{HEAD}adressing\ttell\n")).unwrap_err();
        assert_eq!(error.value, "adressing");
        let error = StatementWords::parse(&format!("{HEAD}addressing\ttell\n")).unwrap_err();
        assert_eq!(error.value, "armed-word");
    }
}
