//! The commands of the ledger, one file each.

pub(crate) mod add;
mod add_sheets;
mod archive;
mod decide;
pub(crate) mod diff;
pub(crate) mod erase;
pub(crate) mod export;
mod feeds;
pub(crate) mod head;
pub(crate) mod import;
pub(crate) mod incidents;
pub(crate) mod recode;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod verify;

use jiff::Timestamp;
use sayso_ledger::{Book, Missing, Moment};
use tokio::runtime::{Builder, Runtime};

use super::Failure;
use crate::arguments::ledger::LedgerOptions;

/// What the ledger's database drivers run on. One thread of its own, so that the threads that code
/// can wait for the ledger too.
fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?)
}

/// Opens the ledger.
async fn open(options: &LedgerOptions, missing: Missing) -> Result<Book, Failure> {
    Ok(Book::open(&options.place(), missing).await?)
}

/// The moment that is recorded. The shell has the clock; the ledger has none.
fn now() -> Moment {
    Moment::new(Timestamp::now())
}
