//! Statements: who says what.

use sayso_text::Note;

use crate::{Context, Mentions, Statement};

/// Finds every statement, in text order of its content.
pub(crate) fn find(_context: &Context<'_>, _mentions: &Mentions) -> Vec<Statement> {
    Vec::new()
}

/// Notes on statements, such as a silence beside a statement by the same body.
pub(crate) fn notes(
    _context: &Context<'_>,
    _mentions: &Mentions,
    _statements: &[Statement],
) -> Vec<Note> {
    Vec::new()
}
