//! The construction that a gold attribution stands in.
//!
//! Decided from the gold and its text alone, by the first rule that holds, so that the classes are
//! the same for every version of the program. The rules are the rows of [`Construction`], in order.

use sayso_text::Span;

use super::cue_word::{self, CueClass, words_of};
use super::hull;
use crate::gold::GoldStatement;

/// Where cue, speaker and content stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Construction {
    /// The act is `silence`.
    Silence,
    /// No cue, and the content stands in quotation marks.
    BareQuote,
    /// No cue, no quotation marks.
    Bare,
    /// The cue is a colon or a dash.
    Mark,
    /// The cue is made of prepositions.
    Preposition,
    /// The cue is an adverb of hearsay.
    Adverb,
    /// The cue is a noun.
    Noun,
    /// The cue is a passive.
    Passive,
    /// The cue stands between parts of a quoted content.
    SplitQuote,
    /// The cue stands between parts of a content without quotation marks.
    Split,
    /// The content is an infinitive behind the cue.
    Infinitive,
    /// A quoted content, then cue, then speaker.
    QuoteInverted,
    /// A quoted content, then speaker and cue.
    QuoteBefore,
    /// A quoted content behind the cue.
    QuoteAfter,
    /// Content, then cue, then speaker.
    Inverted,
    /// Content, then speaker and cue.
    Before,
    /// A participle, then the content.
    Participle,
    /// A verb, "that", then the content.
    That,
    /// A verb and its preposition, then the content.
    Phrase,
    /// A verb, then a content with a finite verb in it.
    Clause,
    /// A verb, then a content without one.
    Object,
}

impl Construction {
    /// In the order of the rules.
    pub(crate) const ALL: [Self; 21] = [
        Self::Silence,
        Self::BareQuote,
        Self::Bare,
        Self::Mark,
        Self::Preposition,
        Self::Adverb,
        Self::Noun,
        Self::Passive,
        Self::SplitQuote,
        Self::Split,
        Self::Infinitive,
        Self::QuoteInverted,
        Self::QuoteBefore,
        Self::QuoteAfter,
        Self::Inverted,
        Self::Before,
        Self::Participle,
        Self::That,
        Self::Phrase,
        Self::Clause,
        Self::Object,
    ];

    /// What the page calls it, with an invented example.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Silence => "silence: *no group has claimed* it",
            Self::BareQuote => "no cue, quoted: “We saw it.” (after a quote by the same speaker)",
            Self::Bare => "no cue, not quoted",
            Self::Mark => "colon or dash: *Mayor:* two hurt",
            Self::Preposition => "preposition: *according to* the mayor, …",
            Self::Adverb => "adverb: he *allegedly* fled",
            Self::Noun => "noun: the mayor’s *claim* that …",
            Self::SplitQuote => "split quote: “Two,” he *said*, “are hurt.”",
            Self::Split => "split: two, he *said*, are hurt",
            Self::Passive => "passive: he *is believed* to have fled",
            Self::Infinitive => "infinitive: the group *threatened* to …",
            Self::QuoteInverted => "quote, cue, speaker: “…,” *said* the mayor",
            Self::QuoteBefore => "quote, speaker, cue: “…,” the mayor *said*",
            Self::QuoteAfter => "cue, quote: the mayor *said*: “…”",
            Self::Inverted => "content, cue, speaker: two are hurt, *said* the mayor",
            Self::Before => "content, speaker, cue: two are hurt, the mayor *said*",
            Self::Participle => "participle: …, *adding* that …",
            Self::That => "verb, “that”, clause: the mayor *said* that …",
            Self::Phrase => "verb, preposition, phrase: he *called for* calm",
            Self::Clause => "verb, clause: the mayor *said* two were hurt",
            Self::Object => "verb, object: he *denied* any part in it",
        }
    }
}

/// Finite verbs that a clause is known by, where no form ends in "ed".
const FINITE: &[&str] = &[
    "are", "came", "can", "cannot", "could", "did", "do", "does", "fell", "gave", "goes", "got",
    "had", "has", "have", "is", "may", "might", "must", "said", "says", "should", "took", "was",
    "went", "were", "will", "won’t", "would", "’d", "’ll", "’re", "’s", "’ve",
];
const PREPOSITIONS: &[&str] = &[
    "about", "against", "as", "at", "for", "in", "into", "of", "on", "over", "to", "with",
];

/// The construction of `gold` in `text`.
pub(crate) fn of(text: &str, gold: &GoldStatement) -> Construction {
    if gold.act.as_deref() == Some("silence") {
        return Construction::Silence;
    }
    let content = hull(&gold.content);
    let quoted = is_quoted(text, &gold.content);
    let class = cue_word::of(text, &gold.cue);
    match class {
        CueClass::Absent if before(text, content.start()).ends_with(':') => {
            return Construction::Mark;
        }
        CueClass::Absent if quoted => return Construction::BareQuote,
        CueClass::Absent => return Construction::Bare,
        CueClass::Mark => return Construction::Mark,
        CueClass::Preposition => return Construction::Preposition,
        CueClass::Adverb => return Construction::Adverb,
        CueClass::Noun => return Construction::Noun,
        CueClass::Passive => return Construction::Passive,
        CueClass::Participle | CueClass::Verb => {}
    }
    let cue = hull(&gold.cue);
    if content.start() < cue.start() && cue.end() < content.end() {
        return if quoted {
            Construction::SplitQuote
        } else {
            Construction::Split
        };
    }
    if content.end() <= cue.start() {
        let speaker_after = nearest_source(gold, cue).is_some_and(|s| s.start() >= cue.end());
        return match (quoted, speaker_after) {
            (true, true) => Construction::QuoteInverted,
            (true, false) => Construction::QuoteBefore,
            (false, true) => Construction::Inverted,
            (false, false) => Construction::Before,
        };
    }
    let between = words_of(text.get(cue.end()..content.start()).unwrap_or(""));
    let said = words_of(content.of(text));
    let last_of_cue = words_of(cue.of(text)).pop().unwrap_or_default();
    let first = said.first().map_or("", String::as_str);
    if first == "to" || last_of_cue == "to" || between.last().is_some_and(|w| w == "to") {
        return Construction::Infinitive;
    }
    if quoted {
        return Construction::QuoteAfter;
    }
    if class == CueClass::Participle {
        return Construction::Participle;
    }
    if first == "that" || last_of_cue == "that" || between.last().is_some_and(|w| w == "that") {
        return Construction::That;
    }
    let leads = |word: &str| PREPOSITIONS.contains(&word);
    if leads(&last_of_cue) || leads(first) || between.last().is_some_and(|w| leads(w)) {
        return Construction::Phrase;
    }
    let finite = |word: &String| FINITE.contains(&word.as_str()) || word.ends_with("ed");
    if said.len() > 2 && said.iter().any(finite) {
        Construction::Clause
    } else {
        Construction::Object
    }
}

/// The occurrence of the nearest source that stands closest to the cue.
pub(crate) fn nearest_source(gold: &GoldStatement, cue: Span) -> Option<Span> {
    gold.sources.first()?.iter().copied().min_by_key(|span| {
        let after = span.start().saturating_sub(cue.end());
        after.max(cue.start().saturating_sub(span.end()))
    })
}

/// Whether the content opens with a quotation mark, at its start or just before it, and one closes
/// it at its end or just after.
fn is_quoted(text: &str, content: &[Span]) -> bool {
    let (Some(first), Some(last)) = (content.first(), content.last()) else {
        return false;
    };
    let mark = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '„');
    let opens = first.of(text).trim_start().starts_with(mark)
        || before(text, first.start()).ends_with(mark);
    let rest = text.get(last.end()..).unwrap_or("");
    let tail = last
        .of(text)
        .trim_end()
        .trim_end_matches([',', '.', '?', '!']);
    let closes = tail.ends_with(mark)
        || rest
            .trim_start_matches([',', '.', '?', '!'])
            .starts_with(mark);
    opens && closes
}

/// The text before byte `at`, without white space at its end.
fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or("").trim_end()
}

#[cfg(test)]
mod tests {
    use super::super::tests::gold;
    use super::*;

    #[test]
    fn every_construction_has_its_words() {
        let cases: [(&str, &[&str], &str, &str, Construction); 17] = [
            (
                "“Two are hurt,” said the mayor.",
                &["“Two are hurt,”"],
                "said",
                "the mayor",
                Construction::QuoteInverted,
            ),
            (
                "“Two are hurt,” the mayor said.",
                &["Two are hurt"],
                "said",
                "the mayor",
                Construction::QuoteBefore,
            ),
            (
                "The mayor said: “Two are hurt.”",
                &["“Two are hurt.”"],
                "said",
                "The mayor",
                Construction::QuoteAfter,
            ),
            (
                "“Two,” he said, “are hurt.”",
                &["“Two,”", "“are hurt.”"],
                "said",
                "he",
                Construction::SplitQuote,
            ),
            (
                "Two men, he said, are hurt.",
                &["Two men", "are hurt"],
                "said",
                "he",
                Construction::Split,
            ),
            (
                "Two are hurt, said the mayor.",
                &["Two are hurt"],
                "said",
                "the mayor",
                Construction::Inverted,
            ),
            (
                "Two are hurt, the mayor said.",
                &["Two are hurt"],
                "said",
                "the mayor",
                Construction::Before,
            ),
            (
                "The mayor said that two were hurt.",
                &["that two were hurt"],
                "said",
                "The mayor",
                Construction::That,
            ),
            (
                "The mayor said two were hurt.",
                &["two were hurt"],
                "said",
                "The mayor",
                Construction::Clause,
            ),
            (
                "He denied any part in it.",
                &["any part in it"],
                "denied",
                "He",
                Construction::Object,
            ),
            (
                "He called for calm.",
                &["calm"],
                "called for",
                "He",
                Construction::Phrase,
            ),
            (
                "They threatened to leave.",
                &["to leave"],
                "threatened",
                "They",
                Construction::Infinitive,
            ),
            (
                "He is believed to have fled.",
                &["He", "to have fled"],
                "is believed",
                "",
                Construction::Passive,
            ),
            (
                "It is believed that he fled.",
                &["he fled"],
                "is believed",
                "",
                Construction::Passive,
            ),
            (
                "The mayor’s claim that he fled",
                &["he fled"],
                "claim",
                "The mayor",
                Construction::Noun,
            ),
            (
                "Mayor: two hurt",
                &["two hurt"],
                ":",
                "Mayor",
                Construction::Mark,
            ),
            (
                "He left, adding that he was ill.",
                &["he was ill"],
                "adding",
                "He",
                Construction::Participle,
            ),
        ];
        for (text, content, cue, source, expected) in cases {
            assert_eq!(
                of(text, &gold(text, content, cue, source)),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn silence_is_known_by_its_act() {
        let text = "No group has claimed the attack.";
        let mut statement = gold(text, &["the attack"], "No group has claimed", "");
        statement.act = Some("silence".to_owned());
        assert_eq!(of(text, &statement), Construction::Silence);
    }

    #[test]
    fn rules_and_rows_are_in_one_order() {
        assert!(Construction::ALL.is_sorted());
    }
}
