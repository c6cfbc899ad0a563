//! What stands at an address: handed in by the shell, since nothing here opens a connection.

use std::error::Error;
use std::path::Path;

/// Gets what stands at an address.
pub trait Fetch: Send {
    /// The document at `address`; `None` where it has not changed since it was last had.
    ///
    /// # Errors
    /// Why it could not be had, in words for a person.
    fn fetch(&mut self, address: &str) -> Result<Option<Fetched>, Box<dyn Error + Send + Sync>>;
}

/// A document as a server gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes, transfer and content coding undone.
    pub bytes: Vec<u8>,
    /// The encoding that the server named beside it.
    pub charset: Option<String>,
}

/// Whether `path` is an address (`https://…`), and not a file. Which addresses can be read is for
/// [`Fetch`] to say.
pub fn is_address(path: &Path) -> bool {
    path.to_str()
        .and_then(|text| text.split_once("://"))
        .is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files() {
        assert!(is_address(Path::new("HTTPS://tarra.example/feed")));
        assert!(is_address(Path::new("ftp://tarra.example/feed")));
        assert!(!is_address(Path::new("http")));
        assert!(!is_address(Path::new("./https:/x")));
    }
}
