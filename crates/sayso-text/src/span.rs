//! The range that ties every finding to its characters.

use std::fmt;

/// A half-open range `[start, end)` of **bytes** of one report's text.
///
/// Both ends lie on character boundaries of the text they were made for; the JSON shows them as
/// code points (`sayso-api` converts). `start <= end` always holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes a span; ends that are the wrong way round give the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self {
            start,
            end: end.max(start),
        }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The slice of `text` that the span names; empty where it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `at` lies inside this span.
    pub fn holds(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let slice = self.of(text);
        let lead = slice.len() - slice.trim_start().len();
        let kept = slice.trim().len();
        Span::new(self.start() + lead, self.start() + lead + kept)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_to_its_words() {
        let text = "a  būt  b";
        let span = Span::new(1, 8).trim(text);
        assert_eq!(span.of(text), "būt");
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(5, 90).of("abc"), "");
    }
}
