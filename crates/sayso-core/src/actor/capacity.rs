//! In what capacity an actor stands in the events of a report.
//!
//! ACLED files those who bear no arms under civilians when violence is done to them, whatever
//! office they hold: a mayor who is shot is no government that fights. And what the text calls
//! only "gunmen" or "assailants" it gives to nobody, so the kind is not known.

use sayso_lexicon::Shape;

use crate::mention::noun_of;
use crate::{Actor, ActorKind, Context, EntityId, Event, Mention, MentionKind, Mentions};

/// The actor's kind, seen with what it does and undergoes.
pub(super) fn kind(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    actor: &Actor,
    events: &[Event],
) -> ActorKind {
    let own: Vec<&Mention> = super::mentions_of(mentions, entity)
        .filter(|m| m.kind != MentionKind::Pronoun)
        .collect();
    match actor.kind {
        ActorKind::Government | ActorKind::Media | ActorKind::Organisation => {
            let named = super::is_named_person(context, mentions, entity);
            // Whoever leads a body is not that body.
            if named && actor.kind == ActorKind::Organisation {
                return ActorKind::Person;
            }
            if !harmed(entity, events) || !(named || own.iter().any(|m| are_persons(context, m))) {
                return actor.kind;
            }
            if named {
                ActorKind::Person
            } else {
                ActorKind::Civilians
            }
        }
        ActorKind::PoliticalMilitia
            if actor.member_of.is_none()
                && own.iter().all(|m| m.kind == MentionKind::Nominal)
                && own.iter().all(|m| are_persons(context, m)) =>
        {
            ActorKind::Unknown
        }
        kind => kind,
    }
}

/// Whether violence is done to the entity, and it does none.
fn harmed(entity: EntityId, events: &[Event]) -> bool {
    let violent = || {
        events
            .iter()
            .filter(|e| super::protect::is_violent(e) || e.acled == Some("Armed clash"))
    };
    let on = |sides: &[crate::Side]| sides.iter().any(|s| s.entity == Some(entity));
    violent().any(|e| on(&e.side_b)) && !violent().any(|e| on(&e.side_a))
}

/// Whether a mention names one or several persons by a noun, not a body.
fn are_persons(context: &Context<'_>, mention: &Mention) -> bool {
    noun_of(context, mention)
        .is_some_and(|agent| matches!(agent.shape, Shape::Person | Shape::People))
}
