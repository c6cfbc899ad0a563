//! Gets documents by address, for `sayso add https://…`.
//!
//! Nothing else in the program opens a connection of its own accord, and this does only for an
//! address that the user typed, and for where that redirects to. Every wait, every size and every
//! chain of redirects has an end.

mod error;
mod fetcher;

pub use error::FetchError;
pub use fetcher::{Fetcher, Limits, Seen};
