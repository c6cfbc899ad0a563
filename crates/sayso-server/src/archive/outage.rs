//! How long a store that did not answer has been waited for, as the store itself tells: that is no work,
//! and nobody has to rest from it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sayso_ledger::Notice;

/// Times in which the store did not answer.
#[derive(Debug, Default)]
pub(crate) struct Outage(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    since: Option<Instant>,
    before: Duration,
}

impl Outage {
    /// Hears what the ledger tells.
    pub(crate) fn hear(&self, notice: &Notice) {
        match notice {
            Notice::Waiting { .. } => self.begins(Instant::now()),
            Notice::Back => self.ends(Instant::now()),
            _ => {}
        }
    }

    /// The store has answered: whoever waited in vain and gave up has told nobody.
    pub(super) fn is_over(&self) {
        self.ends(Instant::now());
    }

    /// All of it so far.
    pub(super) fn so_far(&self) -> Duration {
        self.until(Instant::now())
    }

    fn begins(&self, now: Instant) {
        self.lock().since.get_or_insert(now);
    }

    fn ends(&self, now: Instant) {
        let mut told = self.lock();
        if let Some(since) = told.since.take() {
            told.before += now.saturating_duration_since(since);
        }
    }

    fn until(&self, now: Instant) -> Duration {
        let told = self.lock();
        let since = told.since.map(|since| now.saturating_duration_since(since));
        told.before + since.unwrap_or_default()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_who_wait_at_once_wait_for_one_outage() {
        let (outage, start) = (Outage::default(), Instant::now());
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        outage.ends(at(1));
        assert_eq!(outage.until(at(2)), Duration::ZERO);
        outage.begins(at(10));
        outage.begins(at(12));
        assert_eq!(outage.until(at(15)), Duration::from_secs(5));
        outage.ends(at(16));
        outage.ends(at(17));
        assert_eq!(outage.until(at(40)), Duration::from_secs(6));
        outage.begins(at(50));
        outage.ends(at(51));
        assert_eq!(outage.until(at(60)), Duration::from_secs(7));
    }
}
