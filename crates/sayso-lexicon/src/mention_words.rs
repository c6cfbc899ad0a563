//! `mention-words.tsv`: word lists that the rules of mentions and coreference ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    MentionWord of "mention-words.tsv" {
        /// Words that count what follows them behind “of”.
        Counting = "counting",
        /// Nouns that only describe the name of a group: “the Dawn movement”.
        GroupNoun = "group-noun",
        /// Prepositions whose phrase says when or why rather than who.
        Loose = "loose",
        /// Last words in the names of newspapers and stations.
        Medium = "medium",
        /// Participles behind which a name follows: “known as”.
        Naming = "naming",
        /// Modifiers that tell nothing apart.
        Neutral = "neutral",
        /// Words before “Post” that make it no newspaper.
        Post = "post",
        /// Verbs of those who say something.
        Reporting = "reporting",
        /// Days and spans of time; a phrase that they head is no part of a speaker or a side.
        Time = "time",
    }
}

/// All lists.
pub type MentionWords = WordLists<MentionWord>;
