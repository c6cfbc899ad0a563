//! How alike two reports are, and why: log odds that they tell of one incident.
//!
//! A logistic regression over likenesses that a reader can check; its weights are data
//! (`lexicon/link/weights.tsv`), and no weight has the sign that would make a likeness speak
//! against.

mod common;
mod place;
mod time;

use sayso_lexicon::LinkWeights;

use crate::Digest;
use crate::digest::{ONE, TERMS};

pub use common::{common_names, common_people};

macro_rules! likenesses {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $sign:literal),+ $(,)?) => {
        /// One way in which two reports can be alike, or not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Likeness { $($(#[$doc])* $variant),+ }

        impl Likeness {
            /// All, in the order of [`values`].
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As `lexicon/link/weights.tsv` writes it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What its weight may be: 1 for (only), -1 against (only).
            pub fn sign(self) -> i8 {
                match self { $(Self::$variant => $sign),+ }
            }
        }
    };
}

likenesses! {
    /// Always 1.
    Bias = "bias" -1,
    /// Cosine of the vectors of words, up to 0.15.
    FewWords = "few-words" 1,
    /// The same, from 0.15 to 0.5.
    ManyWords = "many-words" 1,
    /// The same, above 0.5.
    NearlyAllWords = "nearly-all-words" 1,
    /// Share of the names of the report with fewer that both have, by rarity.
    Names = "names" 1,
    /// Logarithm of the rarity of the names that both have.
    RareNames = "rare-names" 1,
    /// They name the same person.
    Person = "person" 1,
    /// Further people that both name, up to two.
    MorePeople = "more-people" 1,
    /// They name the same private person: a victim, a witness, somebody without an office.
    PrivatePerson = "private-person" 1,
    /// Further private people that both name, up to two.
    MorePrivatePeople = "more-private-people" 1,
    /// Share of the numbers of the report with fewer that both have.
    Numbers = "numbers" 1,
    /// It happened at the same spot: within 8 km.
    SamePlace = "same-place" 1,
    /// Within 40 km.
    NearPlace = "near-place" 1,
    /// Further apart, in divisions that both name.
    SameDivision = "same-division" -1,
    /// Further apart.
    FarPlace = "far-place" -1,
    /// Events of one type on days that overlap.
    SameTypeAndDay = "same-type-and-day" 1,
    /// Events on days that overlap.
    SameDay = "same-day" 1,
    /// Events on different days.
    OtherDay = "other-day" -1,
    /// No event of the one can have been on a day of an event of the other.
    OtherTime = "other-time" -1,
    /// The same effect with the same number.
    SameToll = "same-toll" 1,
    /// The same effect, with other numbers only.
    OtherToll = "other-toll" -1,
    /// No type of event in common, where both have events.
    OtherType = "other-type" -1,
    /// Somebody was shot in all of the one, and something went off in all of the other.
    OtherDeed = "other-deed" -1,
    /// Logarithm of the days between publications.
    Apart = "apart" -1,
    /// The same, times the cosine.
    WordsApart = "words-apart" -1,
    /// Published within a day.
    WithinADay = "within-a-day" 1,
    /// Published within three days.
    WithinThreeDays = "within-three-days" 1,
    /// Published within two weeks.
    WithinTwoWeeks = "within-two-weeks" 1,
    /// The publication of one of them is not known.
    Undated = "undated" -1,
    /// How short the shorter report is: 1 without a weighty word, 0 with as many as are kept.
    Short = "short" -1,
    /// The same, times the cosine up to 0.5, where they state no day in common for one type of
    /// event, or other places: in few words much is alike by chance, but not nearly all, and an
    /// outlet tells of two towns in the same words.
    WordsShort = "words-short" -1,
}

/// How many likenesses there are.
pub const LIKENESSES: usize = Likeness::ALL.len();

/// The likenesses of two reports, in the order of [`Likeness::ALL`]. Symmetric.
pub fn values(a: &Digest, b: &Digest) -> [f64; LIKENESSES] {
    use Likeness as L;
    let mut values = [0.0; LIKENESSES];
    let mut set = |likeness: L, value: f64| values[likeness as usize] = value;
    set(L::Bias, 1.0);

    let cosine = cosine(&a.terms, &b.terms);
    set(L::FewWords, cosine.min(0.15));
    set(L::ManyWords, (cosine.min(0.5) - 0.15).max(0.0));
    set(L::NearlyAllWords, (cosine - 0.5).max(0.0));

    let shared = common::rarity_of_common_names(a, b);
    let fewer = common::rarity_of_names(a).min(common::rarity_of_names(b));
    // A report with hardly a name shares all of them by chance.
    set(L::Names, shared / fewer.max(24.0));
    set(L::RareNames, shared.ln_1p());
    let (people, private) = common::people_in_common(a, b);
    set(L::Person, people.min(1) as f64);
    set(L::MorePeople, people.saturating_sub(1).min(2) as f64);
    set(L::PrivatePerson, private.min(1) as f64);
    set(
        L::MorePrivatePeople,
        private.saturating_sub(1).min(2) as f64,
    );
    let numbers = common::sorted(&a.numbers, &b.numbers).count() as f64;
    set(
        L::Numbers,
        numbers / (a.numbers.len().min(b.numbers.len()) + 1) as f64,
    );

    let place = place::relation(a, b);
    match place {
        Some(place::Relation::Same) => set(L::SamePlace, 1.0),
        Some(place::Relation::Near) => set(L::NearPlace, 1.0),
        Some(place::Relation::Division) => set(L::SameDivision, 1.0),
        Some(place::Relation::Far) => set(L::FarPlace, 1.0),
        None => {}
    }
    let days = time::relation(a, b);
    match days {
        Some(time::Relation::SameType) => set(L::SameTypeAndDay, 1.0),
        Some(time::Relation::SameDay) => set(L::SameDay, 1.0),
        Some(time::Relation::Other) => set(L::OtherDay, 1.0),
        None => {}
    }
    if time::apart(a, b) == Some(true) {
        set(L::OtherTime, 1.0);
    }
    match common::tolls(a, b) {
        Some(true) => set(L::SameToll, 1.0),
        Some(false) => set(L::OtherToll, 1.0),
        None => {}
    }
    if common::no_type_in_common(a, b) {
        set(L::OtherType, 1.0);
    }
    if common::no_deed_in_common(a, b) {
        set(L::OtherDeed, 1.0);
    }
    let short = 1.0 - a.terms.len().min(b.terms.len()) as f64 / TERMS as f64;
    set(L::Short, short);
    let elsewhere = matches!(
        place,
        Some(place::Relation::Division | place::Relation::Far)
    );
    if days != Some(time::Relation::SameType) || elsewhere {
        set(L::WordsShort, short * cosine.min(0.5));
    }
    match (a.published, b.published) {
        (Some(a), Some(b)) => {
            let days = f64::from(a.abs_diff(b));
            set(L::Apart, days.ln_1p());
            set(L::WordsApart, cosine * days.ln_1p());
            set(L::WithinADay, f64::from(u8::from(days <= 1.0)));
            set(L::WithinThreeDays, f64::from(u8::from(days <= 3.0)));
            set(L::WithinTwoWeeks, f64::from(u8::from(days <= 14.0)));
        }
        _ => set(L::Undated, 1.0),
    }
    values
}

/// Cosine of two vectors of length one, each sorted by term.
fn cosine(a: &[(u32, u16)], b: &[(u32, u16)]) -> f64 {
    let (mut here, mut there, mut sum) = (0, 0, 0_u64);
    // Without branches: whose turn it is cannot be foreseen, and most pairs end here.
    while let (Some(&(term, weight)), Some(&(other, theirs))) = (a.get(here), b.get(there)) {
        sum += u64::from(term == other) * u64::from(weight) * u64::from(theirs);
        here += usize::from(term <= other);
        there += usize::from(other <= term);
    }
    sum as f64 / (ONE * ONE)
}

/// Weights, one a likeness, in the order of [`Likeness::ALL`].
#[derive(Clone, Debug, PartialEq)]
pub struct Weights([f64; LIKENESSES]);

impl Weights {
    /// Those of `weights`; a likeness that it does not name counts nothing.
    pub fn of(weights: &LinkWeights) -> Self {
        let mut all = [0.0; LIKENESSES];
        for &likeness in Likeness::ALL {
            all[likeness as usize] = weights.of(likeness.name());
        }
        Self(all)
    }

    /// Log odds that two reports of these likenesses tell of one incident.
    pub fn score(&self, values: &[f64; LIKENESSES]) -> f64 {
        // Always in the same order: sums of floats depend on it.
        values.iter().zip(&self.0).map(|(v, w)| v * w).sum()
    }

    /// What each likeness adds to the score, the greatest first; what adds nothing is left out.
    pub fn shares(&self, values: &[f64; LIKENESSES]) -> Vec<(Likeness, f64)> {
        let mut shares: Vec<(Likeness, f64)> = Likeness::ALL
            .iter()
            .map(|&likeness| {
                (
                    likeness,
                    values[likeness as usize] * self.0[likeness as usize],
                )
            })
            .filter(|&(_, share)| share != 0.0)
            .collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cosine_of_a_vector_with_itself_is_one() {
        let v = [(3, 2896), (9, 2896)];
        assert!((cosine(&v, &v) - 1.0).abs() < 1e-3);
        assert_eq!(cosine(&v, &[(4, 4096)]), 0.0);
        assert_eq!(cosine(&v, &[]), 0.0);
        assert_eq!(cosine(&v, &[(9, 4096)]), cosine(&[(9, 4096)], &v));
    }

    #[test]
    fn every_likeness_has_a_weight_and_every_weight_a_likeness() {
        let weights = LinkWeights::builtin().unwrap();
        let named: Vec<&str> = weights.names().collect();
        let mut all: Vec<&str> = Likeness::ALL.iter().map(|l| l.name()).collect();
        // Of the same file, and of the linker: the least at which groups are joined.
        all.push("threshold");
        all.sort_unstable();
        assert_eq!(named, all);
    }

    #[test]
    fn no_weight_has_the_wrong_sign() {
        let weights = LinkWeights::builtin().unwrap();
        for &likeness in Likeness::ALL {
            let weight = weights.of(likeness.name());
            assert!(
                weight * f64::from(likeness.sign()) >= 0.0,
                "{likeness:?} {weight}"
            );
        }
    }
}
