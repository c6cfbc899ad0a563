//! How a content's bounds are wrong, read off the text where the shorter of the two stops.

use sayso_text::Span;

use crate::words::WordSet;

/// What is wrong with the bounds of `found`, given the words of both and the text; `None` where
/// they have the same words.
pub(crate) fn wrong(text: &str, gold: &WordSet, found: &WordSet) -> Option<String> {
    let missing = gold.without(found);
    let extra = found.without(gold);
    if missing.is_empty() && extra.is_empty() {
        return None;
    }
    if gold.shared(found) == 0 {
        return Some("stands elsewhere".to_owned());
    }
    // A word or two on the other side does not make it a crossing.
    let small = |part: &WordSet, other: &WordSet| part.len() * 5 <= other.len();
    Some(if small(&missing, &extra) {
        format!("too long: {}", side(text, gold, &extra))
    } else if small(&extra, &missing) {
        format!("too short: {}", side(text, found, &missing))
    } else {
        "crosses the gold’s".to_owned()
    })
}

/// Where `rest` stands beside `kept`, and what parts the two.
fn side(text: &str, kept: &WordSet, rest: &WordSet) -> String {
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
        return "nothing kept".to_owned();
    };
    let before = rest.first().is_some_and(|word| word < first);
    let after = rest.last().is_some_and(|word| word > last);
    match (before, after) {
        (true, true) => "at both ends".to_owned(),
        (true, false) => "at its start".to_owned(),
        (false, false) => "in the middle".to_owned(),
        (false, true) => {
            let next = first_after(rest, last);
            format!("at its end, {}", parted_by(text, last, next))
        }
    }
}

fn first_after(words: &WordSet, word: usize) -> usize {
    let mut least = usize::MAX;
    for &at in words.iter() {
        if at > word {
            least = least.min(at);
        }
    }
    least
}

/// What stands between the word at `last` and the one at `next`.
fn parted_by(text: &str, last: usize, next: usize) -> &'static str {
    let end = text
        .get(last..)
        .and_then(|rest| rest.find(|c| !crate::words::is_word(c)))
        .map_or(text.len(), |length| last + length);
    let gap = Span::new(end, next.min(text.len())).of(text);
    let word = crate::statement::cue_word::words_of(text.get(next..).unwrap_or(""))
        .into_iter()
        .next()
        .unwrap_or_default();
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»');
    if gap.contains(['.', '?', '!']) && gap.contains(char::is_whitespace) {
        return if gap.contains(quote) {
            "a sentence and a quotation mark between"
        } else {
            "a sentence’s end between"
        };
    }
    if gap.contains(quote) {
        return "a quotation mark between";
    }
    let comma = gap.contains(',');
    match word.as_str() {
        "and" | "but" | "or" if comma => "a comma and a conjunction between",
        "and" | "but" | "or" => "a conjunction between",
        "who" | "which" | "whose" | "where" | "whom" => "a relative clause between",
        "as" | "while" | "when" | "after" | "before" | "because" | "since" | "if" | "although"
        | "though" | "until" => "an adverbial clause between",
        "that" => "“that” between",
        _ if gap.contains([';', ':', '–', '—', '―']) || gap.contains("--") => {
            "a dash, colon or semicolon between"
        }
        _ if comma && word.ends_with("ing") => "a comma and a participle between",
        _ if comma => "a comma between",
        "in" | "on" | "at" | "of" | "for" | "to" | "by" | "with" | "from" | "about" | "into"
        | "against" | "during" | "over" => "a preposition between",
        _ => "nothing between",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::occurrences;
    use crate::words::Words;

    fn told(text: &str, gold: &str, found: &str) -> Option<String> {
        let words = Words::of(text);
        let set = |part: &str| words.within(&occurrences(part, text)[..1]);
        wrong(text, &set(gold), &set(found))
    }

    #[test]
    fn says_what_parts_the_two() {
        let text = "The mayor said shells fell on Orla, and the market burned. Nobody was hurt.";
        let cases = [
            ("shells fell on Orla", "shells fell on Orla", None),
            (
                "shells fell on Orla",
                "shells fell on Orla, and the market burned",
                Some("too long: at its end, a comma and a conjunction between"),
            ),
            (
                "shells fell on Orla",
                "shells fell",
                Some("too short: at its end, a preposition between"),
            ),
            (
                "the market burned",
                "the market burned. Nobody was hurt",
                Some("too long: at its end, a sentence’s end between"),
            ),
            (
                "fell on Orla",
                "shells fell on Orla",
                Some("too long: at its start"),
            ),
            ("shells fell on", "Nobody was", Some("stands elsewhere")),
            (
                "shells fell on Orla",
                "on Orla, and the market",
                Some("crosses the gold’s"),
            ),
        ];
        for (gold, found, expected) in cases {
            assert_eq!(
                told(text, gold, found).as_deref(),
                expected,
                "{gold} / {found}"
            );
        }
    }
}
