//! The commands of the ledger, one file each.

pub(crate) mod add;
mod add_sheets;
mod archive;
mod decide;
pub(crate) mod diff;
pub(crate) mod erase;
pub(crate) mod export;
mod facts;
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

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sayso_ledger::{Book, LedgerError, Missing, Moment, Notices, Opening, Passphrase};
use tokio::runtime::{Builder, Runtime};

use super::{Failure, passphrase};
use crate::arguments::ledger::LedgerOptions;
use crate::show::style::{NOTE, paint, safe};

/// The variable that says for how many seconds a database that does not answer is asked again.
const PATIENCE: &str = "SAYSO_PATIENCE";

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
    open_asking(options, Opening::new(missing)).await
}

/// As [`open`], for whoever brings the entries of a ledger and may bring its keys.
pub(super) async fn open_to_import(
    options: &LedgerOptions,
    brings_keys: bool,
) -> Result<Book, Failure> {
    let opening = Opening {
        brings_keys,
        ..Opening::new(Missing::Make)
    };
    open_asking(options, opening).await
}

async fn open_asking(options: &LedgerOptions, opening: Opening) -> Result<Book, Failure> {
    let given = passphrase::given(options.passphrase_file.as_deref())?;
    match open_as(options, opening.clone(), given.clone()).await {
        Err(Failure::Ledger(LedgerError::Encrypted { .. }))
            if given.is_none() && passphrase::can_ask() =>
        {
            open_as(options, opening, Some(passphrase::ask()?)).await
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
    open_as(options, Opening::new(missing), passphrase).await
}

pub(super) async fn open_as(
    options: &LedgerOptions,
    opening: Opening,
    passphrase: Option<Passphrase>,
) -> Result<Book, Failure> {
    let opening = Opening {
        passphrase,
        notices: notices(),
        patience: patience()?.unwrap_or(opening.patience),
        ..opening
    };
    let book = Book::open_as(&options.place(), &opening).await?;
    tell_of_clock(&book).await?;
    Ok(book)
}

/// How long a database that does not answer is asked again, where somebody says so.
fn patience() -> Result<Option<Duration>, Failure> {
    let Some(written) = std::env::var(PATIENCE).ok().filter(|set| !set.is_empty()) else {
        return Ok(None);
    };
    match written.trim().parse() {
        Ok(seconds) => Ok(Some(Duration::from_secs(seconds))),
        Err(_) => Err(Failure::Word {
            what: "number of seconds in SAYSO_PATIENCE",
            word: written,
            allowed: "a whole number such as 120".to_owned(),
        }),
    }
}

/// What is wrong with a file that is read is told with its name.
pub(super) fn of_file(path: &Path) -> impl Fn(LedgerError) -> Failure {
    move |error| match error {
        LedgerError::Import { .. }
        | LedgerError::Encrypted { .. }
        | LedgerError::WrongPassphrase { .. } => {
            let name = match path.as_os_str() {
                name if name == "-" => "standard input".to_owned(),
                _ => path.display().to_string(),
            };
            Failure::Told(format!("{name}: {error}"))
        }
        other => Failure::Ledger(other),
    }
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
