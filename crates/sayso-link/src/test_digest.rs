//! Digests for tests.

use crate::Digest;
use crate::digest::{Name, spelt};

/// A report of day `published` with these names.
pub(crate) fn digest(id: &str, published: i32, names: &[(&str, u16)]) -> Digest {
    let names: Vec<(Box<str>, u16)> = names.iter().map(|&(n, r)| (n.into(), r)).collect();
    let mut names = spelt(names);
    names.dedup();
    let (names, names_spelt): (Vec<Name>, _) = names.into_iter().unzip();
    Digest {
        report: id.to_owned(),
        published: Some(published),
        names_rare: names.iter().map(|name| u32::from(name.rare)).sum(),
        names,
        names_spelt,
        ..Digest::default()
    }
}
