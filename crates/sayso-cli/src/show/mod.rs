//! How sheets look on a terminal.

pub(crate) mod change;
pub(crate) mod explanation;
pub(crate) mod incident;
pub(crate) mod kept;
pub(crate) mod progress;
pub(crate) mod readable;
pub(crate) mod style;

/// Columns of the terminal; 90 where the output is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(90, |(width, _)| usize::from(width.0))
}
