//! A database that is gone for a while: what is asked of the desk's tables is asked again, as what is
//! asked of the ledger is.

use std::time::Duration;

use sayso_ledger::{LedgerError, Trouble};
use tokio::time::{Instant, sleep};

use super::UserError;

/// So long a database that does not answer is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// After what pause it is asked again.
const PAUSE: Duration = Duration::from_millis(500);

/// Why a query failed.
pub(super) trait Fails: Sized {
    /// Whether the database did not answer; and the failure itself.
    fn told(self) -> (bool, Self);
}

impl Fails for LedgerError {
    fn told(self) -> (bool, Self) {
        (self.trouble() == Some(Trouble::Away), self)
    }
}

impl Fails for sqlx::Error {
    fn told(self) -> (bool, Self) {
        let doing = "";
        let told = LedgerError::Database {
            doing,
            source: self,
        };
        let is_away = told.trouble() == Some(Trouble::Away);
        match told {
            LedgerError::Database { source, .. } => (is_away, source),
            // It was made so.
            _ => (is_away, Self::WorkerCrashed),
        }
    }
}

impl Fails for UserError {
    fn told(self) -> (bool, Self) {
        match self {
            Self::Ledger(error) => {
                let (is_away, error) = error.told();
                (is_away, Self::Ledger(error))
            }
            other => (false, other),
        }
    }
}

/// What was answered; `None`, after a pause, where the database did not answer and is waited for.
pub(super) async fn answered<T, E: Fails>(
    done: Result<T, E>,
    begun: Instant,
) -> Option<Result<T, E>> {
    let error = match done {
        Ok(done) => return Some(Ok(done)),
        Err(error) => error,
    };
    let (is_away, error) = error.told();
    if !is_away || begun.elapsed() >= PATIENCE {
        return Some(Err(error));
    }
    sleep(PAUSE).await;
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(error: sqlx::Error, since: Duration) -> bool {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let begun = Instant::now().checked_sub(since).unwrap();
            answered::<(), _>(Err(error), begun).await.is_none()
        })
    }

    #[test]
    fn what_does_not_answer_is_asked_again_until_patience_ends() {
        let cut = || sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert!(asked(cut(), Duration::ZERO));
        assert!(!asked(cut(), PATIENCE));
        assert!(!asked(sqlx::Error::RowNotFound, Duration::ZERO));
    }
}
