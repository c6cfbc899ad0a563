//! Persons who are named and neither speak nor act.
//!
//! They are nobody's side and nobody's source, but their names stand in the text: without an actor
//! nothing could say that a public export must leave them out.

use sayso_text::{NameKind, Rel, Span, TokenRange, Upos};

use super::country::Countries;
use super::protect::{Subject, is_called_a_person, is_nobody, whole_name};
use super::{because_of, describe, is_named_person, named, one_line};
use crate::mention::is_entity;
use crate::{
    Actor, ActorKind, Context, EntityId, Mentions, PlaceMention, ProtectRule as Rule, Why, id,
};

/// Adds everybody who is only named; what they are to be protected as is asked of the subjects,
/// which are in the order of the added actors.
pub(super) fn in_passing<'m>(
    context: &Context<'_>,
    mentions: &'m Mentions,
    places: &[PlaceMention],
    about: &named::About<'_>,
    countries: &Countries,
    is_actor: impl Fn(EntityId) -> bool,
    actors: &mut Vec<Actor>,
) -> Vec<Subject<'m>> {
    let mut subjects = Vec::new();
    if !context.has(Rule::PersonInPassing) {
        return subjects;
    }
    for entity in (0..mentions.entities.len()).map(EntityId) {
        if is_actor(entity) || !is_named_person(context, mentions, entity) {
            continue;
        }
        let subject = Subject::of(context, mentions, entity);
        if subject.named.is_empty() || is_place(context, places, &subject) {
            continue;
        }
        let mut actor = describe(context, mentions, countries, entity);
        // Whatever group bears the name too, this is a person.
        actor.kind = ActorKind::Person;
        actor.country = None;
        because_of(&mut actor, "name", Rule::PersonInPassing.name(), None);
        actors.push(actor);
        subjects.push(subject);
    }
    for tokens in names(context, places) {
        let span = context.reading.span(&tokens);
        let taken = |other: &Span| other.start() < span.end() && span.start() < other.end();
        let words = one_line(context.reading.slice(span));
        let known = actors.iter().flat_map(|a| &a.mentions).any(taken);
        if known || named::meaning_of(context, &words, span, NameKind::Norp, about).is_some() {
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
        subjects.push(Subject::of_name(context, tokens));
    }
    subjects
}

/// Where persons are named, in text order: by the model, by what stands beside a name, or in a row
/// with a person's name. What the gazetteer knows is a place.
fn names(context: &Context<'_>, places: &[PlaceMention]) -> Vec<TokenRange> {
    let reading = context.reading;
    // A surname that is a village's too does not make a place of the whole name, nor does it that
    // something stands as places do and no gazetteer knows it: “the house of Dara Marun”.
    let at_place = |tokens: &TokenRange| {
        let span = reading.span(tokens);
        places
            .iter()
            .any(|p| p.place.lat.is_some() && p.place.span.contains(span))
    };
    let mut names: Vec<TokenRange> = Vec::new();
    for name in &reading.names {
        let person = name.kind == NameKind::Person && !at_place(&name.tokens);
        let by_context = || {
            let named = Subject::of_name(context, name.tokens.clone()).named;
            is_entity(name.kind)
                && !at_place(&name.tokens)
                && named.iter().any(|named| is_called_a_person(context, named))
        };
        if person || by_context() {
            names.push(whole_name(context, &name.tokens));
        }
    }
    if context.has(Rule::PersonInRow) {
        for tokens in names.clone() {
            let row = in_row(context, &tokens);
            names.extend(row.into_iter().filter(|name| !at_place(name)));
        }
    }
    names.retain(|tokens| !is_nobody(context, tokens));
    names.sort_by_key(|tokens| (tokens.start, std::cmp::Reverse(tokens.end)));
    names.dedup_by(|later, first| later.start < first.end);
    names
}

/// Names of two words and more that are coordinated with a person's and that the model took for
/// nothing: “A, B and C”.
fn in_row(context: &Context<'_>, name: &TokenRange) -> Vec<TokenRange> {
    let reading = context.reading;
    let named = Subject::of_name(context, name.clone()).named;
    let Some(head) = named.first().map(|named| named.head) else {
        return Vec::new();
    };
    let row = [Rel::Conj, Rel::Appos, Rel::List];
    let above = context
        .syntax
        .head(head)
        .filter(|_| row.contains(&context.syntax.rel(head)));
    let first = above.unwrap_or(head);
    let part = |at: usize| {
        context.syntax.upos(at) == Upos::Propn
            && reading.word(at).starts_with(char::is_uppercase)
            && crate::mention::name_at(reading, at).is_none_or(|name| name.kind != NameKind::Person)
    };
    let mut heads: Vec<usize> = context.syntax.children_by(first, &row).collect();
    heads.push(first);
    heads
        .into_iter()
        .filter(|&at| part(at))
        .map(|at| {
            let (mut start, mut end) = (at, at + 1);
            while start > 0 && part(start - 1) {
                start -= 1;
            }
            while part(end) {
                end += 1;
            }
            start..end
        })
        .filter(|tokens| tokens.len() > 1)
        .collect()
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
