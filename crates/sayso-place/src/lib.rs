//! The gazetteer: places of the world by name, with where they are and what holds them.
//!
//! [`Gazetteer`] looks names up in the bytes of one file, without copying them; [`Builder`] makes
//! such bytes. Which of several places a name means in a report is not decided here but in
//! `sayso-core`, which knows the report.

mod asked;
mod builder;
mod error;
#[cfg(feature = "build")]
pub mod facts;
mod feature;
mod fold;
mod format;
mod gazetteer;
#[cfg(feature = "import")]
pub mod import;
mod loose;
mod names;
mod pack;
#[cfg(any(feature = "build", feature = "import"))]
mod short;

pub use asked::Asked;
pub use builder::{Builder, NewPlace};
pub use error::GazetteerError;
pub use feature::Feature;
pub use fold::{Kind, fold};
pub use gazetteer::{Candidate, Country, Entry, Gazetteer, Match, PlaceId};
