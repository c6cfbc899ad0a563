//! Words that are run together, as tags and handles of posts have them: “#JusticeForAminaYusuf”.

use sayso_text::is_unseen;
use unicode_normalization::char::is_combining_mark;

use crate::fold::{Word, fold};

/// Words that are run together, and what they are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) kind: Kind,
    /// Its first word, and how many it has (`#Amina_Yusuf` has two).
    pub(crate) first: usize,
    pub(crate) count: usize,
    /// Bytes of the text, `[start, end)`, with its sign.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What it is made of, folded: “justice”, “for”, “amina”, “yusuf”.
    pub(crate) pieces: Vec<String>,
}

/// How words come to be run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word with capitals or digits within it: “McKay”.
    Word,
    /// “#JusticeForAmina”.
    Tag,
    /// “@amina”.
    Handle,
    /// An address of mail or of a page, or a name of a file: “a.yusuf@mail.example”, “amina_yusuf.jpg”.
    Address,
}

impl Joined {
    /// An address, an id or a name of a file as a whole.
    pub(crate) fn address(address: &str) -> Self {
        Self {
            kind: Kind::Address,
            first: 0,
            count: 0,
            start: 0,
            end: address.len(),
            pieces: pieces(address),
        }
    }
}

const TAGS: [char; 2] = ['#', '＃'];
const HANDLES: [char; 2] = ['@', '＠'];

/// A longer run of letters without a blank is a text in a script that has none.
const LONGEST_ADDRESS: usize = 300;

/// What is run together in a text, in order.
pub(crate) fn joined(text: &str, words: &[Word]) -> Vec<Joined> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let before = text.get(..word.start).unwrap_or_default();
        let sign = before.chars().next_back();
        let sign = sign.filter(|c| TAGS.contains(c) || HANDLES.contains(c));
        let mut kind = match sign {
            Some(sign) if TAGS.contains(&sign) => Kind::Tag,
            Some(_) => Kind::Handle,
            None => Kind::Word,
        };
        let mut count = 1;
        if let Some(end) = end_of_address(text, word.start) {
            // A sign in front of an address is one of its letters: “@amina.yusuf”.
            kind = Kind::Address;
            let inside = words[at..].iter();
            count = inside.take_while(|word| word.end <= end).count().max(1);
        } else {
            while let Some([one, next]) = words.get(at + count - 1..=at + count)
                && sign.is_some()
                && text.get(one.end..next.start) == Some("_")
            {
                count += 1;
            }
        }
        let end = words.get(at + count - 1).map_or(word.end, |last| last.end);
        let slice = text.get(word.start..end).unwrap_or_default();
        let pieces = pieces(slice);
        if kind != Kind::Word || pieces.len() > 1 {
            all.push(Joined {
                kind,
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

/// Where an address ends that begins at a byte of a text: letters without a blank, with a point, an
/// underscore or an at-sign between two of them. Whatever else looks so (“9.30”, “either.Or”) is one
/// too, since nothing comes of it but that names in it are found in whatever case.
fn end_of_address(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let ends = |c: char| c.is_whitespace() || "\"'“”„‘’«»()[]{}<>|,;!。，、！？".contains(c);
    let run = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    let run = run.trim_end_matches(|c: char| !c.is_alphanumeric());
    if run.len() > LONGEST_ADDRESS {
        return None;
    }
    let mut letters = run.chars().peekable();
    let mut last = None;
    while let Some(letter) = letters.next() {
        let is_between = matches!(letter, '.' | '_' | '@' | '＠')
            && last.is_some_and(char::is_alphanumeric)
            && letters.peek().is_some_and(|next| next.is_alphanumeric());
        if is_between || (letter == ':' && letters.peek() == Some(&'/')) {
            return Some(start + run.len());
        }
        last = Some(letter);
    }
    None
}

/// Cuts at capitals, digits and whatever is no letter; the last of several capitals begins a piece:
/// “USArmy”.
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
        // Marks and what is not seen belong to the letter before them.
        let is_part = letter.is_alphanumeric() || is_combining_mark(letter) || is_unseen(letter);
        if !is_part || begins {
            pieces.push(String::new());
        }
        if is_part && let Some(last) = pieces.last_mut() {
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
            (
                "a.yusuf@mail.example/x-1",
                &["a", "yusuf", "mail", "example", "x", "1"],
            ),
        ] {
            assert_eq!(pieces(word), expected, "{word}");
        }
    }

    #[test]
    fn a_tag_goes_from_its_sign_to_its_end() {
        let text = "March (#Amina_Yusuf) by @orlu and McKay, said another";
        let all = joined(text, &words(text));
        let found: Vec<&str> = all.iter().map(|one| &text[one.start..one.end]).collect();
        assert_eq!(found, ["#Amina_Yusuf", "@orlu", "McKay"]);
        assert_eq!((all[0].first, all[0].count), (1, 2));
    }

    #[test]
    fn addresses_and_names_of_files_go_from_blank_to_blank() {
        let text = "Write to <a.yusuf@mail.example>, see https://e.example/a-b?c=d. Also an_other, \
                    “pic.jpg”, @a.b; not a-b, Mr. X or and/or.";
        let all = joined(text, &words(text));
        let found: Vec<&str> = all
            .iter()
            .filter(|one| one.kind == Kind::Address)
            .map(|one| &text[one.start..one.end])
            .collect();
        assert_eq!(
            found,
            [
                "a.yusuf@mail.example",
                "https://e.example/a-b?c=d",
                "an_other",
                "pic.jpg",
                "@a.b"
            ]
        );
    }
}
