//! What kind of group fights, where its name and nouns do not tell.
//!
//! ACLED tells groups by what they fight for: rebels fight a state over power, identity militias are
//! those of a people or a livelihood, and all the rest that bear arms are political militias.

use sayso_lexicon::ActorWord;
use sayso_text::NameKind;

use super::because;
use crate::mention::{lemma, noun_of};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Event, MentionKind, Mentions, Side,
};

/// Gives those who fight a kind, where they have none of those who do.
pub(super) fn settle(
    context: &Context<'_>,
    mentions: &Mentions,
    entities: &[EntityId],
    events: &[Event],
    actors: &mut [Actor],
) {
    let lists = &context.knowledge.lexicon.actor_words;
    let kinds: Vec<ActorKind> = actors.iter().map(|actor| actor.kind).collect();
    for (i, (actor, &entity)) in actors.iter_mut().zip(entities).enumerate() {
        if actor.registry.is_some() || super::is_named_person(context, mentions, entity) {
            continue;
        }
        let armed = |event: &Event| {
            event
                .acled
                .is_some_and(|acled| lists.has(ActorWord::ArmedEvent, acled))
        };
        let fights = |event: &&Event| {
            let clash = event.acled == Some("Armed clash") && side(&event.side_b, i);
            armed(event) && (side(&event.side_a, i) || clash)
        };
        let suffers = events
            .iter()
            .any(|event| event.acled != Some("Armed clash") && side(&event.side_b, i));
        let Some(event) = events.iter().find(fights) else {
            continue;
        };
        if context.has(Rule::FighterIsGroup) && is_named_group(context, mentions, entity, actor) {
            let army = events.iter().any(|event| fights_army(event, i, &kinds));
            let rebels = army || has_word(context, &actor.name, ActorWord::RebelName);
            actor.kind = if rebels {
                ActorKind::RebelGroup
            } else {
                ActorKind::PoliticalMilitia
            };
            because(actor, "kind", Rule::FighterIsGroup, Some(event.anchor));
        } else if context.has(Rule::ArmedByLivelihood)
            && actor.kind == ActorKind::Civilians
            && event.acled != Some("Abduction/forced disappearance")
            && !suffers
            && lives_by(context, mentions, entity)
        {
            actor.kind = ActorKind::IdentityMilitia;
            because(actor, "kind", Rule::ArmedByLivelihood, Some(event.anchor));
        }
    }
}

fn side(sides: &[Side], number: usize) -> bool {
    sides.iter().any(|side| side.actor == Some(number))
}

fn has_word(context: &Context<'_>, name: &str, class: ActorWord) -> bool {
    let lists = &context.knowledge.lexicon.actor_words;
    let name = name.to_lowercase();
    name.split([' ', '-']).any(|word| lists.has(class, word))
}

/// Whether the actor has a name of its own that is made as those of armed groups are.
fn is_named_group(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    actor: &Actor,
) -> bool {
    let open = matches!(
        actor.kind,
        ActorKind::Organisation | ActorKind::Unknown | ActorKind::PoliticalMilitia
    );
    let named = || {
        super::mentions_of(mentions, entity).any(|m| {
            m.kind == MentionKind::Name
                && crate::mention::name_at(context.reading, m.head)
                    .is_some_and(|name| name.kind == NameKind::Org)
        }) && (has_word(context, &actor.name, ActorWord::RebelName)
            || has_word(context, &actor.name, ActorWord::GroupName))
    };
    // A gang fights the police and the army for no power in the state.
    let gang = || {
        super::mentions_of(mentions, entity).any(|m| {
            let noun = lemma(context.reading, m.head);
            matches!(noun.as_str(), "gang" | "cartel" | "mafia" | "clan")
        })
    };
    open && named() && !(actor.kind == ActorKind::PoliticalMilitia && gang())
}

/// Whether the event has the actor and an army on its two sides.
fn fights_army(event: &Event, number: usize, kinds: &[ActorKind]) -> bool {
    let army = |sides: &[Side]| {
        sides.iter().any(|side| {
            side.actor
                .and_then(|actor| kinds.get(actor))
                .is_some_and(|kind| *kind == ActorKind::StateForces)
        })
    };
    event.acled == Some("Armed clash")
        && (side(&event.side_a, number) && army(&event.side_b)
            || side(&event.side_b, number) && army(&event.side_a))
}

/// Whether the entity is only called by what several people live by.
fn lives_by(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> bool {
    super::mentions_of(mentions, entity)
        .filter(|m| m.kind == MentionKind::Nominal)
        .any(|m| {
            let noun = lemma(context.reading, m.head);
            let plural = context.reading.word(m.head).to_lowercase() != noun;
            let known = noun_of(context, m).map(|agent| agent.noun.as_str());
            let lives = |noun: &str| {
                let lists = &context.knowledge.lexicon.actor_words;
                lists.has(ActorWord::Livelihood, noun)
            };
            let livelihood = lives(&noun) || known.is_some_and(lives);
            livelihood && plural
        })
}
