//! Makes what the linker knows: how rare words are, and the weights of likenesses.

mod clusters;
mod copies;
mod fit;
mod hand;
mod judged;
mod rarity;
mod study;

pub(crate) use clusters::section as clusters;
pub(crate) use copies::copies;
pub(crate) use judged::{section as judged, show as show_judged};
pub(crate) use rarity::rarity;
pub(crate) use study::study;
