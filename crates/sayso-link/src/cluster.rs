//! From likenesses to groups: those most alike are joined first, as long as the groups as wholes
//! are alike.
//!
//! The likeness of two groups is the mean of their best link and of all their links, a pair without
//! one counting as [`STRANGERS`]: one chance link cannot chain two stories together, and a late
//! report need not be like every early one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::graph::Score;

/// What a pair without a link counts.
pub(crate) const STRANGERS: Score = -9_000;

/// Links below this are not kept: hardly more than strangers.
pub(crate) const FLOOR: Score = -4_000;

/// Sums over the links between two groups.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    best: Score,
    sum: i64,
    count: i64,
}

impl Links {
    fn likeness(self, pairs: i64) -> Score {
        let all = self.sum + (pairs - self.count) * i64::from(STRANGERS);
        ((i64::from(self.best) * pairs + all) / (2 * pairs)) as Score
    }

    fn and(self, other: Self) -> Self {
        Self {
            best: self.best.max(other.best),
            sum: self.sum + other.sum,
            count: self.count + other.count,
        }
    }
}

/// What is decided before anything is compared, by positions of reports.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fixed {
    /// Sets of reports that stay together, each ascending.
    pub(crate) together: Vec<Vec<usize>>,
    /// Pairs that must not come together.
    pub(crate) apart: Vec<(usize, usize)>,
}

/// Groups `reports` by their links: of those above `threshold`, the most alike first.
///
/// `reports` are in an order of their own (day, then id), which decides between equals; `links`
/// names them by position, the first below the second. Returns for each report the position of the
/// first of its group.
pub(crate) fn groups(
    reports: usize,
    links: &[(usize, usize, Score)],
    threshold: Score,
    fixed: &Fixed,
) -> Vec<usize> {
    let mut group: Vec<usize> = (0..reports).collect();
    let mut size: Vec<i64> = vec![1; reports];
    for block in &fixed.together {
        if let Some((&first, rest)) = block.split_first() {
            for &report in rest {
                group[report] = first;
                size[report] = 0;
                size[first] += 1;
            }
        }
    }
    let mut apart: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); reports];
    for &(a, b) in &fixed.apart {
        apart[group[a]].insert(group[b]);
        apart[group[b]].insert(group[a]);
    }
    let mut between: Vec<BTreeMap<usize, Links>> = vec![BTreeMap::new(); reports];
    let mut queue = BinaryHeap::new();
    for &(a, b, score) in links {
        let (a, b) = (group[a], group[b]);
        if a == b {
            continue;
        }
        let link = Links {
            best: score,
            sum: i64::from(score),
            count: 1,
        };
        let joined = between[a].get(&b).map_or(link, |&own| own.and(link));
        between[a].insert(b, joined);
        between[b].insert(a, joined);
    }
    for (a, others) in between.iter().enumerate() {
        for (&b, links) in others.range(a..) {
            let likeness = links.likeness(size[a] * size[b]);
            if likeness > threshold {
                queue.push((likeness, Reverse((a, b)), (size[a], size[b])));
            }
        }
    }
    while let Some((_, Reverse((a, b)), sizes)) = queue.pop() {
        // Entries of groups that have grown since are stale.
        if group[a] != a || group[b] != b || (size[a], size[b]) != sizes {
            continue;
        }
        if apart[a].contains(&b) {
            continue;
        }
        for other in std::mem::take(&mut apart[b]) {
            apart[other].insert(a);
            apart[a].insert(other);
        }
        group[b] = a;
        size[a] += size[b];
        size[b] = 0;
        for (other, links) in std::mem::take(&mut between[b]) {
            if other == a {
                continue;
            }
            between[other].remove(&b);
            let joined = between[a].get(&other).map_or(links, |&own| own.and(links));
            between[a].insert(other, joined);
            between[other].insert(a, joined);
        }
        between[a].remove(&b);
        for (&other, links) in &between[a] {
            let likeness = links.likeness(size[a] * size[other]);
            if likeness > threshold {
                let (first, second) = (a.min(other), a.max(other));
                queue.push((
                    likeness,
                    Reverse((first, second)),
                    (size[first], size[second]),
                ));
            }
        }
    }
    for at in 0..reports {
        // A group's number is below its members', and is settled before them.
        group[at] = group[group[at]];
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_are_joined() {
        let links = [(0, 1, 3_000), (1, 2, 2_000), (0, 2, 2_500), (2, 3, -2_000)];
        assert_eq!(groups(4, &links, 0, &Fixed::default()), [0, 0, 0, 3]);
    }

    #[test]
    fn one_chance_link_does_not_chain_two_stories() {
        let links = [
            (0, 1, 6_000),
            (0, 2, 6_000),
            (1, 2, 6_000),
            (3, 4, 6_000),
            (3, 5, 6_000),
            (4, 5, 6_000),
            (2, 3, 2_000),
        ];
        assert_eq!(groups(6, &links, 0, &Fixed::default()), [0, 0, 0, 3, 3, 3]);
    }

    #[test]
    fn what_is_decided_holds_against_every_likeness() {
        let links = [(0, 1, 6_000), (0, 2, 6_000), (1, 2, 6_000)];
        let apart = Fixed {
            together: Vec::new(),
            apart: vec![(0, 2), (1, 2)],
        };
        assert_eq!(groups(3, &links, 0, &apart), [0, 0, 2]);
        let together = Fixed {
            together: vec![vec![0, 3]],
            apart: vec![(3, 1)],
        };
        assert_eq!(groups(4, &links, 0, &together), [0, 1, 1, 0]);
    }

    #[test]
    fn nobody_is_alone_with_others() {
        assert_eq!(groups(3, &[], 0, &Fixed::default()), [0, 1, 2]);
        assert_eq!(groups(0, &[], 0, &Fixed::default()), [] as [usize; 0]);
    }
}
