//! Makes what the linker knows: how rare words are, and the weights of likenesses.

mod copies;
mod fit;
mod rarity;
mod study;

pub(crate) use copies::copies;
pub(crate) use rarity::rarity;
pub(crate) use study::study;
