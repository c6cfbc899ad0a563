//! Situation reports as offices send them: PDF and Word documents, one report a file.
//!
//! Either becomes a [`Script`]: paragraphs and rows of tables in reading order, with what the file
//! says of its title. From there on they are the same: the title, the day that the report states
//! for itself, and the text.

mod docx;
mod error;
mod hyphen;
mod pdf;
mod stated;

pub use error::DocumentError;

pub(super) use docx::script as docx;
pub(super) use pdf::script as pdf;

use super::plain;
use crate::Report;

/// What a document holds, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Script {
    /// Paragraphs; a row of a table is one, its cells parted by ` | `.
    pub(super) paragraphs: Vec<String>,
    /// Titles that it may have, the likeliest first.
    pub(super) titles: Vec<String>,
    /// What stands on the edge of its first page, which is no text but may give a day.
    pub(super) edge: Vec<String>,
}

/// The report of a PDF that `pdftotext -bbox-layout` of poppler has been run on elsewhere: `xml` is
/// what that wrote.
///
/// # Errors
/// [`DocumentError`] where it is cut off, or tells of no word.
pub fn report_of_layout(xml: &str) -> Result<Report, DocumentError> {
    pdf::of_layout(xml).map(report)
}

/// How many paragraphs from the beginning may hold the title.
const FIRST: usize = 10;

/// The report of a document.
///
/// A title that the file states for itself is believed where its words stand on the first page: a
/// file made of another one keeps that one's. So is a day of publication only where the text states
/// it: files carry the day on which somebody saved them.
pub(super) fn report(script: Script) -> Report {
    let Script {
        mut paragraphs,
        titles,
        edge,
    } = script;
    let first: Vec<&String> = paragraphs.iter().take(FIRST).chain(&edge).collect();
    let published = stated::day(&first);
    let shown = first.iter().map(|p| key(p)).collect::<Vec<_>>();
    let title = titles.into_iter().find(|title| {
        let title = key(title);
        !title.is_empty() && shown.iter().any(|shown| shown.contains(&title))
    });
    let mut report = match title {
        Some(title) => {
            // A title that is the first paragraph is no text.
            if paragraphs.first().is_some_and(|p| key(p) == key(&title)) {
                paragraphs.remove(0);
            }
            let mut report = Report::from_text(paragraphs.join("\n\n"));
            report.title = Some(one_line(&title));
            report
        }
        None => plain::report(paragraphs.join("\n\n")),
    };
    report.published = published;
    report
}

/// The text with white space run together.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// By what titles are compared: letters and digits alone.
fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(paragraphs: &[&str], titles: &[&str]) -> Script {
        Script {
            paragraphs: paragraphs.iter().map(ToString::to_string).collect(),
            titles: titles.iter().map(ToString::to_string).collect(),
            edge: vec!["Lake Office, 12 May 2025".to_owned()],
        }
    }

    #[test]
    fn a_title_that_is_shown_is_believed() {
        let found = report(script(
            &["TARRA BASIN: Flash Update", "The road was closed."],
            &[
                "Microsoft Word - sitrep_v3_final.docx",
                "Tarra Basin – flash update",
            ],
        ));
        assert_eq!(found.title.as_deref(), Some("Tarra Basin – flash update"));
        assert_eq!(found.text, "The road was closed.");
        assert_eq!(found.published.unwrap().as_written(), "2025-05-12");
    }

    #[test]
    fn without_one_the_first_line_is_taken_as_of_a_text() {
        let found = report(script(
            &["Road closed", "The road was closed."],
            &["Situation template"],
        ));
        assert_eq!(found.title.as_deref(), Some("Road closed"));
        assert_eq!(found.text, "The road was closed.");
    }
}
