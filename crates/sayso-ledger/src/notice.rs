//! What whoever opened a ledger is told beside the answers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::LedgerError;

/// Something to be shown to a user, or put into a server's log; nothing has failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The database does not answer; it is asked again until `patience` is over.
    Waiting {
        /// Its last words, or the system's.
        why: String,
        /// For how long.
        patience: Duration,
    },
    /// It answers again.
    Back,
    /// The ledger is brought from an earlier version's form to this one's.
    Migrating {
        /// The file or database.
        place: String,
        /// The number of its form.
        from: i64,
        /// That of this version.
        to: i64,
    },
    /// The ledger is new and is encrypted from its beginning, since a passphrase was given.
    Encrypted,
    /// A passphrase was given, and the ledger is not encrypted.
    NotEncrypted,
    /// Encrypting it was cut short, and is finished now.
    Finishing,
    /// The ledger has entries, and the file of its keys is not there. None is made.
    NoKeys {
        /// Where it was looked for.
        path: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting { why, patience } => write!(
                f,
                "the database does not answer ({why}); it is asked again for {} s",
                patience.as_secs()
            ),
            Self::Back => f.write_str("the database answers again"),
            Self::Migrating { place, from, to } => write!(
                f,
                "{place} is brought from form {from} to form {to}, all of it or nothing; earlier \
                 versions of sayso cannot open it then: keep the backup that you made with the \
                 earlier version until you have looked at it"
            ),
            Self::Encrypted => f.write_str(
                "the new ledger is encrypted under the passphrase given: without it nothing in it \
                 can be read, by anyone",
            ),
            Self::NotEncrypted => f.write_str(
                "a passphrase was given, but the ledger is not encrypted: `sayso ledger encrypt` \
                 does it",
            ),
            Self::Finishing => {
                f.write_str("encrypting the ledger was interrupted; it is being finished")
            }
            Self::NoKeys { path } => write!(
                f,
                "{path}: there is no file of keys, and none is made for a ledger that has entries"
            ),
        }
    }
}

/// Looks at the number of a ledger's form before it is brought to the newest that is known; 0 for a
/// ledger that is being made.
///
/// # Errors
/// [`LedgerError::Newer`].
pub(crate) fn form(
    notices: &Notices,
    place: &str,
    form: i64,
    known: i64,
) -> Result<(), LedgerError> {
    let place = place.to_owned();
    if form > known {
        return Err(LedgerError::Newer { place, form, known });
    }
    if form > 0 && form < known {
        notices.tell(&Notice::Migrating {
            place,
            from: form,
            to: known,
        });
    }
    Ok(())
}

/// Takes notices, from any thread.
#[derive(Clone)]
pub struct Notices(Arc<dyn Fn(&Notice) + Send + Sync>);

impl Notices {
    /// Hands each to `take`.
    pub fn to(take: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    /// Tells one.
    pub(crate) fn tell(&self, notice: &Notice) {
        (self.0)(notice);
    }
}

impl Default for Notices {
    /// Nobody listens.
    fn default() -> Self {
        Self::to(|_| {})
    }
}

impl fmt::Debug for Notices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notices")
    }
}
