//! Places: toponyms, what they resolve to, and where events happened.
//!
//! [`find`] reads the text once: [`recognise`] finds toponyms, [`resolve`] decides what they mean,
//! [`describe`] writes that down. [`locate`] then gives each event the most specific place that
//! its words, its sentence or the sentences before it state.

mod attach;
mod describe;
mod phrase;
mod recognise;
mod resolve;
mod sense;
#[cfg(test)]
mod tests;

use crate::{Context, Event, PlaceMention};

/// Finds and resolves every toponym.
pub(crate) fn find(context: &Context<'_>) -> Vec<PlaceMention> {
    let toponyms = recognise::toponyms(context);
    let decisions = resolve::resolve(context, &toponyms);
    toponyms
        .iter()
        .zip(&decisions)
        .filter_map(|(toponym, decision)| describe::mention(context, toponym, decision.as_ref()))
        .collect()
}

/// Gives each event its most specific place.
pub(crate) fn locate(context: &Context<'_>, places: &[PlaceMention], events: &mut [Event]) {
    attach::locate(context, places, events);
}
