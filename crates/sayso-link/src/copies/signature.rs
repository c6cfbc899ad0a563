//! A text in 512 bytes: how much two have in common can be told from theirs. Of a flash all words
//! are kept too.

use sayso_lexicon::Quantities;
use serde::{Deserialize, Serialize};

use super::flash;
use crate::words::{folded, hash, words};

/// Rows of a signature.
pub const ROWS: usize = 128;
/// Words of a shingle: long enough that two writers seldom hit on the same one.
const SHINGLE: usize = 4;
/// A row that no shingle fell into.
const EMPTY: u32 = u32::MAX;

/// MinHash of the shingles of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "(Vec<u32>, u32, Vec<u32>)",
    into = "(Vec<u32>, u32, Vec<u32>)"
)]
pub struct Signature {
    rows: Box<[u32; ROWS]>,
    /// Distinct shingles.
    shingles: u32,
    /// Of a flash all words, in order; of a longer text none.
    flash: Box<[u32]>,
}

impl TryFrom<(Vec<u32>, u32, Vec<u32>)> for Signature {
    type Error = &'static str;

    fn try_from((rows, shingles, flash): (Vec<u32>, u32, Vec<u32>)) -> Result<Self, Self::Error> {
        let rows = rows
            .try_into()
            .map_err(|_| "a signature has 128 rows, no more and no fewer")?;
        if flash.len() > flash::LONGEST {
            return Err("a flash has 32 words, no more");
        }
        Ok(Self {
            rows,
            shingles,
            flash: flash.into(),
        })
    }
}

impl From<Signature> for (Vec<u32>, u32, Vec<u32>) {
    fn from(signature: Signature) -> Self {
        let rows = signature.rows.to_vec();
        (rows, signature.shingles, signature.flash.into())
    }
}

impl Signature {
    /// The signature of `text`; of a text without words there is none. One with fewer words than a
    /// shingle is a shingle. `quantities` are the words for numbers.
    pub fn of(text: &str, quantities: &Quantities) -> Option<Self> {
        let hashes: Vec<u64> = words(text).map(|word| hash(&folded(word))).collect();
        let mut shingles: Vec<u64> = hashes
            .windows(SHINGLE.min(hashes.len().max(1)))
            .map(|window| window.iter().fold(0, |sum, &word| mix(sum ^ word)))
            .collect();
        shingles.sort_unstable();
        shingles.dedup();
        if shingles.is_empty() {
            return None;
        }
        let mut rows = Box::new([EMPTY; ROWS]);
        for &shingle in &shingles {
            let row = (shingle >> 57) as usize;
            // One below EMPTY is the greatest value a shingle can have.
            let value = ((shingle >> 16) as u32).min(EMPTY - 1);
            rows[row] = rows[row].min(value);
        }
        densify(&mut rows);
        Some(Self {
            rows,
            shingles: shingles.len() as u32,
            flash: flash::words_of(text, quantities),
        })
    }

    /// Of a flash all words, in order; of a longer text none.
    pub(super) fn flash(&self) -> &[u32] {
        &self.flash
    }

    /// Distinct shingles of the text.
    pub fn shingles(&self) -> u32 {
        self.shingles
    }

    /// The rows, for bands.
    pub(super) fn rows(&self) -> &[u32; ROWS] {
        &self.rows
    }

    /// Share of the shingles of both that stand in both, 0 to 1, within about 0.04.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let equal = self
            .rows
            .iter()
            .zip(other.rows.iter())
            .filter(|(a, b)| a == b);
        equal.count() as f64 / ROWS as f64
    }

    /// Share of the shingles of the shorter text that stand in the longer one, 0 to 1.
    pub fn containment(&self, other: &Self) -> f64 {
        let jaccard = self.jaccard(other);
        let (a, b) = (f64::from(self.shingles), f64::from(other.shingles));
        (jaccard / (1.0 + jaccard) * (a + b) / a.min(b)).min(1.0)
    }
}

/// Fills empty rows from the next full one to the right, marked by the distance, so that equal
/// sets stay equal and unequal ones do not become so.
fn densify(rows: &mut [u32; ROWS]) {
    let full = *rows;
    for at in 0..ROWS {
        if full[at] != EMPTY {
            continue;
        }
        if let Some((distance, &value)) = (1..ROWS)
            .map(|d| (d, &full[(at + d) % ROWS]))
            .find(|&(_, &value)| value != EMPTY)
        {
            rows[at] = value.wrapping_add((distance as u32).wrapping_mul(0x9E37_79B9));
        }
    }
}

/// The finaliser of MurmurHash3: every bit of the input reaches every bit of the output.
fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    bits ^ (bits >> 33)
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::Lexicon;

    use super::*;

    fn signature(text: &str) -> Option<Signature> {
        Signature::of(text, &Lexicon::builtin().unwrap().events.quantities)
    }

    /// A text of the words `from..to`.
    fn text(from: u32, to: u32) -> String {
        let words: Vec<String> = (from..to).map(|n| format!("w{n}")).collect();
        words.join(" ")
    }

    #[test]
    fn what_two_texts_have_in_common_is_estimated() {
        let whole = signature(&text(0, 600)).unwrap();
        for (from, to, jaccard, containment) in [
            (0, 600, 1.0, 1.0),
            (0, 200, 0.33, 1.0),
            (300, 900, 0.33, 0.5),
            (700, 900, 0.0, 0.0),
        ] {
            let other = signature(&text(from, to)).unwrap();
            assert!(
                (whole.jaccard(&other) - jaccard).abs() < 0.12,
                "{from}..{to}"
            );
            assert!(
                (whole.containment(&other) - containment).abs() < 0.25,
                "{from}..{to}"
            );
            assert_eq!(whole.jaccard(&other), other.jaccard(&whole));
        }
    }

    #[test]
    fn capitals_and_punctuation_do_not_count() {
        let a = signature("Shells fell on Orla, the mayor said.").unwrap();
        assert_eq!(
            a,
            signature("SHELLS FELL ON ORLA -- THE MAYOR SAID").unwrap()
        );
    }

    #[test]
    fn a_few_words_are_one_shingle_and_all_words_of_a_flash_are_kept() {
        let kept = |text: &str| signature(text).map(|s| (s.shingles(), s.flash().len()));
        assert_eq!(kept("Shells fell again."), Some((1, 3)));
        assert_eq!(kept("Shells fell again today."), Some((1, 4)));
        assert_eq!(kept(&text(0, 32)), Some((29, 32)));
        assert_eq!(kept(&text(0, 33)), Some((30, 0)));
        assert_eq!(kept(" – "), None);
    }

    #[test]
    fn what_is_written_is_read_again_and_a_flash_of_too_many_words_refused() {
        let whole = signature("Shells fell on Orla, the mayor said.").unwrap();
        let written = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Signature>(&written).unwrap(), whole);
        let long = (vec![0; ROWS], 30, vec![0; 33]);
        assert!(Signature::try_from(long).is_err());
    }
}
