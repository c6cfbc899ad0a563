//! From what an entry holds to the words a reader of it would see.

use super::entity;
use crate::html::{self, PageError};

/// How a piece of an entry is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Text as it stands.
    Plain,
    /// HTML, once XML's own escapes are undone.
    Html,
    /// RSS does not say; most is HTML.
    Unsaid,
}

/// A piece of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) written: Written,
}

/// The text of a piece, paragraphs parted by blank lines.
///
/// # Errors
/// [`PageError`] for HTML beyond the limits.
pub(super) fn body(piece: &Piece) -> Result<String, PageError> {
    let is_html = match piece.written {
        Written::Plain => false,
        Written::Html => true,
        Written::Unsaid => has_tags(&piece.text),
    };
    let text = if is_html {
        html::fragment(&piece.text)?
    } else if piece.written == Written::Unsaid {
        entity::decode(&piece.text).trim().to_owned()
    } else {
        piece.text.trim().to_owned()
    };
    Ok(without_trailer(&text).to_owned())
}

/// A headline or name: one line, without tags.
///
/// # Errors
/// As [`body`].
pub(super) fn line(piece: &Piece) -> Result<Option<String>, PageError> {
    let text = body(piece)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    Ok((!words.is_empty()).then(|| words.join(" ")))
}

/// Elements that texts of feeds are marked up with.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "link",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

/// Whether something in the text is a tag of HTML; "5 < 7" and "<sic>" are none.
fn has_tags(text: &str) -> bool {
    let Some(last) = text.rfind('>') else {
        return false;
    };
    text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or("");
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.bytes().take(16).take_while(u8::is_ascii_alphanumeric);
        let name = rest.get(..end.count()).unwrap_or("").to_ascii_lowercase();
        at < last && (ELEMENTS.contains(&name.as_str()) || rest.starts_with("!--"))
    })
}

/// Leaves out the last paragraph where it is the one that blog programs append: "The post …
/// appeared first on …".
fn without_trailer(text: &str) -> &str {
    let (rest, last) = match text.trim_end().rsplit_once("\n\n") {
        Some((rest, last)) => (rest, last),
        None => ("", text.trim()),
    };
    let is_trailer = ["The post ", "The article "]
        .iter()
        .any(|begin| last.starts_with(begin))
        && (last.contains(" appeared first on ") || last.contains(" first appeared on "));
    if is_trailer { rest } else { text }
}

/// Whether a text breaks off and sends its reader elsewhere: "… troops said […]", "Read more".
pub(super) fn is_cut(text: &str) -> bool {
    let end = text.trim_end();
    if CUTS.iter().any(|mark| end.ends_with(mark)) {
        return true;
    }
    let from = end.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let tail = end.get(from..).unwrap_or(end).to_lowercase();
    let tail = tail.trim_end_matches(['.', '»', '→', '>', ' ', ':']);
    LINKS.iter().any(|link| {
        // Somebody may as well have "read more" in a sentence.
        tail.strip_suffix(link).is_some_and(|before| {
            let before = before.trim_end_matches(' ');
            before.is_empty() || before.ends_with(['.', '…', ']', '\n', '!', '?', '”', '"', '>'])
        })
    })
}

/// Marks with which a text breaks off.
const CUTS: &[&str] = &["[…]", "[...]", "[..]", "…", "...", "(more)"];

/// Words that lead to the rest of a text.
const LINKS: &[&str] = &[
    "read more",
    "continue reading",
    "read full story",
    "full story",
    "read the full article",
    "read the full story",
    "read the rest",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn unsaid(text: &str) -> String {
        body(&Piece {
            text: text.to_owned(),
            written: Written::Unsaid,
        })
        .unwrap()
    }

    #[test]
    fn tags_and_entities_go_and_words_stay() {
        assert_eq!(
            unsaid("<p>Two &amp; <b>th</b>ree.</p>\n<p>Caf&eacute;s<br/>closed</p>"),
            "Two & three.\n\nCafés\nclosed"
        );
        assert_eq!(
            unsaid("Fewer than 5 < 7 &amp; more"),
            "Fewer than 5 < 7 & more"
        );
        assert_eq!(unsaid("One.\n\nTwo."), "One.\n\nTwo.");
        assert_eq!(unsaid("It <sic> said > no"), "It <sic> said > no");
        let plain = Piece {
            text: "Use <b> &amp; go".to_owned(),
            written: Written::Plain,
        };
        assert_eq!(body(&plain).unwrap(), "Use <b> &amp; go");
    }

    #[test]
    fn trailers_of_blogs_go() {
        assert_eq!(
            unsaid(
                "<p>Closed.</p><p>The post <a href=x>Road</a> appeared first on <a>Tarra Post</a>.</p>"
            ),
            "Closed."
        );
        assert_eq!(
            unsaid("<p>The post was overrun first on Monday.</p>"),
            "The post was overrun first on Monday."
        );
    }

    #[test]
    fn cut_texts() {
        for text in [
            "The road […]",
            "The road...",
            "The road. Read more »",
            "A (more)",
        ] {
            assert!(is_cut(text), "{text}");
        }
        for text in ["The road was closed.", "Few of them read more.", ""] {
            assert!(!is_cut(text), "{text}");
        }
    }

    #[test]
    fn headlines_are_one_line() {
        let piece = Piece {
            text: " Road\n <i>closed</i> ".to_owned(),
            written: Written::Unsaid,
        };
        assert_eq!(line(&piece).unwrap().as_deref(), Some("Road closed"));
    }
}
