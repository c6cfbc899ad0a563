//! Which reports are worth comparing: those that share rare names in one stretch of time.
//!
//! Which keys a report has depends on the report alone, and whether two share enough of them on
//! these two alone: the pairs that are compared do not depend on what else there is, or on the
//! order in which it came.

use std::collections::BTreeMap;

use crate::Digest;
use crate::spread::Spread;

/// Days of one bucket of names; two reports less than so many days apart always meet.
pub(crate) const NAME_DAYS: i32 = 64;
/// Days of one bucket of people: trials come late.
pub(crate) const PERSON_DAYS: i32 = 8 * NAME_DAYS;
/// Rarity, in hundredths, of the key names that two reports must share.
pub(crate) const ENOUGH: u32 = 1_100;

/// An index of reports by key.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    names: Buckets,
    people: Buckets,
}

/// Bucket of time, to key, to the reports that have it and the weight of the key for each.
type Buckets = BTreeMap<i32, Spread<Vec<(u32, u16)>>>;

impl Candidates {
    /// Reports already here that share enough with `digest`, in ascending order.
    pub fn of(&self, digest: &Digest) -> Vec<u32> {
        let mut found: Vec<(u32, u16)> = Vec::new();
        for (buckets, days, keys) in [
            (&self.names, NAME_DAYS, names(digest)),
            (&self.people, PERSON_DAYS, people(digest)),
        ] {
            for bucket in near(bucket(digest.published, days)) {
                let Some(reports) = buckets.get(&bucket) else {
                    continue;
                };
                let shared = keys.iter().filter_map(|&(key, _)| reports.get(key));
                found.extend(shared.flatten());
            }
        }
        found.sort_unstable();
        found
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|shared| shared.iter().map(|&(_, w)| u32::from(w)).sum::<u32>() >= ENOUGH)
            .map(|shared| shared[0].0)
            .collect()
    }

    /// Files `digest` as report number `report`.
    pub fn insert(&mut self, report: u32, digest: &Digest) {
        for (buckets, days, keys) in [
            (&mut self.names, NAME_DAYS, names(digest)),
            (&mut self.people, PERSON_DAYS, people(digest)),
        ] {
            if keys.is_empty() {
                continue;
            }
            let reports = buckets.entry(bucket(digest.published, days)).or_default();
            for (key, weight) in keys {
                // Most keys are of one report, or of few.
                let reports = reports.or_insert_with(key, || Vec::with_capacity(1));
                reports.push((report, weight));
            }
        }
    }

    /// Lets go of what nothing meets that was published on `day` or later.
    pub(crate) fn forget_before(&mut self, day: i32) {
        for (buckets, days) in [
            (&mut self.names, NAME_DAYS),
            (&mut self.people, PERSON_DAYS),
        ] {
            let first = day.div_euclid(days) - 1;
            buckets.retain(|&bucket, _| bucket == UNDATED || bucket >= first);
        }
    }

    /// Whether there may be something to let go of on `day` that there was not on `before`.
    pub(crate) fn forgets_between(before: i32, day: i32) -> bool {
        // Buckets of people begin where buckets of names do.
        before.div_euclid(NAME_DAYS) != day.div_euclid(NAME_DAYS)
    }

    /// Whether nothing meets `digest` that was published on `day` or later.
    pub(crate) fn is_out_of_reach(digest: &Digest, day: i32) -> bool {
        let passed = |days: i32| {
            let own = bucket(digest.published, days);
            own != UNDATED && own < day.div_euclid(days) - 1
        };
        passed(NAME_DAYS) && (digest.private.is_empty() || passed(PERSON_DAYS))
    }
}

/// Undated reports have a bucket of their own: they meet each other only.
const UNDATED: i32 = i32::MIN / 2;

fn bucket(day: Option<i32>, days: i32) -> i32 {
    day.map_or(UNDATED, |day| day.div_euclid(days))
}

fn near(bucket: i32) -> impl Iterator<Item = i32> {
    let reach = i32::from(bucket != UNDATED);
    bucket - reach..=bucket + reach
}

/// Keys of a report and their weights: its rarest names.
fn names(digest: &Digest) -> Vec<(u64, u16)> {
    let keys = digest.names.iter().filter(|name| name.is_key);
    keys.map(|name| (name.hash, name.rare)).collect()
}

/// Keys of a report and their weights: its private people, of whom one is enough; ministers are in
/// every other report.
fn people(digest: &Digest) -> Vec<(u64, u16)> {
    let people = digest.private.iter();
    people.map(|&person| (person, ENOUGH as u16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_digest::digest;
    use crate::words::hash;

    #[test]
    fn two_rare_names_in_one_month_are_enough_one_is_not() {
        let mut candidates = Candidates::default();
        let first = digest("a", 17_000, &[("qarqur", 800), ("velda", 700)]);
        candidates.insert(0, &first);
        let second = digest("b", 17_020, &[("qarqur", 800), ("velda", 700)]);
        assert_eq!(candidates.of(&second), [0]);
        let third = digest("c", 17_020, &[("qarqur", 800), ("orlo", 700)]);
        assert_eq!(candidates.of(&third), [] as [u32; 0]);
    }

    #[test]
    fn reports_years_apart_do_not_meet() {
        let mut candidates = Candidates::default();
        let names = [("qarqur", 800), ("velda", 700)];
        candidates.insert(0, &digest("a", 15_000, &names));
        assert!(candidates.of(&digest("b", 17_020, &names)).is_empty());
    }

    #[test]
    fn a_person_is_enough_after_a_year() {
        let mut candidates = Candidates::default();
        let mut first = digest("a", 17_000, &[]);
        first.private.push(hash("neve orlo"));
        candidates.insert(0, &first);
        let mut second = digest("b", 17_400, &[]);
        second.private.push(hash("neve orlo"));
        assert_eq!(candidates.of(&second), [0]);
    }

    #[test]
    fn what_is_forgotten_is_what_nothing_meets() {
        let names = [("qarqur", 800), ("velda", 700)];
        for days in 0..1_600 {
            let first = digest("a", 15_000, &names);
            let mut named = first.clone();
            named.private.push(hash("neve orlo"));
            for first in [first, named] {
                let mut all = Candidates::default();
                all.insert(0, &first);
                let mut later = first.clone();
                later.published = Some(15_000 + days);
                let meets = all.of(&later);
                assert_eq!(
                    meets.is_empty(),
                    Candidates::is_out_of_reach(&first, 15_000 + days)
                );
                all.forget_before(15_000 + days);
                assert_eq!(all.of(&later), meets, "{days}");
            }
        }
    }
}
