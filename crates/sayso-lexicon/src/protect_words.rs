//! `protect-words.tsv`: word lists that the rules of protection ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    ProtectWord of "protect-words.tsv" {
        /// Phrases by which a report says that it leaves out or changes a name.
        Anonymous = "anonymous",
        /// Kinds of ships, storms and operations, which stand before the name of one.
        BeforeThing = "before-thing",
        /// What an age is counted from: words beside a number of years or months.
        Born = "born",
        /// Nouns and adjectives of those who are not of age.
        Child = "child",
        /// Verbs whose subject has suffered.
        ComingToHarm = "coming-to-harm",
        /// Clerics of a parish, a mosque or a house, who hold no office that the public knows.
        EverydayCleric = "everyday-cleric",
        /// Nouns of what has a name that stands before it and is no person’s: “the Orlu mine”.
        Facility = "facility",
        /// Words for the state of somebody who was harmed.
        HarmedState = "harmed-state",
        /// Verbs whose object has suffered.
        Harming = "harming",
        /// Verbs whose object is a person and never a place.
        HarmingPersons = "harming-persons",
        /// Nouns of what bears the name of whoever rules it: “the Marun government”.
        LedBy = "led-by",
        /// Words that begin the names of persons in some language and are no titles of `roles.tsv`.
        NamePrefix = "name-prefix",
        /// Words in names of places, bodies and works, which no person bears.
        NoPerson = "no-person",
        /// What stands behind a hyphen after the name of a model: “Orlu-class”.
        OfAKind = "of-a-kind",
        /// Nouns that go with “of” and a place: “residents of”, or with a saint: “a statue of”.
        OfPlace = "of-place",
        /// Posts beyond those of `roles.tsv` and `agents.tsv` by which somebody is known to the public.
        Office = "office",
        /// Classes of `agents.tsv` of those who hold an office, command or lead.
        OfficeClass = "office-class",
        /// What somebody lives in, drives or works at, one of it: “the house of Dara”.
        Owned = "owned",
        /// Nouns of those who are somebody’s: what stands behind them is told of the other one.
        Relative = "relative",
        /// Words beside “student” that tell of a school for children.
        Schooling = "schooling",
        /// Verbs of those who were there.
        Seeing = "seeing",
        /// Verbs of those who tell a court or an inquiry.
        Testifying = "testifying",
        /// Nouns of those to whom something was done.
        Victim = "victim",
        /// ACLED sub-event types that do harm to somebody.
        ViolentEvent = "violent-event",
        /// Nouns of a body, a death or a deed, with the name of the one who suffered it behind “of”.
        WhatIsLeft = "what-is-left",
        /// Prepositions before the names of places.
        Within = "within",
        /// Nouns of those who saw it or told of it.
        Witness = "witness",
    }
}

/// All lists.
pub type ProtectWords = WordLists<ProtectWord>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn words_are_asked_for_by_class() {
        let words = Lexicon::builtin().unwrap().protect_words;
        assert!(words.has(ProtectWord::Child, "toddler"));
        assert!(!words.has(ProtectWord::Victim, "toddler"));
        assert!(
            words
                .of(ProtectWord::Anonymous)
                .any(|w| w == "condition of anonymity")
        );
    }
}
