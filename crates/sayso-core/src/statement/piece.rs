//! Pieces of content: runs of tokens, trimmed to what was said.

use sayso_text::TokenRange;

use super::quote::is_mark;
use super::view::View;
use crate::StatementRule as Rule;

/// Trims a run: no punctuation at its ends, and no quotation marks around a single quotation.
///
/// A mark whose partner lies inside stays, so that "was “a crime”" keeps both.
pub(super) fn tidy(view: &View<'_>, range: TokenRange) -> Option<TokenRange> {
    let TokenRange { mut start, mut end } = range;
    end = end.min(view.len());
    if !view.has(Rule::TrimMarks) {
        return (start < end).then_some(start..end);
    }
    loop {
        let before = (start, end);
        while start < end && is_loose(view, start) {
            start += 1;
        }
        while start < end && is_loose(view, end - 1) {
            end -= 1;
        }
        if start >= end {
            return None;
        }
        let word = |i: usize| view.context.reading.word(i);
        let opening = view.quotes.iter().find(|q| q.open == start);
        let closing = view.quotes.iter().find(|q| q.close == Some(end - 1));
        match (opening, closing) {
            (Some(o), Some(c)) if o == c && end - start > 2 => {
                start += 1;
                end -= 1;
            }
            (Some(o), _) if o.close.is_none_or(|c| c >= end) => start += 1,
            (_, Some(c)) if c.open < start => end -= 1,
            (None, None) if is_mark(word(start)) => start += 1,
            (None, None) if is_mark(word(end - 1)) => end -= 1,
            _ => {}
        }
        if (start, end) == before {
            break;
        }
    }
    // A bracket that closes outside opens for nothing.
    if view.lower(start) == "(" && !(start..end).any(|i| view.lower(i) == ")") {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// Punctuation that belongs to the sentence around the content rather than to the content.
fn is_loose(view: &View<'_>, token: usize) -> bool {
    view.is_punct(token)
        && !matches!(view.lower(token), "(" | ")" | "[" | "]" | "'" | "%" | "$")
        && !is_mark(view.context.reading.word(token))
}

/// Trims every run, drops empty ones, joins runs with nothing but punctuation between them in one
/// quotation, and puts them in text order.
pub(super) fn tidy_all(view: &View<'_>, ranges: Vec<TokenRange>) -> Vec<TokenRange> {
    let mut runs: Vec<TokenRange> = ranges
        .into_iter()
        .filter_map(|range| tidy(view, range))
        .collect();
    runs.sort_by_key(|r| (r.start, r.end));
    let mut joined: Vec<TokenRange> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            Some(last) if run.start <= last.end || one_quotation(view, last.end, run.start) => {
                last.end = last.end.max(run.end);
            }
            _ => joined.push(run),
        }
    }
    joined
}

/// Whether nothing but punctuation parts two runs of one quotation: its sentences are one run.
fn one_quotation(view: &View<'_>, end: usize, start: usize) -> bool {
    view.has(Rule::OneQuotation)
        && (end..start).all(|i| is_loose(view, i))
        && view
            .quotes
            .iter()
            .any(|q| q.holds(end.saturating_sub(1)) && q.holds(start))
}

/// `range` without the tokens of `hole`.
pub(super) fn without(range: &TokenRange, hole: &TokenRange) -> Vec<TokenRange> {
    if hole.end <= range.start || range.end <= hole.start || hole.is_empty() {
        return vec![range.clone()];
    }
    [
        range.start..hole.start.max(range.start),
        hole.end.min(range.end)..range.end,
    ]
    .into_iter()
    .filter(|r| r.start < r.end)
    .collect()
}

/// How many tokens lie in both lists of runs, and in either.
pub(super) fn overlap(a: &[TokenRange], b: &[TokenRange]) -> (usize, usize) {
    let length = |runs: &[TokenRange]| runs.iter().map(ExactSizeIterator::len).sum::<usize>();
    let shared: usize = a
        .iter()
        .flat_map(|x| {
            b.iter()
                .map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
        })
        .sum();
    (shared, length(a) + length(b) - shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_shared_tokens() {
        assert_eq!(overlap(&[0..4, 6..8], &[2..7]), (3, 8));
        assert_eq!(without(&(0..10), &(3..5)), [0..3, 5..10]);
        assert_eq!(without(&(0..4), &(3..9)), [0..3]);
        assert!(without(&(2..4), &(0..9)).is_empty());
    }
}
