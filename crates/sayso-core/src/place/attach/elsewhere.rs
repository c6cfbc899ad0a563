//! Where an event happened that has no place in its own sentence, or whose words name a whole
//! country: the sentences around it, the dateline, whoever tells it, the country of the report.

use sayso_lexicon::EventWord;
use sayso_text::{Rel, Role};

use super::cost::{head_of, role_cost};
use super::finish::finish;
use super::{SENTENCES_BACK, form_in};
use crate::place::home;
use crate::{AttachRule, Context, Event, Level, Place, PlaceMention};

/// The last sentence of a lead, from 0.
const LEAD: usize = 1;

pub(super) fn before(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    sentence: usize,
    last: Option<&(usize, Place)>,
) -> Option<(Place, String)> {
    let reading = context.reading;
    // A place that is finer than a country first; then a country.
    for (back, countries) in (1..=SENTENCES_BACK.min(sentence))
        .map(|back| (back, false))
        .chain((1..=SENTENCES_BACK.min(sentence)).map(|back| (back, true)))
    {
        let there = sentence - back;
        if let Some((at, place)) = last
            && context.has(AttachRule::PlaceOfEventBefore)
            && *at == there
            && (countries || place.level < Level::Country)
        {
            return Some((place.clone(), format!("place-of-event-before/{back}")));
        }
        let finest = places
            .iter()
            .enumerate()
            .filter(|&(number, place)| {
                usable[number]
                    && place.place.lat.is_some()
                    && (countries || place.place.level < Level::Country)
                    && reading.sentence_of(place.tokens.start) == there
                    && role_cost(context, place, head_of(context, place)) < 2.0
                    && !is_source(context, place)
            })
            .min_by_key(|(number, place)| (place.place.level, *number));
        if let Some((number, _)) = finest.filter(|_| context.has(AttachRule::PlaceOfSentenceBefore))
        {
            return Some(finish(context, places, number, "sentence-before"));
        }
    }
    None
}

fn is_source(context: &Context<'_>, place: &PlaceMention) -> bool {
    context
        .reading
        .roles
        .iter()
        .any(|role| role.role == Role::Source && role.tokens.contains(&place.tokens.start))
}

/// The place that opens the report ("GOMA (Agency) — …"), for events of its first sentences.
pub(super) fn dateline(
    context: &Context<'_>,
    places: &[PlaceMention],
    sentence: usize,
) -> Option<(Place, String)> {
    let first = places
        .first()
        .filter(|place| place.tokens.start <= 1 && !place.demonym && place.place.lat.is_some())?;
    let behind = (first.tokens.end..first.tokens.end + 8)
        .any(|token| form_in(context, token, EventWord::DatelineMark));
    (behind && sentence <= 3 && context.has(AttachRule::DatelinePlace))
        .then(|| finish(context, places, 0, "dateline"))
}

/// "closes all schools across the country", "a national state of emergency": the country that the
/// sentence or else the text names first.
pub(super) fn whole_country(
    context: &Context<'_>,
    places: &[PlaceMention],
    event: &Event,
) -> Option<(Place, String)> {
    let reading = context.reading;
    if !context.has(AttachRule::AcrossCountry) {
        return None;
    }
    let sentence = reading
        .sentences
        .get(reading.sentence_of(event.anchor_token))?;
    let own = context.syntax.reach(event.anchor_token);
    let beside =
        |t: usize| own.contains(&t) || t > event.anchor_token && t < event.anchor_token + 12;
    let wide = sentence.tokens.clone().filter(|&t| beside(t)).any(|t| {
        let common = reading.word(t).starts_with(char::is_lowercase);
        // "a national state of emergency", but not "on the national day"
        let of_event = context
            .syntax
            .head(t)
            .is_some_and(|head| head == event.anchor_token || event.mention_tokens.contains(&head));
        common
            && form_in(context, t, EventWord::Nationwide)
            && (of_event || !reading.word(t).eq_ignore_ascii_case("national"))
            || reading.word(t).eq_ignore_ascii_case("country")
                && t.checked_sub(2)
                    .is_some_and(|p| form_in(context, p, EventWord::AcrossPreposition))
    });
    if !wide {
        return None;
    }
    let is_country = |p: &PlaceMention| p.place.level == Level::Country && p.place.lat.is_some();
    let here = |p: &PlaceMention| sentence.tokens.contains(&p.tokens.start);
    let number = places
        .iter()
        .position(|p| here(p) && is_country(p) && !p.demonym)
        .or_else(|| places.iter().position(|p| here(p) && is_country(p)))
        .or_else(|| places.iter().position(is_country))?;
    Some(finish(context, places, number, "across-the-country"))
}

/// "Turkish police arrest 161 people": police, courts and governments act at home.
pub(super) fn country_of_police(
    context: &Context<'_>,
    places: &[PlaceMention],
    event: &Event,
) -> Option<(Place, String)> {
    if !context.has(AttachRule::PoliceAtHome) {
        return None;
    }
    let words = &context.knowledge.lexicon.events.words;
    let number = event.side_a.iter().find_map(|side| {
        let lemma = &context.reading.tokens.get(side.token)?.lemma;
        if !words.has(EventWord::HomeForce, &lemma.to_lowercase()) {
            return None;
        }
        places.iter().position(|p| {
            p.place.level == Level::Country
                && p.place.lat.is_some()
                && p.tokens
                    .clone()
                    .any(|t| context.syntax.head(t) == Some(side.token))
        })
    })?;
    Some(finish(context, places, number, "police-at-home"))
}

/// The place of those who tell it, in the event's sentence or up to two before: "Villagers in
/// Tin-Akoff said that helicopters had fired on a wedding". Last of all, and no country.
pub(super) fn of_speaker(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    sentence: usize,
) -> Option<(Place, String)> {
    if !context.has(AttachRule::PlaceOfSpeaker) {
        return None;
    }
    let reading = context.reading;
    (0..=SENTENCES_BACK.min(sentence)).find_map(|back| {
        let (number, _) = places
            .iter()
            .enumerate()
            .filter(|&(number, place)| {
                let head = head_of(context, place);
                let cased = context.syntax.rel(head) == Rel::Nmod
                    && context
                        .syntax
                        .children_by(head, &[Rel::Case])
                        .any(|case| form_in(context, case, EventWord::LocatingPreposition));
                let owner = context.syntax.rel(head) == Rel::NmodPoss;
                // A minister in Geneva may speak of anywhere, villagers of where they are.
                let local = context
                    .syntax
                    .head(head)
                    .and_then(|above| reading.tokens.get(above))
                    .is_some_and(|above| {
                        let words = &context.knowledge.lexicon.events.words;
                        words.has(EventWord::LocalSpeaker, &above.lemma.to_lowercase())
                    });
                usable[number]
                    && place.place.lat.is_some()
                    && place.place.level < Level::Country
                    && reading.sentence_of(place.tokens.start) + back == sentence
                    && (cased || owner)
                    && local
            })
            .min_by_key(|(number, place)| (place.place.level, *number))?;
        Some(finish(context, places, number, "place-of-speaker"))
    })
}

/// A lead tells what happened, and the next sentence where: the finest place of the sentence behind,
/// for the first two sentences of a report.
pub(super) fn after(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    sentence: usize,
) -> Option<(Place, String)> {
    if !context.has(AttachRule::PlaceOfSentenceAfter) || sentence > LEAD {
        return None;
    }
    let (number, _) = places
        .iter()
        .enumerate()
        .filter(|&(number, place)| {
            usable[number]
                && place.place.lat.is_some()
                && place.place.level < Level::Country
                && context.reading.sentence_of(place.tokens.start) == sentence + 1
                && role_cost(context, place, head_of(context, place)) < 1.0
                && !is_source(context, place)
        })
        .min_by_key(|(number, place)| (place.place.level, *number))?;
    Some(finish(context, places, number, "sentence-after"))
}

/// Last of all, and first for a sum over many incidents: the country that the report is about.
pub(super) fn country_of_report(
    context: &Context<'_>,
    places: &[PlaceMention],
) -> Option<(Place, String)> {
    if !context.has(AttachRule::CountryAtLast) {
        return None;
    }
    let home = home::placed(context, places, home::MOST)?;
    let is_home = |place: &PlaceMention| {
        place.place.level == Level::Country && place.place.country.as_ref() == Some(&home)
    };
    let number = places
        .iter()
        .position(|place| is_home(place) && !place.demonym)
        .or_else(|| places.iter().position(is_home))?;
    Some(finish(context, places, number, "country-of-report"))
}
