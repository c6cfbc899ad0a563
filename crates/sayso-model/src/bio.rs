//! BIO labels and the best sequence that obeys them.

use crate::encoder::Table;

/// A label set of the form `O`, `B-X`, `I-X`, by column.
#[derive(Clone, Debug)]
pub(crate) struct Bio<K> {
    tags: Vec<Tag<K>>,
}

/// One label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag<K> {
    Outside,
    Begin(K),
    /// With the columns that may stand before it: its own and its `B`.
    Inside(K, [usize; 2]),
}

/// A labelled stretch of rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretch<K> {
    pub(crate) rows: std::ops::Range<usize>,
    pub(crate) kind: K,
    /// Mean probability of its labels.
    pub(crate) score: f32,
}

impl<K: Copy + PartialEq> Bio<K> {
    /// Reads labels; `kind` reads what follows `B-` and `I-`.
    pub(crate) fn parse(labels: &[String], kind: impl Fn(&str) -> K) -> Result<Self, String> {
        let tags = labels
            .iter()
            .enumerate()
            .map(|(column, label)| {
                if label == "O" {
                    Ok(Tag::Outside)
                } else if let Some(name) = label.strip_prefix("B-") {
                    Ok(Tag::Begin(kind(name)))
                } else if let Some(name) = label.strip_prefix("I-") {
                    let begin = labels
                        .iter()
                        .position(|l| l.strip_prefix("B-") == Some(name))
                        .ok_or_else(|| format!("`{label}` has no `B-{name}`"))?;
                    Ok(Tag::Inside(kind(name), [begin, column]))
                } else {
                    Err(format!("`{label}` is no BIO label"))
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        if tags.first() != Some(&Tag::Outside) {
            return Err("the first BIO label must be `O`".to_owned());
        }
        Ok(Self { tags })
    }

    /// The labels `O`, `B`, `I` of a single kind.
    pub(crate) fn single(kind: K) -> Self {
        Self {
            tags: vec![Tag::Outside, Tag::Begin(kind), Tag::Inside(kind, [1, 2])],
        }
    }

    /// How many columns a score table must have.
    pub(crate) fn len(&self) -> usize {
        self.tags.len()
    }

    /// The stretches of the likeliest label sequence in which `I` only continues its own kind.
    ///
    /// `scores` are logits, one row a word; `outside` is added to the log-probability of `O`. No
    /// stretch crosses into a row for which `breaks` is true.
    pub(crate) fn decode(
        &self,
        scores: &Table,
        outside: f32,
        breaks: impl Fn(usize) -> bool,
    ) -> Vec<Stretch<K>> {
        let (rows, columns) = (scores.rows(), self.tags.len());
        if scores.columns() != columns || rows == 0 {
            return Vec::new();
        }
        let logs: Vec<f32> = (0..rows).flat_map(|r| log_softmax(scores.row(r))).collect();
        let mut best = vec![f32::NEG_INFINITY; columns];
        let mut back = vec![0_usize; rows * columns];
        for row in 0..rows {
            let fresh = row == 0 || breaks(row);
            let (top, top_score) = if row == 0 { (0, 0.0) } else { maximum(&best) };
            let mut next = vec![f32::NEG_INFINITY; columns];
            for (column, tag) in self.tags.iter().enumerate() {
                let (from, score) = match tag {
                    Tag::Outside | Tag::Begin(_) => (top, top_score),
                    Tag::Inside(..) if fresh => continue,
                    Tag::Inside(_, [begin, inside]) => {
                        let from = if best[*inside] > best[*begin] {
                            inside
                        } else {
                            begin
                        };
                        (*from, best[*from])
                    }
                };
                let bias = if *tag == Tag::Outside { outside } else { 0.0 };
                next[column] = score + logs[row * columns + column] + bias;
                back[row * columns + column] = from;
            }
            best = next;
        }
        let mut path = vec![0_usize; rows];
        let mut at = maximum(&best).0;
        for row in (0..rows).rev() {
            path[row] = at;
            at = back[row * columns + at];
        }
        self.stretches(&path, &logs)
    }

    fn stretches(&self, path: &[usize], logs: &[f32]) -> Vec<Stretch<K>> {
        let mut found: Vec<Stretch<K>> = Vec::new();
        for (row, &column) in path.iter().enumerate() {
            let p = logs[row * self.tags.len() + column].exp();
            match self.tags[column] {
                Tag::Outside => {}
                Tag::Begin(kind) => found.push(Stretch {
                    rows: row..row + 1,
                    kind,
                    score: p,
                }),
                Tag::Inside(..) => {
                    if let Some(open) = found.last_mut() {
                        open.rows.end = row + 1;
                        open.score += p;
                    }
                }
            }
        }
        for stretch in &mut found {
            stretch.score /= stretch.rows.len() as f32;
        }
        found
    }
}

/// Natural logarithms of the probabilities that logits stand for.
pub(crate) fn log_softmax(logits: &[f32]) -> Vec<f32> {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().map(|x| (x - top).exp()).sum();
    let log = top + sum.ln();
    logits.iter().map(|x| x - log).collect()
}

/// Number and value of the highest score; the first among equals, 0 when there is none.
pub(crate) fn maximum(scores: &[f32]) -> (usize, f32) {
    scores
        .iter()
        .copied()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), |best, (at, score)| {
            if score > best.1 { (at, score) } else { best }
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels() -> Bio<char> {
        let names: Vec<String> = ["O", "B-x", "I-x", "B-y", "I-y"].map(str::to_owned).into();
        Bio::parse(&names, |name| name.chars().next().unwrap()).unwrap()
    }

    fn allowed(path: &[usize]) -> bool {
        path.iter().enumerate().all(|(row, &c)| {
            let before = if row == 0 { 0 } else { path[row - 1] };
            match c {
                2 => before == 1 || before == 2,
                4 => before == 3 || before == 4,
                _ => true,
            }
        })
    }

    /// The best allowed path, by trying all.
    fn brute(scores: &Table) -> f32 {
        let rows = scores.rows();
        let mut best = f32::NEG_INFINITY;
        for code in 0..5_usize.pow(rows as u32) {
            let path: Vec<usize> = (0..rows)
                .map(|r| code / 5_usize.pow(r as u32) % 5)
                .collect();
            if allowed(&path) {
                let total: f32 = (0..rows).map(|r| log_softmax(scores.row(r))[path[r]]).sum();
                best = best.max(total);
            }
        }
        best
    }

    fn score_of(stretches: &[Stretch<char>], scores: &Table) -> f32 {
        let mut path = vec![0; scores.rows()];
        for s in stretches {
            for row in s.rows.clone() {
                let inside = usize::from(row > s.rows.start);
                path[row] = inside + if s.kind == 'x' { 1 } else { 3 };
            }
        }
        assert!(allowed(&path));
        (0..path.len())
            .map(|r| log_softmax(scores.row(r))[path[r]])
            .sum()
    }

    proptest! {
        #[test]
        fn finds_the_best_allowed_sequence(data in proptest::collection::vec(-4.0_f32..4.0, 20)) {
            let scores = Table::new(5, data);
            let found = labels().decode(&scores, 0.0, |_| false);
            prop_assert!((score_of(&found, &scores) - brute(&scores)).abs() < 1e-4);
        }
    }

    #[test]
    fn a_break_ends_a_stretch() {
        let inside = [0.0, 0.0, 9.0, 0.0, 0.0];
        let begin = [0.0, 9.0, 0.0, 0.0, 0.0];
        let data: Vec<f32> = [begin, inside, inside].concat();
        let scores = Table::new(5, data);
        assert_eq!(labels().decode(&scores, 0.0, |_| false)[0].rows, 0..3);
        assert_eq!(labels().decode(&scores, 0.0, |row| row == 2)[0].rows, 0..2);
    }

    #[test]
    fn an_inside_needs_its_begin() {
        let names: Vec<String> = ["O", "I-x"].map(str::to_owned).into();
        assert!(Bio::parse(&names, |_| 'x').unwrap_err().contains("B-x"));
    }
}
