//! The country that a report is about, and what it lends to places that no gazetteer has.
//!
//! A village that nobody knows has no point, and none on another continent; but the words beside it
//! ("in Tillabéri Region") or the rest of the report tell its country and perhaps its divisions.
//! UCDP's where_prec is then that of the smallest division known.

use std::collections::{BTreeMap, BTreeSet};

use sayso_lexicon::PlaceNoun;
use sayso_text::NameKind;

use super::adjective::is_of_forces;
use super::holder::says_within;
use crate::{Context, Level, PlaceMention, PlaceRule};

/// Shares of a report's places by which a country is whom it is about: nearly all, most, or half.
pub(crate) const NEARLY_ALL: f64 = 0.75;
pub(crate) const MOST: f64 = 0.6;
pub(crate) const HALF: f64 = 0.5;

/// Which places of a report tell its country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// All that have a point, demonyms by half: for where something may lie.
    ByAll,
    /// Those below the level of countries, and only where there are none whole countries, of which
    /// two must be named: for whose people may be meant.
    ByLocal,
}

/// The ISO code of the country that at least `share` of the places of a report lie in.
pub(crate) fn home(places: &[PlaceMention], told: Told, share: f64) -> Option<&str> {
    let mut votes: BTreeMap<&str, f64> = BTreeMap::new();
    let local = |p: &&PlaceMention| {
        !p.demonym && p.place.level != Level::Country && p.place.country.is_some()
    };
    let any_local = places.iter().any(|p| local(&p));
    for mention in places {
        let weight = match told {
            Told::ByAll if mention.place.lat.is_none() => continue,
            Told::ByAll if mention.demonym => 0.5,
            Told::ByLocal if mention.demonym || any_local && !local(&mention) => continue,
            _ => 1.0,
        };
        if let Some(country) = mention.place.country.as_deref() {
            *votes.entry(country).or_default() += weight;
        }
    }
    let all: f64 = votes.values().sum();
    let (&country, &most) = votes
        .iter()
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
    // Of two countries with as many places neither is it, nor is one named in passing.
    let settled = told == Told::ByAll
        || votes.values().filter(|&&other| other == most).count() == 1
            && most >= if any_local { 1.0 } else { 2.0 };
    (settled && most >= share * all).then_some(country)
}

/// As [`home`] by all places, without the adjectives of forces and deeds.
pub(super) fn placed(context: &Context<'_>, places: &[PlaceMention], share: f64) -> Option<String> {
    let told: Vec<PlaceMention> = places
        .iter()
        .filter(|place| !(place.demonym && is_of_forces(context, &place.tokens)))
        .cloned()
        .collect();
    home(&told, Told::ByAll, share).map(str::to_owned)
}

/// Gives unresolved places the country and the divisions that the text tells.
///
/// `candidates` are, for each mention, the countries that have a place of exactly its name: where the
/// report tells no country and all of them lie in one, it is that.
pub(super) fn lend(
    context: &Context<'_>,
    mentions: &mut [PlaceMention],
    candidates: &[BTreeSet<String>],
) {
    if !context.has(PlaceRule::CountryFromContext) {
        return;
    }
    let home = placed(context, mentions, MOST);
    for number in 0..mentions.len() {
        let mention = &mentions[number];
        if mention.place.lat.is_some() || mention.place.country.is_some() {
            continue;
        }
        // Of "in Niger's Tillabéri Region" the region says more.
        let behind = mentions.get(number + 1).filter(|next| {
            let mark = context.reading.word(next.tokens.end);
            let country = next.place.level == Level::Country && !next.demonym;
            country
                && matches!(mark, "'s" | "’s")
                && says_within(context, mention.tokens.end..next.tokens.start)
        });
        let further = behind
            .and(mentions.get(number + 2))
            .filter(|further| !further.demonym && further.place.lat.is_some())
            .map(|further| further.place.clone());
        // "The Swat valley, Pakistan": behind the noun that is no part of the name.
        let places = &context.knowledge.lexicon.places;
        let noun = places.noun(context.reading.word(mention.tokens.end));
        let end = mention.tokens.end + usize::from(noun.is_some_and(PlaceNoun::is_natural));
        let holder = mentions
            .get(number + 1)
            .filter(|next| {
                !next.demonym
                    && next.place.level > mention.place.level
                    && says_within(context, end..next.tokens.start)
            })
            .map(|next| next.place.clone())
            .filter(|place| place.country.is_some());
        let holder = further.or(holder);
        let inhabited = is_inhabited(context, mention);
        let listed = candidates
            .get(number)
            .filter(|listed| !listed.is_empty() && context.has(PlaceRule::CountryOfCandidates));
        let lent = match (listed, &home) {
            (Some(listed), None) if listed.len() == 1 => listed.first().cloned(),
            (_, home) => home.clone(),
        };
        let place = &mut mentions[number].place;
        if let Some(holder) = holder {
            place.country = holder.country;
            place.admin1 = holder.admin1;
            place.admin2 = holder.admin2;
            place.pcode = holder.pcode;
        } else if let Some(country) = lent
            && inhabited
        {
            place.country = Some(country);
        } else {
            place.where_prec = 6;
            continue;
        }
        place.where_prec = match (&place.admin1, &place.admin2) {
            (_, Some(_)) => 3,
            (Some(_), None) => 4,
            (None, None) => 6,
        };
        mentions[number].rule.push_str("/country-from-context");
    }
}

/// Whether it is a place where people live: the White House may be anywhere.
fn is_inhabited(context: &Context<'_>, mention: &PlaceMention) -> bool {
    mention.place.level > Level::Site
        && context.reading.names.iter().any(|name| {
            name.kind == NameKind::Gpe
                && name.tokens.start < mention.tokens.end
                && mention.tokens.start < name.tokens.end
        })
}

#[cfg(test)]
mod tests {
    use sayso_text::Span;

    use super::*;
    use crate::Place;

    fn named(country: &str, level: Level, demonym: bool) -> PlaceMention {
        PlaceMention {
            tokens: 0..1,
            place: Place {
                span: Span::default(),
                name: String::new(),
                country: Some(country.to_owned()),
                admin1: None,
                admin2: None,
                lat: Some(0.0),
                lon: Some(0.0),
                geonames: None,
                pcode: None,
                level,
                where_prec: 6,
            },
            demonym,
            rule: String::new(),
        }
    }

    #[test]
    fn a_report_is_about_where_its_places_lie() {
        let town = |country| named(country, Level::Settlement, false);
        let state = |country| named(country, Level::Country, false);
        let nation = |country| named(country, Level::Country, true);
        let three = [
            town("SDN"),
            town("SDN"),
            town("TCD"),
            state("EGY"),
            state("EGY"),
            state("EGY"),
        ];
        assert_eq!(home(&three, Told::ByLocal, MOST), Some("SDN"));
        assert_eq!(home(&three, Told::ByLocal, NEARLY_ALL), None);
        assert_eq!(home(&three, Told::ByAll, HALF), Some("EGY"));
        assert_eq!(home(&[town("SDN"), town("TCD")], Told::ByLocal, HALF), None);
        assert_eq!(home(&[state("SDN")], Told::ByLocal, HALF), None);
        assert_eq!(home(&[state("SDN")], Told::ByAll, HALF), Some("SDN"));
        assert_eq!(
            home(&[state("SDN"), state("SDN")], Told::ByLocal, NEARLY_ALL),
            Some("SDN")
        );
        assert_eq!(
            home(&[nation("SDN"), nation("SDN")], Told::ByLocal, HALF),
            None
        );
        let two = [nation("TCD"), state("SDN")];
        assert_eq!(home(&two, Told::ByAll, MOST), Some("SDN"));
        assert_eq!(home(&[], Told::ByAll, HALF), None);
    }
}
