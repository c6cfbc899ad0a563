//! The ledger: what came in, what was coded, what analysts decided, and when.
//!
//! Nothing is overwritten. Every entry carries the hash of the one before it, so that
//! [`Book::verify`] finds what was changed, what is missing and, with a head that was kept
//! elsewhere, what was cut off. What identifies a report is sealed under a key of its own, kept
//! apart from the entries: [`Book::erase`] destroys the key, and the chain stays whole.
//!
//! ```text
//! Book ── what may be written, what entries mean ──▶ Ledger ── append, read, keep keys ──▶ SQLite | PostgreSQL
//!   └── chain, hashing, sealing, folding into a View: pure, the same over both
//! ```
//!
//! Start at [`Book`]. The pure part has no clock and no randomness: whoever writes passes the
//! moment in, and keys and nonces are drawn in `book`, `lock` and `sealed_file`.

mod about;
mod book;
mod chain;
mod entry;
mod error;
mod framed;
mod ledger;
mod lock;
mod moment;
mod notice;
mod opened;
mod own;
mod payload;
mod pool;
pub mod postgres;
mod random;
mod references;
mod reviewed;
mod row;
mod seal;
mod sealed_file;
mod sound;
pub mod sqlite;
mod trouble;
mod view;
mod words;

pub use book::{
    Added, Book, Changes, EXPORT_SCHEMA, Found, Hit, Incoming, KEYS_SCHEMA, Known, Missing,
    Opening, Place, ReviewDraft, Tombstone, Transferred, keys_open_with, tombstones_of,
};
pub use chain::{Fault, Verdict, Verifier};
pub use entry::{Derived, DerivedDraft, Draft, Entry, Hash, Head, Kind, ReportRef};
pub use error::LedgerError;
pub use ledger::{Answer, Basis, FULL_PAGE, KeyRow, Ledger, Seen};
pub use lock::{Cost, Lock, LockState, Master, Passphrase};
pub use moment::{Bounds, Moment};
pub use notice::{Notice, Notices};
pub use own::{OwnEvent, OwnStatement, OwnWords};
pub use payload::{About, Content, ErasureClear, OwnHead, ReviewHead, Ruling, WithdrawalHead};
pub use pool::without_reaper;
pub use reviewed::{BY_HAND, Mark, OwnMark, Reviewed, Standing};
pub use seal::Secret;
pub use sealed_file::{FileKey, SealedReader, SealedWriter};
pub use sound::check_sheet;
pub use trouble::Trouble;
pub use view::{Decision, Kept, KeptReport, SheetEntry, Signed, Version, View};
