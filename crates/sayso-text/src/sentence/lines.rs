//! What a single line end means: a break, or text that was wrapped to a width.

use crate::token::class::is_newline;

/// Narrowest and widest column, in characters, to which text is taken to have been wrapped.
const NARROWEST: usize = 25;
const WIDEST: usize = 132;

/// Share of inner lines that a greedy wrapping must explain.
const EXPLAINED: f64 = 0.8;

/// The lines of a text and whether they were wrapped to a width.
pub(super) struct Lines<'t> {
    text: &'t str,
    all: Vec<Line>,
    /// Column to which the text was wrapped.
    width: Option<usize>,
}

#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// In characters, without the white space at the end.
    length: usize,
    /// Characters of the first word.
    first_word: usize,
    indent: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| is_newline(*c)) {
            lines.push(line(text, start, at));
            start = at + c.len_utf8();
        }
        lines.push(line(text, start, text.len()));
        let width = width(text, &lines);
        Self {
            text,
            all: lines,
            width,
        }
    }

    /// Whether the line end in the gap between two tokens, the first ending at byte `before` and
    /// the second starting at byte `after`, breaks the sentence.
    pub(super) fn breaks(&self, before: usize, after: usize) -> bool {
        let (Some(upper), Some(lower)) = (self.line_at(before), self.line_at(after)) else {
            return true;
        };
        let above = &self.text[upper.start..upper.end];
        let below = &self.text[lower.start..lower.end];
        if is_item(below) {
            return true;
        }
        let ended = ends_sentence(above);
        if let Some(width) = self.width {
            let full = is_full(upper, lower, width);
            let indented = lower.indent > upper.indent && ended;
            return indented || !full && (ended || !starts_small(below));
        }
        let goes_on = starts_small(below) || above.trim_end().ends_with([',', '-', '–']);
        !goes_on || ended || upper.length < NARROWEST || is_item(above)
    }

    fn line_at(&self, byte: usize) -> Option<Line> {
        let at = self.all.partition_point(|line| line.start <= byte);
        at.checked_sub(1).and_then(|at| self.all.get(at)).copied()
    }
}

fn line(text: &str, start: usize, end: usize) -> Line {
    let whole = &text[start..end];
    let kept = whole.trim_end();
    let bare = kept.trim_start();
    Line {
        start,
        end,
        length: kept.chars().count(),
        first_word: bare.chars().take_while(|c| !c.is_whitespace()).count(),
        indent: kept.len() - bare.len(),
    }
}

/// The column that explains most line ends: a line was ended where the next word did not fit.
///
/// Lines that end a sentence tell nothing: a paragraph may end there.
fn width(text: &str, lines: &[Line]) -> Option<usize> {
    let inner: Vec<(Line, Line)> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [upper, lower]
                if upper.length > 0
                    && lower.length > 0
                    && !ends_sentence(&text[upper.start..upper.end]) =>
            {
                Some((*upper, *lower))
            }
            _ => None,
        })
        .collect();
    if inner.len() < 2 {
        return None;
    }
    let mut lengths: Vec<usize> = inner.iter().map(|(upper, _)| upper.length).collect();
    lengths.sort_unstable();
    let width = *lengths.get((lengths.len() - 1) * 9 / 10)?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    // A line that is longer by far was not wrapped, and few such lines stand in wrapped text.
    let longest = width + width / 4;
    let written: Vec<&Line> = lines.iter().filter(|line| line.length > 0).collect();
    let overlong = written.iter().filter(|line| line.length > longest).count();
    if overlong as f64 > (1.0 - EXPLAINED) * written.len() as f64 {
        return None;
    }
    let full = inner
        .iter()
        .filter(|(upper, lower)| is_full(*upper, *lower, width))
        .count();
    (full as f64 >= EXPLAINED * inner.len() as f64).then_some(width)
}

/// Whether the first word of the line below had no room left; wrapping to a width in points leaves
/// lines of somewhat different lengths.
fn is_full(upper: Line, lower: Line, width: usize) -> bool {
    upper.length + 1 + lower.first_word + width / 8 >= width
}

/// Whether a line is a list item: a bullet, a dash, a number or a letter with a mark.
pub(super) fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if matches!(
        first,
        '•' | '*' | '·' | '▪' | '●' | '◦' | '‣' | '■' | '□' | '►' | '➢' | '✓'
    ) {
        return true;
    }
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    if matches!(first, '-' | '–' | '—' | '>') {
        return spaced(chars.as_str());
    }
    let line = line.strip_prefix('(').unwrap_or(line);
    let mark = line
        .char_indices()
        .take(4)
        .find(|(_, c)| !c.is_ascii_alphanumeric());
    mark.is_some_and(|(at, c)| {
        let label = &line[..at];
        let number = !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
        matches!(c, '.' | ')')
            && (number || (label.len() == 1 && c == ')'))
            && spaced(&line[at + 1..])
    })
}

/// Whether a line ends the way sentences do.
fn ends_sentence(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .ends_with(['.', '!', '?', ':', '…', '。', '؟', '۔', '।'])
}

fn starts_small(line: &str) -> bool {
    line.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items() {
        for line in ["- two dead", "• one", "1. first", "12) b", "(a) x", "a) x"] {
            assert!(is_item(line), "{line}");
        }
        for line in [
            "-5 degrees",
            "1.5 million",
            "A. Bello said",
            "2019 was",
            "No. 4",
        ] {
            assert!(!is_item(line), "{line}");
        }
    }

    #[test]
    fn knows_wrapped_text() {
        let wrapped = "The column left the depot at dawn and\nreached the river crossing \
                       two hours\nlater, where it waited for the engineers\nwho had been sent \
                       ahead.";
        assert!(Lines::new(wrapped).width.is_some());
        let paragraphs = "The column left the depot at dawn.\nIt reached the river crossing two \
                          hours later, where it waited for the engineers.\nNobody came.\nThe \
                          officer in charge turned back at noon and reported to his superiors.";
        assert!(Lines::new(paragraphs).width.is_none());
        let headlines = "Kesh: bridge blown up at dawn\nThe lorries wait on both banks\nNobody \
                         knew on Monday who had laid the charges under the bridge, and the mayor \
                         had left.";
        assert!(Lines::new(headlines).width.is_none());
        let both = "The column left the depot at dawn and\nreached the river.\nNobody was there \
                    when the first of the\nlorries drove onto the bridge, and the\nofficer \
                    turned back.\nHe reported at noon.";
        let lines = Lines::new(both);
        assert!(lines.width.is_some());
        let at = |word: &str| both.find(word).unwrap();
        assert!(!lines.breaks(at("\nlorries") - 1, at("lorries")));
        assert!(lines.breaks(at("\nNobody") - 1, at("Nobody")));
    }
}
