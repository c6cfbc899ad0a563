//! What kind of word a gold cue is, by the gold and its text alone.
//!
//! No tagger is asked: the classes of the gold must not move when the model does. The rules are
//! few and read off the words; a cue that none of them knows is a verb.

use sayso_text::Span;

/// Kind of a gold cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CueClass {
    /// Nothing reports.
    Absent,
    /// A colon, a dash.
    Mark,
    /// "according to", "for", "in".
    Preposition,
    /// "allegedly".
    Adverb,
    /// "a claim", "his promise of".
    Noun,
    /// "is believed to", "were told".
    Passive,
    /// "saying", "adding that".
    Participle,
    /// Any other verb.
    Verb,
}

impl CueClass {
    /// What the page calls it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "no cue",
            Self::Mark => "colon or dash",
            Self::Preposition => "preposition",
            Self::Adverb => "adverb",
            Self::Noun => "noun",
            Self::Passive => "passive",
            Self::Participle => "participle",
            Self::Verb => "verb",
        }
    }
}

const PREPOSITIONS: &[&str] = &[
    "about",
    "according",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "per",
    "to",
    "via",
    "with",
];
const ADVERBS: &[&str] = &[
    "allegedly",
    "apparently",
    "ostensibly",
    "presumably",
    "purportedly",
    "reportedly",
    "supposedly",
];
const DETERMINERS: &[&str] = &[
    "a", "an", "any", "earlier", "her", "his", "its", "latest", "my", "no", "our", "own", "recent",
    "some", "such", "that", "the", "their", "these", "this", "those", "your",
];
/// Nouns of saying that are no verbs.
const NOUNS: &[&str] = &[
    "account",
    "accounts",
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "announcement",
    "announcements",
    "assertion",
    "assertions",
    "assessment",
    "belief",
    "beliefs",
    "commitment",
    "commitments",
    "conclusion",
    "conclusions",
    "criticism",
    "declaration",
    "description",
    "determination",
    "expectation",
    "expectations",
    "idea",
    "implication",
    "information",
    "insistence",
    "interview",
    "letter",
    "message",
    "notion",
    "opinion",
    "opinions",
    "opposition",
    "order",
    "policy",
    "position",
    "proposal",
    "proposals",
    "prediction",
    "predictions",
    "recommendation",
    "recommendations",
    "remark",
    "remarks",
    "response",
    "rhetoric",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "sense",
    "speech",
    "statement",
    "statements",
    "story",
    "suggestion",
    "suggestions",
    "suspicion",
    "suspicions",
    "testimony",
    "theory",
    "threat",
    "threats",
    "view",
    "views",
    "warning",
    "warnings",
];
/// Endings of nouns made from verbs and adjectives.
const NOUN_ENDINGS: &[&str] = &[
    "tion", "tions", "sion", "sions", "ment", "ments", "ance", "ence", "ency", "ness", "ity",
];
/// Words with such an ending that are as often verbs.
const VERBS_LIKE_NOUNS: &[&str] = &[
    "advance",
    "balance",
    "caution",
    "cautions",
    "comment",
    "comments",
    "document",
    "documents",
    "influence",
    "lament",
    "laments",
    "mention",
    "mentions",
    "petition",
    "petitions",
    "question",
    "questions",
    "reference",
    "references",
    "sentence",
    "silence",
    "supplement",
    "witness",
];
const BE: &[&str] = &[
    "am", "are", "be", "been", "being", "is", "was", "were", "’re", "’s", "'s",
];
/// Participles that do not end in "ed".
const PARTICIPLES: &[&str] = &[
    "felt",
    "found",
    "given",
    "heard",
    "held",
    "known",
    "made",
    "put",
    "read",
    "said",
    "seen",
    "shown",
    "taken",
    "thought",
    "told",
    "understood",
    "written",
];

/// The kind of the cue that stands at `cue` (spans in text order) of `text`.
pub(crate) fn of(text: &str, cue: &[Span]) -> CueClass {
    let words: Vec<String> = cue
        .iter()
        .flat_map(|span| words_of(span.of(text)))
        .collect();
    let Some(first) = words.first() else {
        return if cue.iter().all(|span| span.is_empty()) {
            CueClass::Absent
        } else {
            CueClass::Mark
        };
    };
    let is = |list: &[&str], word: &str| list.contains(&word);
    if words.iter().all(|w| is(PREPOSITIONS, w)) || first == "according" {
        return CueClass::Preposition;
    }
    if words.iter().all(|w| is(ADVERBS, w)) {
        return CueClass::Adverb;
    }
    if words
        .windows(2)
        .any(|pair| is(BE, &pair[0]) && participle(&pair[1]))
        || words
            .windows(3)
            .any(|run| is(BE, &run[0]) && run[1].ends_with("ly") && participle(&run[2]))
    {
        return CueClass::Passive;
    }
    let start = cue.first().map_or(0, |span| span.start());
    let before = text.get(..start).unwrap_or("");
    let previous = words_of(before.get(floor(before, 40)..).unwrap_or("")).pop();
    let determined = is(DETERMINERS, first)
        || previous.as_deref().is_some_and(|w| {
            before.ends_with(char::is_whitespace)
                && (is(DETERMINERS, w) && w != "that" || is_possessive(before))
        });
    let head = head(&words);
    if is(NOUNS, head) || is_derived(head) || determined {
        return CueClass::Noun;
    }
    if words.iter().any(|w| is(BE, w)) {
        return CueClass::Verb;
    }
    if first.ends_with("ing") && first.len() > 4 {
        return CueClass::Participle;
    }
    CueClass::Verb
}

/// The last word before a closing preposition or "that".
fn head(words: &[String]) -> &str {
    let closing = |w: &str| PREPOSITIONS.contains(&w) || w == "that" || w == "against";
    let last = words.iter().rposition(|w| !closing(w)).unwrap_or(0);
    words.get(last).map_or("", String::as_str)
}

/// Whether the ending makes the word a noun.
fn is_derived(word: &str) -> bool {
    word.len() > 6
        && NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending))
        && !VERBS_LIKE_NOUNS.contains(&word)
}

fn participle(word: &str) -> bool {
    (word.ends_with("ed") && word.len() > 4) || PARTICIPLES.contains(&word)
}

/// Whether the text ends in a possessive, "the mayor’s ".
fn is_possessive(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("’s") || before.ends_with("'s") || before.ends_with("s’")
}

/// The words in lower case, with "’s" apart.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '’' || c == '\''))
        .flat_map(|word| {
            let cut = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s"));
            match cut {
                Some(stem) if !stem.is_empty() => vec![stem.to_owned(), "’s".to_owned()],
                _ => vec![word.to_owned()],
            }
        })
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

/// The last character boundary at least `back` bytes from the end, or the start.
fn floor(text: &str, back: usize) -> usize {
    let mut at = text.len().saturating_sub(back);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::occurrences;

    fn class(text: &str, cue: &str) -> CueClass {
        of(text, &occurrences(cue, text)[..1])
    }

    #[test]
    fn tells_kinds_of_cues_apart() {
        let cases = [
            ("The mayor said no.", "said", CueClass::Verb),
            ("Mayor: no", ":", CueClass::Mark),
            (
                "He fled, according to police.",
                "according to",
                CueClass::Preposition,
            ),
            ("He allegedly fled.", "allegedly", CueClass::Adverb),
            (
                "He was believed to have fled.",
                "was believed to",
                CueClass::Passive,
            ),
            (
                "He is widely thought to have fled.",
                "is widely thought",
                CueClass::Passive,
            ),
            ("The mayor’s claim that he fled", "claim", CueClass::Noun),
            ("The mayors claim that he fled", "claim", CueClass::Verb),
            (
                "There were allegations of theft",
                "allegations of",
                CueClass::Noun,
            ),
            (
                "It showed abandonment of all hope.",
                "abandonment of",
                CueClass::Noun,
            ),
            ("Two guards mention a tunnel.", "mention", CueClass::Verb),
            (
                "He left, saying he was ill.",
                "saying",
                CueClass::Participle,
            ),
            ("He is saying that he was ill.", "is saying", CueClass::Verb),
        ];
        for (text, cue, expected) in cases {
            assert_eq!(class(text, cue), expected, "{text}");
        }
        assert_eq!(of("He fled.", &[]), CueClass::Absent);
    }
}
