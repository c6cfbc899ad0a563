//! From a file, a stream or an address to its reports, by its format.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use super::feed::Feed;
use super::lines::{Lines, replaced_note};
use super::telegram::Export;
use super::warc::Archive;
use super::{
    DocumentError, Fetched, Format, InputError, Several, document as documents, plain, sniff,
};
use crate::decode::decode_stated;
use crate::{NoteCode, Report, html};

/// Largest page, text or feed that is read, in bytes.
const LARGEST: u64 = 64_000_000;
/// Largest export of Telegram that is read, in bytes; it is held in memory.
const LARGEST_EXPORT: u64 = 1_000_000_000;

/// What a file or stream holds.
pub(super) enum Opened {
    /// One report, and the bytes it was read from.
    One(Box<Report>, Vec<u8>),
    /// Reports that follow one by one.
    Several(Box<dyn Several>),
}

/// What is known of a stream before it is read.
pub(super) struct Source<'n> {
    /// Its name, for errors.
    pub(super) name: &'n str,
    /// Where it was had from, if from a server.
    pub(super) address: Option<&'n str>,
    /// The encoding that a server named.
    pub(super) charset: Option<&'n str>,
    /// Its format, where it is known.
    pub(super) format: Option<Format>,
    /// Whether the user named the format; a file's name may say `.xml` of anything.
    pub(super) certain: bool,
}

/// Opens a file; `format` is what the user says it has.
pub(super) fn file(path: &Path, format: Option<Format>) -> Result<Opened, InputError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|source| InputError::Unreadable {
        name: name.clone(),
        source,
    })?;
    let source = Source {
        name: &name,
        address: None,
        charset: None,
        format: format.or_else(|| Format::of_path(path)),
        certain: format.is_some(),
    };
    stream(&source, Box::new(BufReader::with_capacity(1 << 16, file)))
}

/// Opens what stood at an address. A page there has to be an article: any other page, such as the
/// front page of an outlet, is told from a feed by name.
pub(super) fn fetched(
    address: &str,
    fetched: Fetched,
    format: Option<Format>,
) -> Result<Opened, InputError> {
    let source = Source {
        name: address,
        address: Some(address),
        charset: fetched.charset.as_deref(),
        format,
        certain: format.is_some(),
    };
    let opened = stream(&source, Box::new(Cursor::new(fetched.bytes)))?;
    Ok(match opened {
        Opened::One(report, _) if !is_article(&report) => {
            return Err(InputError::Binary {
                name: address.to_owned(),
                what: "a page without an article, and no feed",
            });
        }
        Opened::One(mut report, bytes) => {
            report.url.get_or_insert_with(|| address.to_owned());
            Opened::One(report, bytes)
        }
        several @ Opened::Several(_) => several,
    })
}

/// Reads a stream of a known format, or of the one its beginning tells.
pub(super) fn stream(
    source: &Source<'_>,
    mut reader: Box<dyn BufRead + Send>,
) -> Result<Opened, InputError> {
    let name = source.name;
    let unreadable = |source| InputError::Unreadable {
        name: name.to_owned(),
        source,
    };
    let mut head = Vec::new();
    (&mut reader)
        .take(sniff::HEAD)
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    if (head.len() as u64) < sniff::HEAD && head.iter().all(u8::is_ascii_whitespace) {
        return Err(InputError::Empty {
            name: name.to_owned(),
        });
    }
    let format = match source.format {
        None => sniff::sniff(&head),
        Some(stated) if source.certain || !stated.is_guess() => stated,
        // A name such as `.xml` or `.json` says little; pages and lines bear it as well.
        Some(stated) => match sniff::sniff(&head) {
            Format::Text => {
                return Err(InputError::OtherFormat {
                    name: name.to_owned(),
                    format: stated,
                });
            }
            // One object over many lines is no `.jsonl`, nor is one of something else.
            Format::Lines if !is_report_line(&head) => {
                return Err(InputError::OtherFormat {
                    name: name.to_owned(),
                    format: stated,
                });
            }
            found => found,
        },
    };
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    match format {
        Format::Archive => {
            let whole = Box::new(Cursor::new(head).chain(reader));
            return Ok(Opened::Several(Box::new(Archive::new(
                name.to_owned(),
                whole,
            ))));
        }
        Format::Lines if !wide => {
            let whole = Box::new(Cursor::new(head).chain(reader));
            return Ok(Opened::Several(Box::new(Lines::new(
                name.to_owned(),
                whole,
            ))));
        }
        Format::Lines
        | Format::Text
        | Format::Html
        | Format::Feed
        | Format::Telegram
        | Format::Pdf
        | Format::Docx => {}
    }
    let limit = if format == Format::Telegram {
        LARGEST_EXPORT
    } else {
        LARGEST
    };
    let mut bytes = head;
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(InputError::TooLarge {
            name: name.to_owned(),
            limit,
        });
    }
    match format {
        Format::Feed => Ok(Opened::Several(Box::new(Feed::new(
            name,
            bytes,
            source.address,
            source.charset,
        )?))),
        Format::Telegram => Ok(Opened::Several(Box::new(Export::new(name, bytes)?))),
        Format::Lines => {
            // UTF-16 cannot be cut into lines before it is decoded.
            let decoded = decode_stated(&bytes, false, source.charset).map_err(|refused| {
                InputError::Binary {
                    name: name.to_owned(),
                    what: refused.what,
                }
            })?;
            let whole = Cursor::new(decoded.text.into_bytes());
            Ok(Opened::Several(Box::new(Lines::new(
                name.to_owned(),
                whole,
            ))))
        }
        Format::Text | Format::Html | Format::Archive | Format::Pdf | Format::Docx => {
            let report = document(name, &bytes, format, source.charset)?;
            Ok(Opened::One(Box::new(report), bytes))
        }
    }
}

/// The report of a page or a text; `charset` is what a server said of it.
pub(super) fn document(
    name: &str,
    bytes: &[u8],
    format: Format,
    charset: Option<&str>,
) -> Result<Report, InputError> {
    let script = match format {
        Format::Pdf => Some(documents::pdf(bytes)),
        Format::Docx => Some(documents::docx(bytes)),
        _ => None,
    };
    if let Some(script) = script {
        let wrong = |source: DocumentError| InputError::Document {
            name: name.to_owned(),
            source,
        };
        return script.map(documents::report).map_err(wrong);
    }
    let is_page = format == Format::Html;
    let decoded = decode_stated(bytes, is_page, charset).map_err(|refused| InputError::Binary {
        name: name.to_owned(),
        what: refused.what,
    })?;
    let mut report = if is_page {
        html::page(&decoded.text).map_err(|source| InputError::Page {
            name: name.to_owned(),
            source,
        })?
    } else {
        plain::report(decoded.text)
    };
    if report.text.trim().is_empty() && report.title.is_none() {
        return Err(InputError::Empty {
            name: name.to_owned(),
        });
    }
    if decoded.replaced {
        report.notes.insert(0, replaced_note());
    }
    Ok(report)
}

/// Shortest paragraph of an article, in characters.
const PARAGRAPH: usize = 60;

/// Marks that end sentences, in the scripts of the world.
const ENDS: &[char] = &[
    '.', '!', '?', '…', '؟', '۔', '।', '။', '።', '。', '！', '？', '៖', '។',
];

/// Whether a page's text is an article: whole sentences in a paragraph, and not the headlines and
/// links of a front page.
pub(super) fn is_article(report: &Report) -> bool {
    let is_whole_page = report.notes.iter().any(|n| n.code == NoteCode::NoArticle);
    !is_whole_page
        && report
            .text
            .lines()
            .any(|line| line.contains(ENDS) && line.chars().count() >= PARAGRAPH)
}

/// Whether the first line looks like a whole JSON object with a text.
fn is_report_line(head: &[u8]) -> bool {
    let line = head.trim_ascii_start();
    let line = line
        .iter()
        .position(|byte| *byte == b'\n')
        .and_then(|end| line.get(..end))
        .unwrap_or(line)
        .trim_ascii_end();
    // A line longer than what is looked at has no end to look at.
    let is_whole = line.ends_with(b"}") || line.len() as u64 + 1 >= sniff::HEAD;
    is_whole && memchr::memmem::find(line, b"\"text\"").is_some()
}
