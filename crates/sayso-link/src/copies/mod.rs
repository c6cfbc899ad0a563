//! Which reports are prints of one text: wire copies, syndicated articles, reposts.
//!
//! MinHash over shingles of words (Broder 1997), by one permutation (Li, Owen and Zhang 2012) with
//! the densification of Shrivastava and Li (2014), and locality-sensitive hashing in bands of two
//! rows, which finds copies of which a fifth of the shingles is left. What counts is containment:
//! a wire text cut to a third is a copy though it is much unlike the whole. Flashes of a sentence or
//! two are found the same way and compared word by word.

mod flash;
mod index;
mod passage;
mod signature;

pub use index::{Copies, Copy};
pub(crate) use index::{WINDOW, bands, contained};
pub use passage::{Passage, shared_passage};
pub use signature::{ROWS, Signature};
