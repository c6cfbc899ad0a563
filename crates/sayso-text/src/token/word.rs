//! One word: letters and digits with the marks that belong inside.

use super::class::{is_apostrophe, is_ideograph, is_word};
use super::{Abbreviation, Tokenizer, abbreviation, clitic, is_starter, number};
use crate::Span;

/// First parts that keep their hyphen and what follows it (OntoNotes guidelines, as EWT).
const PREFIXES: &[&str] = &[
    "anti", "arch", "co", "counter", "cross", "e", "ex", "inter", "intra", "mid", "mini", "mis",
    "multi", "neo", "non", "over", "pan", "post", "pre", "pro", "psycho", "re", "semi", "socio",
    "sub", "ultra", "un",
];

/// Short forms with a slash that are one word.
const SLASHED: &[&str] = &["b/c", "n/a", "w/o", "w/out"];

/// Longer words are not looked up when a full stop follows; this keeps the time linear.
const LONGEST_ABBREVIATION: usize = 24;

/// Letters before a dollar sign: `US$`.
const DOLLARS: &[&str] = &["A", "AU", "C", "CA", "HK", "NZ", "S", "US"];

impl Tokenizer<'_> {
    /// Pushes the tokens of the word that begins at `start` in a chunk that ends at `end`, and
    /// returns where it ends.
    pub(super) fn word(&mut self, start: usize, end: usize) -> usize {
        let text = self.text;
        let rest = &text[start..end];
        if rest.as_bytes()[0].is_ascii_digit() {
            let length = number::hyphenated(rest);
            if length > 0 {
                self.out.push(Span::new(start, start + length));
                return start + length;
            }
        }
        let (length, closed) = self.word_length(start, end);
        let span = Span::new(start, start + length);
        let word = span.of(text);
        if let Some(at) = number::unit_at(word) {
            self.out.push(Span::new(start, start + at));
            self.out.push(Span::new(start + at, start + length));
        } else if closed {
            self.out.push(span);
        } else if self.elides {
            clitic::push_elided(text, span, &mut self.out);
        } else {
            clitic::push_parts(text, span, &mut self.out);
        }
        start + length
    }

    /// Length of the word at `start`, and whether it ends in a full stop of its own.
    fn word_length(&self, start: usize, end: usize) -> (usize, bool) {
        let rest = &self.text[start..end];
        let mut at = usize::from(rest.starts_with('+'));
        let mut before = '+';
        loop {
            let Some(c) = rest[at..].chars().next() else {
                return (at, false);
            };
            if is_word(c) && !is_ideograph(c) {
                at += c.len_utf8();
                before = c;
                continue;
            }
            let after = &rest[at + c.len_utf8()..];
            let next = after.chars().next();
            let inside = match c {
                _ if at == 0 => false,
                '.' => match self.full_stop(start, at, end) {
                    Stop::Inside => true,
                    Stop::Closes => return (at + 1, true),
                    Stop::Apart => false,
                },
                ',' => before.is_ascii_digit() && number::comma_inside(after),
                ':' => before.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()),
                '/' => {
                    (before.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()))
                        || slashed(rest, at)
                }
                '&' => before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric),
                '-' => {
                    PREFIXES
                        .iter()
                        .any(|prefix| rest[..at].eq_ignore_ascii_case(prefix))
                        && next.is_some_and(char::is_alphanumeric)
                }
                '$' if DOLLARS.contains(&&rest[..at]) => return (at + 1, true),
                _ if is_apostrophe(c) => {
                    before.is_alphanumeric() && next.is_some_and(char::is_alphabetic)
                }
                _ => false,
            };
            if !inside {
                return (at, false);
            }
            at += c.len_utf8();
            before = c;
        }
    }

    /// What the full stop at `start + at` is to the word `start..start + at`.
    fn full_stop(&self, start: usize, at: usize, end: usize) -> Stop {
        let word = &self.text[start..start + at];
        let after = &self.text[start + at + 1..end];
        let next = after.chars().next();
        let last = word.chars().next_back().unwrap_or(' ');
        if last.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()) {
            return Stop::Inside;
        }
        if word.len() > LONGEST_ABBREVIATION {
            return Stop::Apart;
        }
        if let Some(letters) = single_letters(word) {
            if next.is_some_and(char::is_alphabetic) {
                let second = after.chars().nth(1);
                if second.is_none_or(|s| s == '.' || !is_word(s)) {
                    return Stop::Inside;
                }
            }
            if letters > 1 {
                return Stop::Closes;
            }
            if last.is_uppercase() || ('\u{621}'..='\u{64a}').contains(&last) {
                return self.initial(start, at, last);
            }
        }
        // `Ph.D.`: the dot inside a listed form.
        if let Some(next) = next
            && next.is_alphabetic()
            && let Some(dot) = after.find('.').filter(|dot| *dot < 8)
            && abbreviation(&self.text[start..start + at + 1 + dot]).is_some()
        {
            return Stop::Inside;
        }
        let Some(kind) = abbreviation(word) else {
            return Stop::Apart;
        };
        let ahead = self.ahead(start + at + 1);
        let first = ahead.first.unwrap_or('\n');
        let capital = word.starts_with(char::is_uppercase);
        let belongs = match kind {
            Abbreviation::Title => {
                !ahead.paragraph
                    && (first.is_alphanumeric() || matches!(first, '"' | '“' | '(' | ',' | '-'))
                    && (capital || (word != "ft" && !is_starter(ahead.word)))
            }
            Abbreviation::End => true,
            Abbreviation::Mid => ahead.first.is_some() && !ahead.paragraph,
            Abbreviation::Date => capital,
            Abbreviation::Weekday => {
                capital && (first.is_ascii_digit() || first == ',' || first.is_lowercase())
            }
            Abbreviation::Number => first.is_ascii_digit() && !ahead.paragraph,
            Abbreviation::Unit => first.is_lowercase() && word.len() > 1 && word != "in",
            Abbreviation::State => {
                capital && !ahead.paragraph && ahead.first.is_some() && !is_starter(ahead.word)
            }
        };
        if belongs { Stop::Closes } else { Stop::Apart }
    }

    /// A single capital with a full stop: an initial (`J. Bello`) or the end of a sentence
    /// (`Plan B. The …`).
    fn initial(&self, start: usize, at: usize, letter: char) -> Stop {
        let ahead = self.ahead(start + at + 1);
        let Some(first) = ahead.first else {
            return Stop::Apart;
        };
        // `J.-P. Diallo`
        let mut after = self.text[start + at + 1..].chars();
        if after.next() == Some('-') && after.next().is_some_and(char::is_uppercase) {
            return Stop::Closes;
        }
        let before = self.out.last().map_or("", |span| span.of(self.text));
        let after_name = before.is_empty()
            || before.ends_with('.')
            || before.starts_with(char::is_uppercase)
            || before.starts_with(|c: char| !c.is_alphanumeric());
        let arabic = !letter.is_uppercase();
        let goes_on = first.is_uppercase() || (first == ',' && after_name) || arabic;
        if ahead.paragraph || !goes_on || (letter == 'I' && !after_name) {
            return Stop::Apart;
        }
        let after_initial = before.len() == 2 && before.ends_with('.');
        let is_initial = single_letters(ahead.word) == Some(1);
        if ahead.spaced && is_starter(ahead.word) && !after_initial && !is_initial {
            return Stop::Apart;
        }
        Stop::Closes
    }
}

/// What a full stop is to the word before it.
enum Stop {
    Inside,
    Closes,
    Apart,
}

/// Number of letters when `word` is letters with full stops between them (`U`, `U.S`).
fn single_letters(word: &str) -> Option<usize> {
    let mut letters = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        if !chars.next().is_some_and(char::is_alphabetic) || chars.next().is_some() {
            return None;
        }
        letters += 1;
    }
    Some(letters)
}

fn slashed(rest: &str, slash: usize) -> bool {
    SLASHED.iter().any(|form| {
        form.find('/') == Some(slash)
            && rest
                .get(..form.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(form))
            && !rest[form.len()..].starts_with(is_word)
    })
}
