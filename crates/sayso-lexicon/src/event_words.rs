//! `event-words.tsv`: word lists that the rules of events and tolls ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    EventWord of "event-words.tsv" {
        /// Verbs by which somebody is blamed.
        Accusing = "accusing",
        /// Verbs that put something forward as true.
        Asserting = "asserting",
        /// Participles that give a report its author: “the claim made by the party”.
        Attributing = "attributing",
        /// Pronouns for what was said before.
        BackReference = "back-reference",
        /// What somebody who denies a part in it denies.
        BlameNoun = "blame-noun",
        /// Verbs that give something a name: “called it a lie”.
        Calling = "calling",
        /// Verbs by which somebody finds out whether a report is true.
        Checking = "checking",
        /// Words for the opposite of what was said.
        Contrary = "contrary",
        /// What one who pleads says of oneself.
        Innocence = "innocence",
        /// What somebody lacks who says nothing of the event: “has no information”.
        Knowledge = "knowledge",
        /// Words of negation.
        Negator = "negator",
        /// Verbs by which an accused answers.
        Pleading = "pleading",
        /// Determiners that name an owner.
        Possessive = "possessive",
        /// Nouns for what is said, whose truth may be denied.
        ReportNoun = "report-noun",
        /// Nouns for what is told by nobody in particular.
        Rumour = "rumour",
        /// Adjectives of a report that nobody has checked.
        Unconfirmed = "unconfirmed",
        /// Words that call something untrue.
        Untrue = "untrue",
    }
}

/// All lists.
pub type EventWords = WordLists<EventWord>;
