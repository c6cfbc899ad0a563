//! Words that are run together, as tags and handles of posts have them: “#JusticeForAminaYusuf”.

use crate::fold::{Word, fold};

/// A tag, a handle, or a word with capitals within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    /// Its first word, and how many it has (`#Amina_Yusuf` has two).
    pub(crate) first: usize,
    pub(crate) count: usize,
    /// Bytes of the text, `[start, end)`, with its sign.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What it is made of, folded: “justice”, “for”, “amina”, “yusuf”.
    pub(crate) pieces: Vec<String>,
}

const SIGNS: [char; 4] = ['#', '@', '＃', '＠'];

/// What is run together in a text, in order.
pub(crate) fn joined(text: &str, words: &[Word]) -> Vec<Joined> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let before = text.get(..word.start).unwrap_or_default();
        let sign = before.chars().next_back().filter(|c| SIGNS.contains(c));
        let mut count = 1;
        while let Some([one, next]) = words.get(at + count - 1..=at + count)
            && sign.is_some()
            && text.get(one.end..next.start) == Some("_")
        {
            count += 1;
        }
        let end = words.get(at + count - 1).map_or(word.end, |last| last.end);
        let slice = text.get(word.start..end).unwrap_or_default();
        let pieces = pieces(slice);
        if sign.is_some() || pieces.len() > 1 {
            all.push(Joined {
                first: at,
                count,
                start: word.start - sign.map_or(0, char::len_utf8),
                end,
                pieces,
            });
        }
        at += count;
    }
    all
}

/// Cuts at capitals, digits and underscores; the last of several capitals begins a piece: “USArmy”.
fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut pieces: Vec<String> = vec![String::new()];
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next = letters.get(at + 1);
        let begins = before.is_some_and(|before| {
            before.is_numeric() != letter.is_numeric()
                || letter.is_uppercase()
                    && (before.is_lowercase() || next.is_some_and(|next| next.is_lowercase()))
        });
        if letter == '_' || begins {
            pieces.push(String::new());
        }
        if letter != '_'
            && let Some(last) = pieces.last_mut()
        {
            last.push(letter);
        }
    }
    let folded = pieces.iter().map(|piece| fold(piece));
    folded.filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::words;

    #[test]
    fn tags_are_cut_where_one_would_read_a_word() {
        for (word, expected) in [
            ("JusticeForÑaYu", &["justice", "for", "na", "yu"][..]),
            ("USArmy", &["us", "army"]),
            ("Amina_Yusuf", &["amina", "yusuf"]),
            ("amina2024", &["amina", "2024"]),
            ("plain", &["plain"]),
        ] {
            assert_eq!(pieces(word), expected, "{word}");
        }
    }

    #[test]
    fn a_tag_goes_from_its_sign_to_its_end() {
        let text = "March (#Amina_Yusuf) by @orlu and McKay, said an_other";
        let all = joined(text, &words(text));
        let found: Vec<&str> = all.iter().map(|one| &text[one.start..one.end]).collect();
        assert_eq!(found, ["#Amina_Yusuf", "@orlu", "McKay"]);
        assert_eq!((all[0].first, all[0].count), (1, 2));
    }
}
