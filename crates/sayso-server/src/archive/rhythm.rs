//! When the follower looks at the ledger. What this server writes wakes it at once; for what others
//! write it has to look, less often the longer nothing comes, and never all servers in one step.
//!
//! Nothing here waits or asks for the time: whoever follows does.

use std::time::Duration;

/// After something came the ledger is looked at this soon, and at least this often where nothing
/// comes: what another program adds is seen within a second.
const LOOK: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(1));

/// A ledger that cannot be read is asked again this soon, and at least this often.
const FAILED: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// After laying out so many times as long is waited: a fifth of the time at most goes into it.
const SHARE: u32 = 4;

/// And no longer than this: a reader sees what came in within minutes, however large the ledger is.
const REST: Duration = Duration::from_mins(2);

/// How long is waited.
#[derive(Clone, Debug)]
pub(super) struct Rhythm {
    look: Backoff,
    failed: Backoff,
}

/// What a look at the ledger came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Whether there was something.
    pub(super) is_new: bool,
    /// How long it was worked on, without waiting for the store.
    pub(super) worked: Duration,
}

impl Rhythm {
    /// Of servers with other seeds no two go in step.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            look: Backoff::new(LOOK, seed),
            failed: Backoff::new(FAILED, seed ^ 0x5bd1_e995),
        }
    }

    /// How long the next writing is waited for, until the ledger is looked at all the same.
    pub(super) fn look(&mut self) -> Duration {
        self.look.pause()
    }

    /// How long nothing is done after a look.
    pub(super) fn rest(&mut self, seen: Seen) -> Duration {
        self.failed.reset();
        if seen.is_new {
            self.look.reset();
        }
        (seen.worked * SHARE).min(REST)
    }

    /// How long nothing is done after a look that failed.
    pub(super) fn failed(&mut self) -> Duration {
        self.failed.pause()
    }
}

/// Pauses that grow from one bound to the other.
#[derive(Clone, Debug)]
struct Backoff {
    least: Duration,
    most: Duration,
    next: Duration,
    state: u64,
}

impl Backoff {
    fn new((least, most): (Duration, Duration), seed: u64) -> Self {
        Self {
            least,
            most,
            next: least,
            state: seed,
        }
    }

    /// The next pause: of its length a quarter at most is left away, by chance.
    fn pause(&mut self) -> Duration {
        let full = self.next;
        self.next = (full * 2).min(self.most);
        full.mul_f64(1.0 - self.chance() / 4.0)
    }

    fn reset(&mut self) {
        self.next = self.least;
    }

    /// From 0 to 1 (SplitMix64: Steele, Lea and Flood 2014).
    fn chance(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as f64 / u64::MAX as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing moves a clock here but what is waited for.
    fn within((least, most): (Duration, Duration), pauses: &[Duration]) {
        let mut full = least;
        for pause in pauses {
            assert!(
                *pause <= full && *pause >= full * 3 / 4,
                "{pause:?} of {full:?}"
            );
            full = (full * 2).min(most);
        }
    }

    #[test]
    fn a_ledger_in_which_nothing_comes_is_looked_at_less_often_and_never_forgotten() {
        let mut rhythm = Rhythm::new(7);
        let (mut clock, mut looks) = (Duration::ZERO, Vec::new());
        while clock < Duration::from_hours(1) {
            let pause = rhythm.look();
            clock += pause + rhythm.rest(Seen::default());
            looks.push(pause);
        }
        within(LOOK, &looks);
        assert!((3_600..=4_900).contains(&looks.len()), "{}", looks.len());
        // Something comes: what follows it is seen sooner.
        let worked = Duration::from_millis(30);
        let is_new = true;
        assert_eq!(rhythm.rest(Seen { is_new, worked }), worked * 4);
        assert!(rhythm.look() <= LOOK.0);
    }

    #[test]
    fn a_ledger_that_fails_is_asked_less_and_less_often_until_it_answers() {
        let mut rhythm = Rhythm::new(7);
        let failed: Vec<Duration> = (0..20).map(|_| rhythm.failed()).collect();
        within(FAILED, &failed);
        rhythm.rest(Seen::default());
        assert!(
            rhythm.failed() <= FAILED.0,
            "it begins anew once it has answered"
        );
    }

    #[test]
    fn no_work_is_followed_by_more_than_a_bounded_rest() {
        let worked = Duration::from_hours(1);
        let is_new = true;
        assert_eq!(Rhythm::new(7).rest(Seen { is_new, worked }), REST);
    }

    #[test]
    fn two_servers_do_not_go_in_step() {
        let of = |seed: u64| {
            let mut rhythm = Rhythm::new(seed);
            (0..8).map(|_| rhythm.look()).collect::<Vec<_>>()
        };
        assert_ne!(of(1), of(2));
    }
}
