//! One file a command.

pub(crate) mod actors;
pub(crate) mod backup;
pub(crate) mod code;
pub(crate) mod desk;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod gazetteer;
pub(crate) mod incidents;
pub(crate) mod ledger;
pub(crate) mod passphrase;
pub(crate) mod version;

use std::fmt;
use std::io;
use std::path::PathBuf;

use clap::CommandFactory as _;

use crate::arguments::Arguments;

/// Prints what can be typed.
///
/// # Errors
/// Where the output cannot be written.
pub(crate) fn help() -> Result<usize, Failure> {
    Arguments::command().print_help()?;
    Ok(0)
}

/// Why a command could not do its work at all.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The shipped model, gazetteer or lexicon cannot be used.
    Coder(sayso_coder::CoderError),
    /// Standard output is gone or full.
    Output(io::Error),
    /// A sheet could not be written as JSON.
    Json(serde_json::Error),
    /// A dump of places could not be imported.
    Import(sayso_place::import::ImportError),
    /// The ledger could not do it.
    Ledger(sayso_ledger::LedgerError),
    /// An export could not be made.
    Export(sayso_export::ExportError),
    /// The server could not run.
    Server(sayso_server::ServerError),
    /// A user could not be made or changed.
    User(sayso_server::UserError),
    /// A file named on the command line cannot be used.
    File(PathBuf, io::Error),
    /// Something else, in whole words.
    Told(String),
    /// A word on the command line that is not among the allowed ones.
    Word {
        /// What it is for.
        what: &'static str,
        /// The word.
        word: String,
        /// What is allowed.
        allowed: String,
    },
}

impl Failure {
    /// The reader of our output has had enough: no error for `sayso code … | head`.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            Self::Json(error) => error.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            Self::Coder(_)
            | Self::Import(_)
            | Self::Ledger(_)
            | Self::Export(_)
            | Self::Server(_)
            | Self::User(_)
            | Self::File(..)
            | Self::Told(_)
            | Self::Word { .. } => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coder(error) => error.fmt(f),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
            Self::Json(error) => write!(f, "cannot write a sheet as JSON: {error}"),
            Self::Ledger(error) => error.fmt(f),
            Self::Export(error) => error.fmt(f),
            Self::Server(error) => error.fmt(f),
            Self::User(error) => error.fmt(f),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Told(what) => f.write_str(what),
            Self::Word {
                what,
                word,
                allowed,
            } => write!(f, "`{word}` is no {what}: use {allowed}"),
            Self::Import(error) => {
                write!(f, "{error}")?;
                std::error::Error::source(error).map_or(Ok(()), |why| write!(f, ": {why}"))
            }
        }
    }
}

impl From<sayso_coder::CoderError> for Failure {
    fn from(error: sayso_coder::CoderError) -> Self {
        Self::Coder(error)
    }
}

impl From<sayso_place::import::ImportError> for Failure {
    fn from(error: sayso_place::import::ImportError) -> Self {
        Self::Import(error)
    }
}

impl From<sayso_ledger::LedgerError> for Failure {
    fn from(error: sayso_ledger::LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<sayso_export::ExportError> for Failure {
    fn from(error: sayso_export::ExportError) -> Self {
        Self::Export(error)
    }
}

impl From<sayso_server::ServerError> for Failure {
    fn from(error: sayso_server::ServerError) -> Self {
        Self::Server(error)
    }
}

impl From<sayso_server::UserError> for Failure {
    fn from(error: sayso_server::UserError) -> Self {
        Self::User(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}
