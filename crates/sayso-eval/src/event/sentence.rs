//! Sentences as the scorer of sheets tells them apart, to say whether two anchors share one.

use crate::words::is_word;

/// Words whose full stop ends no sentence; so does none after a single capital.
const ABBREVIATIONS: [&str; 24] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Lt", "Gen", "Col", "Maj", "Sgt", "Capt", "Rep", "Sen", "Gov",
    "No", "Jan", "Feb", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "M",
];

/// Bytes at which a sentence of `text` starts, the first being 0.
pub(crate) fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = match c {
            '.' | '!' | '?' => after_stop(text, at + 1),
            '\n' => after_empty_line(text, at),
            _ => None,
        };
        match end {
            Some(end) => {
                if !is_abbreviation(text.get(..at).unwrap_or("")) {
                    starts.push(end);
                }
                at = end;
            }
            None => at += c.len_utf8(),
        }
    }
    starts
}

/// The sentence that byte `at` lies in, given where sentences start.
pub(crate) fn of(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|&start| start <= at)
}

/// Where the next sentence starts behind a full stop: closing marks, white space, and something
/// that a sentence begins with.
fn after_stop(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let marks = rest.trim_start_matches(['"', '\'', '”', '’', ')', ']']);
    let next = marks.trim_start();
    if next.len() == marks.len() {
        return None;
    }
    let begins = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let opens = |c: char| matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[');
    let mut chars = next.chars();
    let first = chars.next()?;
    let begun = begins(first) || (opens(first) && chars.next().is_some_and(begins));
    begun.then(|| text.len() - next.len())
}

/// Where the next paragraph starts if an empty line begins at `at`.
fn after_empty_line(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at + 1..)?;
    let white = rest.len() - rest.trim_start().len();
    let last = rest.get(..white)?.rfind('\n')?;
    Some(at + 1 + last + 1)
}

/// Whether the text before a full stop ends in an abbreviation. Only its last six characters are
/// looked at, as the scorer does.
fn is_abbreviation(before: &str) -> bool {
    let cut = before
        .char_indices()
        .rev()
        .nth(5)
        .map_or(0, |(start, _)| start);
    let tail = before.get(cut..).unwrap_or("");
    let word = tail
        .rfind(|c| !is_word(c))
        .and_then(|last| tail.get(last..))
        .map_or(tail, |rest| rest.trim_start_matches(|c| !is_word(c)));
    ABBREVIATIONS.contains(&word)
        || (word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_start_behind_stops_and_empty_lines() {
        let text = "Gen. Amadou left. \"He left,\" said X.  Then\n \nit rained at 3.5 km. no more";
        let found: Vec<&str> = starts(text).iter().map(|&at| &text[at..at + 4]).collect();
        assert_eq!(found, ["Gen.", "\"He ", "it r"], "X. is an initial");
        let starts = starts(text);
        assert_eq!(of(&starts, 0), 1);
        assert_eq!(of(&starts, starts[1]), 2);
    }

    #[test]
    fn odd_texts_have_one_sentence() {
        for text in ["", "…", "\n", "é.", "a.\"  "] {
            assert_eq!(starts(text), [0], "{text:?}");
        }
    }
}
