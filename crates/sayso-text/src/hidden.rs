//! Characters that hide or reverse text.

use crate::{Note, NoteCode, Span};

/// One note for each kind of such characters that `text` holds, at the first of them.
///
/// Marks that Arabic, Persian and Indic text needs (direction marks, joiners) are left alone
/// unless they stand inside a Latin word.
pub(crate) fn notes(text: &str) -> Vec<Note> {
    // All of them lie beyond U+00AC.
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found: [(usize, Option<Span>); 2] = [(0, None); 2];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let kind = match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(0),
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{180e}' | '\u{e0000}'..='\u{e007f}' => {
                Some(1)
            }
            '\u{200c}' | '\u{200d}' if before.is_ascii_alphabetic() => Some(1),
            _ => None,
        };
        if let Some((count, first)) = kind.and_then(|kind| found.get_mut(kind)) {
            *count += 1;
            first.get_or_insert_with(|| Span::new(at, at + c.len_utf8()));
        }
        before = c;
    }
    let [reversing, hiding] = found;
    let note = |(count, span): (usize, Option<Span>), what: &str| {
        span.map(|span| Note {
            code: NoteCode::HiddenCharacters,
            span: Some(span),
            message: format!(
                "The text holds {count} invisible {} that can {what}; the first stands here.",
                if count == 1 {
                    "character"
                } else {
                    "characters"
                }
            ),
        })
    };
    [
        note(
            reversing,
            "show words in another order than they are stored",
        ),
        note(hiding, "hide inside words"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_overrides_and_zero_widths() {
        let notes = notes("kil\u{200b}led \u{202e}nem\u{202c} a\u{200d}b");
        assert_eq!(notes.len(), 2);
        assert_eq!(notes[0].span, Some(Span::new(10, 13)));
        assert!(notes[1].message.contains("2 invisible characters"));
    }

    #[test]
    fn leaves_persian_joiners_alone() {
        assert!(super::notes("می\u{200c}رود").is_empty());
    }
}
