//! Places: toponyms, what they resolve to, and where events happened.

use crate::{Context, Event, PlaceMention};

/// Finds and resolves every toponym.
pub(crate) fn find(_context: &Context<'_>) -> Vec<PlaceMention> {
    Vec::new()
}

/// Gives each event its most specific place.
pub(crate) fn locate(_context: &Context<'_>, _places: &[PlaceMention], _events: &mut [Event]) {}
