//! Events: what happened, to whom, and who says so.
//!
//! Triggers of the frames are found with their sides and weapons (`trigger`, `clause`, `sides`,
//! `weapons`, `condition`), judged for their reality (`status`), grouped into events (`merge`),
//! joined by tolls and claims, and tied to statements (`link`).

mod aggregate;
mod answer;
mod apart;
mod assemble;
mod background;
mod best;
mod cause;
mod claim;
mod clause;
mod condition;
#[cfg(test)]
mod construction_tests;
mod fight;
mod link;
mod merge;
mod noun_sides;
mod owner;
mod reported;
mod retell;
mod sides;
mod status;
mod trigger;
mod weapons;
mod whole_sides;
mod whole_status;
pub(crate) mod words;

pub(crate) use aggregate::cue as sum_cue;
pub(crate) use clause::{is_passive, subject};
pub(crate) use status::statement_at;

use crate::{Context, Event, Mentions, PlaceMention, Statement, TimeMention, Toll};
use merge::Told;
use words::Words;

/// Finds every event and ties statements and tolls to it.
pub(crate) fn find(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    times: &[TimeMention],
    statements: &mut [Statement],
    tolls: Vec<Toll>,
) -> Vec<Event> {
    if !context.reading.annotated {
        return Vec::new();
    }
    let words = Words::of(context, mentions, places);
    let mut hits = trigger::find(&words);
    let claims = claim::find(&words);
    claim::give(&words, &claims, &mut hits);
    let told: Vec<Told> = hits
        .into_iter()
        .filter_map(|hit| {
            if background::is_background(&words, &hit) {
                return None;
            }
            let standing = status::of(&words, &hit, statements)?;
            let standing = status::ahead(&words, times, &hit, standing);
            let sum =
                aggregate::is_sum(&words, &hit) || aggregate::is_sum_by_then(&words, times, &hit);
            Some(Told::new(&words, times, hit, standing, sum))
        })
        .collect();
    let groups = merge::group(&words, &told, &tolls);
    let homes = crate::toll::attach(&words, &tolls, &told_tokens(&told), &groups);
    let (tolls, homes) = crate::toll::distinct(&words, tolls, homes, statements);
    let standing = crate::toll::standing(&words);
    let mut events = assemble::events(&words, &told, &groups, tolls, &homes, &standing, statements);
    link::statements(&mut events, statements);
    events
}

/// What the toll phase needs to know of the mentions.
fn told_tokens(told: &[Told]) -> Vec<crate::toll::Anchor> {
    told.iter()
        .map(|t| crate::toll::Anchor {
            token: t.hit.token,
            predicate: t.hit.predicate,
            frame: t.hit.frame,
            aggregate: t.aggregate,
            planned: t.standing.status == crate::Status::Planned,
            negated: t.standing.rule == "negation",
        })
        .collect()
}
