//! Who is like whom: for each report its best likenesses, no more than a fixed number.
//!
//! What is kept is a function of the set of links offered, not of their order: of each report the
//! best [`BEST`], and of two equally good ones the one whose report's id comes first. An edge is
//! there while either of its ends keeps it. Memory grows with the number of reports only.

use std::cmp::Reverse;

/// Likenesses kept for each report.
pub(crate) const BEST: usize = 32;

/// Log odds in thousandths: whole numbers compare and add the same everywhere.
pub type Score = i32;

/// The edges of all reports.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    kept: Vec<Vec<(Score, u32)>>,
    /// Edges that only the other end keeps.
    guests: Vec<Vec<(Score, u32)>>,
}

impl Graph {
    /// Makes room for reports up to number `report`.
    pub(crate) fn grow(&mut self, report: u32) {
        let size = report as usize + 1;
        if self.kept.len() < size {
            self.kept.resize_with(size, Vec::new);
            self.guests.resize_with(size, Vec::new);
        }
    }

    /// Offers an edge; `id` gives the id of a report. Returns the reports whose edges changed
    /// besides `a` and `b`: ends of edges that gave way.
    pub(crate) fn offer<'i>(
        &mut self,
        a: u32,
        b: u32,
        score: Score,
        id: impl Fn(u32) -> &'i str,
    ) -> Vec<u32> {
        self.grow(a.max(b));
        let mut changed = Vec::new();
        for (here, there) in [(a, b), (b, a)] {
            let kept = &mut self.kept[here as usize];
            let rank = |&(s, other): &(Score, u32)| (Reverse(s), id(other));
            let at = kept.partition_point(|edge| rank(edge) < rank(&(score, there)));
            kept.insert(at, (score, there));
            if kept.len() <= BEST {
                self.stand(here, there, score);
                continue;
            }
            let Some((old, lost)) = self.kept[here as usize].pop() else {
                continue;
            };
            if lost != there {
                self.stand(here, there, score);
                changed.push(lost);
            }
            self.drop_if_nobody_keeps(here, lost, old);
        }
        changed
    }

    /// The edges of a report that stand, in ascending order of the other's number.
    pub(crate) fn edges(&self, report: u32) -> Vec<(u32, Score)> {
        let lists = [&self.kept, &self.guests];
        let mut edges: Vec<(u32, Score)> = lists
            .iter()
            .filter_map(|list| list.get(report as usize))
            .flatten()
            .map(|&(score, other)| (other, score))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// `here` keeps the edge: `there` has it as a guest unless it keeps it itself.
    fn stand(&mut self, here: u32, there: u32, score: Score) {
        let edge = (score, here);
        if !self.kept[there as usize].contains(&edge)
            && !self.guests[there as usize].contains(&edge)
        {
            self.guests[there as usize].push(edge);
        }
        let own = (score, there);
        self.guests[here as usize].retain(|guest| *guest != own);
    }

    /// `here` no longer keeps its edge to `there`.
    fn drop_if_nobody_keeps(&mut self, here: u32, there: u32, score: Score) {
        if self.kept[there as usize].contains(&(score, here)) {
            self.guests[here as usize].push((score, there));
        } else {
            self.guests[there as usize].retain(|guest| *guest != (score, here));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const IDS: [&str; 60] = {
        let mut ids = [""; 60];
        let all = "000102030405060708091011121314151617181920212223242526272829303132333435363738394041424344454647484950515253545556575859";
        let mut i = 0;
        while i < 60 {
            ids[i] = all.split_at(2 * i).1.split_at(2).0;
            i += 1;
        }
        ids
    };

    fn build(edges: &[(u32, u32, Score)]) -> Vec<Vec<(u32, Score)>> {
        let mut graph = Graph::default();
        graph.grow(59);
        for &(a, b, score) in edges {
            graph.offer(a, b, score, |r| IDS[r as usize]);
        }
        (0..60).map(|r| graph.edges(r)).collect()
    }

    proptest! {
        #[test]
        fn the_order_of_offers_does_not_matter(seed in any::<u64>(), count in 1_usize..1500) {
            let mut state = seed | 1;
            let mut next = || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
            let mut edges = std::collections::BTreeMap::new();
            for _ in 0..count {
                let (a, b) = ((next() % 60) as u32, (next() % 60) as u32);
                if a != b { edges.entry((a.min(b), a.max(b))).or_insert((next() % 50) as Score); }
            }
            let mut edges: Vec<(u32, u32, Score)> = edges.into_iter().map(|((a, b), s)| (a, b, s)).collect();
            let first = build(&edges);
            for i in (1..edges.len()).rev() { edges.swap(i, next() as usize % (i + 1)); }
            let flipped: Vec<_> = edges.iter().map(|&(a, b, s)| (b, a, s)).collect();
            prop_assert_eq!(&first, &build(&flipped));
            // Both ends see an edge that stands.
            for (a, near) in first.iter().enumerate() {
                for &(b, score) in near {
                    prop_assert!(first[b as usize].contains(&(a as u32, score)));
                }
            }
        }
    }
}
