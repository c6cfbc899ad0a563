//! The best dependency tree of one sentence: Chu-Liu-Edmonds with a single root.

use crate::bio::maximum;

/// Heads of the words of the best tree, `None` for the root.
///
/// `score(word, head)` is the score of an arc, with head 0 for the root and `j + 1` for word `j`;
/// scores that are no number count as very low. Exactly one word is the root. The best total
/// score wins; among equals the first head found.
///
/// Source: Chu and Liu (1965), Edmonds (1967); one root by lowering all root arcs alike, as in
/// Stanojević and Cohen (2021), "A Root of a Problem".
pub(crate) fn best_tree(words: usize, score: impl Fn(usize, usize) -> f32) -> Vec<Option<usize>> {
    let size = words + 1;
    let mut scores = Square::new(size);
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for word in 0..words {
        for head in (0..size).filter(|&h| h != word + 1) {
            let raw = score(word, head);
            let value = if raw.is_nan() {
                f64::from(LOWEST)
            } else {
                f64::from(raw.clamp(LOWEST, -LOWEST))
            };
            scores.set(word + 1, head, value);
            (low, high) = (low.min(value), high.max(value));
        }
    }
    let mut heads = scores.best_heads();
    let roots = heads.iter().skip(1).filter(|&&h| h == 0).count();
    if roots != 1 || find_cycle(&heads).is_some() {
        // Each root arc now costs more than all others together can gain.
        let penalty = (high - low) * size as f64 + 1.0;
        for word in 1..size {
            let value = scores.get(word, 0) - penalty;
            scores.set(word, 0, value);
        }
        heads = maximum_arborescence(&scores);
    }
    heads
        .into_iter()
        .skip(1)
        .map(|head| head.checked_sub(1))
        .collect()
}

/// Scores beyond this are cut, so that sums stay exact enough.
const LOWEST: f32 = -1e5;

/// Arc scores: row the dependent, column the head; the diagonal and row 0 are never used.
struct Square {
    size: usize,
    data: Vec<f64>,
}

impl Square {
    fn new(size: usize) -> Self {
        Self {
            size,
            data: vec![f64::NEG_INFINITY; size * size],
        }
    }

    fn get(&self, dependent: usize, head: usize) -> f64 {
        self.data[dependent * self.size + head]
    }

    fn set(&mut self, dependent: usize, head: usize, value: f64) {
        self.data[dependent * self.size + head] = value;
    }

    /// The best head of every node; 0 for node 0 itself.
    fn best_heads(&self) -> Vec<usize> {
        let mut heads = vec![0; self.size];
        for (dependent, head) in heads.iter_mut().enumerate().skip(1) {
            let mut best = f64::NEG_INFINITY;
            for candidate in (0..self.size).filter(|&c| c != dependent) {
                let value = self.get(dependent, candidate);
                if value > best {
                    (best, *head) = (value, candidate);
                }
            }
        }
        heads
    }
}

/// The nodes of a cycle among `heads`, if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0 not seen, otherwise the number of the walk that saw the node; node 0 ends every walk.
    let mut seen = vec![0_usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// Best heads with every node reached from node 0: contracts one cycle and solves what is left.
fn maximum_arborescence(scores: &Square) -> Vec<usize> {
    let greedy = scores.best_heads();
    let Some(cycle) = find_cycle(&greedy) else {
        return greedy;
    };
    let mut in_cycle = vec![false; scores.size];
    for &node in &cycle {
        in_cycle[node] = true;
    }
    // The nodes outside keep their order; the cycle becomes the last node.
    let outside: Vec<usize> = (0..scores.size).filter(|&n| !in_cycle[n]).collect();
    let merged = outside.len();
    let mut smaller = Square::new(merged + 1);
    let mut leaves = vec![0_usize; merged];
    let mut enters = vec![0_usize; merged];
    for (new, &node) in outside.iter().enumerate() {
        for (other, &head) in outside.iter().enumerate() {
            if new != 0 && other != new {
                smaller.set(new, other, scores.get(node, head));
            }
        }
        // The best arc out of the cycle to this node, and the best from it that breaks the cycle.
        let (mut out, mut into) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for &member in &cycle {
            let leaving = scores.get(node, member);
            if leaving > out {
                (out, leaves[new]) = (leaving, member);
            }
            let entering = scores.get(member, node) - scores.get(member, greedy[member]);
            if entering > into {
                (into, enters[new]) = (entering, member);
            }
        }
        if new != 0 {
            smaller.set(new, merged, out);
        }
        smaller.set(merged, new, into);
    }
    let solved = maximum_arborescence(&smaller);
    let mut heads = greedy;
    for (new, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if solved[new] == merged {
            leaves[new]
        } else {
            outside[solved[new]]
        };
    }
    let entry = solved[merged];
    heads[enters[entry]] = outside[entry];
    heads
}

/// The best label of a row among those that `allowed` admits.
pub(crate) fn best_allowed(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let kept: Vec<f32> = scores
        .iter()
        .enumerate()
        .map(|(i, &s)| if allowed(i) { s } else { f32::NEG_INFINITY })
        .collect();
    maximum(&kept).0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_tree(heads: &[Option<usize>]) -> bool {
        heads.iter().filter(|h| h.is_none()).count() == 1
            && (0..heads.len()).all(|start| {
                let mut at = start;
                for _ in 0..heads.len() {
                    match heads[at] {
                        Some(head) => at = head,
                        None => return true,
                    }
                }
                false
            })
    }

    fn total(scores: &[f32], heads: &[Option<usize>]) -> f32 {
        let size = heads.len() + 1;
        heads
            .iter()
            .enumerate()
            .map(|(word, head)| scores[word * size + head.map_or(0, |h| h + 1)])
            .sum()
    }

    /// The best total over all trees, by trying every choice of heads.
    fn brute(words: usize, scores: &[f32]) -> f32 {
        let size = words + 1;
        let mut best = f32::NEG_INFINITY;
        for code in 0..size.pow(words as u32) {
            let heads: Vec<Option<usize>> = (0..words)
                .map(|w| (code / size.pow(w as u32) % size).checked_sub(1))
                .collect();
            if is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_tree_is_better(words in 1_usize..=5, all in proptest::collection::vec(-9.0_f32..9.0, 30)) {
            let scores = &all[..words * (words + 1)];
            let heads = best_tree(words, |w, h| scores[w * (words + 1) + h]);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(scores, &heads) - brute(words, scores)).abs() < 1e-3);
        }

        #[test]
        fn long_sentences_give_trees(words in 1_usize..40, seed in any::<u64>()) {
            let noise = |w: usize, h: usize| {
                let x = seed ^ (w as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (h as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
                ((x.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40) as f32) / 1e6
            };
            prop_assert!(is_tree(&best_tree(words, noise)));
        }
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        assert!(is_tree(&best_tree(4, |_, _| f32::NAN)));
        assert!(is_tree(&best_tree(4, |_, _| f32::NEG_INFINITY)));
        assert!(best_tree(0, |_, _| 0.0).is_empty());
    }
}
