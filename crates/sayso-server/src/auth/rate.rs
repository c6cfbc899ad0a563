//! How often somebody may ask.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Asking so often in a row is fine, and then so often a second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    pub(crate) burst: f64,
    pub(crate) a_second: f64,
}

/// As many are remembered; beyond that those who have not asked for long are forgotten.
const REMEMBERED: usize = 10_000;

/// How much each has left.
#[derive(Debug)]
pub(crate) struct Rates {
    rate: Rate,
    left: Mutex<BTreeMap<String, (f64, Instant)>>,
}

impl Rates {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            left: Mutex::default(),
        }
    }

    /// Counts one request of `who`.
    ///
    /// # Errors
    /// Where it is one too many: the seconds to wait.
    pub(crate) fn take(&self, who: &str, now: Instant) -> Result<(), u64> {
        let Rate { burst, a_second } = self.rate;
        let refilled = |(left, then): (f64, Instant)| {
            let since = now.saturating_duration_since(then).as_secs_f64();
            (left + since * a_second).min(burst)
        };
        let mut all = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED && !all.contains_key(who) {
            // Whoever has everything left is as good as new.
            all.retain(|_, known| refilled(*known) < burst);
            if all.len() >= REMEMBERED {
                return Err(1);
            }
        }
        let left = all.get(who).map_or(burst, |known| refilled(*known));
        if left < 1.0 {
            all.insert(who.to_owned(), (left, now));
            return Err(((1.0 - left) / a_second).ceil() as u64);
        }
        all.insert(who.to_owned(), (left - 1.0, now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn whoever_asks_too_often_waits_and_nobody_else_does() {
        let rates = Rates::new(Rate {
            burst: 3.0,
            a_second: 0.5,
        });
        let start = Instant::now();
        for _ in 0..3 {
            assert_eq!(rates.take("a", start), Ok(()));
        }
        assert_eq!(rates.take("a", start), Err(2));
        assert_eq!(rates.take("b", start), Ok(()));
        assert_eq!(rates.take("a", start + Duration::from_secs(2)), Ok(()));
        assert_eq!(rates.take("a", start + Duration::from_secs(3)), Err(1));
    }

    #[test]
    fn the_memory_of_who_asked_is_bounded() {
        let rates = Rates::new(Rate {
            burst: 2.0,
            a_second: 1.0,
        });
        let start = Instant::now();
        for number in 0..REMEMBERED {
            assert_eq!(rates.take(&number.to_string(), start), Ok(()));
        }
        assert_eq!(rates.take("one more", start), Err(1));
        assert_eq!(
            rates.take("one more", start + Duration::from_secs(5)),
            Ok(())
        );
        assert!(rates.left.lock().unwrap().len() < 10);
    }
}
