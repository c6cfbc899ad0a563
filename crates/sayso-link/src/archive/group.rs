//! From links to incidents.

use std::collections::{BTreeMap, BTreeSet};

use super::block::Link;
use crate::LinkKnowledge;
use crate::cluster::{self, Fixed};
use crate::graph::{BEST, Score};
use crate::linker::thousandths;

/// How many of its links each report keeps: of equal ones those to the lowest ids. A link stands
/// while either of its ends keeps it.
pub const KEPT_LINKS: usize = BEST;

/// Links whose score is above this tie reports together.
pub fn threshold(knowledge: &LinkKnowledge) -> Score {
    thousandths(knowledge.weights().of("threshold"))
}

/// What hangs together by pairs: each thing with the least of those that it hangs together with.
pub fn components(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    let all: BTreeSet<&str> = pairs.iter().flat_map(|(a, b)| [&**a, &**b]).collect();
    let all: Vec<&str> = all.into_iter().collect();
    let number = |thing: &str| all.binary_search(&thing).ok();
    let numbers = pairs.iter().filter_map(|(a, b)| number(a).zip(number(b)));
    let least = components_of(all.len(), numbers);
    all.iter()
        .zip(least)
        .map(|(&thing, least)| (thing, all[least]))
        .collect()
}

/// The same of things that are numbered from 0, `count` of them: for each the least that it hangs
/// together with. A pair of others is passed over.
pub fn components_of(count: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut below: Vec<usize> = (0..count).collect();
    for (a, b) in pairs.filter(|&(a, b)| a.max(b) < count) {
        join(&mut below, a, b);
    }
    (0..count).map(|at| root(&mut below, at)).collect()
}

/// Makes one of the two sets that `a` and `b` are in; `false` where they are one already.
pub(super) fn join(below: &mut [usize], a: usize, b: usize) -> bool {
    let (a, b) = (root(below, a), root(below, b));
    below[a.max(b)] = a.min(b);
    a != b
}

/// The least of the set that `at` is in.
pub(super) fn root(below: &mut [usize], mut at: usize) -> usize {
    while below[at] != at {
        below[at] = below[below[at]];
        at = below[at];
    }
    at
}

/// A report and its incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped {
    /// Id of the report.
    pub report: String,
    /// Id of the first report of its incident.
    pub first: String,
    /// Its day of publication.
    pub first_day: Option<i32>,
    /// The report of its incident that it is most like, and how much.
    pub likest: Option<(String, Score)>,
}

/// The incidents of reports that hang together, by all links between them that stand.
pub fn groups(links: &[Link], knowledge: &LinkKnowledge) -> Vec<Grouped> {
    let ranks: BTreeSet<(Option<i32>, &str)> = links
        .iter()
        .flat_map(|link| [(link.a_day, link.a.as_str()), (link.b_day, link.b.as_str())])
        .collect();
    let ranks: Vec<(Option<i32>, &str)> = ranks.into_iter().collect();
    let at = |day: Option<i32>, id: &str| ranks.binary_search(&(day, id)).unwrap_or_default();
    // A link that several blocks have found counts once.
    let mut scores: BTreeMap<(usize, usize), Score> = BTreeMap::new();
    for link in links {
        let (a, b) = (at(link.a_day, &link.a), at(link.b_day, &link.b));
        scores.insert((a.min(b), a.max(b)), link.score);
    }
    let ties: Vec<(usize, usize, Score)> =
        scores.into_iter().map(|((a, b), s)| (a, b, s)).collect();
    let first = cluster::groups(ranks.len(), &ties, threshold(knowledge), &Fixed::default());
    let mut likest: Vec<Option<(Score, usize)>> = vec![None; ranks.len()];
    for &(a, b, score) in &ties {
        if first[a] != first[b] {
            continue;
        }
        for (here, there) in [(a, b), (b, a)] {
            let more = likest[here]
                .is_none_or(|(known, other)| (score, ranks[other].1) > (known, ranks[there].1));
            if more {
                likest[here] = Some((score, there));
            }
        }
    }
    ranks
        .iter()
        .enumerate()
        .map(|(at, (_, report))| Grouped {
            report: (*report).to_owned(),
            first: ranks[first[at]].1.to_owned(),
            first_day: ranks[first[at]].0,
            likest: likest[at].map(|(score, other)| (ranks[other].1.to_owned(), score)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn what_hangs_together_is_called_after_its_least() {
        let pairs = [
            pair("d", "c"),
            pair("b", "a"),
            pair("e", "c"),
            pair("e", "d"),
        ];
        assert_eq!(
            components(&pairs),
            [("a", "a"), ("b", "a"), ("c", "c"), ("d", "c"), ("e", "c")]
        );
        assert!(components(&[]).is_empty());
        assert_eq!(components_of(3, [(2, 1), (1, 7)].into_iter()), [0, 1, 1]);
    }

    #[test]
    fn of_equally_like_reports_the_lowest_id_is_the_likest() {
        let knowledge = LinkKnowledge::builtin().unwrap();
        let link = |a: &str, b: &str, score| Link {
            a: a.to_owned(),
            a_day: Some(1),
            b: b.to_owned(),
            b_day: Some(1),
            score,
        };
        let links = [
            link("b", "c", 5_000),
            link("a", "c", 5_000),
            link("a", "b", 4_000),
        ];
        let found = groups(&links, &knowledge);
        let likest: Vec<Option<&str>> = found
            .iter()
            .map(|g| g.likest.as_ref().map(|(id, _)| id.as_str()))
            .collect();
        assert_eq!(likest, [Some("c"), Some("c"), Some("a")]);
        assert!(found.iter().all(|grouped| grouped.first == "a"));
    }
}
