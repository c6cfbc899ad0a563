//! PURE: many sheets become incidents.
//!
//! ```text
//! Sheet ──Digest::of──▶ Digest ──Candidates──▶ pairs ──pair::values──▶ Graph ──cluster──▶ groups
//! ```
//!
//! No file, clock, network or randomness is reachable from here (`clippy.toml`). The answer is a
//! function of the set of reports: one at a time or all at once, in any order, they give the same
//! groups.

mod candidates;
mod cluster;
pub mod copies;
mod digest;
mod finding;
mod graph;
mod incident;
mod linker;
mod origin;
pub mod pair;
#[cfg(test)]
mod test_digest;
pub mod words;

pub use candidates::Candidates;
pub use digest::{Digest, Happening, Point};
pub use graph::Score;
pub use incident::{LinkKnowledge, incidents};
pub use linker::Linker;
