//! Colours, and text made safe for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

/// Headings.
pub(crate) const HEADING: Style = Style::new().bold();
/// What is of less weight.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// Denials.
pub(crate) const DENIED: Style = AnsiColor::Red.on_default().bold();
/// Unknowns and silence.
pub(crate) const UNKNOWN: Style = AnsiColor::Yellow.on_default();
/// What is only alleged, disputed or planned.
pub(crate) const OPEN: Style = AnsiColor::Magenta.on_default();
/// Quoted words.
pub(crate) const QUOTE: Style = AnsiColor::Cyan.on_default();
/// Errors.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What has to be known, though nothing failed.
pub(crate) const NOTE: Style = AnsiColor::Yellow.on_default().bold();

/// `text` in `style`; the stream drops the codes where colour is not allowed.
pub(crate) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// One line of `text` that a terminal can only show: white space runs become one space, control
/// characters and characters that hide or reverse text become visible escapes.
pub(crate) fn safe(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = !shown.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            shown.push(' ');
        }
        if c.is_control() || hides(c) {
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Zero-width and direction-changing characters; joiners that scripts need are let through.
fn hides(c: char) -> bool {
    matches!(c, '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_could_drive_it() {
        assert_eq!(safe("a\u{1b}[31mb\n c"), "a<U+001B>[31mb c");
        assert_eq!(safe("x\u{202e}y"), "x<U+202E>y");
        assert_eq!(safe("x\u{e0041}\u{9b}2Jy"), "x<U+E0041><U+009B>2Jy");
        assert_eq!(safe("حارم"), "حارم");
    }
}
