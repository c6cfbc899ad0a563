//! Towns that are taken, attacked and held: the tagger often reads them as persons.
//!
//! "Rebels took Kidal" and "soldiers captured Moussa" differ in nothing but what the world knows of
//! the two names: a town of some size in a country that the report speaks of is meant before
//! somebody who is called like it.

use std::collections::BTreeSet;

use sayso_lexicon::{PlaceVerb, PlaceWord, Shape};
use sayso_place::{Feature, Match, PlaceId};
use sayso_text::{NameKind, Rel, TokenRange, Upos};

use super::KNOWN_TOWN;
use super::around::place_verb;
use crate::mention::lemma;
use crate::place::actors;
use crate::place::sense::{Sense, senses};
use crate::{Context, PlaceRule};

/// From this score on the tagger is right that a name is a person's.
const SURE: f32 = 0.9;

/// The countries of which a text speaks before any of its places is resolved: by their names, by
/// demonyms, and by the groups that are at home there.
pub(super) fn countries(context: &Context<'_>) -> BTreeSet<PlaceId> {
    let (reading, knowledge) = (context.reading, context.knowledge);
    let mut countries = actors::homes(context);
    for name in &reading.names {
        let words = reading.slice(reading.span(&name.tokens));
        let words = words.strip_prefix("the ").unwrap_or(words);
        let words = words.trim_end_matches("'s").trim_end_matches("’s");
        // "Malian", in "the Malian army" too.
        countries.extend(words.split_whitespace().filter_map(|word| {
            let iso3 = knowledge.lexicon.places.demonym(word)?;
            knowledge.gazetteer.country_by_iso3(iso3)
        }));
        if matches!(name.kind, NameKind::Gpe | NameKind::Loc | NameKind::Norp) {
            let country = senses(words, knowledge, false)
                .into_iter()
                .find(|sense| sense.feature == Feature::Country && sense.primary);
            countries.extend(country.and_then(|sense| sense.country));
        }
    }
    countries
}

/// Whether a name is the object of a verb that towns are objects of, and the gazetteer knows a town
/// of some size by it in one of `countries`.
pub(super) fn is_taken_town(
    context: &Context<'_>,
    tokens: &TokenRange,
    countries: &BTreeSet<PlaceId>,
) -> bool {
    if !context.has(PlaceRule::TakenTown) || !is_object(context, tokens) {
        return false;
    }
    let reading = context.reading;
    let words = reading.slice(reading.span(tokens));
    let listed = context.knowledge.listed(words).is_some();
    // "Jebel Mara", "Kafr Zita": a hill and a village, and hardly anybody's name.
    let element = context.knowledge.lexicon.place_words.has(
        PlaceWord::Element,
        &reading.word(tokens.start).to_lowercase(),
    );
    let known = |sense: &Sense| {
        let town = sense.feature.is_settlement() && sense.population >= KNOWN_TOWN
            || element && tokens.len() > 1
            || matches!(sense.feature, Feature::Seat1 | Feature::Capital);
        let exact = sense.how <= Match::Article && !sense.narrowed;
        let here = sense.country.is_some_and(|id| countries.contains(&id));
        exact && here && (town || sense.feature == Feature::Admin1)
    };
    // Of "attacked Jackson" the tagger is sure, and rightly.
    let sure = reading
        .names
        .iter()
        .any(|name| name.tokens == *tokens && name.kind == NameKind::Person && name.score >= SURE);
    !listed
        && (!sure || element)
        && !is_somebody(context, tokens)
        && senses(words, context.knowledge, false).iter().any(known)
}

/// Whether the words around a name, or another name of the text, make it somebody: "captured Moussa,
/// a commander", "Moussa Keita".
fn is_somebody(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let (reading, syntax) = (context.reading, context.syntax);
    let agents = &context.knowledge.lexicon.agents;
    let is_person = |token: usize| {
        agents
            .get(&lemma(reading, token))
            .is_some_and(|agent| agent.shape == Shape::Person)
    };
    let called = tokens.clone().any(|token| {
        syntax
            .children_by(token, &[Rel::Appos, Rel::NmodDesc, Rel::Compound])
            .any(|child| !tokens.contains(&child) && is_person(child))
    });
    let titled = tokens.start.checked_sub(1).is_some_and(|before| {
        let word = reading.word(before).to_lowercase();
        is_person(before) || context.knowledge.lexicon.titles.get(&word).is_some()
    });
    let words = |tokens: &TokenRange| -> BTreeSet<&str> {
        tokens.clone().map(|token| reading.word(token)).collect()
    };
    let own = words(tokens);
    // A person is called by the surname elsewhere too, and there it is no verb's object.
    let named = reading.names.iter().any(|name| {
        name.kind == NameKind::Person
            && name.tokens != *tokens
            && own.is_subset(&words(&name.tokens))
            && (name.tokens.len() > tokens.len() || !is_object(context, &name.tokens))
    });
    called || titled || named
}

/// Whether a name is what such a verb is done to: its object, the subject of its passive, or one of
/// several of them.
fn is_object(context: &Context<'_>, tokens: &TokenRange) -> bool {
    const MOST_CONJUNCTS: usize = 8;
    let (reading, syntax) = (context.reading, context.syntax);
    let takes = |verb: usize| {
        syntax.upos(verb) == Upos::Verb
            && place_verb(context, verb).is_some_and(|object| {
                matches!(object, PlaceVerb::TownOrPerson | PlaceVerb::PlaceOrPerson)
            })
    };
    // Of "attacked Goma residents" the residents are attacked.
    if matches!(
        syntax.upos(tokens.end),
        Upos::Noun | Upos::Propn | Upos::Adj
    ) || reading.word(tokens.end) == "'s"
        || reading.word(tokens.end) == "’s"
    {
        return false;
    }
    let outer = |token: usize| syntax.head(token).filter(|head| !tokens.contains(head));
    let Some(mut at) = tokens.clone().find(|&token| outer(token).is_some()) else {
        return false;
    };
    for _ in 0..MOST_CONJUNCTS {
        let Some(head) = syntax.head(at) else {
            return false;
        };
        match syntax.rel(at) {
            Rel::Conj => at = head,
            Rel::Obj | Rel::NsubjPass => return takes(head),
            _ => break,
        }
    }
    // Trees of names are often wrong: the word right before tells as well.
    let before = tokens.start.checked_sub(1);
    before.is_some_and(|verb| {
        takes(verb) && reading.sentence_of(verb) == reading.sentence_of(tokens.start)
    })
}
