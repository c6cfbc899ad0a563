//! `statement-words.tsv`: word lists that the rules of statements ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    WordClass of "statement-words.tsv" {
        /// Verbs whose object is the one who is told.
        Addressing = "addressing",
        /// Words in the name of a body that fights.
        ArmedWord = "armed-word",
        /// Verbs that, as participles, go on with what the same speaker said.
        Continuing = "continuing",
        /// Words for a state's bodies as a whole.
        GeneralBody = "general-body",
        /// Words in the name of a body of a state.
        GoverningWord = "governing-word",
        /// Verbs whose subject speaks through a text.
        Issuing = "issuing",
        /// Verbs whose subject speaks through a cue noun.
        LightVerb = "light-verb",
        /// Parts of a cue by which a body is silent altogether.
        Mute = "mute",
        /// What "according to" governs when nobody speaks.
        NoSpeaker = "no-speaker",
        /// Verbs of wishing, doing and perceiving.
        NoSpeech = "no-speech",
        /// Numbers of units in words.
        Ordinal = "ordinal",
        /// Last words of the names of papers, agencies and stations.
        OutletWord = "outlet-word",
        /// Verbs that put a text before the public.
        Publishing = "publishing",
        /// Words in the name of a fighting body that make it no state's.
        RebelWord = "rebel-word",
        /// Nouns of what a warning threatens with.
        Retaliation = "retaliation",
        /// Words that the names of two bodies can share without being of one kind.
        SharedWord = "shared-word",
        /// Nouns of what shows something for those who made it.
        Showing = "showing",
        /// Verbs that show, seem or quote without speaking.
        Shows = "shows",
        /// Words for one body of a state.
        StateBody = "state-body",
        /// Words in the name of a fighting body that make it a state's.
        StateWord = "state-word",
        /// Verbs whose object can be a text.
        TextVerb = "text-verb",
    }
}

/// All lists.
pub type StatementWords = WordLists<WordClass>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn words_are_asked_for_by_class() {
        let words = Lexicon::builtin().unwrap().statement_words;
        assert!(words.has(WordClass::Addressing, "tell"));
        assert!(!words.has(WordClass::Showing, "tell"));
        assert!(words.of(WordClass::Ordinal).any(|w| w == "fourth"));
    }
}
