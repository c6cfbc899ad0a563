//! A text in 512 bytes: how much two have in common can be told from theirs.

use serde::{Deserialize, Serialize};

use crate::words::{folded, hash, words};

/// Rows of a signature.
pub const ROWS: usize = 128;
/// Words of a shingle: long enough that two writers seldom hit on the same one.
const SHINGLE: usize = 4;
/// A row that no shingle fell into.
const EMPTY: u32 = u32::MAX;

/// MinHash of the shingles of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Vec<u32>, u32)", into = "(Vec<u32>, u32)")]
pub struct Signature {
    rows: Box<[u32; ROWS]>,
    /// Distinct shingles.
    shingles: u32,
}

impl TryFrom<(Vec<u32>, u32)> for Signature {
    type Error = &'static str;

    fn try_from((rows, shingles): (Vec<u32>, u32)) -> Result<Self, Self::Error> {
        let rows = rows
            .try_into()
            .map_err(|_| "a signature has 128 rows, no more and no fewer")?;
        Ok(Self { rows, shingles })
    }
}

impl From<Signature> for (Vec<u32>, u32) {
    fn from(signature: Signature) -> Self {
        (signature.rows.to_vec(), signature.shingles)
    }
}

impl Signature {
    /// The signature of `text`; of a text with fewer words than a shingle there is none.
    pub fn of(text: &str) -> Option<Self> {
        let hashes: Vec<u64> = words(text).map(|word| hash(&folded(word))).collect();
        let mut shingles: Vec<u64> = hashes
            .windows(SHINGLE)
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
        })
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
    use super::*;

    /// A text of the words `from..to`.
    fn text(from: u32, to: u32) -> String {
        let words: Vec<String> = (from..to).map(|n| format!("w{n}")).collect();
        words.join(" ")
    }

    #[test]
    fn what_two_texts_have_in_common_is_estimated() {
        let whole = Signature::of(&text(0, 600)).unwrap();
        for (from, to, jaccard, containment) in [
            (0, 600, 1.0, 1.0),
            (0, 200, 0.33, 1.0),
            (300, 900, 0.33, 0.5),
            (700, 900, 0.0, 0.0),
        ] {
            let other = Signature::of(&text(from, to)).unwrap();
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
        let a = Signature::of("Shells fell on Orla, the mayor said.").unwrap();
        assert_eq!(
            a,
            Signature::of("SHELLS FELL ON ORLA -- THE MAYOR SAID").unwrap()
        );
    }

    #[test]
    fn three_words_have_no_signature() {
        assert_eq!(Signature::of("Shells fell again."), None);
        assert_eq!(
            Signature::of("Shells fell again today.").map(|s| s.shingles()),
            Some(1)
        );
    }
}
