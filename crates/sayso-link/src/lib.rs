//! PURE: many sheets become incidents.
//!
//! ```text
//! Sheet ──Digest::of──▶ Digest ──Candidates──▶ pairs ──pair::values──▶ Graph ──cluster──▶ groups
//! ```
//!
//! Sheets are looked at twice: [`Linking`] takes them one after another and keeps a few kilobytes of
//! each; [`Linked`] knows the incidents and asks for the sheets of one when its findings are wanted.
//! [`incidents`] does both over sheets that are in memory; [`archive`] cuts the work into pieces for
//! many machines.
//!
//! No file, clock, network or randomness is reachable from here (`clippy.toml`). The answer is a
//! function of the set of reports: one at a time or all at once, in any order, they give the same
//! groups.

pub mod archive;
mod candidates;
mod cluster;
pub mod copies;
mod decision;
mod deed;
mod digest;
mod finding;
mod graph;
mod incident;
mod lead;
mod linker;
mod origin;
pub mod pair;
mod rule;
mod spread;
#[cfg(test)]
mod test_digest;
pub mod words;

pub use candidates::Candidates;
pub use decision::{Decision, Decisions};
pub use digest::{Digest, Happening, Point};
pub use graph::Score;
pub use incident::{
    Brief, Intake, LinkKnowledge, Linked, Linking, changed_fields, changed_findings, incident_id,
    incidents, incidents_decided,
};
pub use linker::Linker;
pub use rule::{JudgingRule, JudgingRules};
