//! The first phase: `Report` to `Reading`, without the model.

use crate::{Note, NoteCode, Reading, Report, Token};
use crate::{hidden, language, sentence, token};

/// Finds the report's language, sentences and tokens.
///
/// Never fails: an empty report has no sentence and the note `empty-report`. The tokens carry only
/// their spans (`annotated` is false) until the model has seen them.
///
/// ```
/// use sayso_text::{Report, read};
///
/// let reading = read(Report::from_text("GAO (ZZP) -- The army didn't come. Nobody said why."));
/// assert_eq!(reading.language, "en");
/// assert_eq!(reading.sentences.len(), 2);
/// assert_eq!(reading.word(7), "did");
/// ```
pub fn read(mut report: Report) -> Reading {
    let mut spans = token::tokenize(&report.text, "en");
    let language = language::detect(&report.text, &spans, report.language.as_deref());
    // Elisions are split only where the language has them.
    if matches!(token::primary(&language), "fr" | "it" | "ca") {
        spans = token::tokenize(&report.text, &language);
    }
    let mut notes = std::mem::take(&mut report.notes);
    notes.extend(hidden::notes(&report));
    if spans.is_empty() {
        notes.push(Note {
            code: NoteCode::Empty,
            span: None,
            message: "The report has no text.".to_owned(),
        });
    }
    let sentences = sentence::split(&report.text, &spans);
    let tokens = spans.into_iter().map(Token::bare).collect();
    Reading {
        report,
        language,
        annotated: false,
        sentences,
        tokens,
        names: Vec::new(),
        roles: Vec::new(),
        notes,
    }
}
