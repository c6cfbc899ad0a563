//! By what servers know the versions of the feeds that are in the ledger, so that a feed that has
//! not changed is not sent again.
//!
//! They lie in a file beside the ledger (`sayso.db.feeds`), sealed for it: which outlets somebody
//! follows is nobody else's business. They hold only while the ledger has
//! what was read then: of a ledger that was made anew, cut off or brought back from a copy, every
//! feed is read again.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sayso_fetch::{Fetcher, Limits, Seen};
use sayso_ledger::{Book, Head, Place};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::super::Failure;

/// What the file is sealed as.
const NAME: &str = "feeds";

/// Feeds by their addresses.
type ByAddress = BTreeMap<String, Seen>;

/// The feeds of one ledger.
pub(super) struct Feeds {
    /// A ledger in PostgreSQL has no file beside it: its feeds are read each time.
    file: Option<PathBuf>,
    before: ByAddress,
    now: Arc<Mutex<ByAddress>>,
    /// Whether one that was known before is to be read anew.
    has_forgotten: bool,
}

impl Feeds {
    /// What is known of feeds that are in `book`.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub(super) fn of(place: &Place, runtime: &Runtime, book: &Book) -> Result<Self, Failure> {
        let file = match place {
            Place::Sqlite { ledger, .. } => {
                let mut name = ledger.clone().into_os_string();
                name.push(".feeds");
                Some(PathBuf::from(name))
            }
            Place::Postgres { .. } => None,
        };
        let mut before = ByAddress::new();
        // A file that cannot be read, or is damaged, costs only that feeds are read again.
        let written = file.as_ref().and_then(|file| fs::read(file).ok());
        let written = match written {
            Some(sealed) => runtime.block_on(book.open_beside(NAME, &sealed))?,
            None => None,
        };
        if let Some((head, feeds)) = written.as_deref().and_then(read)
            && runtime.block_on(book.holds(&head))?
        {
            before = feeds;
        }
        Ok(Self {
            file,
            before,
            now: Arc::default(),
            has_forgotten: false,
        })
    }

    /// The client that asks for what has changed.
    pub(super) fn fetcher(&self, allow_private: bool) -> Fetcher {
        let now = Arc::clone(&self.now);
        let fetcher = Fetcher::new(Limits::default()).allowing_private(allow_private);
        fetcher.since(self.before.clone(), move |address, seen| {
            now.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(address.to_owned(), seen);
        })
    }

    /// The feed at this address is read anew the next time, whether it has changed or not.
    pub(super) fn forget(&mut self, address: &str) {
        self.has_forgotten |= self.before.remove(address).is_some();
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.remove(address);
    }

    /// Keeps what was learned in this run: everything that was read is in the ledger.
    ///
    /// # Errors
    /// Where the ledger cannot be read or the file cannot be written.
    pub(super) fn keep(self, runtime: &Runtime, book: &Book) -> Result<(), Failure> {
        let head = runtime.block_on(book.head())?;
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let is_changed = !now.is_empty() || self.has_forgotten;
        let Some(file) = self.file.filter(|_| is_changed) else {
            return Ok(());
        };
        let mut feeds = self.before;
        for (address, seen) in now.iter() {
            feeds.insert(address.clone(), seen.clone());
        }
        let written = json!({
            "schema": "sayso.feeds/1",
            "entry": head.number, "hash": head.hash,
            "feeds": feeds,
        });
        let failed = |error| Failure::File(file.clone(), error);
        let mut name = file.clone().into_os_string();
        name.push(".new");
        let fresh = PathBuf::from(name);
        let written = format!("{written:#}\n");
        let sealed = runtime.block_on(book.seal_beside(NAME, written.as_bytes()))?;
        write(&fresh, &sealed).map_err(failed)?;
        fs::rename(&fresh, &file).map_err(failed)
    }
}

/// Writes a file that only its owner reads, like the ledger's own.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

/// Reads the file: the ledger's head at the time, and the feeds.
fn read(bytes: &[u8]) -> Option<(Head, ByAddress)> {
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    if value.get("schema")? != "sayso.feeds/1" {
        return None;
    }
    let head = Head {
        number: value.get("entry")?.as_u64()?,
        hash: value.get("hash")?.as_str()?.to_owned(),
        ..Head::start()
    };
    let feeds = serde_json::from_value(value.get_mut("feeds")?.take()).ok()?;
    Some((head, feeds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_know_nothing() {
        for written in [
            "",
            "{}",
            "[1]",
            "{\"schema\": \"sayso.feeds/1\", \"entry\": 1}",
        ] {
            assert!(read(written.as_bytes()).is_none(), "{written}");
        }
        let good = br#"{"schema": "sayso.feeds/1", "entry": 4, "hash": "ab",
            "feeds": {"https://tarra.example/rss": {"etag": "\"v1\""}}}"#;
        let (head, feeds) = read(good).unwrap();
        assert_eq!((head.number, head.hash.as_str()), (4, "ab"));
        assert_eq!(feeds.len(), 1);
    }
}
