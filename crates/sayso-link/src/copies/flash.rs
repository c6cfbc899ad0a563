//! Flashes: texts of a sentence or two, compared by all their words. Of so few shingles a sample says
//! too little, and a changed word takes four of them away.

use sayso_lexicon::{Quantities, Quantity};

use crate::words::{folded, hash, words};

/// Words of the longest flash.
pub(super) const LONGEST: usize = 32;
/// Words that two flashes have in common at least, unless all of both is the same: “Explosion in
/// Orla” is begun by many.
const COMMON: u16 = 6;
/// Days between publications beyond which the same flash is a formula (“air raid alert in Orla”).
pub(super) const WINDOW: u32 = 3;
/// Share of the shorter flash from which it is a print of the longer one.
const COPIED: f64 = 0.6;
/// The bit by which a number is known.
const NUMBER: u32 = 1;

/// The words of `text` as they are compared: their hashes, capitals aside, the last bit of which
/// says whether it is a number. None of a text with more words than a flash; links do not count.
pub(super) fn words_of(text: &str, quantities: &Quantities) -> Box<[u32]> {
    let pieces = text
        .split_whitespace()
        .filter(|piece| !piece.contains("://"));
    let all: Vec<&str> = pieces.flat_map(words).take(LONGEST + 1).collect();
    let is_flash = all.len() <= LONGEST;
    let found = all.into_iter().filter(|_| is_flash);
    found
        .map(|found| word(&folded(found), quantities))
        .collect()
}

fn word(low: &str, quantities: &Quantities) -> u32 {
    let is_number = low.contains(|c: char| c.is_ascii_digit())
        || matches!(
            quantities.word(low),
            Some(Quantity::Number(_) | Quantity::Times(_))
        );
    ((hash(low) >> 16) as u32 & !NUMBER) | u32::from(is_number)
}

/// Whether two flashes give the same numbers, the shorter no others than the longer; one with other
/// numbers is another text: “two killed in Orla” repeats no “three killed in Orla”.
pub(super) fn same_numbers(a: &[u32], b: &[u32]) -> bool {
    let has_all = |all: &[u32], of: &[u32]| {
        let mut numbers = of.iter().filter(|&&word| word & NUMBER == NUMBER);
        numbers.all(|number| all.contains(number))
    };
    (a.len() > b.len() || has_all(b, a)) && (b.len() > a.len() || has_all(a, b))
}

/// Share of the shorter flash that the longer one has, 0 to 1, where it is enough for two prints of
/// one text: the words of the stretch that both have, less those in it that only one has. What
/// stands before and behind it is a title, a credit, or cut off.
pub(super) fn copied(a: &[u32], b: &[u32]) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(1.0);
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if !same_numbers(short, long) {
        return None;
    }
    let common = common(short, long);
    let share = f64::from(common) / short.len() as f64;
    (common >= COMMON && share >= COPIED).then_some(share)
}

/// The best local alignment (Smith and Waterman 1981): one for each word that is the same, one less
/// for each that is changed, left out or put in.
fn common(short: &[u32], long: &[u32]) -> u16 {
    let mut above = [0_u16; LONGEST + 1];
    let mut best = 0;
    for &word in short {
        let mut row = [0_u16; LONGEST + 1];
        for (at, &other) in (0..LONGEST).zip(long) {
            let same = above[at] + u16::from(word == other);
            let changed = above[at].saturating_sub(1);
            let gap = above[at + 1].max(row[at]).saturating_sub(1);
            row[at + 1] = if word == other { same } else { changed }.max(gap);
            best = best.max(row[at + 1]);
        }
        above = row;
    }
    best
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::Lexicon;

    use super::*;

    fn flash(text: &str) -> Box<[u32]> {
        words_of(text, &Lexicon::builtin().unwrap().events.quantities)
    }

    const FLASH: &str =
        "Two ferrymen were shot dead at the landing of Bourem on Sunday, a nurse said.";

    fn is_print(text: &str) -> bool {
        let (a, b) = (flash(FLASH), flash(text));
        let copied = copied(&a, &b);
        assert_eq!(copied, super::copied(&b, &a), "{text}");
        copied.is_some()
    }

    #[test]
    fn a_flash_is_known_under_a_title_with_a_credit_cut_or_changed_in_a_word() {
        for text in [
            "TWO FERRYMEN WERE SHOT DEAD AT THE LANDING OF BOUREM ON SUNDAY – A NURSE SAID",
            "Mali: Two ferrymen were shot dead at the landing of Bourem on Sunday, a nurse said. (AFP)",
            "Two ferrymen were shot dead at the landing of Bourem on Sunday. https://ferry.example/7",
            "Two boatmen were shot dead at the landing of Bourem on Sunday, a nurse said.",
        ] {
            assert!(is_print(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_and_other_words_for_the_same_are_another_text() {
        for text in [
            "Three ferrymen were shot dead at the landing of Bourem on Sunday, a nurse said.",
            "At Bourem's landing gunmen on Sunday killed two ferrymen, according to a nurse.",
            "Two of the town's ferrymen were shot and left for dead near the old landing of Bourem late on Sunday.",
        ] {
            assert!(!is_print(text), "{text}");
        }
    }

    #[test]
    fn of_a_few_words_all_must_be_the_same() {
        let copied = |a: &str, b: &str| super::copied(&flash(a), &flash(b)).is_some();
        assert!(copied("Explosion in Bourem.", "EXPLOSION IN BOUREM"));
        assert!(!copied(
            "Explosion in Bourem",
            "Explosion in Bourem kills a ferryman"
        ));
        assert!(!copied("", ""));
    }
}
