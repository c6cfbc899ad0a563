//! Where the groups that a text names are at home: what "Al-Bayda" means in a report on the Houthis
//! that speaks of no country.
//!
//! A group may fight abroad, so that its home says less than anything that the text says of where:
//! it holds only where no other country is spoken of, and against no word of containment.

use std::collections::BTreeSet;

use sayso_place::PlaceId;
use sayso_registry::{Day, Entry, How};
use sayso_text::NameKind;

use super::sense::Sense;
use super::shares::Shares;
use crate::{Context, PlaceRule, registry_day};

/// What the home of the groups that a report names speaks for a place.
const HOME: f64 = 3.0;
/// A country with this share is one that the report speaks of.
const SPOKEN_OF: f64 = 0.2;

/// The countries where the armed groups of a text are at home. Bodies of states and organisations
/// are at work anywhere, and whose home nobody lists has none.
pub(super) fn homes(context: &Context<'_>) -> BTreeSet<PlaceId> {
    let mut homes = BTreeSet::new();
    if !context.has(PlaceRule::HomeOfActors) {
        return homes;
    }
    let (reading, gazetteer) = (context.reading, context.knowledge.gazetteer);
    let day = reading
        .report
        .published
        .as_ref()
        .and_then(|published| registry_day(published.date()));
    for name in &reading.names {
        if matches!(name.kind, NameKind::Gpe | NameKind::Loc) {
            continue;
        }
        let words = reading.slice(reading.span(&name.tokens));
        let words = words.trim_end_matches("'s").trim_end_matches("’s");
        homes.extend(home_of(context, words, day).and_then(|iso3| gazetteer.country_by_iso3(iso3)));
    }
    // "The Houthis", of whom the tagger makes nothing.
    for token in 0..reading.tokens.len() {
        let word = reading.word(token);
        let first = word.chars().next();
        if first.is_some_and(char::is_uppercase)
            && !reading
                .names
                .iter()
                .any(|name| name.tokens.contains(&token))
            && context.knowledge.lexicon.groups.get(word).is_some()
        {
            let home = home_of(context, word, day);
            homes.extend(home.and_then(|iso3| gazetteer.country_by_iso3(iso3)));
        }
    }
    homes
}

/// The one country where all groups of a name are at home first.
fn home_of<'k>(context: &Context<'k>, words: &str, day: Option<Day>) -> Option<&'k str> {
    let armed = |entry: &Entry<'_>| {
        matches!(
            entry.kind(),
            "rebel-group" | "political-militia" | "identity-militia"
        ) && !entry.is_people()
    };
    let mut found = context.knowledge.registry.find_written(words);
    // Of acronyms those that hardly anybody else has: see `Knowledge::listed`.
    let known = context.knowledge.lexicon.groups.get(words).is_some();
    found.retain(|found| known || found.how != How::Acronym);
    let mut now = found
        .iter()
        .map(|found| found.entry)
        .filter(|entry| day.is_none_or(|day| entry.is_valid(day)))
        .peekable();
    let home = now.peek()?.countries().next()?;
    now.all(|entry| armed(&entry) && entry.countries().next() == Some(home))
        .then_some(home)
}

/// What the homes of the groups speak for a sense: nothing where the report speaks of another
/// country.
pub(super) fn home_weight(homes: &BTreeSet<PlaceId>, shares: &Shares, sense: &Sense) -> f64 {
    let elsewhere = shares
        .countries
        .iter()
        .any(|(id, &share)| share >= SPOKEN_OF && !homes.contains(id));
    match sense.country {
        Some(id) if homes.contains(&id) && !elsewhere => HOME / homes.len() as f64,
        _ => 0.0,
    }
}
