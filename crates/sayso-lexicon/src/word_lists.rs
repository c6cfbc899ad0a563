//! Files of word lists by class: `statement-words.tsv`, `event-words.tsv`.
//!
//! Two columns, class and word; the file's header says of every class, in a line `# class: …`,
//! what its words have in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::{LexiconError, Table};

/// The classes of one file.
pub trait WordClasses: Copy + Ord + 'static {
    /// The file's name below `lexicon/`.
    const FILE: &'static str;
    /// Every class with the name that the file gives it, sorted by name.
    const ALL: &'static [(&'static str, Self)];
}

/// Declares the classes of one file: `Variant = "name"`.
macro_rules! word_classes {
    (
        $(#[$meta:meta])* $type:ident of $file:literal {
            $($(#[$doc:meta])* $class:ident = $name:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type { $($(#[$doc])* $class),+ }

        impl $crate::word_lists::WordClasses for $type {
            const FILE: &'static str = $file;
            const ALL: &'static [(&'static str, Self)] = &[$(($name, $type::$class)),+];
        }
    };
}
pub(crate) use word_classes;

/// All lists of one file.
#[derive(Clone, Debug)]
pub struct WordLists<C> {
    words: BTreeMap<C, BTreeSet<String>>,
}

impl<C> Default for WordLists<C> {
    fn default() -> Self {
        Self {
            words: BTreeMap::new(),
        }
    }
}

impl<C: WordClasses> WordLists<C> {
    /// Parses the content of the classes' file.
    ///
    /// # Errors
    /// As [`Table::parse`], an unknown class, or a class without a word or a line of its own in
    /// the header.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table = Table::parse(C::FILE, text)?;
        let error = |line: usize, value: &str, allowed: String| LexiconError {
            file: table.file.to_owned(),
            line,
            value: value.to_owned(),
            allowed,
        };
        let mut words: BTreeMap<C, BTreeSet<String>> = BTreeMap::new();
        for row in &table.rows {
            let Some((_, class)) = C::ALL.iter().find(|(name, _)| *name == row.get(0)) else {
                let names: Vec<&str> = C::ALL.iter().map(|(name, _)| *name).collect();
                return Err(error(row.line, row.get(0), names.join(", ")));
            };
            words
                .entry(*class)
                .or_default()
                .insert(row.get(1).to_owned());
        }
        for (name, class) in C::ALL {
            if !words.contains_key(class) {
                return Err(error(0, name, "a class with a word at least".to_owned()));
            }
            let explained = |line: &str| {
                line.strip_prefix("# ")
                    .and_then(|line| line.strip_prefix(name))
                    .is_some_and(|rest| rest.starts_with(": "))
            };
            if !text.lines().any(explained) {
                return Err(error(0, name, format!("a header line `# {name}: …`")));
            }
        }
        Ok(Self { words })
    }

    /// Whether `word`, a lemma or a word in lower case, is of `class`.
    pub fn has(&self, class: C, word: &str) -> bool {
        self.words
            .get(&class)
            .is_some_and(|words| words.contains(word))
    }

    /// The words of `class`, sorted.
    pub fn of(&self, class: C) -> impl Iterator<Item = &str> {
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

    word_classes! {
        /// Two lists.
        #[allow(unreachable_pub)] // a test has nobody to publish to
        Fruit of "fruit.tsv" {
            /// On trees.
            Pome = "pome",
            /// On canes.
            Berry = "berry",
        }
    }

    const HEAD: &str = "# pome: on trees.\n# origin: test\n# licence: test\n# keys: repeat\n# columns: class\tword\n";

    fn value(text: &str) -> String {
        WordLists::<Fruit>::parse(text).unwrap_err().value
    }

    #[test]
    fn names_what_a_file_lacks() {
        assert_eq!(value(&format!("{HEAD}bery\tcurrant\n")), "bery");
        assert_eq!(value(&format!("{HEAD}berry\tcurrant\n")), "pome");
        assert_eq!(
            value(&format!("{HEAD}berry\tcurrant\npome\tquince\n")),
            "berry",
            "no header line"
        );
        let all = format!("# berry: on canes.\n{HEAD}berry\tcurrant\npome\tquince\n");
        let lists = WordLists::<Fruit>::parse(&all).unwrap();
        assert!(lists.has(Fruit::Pome, "quince") && !lists.has(Fruit::Berry, "quince"));
        assert!(lists.of(Fruit::Berry).eq(["currant"]));
    }
}
