//! Gold as the scorers read it, with spans in bytes.

pub(crate) mod polnear;
pub(crate) mod sheets;
pub(crate) mod timeml;
pub(crate) mod toponyms;

use sayso_text::Span;

/// One attribution of the gold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GoldStatement {
    /// What is said; never empty.
    pub(crate) content: Vec<Span>,
    /// The chain, nearest the content first. Each source at all places that count as it: where a
    /// format gives a string, everywhere the string stands; where it gives spans, those.
    pub(crate) sources: Vec<Vec<Span>>,
    /// The words that report; empty where nothing does.
    pub(crate) cue: Vec<Span>,
    /// One of the schema's acts, where the gold has acts.
    pub(crate) act: Option<String>,
    /// `affirmed` or `negated`, where the gold has polarity.
    pub(crate) polarity: Option<String>,
    /// The fullest name of the speaker, where the gold has names.
    pub(crate) resolved: Option<String>,
}

/// Byte offsets of the code points of a text, with its length at the end.
pub(crate) struct Bytes(Vec<usize>);

impl Bytes {
    /// Indexes `text`.
    pub(crate) fn of(text: &str) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        Self(starts)
    }

    /// The span `[start, end)` of code points; an end past the text is its end.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let last = self.0.last().copied().unwrap_or(0);
        let byte = |point: usize| self.0.get(point).copied().unwrap_or(last);
        Span::new(byte(start), byte(end))
    }
}

/// Every place at which `string` stands in `text`; those inside a longer word only if there is no
/// other.
pub(crate) fn occurrences(string: &str, text: &str) -> Vec<Span> {
    let all: Vec<Span> = text
        .match_indices(string)
        .map(|(at, found)| Span::new(at, at + found.len()))
        .collect();
    let whole: Vec<Span> = all
        .iter()
        .copied()
        .filter(|s| !inside_word(text, s.start()) && !inside_word(text, s.end()))
        .collect();
    if whole.is_empty() { all } else { whole }
}

/// Whether a letter or digit stands on both sides of byte `at`.
fn inside_word(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric)
        && after.chars().next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_become_bytes() {
        let bytes = Bytes::of("aéb");
        assert_eq!(bytes.span(1, 2), Span::new(1, 3));
        assert_eq!(bytes.span(2, 99), Span::new(3, 4));
    }

    #[test]
    fn whole_words_go_before_parts_of_words() {
        let spans = occurrences("army", "The armyworm is not the army.");
        assert_eq!(spans, [Span::new(24, 28)]);
        assert_eq!(occurrences("worm", "armyworms"), [Span::new(4, 8)]);
        assert!(occurrences("navy", "the army").is_empty());
    }
}
