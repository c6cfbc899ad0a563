//! Digests for tests.

use crate::Digest;

/// A report of day `published` with these names.
pub(crate) fn digest(id: &str, published: i32, names: &[(&str, u16)]) -> Digest {
    let mut names: Vec<(Box<str>, u16)> = names.iter().map(|&(n, r)| (n.into(), r)).collect();
    names.sort();
    Digest {
        report: id.to_owned(),
        published: Some(published),
        outlet: None,
        terms: Vec::new(),
        names,
        people: Vec::new(),
        numbers: Vec::new(),
        happenings: Vec::new(),
        points: Vec::new(),
        divisions: Vec::new(),
    }
}
