//! What a user adds to the lexicon from files of their own.

mod places;

use std::fmt;

pub use places::read_places;

/// A mistake in a file of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnError {
    /// The file as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// The column at fault; empty where the whole line is.
    pub column: String,
    /// The offending value.
    pub value: String,
    /// What is allowed there.
    pub allowed: String,
}

impl fmt::Display for OwnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column `{}`", self.column)?;
        }
        write!(
            f,
            ": `{}` is not allowed here; expected {}",
            self.value, self.allowed
        )
    }
}

impl std::error::Error for OwnError {}

/// All mistakes of a file, in the order of its lines; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnErrors(pub Vec<OwnError>);

/// Mistakes that are shown; more of them say nothing new.
const SHOWN: usize = 10;

impl fmt::Display for OwnErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, error) in self.0.iter().take(SHOWN).enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            error.fmt(f)?;
        }
        if self.0.len() > SHOWN {
            write!(f, "\nand {} more", self.0.len() - SHOWN)?;
        }
        Ok(())
    }
}

impl std::error::Error for OwnErrors {}
