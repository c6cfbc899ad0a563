//! Whose things they are: vehicles do not fight, those do whom they belong to.

use sayso_text::Rel;

use super::words::Words;
use crate::EventRule;

/// In a clash, things give way to whoever the text says they belong to ("the vehicles", told
/// before as "vehicles belonging to the command"), and else are no side.
pub(super) fn of_things(words: &Words<'_>, side: &mut Vec<usize>) {
    if !words.on(EventRule::ThingsDoNotFight) {
        return;
    }
    let mut kept: Vec<usize> = Vec::with_capacity(side.len());
    for &token in side.iter() {
        let fights = if is_mere_thing(words, token) {
            owner(words, token)
        } else {
            Some(token)
        };
        if let Some(fights) = fights
            && !kept.contains(&fights)
        {
            kept.push(fights);
        }
    }
    *side = kept;
}

/// Whether `token` names a thing, and no word beside it says that it is held in arms.
fn is_mere_thing(words: &Words<'_>, token: usize) -> bool {
    let things = &words.lexicon().things;
    (things.has(words.lemma(token)) || things.has(words.form(token)))
        && words.is_noun(token)
        && words.name_kind(token).is_none()
        && words.people(token).is_none()
        && super::whole_sides::bears_arms(words, token) != Some(true)
}

/// Whom the thing at `token`, or one of that noun told before, is said to belong to.
fn owner(words: &Words<'_>, token: usize) -> Option<usize> {
    let same = |&t: &usize| words.is_noun(t) && words.lemma(t) == words.lemma(token);
    std::iter::once(token)
        .chain((0..token).rev().filter(same))
        .find_map(|thing| owner_beside(words, thing))
}

/// "Vehicles belonging to the command", "vehicles of the army", "the army's vehicles".
fn owner_beside(words: &Words<'_>, thing: usize) -> Option<usize> {
    let syntax = words.context.syntax;
    let belonging = (thing + 1..words.sentence(thing).end.min(thing + 4))
        .find(|&t| words.is(t, "belong"))
        .into_iter()
        .flat_map(|verb| syntax.children_by(verb, &[Rel::Obl]))
        .find(|&t| words.is_noun(t) && !words.is_place(t) && !is_mere_thing(words, t));
    belonging.or_else(|| {
        let of = syntax
            .children_by(thing, &[Rel::Nmod])
            .filter(|&t| words.case(t) == Some("of"));
        syntax
            .children_by(thing, &[Rel::NmodPoss])
            .chain(of)
            .find(|&t| words.is_armed(t) || words.is_state(t))
    })
}
