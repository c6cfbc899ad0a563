//! Made archives: for the benchmarks here, and for tests that need many reports or sheets.

pub mod draw;
pub mod reports;
pub mod sheets;
