//! Why a coder cannot be made.

use std::fmt;
use std::path::PathBuf;

use sayso_lexicon::LexiconError;
use sayso_lexicon::own::OwnErrors;
use sayso_model::ModelError;
use sayso_place::GazetteerError;
use sayso_registry::RegistryError;

/// Why model, lexicon, gazetteer or registry cannot be used.
#[derive(Debug)]
pub enum CoderError {
    /// The model.
    Model(ModelError),
    /// The gazetteer.
    Gazetteer(GazetteerError),
    /// A gazetteer file of the user's own.
    OwnGazetteer {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: GazetteerError,
    },
    /// The lexicon.
    Lexicon(LexiconError),
    /// The registry of actors.
    Registry(RegistryError),
    /// A file of the user's own cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// A file of the user's own has mistakes.
    Own(OwnErrors),
}

impl fmt::Display for CoderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(error) => error.fmt(f),
            Self::Gazetteer(error) => error.fmt(f),
            // It has named the file itself.
            Self::OwnGazetteer {
                source: error @ GazetteerError::Read { source, .. },
                ..
            } => {
                write!(f, "{error}: {source}")
            }
            Self::OwnGazetteer { path, source } => write!(
                f,
                "{}: {source}; make one with `sayso gazetteer import`",
                path.display()
            ),
            Self::Lexicon(error) => error.fmt(f),
            Self::Registry(error) => error.fmt(f),
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Own(errors) => errors.fmt(f),
        }
    }
}

impl std::error::Error for CoderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Model(error) => error.source(),
            Self::Gazetteer(error) => error.source(),
            Self::OwnGazetteer { source, .. } => Some(source),
            Self::Lexicon(error) => error.source(),
            Self::Registry(error) => error.source(),
            Self::Read { source, .. } => Some(source),
            Self::Own(errors) => errors.source(),
        }
    }
}

impl From<ModelError> for CoderError {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<GazetteerError> for CoderError {
    fn from(error: GazetteerError) -> Self {
        Self::Gazetteer(error)
    }
}

impl From<RegistryError> for CoderError {
    fn from(error: RegistryError) -> Self {
        Self::Registry(error)
    }
}

impl From<LexiconError> for CoderError {
    fn from(error: LexiconError) -> Self {
        Self::Lexicon(error)
    }
}

impl From<OwnErrors> for CoderError {
    fn from(errors: OwnErrors) -> Self {
        Self::Own(errors)
    }
}
