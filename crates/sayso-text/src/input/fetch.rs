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

/// Whether `path` is an address of the web, and not a file.
pub fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(|text| {
        ["http://", "https://"].iter().any(|scheme| {
            text.get(..scheme.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files() {
        assert!(is_address(Path::new("HTTPS://tarra.example/feed")));
        assert!(!is_address(Path::new("http")));
        assert!(!is_address(Path::new("./https:/x")));
    }
}
