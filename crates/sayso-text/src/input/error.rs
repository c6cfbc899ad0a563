//! What can be wrong with what is handed in.

use std::fmt;
use std::io;

use super::{DocumentError, Format};
use crate::html::PageError;

/// What is read, for error messages.
pub(crate) const ALLOWED: &str = "a .txt, .html, .jsonl, .pdf or .docx file, a feed (.xml, .rss, .atom), a web \
     archive (.warc, .warc.gz), a Telegram export (.json), a folder of such files, or - for \
     standard input";

/// One report, file or folder that could not be read. The others are still read.
#[derive(Debug)]
pub enum InputError {
    /// The file or folder is not there or cannot be opened.
    Unreadable {
        /// File or folder as it was given.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no text.
    Binary {
        /// File.
        name: String,
        /// What it is.
        what: &'static str,
    },
    /// The file bears the name of a format, or was said to have it, and has not.
    OtherFormat {
        /// File.
        name: String,
        /// The format.
        format: Format,
    },
    /// A file without a word in it.
    Empty {
        /// File.
        name: String,
    },
    /// A file of a folder that is passed over; see [`InputError::is_notice`].
    Skipped {
        /// File.
        name: String,
        /// Why.
        why: &'static str,
    },
    /// A folder without a single file that is read.
    NothingInFolder {
        /// Folder.
        name: String,
    },
    /// A file larger than is read.
    TooLarge {
        /// File.
        name: String,
        /// Largest size in bytes.
        limit: u64,
    },
    /// A line of a `.jsonl` file longer than is read.
    LineTooLong {
        /// File.
        name: String,
        /// Line, from 1.
        line: u64,
        /// Longest line in bytes.
        limit: u64,
    },
    /// A line of a `.jsonl` file that is no JSON.
    Json {
        /// File.
        name: String,
        /// Line, from 1.
        line: u64,
        /// What the parser says, and at which column.
        source: serde_json::Error,
    },
    /// A field with a value that is not allowed, or a required one that is missing.
    Field {
        /// File.
        name: String,
        /// Line, from 1.
        line: u64,
        /// Field; empty where the whole line is meant.
        field: &'static str,
        /// The value as it stands, shortened; `nothing` where it is missing.
        value: String,
        /// What is allowed there.
        allowed: &'static str,
    },
    /// A page beyond the limits.
    Page {
        /// File.
        name: String,
        /// Which limit.
        source: PageError,
    },
    /// A PDF or Word document that no report can be made of.
    Document {
        /// File.
        name: String,
        /// Why.
        source: DocumentError,
    },
    /// One entry of a feed, record of an archive or message of an export. The others are read.
    Item {
        /// File.
        name: String,
        /// Which one.
        item: ItemAt,
        /// What is wrong with it.
        wrong: ItemError,
    },
    /// Items of a file that are passed over; see [`InputError::is_notice`].
    ItemsSkipped {
        /// File.
        name: String,
        /// How many.
        count: u64,
        /// What they are, in the plural.
        what: &'static str,
    },
    /// A feed of more entries than are read.
    TooMany {
        /// File.
        name: String,
        /// How many were read.
        limit: u64,
    },
    /// A web archive or an export that makes no sense any more; what follows is not read.
    Archive {
        /// File.
        name: String,
        /// What is wrong.
        what: String,
    },
    /// An address, where none is read.
    NoAddresses {
        /// The address.
        name: String,
    },
    /// What stands at an address could not be had.
    Fetch {
        /// The address.
        name: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// An item of a file of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemAt {
    /// What it is: `entry`, `record`, `message` or `chat`.
    pub kind: &'static str,
    /// Its number in the file, from 1.
    pub number: u64,
    /// The line on which it begins, from 1, where the file has lines.
    pub line: Option<u64>,
}

impl fmt::Display for ItemAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.number)?;
        self.line.map_or(Ok(()), |line| write!(f, " (line {line})"))
    }
}

/// What is wrong with one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemError {
    /// A field with a value that cannot be read, or a required one that is missing.
    Field {
        /// Field, as the format names it.
        field: &'static str,
        /// The value as it stands, shortened; `missing` where it is.
        value: String,
        /// What is allowed there.
        allowed: &'static str,
    },
    /// Its markup or JSON is broken.
    Broken {
        /// What the parser says.
        what: String,
    },
    /// It is not closed before the file ends.
    CutOff,
    /// It is larger than is read.
    TooLarge {
        /// Largest size in bytes.
        limit: u64,
    },
    /// It has neither text nor headline.
    Empty,
    /// It is no text.
    Binary {
        /// What it is.
        what: &'static str,
    },
    /// A page beyond the limits.
    Page(PageError),
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field {
                field,
                value,
                allowed,
            } => write!(f, "`{field}` is {value}; allowed is {allowed}"),
            Self::Broken { what } => write!(f, "cannot be read: {what}"),
            Self::CutOff => f.write_str("cut off: the file ends in the middle of it"),
            Self::TooLarge { limit } => write!(
                f,
                "larger than {} MB, which is the most that is read of one",
                limit / 1_000_000
            ),
            Self::Empty => f.write_str("it has neither text nor headline"),
            Self::Binary { what } => write!(f, "this is {what}; only text is read"),
            Self::Page(error) => error.fmt(f),
        }
    }
}

impl InputError {
    /// Whether this only tells that a file of a folder was passed over, which is no failure.
    pub fn is_notice(&self) -> bool {
        matches!(self, Self::Skipped { .. } | Self::ItemsSkipped { .. })
    }

    /// The file or folder it is about, as it was given.
    pub fn name(&self) -> &str {
        match self {
            Self::Unreadable { name, .. }
            | Self::Binary { name, .. }
            | Self::OtherFormat { name, .. }
            | Self::Skipped { name, .. }
            | Self::NothingInFolder { name }
            | Self::Empty { name }
            | Self::TooLarge { name, .. }
            | Self::LineTooLong { name, .. }
            | Self::Json { name, .. }
            | Self::Field { name, .. }
            | Self::Page { name, .. }
            | Self::Document { name, .. }
            | Self::Item { name, .. }
            | Self::ItemsSkipped { name, .. }
            | Self::TooMany { name, .. }
            | Self::Archive { name, .. }
            | Self::NoAddresses { name }
            | Self::Fetch { name, .. } => name,
        }
    }

    /// The line it is about, from 1, in a file of lines.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::LineTooLong { line, .. } | Self::Json { line, .. } | Self::Field { line, .. } => {
                Some(*line)
            }
            Self::Item { item, .. } => item.line,
            _ => None,
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { name, source } => match source.kind() {
                io::ErrorKind::NotFound => {
                    write!(f, "{name}: there is no such file or folder; give {ALLOWED}")
                }
                _ => write!(f, "{name}: cannot be read: {source}"),
            },
            Self::Binary { name, what } => write!(f, "{name}: this is {what}; give {ALLOWED}"),
            Self::OtherFormat { name, format } => {
                write!(f, "{name}: this is {}; give {ALLOWED}", format.not_this())
            }
            Self::Empty { name } => write!(f, "{name}: the file is empty; give {ALLOWED}"),
            Self::Skipped { name, why } => write!(f, "{name}: passed over: {why}"),
            Self::NothingInFolder { name } => {
                write!(f, "{name}: the folder holds no report; give {ALLOWED}")
            }
            Self::TooLarge { name, limit } => write!(
                f,
                "{name}: larger than {} MB, which is the most that is read of one such file; put \
                 many reports into a .jsonl file, one a line",
                limit / 1_000_000
            ),
            Self::LineTooLong { name, line, limit } => write!(
                f,
                "{name}, line {line}: longer than {} MB; give one report a line",
                limit / 1_000_000
            ),
            Self::Json { name, line, source } => write!(
                f,
                "{name}, line {line}: this is no JSON object ({}); give one report a line, such \
                 as {{\"text\": \"…\"}}",
                bare(source)
            ),
            Self::Field {
                name,
                line,
                field: "",
                value,
                allowed,
            } => write!(
                f,
                "{name}, line {line}: `{value}` is not allowed; give {allowed}"
            ),
            Self::Field {
                name,
                line,
                field,
                value,
                allowed,
            } => write!(
                f,
                "{name}, line {line}: `{field}` is {value}; give {allowed}"
            ),
            Self::Page { name, source } => write!(f, "{name}: {source}"),
            Self::Document { name, source } => write!(f, "{name}: {source}"),
            Self::Item { name, item, wrong } => write!(f, "{name}, {item}: {wrong}"),
            Self::ItemsSkipped { name, count, what } => {
                write!(f, "{name}: passed over {what}: {count}")
            }
            Self::TooMany { name, limit } => write!(
                f,
                "{name}: the feed has more than {limit} entries; the first {limit} were read"
            ),
            Self::Archive { name, what } => {
                write!(f, "{name}: {what}; what follows there was not read")
            }
            Self::NoAddresses { name } => write!(
                f,
                "{name}: addresses are read by `sayso add` alone; save what is there and give {ALLOWED}"
            ),
            Self::Fetch { name, source } => write!(f, "{name}: {source}"),
        }
    }
}

/// The parser's message with the column alone: its own line is always 1.
fn bare(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    match whole.split_once(" at line ") {
        Some((what, _)) => format!("{what}, column {}", error.column()),
        None => whole,
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            Self::Json { source, .. } => Some(source),
            Self::Page { source, .. } => Some(source),
            Self::Document { source, .. } => Some(source),
            Self::Fetch { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}
