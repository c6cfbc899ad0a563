//! The gazetteer: places of the world by name.

/// Placeholder until the index lands.
pub struct Gazetteer {}
