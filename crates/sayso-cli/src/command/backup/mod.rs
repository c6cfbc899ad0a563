//! `sayso backup` and `sayso restore`: a ledger with its keys and the desk's accounts in one file.
//!
//! The file is a ZIP archive of the lossless export (`sayso.ledger/1`), the keys (`sayso.keys/1`), the
//! desk's tables and, last, a manifest with the SHA-256 of each. The export is the form in which a
//! ledger goes from any store to any other: what SQLite was backed up from, PostgreSQL can be
//! restored to.

pub(crate) mod restore;
pub(crate) mod write;

use serde::{Deserialize, Serialize};

/// Name and number of the form of a backup.
const SCHEMA: &str = "sayso.backup/1";

/// Names of what lies in one.
const MANIFEST: &str = "manifest.json";
const ENTRIES: &str = "entries.jsonl";
const KEYS: &str = "keys.jsonl";
const DESK: &str = "desk.jsonl";

/// What a backup is of, and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    schema: String,
    /// When it was begun.
    made: String,
    /// By which version of the program.
    sayso: String,
    /// Entries of the ledger, and the hash of the last.
    entries: u64,
    head: String,
    /// Keys, the ledger's own not counted.
    keys: u64,
    /// Whether the keys are wrapped under a passphrase.
    encrypted: bool,
    /// Rows of the desk's tables.
    desk: u64,
    files: Vec<Member>,
}

/// A file in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Member {
    name: String,
    bytes: u64,
    sha256: String,
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
