//! The registry of actors: armed groups, forces, governments and bodies by name, with what kind of
//! actor they are, where they are at home, what became of them, and when they existed.
//!
//! [`Registry`] looks names up in the bytes of one file, without parsing them; [`Builder`] makes
//! such bytes, of public facts (`facts`, feature `build`) or of a user's own file ([`own`]). Which of
//! several actors a name means in a report is not decided here but in `sayso-core`, which knows
//! the report. No private persons are in it: see `registry/CARD.md`.

mod body;
mod builder;
mod day;
#[cfg(feature = "build")]
pub mod facts;
mod format;
mod kind;
mod name;
pub mod own;
mod registry;

pub use body::Body;
pub use builder::{Builder, NewActor};
pub use day::Day;
pub use format::RegistryError;
pub use kind::{KINDS, SECTORS};
pub use name::{heard, is_acronym, key};
pub use registry::{Entry, How, Match, Registry};
