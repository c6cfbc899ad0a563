//! Web archives: one report a page that holds an article.
//!
//! Read are the records of type `response` (a server's answer), `resource` (a document as such)
//! and `conversion` (a page's text, as in Common Crawl's WET files), of HTML and plain text.
//!
//! Source: ISO 28500 (WARC 1.0 and 1.1).

mod http;
mod record;
mod unpack;

use std::io::{self, BufRead, BufReader};

use super::open::{document, is_article};
use super::{Format, InputError, ItemAt, ItemError, Several};
use crate::{Report, address};
use http::Answer;
use record::{Record, Records, Wrong};
use unpack::Members;

/// Files that every server has for machines.
const FOR_MACHINES: &[&str] = &[
    "ads.txt",
    "app-ads.txt",
    "humans.txt",
    "llms.txt",
    "robots.txt",
    "security.txt",
];

/// The pages of a web archive, in its order.
pub(super) struct Archive {
    name: String,
    records: Records<Box<dyn BufRead + Send>>,
    received: Vec<u8>,
    without_article: u64,
}

impl Archive {
    /// The archive that `reader` gives, packed or not.
    pub(super) fn new(name: String, reader: Box<dyn BufRead + Send>) -> Self {
        let mut reader = reader;
        let is_packed = reader
            .fill_buf()
            .is_ok_and(|begin| begin.starts_with(b"\x1f"));
        if is_packed {
            reader = Box::new(BufReader::with_capacity(1 << 16, Members::new(reader)));
        }
        Self {
            name,
            records: Records::new(reader),
            received: Vec::new(),
            without_article: 0,
        }
    }

    /// The report of a record; `None` where it holds no article.
    fn report(&mut self, record: &Record) -> Result<Option<Report>, ItemError> {
        let target = record
            .header("warc-target-uri")
            .map(|uri| uri.trim_matches(['<', '>']).to_owned());
        let Some(answer) = answer(record)? else {
            return Ok(None);
        };
        if answer.kind == "text/plain" && target.as_deref().is_some_and(is_for_machines) {
            return Ok(None);
        }
        let format = match answer.kind.as_str() {
            "text/plain" => Format::Text,
            _ => Format::Html,
        };
        let charset = answer.charset.as_deref();
        let mut report = match document(&self.name, &answer.body, format, charset) {
            Ok(report) => report,
            Err(InputError::Binary { what, .. }) => return Err(ItemError::Binary { what }),
            Err(InputError::Page { source, .. }) => return Err(ItemError::Page(source)),
            // Crawls are full of empty answers.
            Err(_) => return Ok(None),
        };
        if !is_article(&report) {
            self.without_article += 1;
            return Ok(None);
        }
        if let Some(target) = target {
            if report.outlet.is_none() {
                report.outlet = address::host(&target);
            }
            report.url.get_or_insert(target);
        }
        Ok(Some(report))
    }
}

/// The document of a record, if it is one that is read.
fn answer(record: &Record) -> Result<Option<Answer>, ItemError> {
    let (kind, charset) = http::media_type(record.header("content-type").unwrap_or(""));
    let kind_of_record = record
        .header("warc-type")
        .unwrap_or("")
        .to_ascii_lowercase();
    match kind_of_record.as_str() {
        "response" if kind == "application/http" => http::answer(record.block()),
        "response" | "resource" | "conversion" if http::is_text(&kind) => Ok(Some(Answer {
            kind,
            charset,
            body: record.block().to_vec(),
        })),
        _ => Ok(None),
    }
}

fn is_for_machines(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let last = path.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    FOR_MACHINES.contains(&last.as_str())
}

impl Several for Archive {
    fn received(&self) -> &[u8] {
        &self.received
    }
}

impl Iterator for Archive {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.records.next() {
                Some(Ok(record)) => record,
                Some(Err(wrong)) => return Some(Err(self.error(wrong))),
                None => {
                    let count = std::mem::take(&mut self.without_article);
                    return (count > 0).then(|| {
                        Err(InputError::ItemsSkipped {
                            name: self.name.clone(),
                            count,
                            what: "pages that hold no article",
                        })
                    });
                }
            };
            match self.report(&record) {
                Ok(None) => {}
                Ok(Some(report)) => {
                    self.received = record.bytes;
                    return Some(Ok(report));
                }
                Err(wrong) => return Some(Err(self.error(Wrong::Record(record.number, wrong)))),
            }
        }
    }
}

impl Archive {
    fn error(&self, wrong: Wrong) -> InputError {
        let name = self.name.clone();
        match wrong {
            Wrong::Record(number, wrong) => InputError::Item {
                name,
                item: ItemAt {
                    kind: "record",
                    number,
                    line: None,
                },
                wrong,
            },
            Wrong::Archive(what) => InputError::Archive { name, what },
            Wrong::Io(error) if is_bomb(&error) => InputError::Archive {
                name,
                what: error.to_string(),
            },
            Wrong::Io(source) => InputError::Unreadable { name, source },
        }
    }
}

fn is_bomb(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<unpack::Bomb>)
}
