//! What can be wrong with a gazetteer file.

use std::fmt;
use std::path::PathBuf;

/// Why a gazetteer could not be opened.
#[derive(Debug)]
pub enum GazetteerError {
    /// The file could not be read.
    Read {
        /// The path as given.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The bytes do not open with the magic of a gazetteer.
    NotAGazetteer,
    /// A gazetteer of another format.
    Format {
        /// The number in the file.
        found: u32,
        /// The number that this program reads.
        supported: u32,
    },
    /// A section ends outside the file, or its length does not fit its content.
    Section {
        /// Which section.
        name: &'static str,
    },
    /// The bytes are not those that were written: the file is cut short or damaged.
    Checksum,
    /// The index of names is damaged.
    Index {
        /// What the index says of itself.
        source: fst::Error,
    },
}

impl fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read the gazetteer {}", path.display()),
            Self::NotAGazetteer => write!(f, "this file is not a gazetteer"),
            Self::Format { found, supported } => write!(
                f,
                "the gazetteer has format {found}, and this program reads format {supported}"
            ),
            Self::Section { name } => {
                write!(f, "the gazetteer's section `{name}` does not fit the file")
            }
            Self::Checksum => write!(
                f,
                "the gazetteer is cut short or damaged: its checksum does not match"
            ),
            Self::Index { .. } => write!(f, "the gazetteer's index of names is damaged"),
        }
    }
}

impl std::error::Error for GazetteerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Index { source } => Some(source),
            _ => None,
        }
    }
}
