//! Words that UD writes as two or three: `do n't`, `Mali 's`, `can not`, `gon na`.

use super::class::is_apostrophe;
use crate::Span;

/// Spellings that are split without an apostrophe, and the length of each part but the last.
const JOINED: &[(&str, &[usize])] = &[
    ("aint", &[2]),
    ("arent", &[3]),
    ("cannot", &[3]),
    ("cant", &[2]),
    ("couldnt", &[5]),
    ("didnt", &[3]),
    ("doesnt", &[4]),
    ("dont", &[2]),
    ("dunno", &[2, 1]),
    ("gimme", &[3]),
    ("gonna", &[3]),
    ("gotta", &[3]),
    ("hadnt", &[3]),
    ("hasnt", &[3]),
    ("havent", &[4]),
    ("isnt", &[2]),
    ("lemme", &[3]),
    ("shouldnt", &[6]),
    ("theyre", &[4]),
    ("wanna", &[3]),
    ("wasnt", &[3]),
    ("werent", &[4]),
    ("wont", &[2]),
    ("wouldnt", &[5]),
];

const AFTER_APOSTROPHE: &[&str] = &["s", "m", "d", "ll", "re", "ve"];

/// French and Italian forms that lose their vowel before the next word.
const ELIDED: &[&str] = &[
    "l", "d", "n", "s", "j", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "all",
    "dell", "nell", "sull", "dall", "un",
];

/// Pushes the parts of the word at `span`, in text order.
pub(super) fn push_parts(text: &str, span: Span, out: &mut Vec<Span>) {
    let word = span.of(text);
    let parts = joined(word).or_else(|| apostrophe(word));
    let mut at = span.start();
    for length in parts.into_iter().flatten().filter(|length| *length > 0) {
        out.push(Span::new(at, at + length));
        at += length;
    }
    out.push(Span::new(at, span.end()));
}

fn joined(word: &str) -> Option<[usize; 2]> {
    if !(4..=8).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    // `US CANT` is no contraction that can be told from an acronym, but `DONT` is.
    JOINED
        .iter()
        .find(|(form, _)| form.eq_ignore_ascii_case(word))
        .map(|(_, lengths)| {
            [
                lengths.first().copied().unwrap_or(0),
                lengths.get(1).copied().unwrap_or(0),
            ]
        })
}

fn apostrophe(word: &str) -> Option<[usize; 2]> {
    let (at, mark) = word.char_indices().rfind(|(_, c)| is_apostrophe(*c))?;
    let tail = &word[at + mark.len_utf8()..];
    let head = &word[..at];
    if tail.eq_ignore_ascii_case("t") && head.len() > 1 {
        let n = head.as_bytes()[head.len() - 1];
        // `can't` keeps `ca`, `won't` keeps `wo`; `ain't` keeps `ai`.
        return n.eq_ignore_ascii_case(&b'n').then_some([at - 1, 0]);
    }
    if !AFTER_APOSTROPHE
        .iter()
        .any(|form| form.eq_ignore_ascii_case(tail))
        || head.is_empty()
    {
        return None;
    }
    // `80's` and `1990's` are decades.
    if tail.eq_ignore_ascii_case("s") && head.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // `wouldn't've`
    if let Some([first, _]) = apostrophe_not(head) {
        return Some([first, at - first]);
    }
    Some([at, 0])
}

fn apostrophe_not(head: &str) -> Option<[usize; 2]> {
    let tail_at = head.char_indices().rfind(|(_, c)| is_apostrophe(*c))?.0;
    head[tail_at..]
        .chars()
        .nth(1)
        .filter(|c| c.eq_ignore_ascii_case(&'t'))
        .filter(|_| head[..tail_at].ends_with(['n', 'N']) && tail_at > 1)
        .map(|_| [tail_at - 1, 0])
}

/// Pushes a French or Italian word with what is elided before it as a token of its own.
pub(super) fn push_elided(text: &str, span: Span, out: &mut Vec<Span>) {
    let mut start = span.start();
    while let Some((at, mark)) = text[start..span.end()]
        .char_indices()
        .find(|(_, c)| is_apostrophe(*c))
    {
        let head = &text[start..start + at];
        let end = start + at + mark.len_utf8();
        if end >= span.end() || !ELIDED.iter().any(|form| head.eq_ignore_ascii_case(form)) {
            break;
        }
        out.push(Span::new(start, end));
        start = end;
    }
    out.push(Span::new(start, span.end()));
}
