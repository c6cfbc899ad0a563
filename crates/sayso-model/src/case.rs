//! How a word is written: the network's pieces are lower-cased, this gives the case back.

/// Case class of a word, in the order of `labels.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseClass {
    /// No cased letter.
    None,
    /// All cased letters lower.
    Lower,
    /// The first cased letter upper, the others lower.
    Title,
    /// Two or more cased letters, all upper (`U.S.` too).
    Upper,
    /// Anything else, such as `McDonald`.
    Mixed,
    /// A single upper-case letter.
    Single,
}

/// Names of the classes in `labels.json`, by id.
pub(crate) const NAMES: [&str; 6] = ["none", "lower", "title", "upper", "mixed", "single"];

impl CaseClass {
    /// The class of `word`, judged by its cased letters alone.
    pub fn of(word: &str) -> Self {
        let (mut letters, mut upper, mut first_upper) = (0_usize, 0_usize, false);
        for c in word.chars() {
            let is_upper = c.is_uppercase();
            if is_upper || c.is_lowercase() {
                first_upper |= letters == 0 && is_upper;
                letters += 1;
                upper += usize::from(is_upper);
            }
        }
        match (letters, upper) {
            (0, _) => Self::None,
            (_, 0) => Self::Lower,
            (1, 1) => Self::Single,
            (n, u) if n == u => Self::Upper,
            (_, 1) if first_upper => Self::Title,
            _ => Self::Mixed,
        }
    }

    /// Its id in the network's case embedding.
    pub fn id(self) -> i32 {
        self as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_how_a_word_is_written() {
        for (word, class) in [
            ("12,000", CaseClass::None),
            ("militia", CaseClass::Lower),
            ("Sahel", CaseClass::Title),
            ("\u{2019}Abd", CaseClass::Title),
            ("U.S.", CaseClass::Upper),
            ("RSF", CaseClass::Upper),
            ("McRae", CaseClass::Mixed),
            ("iPhone", CaseClass::Mixed),
            ("A", CaseClass::Single),
            ("J.", CaseClass::Single),
            ("Élan", CaseClass::Title),
            ("العربية", CaseClass::None),
        ] {
            assert_eq!(CaseClass::of(word), class, "{word}");
        }
    }
}
