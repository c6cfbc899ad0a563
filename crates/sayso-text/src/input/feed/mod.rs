//! Feeds: RSS 2.0, RSS 1.0 and Atom, one report an entry.
//!
//! Source: the RSS 2.0 specification, RDF Site Summary 1.0 with its content module, RFC 4287.

mod date;
mod element;
pub(in crate::input) mod entity;
mod entry;
mod id;
mod namespace;
mod split;
mod text;

use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::lines::replaced_note;
use super::{Format, InputError, ItemAt, ItemError, Several};
use crate::{Report, decode};
use element::Elements;
use entry::About;
use id::Scope;
use namespace::Vocabulary;
use split::{Piece, Pieces};

/// Largest entry that is read, in bytes.
const LARGEST_ENTRY: usize = 16_000_000;

/// Longest name of an outlet or author that a feed gives for all its entries, in characters.
const LONGEST_NAME: usize = 300;

/// How far into the bytes the XML declaration ends.
const DECLARATION: usize = 512;

/// The entries of a feed, in its order.
pub(super) struct Feed {
    name: String,
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    about: About,
    pieces: std::vec::IntoIter<Piece>,
    number: u64,
    /// Of which bytes the last report was read; in UTF-16, of the document that was handed in.
    last: Range<usize>,
    wide: Option<Wide>,
    /// Whether there are more entries than are read.
    more: bool,
}

/// A document in UTF-16, kept beside what was made of it.
struct Wide {
    original: Vec<u8>,
    /// Bytes of the byte order mark.
    mark: usize,
    /// How far was counted: bytes of the text, and of the original.
    counted: (usize, usize),
}

impl Feed {
    /// The feed in `bytes`. `address` is where it was had from, if from a server, and `charset`
    /// the encoding that the server named.
    pub(super) fn new(
        name: &str,
        bytes: Vec<u8>,
        address: Option<&str>,
        charset: Option<&str>,
    ) -> Result<Self, InputError> {
        let (bytes, encoding, wide) =
            prepared(bytes, charset).map_err(|what| InputError::Binary {
                name: name.to_owned(),
                what,
            })?;
        let Pieces {
            entries,
            around,
            more,
        } = split::split(&bytes);
        let mut header = String::new();
        for range in around {
            let part = bytes.get(range).unwrap_or_default();
            header.push_str(&encoding.decode_without_bom_handling(part).0);
        }
        let Some(about) = about(&header, address) else {
            return Err(InputError::OtherFormat {
                name: name.to_owned(),
                format: Format::Feed,
            });
        };
        Ok(Self {
            name: name.to_owned(),
            bytes,
            encoding,
            about,
            pieces: entries.into_iter(),
            number: 0,
            last: 0..0,
            wide,
            more,
        })
    }

    fn report(&mut self, piece: &Piece) -> Result<Report, ItemError> {
        let bytes = self.bytes.get(piece.range.clone()).unwrap_or_default();
        if bytes.len() > LARGEST_ENTRY {
            return Err(ItemError::TooLarge {
                limit: LARGEST_ENTRY as u64,
            });
        }
        if !piece.closed {
            return Err(ItemError::CutOff);
        }
        let (xml, replaced) = self.encoding.decode_without_bom_handling(bytes);
        let mut report = entry::report(&xml, &self.about)?;
        if report.text.trim().is_empty() {
            return Err(ItemError::Empty);
        }
        if replaced {
            report.notes.push(replaced_note());
        }
        self.last = match &mut self.wide {
            Some(wide) => wide.range(&self.bytes, &piece.range),
            None => piece.range.clone(),
        };
        Ok(report)
    }
}

impl Wide {
    /// Where a range of the text stands in the original. Ranges come in order.
    fn range(&mut self, text: &[u8], range: &Range<usize>) -> Range<usize> {
        let start = self.offset(text, range.start);
        start..self.offset(text, range.end)
    }

    fn offset(&mut self, text: &[u8], at: usize) -> usize {
        let (from, units) = self.counted;
        let part = text.get(from..at).unwrap_or_default();
        let units = units + String::from_utf8_lossy(part).encode_utf16().count();
        self.counted = (at, units);
        self.mark + units * 2
    }
}

impl Several for Feed {
    fn received(&self) -> &[u8] {
        let bytes = match &self.wide {
            Some(wide) => &wide.original,
            None => &self.bytes,
        };
        bytes.get(self.last.clone()).unwrap_or_default()
    }
}

impl Iterator for Feed {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(piece) = self.pieces.next() else {
            if std::mem::take(&mut self.more) {
                return Some(Err(InputError::TooMany {
                    name: self.name.clone(),
                    limit: split::MOST as u64,
                }));
            }
            return None;
        };
        self.number += 1;
        Some(self.report(&piece).map_err(|wrong| InputError::Item {
            name: self.name.clone(),
            item: ItemAt {
                kind: "entry",
                number: self.number,
                line: Some(piece.line),
            },
            wrong,
        }))
    }
}

/// The bytes as they can be cut by ASCII, their encoding, and the original where that is UTF-16.
type Prepared = (Vec<u8>, &'static Encoding, Option<Wide>);

/// By RFC 7303: the byte order mark, then the server's word, then the XML declaration; what is
/// valid UTF-8 is that, whatever anybody says.
fn prepared(mut bytes: Vec<u8>, charset: Option<&str>) -> Result<Prepared, &'static str> {
    let mark = Encoding::for_bom(&bytes);
    let shape = bytes.get(..4).unwrap_or_default();
    let wide = match mark {
        Some((encoding, mark)) if encoding != UTF_8 => Some((encoding, mark)),
        _ if shape.starts_with(b"<\0") => Some((UTF_16LE, 0)),
        _ if shape.starts_with(b"\0<") => Some((UTF_16BE, 0)),
        _ => None,
    };
    if let Some((encoding, mark)) = wide {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        let text = text.into_owned().into_bytes();
        let wide = Wide {
            original: bytes,
            mark,
            counted: (0, 0),
        };
        return Ok((text, UTF_8, Some(wide)));
    }
    if mark.is_some() {
        bytes.drain(..3);
    }
    if std::str::from_utf8(&bytes).is_ok() {
        return Ok((bytes, UTF_8, None));
    }
    let named = |label: &str| {
        let encoding = Encoding::for_label(label.trim().as_bytes())?;
        (encoding.is_ascii_compatible()).then_some(encoding)
    };
    let encoding = charset
        .and_then(named)
        .or_else(|| declared(&bytes).as_deref().and_then(named));
    let encoding = match encoding {
        // What is said to be UTF-8 and is not is damaged, or something else.
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => {
            let guessed = decode(&bytes, false).map_err(|refused| refused.what)?;
            named(guessed.encoding).unwrap_or(UTF_8)
        }
    };
    Ok((bytes, encoding, None))
}

/// The encoding of `<?xml version="1.0" encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(DECLARATION))?;
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start().strip_prefix("<?xml")?;
    let (head, _) = head.split_once("?>")?;
    let (_, rest) = head.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = rest.trim_start_matches(['"', '\'']);
    let end = label.find(['"', '\''])?;
    label.get(..end).map(str::to_owned)
}

/// What the feed says of itself, which was had from `address` or out of a file; `None` where it is
/// none. A mistake in it costs what follows it.
fn about(header: &str, address: Option<&str>) -> Option<About> {
    let mut about = About::default();
    let mut elements = Elements::new(header, namespace::Namespaces::default());
    let (root, attributes) = elements.enter().ok().flatten()?;
    let is_rss = match root.as_str() {
        "rss" | "RDF" => true,
        "feed" => false,
        _ => return None,
    };
    let base = attributes.into_iter().find(|(key, _)| key == "xml:base");
    let base = base.map(|(_, value)| value);
    if is_rss && !matches!(elements.enter(), Ok(Some((name, _))) if name == "channel") {
        about.namespaces = elements.into_namespaces();
        about.scope = Scope::new(address, &[base.as_deref()]);
        return Some(about);
    }
    let (mut id, mut own, mut site) = (None, None, None);
    while let Ok(Some(element)) = elements.next() {
        let text = element.text.trim().to_owned();
        match (element.vocabulary, element.name.as_str()) {
            (Vocabulary::Feed, "title") if about.title.is_none() => {
                let piece = text::Piece {
                    text,
                    written: text::Written::Unsaid,
                };
                about.title = text::line(&piece).ok().flatten().map(shortened);
            }
            (Vocabulary::Feed, "id") if !is_rss && !text.is_empty() => id = Some(text),
            (Vocabulary::Feed, "link") => {
                let href = element.attribute("href");
                match element.attribute("rel") {
                    Some("self") => own = own.or(href.map(str::to_owned)),
                    None | Some("alternate") => {
                        let target = href.map_or(text, str::to_owned);
                        if !target.is_empty() && site.is_none() {
                            site = Some(target);
                        }
                    }
                    Some(_) => {}
                }
            }
            (Vocabulary::Feed, "author") => {
                about.author = element.child("name").map(str::to_owned).map(shortened);
            }
            _ => {}
        }
    }
    let names = [&id, &own, &site, &base, &about.title];
    about.scope = Scope::new(address, &names.map(Option::as_deref));
    about.namespaces = elements.into_namespaces();
    Some(about)
}

/// A name, cut where it is none any more: each report of the feed bears it.
fn shortened(mut name: String) -> String {
    if let Some((at, _)) = name.char_indices().nth(LONGEST_NAME) {
        name.truncate(at);
        name.push('…');
    }
    name
}
