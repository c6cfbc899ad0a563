//! Prints of one text, and whose words they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::block::{Block, Member};
use super::extract::{Kept, print_keys};
use super::group::{join, root};
use crate::LinkKnowledge;
use crate::copies::{Signature, contained};
use crate::origin::Origin;

/// Who the words of the prints of one text go back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords {
    pub(super) origin: Origin,
}

/// Pairs of reports of a block by which all prints of one text hang together there; `of` each report
/// are its day of publication and its signature.
///
/// Reports that hang together already are not compared: of a thousand prints of one text there are a
/// thousand pairs, and no million.
pub fn prints(block: &Block, members: &[Member<(Option<i32>, Signature)>]) -> Vec<(usize, usize)> {
    let mut with_key: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut below: Vec<usize> = (0..members.len()).collect();
    let mut pairs = Vec::new();
    for (number, member) in members.iter().enumerate() {
        for key in print_keys(&member.of.1) {
            if !block.has(key) {
                continue;
            }
            let reports = with_key.entry(key).or_default();
            for &other in reports.iter() {
                let them = &members[other];
                let copy = |(day, signature): &(Option<i32>, Signature)| {
                    contained((&member.of.1, member.of.0), (signature, *day)).is_some()
                };
                if root(&mut below, number) != root(&mut below, other)
                    && block.compares(member, them)
                    && copy(&them.of)
                {
                    join(&mut below, number, other);
                    pairs.push((other, number));
                }
            }
            reports.push(number);
        }
    }
    pairs
}

/// Whose words the prints of one text are; one report alone is its own print.
pub fn own_words(prints: &[Kept], knowledge: &LinkKnowledge) -> OwnWords {
    let mut prints: Vec<&Kept> = prints.iter().collect();
    prints.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let prints: Vec<_> = prints.into_iter().map(|kept| &kept.print).collect();
    OwnWords {
        origin: knowledge.attributions().of_prints(&prints),
    }
}
