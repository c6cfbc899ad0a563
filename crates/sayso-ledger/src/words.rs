//! The index of words: for each report the keyed hashes of its words, nothing readable.
//!
//! The same on every store: a full-text index of the database would cut words in its own way and
//! would hold them in clear.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::seal::Secret;

/// A word as it is looked for: without case and accents.
pub(crate) fn folded(word: &str) -> String {
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a text with the byte at which each starts and ends (UAX #29).
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, usize, String)> {
    text.unicode_word_indices()
        .map(|(at, word)| (at, at + word.len(), folded(word)))
}

/// The row of the index: the sorted hashes of the different words of `texts`, four bytes each.
pub(crate) fn index<'a>(key: &Secret, texts: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let distinct: BTreeSet<String> = texts
        .into_iter()
        .flat_map(|text| words(text).map(|(_, _, word)| word))
        .collect();
    let hashes: BTreeSet<u32> = distinct.iter().map(|word| key.word(word)).collect();
    hashes.into_iter().flat_map(u32::to_be_bytes).collect()
}

/// Whether a row of the index is what [`index`] makes, as far as that can be seen: some hashes, each
/// larger than the one before.
pub(crate) fn is_whole(row: &[u8]) -> bool {
    let (hashes, rest) = row.as_chunks::<4>();
    let ordered = hashes.is_sorted_by(|a, b| a < b);
    rest.is_empty() && !hashes.is_empty() && ordered
}

/// Whether a row of the index may hold the word with this hash.
pub(crate) fn may_hold(row: &[u8], hash: u32) -> bool {
    let (hashes, _) = row.as_chunks::<4>();
    hashes
        .binary_search_by(|bytes| u32::from_be_bytes(*bytes).cmp(&hash))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        let found: Vec<String> = words("Le Général, AL-Ḥasakah").map(|w| w.2).collect();
        assert_eq!(found, ["le", "general", "al", "hasakah"]);
    }

    #[test]
    fn a_row_holds_its_words() {
        let key = Secret::new([3; 32]);
        let row = index(&key, ["The bridge was closed.", "Bridge closed"]);
        assert_eq!(row.len(), 4 * 4);
        assert!(may_hold(&row, key.word("bridge")));
        assert!(!may_hold(&row, key.word("market")));
    }

    #[test]
    fn a_row_that_was_damaged_is_not_whole() {
        let row = index(&Secret::new([3; 32]), ["The bridge was closed."]);
        assert!(is_whole(&row));
        let zeroed = vec![0; row.len()];
        let turned = [&row[4..], &row[..4]].concat();
        let rows: [&[u8]; 4] = [&row[..7], &[], &zeroed, &turned];
        for damaged in rows {
            assert!(!is_whole(damaged), "{damaged:?}");
        }
    }
}
