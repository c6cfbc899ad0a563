//! `actor-words.tsv`: word lists that the rules of actors ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    ActorWord of "actor-words.tsv" {
        /// ACLED sub-event types whose side a bears arms.
        ArmedEvent = "armed-event",
        /// Participles behind whoever helps or makes something: “US-backed”.
        Backed = "backed",
        /// Nouns of what a state is divided into and governed by.
        Division = "division",
        /// Classes of `agents.tsv` of those who bear arms and may be led by somebody.
        FighterClass = "fighter-class",
        /// Other words of which the names of armed groups are made.
        GroupName = "group-name",
        /// Nouns of those who head what they head.
        Heading = "heading",
        /// Verbs of those who head a group: “led by Dara”.
        Leading = "leading",
        /// Nouns of those who live by the land, the herd, the mine or the water.
        Livelihood = "livelihood",
        /// Adjectives of bodies that are not the whole state’s.
        LocalBody = "local-body",
        /// Classes of `agents.tsv` of those who fight for, speak for or belong to a group.
        MemberClass = "member-class",
        /// Classes of `agents.tsv` that say nothing of an office.
        NoOffice = "no-office",
        /// Offices that are a state’s, whoever holds them.
        PublicOffice = "public-office",
        /// Words of public places and bodies that are called after somebody, and are in no list of things.
        PublicPlace = "public-place",
        /// Words in the name of a group that wants the power in a state.
        RebelName = "rebel-name",
        /// Participles behind whoever runs something: “the Houthi-run ministry”.
        RunBy = "run-by",
        /// Nouns of what works for somebody.
        Serving = "serving",
        /// Words with which a state’s own bodies are named: “the Royal Army”.
        StateBody = "state-body",
    }
}

/// All lists.
pub type ActorWords = WordLists<ActorWord>;
