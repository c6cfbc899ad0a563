//! Which country an actor belongs to.

use std::collections::{BTreeMap, BTreeSet};

use sayso_lexicon::{ActorWord, Shape};
use sayso_text::Span;

use crate::mention::noun_of;
use crate::place::home::{HALF, NEARLY_ALL, Told, home};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Event, Mention, MentionKind, Mentions,
    PlaceMention,
};

/// Countries of the entities of a text.
pub(super) struct Countries {
    stated: BTreeMap<EntityId, String>,
    /// The country that the text is about, if it is about one.
    only: Option<String>,
    /// The country of most places, if one has the most.
    most: Option<String>,
}

impl Countries {
    /// Reads the countries that the mentions themselves tell.
    pub(super) fn of(context: &Context<'_>, mentions: &Mentions, places: &[PlaceMention]) -> Self {
        let about: BTreeSet<&str> = places
            .iter()
            .filter_map(|p| p.place.country.as_deref())
            .collect();
        let mut stated = BTreeMap::new();
        for (number, _) in mentions.entities.iter().enumerate() {
            let entity = EntityId(number);
            let country = super::mentions_of(mentions, entity)
                .find_map(|mention| listed(context, mention, &about))
                .or_else(|| {
                    super::mentions_of(mentions, entity)
                        .find_map(|mention| in_words(context, mentions, places, mention))
                });
            if let Some(country) = country {
                stated.insert(entity, country);
            }
        }
        Self {
            stated,
            only: home(places, Told::ByLocal, NEARLY_ALL).map(str::to_owned),
            most: home(places, Told::ByLocal, HALF).map(str::to_owned),
        }
    }

    /// The country that the text is about, if it is about one.
    pub(super) fn only(&self) -> Option<&str> {
        self.only.as_deref()
    }

    /// The country that the entity's words or the lexicon tell.
    pub(super) fn stated(&self, entity: EntityId) -> Option<String> {
        self.stated.get(&entity).cloned()
    }

    /// The country of somebody whom nothing places: the one that the report is about, and for
    /// those called by a noun only the one of most of its places. Foreign forces have none here.
    pub(super) fn assumed(&self, kind: ActorKind, named: bool) -> Option<String> {
        match kind {
            ActorKind::ExternalForces => None,
            ActorKind::Unknown | ActorKind::Media if named => None,
            _ if named => self.only.clone(),
            _ => self.only.clone().or_else(|| self.most.clone()),
        }
    }
}

/// The country of a listed group or outlet; of several the one the text is about.
fn listed(context: &Context<'_>, mention: &Mention, about: &BTreeSet<&str>) -> Option<String> {
    let lexicon = context.knowledge.lexicon;
    let tokens = crate::mention::name_of(context, mention)?;
    let name = context.reading.slice(context.reading.span(&tokens));
    if let Some(group) = lexicon.groups.get(name) {
        return group
            .countries
            .iter()
            .find(|code| about.contains(code.as_str()))
            .or(group.countries.first())
            .cloned();
    }
    lexicon
        .outlets
        .get(name)
        .and_then(|outlet| outlet.country.clone())
}

/// The country of the first place or demonym in the phrase, demonyms before the head first.
fn in_words(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    mention: &Mention,
) -> Option<String> {
    let inside = || {
        places
            .iter()
            .filter(|p| mention.tokens.contains(&p.tokens.start) && p.place.country.is_some())
            .filter(|p| !(context.has(Rule::BackedBy) && is_backer(context, p)))
            .filter(|p| !(context.has(Rule::DemonymOfBody) && names_body(mentions, mention, p)))
    };
    inside()
        .find(|p| p.demonym && p.tokens.start <= mention.head)
        .or_else(|| inside().next())
        .and_then(|p| p.place.country.clone())
}

/// Whether a place only says who helps or appoints somebody: "US-backed", "Turkish-trained".
fn is_backer(context: &Context<'_>, place: &PlaceMention) -> bool {
    let helped = |word: &str| {
        context
            .knowledge
            .lexicon
            .actor_words
            .has(ActorWord::Backed, &word.to_lowercase())
    };
    let reading = context.reading;
    let end = place.tokens.end;
    let last = reading.word(end.saturating_sub(1));
    last.rsplit_once('-').is_some_and(|(_, word)| helped(word))
        || matches!(reading.word(end), "-" | "–") && helped(reading.word(end + 1))
        || reading
            .word(end)
            .strip_prefix(['-', '–'])
            .is_some_and(helped)
}

/// Whether a demonym stands in the name of another body in the phrase: "head of the Syrian
/// Observatory" says nothing of where he is at home; the body does.
fn names_body(mentions: &Mentions, mention: &Mention, place: &PlaceMention) -> bool {
    place.demonym
        && mentions.all.iter().any(|other| {
            other.kind == MentionKind::Name
                && other.entity != mention.entity
                && other.tokens.start > mention.head
                && other.tokens.contains(&place.tokens.start)
        })
}

/// Whether all that is said of an entity is that it is a document: a video, a report.
pub(super) fn is_document(context: &Context<'_>, mentions: &Mentions, entity: EntityId) -> bool {
    let mut own = super::mentions_of(mentions, entity)
        .filter(|mention| mention.kind != MentionKind::Pronoun)
        .peekable();
    own.peek().is_some()
        && own.all(|mention| {
            noun_of(context, mention)
                .is_some_and(|agent| agent.shape == Shape::Document || agent.class == "analyst")
        })
}

/// The country of the events in which the entity takes part, if they have one, and where the text
/// says so.
pub(super) fn of_events(entity: EntityId, events: &[Event]) -> Option<(String, Span)> {
    let mut found: Option<(String, Span)> = None;
    for event in events {
        let takes_part = event
            .side_a
            .iter()
            .chain(&event.side_b)
            .any(|side| side.entity == Some(entity));
        let Some(place) = event.place.as_ref().filter(|_| takes_part) else {
            continue;
        };
        let Some(country) = place.country.as_deref() else {
            continue;
        };
        match &found {
            Some((known, _)) if known != country => return None,
            Some(_) => {}
            None => found = Some((country.to_owned(), place.span)),
        }
    }
    found
}

/// ACLED codes a state's forces that act abroad only as external forces. Where no event of theirs
/// has a place, the report's own country tells whether they are abroad.
pub(super) fn mark_external(actors: &mut [Actor], events: &[Event], report: Option<&str>) {
    for (number, actor) in actors.iter_mut().enumerate() {
        if actor.kind != ActorKind::StateForces {
            continue;
        }
        let Some(home) = actor.country.as_deref() else {
            continue;
        };
        let mut abroad = false;
        let mut at_home = false;
        for event in events {
            let acts = event
                .side_a
                .iter()
                .chain(&event.side_b)
                .any(|side| side.actor == Some(number));
            if let Some(country) = event
                .place
                .as_ref()
                .and_then(|p| p.country.as_deref())
                .filter(|_| acts)
            {
                if country == home {
                    at_home = true;
                } else {
                    abroad = true;
                }
            }
        }
        let elsewhere = !abroad && !at_home && report.is_some_and(|country| country != home);
        if abroad && !at_home || elsewhere {
            actor.kind = ActorKind::ExternalForces;
            super::because(actor, "kind", Rule::ForcesAbroad, None);
        }
    }
}
