//! Names that are spelt in what is run together: tags, handles, addresses, ids and names of files.

use crate::Rule;
use crate::fold::Word;
use crate::joined::{Joined, Kind};
use crate::matching::{PARTICLES, Search};

/// Shorter names, run together, stand in other words by chance.
const SHORTEST_RUN: usize = 7;

/// A shorter word at the beginning or end of another stands there by chance.
const SHORTEST_END: usize = 5;

/// Of another report's names, shorter ones that are run together are other words as well.
const SHORTEST_FOREIGN: usize = 5;

/// Shorter pieces of an address are letters of a hash as well.
const SHORTEST_PIECE: usize = 4;

/// The pieces of what is run together, by which names are spelt.
pub(crate) struct Pieces<'j> {
    kind: Kind,
    all: &'j [String],
    /// All of them in one.
    run: String,
    /// Which of them may be a name by itself: none that a longer name covers which is kept.
    free: Vec<bool>,
}

impl<'j> Pieces<'j> {
    pub(crate) fn of(joined: &'j Joined, search: &Search<'_>) -> Self {
        let pieces = joined.pieces.as_slice();
        let words: Vec<Word> = pieces.iter().map(|piece| Word::folded(piece)).collect();
        let shielded = search.kept.cover(&words);
        let free = shielded
            .iter()
            .zip(pieces)
            .map(|(count, piece)| match count {
                0 => true,
                1 => search.whole.contains(piece),
                _ => false,
            });
        Self {
            kind: joined.kind,
            free: free.collect(),
            run: pieces.concat(),
            all: pieces,
        }
    }

    /// Whether they spell a name: in its own words, run together, or as mailboxes and handles are named
    /// after people. `is_own` for a name of the reports at hand; others are looked for more strictly.
    pub(crate) fn spell(&self, name: &[String], rule: Rule, is_own: bool) -> bool {
        let is_loose = is_own && rule != Rule::ExactSpot && self.kind != Kind::Word;
        if let [only] = name {
            return self.free().any(|piece| {
                let is_long = is_loose && only.chars().count() >= SHORTEST_END;
                piece == only || is_long && (piece.starts_with(only) || piece.ends_with(only))
            });
        }
        let joined = name.concat();
        let letters = joined.chars().count();
        let shortest = match self.kind {
            _ if !is_own => SHORTEST_FOREIGN,
            Kind::Address | Kind::Word => SHORTEST_PIECE,
            Kind::Tag | Kind::Handle => 2,
        };
        self.all.windows(name.len()).any(|window| window == name)
            || joined.len() >= SHORTEST_RUN && self.run.contains(&joined)
            || letters >= shortest && self.all.contains(&joined)
            || is_loose && self.kind != Kind::Tag && self.is_after(name)
    }

    fn free(&self) -> impl Iterator<Item = &String> {
        let pieces = self.all.iter().zip(&self.free);
        pieces
            .filter(|(_, is_free)| **is_free)
            .map(|(piece, _)| piece)
    }

    /// Whether a mailbox or a handle is named after somebody by an initial and the other name: “jdoe”,
    /// “doe.j”, “johnd”.
    fn is_after(&self, name: &[String]) -> bool {
        let ([first, .., last], true) = (name, !PARTICLES.contains(&name[0].as_str())) else {
            return false;
        };
        let initial = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
        let (f, l) = (initial(first), initial(last));
        let run = [
            format!("{f}{last}"),
            format!("{last}{f}"),
            format!("{first}{l}"),
        ];
        let is_run = self
            .free()
            .any(|piece| piece.chars().count() >= SHORTEST_PIECE && run.contains(piece));
        let is_cut = |window: &[String]| {
            let [one, other] = window else { return false };
            last.chars().count() > 1 && (*one == f && other == last || one == last && *other == f)
        };
        is_run || self.all.windows(2).any(is_cut)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::matching::Patterns;

    fn patterns(names: &[&str]) -> Patterns {
        let mut patterns = Patterns::default();
        for name in names {
            patterns.add(name, Rule::Victim);
        }
        patterns
    }

    /// What is found in a text of the reports of Abu Ka, Li Wei, A. B., John Doe, Amina Yusuf and Kaura.
    fn found_of_short_names(text: &str) -> Vec<&str> {
        let own = [
            "Abu Ka",
            "Li Wei",
            "A. B.",
            "John Doe",
            "Doe",
            "Amina Yusuf",
            "Yusuf",
            "Kaura",
        ];
        let search = Search {
            own: &patterns(&own),
            full: &patterns(&["Ko Ye", "Ife Kanto", "12 Nile Street"]),
            lifted: &Patterns::default(),
            kept: &patterns(&["Kaura Namoda", "Yusufia"]),
            whole: &BTreeSet::from(["kaura".to_owned()]),
        };
        let hits = search.find(text);
        hits.iter().map(|hit| &text[hit.start..hit.end]).collect()
    }

    #[test]
    fn short_names_are_found_in_tags_and_handles() {
        for (text, expected) in [
            (
                "#AbuKa, #abuka and @abu_ka",
                &["#AbuKa", "#abuka", "@abu_ka"][..],
            ),
            ("#FreeLiWei by @liwei", &["#FreeLiWei", "@liwei"]),
            ("#JusticeForAB #AB", &["#JusticeForAB", "#AB"]),
            (
                "#justiceforkaura, #kauralives",
                &["#justiceforkaura", "#kauralives"],
            ),
            (
                "@jdoe, @doe_j, @johnd and @jdoerr",
                &["@jdoe", "@doe_j", "@johnd"],
            ),
            // A place of that name is one, and so is another word.
            ("#KauraNamoda #yusufia #Kabul #abc", &[]),
            // Of another report's names, those that stand in their own words or are long enough.
            ("#Ko_Ye #koye #ifekanto", &["#Ko_Ye", "#ifekanto"]),
        ] {
            assert_eq!(found_of_short_names(text), expected, "{text}");
        }
    }

    #[test]
    fn names_are_found_in_addresses_and_names_of_files_whatever_their_case() {
        for (text, expected) in [
            (
                "Write to a.yusuf@mail.example.",
                &["a.yusuf@mail.example"][..],
            ),
            (
                "or ayusuf@mail.example, yusufa@x.example",
                &["ayusuf@mail.example", "yusufa@x.example"],
            ),
            (
                "see https://e.example/news/yusuf-shot",
                &["https://e.example/news/yusuf-shot"],
            ),
            (
                "www.e.example/aminayusuf.jpg was",
                &["www.e.example/aminayusuf.jpg"],
            ),
            (
                "in john_doe.mp4, liwei_1.png",
                &["john_doe.mp4", "liwei_1.png"],
            ),
            ("the file kaura.pdf, kaura-namoda.pdf", &["kaura.pdf"]),
            ("desk@e.example, market.jpg at 9.30", &[]),
            ("he knew yusuf and a yusuf-like man", &[]),
        ] {
            assert_eq!(found_of_short_names(text), expected, "{text}");
        }
    }
}
