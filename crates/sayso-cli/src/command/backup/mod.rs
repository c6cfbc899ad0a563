//! `sayso backup` and `sayso restore`: a ledger with its keys and the desk's accounts in one file.
//!
//! The file is a ZIP archive of the lossless export (`sayso.ledger/1`), the keys (`sayso.keys/1`), the
//! desk's tables and, last, a manifest with the SHA-256 of each. The export is the form in which a
//! ledger goes from any store to any other: what SQLite was backed up from, PostgreSQL can be
//! restored to.
//!
//! Of an encrypted ledger the keys are wrapped as they lie in it, and all else but the manifest is
//! sealed as well: an export says by whom each entry is, and the desk's tables who its users are.

mod opened;
pub(crate) mod restore;
pub(crate) mod write;

use serde::{Deserialize, Serialize};

/// Name and number of the form of a backup.
const SCHEMA: &str = "sayso.backup/1";

/// The same of one that is sealed.
const SEALED_SCHEMA: &str = "sayso.backup/2";

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
    /// Where entries and desk are sealed: the key that opens them, wrapped as the keys are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
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

/// What a file is called in a backup.
fn stored_as(name: &str, is_sealed: bool) -> String {
    match name.strip_suffix(".jsonl") {
        Some(stem) if is_sealed => format!("{stem}.sealed"),
        _ => name.to_owned(),
    }
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
