//! Actors: who speaks and acts, with kind, country and protection.

use crate::{Actor, Context, Event, Mentions, PlaceMention, Statement};

/// Makes an actor of each entity that speaks or acts, and points sources and sides at it.
pub(crate) fn assemble(
    _context: &Context<'_>,
    _mentions: &Mentions,
    _places: &[PlaceMention],
    _statements: &mut [Statement],
    _events: &mut [Event],
) -> Vec<Actor> {
    Vec::new()
}
