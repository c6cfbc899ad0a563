//! Reports one at a time, or all at once: the same groups.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use sayso_lexicon::{LexiconError, LinkWeights};

use crate::Digest;
use crate::candidates::Candidates;
use crate::cluster::{FLOOR, Fixed, groups};
use crate::decision::Decisions;
use crate::graph::{Graph, Score};
use crate::pair::{Likeness, Weights, values};
use crate::words::hash;

/// Groups reports by what they tell of.
///
/// The groups are a function of the set of reports: not of their order, nor of when it was asked
/// for them. Memory grows with the number of reports only, and the time for one more report with
/// the number of those that share rare names with it.
#[derive(Clone, Debug)]
pub struct Linker {
    weights: Weights,
    threshold: Score,
    /// Id and day of each report.
    known: Vec<(Arc<str>, Option<i32>)>,
    /// What is compared of each report; `None` once nothing will meet it any more.
    digests: Vec<Option<Box<Digest>>>,
    /// With [`Linker::forgetting`] the reports that still have digests, the oldest first.
    remembered: Option<VecDeque<u32>>,
    /// Hash and id of each report to its number: words are compared where hashes are the same.
    by_id: BTreeMap<(u64, Arc<str>), u32>,
    candidates: Candidates,
    graph: Graph,
    /// For each report the number of the first report of its group.
    group: Vec<u32>,
    /// Reports whose edges have changed since the groups were last made.
    changed: BTreeSet<u32>,
    decisions: Decisions,
}

impl Linker {
    /// A linker with the shipped weights.
    ///
    /// # Errors
    /// Never in a released program: a test parses the weights.
    pub fn shipped() -> Result<Self, LexiconError> {
        Ok(Self::new(&LinkWeights::builtin()?))
    }

    /// A linker with these weights; the threshold is the weight `threshold`, in log odds.
    pub fn new(weights: &LinkWeights) -> Self {
        Self {
            threshold: thousandths(weights.of("threshold")),
            weights: Weights::of(weights),
            known: Vec::new(),
            digests: Vec::new(),
            remembered: None,
            by_id: BTreeMap::new(),
            candidates: Candidates::default(),
            graph: Graph::default(),
            group: Vec::new(),
            changed: BTreeSet::new(),
            decisions: Decisions::default(),
        }
    }

    /// The same for reports that come by day of publication, those without one anywhere: what is too
    /// old to meet others is let go.
    #[must_use]
    pub fn forgetting(self) -> Self {
        Self {
            remembered: Some(VecDeque::new()),
            ..self
        }
    }

    /// From here on these decisions hold, and no earlier ones.
    pub fn decide(&mut self, decisions: Decisions) {
        self.decisions = decisions;
        self.changed.extend(0..self.known.len() as u32);
    }

    /// Whether an analyst has decided that two reports are of one incident.
    pub(crate) fn is_decided(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.report(a), self.report(b));
        self.decisions.with(a).any(|id| id == b)
    }

    /// Reports here that must stay with `report`.
    fn decided(&self, report: u32) -> impl Iterator<Item = u32> {
        self.decisions
            .with(self.report(report))
            .filter_map(|id| self.number(id))
    }

    /// Adds a report. One whose id is already here is left out: `false`.
    pub fn insert(&mut self, digest: Digest) -> bool {
        let id: Arc<str> = digest.report.as_str().into();
        let key = (hash(&id), Arc::clone(&id));
        if self.by_id.contains_key(&key) {
            return false;
        }
        let number = self.known.len() as u32;
        self.forget(digest.published);
        let candidates = self.candidates.of(&digest);
        self.candidates.insert(number, &digest);
        self.known.push((id, digest.published));
        self.by_id.insert(key, number);
        self.digests.push(Some(Box::new(digest.unspelt())));
        if let Some(remembered) = &mut self.remembered {
            remembered.push_back(number);
        }
        self.group.push(number);
        self.graph.grow(number);
        for other in candidates {
            let Some(score) = self.score(number, other).filter(|score| *score >= FLOOR) else {
                continue;
            };
            let id = |report: u32| self.known[report as usize].0.as_ref();
            let lost = self.graph.offer(number, other, score, id);
            self.changed.extend(lost);
            self.changed.insert(other);
        }
        self.changed.insert(number);
        true
    }

    /// Lets go of what a report of `day`, and what comes after it, will not meet.
    fn forget(&mut self, day: Option<i32>) {
        let (Some(remembered), Some(day)) = (&mut self.remembered, day) else {
            return;
        };
        let before = self.known.last().and_then(|(_, day)| *day);
        if before.is_some_and(|before| !Candidates::forgets_between(before, day)) {
            return;
        }
        self.candidates.forget_before(day);
        remembered.retain(|&report| {
            let digest = &mut self.digests[report as usize];
            let passed = digest
                .as_ref()
                .is_none_or(|digest| Candidates::is_out_of_reach(digest, day));
            if passed {
                *digest = None;
            }
            !passed
        });
    }

    /// Log odds, in thousandths, that two reports tell of one incident.
    fn score(&self, a: u32, b: u32) -> Option<Score> {
        let digest = |report: u32| self.digests[report as usize].as_deref();
        let (a, b) = (digest(a)?, digest(b)?);
        Some(thousandths(self.weights.score(&values(a, b))))
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The id of report number `report`, in the order in which they came.
    pub fn report(&self, report: u32) -> &str {
        self.known.get(report as usize).map_or("", |known| &known.0)
    }

    /// The number of the report with this id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.by_id.get(&(hash(id), id.into())).copied()
    }

    /// Of the reports in `group` the one that `report` is tied to most.
    pub fn likest(&self, report: u32, group: &[u32]) -> Option<u32> {
        self.graph
            .edges(report)
            .into_iter()
            .filter(|(other, _)| group.contains(other))
            .max_by(|a, b| {
                let id = |report: u32| self.report(report);
                a.1.cmp(&b.1).then_with(|| id(b.0).cmp(id(a.0)))
            })
            .map(|(other, _)| other)
    }

    /// What each likeness of two reports adds, the greatest first.
    pub fn shares(&self, a: &Digest, b: &Digest) -> Vec<(Likeness, f64)> {
        self.weights.shares(&values(a, b))
    }

    /// The groups: numbers of reports, each group by day and id of its reports, the groups by
    /// their first reports.
    pub fn groups(&mut self) -> Vec<Vec<u32>> {
        self.settle();
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (report, &first) in self.group.iter().enumerate() {
            members.entry(first).or_default().push(report as u32);
        }
        let mut groups: Vec<Vec<u32>> = members.into_values().collect();
        for group in &mut groups {
            group.sort_by(|&a, &b| self.rank(a).cmp(&self.rank(b)));
        }
        groups.sort_by(|a, b| self.rank(a[0]).cmp(&self.rank(b[0])));
        groups
    }

    /// Day and id: an order of the reports that is theirs alone.
    pub(crate) fn rank(&self, report: u32) -> (Option<i32>, &str) {
        let (id, day) = &self.known[report as usize];
        (*day, id)
    }

    /// Makes the groups anew around every report whose edges have changed.
    fn settle(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        let mut settled: BTreeSet<u32> = BTreeSet::new();
        for start in changed {
            if settled.contains(&start) {
                continue;
            }
            let component = self.component(start);
            self.regroup(&component);
            settled.extend(component);
        }
    }

    /// The reports that are tied to `start` by links good enough to join groups.
    fn component(&self, start: u32) -> BTreeSet<u32> {
        let mut component = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(report) = open.pop() {
            for other in self.decided(report) {
                if component.insert(other) {
                    open.push(other);
                }
            }
            for (other, score) in self.graph.edges(report) {
                if score > self.threshold && component.insert(other) {
                    open.push(other);
                }
            }
        }
        component
    }

    fn regroup(&mut self, component: &BTreeSet<u32>) {
        let mut reports: Vec<u32> = component.iter().copied().collect();
        reports.sort_by(|&a, &b| self.rank(a).cmp(&self.rank(b)));
        let place: BTreeMap<u32, usize> = reports
            .iter()
            .enumerate()
            .map(|(at, &report)| (report, at))
            .collect();
        let links = self.links(&reports, &place);
        let fixed = self.fixed(&reports, &place);
        for (at, first) in groups(reports.len(), &links, self.threshold, &fixed)
            .into_iter()
            .enumerate()
        {
            self.group[reports[at] as usize] = reports[first];
        }
    }
}

impl Linker {
    /// A linker that knows only these reports, by id and day, and these of their likenesses: what
    /// was linked elsewhere can be asked here.
    pub(crate) fn tied(
        weights: &LinkWeights,
        known: impl Iterator<Item = (Arc<str>, Option<i32>)>,
        ties: &BTreeSet<(u32, u32, Score)>,
    ) -> Self {
        let mut linker = Self::new(weights);
        for (id, day) in known {
            let number = linker.known.len() as u32;
            linker.by_id.insert((hash(&id), Arc::clone(&id)), number);
            linker.known.push((id, day));
            linker.digests.push(None);
            linker.group.push(number);
            linker.graph.grow(number);
        }
        for &(a, b, score) in ties {
            let id = |report: u32| linker.known[report as usize].0.as_ref();
            linker.graph.offer(a, b, score, id);
        }
        linker
    }

    /// The parts into which the reports of a group fall by their likeness alone, where an analyst
    /// put some of them together; else the whole group. Both keep the order of the group.
    pub(crate) fn undecided(&self, group: &[u32]) -> Vec<Vec<u32>> {
        let is_joined = |&report: &u32| {
            let mut others = group.iter().filter(|&&other| other != report);
            others.any(|&other| self.is_decided(report, other))
        };
        if !group.iter().any(is_joined) {
            return vec![group.to_vec()];
        }
        let place: BTreeMap<u32, usize> = group
            .iter()
            .enumerate()
            .map(|(at, &report)| (report, at))
            .collect();
        let links = self.links(group, &place);
        let apart = Fixed {
            together: Vec::new(),
            ..self.fixed(group, &place)
        };
        let mut parts: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        let firsts = groups(group.len(), &links, self.threshold, &apart);
        for (&report, first) in group.iter().zip(firsts) {
            parts.entry(first).or_default().push(report);
        }
        parts.into_values().collect()
    }

    /// The links within `reports`, by places in it.
    fn links(&self, reports: &[u32], place: &BTreeMap<u32, usize>) -> Vec<(usize, usize, Score)> {
        let mut links = Vec::new();
        for (at, &report) in reports.iter().enumerate() {
            for (other, score) in self.graph.edges(report) {
                if let Some(&there) = place.get(&other)
                    && at < there
                {
                    links.push((at, there, score));
                }
            }
        }
        links
    }

    /// What is decided on the reports of a component.
    fn fixed(&self, reports: &[u32], place: &BTreeMap<u32, usize>) -> Fixed {
        let mut fixed = Fixed::default();
        for (at, &report) in reports.iter().enumerate() {
            let block: BTreeSet<usize> = self
                .decided(report)
                .filter_map(|other| place.get(&other).copied())
                .collect();
            if block.first() == Some(&at) && block.len() > 1 {
                fixed.together.push(block.into_iter().collect());
            }
            let apart = self
                .decisions
                .apart_from(self.report(report))
                .filter_map(|id| place.get(&self.number(id)?).copied())
                .filter(|&other| at < other)
                .map(|other| (at, other));
            fixed.apart.extend(apart);
        }
        fixed
    }
}

/// Log odds in whole thousandths.
pub(crate) fn thousandths(log_odds: f64) -> Score {
    (log_odds.clamp(-1e6, 1e6) * 1000.0).round() as Score
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decision::Decision;
    use crate::test_digest::digest;

    /// Weights under which names, numbers and days decide, so that small reports can be linked.
    fn weights() -> LinkWeights {
        let weights = [
            ("bias", -4.0),
            ("names", 3.0),
            ("rare-names", 1.0),
            ("numbers", 2.0),
            ("apart", -0.4),
            ("threshold", -0.5),
        ];
        LinkWeights::new(weights.map(|(name, weight)| (name.to_owned(), weight)))
    }

    /// Ids of the reports of each group, groups in order.
    fn groups(linker: &mut Linker) -> Vec<Vec<String>> {
        let groups = linker.groups();
        let id = |report: &u32| linker.report(*report).to_owned();
        groups
            .iter()
            .map(|group| group.iter().map(id).collect())
            .collect()
    }

    /// Reports that draw their names from a small pool, so that stories overlap.
    fn report(number: usize, names: &[usize], day: i32, counted: u16) -> Digest {
        let pool = [
            "qarqur", "velda", "orlo", "tibrin", "sekhan", "marudo", "kesh", "ulban", "dranov",
        ];
        let named: Vec<(&str, u16)> = names
            .iter()
            .map(|&name| {
                (
                    pool[name % pool.len()],
                    640 + 10 * (name % pool.len()) as u16,
                )
            })
            .collect();
        let mut digest = digest(&format!("r{number:03}"), 17_000 + day, &named);
        digest.numbers = vec![counted];
        digest
    }

    proptest! {
        #[test]
        fn groups_do_not_depend_on_the_order_or_on_when_they_are_asked_for(
            drawn in proptest::collection::vec(
                (proptest::collection::vec(0_usize..9, 2..5), 0_i32..40, 1_u16..5), 1..60),
            order in any::<u64>(),
            pauses in any::<u64>(),
            merged in proptest::collection::vec((0_usize..60, 0_usize..60), 0..4),
            split in proptest::collection::vec((0_usize..60, 0_usize..60), 0..4),
        ) {
            let id = |number: usize| format!("r{number:03}");
            let mut decisions = Decisions::default();
            for &(a, b) in &merged {
                decisions.take(&Decision::Merge { reports: vec![id(a), id(b)] });
            }
            for &(a, b) in &split {
                decisions.take(&Decision::Split { reports: vec![id(a)], from: vec![id(b)] });
            }
            let reports: Vec<Digest> = drawn
                .iter()
                .enumerate()
                .map(|(number, (names, day, counted))| report(number, names, *day, *counted))
                .collect();
            let mut batch = Linker::new(&weights());
            for digest in &reports { batch.insert(digest.clone()); }
            batch.decide(decisions.clone());
            let expected = groups(&mut batch);
            for &(a, b) in &split {
                if a != b {
                    let together = expected.iter().any(|group| group.contains(&id(a)) && group.contains(&id(b)));
                    prop_assert!(!together);
                }
            }

            let batch_of = reports.clone();
            let mut shuffled = reports;
            let mut state = order | 1;
            for at in (1..shuffled.len()).rev() {
                state ^= state << 13; state ^= state >> 7; state ^= state << 17;
                shuffled.swap(at, state as usize % (at + 1));
            }
            let mut online = Linker::new(&weights());
            let decided_at = order as usize % shuffled.len();
            for (at, digest) in shuffled.into_iter().enumerate() {
                if at == decided_at { online.decide(decisions.clone()); }
                online.insert(digest);
                if pauses >> (at % 64) & 1 == 1 { online.groups(); }
            }
            prop_assert_eq!(groups(&mut online), expected.clone());

            // What comes by day may be forgotten; the days are drawn over years, too.
            for years in [0, 60] {
                let mut by_day = batch_of.clone();
                for digest in &mut by_day {
                    digest.published = digest.published.map(|day| 17_000 + (day - 17_000) * (1 + years));
                }
                by_day.sort_by_key(|digest| digest.published);
                let (mut all, mut few) = (Linker::new(&weights()), Linker::new(&weights()).forgetting());
                all.decide(decisions.clone());
                few.decide(decisions.clone());
                for digest in by_day {
                    all.insert(digest.clone());
                    few.insert(digest);
                }
                prop_assert_eq!(groups(&mut few), groups(&mut all));
                if years > 0 && few.known.len() > 30 {
                    prop_assert!(few.digests.iter().flatten().count() < few.known.len());
                }
            }
        }
    }

    #[test]
    fn a_report_comes_once() {
        let mut linker = Linker::new(&weights());
        assert!(linker.insert(report(1, &[0, 1], 0, 1)));
        assert!(!linker.insert(report(1, &[2, 3], 9, 2)));
        assert_eq!(linker.groups(), [[0]]);
    }

    #[test]
    fn reports_of_one_story_are_one_group() {
        let mut linker = Linker::new(&weights());
        linker.insert(report(1, &[0, 1, 2], 0, 9));
        linker.insert(report(2, &[0, 1, 2], 1, 9));
        linker.insert(report(3, &[5, 6, 7], 1, 9));
        assert_eq!(linker.groups(), vec![vec![0, 1], vec![2]]);
    }
}
