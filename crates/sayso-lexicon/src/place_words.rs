//! `places/words.tsv`: word lists that the rules of places ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    PlaceWord of "places/words.tsv" {
        /// Months, days and feasts, some of which are towns.
        Calendar = "calendar",
        /// Directions and middles, as divisions of many countries are called.
        Direction = "direction",
        /// First words of the names of villages, hills and waters: “Jebel Mara”, “Kafr Zita”.
        Element = "element",
        /// Words that narrow a name without being part of it.
        Part = "part",
        /// Words right before a name, in the languages that reports are in, that make it a place.
        Placing = "placing",
        /// Classes of `agents.tsv` of those who fight wherever they are sent.
        SentAbroad = "sent-abroad",
    }
}

/// All lists.
pub type PlaceWords = WordLists<PlaceWord>;
