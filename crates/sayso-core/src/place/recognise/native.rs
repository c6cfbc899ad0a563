//! Names in another script in a report in Latin letters: "Kharkiv (Харків)", "in إدلب".

use sayso_place::Match;
use sayso_text::TokenRange;

use crate::place::sense::{Sense, senses};
use crate::{Context, PlaceRule};

/// Fewest letters of a name in another script; in Arabic and Hebrew vowels are not written.
const FEWEST_LETTERS: usize = 3;

/// Whether the words are letters of another script than Latin.
pub(super) fn is_native(words: &str) -> bool {
    let mut letters = words.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| c >= '\u{370}' && !is_latin_extended(c))
}

/// Letters of the Latin script beyond its first blocks: "Ḥ", "ạ".
fn is_latin_extended(c: char) -> bool {
    matches!(c, '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}')
}

/// What a name in another script means exactly; nothing where it is too short, or where the rule is
/// off.
pub(super) fn native_senses(context: &Context<'_>, tokens: &TokenRange) -> Vec<Sense> {
    let reading = context.reading;
    let words = reading.slice(reading.span(tokens));
    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    if !reading.annotated || letters < FEWEST_LETTERS || !context.has(PlaceRule::NativeScript) {
        return Vec::new();
    }
    let mut found = senses(words, context.knowledge, false);
    found.retain(|sense| sense.how <= Match::Article);
    found
}

/// Whether a name stands in brackets by itself: "(Харків)".
pub(super) fn is_bracketed(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let reading = context.reading;
    let before = tokens.start.checked_sub(1).map(|token| reading.word(token));
    before == Some("(") && matches!(reading.word(tokens.end), ")" | "," | ";" | "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        for word in ["Харків", "إدلب", "မြဝတီ", "መቐለ", "חיפה", "معرة النعمان"]
        {
            assert!(is_native(word), "{word}");
        }
        for word in [
            "Kharkiv",
            "São",
            "Ḥims",
            "Hà Nội",
            "12",
            "",
            "Харків oblast",
        ] {
            assert!(!is_native(word), "{word}");
        }
    }
}
