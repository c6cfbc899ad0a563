//! The incidents of a ledger: its reports as analysts left them, linked within some bounds.
//!
//! ```text
//! Book ──view──▶ reports ──reviewed──▶ sheets ──Linking──▶ Archive ──▶ incidents
//! ```
//!
//! Whoever shows incidents of a ledger asks here, so that the command line and the bindings show the
//! same. Nothing here prints, and nothing asks for the time.

mod archive;
pub mod asked;
mod decided;
mod kept;

pub use archive::{Archive, LeftOut, Sheets};
pub use decided::{OriginMark, decision_json, decisions, decisions_touching};
pub use kept::report_json;
