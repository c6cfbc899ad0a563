//! Classes of characters that the tokeniser and the sentence splitter ask for.

/// Characters that show nothing by themselves and belong to the word they stand in.
pub(crate) fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0001}'..='\u{e007f}'
    )
}

/// Letters, digits, marks, underscores, format characters.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || is_format(c)
}

/// Ideographs and hiragana: written without spaces, one token each.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The marks that newsrooms and keyboards use for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '＇')
}

/// Line ends, the Unicode ones included.
pub(crate) fn is_newline(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Number of line ends in `gap`; CR LF is one, a paragraph separator two.
pub(crate) fn line_ends(gap: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    for c in gap.chars() {
        count += match c {
            '\n' if before == '\r' => 0,
            '\u{2029}' => 2,
            c if is_newline(c) => 1,
            _ => 0,
        };
        before = c;
    }
    count
}

/// Full stops of other scripts: they end a sentence whatever follows.
pub(crate) fn is_strong_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '｡'
            | '！'
            | '？'
            | '．'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '။'
            | '።'
            | '፧'
            | '។'
            | '։'
    )
}

/// Opening quotation marks and brackets that cannot be closing ones in English.
pub(crate) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '“' | '‘' | '«' | '„' | '‚' | '‹' | '「' | '『' | '（' | '【' | '《'
    )
}

/// Closing quotation marks and brackets.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '”' | '’' | '»' | '›' | '」' | '』' | '）' | '】' | '》'
    )
}
