//! Which body an actor belongs to or speaks for.

use sayso_lexicon::Shape;
use sayso_text::{Rel, Upos, Xpos};

use crate::mention::{lemma, noun_of};
use crate::{ActorKind, Context, EntityId, Mention, MentionKind, Mentions};

/// The body of an entity: "members of X", "X fighters", "X's spokesman", "head of X",
/// "X, led by him". `None` where no mention tells one.
pub(super) fn body_of(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
) -> Option<EntityId> {
    super::mentions_of(mentions, entity)
        .filter(|mention| mention.kind != MentionKind::Pronoun)
        .find_map(|mention| {
            of_phrase(context, mentions, mention)
                .or_else(|| named_before(context, mentions, mention))
                .or_else(|| led(context, mentions, mention))
        })
        .filter(|&body| body != entity && is_body(context, mentions, body))
}

/// Bodies have members; "the rebels" and "Russian soldiers" are members themselves.
fn is_body(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> bool {
    let people = super::mentions_of(mentions, entity).all(|mention| {
        mention.kind == MentionKind::Pronoun
            || mention.kind == MentionKind::Nominal
                && noun_of(context, mention).is_none_or(|agent| agent.shape == Shape::Person)
    });
    !people
        && mentions.entity(entity).is_some_and(|e| {
            matches!(
                e.kind,
                ActorKind::StateForces
                    | ActorKind::RebelGroup
                    | ActorKind::PoliticalMilitia
                    | ActorKind::IdentityMilitia
                    | ActorKind::ExternalForces
                    | ActorKind::Government
                    | ActorKind::Media
                    | ActorKind::Organisation
            )
        })
}

/// "members of the brigade", "a spokesman for the army", "Colonel Dara of the 5th Division".
fn of_phrase(context: &Context<'_>, mentions: &Mentions, mention: &Mention) -> Option<EntityId> {
    // A directorate of a government is a part of it as well.
    let tells = noun_of(context, mention).is_some() || mention.kind == MentionKind::Name;
    if !tells {
        return None;
    }
    context
        .syntax
        .children_by(mention.head, &[Rel::Nmod])
        .filter(|child| mention.tokens.contains(child))
        .filter(|&child| {
            context
                .syntax
                .children_by(child, &[Rel::Case])
                .any(|case| matches!(context.reading.word(case), "of" | "for" | "from" | "with"))
        })
        // "a coalition of gangs" is made of them and belongs to none.
        .filter(|&child| {
            let plural = context
                .reading
                .tokens
                .get(child)
                .is_some_and(|t| t.xpos == Xpos::NNS);
            !plural
                || context
                    .syntax
                    .child(child, &[Rel::Det, Rel::NmodPoss])
                    .is_some()
        })
        .find_map(|child| {
            mentions
                .entity_at(child)
                .filter(|&body| is_body(context, mentions, body))
        })
}

/// "M23 rebels", "the army spokesman", "the ministry's officials".
fn named_before(context: &Context<'_>, mentions: &Mentions, mention: &Mention) -> Option<EntityId> {
    let people = noun_of(context, mention)
        .is_some_and(|agent| matches!(agent.shape, Shape::Person | Shape::People));
    if !people {
        return None;
    }
    context
        .syntax
        .children_by(
            mention.head,
            &[Rel::Compound, Rel::NmodPoss, Rel::Nmod, Rel::NmodDesc],
        )
        .filter(|&child| child < mention.head && mention.tokens.contains(&child))
        .find_map(|child| {
            mentions
                .entity_at(child)
                .filter(|&body| is_body(context, mentions, body))
                .or_else(|| same_noun(context, mentions, child, mention.head))
        })
}

/// For "army" in "the army spokesman": the last earlier mention of an army.
fn same_noun(
    context: &Context<'_>,
    mentions: &Mentions,
    compound: usize,
    before: usize,
) -> Option<EntityId> {
    if !matches!(context.syntax.upos(compound), Upos::Noun | Upos::Propn) {
        return None;
    }
    let noun = lemma(context.reading, compound);
    context.knowledge.lexicon.agents.get(&noun)?;
    mentions
        .all
        .iter()
        .rev()
        .filter(|m| m.head < before && m.kind == MentionKind::Nominal)
        .find(|m| lemma(context.reading, m.head) == noun)
        .map(|m| m.entity)
        .filter(|&body| is_body(context, mentions, body))
}

/// "the brigade, led by Dara".
fn led(context: &Context<'_>, mentions: &Mentions, mention: &Mention) -> Option<EntityId> {
    let group = super::role::leads(context, mention.head)?;
    // "a group of fighters, led by Dara": the tree may hang the clause on the fighters.
    let body = |token: usize| {
        mentions
            .entity_at(token)
            .filter(|&body| is_body(context, mentions, body))
    };
    body(group).or_else(|| context.syntax.head(group).and_then(body))
}
