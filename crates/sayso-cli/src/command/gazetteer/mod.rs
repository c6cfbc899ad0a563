//! `sayso gazetteer`: looking places up, and making a larger gazetteer.

pub(crate) mod find;
pub(crate) mod import;
