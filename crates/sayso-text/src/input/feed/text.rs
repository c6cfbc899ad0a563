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
    Ok(text)
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

/// Leaves out the last paragraph where it is the one that blog programs append: "The post
/// *headline* appeared first on *outlet*." News may tell of posts and articles in the same words,
/// so either name has to be right.
pub(super) fn without_trailer<'t>(
    text: &'t str,
    title: Option<&str>,
    outlet: Option<&str>,
) -> &'t str {
    let Some((rest, last)) = text.trim_end().rsplit_once("\n\n") else {
        return text;
    };
    let named = ["The post ", "The article "]
        .iter()
        .find_map(|begin| last.strip_prefix(begin))
        .and_then(|names| {
            [" appeared first on ", " first appeared on "]
                .iter()
                .find_map(|mark| names.rsplit_once(mark))
        });
    let is_trailer = named.is_some_and(|(headline, site)| {
        let (headline, site) = (letters(headline), letters(site));
        let is_headline = title.is_some_and(|title| letters(title) == headline);
        let is_outlet = outlet.is_some_and(|outlet| letters(outlet).contains(&site));
        !site.is_empty() && (is_headline || is_outlet)
    });
    if is_trailer { rest } else { text }
}

/// The letters and digits alone, in lower case: programs write the rest each in their own way.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether an excerpt breaks off or sends its reader elsewhere: "… troops said […]", "The road was
/// closed... ", "Read more".
pub(super) fn is_cut(text: &str) -> bool {
    let (before, has_link) = without_link(text);
    has_link || ends_with(before, MARKS) || ends_with(before, ELLIPSES)
}

/// Whether a text that is meant to be the whole is cut all the same, as programs mark it: "… troops
/// said […]", "The road was closed... Read more".
///
/// An ellipsis alone may be the writer's own, and a link below a whole sentence may lead anywhere.
pub(super) fn is_marked_cut(text: &str) -> bool {
    let (before, has_link) = without_link(text);
    ends_with(before, MARKS) || (has_link && ends_with(before, ELLIPSES))
}

fn ends_with(text: &str, marks: &[&str]) -> bool {
    let end = text.trim_end();
    marks.iter().any(|mark| end.ends_with(mark))
}

/// The text before the words at its end that lead to the rest of it, and whether there are such.
fn without_link(text: &str) -> (&str, bool) {
    let tail = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '»' | '→' | '>' | ':'));
    let before = LINKS.iter().find_map(|link| {
        let at = tail.len().checked_sub(link.len())?;
        let (before, end) = tail.split_at_checked(at)?;
        // Somebody may as well have "read more" in a sentence.
        let own_line = before.ends_with('\n');
        let before = before.trim_end();
        let is_sentence =
            before.is_empty() || before.ends_with(['.', '…', ']', ')', '!', '?', '”', '"', '>']);
        (end.eq_ignore_ascii_case(link) && (own_line || is_sentence)).then_some(before)
    });
    before.map_or((text, false), |before| (before, true))
}

/// Marks that programs set where they cut a text.
const MARKS: &[&str] = &["[…]", "[...]", "[..]", "(more)", "(more…)", "(more...)"];

/// Marks with which a text breaks off, or a writer falls silent.
const ELLIPSES: &[&str] = &["…", "..."];

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
        let of = |text: &'static str| {
            without_trailer(
                text,
                Some("Road “closed” at Osk"),
                Some("Tarra Post – Region"),
            )
        };
        for trailer in [
            "Closed.\n\nThe post Road \"closed\" at Osk appeared first on Valley Blogs.",
            "Closed.\n\nThe post Osk road shut first appeared on Tarra Post.\n",
            "Closed.\n\nThe article Osk road shut appeared first on TARRA POST",
        ] {
            assert_eq!(of(trailer), "Closed.", "{trailer}");
        }
        for news in [
            "The post Road closed at Osk appeared first on Tarra Post.",
            "Closed.\n\nThe post that named him appeared first on a channel of the army.",
            "Closed.\n\nThe article first appeared on Monday, and two editors were held.",
            "Closed.\n\nThe post was overrun first on Monday.",
            "Closed.\n\nThe post Road closed at Osk appeared first on …",
        ] {
            assert_eq!(of(news), news);
        }
        let unknown = "A.\n\nThe post B appeared first on C.";
        assert_eq!(without_trailer(unknown, None, None), unknown);
    }

    #[test]
    fn cut_texts() {
        for text in [
            "The road […]",
            "A (more)",
            "The road... Read more »",
            "The road […]\n\nContinue reading →",
        ] {
            assert!(is_cut(text) && is_marked_cut(text), "{text}");
        }
        for text in [
            "The road...",
            "The road was closed. Read more »",
            "The road was closed\nRead more",
            "Nobody knows…",
        ] {
            assert!(is_cut(text) && !is_marked_cut(text), "{text}");
        }
        for text in ["The road was closed.", "Few of them read more.", "", "Aïe"] {
            assert!(!is_cut(text) && !is_marked_cut(text), "{text}");
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
