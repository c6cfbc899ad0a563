//! Where an event happened: the toponym that is nearest to its words in the tree.
//!
//! In that order: a toponym of the event's own sentence, by the path between them in the tree; the
//! place of an event or the finest toponym of the two sentences before; the dateline; where the
//! text names no other, the place of whoever tells it; behind a lead, the next sentence; the country
//! of the report. A demonym, the seat of a body in its name and a country that acts are no places of
//! an event.

mod again;
mod cost;
mod elsewhere;
mod finish;
mod sentence;

use sayso_lexicon::EventWord;

use self::cost::is_usable;
use self::elsewhere::{
    after, before, country_of_police, country_of_report, dateline, of_speaker, whole_country,
};
use self::sentence::in_sentence;
use crate::sheet::Reason;
use crate::{Context, Event, Place, PlaceMention, km};

/// How many sentences back a place still holds.
const SENTENCES_BACK: usize = 2;

/// Gives each event its place.
pub(super) fn locate(context: &Context<'_>, places: &[PlaceMention], events: &mut [Event]) {
    let reading = context.reading;
    let places = &again::with_nouns(context, places)[..];
    let usable: Vec<bool> = places
        .iter()
        .map(|place| is_usable(context, place))
        .collect();
    // Events in text order, so that a place found for one holds for the next.
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&at| events[at].anchor_token);
    let anchors: Vec<usize> = events.iter().map(|e| e.anchor_token).collect();
    let mut last: Option<(usize, Place)> = None;
    for at in order {
        let event = &events[at];
        let sentence = reading.sentence_of(event.anchor_token);
        let sum = || {
            event
                .aggregate
                .then(|| country_of_report(context, places))?
        };
        let found = whole_country(context, places, event)
            .or_else(|| in_sentence(context, places, &usable, &anchors, event))
            .or_else(sum)
            .or_else(|| before(context, places, &usable, sentence, last.as_ref()))
            .or_else(|| dateline(context, places, sentence))
            .or_else(|| of_speaker(context, places, &usable, sentence))
            .or_else(|| country_of_police(context, places, event))
            .or_else(|| after(context, places, &usable, sentence))
            .or_else(|| country_of_report(context, places));
        if let Some((place, rule)) = found {
            // What only the whole report or its dateline says is passed on to no later event.
            let of_report = ["dateline", "country-of-report"];
            if !of_report.iter().any(|name| rule.starts_with(name)) {
                last = Some((sentence, place.clone()));
            }
            let event = &mut events[at];
            event.why.insert(
                "place",
                Reason {
                    rule,
                    span: Some(place.span),
                },
            );
            event.place = Some(place);
        }
    }
}

/// Whether the lexicon's list of `class` has the word at `token`.
fn form_in(context: &Context<'_>, token: usize, class: EventWord) -> bool {
    let word = context.reading.word(token).to_lowercase();
    context.knowledge.lexicon.events.words.has(class, &word)
}

/// How far two places are apart, in kilometres; `None` where one has no point.
fn apart(a: &Place, b: &Place) -> Option<f64> {
    Some(km((a.lat?, a.lon?), (b.lat?, b.lon?)))
}
