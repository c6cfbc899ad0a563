//! How long things took.

use std::fmt;
use std::time::Duration;

/// Times of one kind of request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn note(&mut self, taken: Duration) {
        self.0.push(taken);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// As long took this part of them at most.
    pub(crate) fn at(&self, part: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (part * sorted.len() as f64).ceil() as usize;
        sorted
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |part| self.at(part).as_secs_f64() * 1e3;
        write!(
            f,
            "{} (median {:.0} ms, p95 {:.0} ms, p99 {:.0} ms, longest {:.0} ms)",
            self.len(),
            ms(0.5),
            ms(0.95),
            ms(0.99),
            ms(1.0)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_taken() {
        let mut times = Times::default();
        for ms in (1..=100).rev() {
            times.note(Duration::from_millis(ms));
        }
        assert_eq!(times.at(0.95), Duration::from_millis(95));
        assert_eq!(times.at(1.0), Duration::from_millis(100));
        assert_eq!(Times::default().at(0.5), Duration::ZERO);
    }
}
