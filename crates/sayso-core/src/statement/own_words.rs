//! "I" and "we" in somebody's own words.

use super::draft::Draft;
use super::entity_of;
use super::view::View;
use crate::{Mentions, Statement, StatementRule as Rule};

/// Lets "I" or "we", as speaker of the statement number `at`, stand for whoever is quoted around it.
pub(super) fn resolve(
    view: &View<'_>,
    mentions: &Mentions,
    drafts: &[Draft],
    within: &[Option<usize>],
    at: usize,
    statement: &mut Statement,
) {
    if !view.has(Rule::SelfInQuotation) || !speaks_of_self(view, drafts, at) {
        return;
    }
    let mut outer = within.get(at).copied().flatten();
    // Each step goes to a statement around the last one, so that there are fewer than drafts.
    for _ in 0..drafts.len() {
        let Some(number) = outer.filter(|&o| speaks_of_self(view, drafts, o)) else {
            break;
        };
        outer = within.get(number).copied().flatten();
    }
    let quoted = outer
        .and_then(|o| drafts.get(o))
        .and_then(|d| d.speaker.chain.first())
        .and_then(|phrase| entity_of(view, mentions, phrase));
    if let (Some(entity), Some(source)) = (quoted, statement.sources.first_mut()) {
        source.entity = Some(entity);
    }
}

fn speaks_of_self(view: &View<'_>, drafts: &[Draft], at: usize) -> bool {
    drafts
        .get(at)
        .and_then(|d| d.speaker.chain.first())
        .is_some_and(|p| matches!(view.lower(p.head), "i" | "we"))
}
