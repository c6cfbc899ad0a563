//! Words that begin sentences: after `U.S.` or `Plan B.` they tell that a sentence has ended.

/// Function words and adverbs that newswire begins sentences with, lower case, sorted.
const STARTERS: &[&str] = &[
    "a",
    "according",
    "after",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "as",
    "at",
    "before",
    "both",
    "but",
    "by",
    "despite",
    "during",
    "each",
    "earlier",
    "even",
    "for",
    "from",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "last",
    "later",
    "many",
    "meanwhile",
    "more",
    "most",
    "my",
    "neither",
    "no",
    "nobody",
    "nor",
    "not",
    "nothing",
    "on",
    "one",
    "only",
    "other",
    "others",
    "our",
    "she",
    "since",
    "so",
    "some",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "to",
    "two",
    "under",
    "until",
    "we",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "with",
    "yet",
    "you",
    "your",
];

/// Whether `word`, in any case, is one that sentences often begin with.
pub(crate) fn is_starter(word: &str) -> bool {
    const LONGEST: usize = 9;
    if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
        return false;
    }
    let mut buffer = [0_u8; LONGEST];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let lower: &[u8] = lower;
    STARTERS
        .binary_search_by(|form| form.as_bytes().cmp(lower))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_found() {
        assert!(STARTERS.is_sorted());
        assert!(STARTERS.iter().all(|w| w.len() <= 9));
        assert!(is_starter("The") && is_starter("MEANWHILE") && !is_starter("Army"));
    }
}
