//! What can be wrong with the files of the model.

use std::fmt;
use std::path::PathBuf;

/// Why a model cannot be loaded or run.
#[derive(Debug)]
#[non_exhaustive]
pub enum ModelError {
    /// A file cannot be read.
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// `labels.json` is no label file, or its labels do not fit together.
    Labels {
        /// What is wrong with it.
        reason: String,
    },
    /// `vocab.txt` is no vocabulary.
    Vocabulary {
        /// What is wrong with it.
        reason: String,
    },
    /// The files are of a version that this program does not read.
    Version {
        /// The version that `labels.json` states.
        found: String,
    },
    /// The weights cannot be loaded: cut off, damaged or no ONNX.
    Weights {
        /// What the loader says.
        source: rten::LoadError,
    },
    /// A file is not the one that `labels.json` states the SHA-256 of.
    Damaged {
        /// Which file.
        name: &'static str,
    },
    /// The weights are not those that go with `labels.json` and `vocab.txt`.
    Mismatch {
        /// Which input or output, and what was expected of it.
        reason: String,
    },
    /// The network failed on an input.
    Run {
        /// What the runtime says.
        source: rten::RunError,
    },
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const RESTORE: &str = "restore the model folder from the repository or the release";
        match self {
            Self::File { path, .. } => write!(
                f,
                "cannot read {}: a model folder holds {}, labels.json and vocab.txt",
                path.display(),
                crate::reader::WEIGHTS_FILE
            ),
            Self::Labels { reason } => write!(f, "labels.json: {reason}; {RESTORE}"),
            Self::Vocabulary { reason } => write!(f, "vocab.txt: {reason}; {RESTORE}"),
            Self::Version { found } => write!(
                f,
                "the model is of version `{found}`, this program reads `{}`: use the model folder \
                 that came with the program",
                crate::labels::VERSION
            ),
            Self::Weights { .. } => {
                write!(f, "the weights are damaged or cut off; {RESTORE}")
            }
            Self::Damaged { name } => write!(
                f,
                "{name} is damaged, cut off or another one than labels.json states; {RESTORE}"
            ),
            Self::Mismatch { reason } => write!(
                f,
                "weights, labels.json and vocab.txt do not belong together ({reason}); {RESTORE}"
            ),
            Self::Run { .. } => write!(f, "the network failed on a window"),
        }
    }
}

impl std::error::Error for ModelError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Weights { source } => Some(source),
            Self::Run { source } => Some(source),
            _ => None,
        }
    }
}
