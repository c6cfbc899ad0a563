//! What two reports have in common: names, people, numbers, tolls, types.

use crate::Digest;

/// Elements of two sorted slices that stand in both.
pub(super) fn sorted<'a, T: Ord>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = &'a T> {
    let mut rest = b;
    a.iter().filter(move |item| {
        let skip = rest.partition_point(|other| other < *item);
        rest = &rest[skip..];
        rest.first() == Some(*item)
    })
}

/// Names that both reports have, in alphabetical order.
pub fn common_names<'a>(a: &'a Digest, b: &'a Digest) -> impl Iterator<Item = &'a str> {
    spelt(&a.names_spelt, &b.names_spelt)
}

/// People that both reports name, in alphabetical order.
pub fn common_people<'a>(a: &'a Digest, b: &'a Digest) -> impl Iterator<Item = &'a str> {
    spelt(&a.people_spelt, &b.people_spelt)
}

/// How many people both reports name, and how many of these are private to both.
pub(super) fn people_in_common(a: &Digest, b: &Digest) -> (usize, usize) {
    (
        sorted(&a.people, &b.people).count(),
        sorted(&a.private, &b.private).count(),
    )
}

fn spelt<'a>(a: &'a [Box<str>], b: &'a [Box<str>]) -> impl Iterator<Item = &'a str> {
    let mut both: Vec<&str> = a
        .iter()
        .filter(|word| b.contains(word))
        .map(AsRef::as_ref)
        .collect();
    both.sort_unstable();
    both.into_iter()
}

/// Rarity of the names of a report together.
pub(super) fn rarity_of_names(digest: &Digest) -> f64 {
    f64::from(digest.names_rare) / 100.0
}

/// Rarity of the names of both reports together. Names are sorted by hash.
pub(super) fn rarity_of_common_names(a: &Digest, b: &Digest) -> f64 {
    let (mut here, mut there, mut sum) = (0, 0, 0_u32);
    // Without branches, as in the cosine.
    while let (Some(name), Some(other)) = (a.names.get(here), b.names.get(there)) {
        sum += u32::from(name.hash == other.hash) * u32::from(name.rare);
        here += usize::from(name.hash <= other.hash);
        there += usize::from(other.hash <= name.hash);
    }
    f64::from(sum) / 100.0
}

/// Whether some effect has the same number in both; `None` where no effect is counted in both.
pub(super) fn tolls(a: &Digest, b: &Digest) -> Option<bool> {
    let mut compared = None;
    for (effect, number) in a.happenings.iter().flat_map(|h| &h.tolls) {
        for (other, theirs) in b.happenings.iter().flat_map(|h| &h.tolls) {
            if effect == other {
                compared = Some(compared.unwrap_or(false) || number == theirs);
            }
        }
    }
    compared
}

/// Whether both have events of known types, and none of one type.
pub(super) fn no_type_in_common(a: &Digest, b: &Digest) -> bool {
    let mut here = a.happenings.iter().filter_map(|h| h.acled).peekable();
    let there = |acled: u64| b.happenings.iter().any(|h| h.acled == Some(acled));
    here.peek().is_some() && b.happenings.iter().any(|h| h.acled.is_some()) && !here.any(there)
}

/// Whether in the one somebody was shot, in the other something went off, and in none both.
pub(super) fn no_deed_in_common(a: &Digest, b: &Digest) -> bool {
    let all = |digest: &Digest, blast: bool| {
        let mut deeds = digest.happenings.iter().filter_map(|h| h.blast).peekable();
        deeds.peek().is_some() && deeds.all(|deed| deed == blast)
    };
    (all(a, true) && all(b, false)) || (all(a, false) && all(b, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_both_is_found_in_one_pass() {
        let found: Vec<i32> = sorted(&[1, 3, 5, 9], &[0, 3, 4, 9, 12]).copied().collect();
        assert_eq!(found, [3, 9]);
        assert_eq!(sorted::<i32>(&[], &[1]).count(), 0);
    }
}
