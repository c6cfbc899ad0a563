//! The passage that two prints share, to be shown.

use std::collections::BTreeMap;

use crate::words::{folded, hash, words};

/// A run of words that stands in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// `[start, end)` in bytes of the first text.
    pub first: [usize; 2],
    /// `[start, end)` in bytes of the second text.
    pub second: [usize; 2],
    /// How many words.
    pub words: usize,
}

/// Words by which a run is found.
const SEED: usize = 4;
/// Places of one seed that are tried: more are a formula.
const PLACES: usize = 8;

/// The longest run of words that stands in both texts, capitals and punctuation aside; the first
/// of those equally long. `None` where no four words in a row are the same.
pub fn shared_passage(first: &str, second: &str) -> Option<Passage> {
    let (a, b) = (located(first), located(second));
    let mut places: BTreeMap<[u64; SEED], Vec<usize>> = BTreeMap::new();
    for (at, window) in b.windows(SEED).enumerate() {
        let seed = [window[0].0, window[1].0, window[2].0, window[3].0];
        let found = places.entry(seed).or_default();
        if found.len() < PLACES {
            found.push(at);
        }
    }
    let mut best: Option<(usize, usize, usize)> = None;
    // For each place in `b`, how far a run that began further left has come: it is not begun anew.
    let mut covered: BTreeMap<isize, usize> = BTreeMap::new();
    for (here, window) in a.windows(SEED).enumerate() {
        let seed = [window[0].0, window[1].0, window[2].0, window[3].0];
        for &there in places.get(&seed).into_iter().flatten() {
            let diagonal = here.cast_signed() - there.cast_signed();
            if covered.get(&diagonal).is_some_and(|&end| here < end) {
                continue;
            }
            let run = a[here..]
                .iter()
                .zip(&b[there..])
                .take_while(|(x, y)| x.0 == y.0)
                .count();
            covered.insert(diagonal, here + run);
            if best.is_none_or(|(_, _, longest)| run > longest) {
                best = Some((here, there, run));
            }
        }
    }
    let (here, there, run) = best?;
    Some(Passage {
        first: [a[here].1, a[here + run - 1].2],
        second: [b[there].1, b[there + run - 1].2],
        words: run,
    })
}

/// Hash of each word, with where it starts and ends.
fn located(text: &str) -> Vec<(u64, usize, usize)> {
    words(text)
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            (hash(&folded(word)), start, start + word.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_is_shown() {
        let first = "ORLA (Wire) – Shells fell on the market of Orla on Monday, killing nine. More to come.";
        let second = "Market hit. Shells fell on the market of Orla on Monday; killing nine, a monitor said.";
        let passage = shared_passage(first, second).unwrap();
        let [start, end] = passage.first;
        assert_eq!(
            &first[start..end],
            "Shells fell on the market of Orla on Monday, killing nine"
        );
        assert_eq!(passage.words, 11);
        assert!(second[passage.second[0]..].starts_with("Shells fell"));
    }

    #[test]
    fn three_words_are_no_passage() {
        assert_eq!(
            shared_passage("Shells fell on Orla.", "Shells fell on Velda."),
            None
        );
    }

    #[test]
    fn a_formula_repeated_a_thousand_times_ends_soon() {
        let text = "no comment was made ".repeat(2_000);
        assert!(shared_passage(&text, &text).is_some());
    }
}
