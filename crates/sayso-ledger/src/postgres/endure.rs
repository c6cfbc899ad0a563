//! A database that is gone for a while: what is asked of it is asked again.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::error::LedgerError;
use crate::notice::{Notice, Notices};
use crate::trouble::Trouble;

/// After what pause it is asked again.
const PAUSE: Duration = Duration::from_millis(500);

/// How long a database is waited for, and who is told.
#[derive(Clone, Debug)]
pub(crate) struct Endurance {
    pub(crate) patience: Duration,
    pub(crate) notices: Notices,
}

impl Endurance {
    /// Does `work`, again and again while the database does not answer. What `work` did before its
    /// connection was lost is done or not: it has to find that out.
    ///
    /// # Errors
    /// That of `work`: any other failure at once, a database that does not answer when patience ends.
    pub(super) async fn with<T, F>(&self, mut work: impl FnMut() -> F) -> Result<T, LedgerError>
    where
        F: Future<Output = Result<T, LedgerError>>,
    {
        let begun = Instant::now();
        let mut has_told = false;
        loop {
            let error = match work().await {
                Ok(done) => {
                    if has_told {
                        self.notices.tell(&Notice::Back);
                    }
                    return Ok(done);
                }
                Err(error) => error,
            };
            if error.trouble() != Some(Trouble::Away) || begun.elapsed() >= self.patience {
                return Err(error);
            }
            if !has_told {
                has_told = true;
                self.notices.tell(&Notice::Waiting {
                    why: why(&error),
                    patience: self.patience,
                });
            }
            sleep(PAUSE).await;
        }
    }
}

/// What the database or the system said, in one line.
fn why(error: &LedgerError) -> String {
    match error {
        LedgerError::Database {
            source: sqlx::Error::PoolTimedOut,
            ..
        } => "no connection can be made".to_owned(),
        LedgerError::Database { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    fn away() -> LedgerError {
        LedgerError::database("read entries")(sqlx::Error::PoolTimedOut)
    }

    fn run(
        patience: Duration,
        fails: usize,
        error: fn() -> LedgerError,
    ) -> (bool, Vec<Notice>, usize) {
        let told: Arc<Mutex<Vec<Notice>>> = Arc::default();
        let listener = Arc::clone(&told);
        let endurance = Endurance {
            patience,
            notices: Notices::to(move |notice| listener.lock().unwrap().push(notice.clone())),
        };
        let mut tries = 0;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_time()
            .build()
            .unwrap();
        let outcome = runtime.block_on(endurance.with(|| {
            tries += 1;
            let fails_now = tries <= fails;
            async move { if fails_now { Err(error()) } else { Ok(()) } }
        }));
        let told = told.lock().unwrap().clone();
        (outcome.is_ok(), told, tries)
    }

    #[test]
    fn it_is_asked_again_and_both_is_told_once() {
        let (done, told, tries) = run(Duration::from_mins(1), 2, away);
        assert!(done && tries == 3);
        assert!(
            matches!(told[..], [Notice::Waiting { .. }, Notice::Back]),
            "{told:?}"
        );
    }

    #[test]
    fn patience_ends_and_other_failures_end_it_at_once() {
        let (done, told, _) = run(Duration::from_millis(10), usize::MAX, away);
        assert!(!done && told.len() == 1);
        let (done, told, tries) = run(Duration::from_mins(1), 2, || LedgerError::Moved);
        assert!(!done && told.is_empty() && tries == 1);
    }
}
