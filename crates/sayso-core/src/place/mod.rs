//! Places: toponyms, what they resolve to, and where events happened.
//!
//! [`find`] reads the text once: [`recognise`] finds toponyms, [`resolve`] decides what they mean,
//! [`within`] puts spots that no gazetteer has into their town, [`describe`] writes that down, and
//! [`home`] lends the rest their country. [`locate`] then gives each event the most specific place
//! that its words, its sentence or the sentences around it state.

mod actors;
mod adjective;
mod attach;
mod describe;
mod holder;
pub(crate) mod home;
mod phrase;
mod recognise;
mod resolve;
mod rival;
mod sense;
mod shares;
#[cfg(test)]
mod tests;
mod weight;
mod within;

use crate::{Context, Event, PlaceMention};

/// Finds and resolves every toponym.
pub(crate) fn find(context: &Context<'_>) -> Vec<PlaceMention> {
    let toponyms = recognise::toponyms(context);
    let decisions = resolve::resolve(context, &toponyms);
    let towns = within::towns(context, &toponyms, &decisions);
    let (mut mentions, candidates): (Vec<PlaceMention>, Vec<_>) = toponyms
        .iter()
        .zip(decisions.iter().zip(&towns))
        .filter_map(|(toponym, (decision, town))| {
            let mention = describe::mention(context, toponym, decision.as_ref(), town.as_ref())?;
            Some((mention, sense::countries(context.knowledge, toponym)))
        })
        .unzip();
    home::lend(context, &mut mentions, &candidates);
    mentions
}

/// Gives each event its most specific place.
pub(crate) fn locate(context: &Context<'_>, places: &[PlaceMention], events: &mut [Event]) {
    attach::locate(context, places, events);
}
