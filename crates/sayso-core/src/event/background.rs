//! Clauses that tell how things stand, or when something else was, and no event.

use sayso_lexicon::{EventWord, TriggerPos};
use sayso_text::{Rel, Xpos};

use super::trigger::Hit;
use super::words::Words;
use crate::JoinRule;

/// Whether the mention is background: "the region, where armed groups fight the army", "left before
/// soldiers arrived". It is no event and no mention of one.
pub(super) fn is_background(words: &Words<'_>, hit: &Hit) -> bool {
    if hit.pos != TriggerPos::Verb {
        return false;
    }
    let mut clause = hit.token;
    while words.rel(clause) == Rel::Conj
        && let Some(first) = words.head(clause).filter(|&first| words.is_verb(first))
    {
        clause = first;
    }
    is_state_of_place(words, hit, clause) || is_until_arrival(words, hit, clause)
}

/// "…, where armed groups fight the army": the simple present tells what is so there at all times.
fn is_state_of_place(words: &Words<'_>, hit: &Hit, clause: usize) -> bool {
    let present = |verb: usize| {
        matches!(words.xpos(verb), Xpos::VBP | Xpos::VBZ)
            && words
                .context
                .syntax
                .child(verb, &[Rel::Aux, Rel::AuxPass])
                .is_none()
    };
    words.on(JoinRule::StateOfPlace)
        && words.rel(clause) == Rel::AclRelcl
        && present(clause)
        && present(hit.token)
        && words
            .context
            .syntax
            .children_by(clause, &[Rel::Advmod])
            .any(|adverb| adverb < clause && words.is(adverb, "where"))
}

/// "They left before soldiers arrived": how long they stayed. "Before withdrawing" goes on, and what is done to people in such a clause
/// is an event ("before police shot him").
fn is_until_arrival(words: &Words<'_>, hit: &Hit, clause: usize) -> bool {
    words.on(JoinRule::UntilArrival)
        && !hit.frame(words).violent
        && hit.sides.b.is_empty()
        && words.rel(clause) == Rel::Advcl
        && words
            .context
            .syntax
            .child(clause, &[Rel::Nsubj, Rel::NsubjPass])
            .is_some()
        && words
            .context
            .syntax
            .children_by(clause, &[Rel::Mark])
            .any(|mark| words.form_in(mark, EventWord::AfterOrBefore) && words.is(mark, "before"))
}
