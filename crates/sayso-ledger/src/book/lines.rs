//! Lines of JSON that come from elsewhere.

use std::io::BufRead;

use sayso_text::input::{Bounded, bounded_line};

use crate::error::LedgerError;

/// Longest line of an export that is read, in bytes: several times what the longest report needs,
/// whose bytes and text are packed before they are written.
const LONGEST_LINE: u64 = 500_000_000;

/// Lines of JSON, with their numbers.
pub(super) struct Lines<'a> {
    stream: &'a mut (dyn BufRead + Send),
    line: u64,
    limit: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(stream: &'a mut (dyn BufRead + Send)) -> Self {
        Self {
            stream,
            line: 0,
            limit: LONGEST_LINE,
        }
    }

    pub(super) fn next<T: serde::de::DeserializeOwned>(
        &mut self,
    ) -> Result<Option<T>, LedgerError> {
        let mut written = Vec::new();
        self.line += 1;
        match bounded_line(&mut *self.stream, self.limit, &mut written) {
            Ok(Bounded::Line) => serde_json::from_slice(&written)
                .map(Some)
                .map_err(|error| self.wrong(&error.to_string())),
            Ok(Bounded::End) => Ok(None),
            Ok(Bounded::TooLong) => {
                Err(self.wrong(&format!("is longer than {} MB", self.limit / 1_000_000)))
            }
            Err(source) => Err(self.wrong(&source.to_string())),
        }
    }

    pub(super) fn wrong(&self, what: &str) -> LedgerError {
        LedgerError::Import {
            line: self.line,
            what: what.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use serde_json::Value;

    use super::*;

    #[test]
    fn a_line_without_an_end_is_not_read_to_its_end() {
        let first = "{\"schema\":\"sayso.keys/1\",\"ledger\":null}\n";
        let endless = std::io::repeat(b'a').take(3_000_000);
        let mut stream = std::io::BufReader::new(first.as_bytes().chain(endless));
        let mut lines = Lines {
            limit: 1_000_000,
            ..Lines::new(&mut stream)
        };
        assert!(lines.next::<Value>().unwrap().is_some());
        let told = lines.next::<Value>().err().unwrap().to_string();
        assert_eq!(told, "line 2: is longer than 1 MB");
    }
}
