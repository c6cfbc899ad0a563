//! What is taken from a sheet, and the keys by which its report meets others.

use std::cmp::Reverse;

use sayso_api::SheetJson;
use serde::{Deserialize, Serialize};

use crate::candidates::{ENOUGH, NAME_DAYS, PERSON_DAYS};
use crate::copies::{Signature, WINDOW, bands};
use crate::incident::outline::{KeptEvent, Outline, Table};
use crate::incident::prepared;
use crate::origin::Print;
use crate::rule::JudgingRule;
use crate::{Digest, LinkKnowledge};

/// What reports can share so that they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Rare names, of which several are needed.
    Names,
    /// Private people, of whom one is enough.
    People,
    /// Bands of the signature of a text.
    Prints,
}

/// The stretch of those that nobody dates: they meet each other only.
const UNDATED: i32 = i32::MIN / 2;

impl Family {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Names, Self::People, Self::Prints];

    /// The stretch of time that a day is in. Reports meet others of their own stretch and of its two
    /// neighbours; those without a day have a stretch that has no neighbour.
    pub fn stretch(self, day: Option<i32>) -> i32 {
        let days = match self {
            Self::Names => NAME_DAYS,
            Self::People => PERSON_DAYS,
            Self::Prints => WINDOW,
        };
        day.map_or(UNDATED, |day| day.div_euclid(days))
    }
}

/// What a sheet is compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// Words, names, days and places.
    pub digest: Digest,
    /// The text, if it has words.
    pub signature: Option<Signature>,
    /// The rest.
    pub kept: Kept,
}

/// What tells the incident of a report, and who its words go back to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Id of the report.
    pub report: String,
    /// Day of publication, in days since 1970-01-01.
    pub published: Option<i32>,
    pub(super) events: Vec<KeptEvent>,
    pub(super) print: Print,
}

impl Extract {
    /// What of `sheet` is compared.
    pub fn of(sheet: &SheetJson<'_>, knowledge: &LinkKnowledge) -> Self {
        let sheet = &*prepared(sheet);
        let digest = Digest::of(sheet, knowledge.rarity()).unspelt();
        let plans = !knowledge.rules.has(JudgingRule::PlannedIsNotDone);
        let mut table = Table::default();
        let outlines = table.outlines(sheet, plans);
        let kept = Kept {
            report: digest.report.clone(),
            published: digest.published,
            events: outlines.iter().map(|event| table.kept(event)).collect(),
            print: knowledge.attributions().print(sheet),
        };
        let signature = knowledge
            .signature(&sheet.report.text)
            .filter(|_| knowledge.rules.has(JudgingRule::OneText));
        Self {
            digest,
            signature,
            kept,
        }
    }

    /// The keys by which the report meets others of a family: two that the linker compares have one
    /// in common, at least.
    pub fn keys(&self, family: Family) -> Vec<i64> {
        match family {
            Family::Prints => self.signature.iter().flat_map(print_keys).collect(),
            _ => digest_keys(&self.digest, family),
        }
    }
}

/// Keys of a signature.
pub(super) fn print_keys(signature: &Signature) -> Vec<i64> {
    let bands = bands(signature);
    bands.into_iter().map(u64::cast_signed).collect()
}

/// Keys of a digest.
///
/// Of the names, only so many that what is left does not weigh enough: the rarest first, in an order
/// that is the same for all reports. Of two reports whose common names weigh enough, the first of
/// these in that order is a key of both. In front of it stand names of either that the other lacks;
/// were it left out in one of them, all common names would be in what is left there, and would not
/// weigh enough (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).
pub(super) fn digest_keys(digest: &Digest, family: Family) -> Vec<i64> {
    if family == Family::People {
        return digest.private.iter().map(|&p| p.cast_signed()).collect();
    }
    let keys = digest.names.iter().filter(|name| name.is_key);
    let mut names: Vec<(Reverse<u16>, u64)> = keys.map(|n| (Reverse(n.rare), n.hash)).collect();
    names.sort_unstable();
    let mut left: u32 = names.iter().map(|(rare, _)| u32::from(rare.0)).sum();
    let mut prefix = Vec::new();
    for (rare, hash) in names {
        if left < ENOUGH {
            break;
        }
        prefix.push(hash.cast_signed());
        left -= u32::from(rare.0);
    }
    prefix
}

impl Kept {
    /// Day and id: the order of reports.
    pub(super) fn rank(&self) -> (Option<i32>, &str) {
        (self.published, &self.report)
    }

    /// The outline of the report, its words numbered by `table`.
    pub(super) fn outline(&self, table: &mut Table) -> Outline {
        Outline {
            events: self.events.iter().map(|e| table.of_kept(e)).collect(),
            print: self.print.clone(),
            withdrawn: false,
            arrival: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Candidates;
    use crate::test_digest::digest;

    #[test]
    fn one_name_that_weighs_enough_is_a_key_and_light_ones_are_none() {
        let keys =
            |names: &[(&str, u16)]| digest_keys(&digest("a", 17_000, names), Family::Names).len();
        assert_eq!(keys(&[("qarqur", 1_200), ("velda", 500)]), 1);
        assert_eq!(keys(&[("qarqur", 600), ("velda", 500)]), 1);
        assert_eq!(keys(&[("qarqur", 600), ("velda", 499)]), 0);
        assert_eq!(keys(&[("qarqur", 600), ("velda", 600), ("orlo", 600)]), 2);
    }

    proptest! {
        #[test]
        fn whoever_the_linker_compares_shares_a_key(
            drawn in proptest::collection::vec(
                proptest::collection::btree_set(0_usize..14, 1..9), 2..24),
        ) {
            let pool: Vec<String> = (0..14).map(|n| format!("name{n}")).collect();
            let mut all = Candidates::default();
            let mut digests: Vec<Digest> = Vec::new();
            for (number, names) in drawn.iter().enumerate() {
                let named: Vec<(&str, u16)> = names
                    .iter()
                    .map(|&n| (pool[n].as_str(), 300 + 37 * n as u16))
                    .collect();
                let report = digest(&format!("r{number}"), 17_000, &named);
                let keys = digest_keys(&report, Family::Names);
                for other in all.of(&report) {
                    let theirs = digest_keys(&digests[other as usize], Family::Names);
                    prop_assert!(keys.iter().any(|key| theirs.contains(key)));
                }
                all.insert(number as u32, &report);
                digests.push(report);
            }
        }
    }
}
