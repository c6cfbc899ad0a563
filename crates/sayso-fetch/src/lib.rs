//! Gets documents by address, for `sayso add https://…`.
//!
//! Nothing else in the program opens a connection of its own accord, and this does only for an
//! address that the user typed, and for where that redirects to. Neither may be of a private network,
//! unless the user allows that. Every wait, every size and every
//! chain of redirects has an end.

mod error;
mod fetcher;
mod private;

pub use error::FetchError;
pub use fetcher::{Fetcher, Limits, Seen};
