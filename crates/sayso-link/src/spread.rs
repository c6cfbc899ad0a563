//! A map from hashes that is searched as quickly when it is large: cut into many small trees.
//!
//! An archive of years has a hundred times the keys of one of days. In one tree a search would go
//! through more levels, each of them far off in memory; of a thousand trees each stays flat. The
//! order of keys means nothing, so that nothing depends on how they are cut.

use std::collections::BTreeMap;

/// Trees of one map; with the keys of one stretch of time each has some dozens.
const TREES: usize = 1 << 10;

/// A map from hashes.
#[derive(Clone, Debug)]
pub(crate) struct Spread<V> {
    /// None before the first key comes.
    trees: Vec<BTreeMap<u64, V>>,
}

impl<V> Default for Spread<V> {
    fn default() -> Self {
        Self { trees: Vec::new() }
    }
}

impl<V> Spread<V> {
    /// What stands under `key`.
    pub(crate) fn get(&self, key: u64) -> Option<&V> {
        self.trees.get(tree(key))?.get(&key)
    }

    /// The same, to be changed; put there by `make` where nothing is.
    pub(crate) fn or_insert_with(&mut self, key: u64, make: impl FnOnce() -> V) -> &mut V {
        if self.trees.is_empty() {
            self.trees.resize_with(TREES, BTreeMap::new);
        }
        self.trees[tree(key)].entry(key).or_insert_with(make)
    }

    /// All values.
    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.trees.into_iter().flat_map(BTreeMap::into_values)
    }
}

/// The tree that a key is in: hashes of short words differ little in their high bits, so they are
/// mixed first (Fibonacci hashing, Knuth 1998, section 6.4).
fn tree(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - TREES.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::hash;

    #[test]
    fn what_is_put_in_is_found_and_spread() {
        let mut map: Spread<Vec<u32>> = Spread::default();
        assert_eq!(map.get(7), None);
        for number in 0..20_000_u32 {
            let key = hash(&number.to_string());
            map.or_insert_with(key, Vec::new).push(number);
        }
        for number in 0..20_000_u32 {
            assert_eq!(map.get(hash(&number.to_string())), Some(&vec![number]));
        }
        assert_eq!(map.get(hash("qarqur")), None);
        let largest = map.trees.iter().map(BTreeMap::len).max().unwrap();
        assert!(largest < 60, "{largest}");
        assert_eq!(map.into_values().count(), 20_000);
    }
}
