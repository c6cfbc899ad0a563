//! A word as the vocabulary spells it, with the way back to the original characters.

use unicode_normalization::UnicodeNormalization as _;

use crate::categories::CharClass;

/// A normalised word: lower case, decomposed, without marks, its dashes and quotes in ASCII.
///
/// `text` is cut into runs between which no piece reaches. Every byte of `text` knows the bytes
/// of the original word it came from.
#[derive(Debug, Default)]
pub(crate) struct Normal {
    pub(crate) text: String,
    /// Ends of the runs in `text`; the first run starts at 0.
    pub(crate) runs: Vec<usize>,
    /// For each byte of `text`, start and end of its source; empty when they are the same bytes.
    sources: Vec<(u32, u32)>,
}

impl Normal {
    /// Normalises `word`, reusing the buffers.
    pub(crate) fn set(&mut self, word: &str) {
        self.text.clear();
        self.runs.clear();
        self.sources.clear();
        if word.bytes().all(|b| b.is_ascii_graphic()) {
            self.set_ascii(word);
        } else {
            self.set_unicode(word);
        }
    }

    /// The bytes of the original word behind bytes `start..end` of `text`.
    pub(crate) fn source(&self, start: usize, end: usize) -> (u32, u32) {
        let last = end.saturating_sub(1);
        match (self.sources.get(start), self.sources.get(last)) {
            (Some(from), Some(to)) => (from.0, to.1.max(from.1)),
            _ => (start as u32, end as u32),
        }
    }

    fn set_ascii(&mut self, word: &str) {
        self.text.push_str(word);
        self.text.make_ascii_lowercase();
        let mut open = false;
        for (at, b) in self.text.bytes().enumerate() {
            if b.is_ascii_alphanumeric() {
                open = true;
                continue;
            }
            if open {
                self.runs.push(at);
            }
            self.runs.push(at + 1);
            open = false;
        }
        if open {
            self.runs.push(self.text.len());
        }
    }

    fn set_unicode(&mut self, word: &str) {
        let mut open = false;
        for (at, c) in word.char_indices() {
            let from = (at as u32, (at + c.len_utf8()) as u32);
            if let Some(plain) = ascii_form(c) {
                for p in plain.chars() {
                    self.push(p, from, &mut open);
                }
            } else if c == 'Σ' {
                self.push(lower_sigma(word, at), from, &mut open);
            } else {
                for low in c.to_lowercase().nfd() {
                    self.push(low, from, &mut open);
                }
            }
        }
        if open {
            self.runs.push(self.text.len());
        }
    }

    fn push(&mut self, c: char, from: (u32, u32), open: &mut bool) {
        let class = CharClass::of(c);
        if matches!(class, CharClass::Apart | CharClass::Space) && *open {
            self.runs.push(self.text.len());
            *open = false;
        }
        if matches!(class, CharClass::Kept | CharClass::Apart) {
            self.text.push(c);
            self.sources.resize(self.text.len(), from);
        }
        match class {
            CharClass::Apart => self.runs.push(self.text.len()),
            CharClass::Kept => *open = true,
            CharClass::Space | CharClass::Dropped => {}
        }
    }
}

/// Quotes and dashes that training text writes in either form.
fn ascii_form(c: char) -> Option<&'static str> {
    Some(match c {
        '„' | '“' | '”' | '«' | '»' => "\"",
        '‘' | '’' | 'ʼ' => "'",
        '–' | '—' => "-",
        '…' => "...",
        _ => return None,
    })
}

/// Greek sigma has a form of its own at the end of a word.
fn lower_sigma(word: &str, at: usize) -> char {
    let before = word.get(..at).and_then(|s| s.chars().next_back());
    let after = word
        .get(at + 'Σ'.len_utf8()..)
        .and_then(|s| s.chars().next());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if is_letter(before) && !is_letter(after) {
        'ς'
    } else {
        'σ'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(word: &str) -> Vec<String> {
        let mut normal = Normal::default();
        normal.set(word);
        let mut start = 0;
        let ends = normal.runs.clone();
        ends.into_iter()
            .map(|end| normal.text[std::mem::replace(&mut start, end)..end].to_owned())
            .collect()
    }

    #[test]
    fn drops_marks_and_parts_punctuation() {
        assert_eq!(runs("Al-Qaʼida"), ["al", "-", "qa", "'", "ida"]);
        assert_eq!(runs("Bogotá\u{200b}"), ["bogota"]);
        assert_eq!(runs("“No…"), ["\"", "no", ".", ".", "."]);
        assert_eq!(runs("İstanbul"), ["istanbul"]);
        assert_eq!(runs("ΟΔΟΣ"), ["οδος"]);
        assert_eq!(runs("東京都"), ["東", "京", "都"]);
        assert!(runs("\u{301}").is_empty());
    }

    #[test]
    fn knows_its_sources() {
        let mut normal = Normal::default();
        normal.set("«Bogotá»");
        assert_eq!(normal.text, "\"bogota\"");
        assert_eq!(normal.source(0, 1), (0, 2));
        assert_eq!(normal.source(1, 7), (2, 9));
        assert_eq!(normal.source(7, 8), (9, 11));
    }
}
