//! In what capacity an actor stands in the events of a report.
//!
//! ACLED files those who bear no arms under civilians when violence is done to them, whatever
//! office they hold: a mayor who is shot is no government that fights. Who speaks for a body has
//! its kind; who only has a name in common with one is a person. What the text calls only "gunmen"
//! or "attackers" it gives to nobody, an unnamed source may be anybody, and what flies or sails and
//! strikes is some state's forces.

use sayso_lexicon::{Shape, WeaponClass};

use crate::mention::{lemma, noun_of};
use crate::{
    Act, Actor, ActorKind, ActorRule as Rule, Context, EntityId, Event, Mention, MentionKind,
    Mentions, Statement,
};

/// The actor's kind, seen with what it does and undergoes, and the rule that changes it.
pub(super) fn kind(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    actor: &Actor,
    statements: &[Statement],
    events: &[Event],
) -> (ActorKind, Option<Rule>) {
    let own: Vec<&Mention> = own_of(mentions, entity);
    let named = super::is_named_person(context, mentions, entity);
    match actor.kind {
        ActorKind::Unknown | ActorKind::Organisation
            if context.has(Rule::ClaimantIsGroup)
                && actor.registry.is_none()
                && !named
                && claims(entity, statements)
                && own.iter().any(|m| noun_of(context, m).is_none()) =>
        {
            (ActorKind::PoliticalMilitia, Some(Rule::ClaimantIsGroup))
        }
        ActorKind::Government | ActorKind::Media | ActorKind::Organisation | ActorKind::Person
            if context.has(Rule::HarmedAreCivilians)
                && harmed(context, entity, events)
                && (named || own.iter().any(|m| are_persons(context, m))) =>
        {
            (ActorKind::Civilians, Some(Rule::HarmedAreCivilians))
        }
        ActorKind::Protesters
            if context.has(Rule::HarmedAreCivilians)
                && harmed(context, entity, events)
                && doing(entity, events).is_none()
                && own
                    .iter()
                    .all(|m| lemma(context.reading, m.head) == "crowd") =>
        {
            (ActorKind::Civilians, Some(Rule::HarmedAreCivilians))
        }
        // "15 others were abducted": whoever they are, something was done to them.
        ActorKind::Unknown
            if context.has(Rule::HarmedAreCivilians)
                && harmed(context, entity, events)
                && !own.is_empty()
                && own
                    .iter()
                    .all(|m| lemma(context.reading, m.head) == "other") =>
        {
            (ActorKind::Civilians, Some(Rule::HarmedAreCivilians))
        }
        // A body's name that a person has too.
        ActorKind::Organisation
            if named
                && actor.role.is_none()
                && actor.member_of.is_none()
                && !own.iter().any(|m| is_called_body(context, m)) =>
        {
            (ActorKind::Person, None)
        }
        ActorKind::Civilians | ActorKind::Unknown | ActorKind::Person
            if context.has(Rule::ByWhatTheyDo) && !named && doing(entity, events).is_some() =>
        {
            let kind = doing(entity, events).unwrap_or(actor.kind);
            (kind, Some(Rule::ByWhatTheyDo))
        }
        ActorKind::Person if context.has(Rule::SourceIsNobody) && anybody(context, &own) => {
            (ActorKind::Unknown, Some(Rule::SourceIsNobody))
        }
        ActorKind::PoliticalMilitia
            if context.has(Rule::ArmedOfNobody)
                && actor.member_of.is_none()
                && own
                    .iter()
                    .all(|m| m.kind == MentionKind::Nominal && are_persons(context, m)) =>
        {
            (ActorKind::Unknown, Some(Rule::ArmedOfNobody))
        }
        kind => (kind, None),
    }
}

/// Makes what flies or sails and strikes, and is nobody else, a state's forces.
pub(super) fn as_forces(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    actor: &mut Actor,
) {
    let craft = || {
        let own = own_of(mentions, entity);
        own.iter().any(|m| is_craft(context, m))
    };
    // "Killed by an Israeli drone": what stands where people do is no person for that.
    let open = match actor.kind {
        ActorKind::Unknown => true,
        ActorKind::Person => !super::is_named_person(context, mentions, entity),
        _ => false,
    };
    if open && context.has(Rule::CraftAreForces) && craft() {
        actor.kind = ActorKind::StateForces;
        super::because(actor, "kind", Rule::CraftAreForces, None);
    }
}

/// The mentions of the entity that are no pronouns.
fn own_of(mentions: &Mentions, entity: EntityId) -> Vec<&Mention> {
    super::mentions_of(mentions, entity)
        .filter(|m| m.kind != MentionKind::Pronoun)
        .collect()
}

/// The kind of those who take part in a demonstration or riot.
fn doing(entity: EntityId, events: &[Event]) -> Option<ActorKind> {
    let on = |sides: &[crate::Side]| sides.iter().any(|s| s.entity == Some(entity));
    events.iter().find_map(|event| match event.acled? {
        "Peaceful protest" | "Protest with intervention" if on(&event.side_a) => {
            Some(ActorKind::Protesters)
        }
        "Excessive force against protesters" if on(&event.side_b) => Some(ActorKind::Protesters),
        "Violent demonstration" | "Mob violence" if on(&event.side_a) => Some(ActorKind::Rioters),
        _ => None,
    })
}

/// Whether violence is done to the entity, and it does none.
fn harmed(context: &Context<'_>, entity: EntityId, events: &[Event]) -> bool {
    let violent = || {
        events
            .iter()
            // Whoever is arrested may be anybody.
            .filter(|e| e.acled != Some("Arrests"))
            .filter(|e| super::protect::is_violent(context, e) || e.acled == Some("Armed clash"))
    };
    let on = |sides: &[crate::Side]| sides.iter().any(|s| s.entity == Some(entity));
    violent().any(|e| on(&e.side_b)) && !violent().any(|e| on(&e.side_a))
}

/// Whether the entity says that it did a deed.
fn claims(entity: EntityId, statements: &[Statement]) -> bool {
    statements
        .iter()
        .filter(|s| s.act == Act::ClaimResponsibility)
        .filter_map(|s| s.sources.first())
        .any(|source| source.entity == Some(entity))
}

/// Whether a mention names one or several persons by a noun, not a body.
fn are_persons(context: &Context<'_>, mention: &Mention) -> bool {
    noun_of(context, mention)
        .is_some_and(|agent| matches!(agent.shape, Shape::Person | Shape::People))
}

/// Whether a noun before a name says that it is a body's: "the rights group Mirador".
fn is_called_body(context: &Context<'_>, mention: &Mention) -> bool {
    noun_of(context, mention).is_some_and(|agent| matches!(agent.shape, Shape::Group | Shape::Body))
}

/// Whether all that is said of somebody is that it is a source ("one source").
fn anybody(context: &Context<'_>, own: &[&Mention]) -> bool {
    !own.is_empty()
        && own.iter().all(|mention| {
            mention.kind == MentionKind::Nominal
                && noun_of(context, mention)
                    .is_some_and(|agent| agent.class == "source" && agent.kind == "unknown")
        })
}

/// Whether a mention is of an aircraft, a drone or a ship that acts by itself.
fn is_craft(context: &Context<'_>, mention: &Mention) -> bool {
    let weapons = &context.knowledge.lexicon.events.weapons;
    weapons
        .find(&lemma(context.reading, mention.head), &[])
        .is_some_and(|weapon| weapon.acts || weapon.class == WeaponClass::Drone)
}
