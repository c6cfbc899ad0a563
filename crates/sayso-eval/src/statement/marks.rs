//! Things true of a gold attribution beside its construction; several may be.

use super::cue_word::words_of;
use super::hull;
use crate::gold::GoldStatement;

/// What the page calls them.
pub(crate) const MARKS: [&str; 7] = [
    "nested: lies in another’s content",
    "holds another’s content",
    "over several sentences",
    "more than 40 words",
    "at most 3 words",
    "speaker is a pronoun",
    "speaker not named",
];

/// Which of [`MARKS`] hold of the attribution `index` of `all`.
pub(crate) fn of(text: &str, all: &[GoldStatement], index: usize) -> [bool; 7] {
    let Some(gold) = all.get(index) else {
        return [false; 7];
    };
    let content = hull(&gold.content);
    let words = gold
        .content
        .iter()
        .map(|span| words_of(span.of(text)).len())
        .sum::<usize>();
    let mut others = all
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != index)
        .map(|(_, other)| hull(&other.content));
    let nested = others.clone().any(|o| o.contains(content) && o != content);
    let holds = others.any(|o| content.contains(o) && o != content);
    let speaker = gold
        .sources
        .first()
        .and_then(|spans| spans.first())
        .map(|span| span.of(text).to_lowercase());
    let pronoun = speaker.as_deref().is_some_and(|s| {
        matches!(
            s,
            "he" | "she" | "they" | "it" | "we" | "i" | "his" | "her" | "their" | "who"
        )
    });
    [
        nested,
        holds,
        gold.content.iter().any(|s| ends_inside(s.of(text))),
        words > 40,
        words <= 3,
        pronoun,
        speaker.is_none(),
    ]
}

/// Whether a sentence ends before the last words of `words`.
fn ends_inside(words: &str) -> bool {
    let mut rest = words;
    while let Some(at) = rest.find(['.', '?', '!']) {
        rest = &rest[at + 1..];
        let next = rest.trim_start_matches(['”', '"', '’', ')']);
        let spaced = next.starts_with(char::is_whitespace);
        let next = next.trim_start().trim_start_matches(['“', '"']);
        if spaced && next.chars().next().is_some_and(char::is_uppercase) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::tests::gold;
    use super::*;

    #[test]
    fn marks_see_nesting_and_length() {
        let text = "She said the guard told her it was over. It was.";
        let all = [
            gold(
                text,
                &["the guard told her it was over. It was."],
                "said",
                "She",
            ),
            gold(text, &["it was over"], "told", "the guard"),
        ];
        assert_eq!(
            of(text, &all, 0),
            [false, true, true, false, false, true, false]
        );
        assert_eq!(
            of(text, &all, 1),
            [true, false, false, false, true, false, false]
        );
    }
}
