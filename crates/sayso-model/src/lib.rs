//! The encoder: word pieces, weights, inference, and the decoding of its heads.
//!
//! A [`Reader`] takes the bare [`Reading`](sayso_text::Reading) that `sayso-text` makes and fills
//! in parts of speech, lemmas, dependency trees, names and parts of attributions. The path of one
//! document:
//!
//! words → [`WordPieces`] → windows of whole sentences → the network (`rten`) → scores →
//! tags, trees, names and roles.
//!
//! One window of one document is run at a time, never two documents together: the int8
//! activations share one scale a tensor, so what stands beside a sentence changes its scores.
//! docs/DETERMINISM.md says what can be promised about equal bytes.

mod bio;
mod case;
mod categories;
mod dateline;
mod decode;
mod encoder;
mod error;
mod inflection;
mod labels;
mod lemma;
mod names;
mod normal;
mod pieces;
mod reader;
mod roles;
mod tree;
mod window;

pub use case::CaseClass;
pub use encoder::{Encoder, Scores, Table, WindowInput};
pub use error::ModelError;
pub use labels::{Labels, VERSION};
pub use pieces::{Piece, WordPieces};
pub use reader::{Encoded, Reader};
