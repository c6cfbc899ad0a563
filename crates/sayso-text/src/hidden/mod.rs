//! Characters that hide or reverse text, and letters that look like others.
//!
//! Nothing is changed: a report is kept as it came. What could make a name look like another, or a
//! line read otherwise than it is stored, is told beside it.

mod letters;

use std::fmt::Write as _;

pub use letters::{Hides, hidden, is_unseen};

use crate::{Note, NoteCode, Report, Span};

/// Notes on the text of `report` and on its title, outlet and author: one for each kind of such
/// characters, at the first of them.
///
/// Marks that Arabic, Persian and Indic text needs (direction marks, joiners) are left alone where
/// they stand beside such text: see [`hidden`].
pub(crate) fn notes(report: &Report) -> Vec<Note> {
    let mut notes = of_text(&report.text, None);
    for (name, field) in [
        ("title", &report.title),
        ("outlet's name", &report.outlet),
        ("author's name", &report.author),
    ] {
        if let Some(field) = field {
            notes.extend(of_text(field, Some(name)));
        }
    }
    notes
}

/// The notes on a text; `field` is what it is, where it is not the report's own.
fn of_text(text: &str, field: Option<&str>) -> Vec<Note> {
    // All of them lie beyond U+00AC.
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found: [(usize, Option<Span>); 2] = [(0, None); 2];
    for (at, c, hides) in hidden(text) {
        let [order, itself] = &mut found;
        let (count, first) = match hides {
            Hides::Order => order,
            Hides::Itself => itself,
        };
        *count += 1;
        first.get_or_insert_with(|| Span::new(at, at + c.len_utf8()));
    }
    let [reversing, hiding] = found;
    let whose = field.map_or("text".to_owned(), str::to_owned);
    let note = |(count, span): (usize, Option<Span>), what: &str| {
        let span = span?;
        let characters = if count == 1 {
            "character"
        } else {
            "characters"
        };
        let mut message =
            format!("The {whose} holds {count} invisible {characters} that can {what}");
        match field {
            None => message.push_str("; the first stands here."),
            Some(_) => {
                // Writing to a string does not fail.
                let _ = write!(message, ": {}.", shown(text));
            }
        }
        Some(Note {
            code: NoteCode::HiddenCharacters,
            span: field.is_none().then_some(span),
            message,
        })
    };
    let hidden = [
        note(
            reversing,
            "show words in another order than they are stored",
        ),
        note(hiding, "hide inside words"),
    ];
    hidden
        .into_iter()
        .flatten()
        .chain(mixed(text, field, &whose))
        .collect()
}

/// The note on the first word whose letters are of two scripts that look alike.
fn mixed(text: &str, field: Option<&str>, whose: &str) -> Option<Note> {
    let mut count = 0_usize;
    let mut first: Option<(Span, [Script; 2])> = None;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start = start.or(Some(at));
            continue;
        }
        let Some(from) = start.take() else {
            continue;
        };
        if let Some(scripts) = two_scripts(&text[from..at]) {
            count += 1;
            first.get_or_insert((Span::new(from, at), scripts));
        }
    }
    let (span, [one, other]) = first?;
    let words = if count == 1 { "a word" } else { "words" };
    Some(Note {
        code: NoteCode::MixedScripts,
        span: field.is_none().then_some(span),
        message: format!(
            "The {whose} holds {words} of {} and {} letters, which look alike and are not the same: \
             {}.",
            one.name(),
            other.name(),
            shown(span.of(text))
        ),
    })
}

/// Scripts with letters that look like one another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    /// Latin letters as signs of mathematics, and in full width.
    Styled,
}

impl Script {
    /// Source: Scripts.txt of Unicode; which of them look alike, Unicode Technical Standard #39.
    fn of(c: char) -> Option<Self> {
        Some(match c {
            'A'..='Z' | 'a'..='z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | 'Ḁ'..='ỿ' => {
                Self::Latin
            }
            '\u{370}'..='\u{373}' | '\u{376}'..='\u{37d}' | 'Ά' | 'Έ'..='Ͽ' | 'ἀ'..='ῼ' => {
                Self::Greek
            }
            'Ѐ'..='ԯ' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}' => Self::Cyrillic,
            'Ա'..='և' => Self::Armenian,
            'Ꭰ'..='ᏽ' | '\u{ab70}'..='\u{abbf}' => Self::Cherokee,
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{1d400}'..='\u{1d7ff}' => Self::Styled,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Greek => "Greek",
            Self::Cyrillic => "Cyrillic",
            Self::Armenian => "Armenian",
            Self::Cherokee => "Cherokee",
            Self::Styled => "mathematical or wide",
        }
    }
}

/// The first two scripts of a word, where it has two.
fn two_scripts(word: &str) -> Option<[Script; 2]> {
    if word.is_ascii() {
        return None;
    }
    let mut scripts = word.chars().filter_map(Script::of);
    let one = scripts.next()?;
    let other = scripts.find(|script| *script != one)?;
    Some([one, other])
}

/// A short text with every character that is not of ASCII by its number, the others as they are.
fn shown(text: &str) -> String {
    let mut shown = String::from("“");
    let mut unseen = hidden(text).map(|(at, ..)| at).peekable();
    for (at, c) in text.char_indices().take(40) {
        let is_other = Script::of(c).is_some_and(|script| script != Script::Latin);
        if unseen.next_if_eq(&at).is_some() || c.is_control() || is_other {
            // Writing to a string does not fail.
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown.push('”');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<Note> {
        notes(&Report::from_text(text))
    }

    #[test]
    fn finds_overrides_and_zero_widths() {
        let notes = text("kil\u{200b}led \u{202e}nem\u{202c} a\u{200d}b");
        assert_eq!(notes.len(), 2);
        assert_eq!(notes[0].span, Some(Span::new(10, 13)));
        assert!(notes[1].message.contains("2 invisible characters"));
    }

    #[test]
    fn leaves_persian_joiners_alone() {
        assert!(text("می\u{200c}رود").is_empty());
    }

    #[test]
    fn words_of_two_scripts_are_told() {
        // A Cyrillic Т and а among Latin letters.
        let notes = text("The road to \u{422}arr\u{430} is closed.");
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].code, NoteCode::MixedScripts);
        assert_eq!(notes[0].span, Some(Span::new(12, 19)));
        assert!(
            notes[0].message.contains("“<U+0422>arr<U+0430>”"),
            "{notes:?}"
        );
        assert!(notes[0].message.contains("Cyrillic and Latin"), "{notes:?}");
    }

    #[test]
    fn words_of_one_script_beside_others_are_not() {
        for fine in [
            "Тарра and Tarra",
            "Α and Ω",
            "5 µg",
            "Ségou, Bến Tre, Ħal",
            "BBC عربي",
            "№ 7",
            "T-90М",
            "κ-Carrageen",
        ] {
            assert!(text(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn names_in_fields_are_told_with_what_is_in_them() {
        let mut report = Report::from_text("The road is closed.");
        report.outlet = Some("T\u{430}rra Post".to_owned());
        report.title = Some("Road \u{202e}desolc".to_owned());
        report.author = Some("Night\u{200b} desk".to_owned());
        let notes = notes(&report);
        assert_eq!(notes.len(), 3);
        assert!(notes.iter().all(|note| note.span.is_none()));
        assert!(notes[0].message.contains("title") && notes[0].message.contains("<U+202E>"));
        assert!(notes[1].message.contains("outlet") && notes[1].message.contains("<U+0430>"));
        assert!(notes[2].message.contains("author") && notes[2].message.contains("<U+200B>"));
    }
}
