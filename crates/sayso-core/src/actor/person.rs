//! Persons who are named and neither speak nor act.
//!
//! They are nobody's side and nobody's source, but their names stand in the text: without an actor
//! nothing could say that a public export must leave them out.

use sayso_text::{NameKind, Span};

use super::country::Countries;
use super::protect::Subject;
use super::{because_of, describe, is_named_person, named, one_line};
use crate::{
    Actor, ActorKind, Context, EntityId, Mentions, PlaceMention, ProtectRule as Rule, Why, id,
};

/// Adds everybody who is only named; what they are to be protected as is asked of the subjects,
/// which are in the order of the added actors.
pub(super) fn in_passing<'m>(
    context: &Context<'_>,
    mentions: &'m Mentions,
    places: &[PlaceMention],
    countries: &Countries,
    is_actor: impl Fn(EntityId) -> bool,
    actors: &mut Vec<Actor>,
) -> Vec<Subject<'m>> {
    let mut subjects = Vec::new();
    if !context.has(Rule::PersonInPassing) {
        return subjects;
    }
    let about = named::countries_of(places);
    for entity in (0..mentions.entities.len()).map(EntityId) {
        if is_actor(entity) || !is_named_person(context, mentions, entity) {
            continue;
        }
        let subject = Subject::of(context, mentions, entity);
        if subject.named.is_empty() || is_place(context, places, &subject) {
            continue;
        }
        let mut actor = describe(context, mentions, countries, entity);
        if actor.kind == ActorKind::Unknown {
            actor.kind = ActorKind::Person;
        }
        because_of(&mut actor, "name", Rule::PersonInPassing.name(), None);
        actors.push(actor);
        subjects.push(subject);
    }
    for name in &context.reading.names {
        let span = context.reading.span(&name.tokens);
        let taken = |other: &Span| other.start() < span.end() && span.start() < other.end();
        let known = actors.iter().flat_map(|a| &a.mentions).any(taken);
        let place = places.iter().any(|p| taken(&p.place.span));
        if name.kind != NameKind::Person || known || place {
            continue;
        }
        let words = one_line(context.reading.slice(span));
        if named::meaning_of(context, &words, span, NameKind::Norp, &about).is_some() {
            continue;
        }
        if let Some(actor) = actors.iter_mut().find(|actor| is_part(&words, &actor.name)) {
            // A surname that coreference left alone.
            actor.mentions.push(span);
            if !actor.aliases.contains(&words) {
                actor.aliases.push(words.clone());
            }
            if !actor.names.contains(&words) {
                actor.names.push(words);
            }
            continue;
        }
        let mut actor = nobody(context, span, words);
        because_of(&mut actor, "name", Rule::PersonInPassing.name(), None);
        actors.push(actor);
        subjects.push(Subject::of_name(context, name.tokens.clone()));
    }
    subjects
}

/// A name that the gazetteer takes for a place is none of a person's.
fn is_place(context: &Context<'_>, places: &[PlaceMention], subject: &Subject<'_>) -> bool {
    subject.named.iter().all(|named| {
        let span = context.reading.span(&named.tokens);
        places.iter().any(|p| p.place.span.contains(span))
    })
}

/// Whether all words of a name are words of a longer one.
fn is_part(words: &str, name: &str) -> bool {
    let of_name: Vec<&str> = name.split_whitespace().collect();
    let count = words.split_whitespace().count();
    count < of_name.len() && words.split_whitespace().all(|word| of_name.contains(&word))
}

/// A person of whom nothing is known but the name.
fn nobody(context: &Context<'_>, span: Span, name: String) -> Actor {
    Actor {
        id: id::make('a', &context.reading.report.id, span, 0),
        names: vec![name.clone()],
        name,
        aliases: Vec::new(),
        kind: ActorKind::Person,
        country: None,
        member_of: None,
        role: None,
        protect: None,
        registry: None,
        sector: None,
        mentions: vec![span],
        why: Why::new(),
    }
}
