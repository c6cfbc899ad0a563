//! Word tokens as the scorers count them, and the matching of gold and prediction.

use std::cmp::Ordering;

use sayso_text::Span;

/// Some word tokens of one text, each named by the byte it starts at; sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordSet(Vec<usize>);

impl WordSet {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words in text order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, usize> {
        self.0.iter()
    }

    /// The first word.
    pub(crate) fn first(&self) -> Option<usize> {
        self.0.first().copied()
    }

    /// The last word.
    pub(crate) fn last(&self) -> Option<usize> {
        self.0.last().copied()
    }

    /// How many words both have.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        self.0
            .iter()
            .filter(|word| other.0.binary_search(word).is_ok())
            .count()
    }

    /// The words that `other` has not.
    pub(crate) fn without(&self, other: &Self) -> Self {
        let own = |word: &&usize| other.0.binary_search(word).is_err();
        Self(self.0.iter().filter(own).copied().collect())
    }

    /// Intersection over union; 0 where both are empty.
    pub(crate) fn iou(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        let all = self.len() + other.len() - shared;
        if all == 0 {
            0.0
        } else {
            shared as f64 / all as f64
        }
    }

    /// A word in common, or both empty.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.shared(other) > 0 || (self.is_empty() && other.is_empty())
    }
}

/// The words of one text: runs of letters, digits and `_`, as `\w+` finds them.
#[derive(Clone, Debug)]
pub(crate) struct Words(Vec<usize>);

impl Words {
    /// Finds the words of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let mut starts = Vec::new();
        let mut inside = false;
        for (at, c) in text.char_indices() {
            let word = is_word(c);
            if word && !inside {
                starts.push(at);
            }
            inside = word;
        }
        Self(starts)
    }

    /// The words that start inside one of `spans`.
    pub(crate) fn within<'s>(&self, spans: impl IntoIterator<Item = &'s Span>) -> WordSet {
        let mut found: Vec<usize> = Vec::new();
        for span in spans {
            let from = self.0.partition_point(|&at| at < span.start());
            let to = self.0.partition_point(|&at| at < span.end());
            found.extend(&self.0[from..to.max(from)]);
        }
        found.sort_unstable();
        found.dedup();
        WordSet(found)
    }
}

/// A character of `\w`.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// One-to-one matching of (score, gold, predicted), the best score first; of equal scores the
/// earlier gold, then the earlier prediction.
pub(crate) fn greedy<S: PartialOrd>(mut pairs: Vec<(S, usize, usize)>) -> Vec<(usize, usize)> {
    pairs.sort_by(|a, b| {
        b.0.partial_cmp(&a.0)
            .unwrap_or(Ordering::Equal)
            .then((a.1, a.2).cmp(&(b.1, b.2)))
    });
    let mut matched: Vec<(usize, usize)> = Vec::new();
    for (_, gold, predicted) in pairs {
        if matched.iter().all(|&(g, p)| g != gold && p != predicted) {
            matched.push((gold, predicted));
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "Ça va: 3,5 km";
        let words = Words::of(text);
        let all = words.within(&[Span::new(0, text.len())]);
        assert_eq!(all.len(), 5);
        let half = words.within(&[Span::new(0, 4), Span::new(0, 6)]);
        assert_eq!(half.len(), 2);
        assert_eq!(half.iou(&all), 0.4);
        assert_eq!(all.without(&half).len(), 3);
        assert!(!half.touches(&WordSet::default()));
        assert!(WordSet::default().touches(&WordSet::default()));
        assert_eq!(WordSet::default().iou(&WordSet::default()), 0.0);
    }

    #[test]
    fn the_best_pair_goes_first_and_nobody_twice() {
        let pairs = vec![(0.6, 0, 0), (0.9, 0, 1), (0.6, 1, 1), (0.6, 1, 0)];
        assert_eq!(greedy(pairs), [(0, 1), (1, 0)]);
    }
}
