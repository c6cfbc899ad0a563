//! Letters, digits and marks of a text, the atoms that time expressions are read from.
//!
//! Times are read from these and not from the reading's tokens, so that they are found alike
//! with and without the model, and however a date's digits and strokes were cut into tokens.

use sayso_lexicon::{Phrases, TimeWord, TimeWords};
use sayso_text::Span;

use crate::{Rules, TimeRule};

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters.
    Word,
    /// A run of decimal digits, in any script; `lower` has them as ASCII.
    Number,
    /// One other character that is no white space.
    Mark,
    /// An empty line: no expression crosses it.
    Break,
}

/// One atom.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Its characters.
    pub(super) span: Span,
    /// Lower case, with plain hyphens and apostrophes.
    pub(super) lower: String,
    /// What it is made of.
    pub(super) kind: Kind,
    /// No white space before it.
    pub(super) glued: bool,
    /// Starts with a capital.
    pub(super) capital: bool,
    /// A line of its own begins with it.
    pub(super) fresh: bool,
}

/// A text as atoms, with the words that times are made of.
pub(super) struct Scan<'a> {
    pub(super) atoms: Vec<Atom>,
    pub(super) words: &'a TimeWords,
    rules: Rules,
}

impl<'a> Scan<'a> {
    /// Cuts `text` into atoms; linear in its length.
    pub(super) fn of(text: &str, words: &'a TimeWords, rules: &Rules) -> Self {
        let mut atoms: Vec<Atom> = Vec::new();
        let (mut glued, mut lines, mut fresh) = (false, 0, true);
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if c.is_whitespace() {
                glued = false;
                lines += usize::from(c == '\n');
                fresh |= c == '\n';
                if lines == 2 {
                    atoms.push(Atom {
                        span: Span::new(at, end),
                        lower: "\n".to_owned(),
                        kind: Kind::Break,
                        glued: false,
                        capital: false,
                        fresh: false,
                    });
                }
                continue;
            }
            lines = 0;
            let kind = if c.is_alphabetic() {
                Kind::Word
            } else if digit(c).is_some() {
                Kind::Number
            } else {
                Kind::Mark
            };
            match atoms.last_mut() {
                Some(last) if glued && last.kind == kind && kind != Kind::Mark => {
                    last.span = last.span.cover(Span::new(at, end));
                    push_plain(&mut last.lower, c);
                }
                _ => {
                    let mut lower = String::new();
                    push_plain(&mut lower, c);
                    atoms.push(Atom {
                        span: Span::new(at, end),
                        lower,
                        kind,
                        glued,
                        capital: c.is_uppercase(),
                        fresh,
                    });
                }
            }
            (glued, fresh) = (true, false);
        }
        Self {
            atoms,
            words,
            rules: *rules,
        }
    }

    /// Whether `rule` is in force.
    pub(super) fn has(&self, rule: TimeRule) -> bool {
        self.rules.has(rule)
    }

    /// Whether `word` is in the list of `class`.
    pub(super) fn lists(&self, class: TimeWord, word: &str) -> bool {
        self.words.lists.has(class, word)
    }

    /// Whether atom `i` is a word of `class`.
    pub(super) fn of_class(&self, i: usize, class: TimeWord) -> bool {
        self.lists(class, self.word(i))
    }

    /// Whether atom `i` is the first of its line; so is what lies behind the end.
    pub(super) fn fresh(&self, i: usize) -> bool {
        self.atoms
            .get(i)
            .is_none_or(|a| a.fresh || a.kind == Kind::Break)
    }

    /// How many atoms there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// The atom's plain form; `""` past the ends.
    pub(super) fn word(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| a.lower.as_str())
    }

    /// The plain form of the atom `back` places before `i`; `""` before the start.
    pub(super) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Whether atom `i` is one of `words`.
    pub(super) fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.word(i))
    }

    /// Whether atom `i` follows the one before it without white space.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.glued)
    }

    /// Whether atom `i` starts with a capital.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.capital)
    }

    /// Kind of atom `i`; a break past the ends.
    pub(super) fn kind(&self, i: usize) -> Kind {
        self.atoms.get(i).map_or(Kind::Break, |a| a.kind)
    }

    /// The next place after `i` if atom `i` is one of `words`, else `i`.
    pub(super) fn skip(&self, i: usize, words: &[&str]) -> usize {
        i + usize::from(self.is(i, words))
    }

    /// The longest phrase of `phrases` at `i`, and the place after it.
    pub(super) fn phrase<'p, T>(
        &self,
        phrases: &'p Phrases<T>,
        i: usize,
    ) -> Option<(&'p T, usize)> {
        let (value, len) = phrases.longest(|n| self.word(i + n))?;
        Some((value, i + len))
    }

    /// A run of `digits` digits that is not part of a longer figure such as `1,200` or `3.14`.
    pub(super) fn figure(&self, i: usize) -> Option<(u32, usize)> {
        let atom = self.atoms.get(i).filter(|a| a.kind == Kind::Number)?;
        if atom.lower.len() > 4 {
            return None;
        }
        let joined = |mark: usize, other: usize| {
            self.is(mark, &[",", "."])
                && self.kind(other) == Kind::Number
                && self.glued(mark)
                && self.glued(mark.max(other))
        };
        let left = i >= 2 && self.glued(i) && joined(i - 1, i - 2);
        if left || (joined(i + 1, i + 2) && self.glued(i + 2)) {
            return None;
        }
        Some((atom.lower.parse().ok()?, atom.lower.len()))
    }

    /// The span from atom `from` to the one before `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        match (
            self.atoms.get(from),
            to.checked_sub(1).and_then(|i| self.atoms.get(i)),
        ) {
            (Some(first), Some(last)) if from < to => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// Value of a decimal digit: ASCII, Arabic-Indic, Persian or Devanagari.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6F0}'..='\u{6F9}' => Some(c as u32 - 0x6F0),
        '\u{966}'..='\u{96F}' => Some(c as u32 - 0x966),
        _ => None,
    }
}

/// Appends the plain form of `c`.
fn push_plain(to: &mut String, c: char) {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => to.push('-'),
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' => to.push('\''),
        _ => match digit(c) {
            Some(value) => to.extend(char::from_digit(value, 10)),
            None => to.extend(c.to_lowercase()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_lexicon::Lexicon;

    #[test]
    fn cuts_dates_and_keeps_figures_whole() {
        let lexicon = Lexicon::builtin().unwrap();
        let scan = Scan::of(
            "22–24 March, ٢٠٢٥ and 1,200 men",
            &lexicon.times,
            &Rules::all(),
        );
        let words: Vec<&str> = (0..scan.len()).map(|i| scan.word(i)).collect();
        assert_eq!(
            words,
            [
                "22", "-", "24", "march", ",", "2025", "and", "1", ",", "200", "men"
            ]
        );
        assert_eq!(scan.figure(0), Some((22, 2)));
        assert_eq!(scan.figure(5), Some((2025, 4)));
        assert_eq!(scan.figure(7), None);
        assert_eq!(scan.figure(9), None);
    }
}
