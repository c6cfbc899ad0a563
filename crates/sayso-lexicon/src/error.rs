//! What can be wrong with a lexicon file.

use std::fmt;

/// A mistake in a lexicon file, tied to its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// File name below `lexicon/`.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The offending value.
    pub value: String,
    /// What is allowed there.
    pub allowed: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "lexicon/{}, line {}: `{}` is not allowed here; expected {}",
            self.file, self.line, self.value, self.allowed
        )
    }
}

impl std::error::Error for LexiconError {}
