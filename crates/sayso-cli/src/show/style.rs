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
    let mut unseen = sayso_text::hidden(text).map(|(at, ..)| at).peekable();
    let mut space = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            space = !shown.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            shown.push(' ');
        }
        if unseen.next_if_eq(&at).is_some() || c.is_control() {
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
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
        assert_eq!(safe("Ka\u{3164}ura\u{ad}"), "Ka<U+3164>ura<U+00AD>");
        assert_eq!(safe("a\u{200d}b می\u{200c}رود"), "a<U+200D>b می\u{200c}رود");
    }
}
