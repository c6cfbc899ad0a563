//! Statements inside statements: which holds which, and who passes what on.

use super::act;
use super::draft::Draft;
use super::view::View;
use crate::{Mentions, StatementRule as Rule};

/// For each draft the smallest draft whose content holds its cue (or, without a cue, its content).
pub(super) fn within(view: &View<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    if !view.has(Rule::SmallestAround) {
        return vec![None; drafts.len()];
    }
    let size = |d: &Draft| {
        d.content
            .ranges
            .iter()
            .map(ExactSizeIterator::len)
            .sum::<usize>()
    };
    drafts
        .iter()
        .enumerate()
        .map(|(i, draft)| {
            let anchor = if draft.cue.is_some() {
                draft.main
            } else {
                draft.content.ranges.first().map_or(draft.main, |r| r.start)
            };
            drafts
                .iter()
                .enumerate()
                .filter(|&(j, outer)| {
                    j != i
                        && outer.content.ranges.iter().any(|r| r.contains(&anchor))
                        // Two that hold each other's cues nest nowhere.
                        && !draft.content.ranges.iter().any(|r| r.contains(&outer.main))
                })
                .min_by_key(|&(j, outer)| (size(outer), j))
                .map(|(j, _)| j)
        })
        .collect()
}

/// Adds to each nested statement the speakers of the one around it, who pass it on.
pub(super) fn pass_on(
    view: &View<'_>,
    mentions: &Mentions,
    drafts: &mut [Draft],
    within: &[Option<usize>],
) {
    if !view.has(Rule::PassedOn) {
        return;
    }
    // From the outside in, so that the outer chain is whole when it is handed on.
    let depth = |mut i: usize| {
        let mut depth = 0_usize;
        while let Some(outer) = within.get(i).copied().flatten() {
            depth += 1;
            i = outer;
            if depth > within.len() {
                break;
            }
        }
        depth
    };
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (depth(i), i));
    for i in order {
        let Some(outer) = within[i] else { continue };
        let (act, empty) = (drafts[i].act, drafts[i].speaker.chain.is_empty());
        let vouches = act::passes_on(drafts[outer].act) || !view.has(Rule::VouchingAct);
        let unnamed = empty && act::stays_unnamed(act) && view.has(Rule::UnnamedAccuser);
        if !vouches || unnamed {
            continue;
        }
        let carriers = drafts[outer].speaker.chain.clone();
        for carrier in carriers {
            let own = &drafts[i].speaker.chain;
            let same = own.iter().any(|p| {
                p.head == carrier.head
                    || p.tokens == carrier.tokens
                    || view.lower(p.head) == view.lower(carrier.head)
                    || matches!((mentions.entity_at(p.head), mentions.entity_at(carrier.head)),
                        (Some(a), Some(b)) if a == b)
                    // "The army said it would …": the pronoun is the army.
                    || (view.has(Rule::SpeakersPronoun)
                        && matches!(view.lower(p.head), "it" | "he" | "she" | "they" | "we" | "i"))
            });
            if !same {
                drafts[i].speaker.chain.push(carrier);
            }
        }
    }
}
