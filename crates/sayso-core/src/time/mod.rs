//! Times: expressions, their values, and when events happened.

use sayso_text::Note;

use crate::{Context, Event, TimeMention};

/// Finds every time expression and resolves it.
pub(crate) fn find(_context: &Context<'_>) -> Vec<TimeMention> {
    Vec::new()
}

/// Gives each event its interval.
pub(crate) fn date(_context: &Context<'_>, _times: &[TimeMention], _events: &mut [Event]) {}

/// Notes on times that could not be placed.
pub(crate) fn notes(_context: &Context<'_>, _times: &[TimeMention]) -> Vec<Note> {
    Vec::new()
}
