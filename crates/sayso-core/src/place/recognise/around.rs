//! What the words around a name, and the other names, say of it.

use std::collections::BTreeSet;

use sayso_lexicon::{PlaceNoun, PlaceVerb};
use sayso_place::PlaceId;
use sayso_text::{NameKind, TokenRange, Upos};

use super::taken::is_taken_town;
use crate::mention::lemma;
use crate::place::sense::{Sense, distance_km, senses};
use crate::{Context, Knowledge, PlaceRule};

/// "Syrias army", in text that has lost its apostrophes.
pub(super) fn without_lost_apostrophe(words: &str, knowledge: &Knowledge<'_>) -> Vec<Sense> {
    let Some(stem) = words.strip_suffix('s') else {
        return Vec::new();
    };
    if !knowledge.rules.has(PlaceRule::LostApostrophe) {
        return Vec::new();
    }
    let mut found = senses(stem, knowledge, false);
    if !found.iter().any(Sense::is_prominent) {
        found.clear();
    }
    found
}

/// Kinds that the model takes unknown places for.
pub(super) fn may_be_misnamed(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::Person
            | NameKind::Norp
            | NameKind::Org
            | NameKind::Product
            | NameKind::Event
            | NameKind::WorkOfArt
            | NameKind::Language
    )
}

/// Whether the words around a name make it a place, whatever the model calls it: "the Harim area",
/// "the town of Harim", "near Harim"; the gazetteer must know it.
pub(super) fn is_placed(context: &Context<'_>, tokens: &TokenRange) -> bool {
    if !context.has(PlaceRule::PlacedByWords) {
        return false;
    }
    let reading = context.reading;
    let places = &context.knowledge.lexicon.places;
    let places_it = |token: usize| {
        places
            .noun(&reading.word(token).to_lowercase())
            .is_some_and(|noun| {
                !matches!(noun, PlaceNoun::Site | PlaceNoun::Street | PlaceNoun::Base)
            })
    };
    let word = |back: usize| {
        tokens
            .start
            .checked_sub(back)
            .map_or("", |token| reading.word(token))
    };
    if is_end_of_between(context, tokens) {
        return true;
    }
    let near = matches!(
        word(1).to_lowercase().as_str(),
        "in" | "near" | "outside" | "around"
    );
    let of = word(1) == "of" && tokens.start >= 2 && places_it(tokens.start - 2);
    let words = reading.slice(reading.span(tokens));
    // "Gereida displacement camp", with one word in between.
    let between = reading
        .word(tokens.end)
        .starts_with(|c: char| c.is_lowercase())
        && places
            .noun(&reading.word(tokens.end + 1).to_lowercase())
            .is_some_and(|noun| matches!(noun, PlaceNoun::Camp | PlaceNoun::Crossing));
    let entered = is_object_of(context, tokens) == Some(PlaceVerb::Place);
    (places_it(tokens.end) || between || near || of || entered)
        && words.chars().count() > 3
        && !senses(words, context.knowledge, false).is_empty()
}

/// The verb right before a name, where its object may be a place of any size.
pub(super) fn is_object_of(context: &Context<'_>, tokens: &TokenRange) -> Option<PlaceVerb> {
    let reading = context.reading;
    let verb = tokens.start.checked_sub(1)?;
    // "Entered Druze settlements" enters the settlements.
    let is_whole = !matches!(
        context.syntax.upos(tokens.end),
        Upos::Noun | Upos::Propn | Upos::Adj
    );
    (is_whole
        && reading.sentence_of(verb) == reading.sentence_of(tokens.start)
        && context.has(PlaceRule::EnteredPlace)
        && context.syntax.upos(verb) == Upos::Verb)
        .then(|| place_verb(context, verb))
        .flatten()
        .filter(|&object| object != PlaceVerb::TownOrPerson)
}

/// What the object of the verb at `token` is; of rare verbs the tagger's lemma is often the form.
pub(super) fn place_verb(context: &Context<'_>, token: usize) -> Option<PlaceVerb> {
    let (reading, lexicon) = (context.reading, context.knowledge.lexicon);
    let form = reading.word(token).to_lowercase();
    lexicon.places.verb(&lemma(reading, token)).or_else(|| {
        let mut lemmas = lexicon.verb_forms.irregular(&form);
        lemmas.find_map(|lemma| lexicon.places.verb(lemma))
    })
}

/// Farther apart than this, nobody is on the way between two places, in kilometres.
const FAR_APART_KM: f64 = 500.0;

/// "Between Goma and Sake": two known places of one region, though the model may take them for
/// persons.
fn is_end_of_between(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let reading = context.reading;
    let word = |token: Option<usize>| token.map_or("", |token| reading.word(token));
    let is = |token: Option<usize>, wanted: &str| word(token).eq_ignore_ascii_case(wanted);
    let before = tokens.start.checked_sub(1);
    let named = |at: usize| reading.names.iter().find(|name| name.tokens.contains(&at));
    let other = if is(before, "between") && reading.word(tokens.end) == "and" {
        named(tokens.end + 1).filter(|other| other.tokens.start == tokens.end + 1)
    } else if is(before, "and") {
        tokens
            .start
            .checked_sub(2)
            .and_then(named)
            .filter(|other| is(other.tokens.start.checked_sub(1), "between"))
    } else {
        None
    };
    let Some(other) = other.filter(|_| context.has(PlaceRule::BetweenIsPlace)) else {
        return false;
    };
    let known = |tokens: &TokenRange| {
        senses(
            reading.slice(reading.span(tokens)),
            context.knowledge,
            false,
        )
    };
    let (a, b) = (known(tokens), known(&other.tokens));
    a.iter().any(|a| {
        let near = |b: &Sense| a.country == b.country && distance_km(a, b) < FAR_APART_KM;
        b.iter().any(near)
    })
}

/// The words of the names of persons, each name as a whole too.
pub(super) fn persons(context: &Context<'_>, countries: &BTreeSet<PlaceId>) -> BTreeSet<String> {
    let reading = context.reading;
    let mut words = BTreeSet::new();
    for name in reading.names.iter().filter(|name| {
        name.kind == NameKind::Person
            && !is_placed(context, &name.tokens)
            && !is_taken_town(context, &name.tokens, countries)
    }) {
        words.extend(
            name.tokens
                .clone()
                .map(|token| reading.word(token).to_owned())
                .filter(|word| word.chars().count() > 2),
        );
        words.insert(reading.slice(reading.span(&name.tokens)).to_owned());
    }
    words
}
