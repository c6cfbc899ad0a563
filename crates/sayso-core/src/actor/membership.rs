//! Which body an actor belongs to or speaks for.
//!
//! "The Houthi-run ministry" belongs to whoever runs it, "members of the brigade" to the brigade,
//! and somebody by whom a group is led to that group.

use sayso_lexicon::{ActorWord, Shape};
use sayso_text::{NameKind, Rel, Span, Upos, Xpos};

use crate::mention::{lemma, noun_of};
use crate::{ActorKind, ActorRule as Rule, Context, EntityId, Mention, MentionKind, Mentions};

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
            run_by(context, mentions, mention)
                .or_else(|| of_phrase(context, mentions, mention))
                .or_else(|| named_before(context, mentions, mention))
                .or_else(|| led_by_group(context, mentions, mention))
                .or_else(|| led(context, mentions, mention))
        })
        .filter(|&body| body != entity && may_have_members(context, mentions, body))
}

/// The body that a mention of the entity says it leads: "the brigade, led by Dara".
pub(super) fn led_by(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
) -> Option<EntityId> {
    super::mentions_of(mentions, entity)
        .filter(|mention| mention.kind == MentionKind::Name)
        .find_map(|mention| led(context, mentions, mention))
        .filter(|&body| body != entity && may_have_members(context, mentions, body))
}

/// Whether it is a body, or some who bear arms: whoever leads fighters is one of them.
fn may_have_members(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> bool {
    is_body(context, mentions, entity)
        || super::mentions_of(mentions, entity).any(|mention| is_led(context, mention))
}

/// Whether a mention is a noun for several who fight: "fighters", "gunmen".
fn is_led(context: &Context<'_>, mention: &Mention) -> bool {
    let lists = &context.knowledge.lexicon.actor_words;
    mention.kind == MentionKind::Nominal
        && context
            .reading
            .tokens
            .get(mention.head)
            .is_some_and(|t| t.xpos == Xpos::NNS)
        && noun_of(context, mention)
            .is_some_and(|agent| lists.has(ActorWord::FighterClass, &agent.class))
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

/// The words of who runs what a phrase means: "Houthi" of "the Houthi-run ministry".
pub(super) fn runner(context: &Context<'_>, mention: &Mention) -> Option<Span> {
    let reading = context.reading;
    let lists = &context.knowledge.lexicon.actor_words;
    let run = |word: &str| lists.has(ActorWord::RunBy, &word.to_lowercase());
    (mention.tokens.start..mention.head).find_map(|i| {
        let token = reading.tokens.get(i)?;
        let word = reading.word(i);
        if let Some((name, participle)) = word.rsplit_once('-')
            && run(participle)
            && !name.is_empty()
        {
            let start = token.span.start();
            return Some(Span::new(start, start + name.len()));
        }
        let behind = run(reading.word(i + 2));
        (reading.word(i + 1) == "-" && behind).then_some(token.span)
    })
}

/// "the Houthi-run ministry": the entity that a name in front of "-run" means, here or elsewhere in
/// the text.
fn run_by(context: &Context<'_>, mentions: &Mentions, mention: &Mention) -> Option<EntityId> {
    let words = runner(context, mention).filter(|_| context.has(Rule::RunBy))?;
    let name = context.reading.slice(words);
    let registry = context.knowledge.registry;
    let meant = registry.find(name);
    let same = |other: &str| {
        let entries = registry.find(other);
        other.eq_ignore_ascii_case(name)
            || entries
                .iter()
                .any(|m| meant.iter().any(|n| n.entry == m.entry))
    };
    mentions
        .all
        .iter()
        .filter(|other| other.kind == MentionKind::Name && other.entity != mention.entity)
        .find(|other| {
            crate::mention::name_of(context, other)
                .is_some_and(|tokens| same(context.reading.slice(context.reading.span(&tokens))))
        })
        .map(|other| other.entity)
        .filter(|&body| is_body(context, mentions, body))
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
    let agent = noun_of(context, mention);
    let class = agent.map_or("", |agent| agent.class.as_str());
    let people = match agent {
        Some(agent) => matches!(agent.shape, Shape::Person | Shape::People),
        // "U.N. Deputy Secretary General Dara": a title that is no noun of the lexicon.
        None => {
            mention.kind == MentionKind::Name
                && crate::mention::name_at(context.reading, mention.head)
                    .is_some_and(|name| name.kind == NameKind::Person)
        }
    };
    // "its forces", "RSF troops", "the group's units"
    let forces = matches!(class, "army" | "force" | "unit") && context.has(Rule::ForcesOfGroup);
    if !people && !forces {
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
    let fighters = || {
        let led = mentions.headed_by(group)?;
        is_led(context, led).then_some(led.entity)
    };
    body(group)
        .or_else(|| context.syntax.head(group).and_then(body))
        .or_else(fighters)
}

/// "Fighters led by the Islamic State": the group that leads them.
fn led_by_group(context: &Context<'_>, mentions: &Mentions, mention: &Mention) -> Option<EntityId> {
    if !context.has(Rule::LedByGroup) || !is_led(context, mention) {
        return None;
    }
    let syntax = context.syntax;
    syntax
        .children_by(mention.head, &[Rel::Acl, Rel::AclRelcl, Rel::Amod])
        .flat_map(|verb| syntax.children_by(verb, &[Rel::OblAgent, Rel::Obl]))
        .filter(|&by| super::role::leads(context, by) == Some(mention.head))
        .filter_map(|by| mentions.headed_by(by))
        .filter(|leader| leader.kind == MentionKind::Name)
        .map(|leader| leader.entity)
        .find(|&leader| is_body(context, mentions, leader))
}
