//! Why no report can be made of a document.

use std::fmt;

/// Why no report can be made of a PDF or Word document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentError {
    /// The program that reads PDFs is not there, or is another one of that name.
    NoReader {
        /// The program that was looked for.
        program: String,
    },
    /// It takes a password to open it.
    Encrypted,
    /// Its author does not let text be taken out of it.
    Forbidden,
    /// Its pages are pictures.
    NoText {
        /// How many pages it has.
        pages: usize,
    },
    /// It is damaged, cut off, or no such document.
    Broken {
        /// What is wrong.
        what: String,
    },
    /// It unpacks to more than is read.
    TooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// Its elements are nested too deeply.
    TooDeep {
        /// Deepest nesting.
        limit: usize,
    },
    /// It has more parts than any document.
    TooManyParts {
        /// Most parts.
        limit: usize,
    },
    /// Reading it takes too long.
    TooSlow {
        /// Longest time in seconds.
        limit: u64,
    },
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoReader { program } => write!(
                f,
                "PDFs are read with poppler's pdftotext, and `{program}` is not there or another \
                 program: install it (Debian, Ubuntu: poppler-utils; Fedora: poppler-utils; macOS: \
                 brew install poppler; Windows: winget install oschwartz10612.Poppler), name it in \
                 SAYSO_PDFTOTEXT, or save the document as text or .docx"
            ),
            Self::Encrypted => {
                f.write_str("it is encrypted: open it with its password and save it without one")
            }
            Self::Forbidden => f.write_str(
                "its author does not let text be copied out of it: ask for a copy that may be read",
            ),
            Self::NoText { pages } => write!(
                f,
                "there is no text on its {pages} {}, only pictures, as in a scan: run a program that \
                 recognises text over it first, such as ocrmypdf",
                if *pages == 1 { "page" } else { "pages" }
            ),
            Self::Broken { what } => write!(
                f,
                "it cannot be read: {what}; open it in the program it was made with and save it again"
            ),
            Self::TooLarge { limit } => write!(
                f,
                "it unpacks to more than {} MB, which is the most that is read of one document",
                limit / 1_000_000
            ),
            Self::TooDeep { limit } => write!(
                f,
                "its elements are nested too deeply; at most {limit} levels are read"
            ),
            Self::TooManyParts { limit } => {
                write!(f, "it has too many parts; at most {limit} are looked at")
            }
            Self::TooSlow { limit } => write!(
                f,
                "reading it takes more than {limit} s, which is the most that a document is given"
            ),
        }
    }
}

impl std::error::Error for DocumentError {}
