//! What offices, posts and ranks tell of those who hold them, and of what belongs to the holders.

use sayso_lexicon::{ActorWord, TitleClass};
use sayso_text::{Rel, Span};

use super::because;
use crate::mention::{lemma, name_of, noun_of};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Mention, MentionKind, Mentions,
    PlaceMention,
};

/// Makes the head of a district an official and a captain a state's soldier.
pub(super) fn by_post(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    entity: EntityId,
    actor: &mut Actor,
) {
    let open = matches!(
        actor.kind,
        ActorKind::Person | ActorKind::Unknown | ActorKind::Organisation | ActorKind::Government
    );
    if !open || actor.registry.is_some() {
        return;
    }
    if context.has(Rule::RankIsForces)
        && let Some(span) = super::mentions_of(mentions, entity).find_map(|m| rank(context, m))
    {
        actor.kind = ActorKind::StateForces;
        because(actor, "kind", Rule::RankIsForces, Some(span));
        return;
    }
    if context.has(Rule::HeadOfPlace)
        && matches!(actor.kind, ActorKind::Person | ActorKind::Unknown)
        && let Some(span) = super::mentions_of(mentions, entity)
            .filter(|m| m.kind != MentionKind::Pronoun)
            .find_map(|m| heads_place(context, places, m))
    {
        actor.kind = ActorKind::Government;
        because(actor, "kind", Rule::HeadOfPlace, Some(span));
    }
}

/// The rank in "Captain Dara", where no office of another kind stands there too.
fn rank(context: &Context<'_>, mention: &Mention) -> Option<Span> {
    let name = name_of(context, mention)?;
    let titles = &context.knowledge.lexicon.titles;
    let word = |i: usize| context.reading.word(i).to_lowercase();
    // The title stands in the phrase or right before it.
    let start = mention.tokens.start.min(name.start.saturating_sub(1));
    (start..name.start).find_map(|i| {
        let title = titles.get(&word(i))?;
        // "Secretary General", "attorney general"
        let civil = i.checked_sub(1).map(word).is_some_and(|before| {
            titles.get(&format!("{before} {}", word(i))).is_some()
                || matches!(
                    before.as_str(),
                    "secretary" | "attorney" | "director" | "former"
                )
        });
        let forces = title.class == TitleClass::Rank && title.kind == "state-forces";
        (forces && !civil).then(|| context.reading.span(&(i..i + 1)))
    })
}

/// The place of which a mention says that somebody is its head.
fn heads_place(context: &Context<'_>, places: &[PlaceMention], mention: &Mention) -> Option<Span> {
    let lists = &context.knowledge.lexicon.actor_words;
    let head = mention.head;
    if mention.kind != MentionKind::Nominal
        || !lists.has(ActorWord::Heading, &lemma(context.reading, head))
    {
        return None;
    }
    context
        .syntax
        .children_by(head, &[Rel::Nmod, Rel::Compound])
        .find(|&of| {
            let noun = lemma(context.reading, of);
            lists.has(ActorWord::Division, &noun)
                || places.iter().any(|p| p.tokens.contains(&of) && !p.demonym)
        })
        .map(|of| context.reading.span(&(of..of + 1)))
}

/// Gives an office kind and country of whoever has it: "his office", "the minister's office".
pub(super) fn of_somebody(
    context: &Context<'_>,
    mentions: &Mentions,
    entities: &[EntityId],
    actors: &mut [Actor],
) {
    if !context.has(Rule::OfficeOf) {
        return;
    }
    for (i, &entity) in entities.iter().enumerate() {
        let open = actors.get(i).is_some_and(|actor| {
            actor.registry.is_none()
                && matches!(
                    actor.kind,
                    ActorKind::Unknown | ActorKind::Media | ActorKind::Organisation
                )
        });
        let Some((owner, span)) = super::mentions_of(mentions, entity)
            .find_map(|mention| owner(context, mentions, mention))
            .filter(|(owner, _)| open && *owner != entity)
        else {
            continue;
        };
        let Some(holder) = entities.iter().position(|&other| other == owner) else {
            continue;
        };
        let Some((kind, country)) = actors.get(holder).map(|a| (a.kind, a.country.clone())) else {
            continue;
        };
        if let Some(actor) = actors.get_mut(i)
            && !matches!(
                kind,
                ActorKind::Unknown | ActorKind::Person | ActorKind::Civilians
            )
        {
            actor.kind = kind;
            actor.country = actor.country.take().or(country);
            because(actor, "kind", Rule::OfficeOf, Some(span));
        }
    }
}

/// Whose office a mention names.
fn owner(
    context: &Context<'_>,
    mentions: &Mentions,
    mention: &Mention,
) -> Option<(EntityId, Span)> {
    let noun = noun_of(context, mention).map(|agent| agent.noun.as_str());
    let head = lemma(context.reading, mention.head);
    let lists = &context.knowledge.lexicon.actor_words;
    let serves = |noun: &str| lists.has(ActorWord::Serving, noun);
    let office = serves(&head) || noun.is_some_and(serves);
    if mention.kind == MentionKind::Pronoun || !office {
        return None;
    }
    let owner = context
        .syntax
        .child(mention.head, &[Rel::NmodPoss])
        .and_then(|of| mentions.headed_by(of))?;
    Some((owner.entity, owner.span))
}
