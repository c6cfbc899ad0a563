//! Why a GeoNames dump could not be imported.

use std::fmt;
use std::path::PathBuf;

use crate::GazetteerError;

/// Why a GeoNames dump could not be imported.
#[derive(Debug)]
pub enum ImportError {
    /// A dump cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// A dump that is called `.zip` is none.
    Zip {
        /// The file.
        path: PathBuf,
        /// What the archive's reader says.
        source: zip::result::ZipError,
    },
    /// There is no text in the archive, or several and none is called like the archive.
    NoText {
        /// The archive.
        path: PathBuf,
        /// The first of the names in it.
        found: Vec<String>,
    },
    /// The first line is not one of a GeoNames dump.
    NotADump {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// What was to be written is one of the files to be read.
    Same {
        /// The file.
        path: PathBuf,
    },
    /// There is no place of a known country in the dump.
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The scratch files beside the output cannot be written.
    Scratch {
        /// Their folder.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The gazetteer cannot be written.
    Write {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The index of names cannot be made.
    Index(fst::Error),
    /// A section would not fit the format.
    TooLarge {
        /// Which section.
        section: &'static str,
        /// Its bytes.
        bytes: u64,
    },
    /// What was written cannot be read back.
    Check(GazetteerError),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::Zip { path, .. } => write!(
                f,
                "{} is not a zip archive that can be read",
                path.display()
            ),
            Self::NoText { path, found } => write!(
                f,
                "{} holds no text called like it; it holds: {}",
                path.display(),
                if found.is_empty() {
                    "nothing".to_owned()
                } else {
                    found.join(", ")
                }
            ),
            Self::NotADump { path, line, why } => write!(
                f,
                "{}, line {line}: this is not a GeoNames dump: {why}",
                path.display()
            ),
            Self::Same { path } => write!(
                f,
                "{} is a dump that is read: give the gazetteer another name by --out",
                path.display()
            ),
            Self::Empty { path } => write!(f, "{} holds no place of any country", path.display()),
            Self::Scratch { path, .. } => {
                write!(f, "cannot write scratch files in {}", path.display())
            }
            Self::Write { path, .. } => write!(f, "cannot write {}", path.display()),
            Self::Index(_) => write!(f, "the index of names could not be made"),
            Self::TooLarge { section, bytes } => write!(
                f,
                "the section `{section}` would have {bytes} bytes, and the format holds {}",
                u32::MAX
            ),
            Self::Check(_) => write!(f, "what was written cannot be read back"),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. }
            | Self::Scratch { source, .. }
            | Self::Write { source, .. } => Some(source),
            Self::Zip { source, .. } => Some(source),
            Self::Index(source) => Some(source),
            Self::Check(source) => Some(source),
            Self::NoText { .. }
            | Self::NotADump { .. }
            | Self::Same { .. }
            | Self::Empty { .. }
            | Self::TooLarge { .. } => None,
        }
    }
}
