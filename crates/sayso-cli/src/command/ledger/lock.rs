//! `sayso ledger encrypt`, `passphrase` and `decrypt`.

use sayso_ledger::{Book, Missing, Opening};

use super::super::{Failure, passphrase};
use super::{notices, runtime};
use crate::arguments::keep::LockCommand;
use crate::arguments::ledger::LedgerOptions;

/// Locks the ledger, changes its lock, or takes it away.
///
/// # Errors
/// Where the ledger cannot be opened, or the passphrase does not fit.
pub(crate) fn run(what: &LockCommand) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        match what {
            LockCommand::Encrypt { ledger } => encrypt(ledger).await?,
            LockCommand::Passphrase {
                ledger,
                new_passphrase_file,
            } => {
                let before = passphrase::existing(ledger.passphrase_file.as_deref())?;
                let book = super::open_with(ledger, Missing::Refuse, Some(before.clone())).await?;
                let after = passphrase::next(new_passphrase_file.as_deref())?;
                book.change_passphrase(&before, &after).await?;
                book.close().await?;
                anstream::eprintln!(
                    "the passphrase is another now. Copies of the keys made before, in backups too, \
                     still open with the earlier one: destroy them"
                );
            }
            LockCommand::Decrypt { ledger } => {
                let before = passphrase::existing(ledger.passphrase_file.as_deref())?;
                let book = super::open_with(ledger, Missing::Refuse, Some(before.clone())).await?;
                book.decrypt(&before).await?;
                book.close().await?;
                anstream::eprintln!(
                    "there is no passphrase any more: whoever has the ledger and its keys can read it"
                );
            }
        }
        Ok(0)
    })
}

async fn encrypt(ledger: &LedgerOptions) -> Result<(), Failure> {
    let new = passphrase::first(ledger.passphrase_file.as_deref())?;
    // Opened without it, where it is not encrypted yet; with it, where that was cut short.
    let opening = Opening {
        notices: notices(),
        ..Opening::new(Missing::Refuse)
    };
    let book = match Book::open_as(&ledger.place(), &opening).await {
        Err(sayso_ledger::LedgerError::Encrypted { .. }) => {
            let book = super::open_with(ledger, Missing::Refuse, Some(new)).await?;
            book.close().await?;
            anstream::eprintln!("the ledger is encrypted");
            return Ok(());
        }
        opened => opened?,
    };
    book.encrypt(&new).await?;
    book.close().await?;
    anstream::eprintln!(
        "the ledger is encrypted. Keep the passphrase where it is not lost: there is no other way in. \
         Backups and copies made before are as readable as ever: make a new one, destroy those"
    );
    Ok(())
}
