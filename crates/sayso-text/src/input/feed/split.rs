//! Where the entries of a feed begin and end, in its bytes.
//!
//! An XML reader stops at the first mistake, and most feeds in the wild have some. So the feed is
//! cut into entries first, by its tags alone: a broken entry then costs itself only.

use std::ops::Range;

use memchr::{memchr, memmem};

/// Most entries of one feed.
pub(super) const MOST: usize = 100_000;

/// A feed in pieces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    /// The entries, in order.
    pub(super) entries: Vec<Piece>,
    /// What stands around them: the feed's own description.
    pub(super) around: Vec<Range<usize>>,
    /// Whether there were more entries than are read.
    pub(super) more: bool,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its bytes, tags included.
    pub(super) range: Range<usize>,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Whether it is closed.
    pub(super) closed: bool,
}

/// Cuts the bytes of a feed, in any encoding that has ASCII's characters as ASCII's bytes.
pub(super) fn split(bytes: &[u8]) -> Pieces {
    let mut pieces = Pieces::default();
    let mut markup = Markup::new(bytes);
    // The open entry: where it begins, the name it closes with, how deep its namesakes are nested.
    let mut open: Option<(usize, &[u8], usize)> = None;
    let (mut around, mut line, mut counted) = (0, 1_u64, 0_usize);
    while let Some(tag) = markup.next() {
        match &mut open {
            None => {
                if !tag.closes && is_entry(tag.name) {
                    if pieces.entries.len() == MOST {
                        pieces.more = true;
                        break;
                    }
                    pieces.around.push(around..tag.range.start);
                    line += newlines(bytes, counted..tag.range.start);
                    counted = tag.range.start;
                    around = tag.range.end;
                    if tag.empty {
                        pieces.entries.push(Piece {
                            range: tag.range,
                            line,
                            closed: true,
                        });
                    } else {
                        open = Some((tag.range.start, tag.name, 0));
                    }
                }
            }
            Some((start, name, depth)) => {
                if tag.name == *name && !tag.empty {
                    if !tag.closes {
                        *depth += 1;
                    } else if *depth > 0 {
                        *depth -= 1;
                    } else {
                        pieces.entries.push(Piece {
                            range: *start..tag.range.end,
                            line,
                            closed: true,
                        });
                        around = tag.range.end;
                        open = None;
                    }
                }
            }
        }
    }
    match open {
        Some((start, _, _)) => pieces.entries.push(Piece {
            range: start..bytes.len(),
            line,
            closed: false,
        }),
        None => pieces.around.push(around..bytes.len()),
    }
    pieces
}

fn is_entry(name: &[u8]) -> bool {
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
    local == b"item" || local == b"entry"
}

/// Lines that end in `range`.
pub(super) fn newlines(bytes: &[u8], range: Range<usize>) -> u64 {
    let part = bytes.get(range).unwrap_or_default();
    memchr::memchr_iter(b'\n', part).count() as u64
}

/// A tag in the bytes.
struct Tag<'b> {
    name: &'b [u8],
    range: Range<usize>,
    closes: bool,
    empty: bool,
}

/// The tags of a document; what stands in comments and character data is none.
struct Markup<'b> {
    bytes: &'b [u8],
    at: usize,
    /// The next end of a comment and of character data: found once, not once for each start.
    comment_end: Next,
    data_end: Next,
}

impl<'b> Markup<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            comment_end: Next::default(),
            data_end: Next::default(),
        }
    }

    fn next(&mut self) -> Option<Tag<'b>> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let start = self.at + memchr(b'<', rest)?;
            let rest = self.bytes.get(start..)?;
            if rest.starts_with(COMMENT) {
                let from = start + COMMENT.len();
                let end = self.comment_end.after(self.bytes, b"-->", from);
                self.at = self.closed(from, end, COMMENT);
            } else if rest.starts_with(DATA) {
                let from = start + DATA.len();
                let end = self.data_end.after(self.bytes, b"]]>", from);
                self.at = self.closed(from, end, DATA);
            } else if let Some(tag) = tag(rest, start) {
                self.at = tag.range.end;
                return Some(tag);
            } else {
                self.at = start + 1;
            }
        }
    }
}

impl Markup<'_> {
    /// Where to go on behind what begins at `from` with `begin` and is closed at `end`. What holds
    /// another beginning was never closed: it would swallow the entries up to the end of the next.
    fn closed(&self, from: usize, end: Option<usize>, begin: &[u8]) -> usize {
        end.filter(|end| {
            let inner = self.bytes.get(from..*end).unwrap_or_default();
            memmem::find(inner, begin).is_none()
        })
        .unwrap_or(from)
    }
}

/// How a comment begins.
const COMMENT: &[u8] = b"<!--";
/// How character data begins.
const DATA: &[u8] = b"<![CDATA[";

/// Where a mark ends next; looked for again only once the last find is behind.
#[derive(Default)]
struct Next {
    found: usize,
    none: bool,
}

impl Next {
    fn after(&mut self, bytes: &[u8], mark: &[u8], from: usize) -> Option<usize> {
        if self.none {
            return None;
        }
        if self.found < from + mark.len() {
            let Some(at) = memmem::find(bytes.get(from..)?, mark) else {
                self.none = true;
                return None;
            };
            self.found = from + at + mark.len();
        }
        Some(self.found)
    }
}

/// The tag at the beginning of `rest`, which stands at `start`; `None` for a bare `<`.
fn tag(rest: &[u8], start: usize) -> Option<Tag<'_>> {
    let closes = rest.get(1) == Some(&b'/');
    let from = 1 + usize::from(closes);
    let length = rest
        .get(from..)?
        .iter()
        // No name that is looked for is longer.
        .take(64)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_'))
        .count();
    if length == 0 {
        return None;
    }
    let name = rest.get(from..from + length)?;
    // Attributes longer than this are no tag's of a feed; the limit keeps the search linear.
    let tail = rest.get(from + length..)?;
    let tail = tail.get(..tail.len().min(4096)).unwrap_or(tail);
    let close = memchr(b'>', tail)?;
    Some(Tag {
        name,
        range: start..start + from + length + close + 1,
        closes,
        empty: !closes && close > 0 && tail.get(close - 1) == Some(&b'/'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(feed: &str) -> Vec<(&str, u64, bool)> {
        split(feed.as_bytes())
            .entries
            .iter()
            .map(|piece| (&feed[piece.range.clone()], piece.line, piece.closed))
            .collect()
    }

    #[test]
    fn entries_by_their_tags() {
        let feed = "<rss><title>items</title>\n<item>a</item>\n\n<atom:entry x='1'>b<entry/></atom:entry>\
                    <items/><item/></rss>";
        assert_eq!(
            of(feed),
            [
                ("<item>a</item>", 2, true),
                ("<atom:entry x='1'>b<entry/></atom:entry>", 4, true),
                ("<item/>", 4, true)
            ]
        );
        let around: String = split(feed.as_bytes())
            .around
            .iter()
            .map(|range| &feed[range.clone()])
            .collect();
        assert_eq!(around, "<rss><title>items</title>\n\n\n<items/></rss>");
    }

    #[test]
    fn data_and_comments_hold_no_tags() {
        assert_eq!(
            of("<!-- <item>no</item> --><item><![CDATA[</item> yes]]></item>"),
            [("<item><![CDATA[</item> yes]]></item>", 1, true)]
        );
    }

    #[test]
    fn what_is_not_closed_costs_itself() {
        let found = of("<item><![CDATA[a</item>\n<item><![CDATA[b]]></item><item>c");
        assert_eq!(
            found,
            [
                ("<item><![CDATA[a</item>", 1, true),
                ("<item><![CDATA[b]]></item>", 2, true),
                ("<item>c", 2, false)
            ]
        );
        assert_eq!(of("<!-- <item>a</item>").len(), 1);
        let found = of("<item><!-- a</item>\n<item>b</item>\n<item><!-- c -->d</item>");
        assert_eq!(
            found,
            [
                ("<item><!-- a</item>", 1, true),
                ("<item>b</item>", 2, true),
                ("<item><!-- c -->d</item>", 3, true)
            ]
        );
    }

    #[test]
    fn hostile_feeds_take_linear_time() {
        let start = std::time::Instant::now();
        for unit in [
            "<![CDATA[",
            "<!--",
            "<item",
            "<item>",
            "<",
            "]]>",
            "<a b",
            "</item>",
        ] {
            let feed = format!("{}]]>", unit.repeat(4_000_000 / unit.len()));
            split(feed.as_bytes());
            split(&feed.as_bytes()[..feed.len() - 3]);
        }
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        assert!(split("<item></item>".repeat(MOST + 1).as_bytes()).more);
    }
}
