//! What a page may cost: checked on its tags before a tree is built of it.
//!
//! Building the tree of a hostile page takes time and memory that grow with the square of its
//! nesting, so the limits come first. The count errs on the high side.

use super::PageError;

/// Largest page, in bytes.
pub(super) const LARGEST: usize = 16 * 1024 * 1024;
/// Most tags.
const MOST_TAGS: usize = 200_000;
/// Deepest nesting.
const DEEPEST: usize = 512;
/// Most elements that open formatting tags may copy (`<b>` left open is opened again in each
/// paragraph that follows).
const MOST_COPIES: usize = 2_000_000;

/// Most bytes that writing the page may look through. The writer of HTML (html5ever 0.40) looks for
/// the next `<` behind each `&` and each Latin-1 sign, so that its time grows with their number
/// times the length of the text. A page of four megabytes may have a hundred thousand of them.
const MOST_LOOKED_THROUGH: usize = 400_000_000_000;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];

/// Elements that the parser opens again after they were closed out of order.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements through which a closing tag does not reach.
const WALLS: &[&str] = &[
    "applet", "button", "caption", "marquee", "math", "object", "select", "svg", "table", "td",
    "template", "th",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed",
];

/// Raw elements that are written as they stand, outside of pictures and formulas.
const UNESCAPED: &[&str] = &["script", "style", "xmp", "iframe", "noembed"];

/// Checks size, number of tags, nesting and signs to escape of `html`.
pub(super) fn check(html: &str) -> Result<(), PageError> {
    if html.len() > LARGEST {
        return Err(PageError::TooLarge {
            bytes: html.len(),
            limit: LARGEST,
        });
    }
    let mut open: Vec<String> = Vec::new();
    // Formatting tags that are still to be closed, as they are written.
    let mut formatting: Vec<&str> = Vec::new();
    let (mut tags, mut copies) = (0_usize, 0_usize);
    let (mut length, mut signs) = (html.len(), signs(html));
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        tags += 1;
        if tags > MOST_TAGS {
            return Err(PageError::TooManyTags { limit: MOST_TAGS });
        }
        let name = tag.name.as_str();
        let formats = FORMATTING.contains(&name);
        if tag.closes {
            if formats {
                let last = formatting.iter().rposition(|written| opens(written, name));
                if let Some(last) = last {
                    formatting.remove(last);
                }
            }
            close(&mut open, name);
            continue;
        }
        if VOID.contains(&name) {
            continue;
        }
        if is_raw(name) {
            let from = at;
            at = end_of_raw(html, at, name);
            let is_drawn = open.iter().any(|o| o == "svg" || o == "math");
            if UNESCAPED.contains(&name) && !is_drawn {
                let raw = html.get(from..at).unwrap_or("");
                length -= raw.len();
                signs -= self::signs(raw);
            }
            continue;
        }
        close_implied(&mut open, name);
        copies += formatting.len();
        if formats {
            let written = written(html, &tag);
            // The parser keeps at most three tags that are written alike, and one `a`.
            let alike = formatting.iter().filter(|w| **w == written).count();
            let single = name == "a" && formatting.iter().any(|w| opens(w, "a"));
            if alike < 3 && !single {
                formatting.push(written);
            }
        }
        open.push(tag.name);
        if open.len() + formatting.len() > DEEPEST {
            return Err(PageError::TooDeep { limit: DEEPEST });
        }
        if copies > MOST_COPIES {
            return Err(PageError::TooManyTags { limit: MOST_TAGS });
        }
    }
    if signs.saturating_mul(length) > MOST_LOOKED_THROUGH {
        return Err(PageError::TooManySigns { signs });
    }
    Ok(())
}

/// Signs that are escaped, or looked at for that: `&`, and the first byte of those of Latin-1.
fn signs(html: &str) -> usize {
    memchr::memchr2_iter(b'&', 0xc2, html.as_bytes()).count()
}

/// The tag as it is written, up to its attributes' first 200 bytes.
fn written<'h>(html: &'h str, tag: &Tag) -> &'h str {
    let rest = html.get(tag.start..).unwrap_or("");
    let end = rest.bytes().take(200).position(|b| b == b'>');
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// Whether `written` is a tag of element `name`.
fn opens(written: &str, name: &str) -> bool {
    written
        .get(1..=name.len())
        .is_some_and(|w| w.eq_ignore_ascii_case(name))
        && !written[1 + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Closes what the start of element `name` closes by itself, formatting in between or not.
fn close_implied(open: &mut Vec<String>, name: &str) {
    let closes: &[&[&str]] = match name {
        "td" | "th" => &[&["td", "th"]],
        "tr" => &[&["td", "th"], &["tr"]],
        "dd" | "dt" => &[&["dd", "dt"]],
        "p" => &[&["p"]],
        "li" => &[&["p"], &["li"]],
        "option" => &[&["option"]],
        _ => return,
    };
    for group in closes {
        let last = open
            .iter()
            .rposition(|o| !FORMATTING.contains(&o.as_str()) && o != "span");
        if let Some(last) = last
            && open.get(last).is_some_and(|o| group.contains(&o.as_str()))
        {
            open.truncate(last);
        }
    }
}

fn close(open: &mut Vec<String>, name: &str) {
    let found = open
        .iter()
        .rposition(|o| o == name || WALLS.contains(&o.as_str()));
    if let Some(at) = found.filter(|at| open.get(*at).is_some_and(|o| o == name)) {
        open.truncate(at);
    }
}

/// A tag's name and where it stands; `end` is where its name ends.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The next tag at or after byte `at`; comments and declarations are passed over.
pub(super) fn next_tag(html: &str, mut at: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == b'<')?;
        let rest = &bytes[at + 1..];
        if rest.starts_with(b"!--") {
            at = html
                .get(at + 4..)
                .and_then(|r| r.find("-->"))
                .map_or(bytes.len(), |i| at + 4 + i + 3);
            continue;
        }
        let closes = rest.first() == Some(&b'/');
        let start = at + 1 + usize::from(closes);
        let length = bytes[start..]
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
            .count();
        if length == 0 || !bytes[start].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        return Some(Tag {
            name: String::from_utf8_lossy(&bytes[start..start + length]).to_ascii_lowercase(),
            closes,
            start: at,
            end: start + length,
        });
    }
}

/// Whether the content of element `name` is no markup.
pub(super) fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// Where the raw content of `name` that begins at `at` ends.
pub(super) fn end_of_raw(html: &str, at: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut from = at;
    while let Some(i) = bytes
        .get(from..)
        .and_then(|r| r.windows(2).position(|w| w == b"</"))
    {
        let start = from + i + 2;
        let found = bytes
            .get(start..start + name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if found {
            return start + name.len();
        }
        from = start;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_sloppy_pages_pass() {
        let rows = "<tr><td><b>Two<td>Three".repeat(400);
        assert_eq!(check(&format!("<table>{rows}</table>")), Ok(()));
        let fonts = "<p><font size=2>One".repeat(2000);
        assert_eq!(check(&fonts), Ok(()));
        let list = "<li>One <b>two</b><br>".repeat(5000);
        assert_eq!(check(&format!("<ul>{list}</ul>")), Ok(()));
        let paragraphs = "<p>One <i>two</i>".repeat(5000);
        assert_eq!(check(&paragraphs), Ok(()));
        assert_eq!(check("<script>if (a<b) { '<div>' }</script><p>x"), Ok(()));
    }

    #[test]
    fn stops_hostile_ones() {
        assert_eq!(
            check(&"<div>".repeat(100_000)),
            Err(PageError::TooDeep { limit: DEEPEST })
        );
        assert_eq!(
            check(&"<div></x>".repeat(100_000)),
            Err(PageError::TooDeep { limit: DEEPEST })
        );
        let different: Vec<String> = (0..300).map(|n| format!("<b id={n}>")).collect();
        let different = different.concat();
        assert!(check(&format!("{different}{}", "<p>x</p>".repeat(90_000))).is_err());
        assert!(check(&"<br>".repeat(300_000)).is_err());
        for sign in ["&", "&amp;", "\u{a0}", "<svg><style>&&&&&&&&"] {
            let page = sign.repeat(4_000_000 / sign.len());
            assert!(
                matches!(check(&page), Err(PageError::TooManySigns { .. })),
                "{sign}"
            );
        }
        let script = format!("<script>{}</script><p>x", "a && b;".repeat(1_000_000));
        assert_eq!(check(&script), Ok(()));
        let links = "<a href='/?a=1&amp;b=2'>«One»</a> ".repeat(30_000);
        assert_eq!(check(&links), Ok(()));
    }
}
