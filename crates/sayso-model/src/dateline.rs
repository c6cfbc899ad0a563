//! Datelines: "LENKO, May 3 (Agency) --" in front of a report's first sentence.
//!
//! The treebanks hold few of them, and what follows is then read as if the town did it. A dateline
//! is therefore read as a part of its own, and its tree hangs beside the sentence's.

use sayso_text::{Reading, TokenRange};

use crate::window::{Part, Window};

/// Tokens that a dateline has at most, its dash counted.
const LONGEST: usize = 20;

/// Parts each dateline from its sentence; the windows stay as they are.
pub(crate) fn part_off(reading: &Reading, windows: Vec<Window>) -> Vec<Window> {
    let split = |part: Part| -> Vec<Part> {
        let end = (!part.continues)
            .then(|| end(reading, &part.tokens))
            .flatten();
        let Some(end) = end else {
            return vec![part];
        };
        let rest = Part {
            tokens: end..part.tokens.end,
            ..part.clone()
        };
        let lead = Part {
            tokens: part.tokens.start..end,
            leads: true,
            ..part
        };
        vec![lead, rest]
    };
    windows
        .into_iter()
        .map(|window| Window {
            parts: window.parts.into_iter().flat_map(split).collect(),
        })
        .collect()
}

/// The token behind the dash of a dateline that opens `sentence`.
///
/// Names, dates and brackets up to a dash are one where an agency stands in brackets before the
/// dash, where a date does, or where the town alone is in capitals.
fn end(reading: &Reading, sentence: &TokenRange) -> Option<usize> {
    let last = sentence.end.min(sentence.start + LONGEST);
    let mut bracket = false;
    let mut date = false;
    for token in sentence.start..last {
        let word = reading.word(token);
        match word {
            "(" | "[" => bracket = true,
            ")" | "]" => bracket = false,
            "—" | "–" | "--" | "-" if token > sentence.start && !bracket => {
                let opens = token + 1 < sentence.end && opens_a_sentence(reading.word(token + 1));
                let agency = matches!(reading.word(token - 1), ")" | "]");
                let known = agency || date || only_town_in_capitals(reading, sentence, token);
                return (opens && known && stands_apart(reading, token)).then_some(token + 1);
            }
            _ if bracket => {}
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => date = true,
            "," | "." | "/" | ";" | "de" | "del" | "la" | "el" | "al" | "of" | "and" => {}
            _ if word.starts_with(char::is_uppercase) => {}
            _ => return None,
        }
    }
    None
}

/// A clause after a dash that explains the words before it starts in lower case.
fn opens_a_sentence(word: &str) -> bool {
    !word.starts_with(char::is_lowercase)
}

/// A town in capitals before ordinary words: "LENKO — Police said". All in capitals tells nothing.
fn only_town_in_capitals(reading: &Reading, sentence: &TokenRange, dash: usize) -> bool {
    let first = reading.word(sentence.start);
    let letters = || first.chars().filter(|c| c.is_alphabetic());
    let mut rest = (dash + 1..sentence.end).map(|token| reading.word(token));
    letters().count() > 1
        && letters().all(char::is_uppercase)
        && rest.any(|word| word.contains(char::is_lowercase))
}

/// A single hyphen or short dash inside a word ("al-Bab") is none.
fn stands_apart(reading: &Reading, dash: usize) -> bool {
    let end = |token: usize| reading.tokens.get(token).map(|t| t.span.end());
    let start = |token: usize| reading.tokens.get(token).map(|t| t.span.start());
    matches!(reading.word(dash), "—" | "--") || end(dash - 1) != start(dash)
}

#[cfg(test)]
mod tests {
    use sayso_text::{Report, read};

    use super::*;

    fn dateline(text: &str) -> Option<String> {
        let reading = read(Report::from_text(text));
        let tokens = reading.sentences.first()?.tokens.clone();
        let end = end(&reading, &tokens)?;
        let words: Vec<&str> = (0..end).map(|token| reading.word(token)).collect();
        Some(words.join(" "))
    }

    #[test]
    fn datelines_of_agencies_and_papers() {
        for (text, expected) in [
            (
                "LENKO, May 3 (Agency) -- Police shot a man.",
                "LENKO , May 3 ( Agency ) --",
            ),
            ("LENKO (Agency) - Police shot a man.", "LENKO ( Agency ) -"),
            ("LENKO — Police shot a man.", "LENKO —"),
            (
                "PORT LENKO, Kersia — Two men were shot.",
                "PORT LENKO , Kersia —",
            ),
            ("Lenko, 3 May – Police shot a man.", "Lenko , 3 May –"),
            ("(Agency) -- Police shot a man.", "( Agency ) --"),
            (
                "LENKO, 3 MAY 89 (AGENCY) -- POLICE SHOT A MAN.",
                "LENKO , 3 MAY 89 ( AGENCY ) --",
            ),
        ] {
            assert_eq!(dateline(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_dashes() {
        for text in [
            "The army — which denies it — shot a man.",
            "UNIDOS — which denies it — shot a man.",
            "President Tesk — The Bear to friends — shot a man.",
            "REBELS - ALL FROM LENKO - SHOT A MAN.",
            "LENKO-BASED rebels shot a man.",
            "Police shot a man.",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
