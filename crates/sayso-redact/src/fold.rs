//! Words as they are compared: without case and marks.

use sayso_text::is_unseen;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, without marks.
    pub(crate) folded: String,
    /// Bytes of the text, `[start, end)`.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Begins with a capital, or its script has none.
    pub(crate) is_capital: bool,
}

impl Word {
    /// One that stands in no text.
    pub(crate) fn folded(folded: &str) -> Self {
        Self {
            folded: folded.to_owned(),
            start: 0,
            end: 0,
            is_capital: false,
        }
    }
}

/// Cuts a text into runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    for (at, letter) in text.char_indices() {
        // A soft hyphen, a joiner or a mark of direction: a name with one in it is that name.
        let is_unseen = is_unseen(letter);
        let begins = letter.is_alphanumeric() && !is_unseen;
        if begins || ((is_unseen || is_combining_mark(letter)) && start.is_some()) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            words.push(word(text, from, at));
        }
    }
    if let Some(from) = start {
        words.push(word(text, from, text.len()));
    }
    words
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let slice = text.get(start..end).unwrap_or_default();
    let first = slice.chars().next();
    Word {
        folded: fold(slice),
        start,
        end,
        is_capital: first.is_some_and(|c| !c.is_lowercase()),
    }
}

/// Lower case, without marks: “Cabañas” and “CABANAS” are one.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_unseen(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text as [`crate::Scope::strings`] are written: words in lower case without marks, one blank
/// before each and one at the end, so that ` amina yusuf ` is found in it and `yusufzai` is not.
pub fn folded(text: &str) -> String {
    let mut all = String::from(" ");
    for word in words(text) {
        all.push_str(&word.folded);
        all.push(' ');
    }
    all
}

/// The folded words of a name.
pub(crate) fn folded_words(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| word.folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_bytes() {
        let text = "Efraín al-Jarba’s";
        let found = words(text);
        let folded: Vec<&str> = found.iter().map(|w| w.folded.as_str()).collect();
        assert_eq!(folded, ["efrain", "al", "jarba", "s"]);
        assert_eq!(&text[found[0].start..found[0].end], "Efraín");
        assert!(found[0].is_capital && !found[1].is_capital);
    }

    #[test]
    fn what_is_not_seen_is_part_of_no_word_and_no_word_by_itself() {
        // A filler of Hangul, a blank of Braille, a variation selector, a grapheme joiner.
        let text = "A\u{3164}mina \u{3164} \u{2800} Yu\u{2800}s\u{fe00}u\u{34f}f";
        assert_eq!(folded_words(text), ["amina", "yusuf"]);
    }

    #[test]
    fn scripts_without_case_have_capitals_only() {
        assert!(words("ليان")[0].is_capital);
    }
}
