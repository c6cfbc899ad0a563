//! Opening a ledger, and its lock.

use std::time::Duration;

use super::{Book, Missing, Place};
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::lock::{Lock, LockState, Master, Passphrase};
use crate::notice::{Notice, Notices};
use crate::postgres::endure::Endurance;
use crate::postgres::{Postgres, USUAL_PATIENCE};
use crate::sqlite::Sqlite;

/// How a ledger is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Whether one that is not there is made.
    pub missing: Missing,
    /// What opens it, where it is encrypted. One that is made with a passphrase is encrypted from
    /// its beginning.
    pub passphrase: Option<Passphrase>,
    /// Who is told what is done on the way, and while it is open.
    pub notices: Notices,
    /// How long a database that does not answer is asked again.
    pub patience: Duration,
    /// Whether keys are about to be imported: then a file of keys is made where a ledger with entries
    /// has none. To everybody else that is told ([`Notice::NoKeys`]), and none is made.
    pub brings_keys: bool,
}

impl Opening {
    /// Without a passphrase, telling nobody, with a patience of two minutes.
    pub fn new(missing: Missing) -> Self {
        Self {
            missing,
            passphrase: None,
            notices: Notices::default(),
            patience: USUAL_PATIENCE,
            brings_keys: false,
        }
    }
}

impl Place {
    /// As messages name it: an address without its password.
    fn shown(&self) -> String {
        match self {
            Self::Sqlite { ledger, .. } => ledger.display().to_string(),
            Self::Postgres { .. } => "the database".to_owned(),
        }
    }
}

impl Book {
    /// Opens the ledger at `place`, finishes erasures that a crash cut short, and encrypting it where
    /// that was cut short.
    ///
    /// # Errors
    /// Where it is not there (and not to be made), or the database cannot be used;
    /// [`LedgerError::Newer`], [`LedgerError::Foreign`]; [`LedgerError::Encrypted`] and
    /// [`LedgerError::WrongPassphrase`].
    pub async fn open_as(place: &Place, opening: &Opening) -> Result<Self, LedgerError> {
        let missing = opening.missing;
        let store: Box<dyn Ledger> = match place {
            Place::Sqlite { ledger, keys } => {
                Box::new(Sqlite::open_as(ledger, keys, opening).await?)
            }
            Place::Postgres { url } => {
                let endurance = Endurance {
                    patience: opening.patience,
                    notices: opening.notices.clone(),
                };
                Box::new(Postgres::open_enduring(url, missing, endurance).await?)
            }
        };
        if let Err(error) = unlock(&*store, place, opening).await {
            store.close().await?;
            return Err(error);
        }
        Self::over(store).await
    }

    /// Encrypts the ledger under a passphrase: wraps its keys, seals what else is in clear, and sees
    /// to it that nothing in clear is left in its files. Cut short, it is finished at the next
    /// opening. Whoever has the ledger open without the passphrase can write nothing from here on.
    ///
    /// # Errors
    /// [`LedgerError::LockIs`] where it is encrypted already; [`LedgerError::BadPassphrase`];
    /// [`LedgerError::NoKeys`] where its keys are elsewhere: they would not fit any more;
    /// [`LedgerError::OldPages`].
    pub async fn encrypt(&self, passphrase: &Passphrase) -> Result<(), LedgerError> {
        self.without_key().await?;
        let before = self.store.lock().await?;
        let master = match &before {
            Some(lock) if lock.state != LockState::Open => {
                return Err(LedgerError::LockIs {
                    what: "encrypted already: `sayso ledger passphrase` changes its passphrase",
                });
            }
            // What was sealed before it was opened again stays as it is.
            Some(lock) => lock.master(None).ok_or(LedgerError::NoKeys)?,
            None => Master::draw()?,
        };
        let lock = Lock::close(&master, passphrase, LockState::Sealing)?;
        self.store.put_lock(lock.clone()).await?;
        self.store.unlock(master, true);
        seal(&*self.store, lock).await
    }

    /// Locks the ledger under another passphrase. Copies of the keys that were made before still
    /// open with the earlier one.
    ///
    /// # Errors
    /// [`LedgerError::LockIs`] where it is not encrypted; [`LedgerError::WrongPassphrase`];
    /// [`LedgerError::BadPassphrase`].
    pub async fn change_passphrase(
        &self,
        before: &Passphrase,
        after: &Passphrase,
    ) -> Result<(), LedgerError> {
        let (lock, master) = self.locked(before).await?;
        let new = Lock::close(&master, after, lock.state)?;
        self.store.put_lock(new).await
    }

    /// Takes the passphrase away: whoever has the files can read everything from here on. What is
    /// sealed stays sealed under a key that now lies in clear beside it.
    ///
    /// # Errors
    /// [`LedgerError::LockIs`] where it is not encrypted; [`LedgerError::WrongPassphrase`].
    pub async fn decrypt(&self, passphrase: &Passphrase) -> Result<(), LedgerError> {
        let (lock, master) = self.locked(passphrase).await?;
        self.store.put_lock(lock.opened(&master)).await?;
        self.store.unlock(master, false);
        Ok(())
    }

    /// Whether the ledger is encrypted.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn is_encrypted(&self) -> Result<bool, LedgerError> {
        let lock = self.store.lock().await?;
        Ok(lock.is_some_and(|lock| lock.state != LockState::Open))
    }

    async fn locked(&self, passphrase: &Passphrase) -> Result<(Lock, Master), LedgerError> {
        let lock = self.store.lock().await?;
        let lock =
            lock.filter(|lock| lock.state != LockState::Open)
                .ok_or(LedgerError::LockIs {
                    what: "not encrypted: `sayso ledger encrypt` does it",
                })?;
        let master = lock
            .master(Some(passphrase))
            .ok_or_else(|| LedgerError::WrongPassphrase {
                place: "the ledger".to_owned(),
            })?;
        Ok((lock, master))
    }
}

/// Opens the lock of a store that was just opened; makes one where the ledger is new.
async fn unlock(store: &dyn Ledger, place: &Place, opening: &Opening) -> Result<(), LedgerError> {
    let passphrase = opening.passphrase.as_ref();
    let Some(lock) = store.lock().await? else {
        let Some(passphrase) = passphrase else {
            return Ok(());
        };
        let has_key = store.ledger_key(None).await?.is_some();
        let is_new = store.head().await?.number == 0 && !has_key;
        if !is_new {
            // Where the keys are not there, nobody knows whether they are locked.
            if has_key {
                opening.notices.tell(&Notice::NotEncrypted);
            }
            return Ok(());
        }
        let master = Master::draw()?;
        store
            .put_lock(Lock::close(&master, passphrase, LockState::Sealed)?)
            .await?;
        store.unlock(master, true);
        opening.notices.tell(&Notice::Encrypted);
        return Ok(());
    };
    if lock.state == LockState::Open {
        if passphrase.is_some() {
            opening.notices.tell(&Notice::NotEncrypted);
        }
        store.unlock(lock.master(None).ok_or(LedgerError::NoKeys)?, false);
        return Ok(());
    }
    let place = place.shown();
    if passphrase.is_none() {
        return Err(LedgerError::Encrypted { place });
    }
    let master = lock
        .master(passphrase)
        .ok_or(LedgerError::WrongPassphrase { place })?;
    store.unlock(master, true);
    if lock.state == LockState::Sealing {
        opening.notices.tell(&Notice::Finishing);
        seal(store, lock).await?;
    }
    Ok(())
}

/// Seals what is in clear, then says so in the lock.
pub(super) async fn seal(store: &dyn Ledger, lock: Lock) -> Result<(), LedgerError> {
    store.seal_all().await?;
    let state = LockState::Sealed;
    store.put_lock(Lock { state, ..lock }).await
}
