//! What text is shown with.

use std::fmt::Write as _;

use pyo3::prelude::*;
use sayso_text::hidden;

/// `text` with the characters that are not seen, or turn what is, by their numbers: those that the
/// command shows so too. Ends of lines and tabs stay; they are no more than space on a page.
#[pyfunction]
pub(crate) fn visible(text: &str) -> String {
    let mut unseen = hidden(text).map(|(at, _, _)| at).peekable();
    let mut shown = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let hides = unseen.next_if_eq(&at).is_some();
        if hides || is_control(c) {
            // Writing to a string does not fail.
            let _ = write!(shown, "⟦U+{:04X}⟧", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}')
}
