//! Events: what happened, to whom, and who says so.

use crate::{Context, Event, Mentions, PlaceMention, Statement, TimeMention, Toll};

/// Finds every event and ties statements and tolls to it.
pub(crate) fn find(
    _context: &Context<'_>,
    _mentions: &Mentions,
    _places: &[PlaceMention],
    _times: &[TimeMention],
    _statements: &mut [Statement],
    _tolls: Vec<Toll>,
) -> Vec<Event> {
    Vec::new()
}
