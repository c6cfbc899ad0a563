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
    sorted(&a.names, &b.names).map(|(name, _)| name.as_ref())
}

/// People that both reports name.
pub fn common_people<'a>(a: &'a Digest, b: &'a Digest) -> impl Iterator<Item = &'a str> {
    sorted(&a.people, &b.people).map(AsRef::as_ref)
}

/// Rarity of the names of a report together.
pub(super) fn rarity_of_names(digest: &Digest) -> f64 {
    hundredths(digest.names.iter().map(|&(_, rare)| rare))
}

/// Rarity of the names of both reports together.
pub(super) fn rarity_of_common_names(a: &Digest, b: &Digest) -> f64 {
    hundredths(sorted(&a.names, &b.names).map(|&(_, rare)| rare))
}

fn hundredths(numbers: impl Iterator<Item = u16>) -> f64 {
    f64::from(numbers.map(u32::from).sum::<u32>()) / 100.0
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
    let types = |digest: &Digest| -> Vec<String> {
        let happenings = digest.happenings.iter();
        happenings.filter_map(|h| h.acled.clone()).collect()
    };
    let (a, b) = (types(a), types(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|acled| b.contains(acled))
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
