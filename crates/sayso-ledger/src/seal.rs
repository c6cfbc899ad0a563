//! Sealing: what identifies content is stored encrypted, each report under a key of its own.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): the nonce has 24 bytes, so that random ones do not
//! meet. Contents are packed (DEFLATE) first. To destroy the key is to destroy the content.

use std::fmt;
use std::io::{Read as _, Write as _};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::entry::{Kind, ReportRef};
use crate::framed::hex;

/// Bytes of a nonce.
pub(crate) const NONCE: usize = 24;

/// What the ledger's own key is called; the names of other keys are hexadecimal.
pub(crate) const LEDGER_KEY: &str = "ledger";

/// Longest part that is sealed, and most that is unpacked of one, in bytes: several times what the
/// longest report needs. What packs well takes a thousandth of it in a file.
const LONGEST: u64 = 1 << 30;

/// First byte of what is sealed in this way.
const VERSION: u8 = 1;

/// 32 secret bytes. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Of bytes that came from a generator of secrets, or from a store of them.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Of stored bytes; `None` where there are not 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// For the store of keys.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// HMAC-SHA-256 of `value` under this key, for one purpose.
    fn keyed(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        // A key of any length is a key of HMAC; the error cannot come.
        let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// How entries name the report of this id; asked of the ledger's own key.
    pub(crate) fn report(&self, id: &str) -> ReportRef {
        ReportRef(hex(&self.keyed("report", id.as_bytes())[..16]))
    }

    /// How the index of words names a word; asked of the ledger's own key.
    pub(crate) fn word(&self, word: &str) -> u32 {
        let [a, b, c, d, ..] = self.keyed("word", word.as_bytes());
        u32::from_be_bytes([a, b, c, d])
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Which part of an entry is sealed; a part does not open in another's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Head,
    Body,
    /// Ids of incidents or of an origin, within the clear part.
    Ids,
}

fn associated(kind: Kind, part: Part, key: &str) -> Vec<u8> {
    let part = match part {
        Part::Head => "head",
        Part::Body => "body",
        Part::Ids => "ids",
    };
    format!("sayso.seal/1\n{kind}\n{part}\n{key}").into_bytes()
}

/// Seals `plain` under `secret`, which is called `key`; the nonce must be new. `None` where it is too
/// long to be opened again.
pub(crate) fn seal(
    secret: &Secret,
    nonce: &[u8; NONCE],
    (kind, part, key): (Kind, Part, &str),
    plain: &[u8],
) -> Option<Vec<u8>> {
    if plain.len() as u64 > LONGEST {
        return None;
    }
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(plain).ok()?;
    let packed = packer.finish().ok()?;
    wrap(secret, nonce, &associated(kind, part, key), &packed)
}

/// Opens what [`seal`] sealed; `None` where the key, the place or a byte is another, or where it
/// unpacks to more than anybody sealed here.
pub(crate) fn open(
    secret: &Secret,
    (kind, part, key): (Kind, Part, &str),
    sealed: &[u8],
) -> Option<Vec<u8>> {
    let packed = unwrap(secret, &associated(kind, part, key), sealed)?;
    unpacked(&packed, LONGEST)
}

fn unpacked(packed: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let read = DeflateDecoder::new(packed)
        .take(limit.saturating_add(1))
        .read_to_end(&mut plain)
        .ok()?;
    (read as u64 <= limit).then_some(plain)
}

/// Seals bytes as they are, for the place that `place` names: a byte for the form, the nonce, which
/// must be new, and 16 bytes more than `plain` has.
pub(crate) fn wrap(
    secret: &Secret,
    nonce: &[u8; NONCE],
    place: &[u8],
    plain: &[u8],
) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new(&Key::from(secret.0));
    let payload = Payload {
        msg: plain,
        aad: place,
    };
    let sealed = cipher.encrypt(&XNonce::from(*nonce), payload).ok()?;
    let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
    out.push(VERSION);
    out.extend_from_slice(nonce);
    out.extend_from_slice(&sealed);
    Some(out)
}

/// Opens what [`wrap`] sealed; `None` where the key, the place or a byte is another.
pub(crate) fn unwrap(secret: &Secret, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let rest = sealed.strip_prefix(&[VERSION])?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new(&Key::from(secret.0));
    let payload = Payload {
        msg: sealed,
        aad: place,
    };
    cipher.decrypt(&XNonce::from(*nonce), payload).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLACE: (Kind, Part, &str) = (Kind::Report, Part::Head, "k");

    proptest! {
        #[test]
        fn opens_with_its_own_key_in_its_own_place_only(
            plain in any::<Vec<u8>>(), key in any::<[u8; 32]>(), nonce in any::<[u8; NONCE]>(),
            flip in any::<prop::sample::Index>(),
        ) {
            let secret = Secret::new(key);
            let mut sealed = seal(&secret, &nonce, PLACE, &plain).unwrap();
            prop_assert_eq!(open(&secret, PLACE, &sealed), Some(plain));
            let mut other = key;
            other[0] ^= 1;
            prop_assert_eq!(open(&Secret::new(other), PLACE, &sealed), None);
            prop_assert_eq!(open(&secret, (Kind::Sheet, Part::Head, "k"), &sealed), None);
            prop_assert_eq!(open(&secret, (Kind::Report, Part::Body, "k"), &sealed), None);
            prop_assert_eq!(open(&secret, (Kind::Report, Part::Head, "l"), &sealed), None);
            let at = flip.index(sealed.len());
            sealed[at] ^= 1;
            prop_assert_eq!(open(&secret, PLACE, &sealed), None);
        }
    }

    /// Five megabytes of one letter, packed to five thousand bytes, and a limit of one.
    #[test]
    fn what_unpacks_without_end_is_given_up() {
        const LIMIT: usize = 1_000_000;
        let pack = |bytes: usize| {
            let mut packer = DeflateEncoder::new(Vec::new(), Compression::new(6));
            packer.write_all(&vec![b'a'; bytes]).unwrap();
            packer.finish().unwrap()
        };
        let bomb = pack(5 * LIMIT);
        assert!(bomb.len() < 6_000);
        assert_eq!(unpacked(&bomb, LIMIT as u64), None);
        assert_eq!(unpacked(&pack(LIMIT + 1), LIMIT as u64), None);
        let fits = unpacked(&pack(LIMIT), LIMIT as u64);
        assert_eq!(fits.map(|plain| plain.len()), Some(LIMIT));
    }

    #[test]
    fn nothing_readable_is_left() {
        let words = "Three people were killed when a shell hit the market of Qasr Dunya.";
        let sealed = seal(&Secret::new([7; 32]), &[9; NONCE], PLACE, words.as_bytes()).unwrap();
        assert!(
            !sealed
                .windows(6)
                .any(|w| words.as_bytes().windows(6).any(|v| v == w))
        );
    }

    #[test]
    fn secrets_are_not_printed() {
        assert_eq!(format!("{:?}", Secret::new([7; 32])), "Secret(…)");
    }

    #[test]
    fn reports_and_words_are_named_apart_and_by_this_key_only() {
        let (a, b) = (Secret::new([1; 32]), Secret::new([2; 32]));
        assert_ne!(a.report("x"), b.report("x"));
        assert_eq!(a.report("x").as_str().len(), 32);
        assert_ne!(a.word("x"), b.word("x"));
    }
}
