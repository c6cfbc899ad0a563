//! Whom a noun means: "the army" of a country is that state's, and a country that speaks or acts
//! is its government.

use sayso_lexicon::{ActorWord, Agent, Shape};
use sayso_registry::Body;
use sayso_text::{Rel, Span};

use super::because;
use crate::mention::{name_of, noun_of};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Level, Mention, MentionKind, Mentions,
    PlaceMention,
};

/// Makes an actor that is a state its government.
pub(super) fn as_state(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    entity: EntityId,
    acts: bool,
    actor: &mut Actor,
) {
    if !matches!(actor.kind, ActorKind::Unknown | ActorKind::Government) {
        return;
    }
    let state = state(mentions, places, entity).map(|found| (found, Rule::StateIsGovernment));
    let seat = || {
        let found = capital(context, mentions, places, entity).filter(|_| acts)?;
        Some((found, Rule::CapitalIsGovernment))
    };
    let Some(((span, country), rule)) = state.or_else(seat).filter(|(_, rule)| context.has(*rule))
    else {
        return;
    };
    actor.kind = ActorKind::Government;
    actor.country = Some(country.to_owned());
    because(actor, "kind", rule, Some(span));
    give(context, actor, Body::Government, rule, span);
}

/// Whether an entity is an army, troops or soldiers in a country whose state has none: in Gaza or
/// the West Bank "the army" is whose the text says, and never Palestine's.
pub(super) fn is_foreign(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    country: &str,
) -> bool {
    let registry = context.knowledge.registry;
    context.has(Rule::NoArmyOfItsOwn)
        && registry.body(country, Body::Government).is_some()
        && registry.body(country, Body::ArmedForces).is_none()
        && super::mentions_of(mentions, entity)
            .filter_map(|mention| noun_of(context, mention))
            .any(|agent| matches!(agent.class.as_str(), "army" | "soldier"))
}

/// Gives an actor that is a body of its country the entry of that body.
pub(super) fn of_state(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    entity: EntityId,
    actor: &mut Actor,
) {
    if !context.has(Rule::BodyOfState)
        || !matches!(
            actor.kind,
            ActorKind::StateForces | ActorKind::ExternalForces | ActorKind::Government
        )
    {
        return;
    }
    // Whoever has a name of its own is called “the administration” only for short.
    let named = |mention: &Mention| has_own_name(context, places, mention);
    if super::mentions_of(mentions, entity).any(named) {
        return;
    }
    let found = super::mentions_of(mentions, entity)
        .filter(|mention| mention.kind == MentionKind::Nominal)
        .find_map(|mention| {
            let agent = noun_of(context, mention)?;
            let body = body_of(agent).filter(|_| is_whole(context, places, mention))?;
            Some((body, mention.span))
        });
    if let Some((body, span)) = found {
        give(context, actor, body, Rule::BodyOfState, span);
    }
}

fn give(context: &Context<'_>, actor: &mut Actor, body: Body, rule: Rule, span: Span) {
    let country = actor.country.as_deref().unwrap_or_default();
    if let Some(entry) = context.knowledge.registry.body(country, body) {
        actor.registry = Some(entry.id().to_owned());
        actor.sector = entry.sector();
        because(actor, "registry", rule, Some(span));
    }
}

/// The country that the entity is: the name of a state as the head of a mention.
fn state<'p>(
    mentions: &Mentions,
    places: &'p [PlaceMention],
    entity: EntityId,
) -> Option<(Span, &'p str)> {
    super::mentions_of(mentions, entity).find_map(|mention| {
        let place = places.iter().find(|p| {
            p.tokens.contains(&mention.head) && p.place.level == Level::Country && !p.demonym
        })?;
        Some((mention.span, place.place.country.as_deref()?))
    })
}

/// The country whose capital the entity is: the name of a town that the registry knows for the
/// government that sits there.
fn capital<'p>(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &'p [PlaceMention],
    entity: EntityId,
) -> Option<(Span, &'p str)> {
    super::mentions_of(mentions, entity).find_map(|mention| {
        let place = places.iter().find(|p| {
            p.tokens.contains(&mention.head)
                && p.place.level == Level::Settlement
                && p.tokens.len() == mention.tokens.len()
        })?;
        let country = place.place.country.as_deref()?;
        let words = context.reading.slice(mention.span);
        let government = Body::Government.id(country);
        let sits = context.knowledge.registry.find_written(words);
        let found = sits.iter().any(|m| m.entry.id() == government);
        found.then_some((mention.span, country))
    })
}

/// The body of a state that a noun means.
fn body_of(agent: &Agent) -> Option<Body> {
    if agent.shape == Shape::Person {
        return None;
    }
    let noun = agent.noun.as_str();
    let ministry = |word: &str| noun.contains("ministry") && noun.contains(word);
    match agent.class.as_str() {
        "army" | "soldier" => Some(Body::ArmedForces),
        "police" => Some(Body::Police),
        "government" => Some(Body::Government),
        "parliament" => Some(Body::Parliament),
        "ministry" if ministry("defence") || ministry("defense") => Some(Body::DefenceMinistry),
        "ministry" if ministry("foreign") => Some(Body::ForeignMinistry),
        "ministry" if ministry("interior") => Some(Body::InteriorMinistry),
        "ministry" if ministry("health") => Some(Body::HealthMinistry),
        _ => None,
    }
}

/// Whether the phrase means the whole body: no counted part of it, and nobody's below the state.
fn is_whole(context: &Context<'_>, places: &[PlaceMention], mention: &Mention) -> bool {
    let lists = &context.knowledge.lexicon.actor_words;
    let counted = context.syntax.child(mention.head, &[Rel::Nummod]).is_some();
    let local = mention.tokens.clone().any(|i| {
        lists.has(
            ActorWord::LocalBody,
            &context.reading.word(i).to_lowercase(),
        )
    });
    let below = places
        .iter()
        .any(|p| mention.tokens.contains(&p.tokens.start) && p.place.level != Level::Country);
    !counted && !local && !below
}

/// Whether a mention is the proper name of some body, and not only of a country's: “the People's
/// Administration of Tabayin”, but “the Sudanese Army”.
fn has_own_name(context: &Context<'_>, places: &[PlaceMention], mention: &Mention) -> bool {
    let Some(name) = name_of(context, mention) else {
        return false;
    };
    let lists = &context.knowledge.lexicon.actor_words;
    let of_country = |token: usize| {
        let country =
            |p: &PlaceMention| p.place.level == Level::Country && p.tokens.contains(&token);
        places.iter().any(country)
    };
    name.filter(|&token| !of_country(token)).any(|token| {
        let word = context.reading.word(token);
        let is_capitalised = word.chars().next().is_some_and(char::is_uppercase);
        is_capitalised && !lists.has(ActorWord::StateBody, &word.to_lowercase())
    })
}
