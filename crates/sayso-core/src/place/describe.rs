//! A resolved toponym as the sheet shows it: names, level, precision.

use sayso_lexicon::PlaceNoun;
use sayso_place::Feature;
use unicode_marks::plain;

use super::recognise::{Evidence, Toponym};
use super::resolve::Decision;
use super::sense::{Origin, Sense, level_of};
use crate::{Context, Level, Place, PlaceMention};

/// Describes one toponym; `town` lends its point to a spot that could not be resolved. `None` for
/// words of the gazetteer alone that could not be resolved.
pub(super) fn mention(
    context: &Context<'_>,
    toponym: &Toponym,
    decision: Option<&Decision>,
    town: Option<&Decision>,
) -> Option<PlaceMention> {
    let span = context.reading.span(&toponym.tokens);
    let Some(decision) = decision else {
        if toponym.evidence != Evidence::Model && !is_site(toponym) {
            return None;
        }
        let level = toponym.noun.and_then(level_of).unwrap_or(Level::Settlement);
        if let Some(town) = town {
            return Some(PlaceMention {
                tokens: toponym.tokens.clone(),
                place: Place {
                    span,
                    level: level.min(Level::Neighbourhood),
                    where_prec: 2,
                    ..described(context, &town.sense, toponym, true)
                },
                demonym: false,
                rule: town.rule.to_owned(),
            });
        }
        return Some(PlaceMention {
            tokens: toponym.tokens.clone(),
            place: Place {
                span,
                name: toponym.words.clone(),
                country: None,
                admin1: None,
                admin2: None,
                lat: None,
                lon: None,
                geonames: None,
                pcode: None,
                level,
                where_prec: where_prec(level, None, toponym.noun),
            },
            demonym: false,
            rule: if toponym.senses.is_empty() {
                "not-in-gazetteer"
            } else {
                "ambiguous"
            }
            .to_owned(),
        });
    };
    let sense = &decision.sense;
    let site = toponym.evidence == Evidence::Within && is_site(toponym);
    let level = if site { Level::Site } else { sense.level() };
    Some(PlaceMention {
        tokens: toponym.tokens.clone(),
        place: Place {
            span,
            level,
            where_prec: where_prec(level, Some(sense), toponym.noun),
            ..described(context, sense, toponym, site)
        },
        demonym: toponym.evidence == Evidence::Demonym,
        rule: decision.rule.to_owned(),
    })
}

/// A facility named after the place it is in: the phrase ends with a noun for a single spot.
fn is_site(toponym: &Toponym) -> bool {
    toponym.tokens.len() > 1
        && matches!(
            toponym.noun,
            Some(PlaceNoun::Site | PlaceNoun::Base | PlaceNoun::Camp | PlaceNoun::Crossing)
        )
}

fn described(context: &Context<'_>, sense: &Sense, toponym: &Toponym, site: bool) -> Place {
    let gazetteer = context.knowledge.gazetteer;
    let named = |id| Some(plain(&gazetteer.name(id))).filter(|name: &String| !name.is_empty());
    let country = sense.country.and_then(|id| gazetteer.country(id));
    let mut place = Place {
        span: sayso_text::Span::default(),
        name: toponym.words.clone(),
        country: country.map(|country| country.iso3.to_owned()),
        admin1: sense.admin1.and_then(named),
        admin2: None,
        lat: Some(sense.lat),
        lon: Some(sense.lon),
        geonames: None,
        pcode: None,
        level: sense.level(),
        where_prec: 1,
    };
    match sense.origin {
        Origin::Gazetteer(id) => {
            place.admin2 = gazetteer.admin2(id).and_then(named);
            place.pcode = [gazetteer.admin2(id), gazetteer.admin1(id)]
                .into_iter()
                .flatten()
                .filter_map(|division| gazetteer.entry(division)?.geonames)
                .find_map(|id| context.knowledge.lexicon.places.pcode(id))
                .map(str::to_owned);
            if !site {
                place.name = named(id).unwrap_or(place.name);
                place.geonames = gazetteer.entry(id).and_then(|entry| entry.geonames);
            }
        }
        Origin::Named(number) => {
            if let Some(known) = context.knowledge.lexicon.places.named_at(number) {
                place.name.clone_from(&known.name);
                place.admin1 = place.admin1.or_else(|| known.admin1.clone());
                place.pcode = sense
                    .admin1
                    .and_then(|id| gazetteer.entry(id)?.geonames)
                    .and_then(|id| context.knowledge.lexicon.places.pcode(id))
                    .map(str::to_owned);
            }
        }
    }
    place
}

/// UCDP's where_prec: 1 the place itself; 2 near it, or a part of the district around it; 3 a
/// second-order division; 4 a first-order division; 5 a line or a fuzzy area; 6 a country; 7 at
/// sea.
pub(super) fn where_prec(level: Level, sense: Option<&Sense>, noun: Option<PlaceNoun>) -> u8 {
    if sense.is_some_and(|sense| sense.feature == Feature::Sea) {
        return 7;
    }
    let fuzzy = sense.is_some_and(|sense| {
        matches!(
            sense.feature,
            Feature::Region | Feature::River | Feature::Disputed
        )
    }) || matches!(noun, Some(PlaceNoun::Border | PlaceNoun::Route))
        || sense.is_none() && noun.is_some_and(PlaceNoun::is_natural);
    match level {
        Level::Country if !fuzzy => 6,
        _ if fuzzy => 5,
        Level::Province => 4,
        Level::District => 3,
        _ if noun == Some(PlaceNoun::Area) => 2,
        _ => 1,
    }
}

/// Names without the marks of scholarly transliteration.
mod unicode_marks {
    /// Drops macrons, dots and cedillas below, and signs for ayin and hamza ("Ḩārim" is "Harim"),
    /// and keeps the letters of living alphabets ("São Paulo", "Şırnak").
    pub(super) fn plain(name: &str) -> String {
        name.chars()
            .filter_map(|c| {
                Some(match c {
                    'ā' => 'a',
                    'ē' => 'e',
                    'ī' => 'i',
                    'ō' => 'o',
                    'ū' => 'u',
                    'Ā' => 'A',
                    'Ī' => 'I',
                    'Ō' => 'O',
                    'Ū' => 'U',
                    'Ḩ' | 'Ḥ' => 'H',
                    'ḩ' | 'ḥ' => 'h',
                    'Ḑ' | 'Ḍ' => 'D',
                    'ḑ' | 'ḍ' => 'd',
                    'ţ' | 'ṭ' => 't',
                    'Ţ' | 'Ṭ' => 'T',
                    'ẕ' | 'ẓ' => 'z',
                    'Ẓ' | 'Ẕ' => 'Z',
                    'ṣ' => 's',
                    'Ṣ' => 'S',
                    'ḏ' => 'd',
                    'ṯ' => 't',
                    'ẖ' => 'h',
                    '\u{327}' | '\u{304}' | '\u{323}' => return None,
                    'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '‘' | '’' => '\'',
                    other => other,
                })
            })
            .collect()
    }

    #[test]
    fn plain_names() {
        assert_eq!(plain("Ḩārim"), "Harim");
        assert_eq!(plain("São Paulo"), "São Paulo");
        assert_eq!(plain("Maʻarrat an Nuʻmān"), "Ma'arrat an Nu'man");
    }
}
