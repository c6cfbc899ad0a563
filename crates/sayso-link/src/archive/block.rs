//! Comparing the reports of one block.

use std::collections::BTreeMap;

use super::extract::{Family, digest_keys};
use crate::candidates::ENOUGH;
use crate::cluster::FLOOR;
use crate::graph::{Graph, Score};
use crate::linker::thousandths;
use crate::pair::{Weights, values};
use crate::{Digest, LinkKnowledge};

/// Which part of the pairs is compared here.
///
/// A block has the reports of one stretch of time and, as overlap, those of the next one. Where these
/// are too many, their keys are dealt into `cuts` parts by remainder, and a block has those with a
/// key in `part`; where one key alone has too many, its reports are dealt into chunks, and a block has
/// one chunk, or two of them (`across`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What they share.
    pub family: Family,
    /// Into how many parts the keys are dealt; 1 at least.
    pub cuts: i64,
    /// The part of this block, below `cuts`.
    pub part: i64,
    /// Whether only reports of different chunks are compared.
    pub across: bool,
}

/// A report in a block.
#[derive(Clone, Debug)]
pub struct Member<T> {
    /// Whether it is of the block's stretch of time, and no overlap.
    pub home: bool,
    /// The chunk that it is in.
    pub chunk: i32,
    /// What it is compared by.
    pub of: T,
}

/// Two reports that may tell of one incident, that with the lower id first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Id of a report.
    pub a: String,
    /// Its day of publication.
    pub a_day: Option<i32>,
    /// Id of another one.
    pub b: String,
    /// Its day of publication.
    pub b_day: Option<i32>,
    /// Log odds, in thousandths.
    pub score: Score,
}

impl Block {
    /// Whether two reports of the block are compared in it: two that are both overlap are in the
    /// next block, two of one chunk in that chunk's own.
    pub(super) fn compares<T>(&self, a: &Member<T>, b: &Member<T>) -> bool {
        (a.home || b.home) && (!self.across || a.chunk != b.chunk)
    }

    /// Whether a key is in the part of this block.
    pub(super) fn has(&self, key: i64) -> bool {
        key.rem_euclid(self.cuts.max(1)) == self.part
    }
}

/// The likenesses of the reports of a block that can be among the best of either report: of all of
/// them those of the whole archive are chosen.
///
/// A pair is compared in the block that has the first of its common keys, and in no other.
pub fn links(block: &Block, members: &[Member<Digest>], knowledge: &LinkKnowledge) -> Vec<Link> {
    let keys = members
        .iter()
        .map(|member| digest_keys(&member.of, block.family))
        .collect();
    links_by(block, members, keys, knowledge)
}

/// The same where somebody has thinned out the keys: `keys` are those of each member, in an order
/// that is the same for all.
///
/// Whoever thins them out leaves to any two members of the block that have keys in common one of
/// these at least, and the same ones in every block of its stretch.
pub fn links_by(
    block: &Block,
    members: &[Member<Digest>],
    mut keys: Vec<Vec<i64>>,
    knowledge: &LinkKnowledge,
) -> Vec<Link> {
    keys.resize_with(members.len(), Vec::new);
    let weights = Weights::of(knowledge.weights());
    let mut with_key: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    let mut graph = Graph::default();
    let mut met: Vec<u32> = Vec::new();
    for (number, (member, own)) in (0_u32..).zip(members.iter().zip(&keys)) {
        graph.grow(number);
        met.clear();
        for &key in own.iter().filter(|&&key| block.has(key)) {
            let reports = with_key.entry(key).or_default();
            met.extend_from_slice(reports);
            reports.push(number);
        }
        met.sort_unstable();
        met.dedup();
        for &other in &met {
            let (them, theirs) = (&members[other as usize], &keys[other as usize]);
            let first = own.iter().find(|key| theirs.contains(key));
            if !first.is_some_and(|&key| block.has(key))
                || !block.compares(member, them)
                || (block.family == Family::Names && shared(&member.of, &them.of) < ENOUGH)
            {
                continue;
            }
            let score = thousandths(weights.score(&values(&member.of, &them.of)));
            if score >= FLOOR {
                let id = |report: u32| members[report as usize].of.report.as_str();
                graph.offer(number, other, score, id);
            }
        }
    }
    standing(&graph, members)
}

/// The links that stand in a block, each once.
fn standing(graph: &Graph, members: &[Member<Digest>]) -> Vec<Link> {
    let mut links = Vec::new();
    for (number, member) in (0_u32..).zip(members) {
        for (other, score) in graph.edges(number) {
            let (a, b) = (&member.of, &members[other as usize].of);
            if a.report < b.report {
                links.push(Link {
                    a: a.report.clone(),
                    a_day: a.published,
                    b: b.report.clone(),
                    b_day: b.published,
                    score,
                });
            }
        }
    }
    links.sort_unstable();
    links
}

/// Rarity, in hundredths, of the key names that two reports share. Names are sorted by hash.
fn shared(a: &Digest, b: &Digest) -> u32 {
    let (mut here, mut there, mut sum) = (0, 0, 0_u32);
    while let (Some(name), Some(other)) = (a.names.get(here), b.names.get(there)) {
        if name.hash == other.hash && name.is_key && other.is_key {
            sum += u32::from(name.rare);
        }
        here += usize::from(name.hash <= other.hash);
        there += usize::from(other.hash <= name.hash);
    }
    sum
}
