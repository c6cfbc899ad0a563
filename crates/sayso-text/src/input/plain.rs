//! Plain text: the title, if there is one, and the body.

use crate::Report;
use crate::token::class::is_newline;

/// Longest first line, in characters, that can be a title.
const LONGEST_TITLE: usize = 200;
/// Shortest second line, in characters, that makes the line before it a title.
const LONG_LINE: usize = 100;

/// A report of plain text.
///
/// The first line is the title when a blank line or a long line follows. Then `text` begins with
/// the first character of the body; otherwise it is the whole, unchanged.
pub(crate) fn report(whole: String) -> Report {
    let Some((title, body)) = split_title(&whole) else {
        return Report::from_text(whole);
    };
    let mut report = Report::from_text(body);
    report.title = Some(title.to_owned());
    report
}

fn split_title(whole: &str) -> Option<(&str, &str)> {
    let start = whole.len() - whole.trim_start().len();
    let (title, rest) = line(&whole[start..]);
    let (second, _) = line(rest);
    let body = rest.trim_start();
    let title = title.trim_end();
    let length = title.chars().count();
    if body.is_empty() || length > LONGEST_TITLE || is_dateline(title) {
        return None;
    }
    let blank_follows = second.trim().is_empty();
    let sentence = title.ends_with('.') && !title.ends_with("..");
    let is_title = if blank_follows {
        // A first paragraph that is a sentence of its own is none.
        !(sentence && length > LONG_LINE)
    } else {
        let second = second.trim_end().chars().count();
        !sentence && second >= LONG_LINE && second > length
    };
    is_title.then_some((title, body))
}

/// The first line of `text`, without its line end, and what follows that.
fn line(text: &str) -> (&str, &str) {
    let Some(at) = text.find(is_newline) else {
        return (text, "");
    };
    let end = if text[at..].starts_with("\r\n") {
        2
    } else {
        text[at..].chars().next().map_or(0, char::len_utf8)
    };
    (&text[..at], &text[at + end..])
}

/// `GAO, Mali (ZZP) -- Two …`: the report begins here, without a title.
fn is_dateline(line: &str) -> bool {
    ["--", " - ", " – ", "—"].iter().any(|dash| {
        line.find(dash).is_some_and(|at| {
            let place = line[..at].split(['(', ',']).next().unwrap_or("").trim();
            let agency = line[..at].trim_end().ends_with(')');
            let capitals =
                place.chars().any(char::is_alphabetic) && place.chars().all(|c| !c.is_lowercase());
            // In an upper-case wire everything is in capitals; the dash tells.
            (agency || capitals) && at <= 60 && line.len() > at + 40
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(whole: &str) -> Option<String> {
        report(whole.to_owned()).title
    }

    #[test]
    fn a_blank_line_makes_a_title() {
        let report = report("Road closed near Tarra\r\n\r\n  The road was closed.\r\n".to_owned());
        assert_eq!(report.title.as_deref(), Some("Road closed near Tarra"));
        assert_eq!(report.text, "The road was closed.\r\n");
    }

    #[test]
    fn a_long_line_makes_a_title() {
        let long = "The road from Tarra to the mines was closed on Monday after an exchange of \
                    fire near the bridge, the governor's office said.";
        assert!(title(&format!("Road closed\n{long}\n")).is_some());
        assert_eq!(title(&format!("The road was closed.\n{long}")), None);
    }

    #[test]
    fn no_title() {
        assert_eq!(title("The road was closed."), None);
        assert_eq!(title("One line\nand another\nand more"), None);
        assert_eq!(
            title(
                "GAO, Mali (ZZP) -- Two men were held on Monday near the river crossing\n\nMore."
            ),
            None
        );
        assert_eq!(title(&format!("{}\n\nMore.", "long ".repeat(60))), None);
        assert_eq!(report("  a\n".to_owned()).text, "  a\n");
    }
}
