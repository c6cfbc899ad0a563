//! From bytes to a [`Reading`]: decoding, article text, language, sentences and tokens.
//!
//! The path of data starts here. Bytes become a [`Report`]; a report becomes a [`Reading`], whose
//! tokens the model then annotates (`sayso-model`). A `Reading` is immutable once made.

mod address;
mod decode;
mod hidden;
pub mod html;
pub mod input;
mod label;
mod language;
mod read;
mod reading;
mod report;
mod sentence;
mod span;
mod token;

pub use decode::{Decoded, NotText, decode};
pub use hidden::{Hides, hidden, is_unseen};
pub use label::{NameKind, Rel, Role, Upos, Xpos};
pub use read::read;
pub use reading::{Name, Note, NoteCode, Reading, RoleSpan, Sentence, Token, TokenRange};
pub use report::{Published, Report, ReportError};
pub use sentence::split as sentences;
pub use span::Span;
pub use token::tokenize;
