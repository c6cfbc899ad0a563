//! Windows: how many whole sentences the network reads at once.

use sayso_text::TokenRange;

/// One window of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Its parts: whole sentences, or pieces of one that is too long.
    pub(crate) parts: Vec<Part>,
}

/// A sentence, or a stretch of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Number of the sentence.
    pub(crate) sentence: usize,
    /// Its tokens.
    pub(crate) tokens: TokenRange,
    /// Whether an earlier part holds the sentence's beginning.
    pub(crate) continues: bool,
    /// Whether it is a dateline, whose tree hangs on the root of the part behind it.
    pub(crate) leads: bool,
}

impl Window {
    /// The tokens of the window.
    pub(crate) fn tokens(&self) -> TokenRange {
        match (self.parts.first(), self.parts.last()) {
            (Some(first), Some(last)) => first.tokens.start..last.tokens.end,
            _ => 0..0,
        }
    }
}

/// Limits in pieces, the two ends of a window not counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// What a window of several sentences holds at most.
    pub(crate) usual: usize,
    /// What a window of one sentence holds at most.
    pub(crate) most: usize,
}

/// Cuts a document into windows.
///
/// As few windows as possible, and among those cuts the one whose largest window is smallest: a
/// short last window costs nearly as much as a full one and leaves its sentences without context.
/// A sentence longer than a window can be is cut where punctuation allows. `costs` are the pieces
/// of each token; `may_cut` says whether a sentence may be cut after a token.
pub(crate) fn plan(
    sentences: &[TokenRange],
    costs: &[usize],
    limits: Limits,
    may_cut: impl Fn(usize) -> bool,
) -> Vec<Window> {
    let mut parts: Vec<(Part, usize)> = Vec::with_capacity(sentences.len());
    for (sentence, tokens) in sentences.iter().enumerate() {
        let mut start = tokens.start;
        for end in stretches(tokens, costs, limits, &may_cut) {
            let cost = costs.get(start..end).unwrap_or(&[]).iter().sum();
            let part = Part {
                sentence,
                tokens: start..end,
                continues: start > tokens.start,
                leads: false,
            };
            parts.push((part, cost));
            start = end;
        }
    }
    let sizes: Vec<usize> = parts.iter().map(|(_, cost)| *cost).collect();
    let fewest = fill(&sizes, limits.usual).len();
    let (mut low, mut high) = (0, limits.usual);
    while low < high {
        let middle = usize::midpoint(low, high);
        if fill(&sizes, middle).len() <= fewest {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let mut rest = parts.into_iter().map(|(part, _)| part);
    fill(&sizes, high)
        .into_iter()
        .map(|count| Window {
            parts: rest.by_ref().take(count).collect(),
        })
        .collect()
}

/// How many parts each window takes when each is filled up to `limit`; a larger part stands alone.
fn fill(sizes: &[usize], limit: usize) -> Vec<usize> {
    let (mut counts, mut used) = (Vec::new(), 0);
    for &size in sizes {
        match counts.last_mut() {
            Some(count) if used + size <= limit => {
                *count += 1;
                used += size;
            }
            _ => {
                counts.push(1);
                used = size;
            }
        }
    }
    counts
}

/// Ends of the stretches of one sentence, one unless it is too long for a window.
fn stretches(
    tokens: &TokenRange,
    costs: &[usize],
    limits: Limits,
    may_cut: &impl Fn(usize) -> bool,
) -> Vec<usize> {
    let cost = |range: TokenRange| costs.get(range).unwrap_or(&[]).iter().sum::<usize>();
    let (mut ends, mut start) = (Vec::new(), tokens.start);
    while start < tokens.end {
        if cost(start..tokens.end) <= limits.most {
            ends.push(tokens.end);
            break;
        }
        let (mut end, mut used, mut at_comma) = (start, 0, None);
        while end < tokens.end && (end == start || used + cost(end..end + 1) <= limits.usual) {
            used += cost(end..end + 1);
            end += 1;
            if used > limits.usual / 2 && may_cut(end - 1) {
                at_comma = Some(end);
            }
        }
        start = at_comma.unwrap_or(end);
        ends.push(start);
    }
    ends
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits {
        usual: 10,
        most: 14,
    };

    fn sizes(sentences: &[TokenRange], costs: &[usize]) -> Vec<usize> {
        plan(sentences, costs, LIMITS, |_| false)
            .iter()
            .map(|w| costs[w.tokens()].iter().sum())
            .collect()
    }

    #[test]
    fn windows_are_few_and_even() {
        let costs = [1; 20];
        let sentences = [0..4, 4..8, 8..10, 10..14, 14..16];
        // Filled from the start they would hold 10 and 6.
        assert_eq!(sizes(&sentences, &costs[..16]), [8, 8]);
    }

    #[test]
    fn a_long_sentence_has_its_own_window() {
        let sentences = [0..3, 3..16, 16..18];
        assert_eq!(sizes(&sentences, &[1; 18]), [3, 13, 2]);
    }

    #[test]
    fn a_longer_one_is_cut_at_a_comma() {
        let sentence = 0..25;
        let one = std::slice::from_ref(&sentence);
        let windows = plan(one, &[1; 25], LIMITS, |token| token == 7);
        let parts: Vec<Part> = windows.into_iter().flat_map(|w| w.parts).collect();
        assert_eq!(parts[0].tokens, 0..8);
        assert!(!parts[0].continues && parts[1].continues);
    }

    proptest! {
        #[test]
        fn every_token_is_read_once(lengths in proptest::collection::vec(1_usize..30, 0..12), cost in 1_usize..4) {
            let mut start = 0;
            let sentences: Vec<TokenRange> = lengths
                .iter()
                .map(|n| { let from = start; start += n; from..start })
                .collect();
            let costs = vec![cost; start];
            let windows = plan(&sentences, &costs, LIMITS, |t| t % 3 == 0);
            let mut at = 0;
            for window in &windows {
                let total: usize = costs[window.tokens()].iter().sum();
                prop_assert!(total <= LIMITS.most);
                for part in &window.parts {
                    prop_assert_eq!(part.tokens.start, at);
                    at = part.tokens.end;
                }
            }
            prop_assert_eq!(at, start);
        }
    }
}
