//! The desk: on one's own machine, or for a team.

pub(crate) mod browser;
mod demo;
pub(crate) mod own;
pub(crate) mod serve;
pub(crate) mod users;

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use sayso_ledger::{LedgerError, Passphrase};
use sayso_server::{Desk, Options, ServerError};
use tokio::runtime::{Builder, Runtime};

use super::{Failure, passphrase};

/// What the server runs on. Linking and laying out hold a thread for a while: there are more threads
/// than cores, so that readers need not wait for them.
fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread()
        .worker_threads(cores() + 2)
        .enable_all()
        .build()?)
}

/// Opens a desk. Where the ledger is encrypted and no passphrase is given, whoever sits at a terminal
/// is asked for it.
async fn opened(
    file: Option<&Path>,
    options: impl Fn(Option<Passphrase>) -> Options,
) -> Result<Desk, Failure> {
    let given = passphrase::given(file)?;
    match Desk::open(options(given.clone())).await {
        Err(ServerError::Ledger(LedgerError::Encrypted { .. }))
            if given.is_none() && passphrase::can_ask() =>
        {
            Ok(Desk::open(options(Some(passphrase::ask()?))).await?)
        }
        desk => Ok(desk?),
    }
}

/// Threads that code: one core is left for those who read.
fn jobs(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.unwrap_or_else(|| NonZeroUsize::new(cores() - 1).unwrap_or(NonZeroUsize::MIN))
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
