//! Hashing: parts that are told apart, and how hashes are written.

use sha2::{Digest as _, Sha256};

/// SHA-256 over parts, each with its length before it, so that no two lists of parts are written
/// alike.
pub(crate) struct Framed(Sha256);

impl Framed {
    /// Starts with what the hash is for.
    pub(crate) fn new(purpose: &str) -> Self {
        Self(Sha256::new()).part(purpose.as_bytes())
    }

    /// Adds a part that is always there.
    pub(crate) fn part(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a part that may be absent; absent is not empty.
    pub(crate) fn optional(mut self, bytes: Option<&[u8]>) -> Self {
        self.0.update([u8::from(bytes.is_some())]);
        match bytes {
            Some(bytes) => self.part(bytes),
            None => self,
        }
    }

    /// The hash.
    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_are_never_written_alike(a in any::<Vec<Vec<u8>>>(), b in any::<Vec<Vec<u8>>>()) {
            let hash = |parts: &[Vec<u8>]| {
                parts.iter().fold(Framed::new("test"), |framed, part| framed.part(part)).finish()
            };
            prop_assert_eq!(a == b, hash(&a) == hash(&b));
        }
    }

    #[test]
    fn absent_is_not_empty() {
        let absent = Framed::new("test").optional(None).finish();
        assert_ne!(absent, Framed::new("test").optional(Some(b"")).finish());
    }
}
