//! Which reports are worth comparing: those that share rare names in one stretch of time.
//!
//! Which keys a report has depends on the report alone, and whether two share enough of them on
//! these two alone: the pairs that are compared do not depend on what else there is, or on the
//! order in which it came.

use std::collections::BTreeMap;

use crate::Digest;
use crate::words::hash;

/// Names of a report that are keys, the rarest first.
const KEY_NAMES: usize = 28;
/// Days of one bucket of names; two reports less than so many days apart always meet.
const NAME_DAYS: i32 = 64;
/// Days of one bucket of people: trials come late.
const PERSON_DAYS: i32 = 512;
/// Rarity, in hundredths, of the key names that two reports must share.
const ENOUGH: u32 = 1_100;

/// An index of reports by key.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Key and bucket of time, to the reports that have it and the weight of the key for each.
    reports: BTreeMap<(u64, i32), Vec<(u32, u16)>>,
}

impl Candidates {
    /// Reports already here that share enough with `digest`, in ascending order.
    pub fn of(&self, digest: &Digest) -> Vec<u32> {
        let mut found: Vec<(u32, u16)> = Vec::new();
        for (key, bucket, _) in keys(digest) {
            for bucket in near(bucket) {
                if let Some(reports) = self.reports.get(&(key, bucket)) {
                    found.extend_from_slice(reports);
                }
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
        for (key, bucket, weight) in keys(digest) {
            self.reports
                .entry((key, bucket))
                .or_default()
                .push((report, weight));
        }
    }
}

/// Undated reports have a bucket of their own: they meet each other only.
const UNDATED: i32 = i32::MIN / 2;

fn near(bucket: i32) -> impl Iterator<Item = i32> {
    let reach = i32::from(bucket != UNDATED);
    bucket - reach..=bucket + reach
}

/// Keys of a report: hash, bucket of time, weight.
fn keys(digest: &Digest) -> Vec<(u64, i32, u16)> {
    let bucket = |days: i32| digest.published.map_or(UNDATED, |day| day.div_euclid(days));
    let mut names: Vec<&(Box<str>, u16)> = digest.names.iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let names = names
        .into_iter()
        .take(KEY_NAMES)
        .map(|(name, rare)| (hash(name), bucket(NAME_DAYS), *rare));
    let people = digest.people.iter().map(|person| {
        let key = hash(person) ^ PERSON_SALT;
        (key, bucket(PERSON_DAYS), ENOUGH as u16)
    });
    names.chain(people).collect()
}

/// Keeps the keys of people apart from those of names.
const PERSON_SALT: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_digest::digest;

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
        first.people.push("neve orlo".into());
        candidates.insert(0, &first);
        let mut second = digest("b", 17_400, &[]);
        second.people.push("neve orlo".into());
        assert_eq!(candidates.of(&second), [0]);
    }
}
