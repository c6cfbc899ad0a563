//! `times/words.tsv`: word lists that the rules of times ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    TimeWord of "times/words.tsv" {
        /// Words behind a bare day of the month.
        AfterDay = "after-day",
        /// Words behind a second day that count nothing.
        AfterRange = "after-range",
        /// Function words after which a bare year or an ambiguous month stands.
        BeforeTime = "before-time",
        /// Nouns before which four digits are a count.
        Counted = "counted",
        /// Words behind which four digits are a count or a number.
        Counting = "counting",
        /// Words and marks that join two times.
        Joining = "joining",
        /// Words with which a sentence may open before its time.
        LeadingIn = "leading-in",
    }
}

/// All lists.
pub type TimeWordLists = WordLists<TimeWord>;
