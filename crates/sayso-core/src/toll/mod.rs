//! Tolls: counts of people and what happened to them.
//!
//! A count is a number with how it binds (`number`), the people it counts (`counted`) and the word
//! that says what became of them (`effect`). `attach` gives each to its event; `standing` finds
//! where the text says that there is no toll or that it is not known.

mod attach;
mod counted;
mod effect;
mod figure;
mod number;
mod part;
mod standing;

pub(crate) use attach::{Anchor, attach};
pub(crate) use standing::{Standing, standing};

use crate::event::statement_at;
use crate::event::words::Words;
use crate::{Context, EntityId, Mentions, Statement, Toll, TollRule, Who};

/// Finds every count of people killed, injured, missing, abducted, detained or displaced.
pub(crate) fn find(
    context: &Context<'_>,
    mentions: &Mentions,
    statements: &[Statement],
) -> Vec<Toll> {
    if !context.reading.annotated {
        return Vec::new();
    }
    let words = Words::of(context, mentions, &[]);
    let mut tolls: Vec<Toll> = Vec::new();
    for toll in effect::find(&words) {
        let same = |t: &Toll| t.span.overlaps(toll.span) && t.effect == toll.effect;
        if !tolls.iter().any(same) {
            tolls.push(toll);
        }
    }
    for toll in &mut tolls {
        toll.by = statement_at(statements, toll.token);
    }
    tolls.sort_by_key(|t| (t.span, t.effect));
    tolls
}

/// One count of one event told twice, by one speaker or once by the writer, is one; the counts
/// that stay, with their homes.
pub(crate) fn distinct(
    words: &Words<'_>,
    tolls: Vec<Toll>,
    homes: Vec<Option<usize>>,
    statements: &[Statement],
) -> (Vec<Toll>, Vec<Option<usize>>) {
    if !words.on(TollRule::ToldTwice) {
        return (tolls, homes);
    }
    let speaker = |t: &Toll| -> Option<Option<EntityId>> {
        let said = statements.get(t.by?)?;
        Some(said.sources.first().and_then(|s| s.entity))
    };
    // "a soldier … a woman" are two; "a general was killed … Major General Adan Rooble died" are one.
    let one = |a: &Toll, b: &Toll| {
        let within = |x: &Toll, y: &Toll| {
            let phrase = crate::mention::noun_phrase(words.context, x.token);
            phrase
                .into_iter()
                .any(|t| words.lemma(t) == words.lemma(y.token))
        };
        a.high != Some(1) || within(a, b) || within(b, a)
    };
    let people = |a: &Toll, b: &Toll| {
        a.who == b.who
            || a.high > Some(1) && (a.who == Who::People || b.who == Who::People)
            || a.high == Some(1)
    };
    let same = |a: &Toll, b: &Toll| {
        let voices = (speaker(a), speaker(b));
        let figure = |t: &Toll| (t.effect, t.low, t.high, t.bound, t.aggregate);
        figure(a) == figure(b)
            && people(a, b)
            && one(a, b)
            && (voices.0 == voices.1 || voices.0.is_none() || voices.1.is_none())
    };
    let mut kept: Vec<(Toll, Option<usize>)> = Vec::new();
    for (toll, home) in tolls.into_iter().zip(homes) {
        let twin = kept
            .iter()
            .position(|(t, h)| home.is_some() && *h == home && same(t, &toll));
        match twin.and_then(|i| kept.get_mut(i)) {
            // Whose figure it is says more than that the writer gives it.
            Some((first, _)) if first.by.is_none() => *first = toll,
            Some(_) => {}
            None => kept.push((toll, home)),
        }
    }
    kept.into_iter().unzip()
}
