//! Actors: who speaks and acts, with kind, country and protection.

mod body;
mod capacity;
mod country;
mod fighter;
mod inherit;
mod membership;
mod named;
mod office;
mod passing;
mod person;
mod protect;
mod role;
mod thing;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_text::{NameKind, Span};

use crate::mention::{issuer, name_at};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Event, Mention, MentionKind, Mentions,
    PlaceMention, Reason, Statement, Why, id,
};
use country::Countries;
use protect::Subject;

/// Makes an actor of each entity that speaks or acts, and points sources and sides at it.
///
/// A document speaks for whoever issued it. A body that an actor belongs to is an actor too, and so
/// is a group, force or body that the registry knows, though it neither speaks nor acts here.
/// Actors come in the order of their first mention, those that are only named in passing last.
/// `written` is the day of the report, by which it is told what a name meant then.
pub(crate) fn assemble(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    written: Option<Date>,
    statements: &mut [Statement],
    events: &mut [Event],
) -> Vec<Actor> {
    let about = named::About::of(places, written);
    let mut wanted: BTreeMap<EntityId, Option<usize>> = BTreeMap::new();
    for source in statements.iter_mut().flat_map(|s| &mut s.sources) {
        let entity = source
            .entity
            .or_else(|| entity_in(context, mentions, source.span));
        source.entity = entity.map(|entity| speaker(context, mentions, entity));
        if let Some(entity) = source.entity {
            wanted.insert(entity, None);
        }
    }
    for event in events.iter_mut() {
        let sides = event.side_a.iter_mut().map(|side| (side, true));
        for (side, acts) in sides.chain(event.side_b.iter_mut().map(|side| (side, false))) {
            side.entity = side
                .entity
                .or_else(|| mentions.entity_at(side.token))
                .or_else(|| entity_in(context, mentions, side.span));
            // A bridge that is blown up is nobody.
            if let Some(entity) = side.entity
                && (acts || !thing::is_thing(context, mentions, side.token))
            {
                wanted.insert(entity, None);
            }
        }
    }
    // The bodies that they belong to, and the bodies that those belong to.
    let mut bodies: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    let mut open: Vec<EntityId> = wanted.keys().copied().collect();
    while let Some(entity) = open.pop() {
        if let Some(body) = membership::body_of(context, mentions, entity)
            && !leads_to(&bodies, body, entity)
        {
            bodies.insert(entity, body);
            if wanted.insert(body, None).is_none() {
                open.push(body);
            }
        }
    }
    if context.has(Rule::LeaderIsActor) {
        leaders(context, mentions, &mut wanted, &mut bodies);
    }
    if context.has(Rule::ListedIsActor) {
        named::add_listed(context, mentions, &about, &mut wanted);
    }
    for (number, slot) in wanted.values_mut().enumerate() {
        *slot = Some(number);
    }
    let index = |entity: Option<EntityId>| entity.and_then(|e| wanted.get(&e).copied().flatten());
    for source in statements.iter_mut().flat_map(|s| &mut s.sources) {
        source.actor = index(source.entity);
    }
    for side in events
        .iter_mut()
        .flat_map(|e| e.side_a.iter_mut().chain(&mut e.side_b))
    {
        side.actor = index(side.entity);
    }

    let countries = Countries::of(context, mentions, places);
    let mut actors: Vec<Actor> = wanted
        .keys()
        .map(|&entity| {
            let mut actor = describe(context, mentions, &countries, entity);
            if let Some(meaning) = named::of(context, mentions, entity, &about) {
                meaning.give(&mut actor, &about);
            } else {
                let acts = speaks_or_acts(entity, statements, events);
                body::as_state(context, mentions, places, entity, acts, &mut actor);
                named::of_family(context, mentions, entity, &mut actor);
            }
            actor.member_of = index(bodies.get(&entity).copied());
            actor
        })
        .collect();
    number_doubles(context, mentions, wanted.keys(), &mut actors);
    let entities: Vec<EntityId> = wanted.keys().copied().collect();
    passing::add(context, mentions, places, &about, &entities, &mut actors);
    for (actor, &entity) in actors.iter_mut().zip(&entities) {
        office::by_post(context, mentions, places, entity, actor);
    }
    fighter::settle(context, mentions, &entities, events, &mut actors);
    if context.has(Rule::ArmedByMembers) {
        inherit::arm(&mut actors);
    }
    if context.has(Rule::SpeaksForBody) {
        inherit::from_bodies(context, mentions, &entities, &mut actors);
    }
    office::of_somebody(context, mentions, &entities, &mut actors);
    // Who belongs to a body that is at home nowhere is so too.
    let nowhere: BTreeSet<EntityId> = actors
        .iter()
        .zip(wanted.keys())
        .filter(|(actor, _)| {
            let body = actor.member_of.and_then(|body| actors.get(body));
            body.is_some_and(|body| body.registry.is_some() && body.country.is_none())
        })
        .map(|(_, &entity)| entity)
        .collect();
    for (actor, &entity) in actors.iter_mut().zip(wanted.keys()) {
        let open =
            actor.country.is_none() && actor.registry.is_none() && !nowhere.contains(&entity);
        if open {
            let named = mentions_of(mentions, entity).any(|m| m.kind == MentionKind::Name);
            if !named
                && context.has(Rule::CountryOfEvent)
                && let Some((country, span)) = country::of_events(entity, events)
                && !body::is_foreign(context, mentions, entity, &country)
            {
                actor.country = Some(country);
                because(actor, "country", Rule::CountryOfEvent, Some(span));
            } else if context.has(Rule::CountryOfReport)
                && !(context.has(Rule::DocumentIsNowhere)
                    && country::is_document(context, mentions, entity))
                && let Some(country) = countries.assumed(actor.kind, named)
                && !body::is_foreign(context, mentions, entity, &country)
            {
                actor.country = Some(country);
                because(actor, "country", Rule::CountryOfReport, None);
            }
        }
        capacity::as_forces(context, mentions, entity, actor);
        if actor.registry.is_none() {
            body::of_state(context, mentions, places, entity, actor);
        }
    }
    if context.has(Rule::ForcesAbroad) {
        country::mark_external(&mut actors, events, countries.only());
    }
    for (actor, &entity) in actors.iter_mut().zip(wanted.keys()) {
        let (kind, rule) = capacity::kind(context, mentions, entity, actor, statements, events);
        actor.kind = kind;
        if let Some(rule) = rule {
            because(actor, "kind", rule, None);
        }
    }
    let mut subjects: Vec<(usize, Subject<'_>)> = wanted
        .keys()
        .map(|&entity| Subject::of(context, mentions, entity))
        .enumerate()
        .collect();
    let only_named = actors.len();
    let known = |entity: EntityId| wanted.contains_key(&entity);
    let others = person::in_passing(
        context,
        mentions,
        places,
        &about,
        &countries,
        known,
        &mut actors,
    );
    subjects.extend((only_named..).zip(others));
    for (number, subject) in &subjects {
        let Some(actor) = actors.get_mut(*number) else {
            continue;
        };
        for name in subject.names(context) {
            if !actor.names.contains(&name) {
                actor.names.push(name);
            }
        }
        let found = protect::reason(context, subject, actor, statements, events);
        if let Some((protect, rule, span)) = found {
            actor.protect = Some(protect);
            because_of(actor, "protect", rule.name(), span);
        }
    }
    actors
}

/// Whoever leads an actor by the text's own words is one too.
fn leaders(
    context: &Context<'_>,
    mentions: &Mentions,
    wanted: &mut BTreeMap<EntityId, Option<usize>>,
    bodies: &mut BTreeMap<EntityId, EntityId>,
) {
    for entity in (0..mentions.entities.len()).map(EntityId) {
        if wanted.contains_key(&entity) || !is_named_person(context, mentions, entity) {
            continue;
        }
        if let Some(body) = membership::led_by(context, mentions, entity)
            && wanted.contains_key(&body)
        {
            wanted.insert(entity, None);
            bodies.insert(entity, body);
        }
    }
}

/// The mentions of an entity, in text order.
fn mentions_of(mentions: &Mentions, entity: EntityId) -> impl Iterator<Item = &Mention> {
    mentions
        .entity(entity)
        .map(|e| e.mentions.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|&m| mentions.all.get(m))
}

/// The entity of the widest mention whose head lies in `span`.
fn entity_in(context: &Context<'_>, mentions: &Mentions, span: Span) -> Option<EntityId> {
    context
        .reading
        .tokens_in(span)
        .filter_map(|token| mentions.headed_by(token))
        .max_by_key(|mention| {
            let inside = span.contains(mention.span);
            (
                inside,
                mention.tokens.len(),
                std::cmp::Reverse(mention.head),
            )
        })
        .map(|mention| mention.entity)
}

/// Whether the entity is a source or on side a of an event.
fn speaks_or_acts(entity: EntityId, statements: &[Statement], events: &[Event]) -> bool {
    let speaks = statements
        .iter()
        .flat_map(|s| &s.sources)
        .any(|source| source.entity == Some(entity));
    speaks
        || events
            .iter()
            .flat_map(|e| &e.side_a)
            .any(|side| side.entity == Some(entity))
}

/// Whether a name of the entity is a person's.
fn is_named_person(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> bool {
    mentions_of(mentions, entity).any(|mention| {
        mention.kind == MentionKind::Name
            && name_at(context.reading, mention.head)
                .is_some_and(|name| name.kind == NameKind::Person)
    })
}

/// Who speaks where `entity` is said to: itself, or whoever issued it where it is a document.
fn speaker(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> EntityId {
    mentions_of(mentions, entity)
        .filter(|mention| mention.kind == MentionKind::Nominal)
        .find_map(|mention| issuer(context, mentions, mention.head))
        .unwrap_or(entity)
}

/// Whether a walk from `from` through `bodies` meets `to`: membership has no circles.
fn leads_to(bodies: &BTreeMap<EntityId, EntityId>, from: EntityId, to: EntityId) -> bool {
    let mut at = Some(from);
    for _ in 0..bodies.len() + 2 {
        match at {
            Some(entity) if entity == to => return true,
            Some(entity) => at = bodies.get(&entity).copied(),
            None => return false,
        }
    }
    true
}

fn describe(
    context: &Context<'_>,
    mentions: &Mentions,
    countries: &Countries,
    entity: EntityId,
) -> Actor {
    let reading = context.reading;
    let (span, kind) = mentions
        .entity(entity)
        .map_or((Span::default(), ActorKind::Unknown), |e| (e.name, e.kind));
    let name = one_line(reading.slice(span));
    let mut aliases: Vec<String> = Vec::new();
    for mention in mentions_of(mentions, entity).filter(|m| m.kind == MentionKind::Name) {
        let alias = one_line(reading.slice(bare_name(context, mention)));
        let known = |other: &String| other.eq_ignore_ascii_case(&alias);
        if !alias.is_empty() && !known(&name) && !aliases.iter().any(known) {
            aliases.push(alias);
        }
    }
    Actor {
        id: id::make('a', &reading.report.id, span, 0),
        kind,
        country: countries.stated(entity),
        member_of: None,
        role: role::of(context, mentions, entity),
        protect: None,
        registry: None,
        sector: None,
        why: Why::new(),
        mentions: mentions_of(mentions, entity).map(|m| m.span).collect(),
        name,
        aliases,
        names: Vec::new(),
    }
}

/// Two entities with one name span ("the Dawn group", taken twice) keep different ids.
fn number_doubles<'e>(
    context: &Context<'_>,
    mentions: &Mentions,
    entities: impl Iterator<Item = &'e EntityId>,
    actors: &mut [Actor],
) {
    let mut seen: BTreeMap<Span, usize> = BTreeMap::new();
    for (&entity, actor) in entities.zip(actors) {
        let span = mentions.entity(entity).map_or(Span::default(), |e| e.name);
        let nth = seen.entry(span).or_insert(0);
        if *nth > 0 {
            actor.id = id::make('a', &context.reading.report.id, span, *nth);
        }
        *nth += 1;
    }
}

/// The name in a mention, without article and title.
fn bare_name(context: &Context<'_>, mention: &Mention) -> Span {
    crate::mention::name_of(context, mention)
        .map_or(mention.span, |tokens| context.reading.span(&tokens))
}

/// Notes the rule behind a field of an actor, and the words that it rests on.
fn because(actor: &mut Actor, field: &'static str, rule: Rule, span: Option<Span>) {
    because_of(actor, field, rule.name(), span);
}

/// As [`because`], for rules of any phase.
fn because_of(actor: &mut Actor, field: &'static str, rule: &str, span: Option<Span>) {
    let reason = Reason {
        rule: rule.to_owned(),
        span,
    };
    actor.why.insert(field, reason);
}

/// Line breaks and runs of blanks become one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
