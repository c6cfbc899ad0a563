//! Which characters are not seen, and where a script needs them.

/// What a character does that a reader does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hides {
    /// Shows what follows in another order than it is stored.
    Order,
    /// Nothing but being there: two words that look alike are not the same.
    Itself,
}

/// How far a mark of direction is from the letters that it is for, in characters.
const NEAR: usize = 40;

/// The characters of `text` that are not seen, each with its byte offset, in order. Where a script
/// needs one (joiners in Persian and Hindi, marks of direction between Arabic and Latin words,
/// variation selectors behind signs) it is left out.
///
/// They are those with the property `Default_Ignorable_Code_Point` (Unicode 17,
/// `DerivedCoreProperties.txt`), the blank of Braille (U+2800) and the marks of interlinear
/// annotations (U+FFF9 to U+FFFB).
///
/// ```
/// use sayso_text::{Hides, hidden};
/// let found: Vec<_> = hidden("Ka\u{3164}ura").collect();
/// assert_eq!(found, [(2, '\u{3164}', Hides::Itself)]);
/// assert_eq!(hidden("می\u{200c}رود").count(), 0);
/// ```
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char, Hides)> + '_ {
    text.char_indices().filter_map(move |(at, c)| {
        let kind = kind(c)?;
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        (!is_needed(c, before, after)).then_some((at, c, kind))
    })
}

/// Whether `c` is not seen, wherever it stands: two names that differ in such characters alone are
/// one name.
pub fn is_unseen(c: char) -> bool {
    kind(c).is_some()
}

fn kind(c: char) -> Option<Hides> {
    match c {
        // Most of what there is.
        '\0'..'\u{ad}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Hides::Order),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Some(Hides::Itself),
        _ => None,
    }
}

/// Whether the writing around it needs `c`.
fn is_needed(c: char, before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let beside = |is: fn(char) -> bool| last.is_some_and(is) || next.is_some_and(is);
    match c {
        '\u{200c}' | '\u{200d}' => beside(joins),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            let near = |mut letters: Box<dyn Iterator<Item = char> + '_>| {
                letters
                    .find(|c| c.is_alphanumeric())
                    .is_some_and(runs_right_to_left)
            };
            near(Box::new(before.chars().rev().take(NEAR)))
                || near(Box::new(after.chars().take(NEAR)))
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            next == Some('\u{20e3}') || last.is_some_and(has_variants)
        }
        '\u{34f}' => beside(|c| matches!(c, '\u{590}'..='\u{5ff}')),
        '\u{115f}' | '\u{1160}' => beside(is_jamo),
        '\u{17b4}' | '\u{17b5}' => {
            beside(|c| matches!(c, '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17ff}'))
        }
        '\u{180b}'..='\u{180f}' => {
            beside(|c| matches!(c, '\u{1800}'..='\u{180a}' | '\u{1810}'..='\u{18af}'))
        }
        '\u{2800}' => beside(|c| matches!(c, '\u{2801}'..='\u{28ff}')),
        _ => false,
    }
}

/// Letters whose form a joiner beside them changes, and the signs that are joined to one emoji.
///
/// Source: The Unicode Standard, chapters 9, 12, 13, 16 and 23.2; Unicode Technical Standard #51.
fn joins(c: char) -> bool {
    matches!(c,
        // Arabic, Syriac, N'Ko, Mandaic.
        '\u{600}'..='\u{60f}' | '\u{620}'..='\u{77f}' | '\u{7c0}'..='\u{7ff}' | '\u{840}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        // The scripts of India, Sri Lanka, Tibet, Burma, Cambodia and Mongolia.
        | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1800}'..='\u{18af}'
        | '\u{a8e0}'..='\u{a8ff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' | '\u{11000}'..='\u{11fff}'
        // Emoji, and what turns a sign into one.
        | '\u{2190}'..='\u{27ff}' | '\u{2801}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// What a variation selector has a meaning behind: signs, Han characters, and the letters of
/// `StandardizedVariants.txt`.
fn has_variants(c: char) -> bool {
    !c.is_alphanumeric() && kind(c).is_none() && !c.is_whitespace() && !c.is_ascii()
        || matches!(c, '\u{1000}'..='\u{109f}' | '\u{1800}'..='\u{18af}' | '\u{a840}'..='\u{a87f}'
            | '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '\u{2100}'..='\u{214f}' | '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{32ff}' | '\u{1f100}'..='\u{1f2ff}')
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115e}' | '\u{1161}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of these, in a Latin word, makes another word that looks the same.
    #[test]
    fn nothing_invisible_stands_unseen_in_a_latin_word() {
        let all = ('\u{ad}'..='\u{e0fff}').filter(|c| kind(*c).is_some());
        let mut count = 0;
        for c in all {
            let word = format!("Ka{c}ura");
            assert_eq!(hidden(&word).count(), 1, "U+{:04X}", u32::from(c));
            count += 1;
        }
        // 4,174 of the property in Unicode 17, U+2800 and the three of annotations.
        assert_eq!(count, 4_178);
    }

    /// The page and the notebooks show the same: their tests read this file too.
    #[test]
    fn cases_for_all_who_show_text() {
        let cases = include_str!("../../tests/hidden.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(cases).unwrap();
        assert!(cases.len() > 20);
        for case in cases {
            let text = case["text"].as_str().unwrap();
            let found: Vec<usize> = hidden(text)
                .map(|(at, ..)| text[..at].chars().count())
                .collect();
            let wanted: Vec<usize> = serde_json::from_value(case["hidden"].clone()).unwrap();
            assert_eq!(found, wanted, "{text:?}");
        }
    }
}
