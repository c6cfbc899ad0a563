//! Tolls: counts of people and what happened to them.

use crate::{Context, Mentions, Statement, Toll};

/// Finds every count of people killed, injured, missing, abducted, detained or displaced.
pub(crate) fn find(
    _context: &Context<'_>,
    _mentions: &Mentions,
    _statements: &[Statement],
) -> Vec<Toll> {
    Vec::new()
}
