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
pub(crate) mod lock;
pub(crate) mod recode;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod verify;

use std::time::Duration;

use jiff::Timestamp;
use sayso_ledger::{Book, LedgerError, Missing, Moment, Notices, Opening, Passphrase};
use tokio::runtime::{Builder, Runtime};

use super::{Failure, passphrase};
use crate::arguments::ledger::LedgerOptions;
use crate::show::style::{NOTE, paint, safe};

/// How far a clock may be behind the ledger's last entry before that is told.
const BEHIND: Duration = Duration::from_secs(2);

/// What the ledger's database drivers run on. One thread of its own, so that the threads that code
/// can wait for the ledger too.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?)
}

/// Opens the ledger. Where it is encrypted and no passphrase is given, whoever sits at a terminal is
/// asked for it.
pub(super) async fn open(options: &LedgerOptions, missing: Missing) -> Result<Book, Failure> {
    let given = passphrase::given(options.passphrase_file.as_deref())?;
    match open_with(options, missing, given.clone()).await {
        Err(Failure::Ledger(LedgerError::Encrypted { .. }))
            if given.is_none() && passphrase::can_ask() =>
        {
            open_with(options, missing, Some(passphrase::ask()?)).await
        }
        opened => opened,
    }
}

/// Opens the ledger with this passphrase or without one.
pub(super) async fn open_with(
    options: &LedgerOptions,
    missing: Missing,
    passphrase: Option<Passphrase>,
) -> Result<Book, Failure> {
    let opening = Opening {
        passphrase,
        notices: notices(),
        ..Opening::new(missing)
    };
    let book = Book::open_as(&options.place(), &opening).await?;
    tell_of_clock(&book).await?;
    Ok(book)
}

/// What the ledger has to tell, told on standard error.
pub(super) fn notices() -> Notices {
    Notices::to(|notice| note(&notice.to_string()))
}

fn note(what: &str) {
    anstream::eprintln!("{}: {}", paint(NOTE, "note"), safe(what));
}

/// A clock that was set back does no harm to the ledger, but whoever asks for a view as of some time
/// has to know.
async fn tell_of_clock(book: &Book) -> Result<(), Failure> {
    let head = book.head().await?;
    let ahead = Moment::parse(&head.recorded)
        .filter(|recorded| *recorded > Moment::new(Timestamp::now() + BEHIND));
    if let Some(recorded) = ahead {
        note(&format!(
            "the clock of this machine is behind the ledger, whose last entry is of {recorded}: what \
             is recorded now is recorded as of then; set the clock right"
        ));
    }
    Ok(())
}

/// The moment that is recorded. The shell has the clock; the ledger has none.
pub(super) fn now() -> Moment {
    Moment::new(Timestamp::now())
}
