//! Names, sorted and front-coded: each says how much of the one before it it keeps.
//!
//! The section holds the number of names, the start of each block of [`BLOCK`] names (both in
//! four bytes), then the names: bytes kept, bytes added, the bytes added. A block's first name
//! keeps nothing.

use crate::pack::NamePacker;

/// Names a block: reading one means reading at most this many.
pub(crate) const BLOCK: usize = 16;

/// Packs names that are sorted by their bytes; a name's number is its place in `sorted`.
pub(crate) fn pack(sorted: &[&str]) -> Vec<u8> {
    let mut packer = NamePacker::new(Vec::new());
    for name in sorted {
        // Writing to memory does not fail.
        let _ = packer.add(name);
    }
    let (mut section, body) = packer.finish();
    section.extend(body);
    section
}

/// The name with this number; `None` where the section does not hold it.
pub(crate) fn unpack(section: &[u8], number: usize) -> Option<String> {
    let word = |at: usize| {
        let bytes = section.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    let count = word(0)?;
    if number >= count {
        return None;
    }
    let bodies = 4 + 4 * count.div_ceil(BLOCK);
    let mut at = bodies + word(4 + 4 * (number / BLOCK))?;
    let mut name: Vec<u8> = Vec::with_capacity(32);
    for _ in 0..=number % BLOCK {
        let kept = usize::from(*section.get(at)?);
        let added = usize::from(*section.get(at + 1)?);
        name.truncate(kept);
        name.extend(section.get(at + 2..at + 2 + added)?);
        at += 2 + added;
    }
    String::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_read_back(names in prop::collection::btree_set("\\PC{0,20}", 0..70)) {
            let sorted: Vec<&str> = names.iter().map(String::as_str).collect();
            let section = pack(&sorted);
            for (number, name) in sorted.iter().enumerate() {
                let back = unpack(&section, number);
                prop_assert_eq!(back.as_deref(), Some(*name));
            }
            prop_assert_eq!(unpack(&section, sorted.len()), None);
        }

        #[test]
        fn any_bytes_give_some_answer(bytes in prop::collection::vec(any::<u8>(), 0..100), number in 0_usize..100) {
            let _ = unpack(&bytes, number);
        }
    }
}
