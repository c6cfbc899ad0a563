//! From byte offsets to code points.

use sayso_text::Span;

/// Maps byte offsets of one text to code points.
///
/// Memory: one number for every 64 bytes of text; a look-up counts at most 64 bytes.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `64 * i`.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Indexes `text`.
    pub fn of(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += chunk.iter().filter(|&&byte| is_first_byte(byte)).count();
        }
        marks.push(count);
        Self { text, marks }
    }

    /// Code points before byte `at`; an offset past the end is the length of the text.
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let mark = at / STEP;
        let rest = &self.text.as_bytes()[mark * STEP..at];
        self.marks[mark] + rest.iter().filter(|&&byte| is_first_byte(byte)).count()
    }

    /// `[start, end)` of `span` in code points.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.at(span.start()), self.at(span.end())]
    }
}

/// Whether `byte` begins a character in UTF-8.
fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slicing_by_code_points_gives_the_same_words(text in ".{0,200}", a in 0_usize..400, b in 0_usize..400) {
            let clamp = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) { at -= 1; }
                at
            };
            let (start, end) = (clamp(a.min(b)), clamp(a.max(b)));
            let [from, to] = CodePoints::of(&text).span(Span::new(start, end));
            let slice: String = text.chars().skip(from).take(to - from).collect();
            prop_assert_eq!(slice, &text[start..end]);
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(CodePoints::of("añb").at(99), 3);
        assert_eq!(CodePoints::of("").at(0), 0);
    }
}
