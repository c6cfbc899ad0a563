//! What an actor does not tell itself it has from the body to which it belongs.

use sayso_lexicon::ActorWord;

use super::{because, membership};
use crate::mention::noun_of;
use crate::{Actor, ActorKind, ActorRule as Rule, Context, EntityId, MentionKind, Mentions};

/// A body that is only known for one, and to which fighters belong, is an armed group.
pub(super) fn arm(actors: &mut [Actor]) {
    let armed: Vec<(usize, ActorKind)> = actors
        .iter()
        .filter(|actor| is_group(actor.kind))
        .filter_map(|actor| Some((actor.member_of?, actor.kind)))
        .collect();
    for (body, kind) in armed {
        if let Some(body) = actors.get_mut(body)
            && body.registry.is_none()
            && matches!(body.kind, ActorKind::Organisation | ActorKind::Unknown)
        {
            body.kind = kind;
            because(body, "kind", Rule::ArmedByMembers, None);
        }
    }
}

/// What the words of a member say of its membership.
#[derive(Clone, Copy, Debug, Default)]
struct Member {
    /// A ministry or police that a group runs is still one.
    run: bool,
    /// "its men": who is only called a man fights for whom he belongs to.
    man: bool,
    /// An imam of a mosque is no organisation.
    cleric: bool,
}

impl Member {
    fn of(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> Self {
        let mut member = Self::default();
        let own = super::mentions_of(mentions, entity);
        for mention in own.filter(|m| m.kind != MentionKind::Pronoun) {
            let agent = noun_of(context, mention);
            let class = agent.map_or("", |agent| agent.class.as_str());
            let person = agent.is_some_and(|a| a.shape == sayso_lexicon::Shape::Person);
            member.run |= !person && membership::runner(context, mention).is_some();
            member.man |= class == "man";
            member.cleric |= class == "cleric";
        }
        member
    }
}

/// Gives kind and country of the bodies to those who belong to them.
pub(super) fn from_bodies(
    context: &Context<'_>,
    mentions: &Mentions,
    entities: &[EntityId],
    actors: &mut [Actor],
) {
    let members: Vec<Member> = entities
        .iter()
        .map(|&entity| Member::of(context, mentions, entity))
        .collect();
    // Twice, since a body may itself belong to one.
    for _ in 0..2 {
        for i in 0..actors.len() {
            let Some(body) = actors
                .get(i)
                .and_then(|a| a.member_of)
                .and_then(|body| actors.get(body))
            else {
                continue;
            };
            // The United Nations' coordinator in a country is not that country's.
            let nowhere = body.registry.is_some() && body.country.is_none();
            let (kind, country) = (body.kind, body.country.clone());
            let member = members.get(i).copied().unwrap_or_default();
            let Some(actor) = actors.get_mut(i) else {
                continue;
            };
            if actor.country.is_none() || nowhere {
                actor.country = country;
            }
            if kind == ActorKind::Organisation
                && nowhere
                && actor.kind == ActorKind::StateForces
                && context.has(Rule::ForcesOfMany)
            {
                actor.kind = ActorKind::ExternalForces;
                because(actor, "kind", Rule::ForcesOfMany, None);
            } else if passes(context, kind, actor, member) {
                actor.kind = kind;
                because(actor, "kind", Rule::SpeaksForBody, None);
            }
        }
    }
}

/// Whether an actor is of the kind of its body.
fn passes(context: &Context<'_>, kind: ActorKind, actor: &Actor, member: Member) -> bool {
    if matches!(kind, ActorKind::Unknown | ActorKind::Person) {
        return false;
    }
    let armed =
        is_group(kind) || matches!(kind, ActorKind::StateForces | ActorKind::ExternalForces);
    match actor.kind {
        ActorKind::PoliticalMilitia => kind != ActorKind::Organisation,
        ActorKind::Unknown | ActorKind::Person => {
            !(kind == ActorKind::Organisation && member.cleric)
        }
        // "RSF fighters", "a Taliban spokesman", "members of the brigade"
        ActorKind::Government | ActorKind::StateForces if armed => !member.run,
        // "an official of the United Nations", and no minister of a party.
        ActorKind::Government => {
            kind == ActorKind::Organisation
                && !actor
                    .role
                    .as_deref()
                    .is_some_and(|role| is_public_office(context, role))
        }
        ActorKind::Civilians => armed && member.man,
        _ => false,
    }
}

/// Whether a kind is one of groups that no state commands.
fn is_group(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::RebelGroup | ActorKind::PoliticalMilitia | ActorKind::IdentityMilitia
    )
}

/// Whether an office is a state's, whoever holds it.
fn is_public_office(context: &Context<'_>, role: &str) -> bool {
    let lists = &context.knowledge.lexicon.actor_words;
    lists
        .of(ActorWord::PublicOffice)
        .any(|office| role.ends_with(office))
}
