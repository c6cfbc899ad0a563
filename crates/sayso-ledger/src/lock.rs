//! Encryption at rest, on request: the keys of a ledger lie wrapped under a passphrase.
//!
//! ```text
//! passphrase ── argon2id ──▶ key ── unwraps ──▶ master key ── unwraps ──▶ keys of reports, the
//!                                                             ledger's own, payloads, rows of the index
//! ```
//!
//! Contents are sealed under the keys of their reports already ([`crate::seal`]). With a passphrase
//! these keys are wrapped, and what else would tell something is sealed too: the payloads, in which
//! the names of analysts stand, and the index of words, whose keyed hashes would let somebody with
//! the same newspapers count words. A new passphrase wraps the one master key anew and nothing else.
//!
//! In clear stay the numbers, kinds and moments of entries, their hashes, and lengths.
//!
//! argon2id is RFC 9106; what is wrapped is wrapped by XChaCha20-Poly1305, for its place alone.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::LedgerError;
use crate::random::random;
use crate::seal::{self, NONCE, Secret};
use crate::sealed_file::FileKey;

/// Fewest characters of a new passphrase.
const SHORTEST: usize = 12;

/// Longest passphrase that is read, in bytes: a file given by mistake is not one.
const LONGEST: usize = 1_024;

/// Beginning of a payload that is sealed; one in clear begins with a brace.
const SEALED: &str = "sealed:";

/// End of the kind of a derived row that is sealed.
const SEALED_ROW: &str = ".sealed";

/// Bytes of a key that is wrapped: [`seal::wrap`] of 32.
const WRAPPED_KEY: usize = 1 + NONCE + 32 + 16;

/// What opens an encrypted ledger. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl Passphrase {
    /// Of what was typed or read: the end of its line does not count, and letters count as one
    /// however the keyboard composed them (NFKC).
    ///
    /// # Errors
    /// [`LedgerError::BadPassphrase`] where it is empty, or longer than 1,024 bytes.
    pub fn new(written: &str) -> Result<Self, LedgerError> {
        let written = written.trim_end_matches(['\r', '\n']);
        let what = if written.len() > LONGEST {
            "is longer than 1,024 bytes: is this the right file?"
        } else if written.trim().is_empty() {
            "is empty"
        } else {
            return Ok(Self(written.nfkc().collect()));
        };
        Err(LedgerError::BadPassphrase { what })
    }

    /// Whether it may lock a ledger from now on.
    ///
    /// # Errors
    /// [`LedgerError::BadPassphrase`] where it has fewer than 12 characters.
    pub(crate) fn is_fit(&self) -> Result<(), LedgerError> {
        if self.0.chars().count() < SHORTEST {
            return Err(LedgerError::BadPassphrase {
                what: "is too short: use at least 12 characters, for instance four or more words \
                       that do not belong together",
            });
        }
        Ok(())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// What trying one passphrase costs: parameters of argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// The second of the two that RFC 9106 recommends, with one lane: 64 MiB, three passes.
    pub const USUAL: Self = Self {
        memory: 64 * 1_024,
        passes: 3,
        lanes: 1,
    };

    /// More than any ledger asks for: a file that was tampered with shall not take all memory.
    const MOST: Self = Self {
        memory: 1_024 * 1_024,
        passes: 100,
        lanes: 16,
    };
}

/// Whether the keys are locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LockState {
    /// They are being locked: what is in clear is still to be sealed.
    Sealing,
    /// They are.
    Sealed,
    /// They were, and are no more: the master key lies in clear, new keys too.
    Open,
}

impl LockState {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sealing => "sealing",
            Self::Sealed => "sealed",
            Self::Open => "open",
        }
    }

    /// Reads it again.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        [Self::Sealing, Self::Sealed, Self::Open]
            .into_iter()
            .find(|state| state.as_str() == written)
    }
}

/// The lock of a ledger, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Whether it is closed.
    pub state: LockState,
    /// What trying one passphrase costs.
    pub cost: Cost,
    /// 16 random bytes.
    pub salt: Vec<u8>,
    /// The master key: wrapped under the passphrase, or as it is where the lock is open.
    pub wrapped: Vec<u8>,
}

impl Lock {
    /// Locks `master` under a passphrase.
    ///
    /// # Errors
    /// [`LedgerError::BadPassphrase`], [`LedgerError::Random`].
    pub(crate) fn close(
        master: &Master,
        passphrase: &Passphrase,
        state: LockState,
    ) -> Result<Self, LedgerError> {
        passphrase.is_fit()?;
        let salt: [u8; 16] = random()?;
        let key = derived(passphrase, Cost::USUAL, &salt).ok_or(LedgerError::Seal)?;
        let wrapped = seal::wrap(&key, &random()?, &place("master", ""), master.0.as_bytes());
        Ok(Self {
            state,
            cost: Cost::USUAL,
            salt: salt.to_vec(),
            wrapped: wrapped.ok_or(LedgerError::Seal)?,
        })
    }

    /// Leaves `master` in clear.
    pub(crate) fn opened(&self, master: &Master) -> Self {
        Self {
            state: LockState::Open,
            wrapped: master.0.as_bytes().to_vec(),
            ..self.clone()
        }
    }

    /// The master key; `None` where the passphrase is another, or one is needed and none is given.
    pub(crate) fn master(&self, passphrase: Option<&Passphrase>) -> Option<Master> {
        if self.state == LockState::Open {
            return Secret::from_slice(&self.wrapped).map(Master);
        }
        let key = derived(passphrase?, self.cost, &self.salt)?;
        let master = seal::unwrap(&key, &place("master", ""), &self.wrapped)?;
        Secret::from_slice(&master).map(Master)
    }
}

/// The key that a passphrase gives; `None` where the cost is more than any ledger asks for.
fn derived(passphrase: &Passphrase, cost: Cost, salt: &[u8]) -> Option<Secret> {
    let most = Cost::MOST;
    let fits = cost.memory <= most.memory && cost.passes <= most.passes && cost.lanes <= most.lanes;
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = [0; 32];
    fits.then(|| argon2.hash_password_into(passphrase.0.as_bytes(), salt, &mut key))?
        .ok()?;
    Some(Secret::new(key))
}

/// What is wrapped for one place opens in no other.
fn place(what: &str, name: &str) -> Vec<u8> {
    format!("sayso.lock/1\n{what}\n{name}").into_bytes()
}

/// Wraps the keys of a ledger. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Master(Secret);

impl Master {
    /// A new one.
    ///
    /// # Errors
    /// [`LedgerError::Random`].
    pub(crate) fn draw() -> Result<Self, LedgerError> {
        Ok(Self(Secret::new(random()?)))
    }

    /// A key of a file that was sealed for this ledger; `None` where it is of another.
    pub fn file_key(&self, wrapped: &str) -> Option<FileKey> {
        let wrapped = STANDARD.decode(wrapped).ok()?;
        self.key(FileKey::NAME, &wrapped).map(FileKey::new)
    }

    /// A key that was wrapped with it under this name.
    pub(crate) fn key(&self, name: &str, wrapped: &[u8]) -> Option<Secret> {
        Secret::from_slice(&self.unwrap("key", name, wrapped)?)
    }

    fn wrap(&self, what: &str, name: &str, plain: &[u8]) -> Result<Vec<u8>, LedgerError> {
        seal::wrap(&self.0, &random()?, &place(what, name), plain).ok_or(LedgerError::Seal)
    }

    fn unwrap(&self, what: &str, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        seal::unwrap(&self.0, &place(what, name), sealed)
    }
}

impl fmt::Debug for Master {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Master(…)")
    }
}

/// How a store that is open writes and reads what a lock covers.
///
/// What lies there in clear is read as it is, whatever the lock says: the ledger may be on its way
/// from one to the other.
#[derive(Debug, Default)]
pub(crate) struct Wrapping {
    master: RwLock<Option<(Arc<Master>, bool)>>,
    /// Where no passphrase would help.
    has_no_keys: AtomicBool,
}

impl Wrapping {
    /// From here on this master key opens what is sealed; new things are sealed where `seals`.
    pub(crate) fn set(&self, master: Master, seals: bool) {
        let mut inner = self.master.write().unwrap_or_else(PoisonError::into_inner);
        *inner = Some((Arc::new(master), seals));
    }

    /// The keys are not there, nor is their lock.
    pub(crate) fn has_no_keys(&self) {
        self.has_no_keys.store(true, Ordering::Relaxed);
    }

    fn any(&self) -> Option<(Arc<Master>, bool)> {
        self.master
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether anything may be sealed.
    pub(crate) fn is_set(&self) -> bool {
        self.any().is_some()
    }

    /// The master key with which new things are sealed.
    fn sealing(&self) -> Option<Arc<Master>> {
        self.any().filter(|(_, seals)| *seals).map(|any| any.0)
    }

    /// The master key, if there is one.
    ///
    /// # Errors
    /// [`LedgerError::Encrypted`]; [`LedgerError::NoKeys`].
    fn opening(&self) -> Result<Arc<Master>, LedgerError> {
        self.any().map(|any| any.0).ok_or_else(|| {
            if self.has_no_keys.load(Ordering::Relaxed) {
                return LedgerError::NoKeys;
            }
            LedgerError::Encrypted {
                place: "the ledger".to_owned(),
            }
        })
    }

    /// A key as it is stored.
    pub(crate) fn key_in(&self, name: &str, secret: &Secret) -> Result<Vec<u8>, LedgerError> {
        match self.sealing() {
            Some(master) => master.wrap("key", name, secret.as_bytes()),
            None => Ok(secret.as_bytes().to_vec()),
        }
    }

    /// A stored key.
    ///
    /// # Errors
    /// [`LedgerError::Encrypted`], [`LedgerError::NoKeys`] where it is none.
    pub(crate) fn key_out(&self, name: &str, stored: &[u8]) -> Result<Secret, LedgerError> {
        if let Some(secret) = Secret::from_slice(stored) {
            return Ok(secret);
        }
        self.opening()?.key(name, stored).ok_or(LedgerError::NoKeys)
    }

    /// A stored key; `None` for one that is damaged, which is a report's trouble and not the ledger's.
    ///
    /// # Errors
    /// As [`Self::key_out`], where it is wrapped and nothing opens it.
    pub(crate) fn whole_key(
        &self,
        name: &str,
        stored: &[u8],
    ) -> Result<Option<Secret>, LedgerError> {
        match self.key_out(name, stored) {
            Ok(secret) => Ok(Some(secret)),
            Err(error) if !self.is_set() && stored.len() == WRAPPED_KEY => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// A payload as it is stored.
    pub(crate) fn payload_in(&self, number: u64, payload: &str) -> Result<String, LedgerError> {
        let Some(master) = self.sealing() else {
            return Ok(payload.to_owned());
        };
        let sealed = master.wrap("payload", &number.to_string(), payload.as_bytes())?;
        Ok(format!("{SEALED}{}", STANDARD.encode(sealed)))
    }

    /// A stored payload.
    ///
    /// # Errors
    /// [`LedgerError::Encrypted`]; [`LedgerError::Unreadable`].
    pub(crate) fn payload_out(&self, number: u64, stored: String) -> Result<String, LedgerError> {
        let Some(sealed) = stored.strip_prefix(SEALED) else {
            return Ok(stored);
        };
        let master = self.opening()?;
        // One that was changed on the disk is shown as it stands: its hash tells.
        let plain = STANDARD
            .decode(sealed)
            .ok()
            .and_then(|sealed| master.unwrap("payload", &number.to_string(), &sealed))
            .and_then(|plain| String::from_utf8(plain).ok());
        Ok(plain.unwrap_or(stored))
    }

    /// The kind of a derived row as it is stored now.
    pub(crate) fn kind_in(&self, kind: &str) -> String {
        match self.sealing() {
            Some(_) => format!("{kind}{SEALED_ROW}"),
            None => kind.to_owned(),
        }
    }

    /// The kinds under which rows of a kind may be stored: sealed, and in clear.
    pub(crate) fn kinds(kind: &str) -> [String; 2] {
        [format!("{kind}{SEALED_ROW}"), kind.to_owned()]
    }

    /// A derived row as it is stored.
    pub(crate) fn row_in(
        &self,
        kind: &str,
        number: u64,
        bytes: &[u8],
    ) -> Result<Vec<u8>, LedgerError> {
        match self.sealing() {
            Some(master) => master.wrap("row", &format!("{kind} {number}"), bytes),
            None => Ok(bytes.to_vec()),
        }
    }

    /// Kind and bytes of a stored derived row.
    ///
    /// # Errors
    /// [`LedgerError::Encrypted`]; [`LedgerError::Unreadable`].
    pub(crate) fn row_out(
        &self,
        kind: String,
        number: u64,
        bytes: Vec<u8>,
    ) -> Result<(String, Vec<u8>), LedgerError> {
        let Some(plain_kind) = kind.strip_suffix(SEALED_ROW) else {
            return Ok((kind, bytes));
        };
        let plain = self
            .opening()?
            .unwrap("row", &format!("{plain_kind} {number}"), &bytes);
        let plain = plain.ok_or(LedgerError::Unreadable {
            number,
            what: "row of the index",
        })?;
        Ok((plain_kind.to_owned(), plain))
    }

    /// Whether a stored payload is in clear.
    pub(crate) fn is_clear(payload: &str) -> bool {
        !payload.starts_with(SEALED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(written: &str) -> Passphrase {
        Passphrase::new(written).unwrap()
    }

    fn closed() -> (Lock, Master) {
        let master = Master::draw().unwrap();
        let words = passphrase("four words in a row");
        let lock = Lock::close(&master, &words, LockState::Sealed).unwrap();
        (lock, master)
    }

    #[test]
    fn the_passphrase_alone_gives_the_master_key() {
        let (lock, master) = closed();
        let open = |written: &str| lock.master(Some(&passphrase(written)));
        assert_eq!(open("four words in a row\r\n"), Some(master));
        assert_eq!(open("four words in a rov"), None);
        assert_eq!(lock.master(None), None);
    }

    #[test]
    fn letters_count_as_one_however_they_are_composed() {
        assert_eq!(
            passphrase("trois caf\u{e9}s"),
            passphrase("trois cafe\u{301}s")
        );
    }

    #[test]
    fn a_lock_that_was_tampered_with_opens_nothing_and_takes_no_more_memory_than_allowed() {
        let (lock, _) = closed();
        let words = passphrase("four words in a row");
        let costly = Lock {
            cost: Cost {
                memory: u32::MAX,
                ..lock.cost
            },
            ..lock.clone()
        };
        assert_eq!(costly.master(Some(&words)), None);
        let mut changed = lock;
        changed.wrapped[40] ^= 1;
        assert_eq!(changed.master(Some(&words)), None);
    }

    #[test]
    fn short_empty_and_endless_ones_are_refused() {
        let told = |written: &str| {
            let made = Passphrase::new(written).and_then(|made| made.is_fit());
            made.unwrap_err().to_string()
        };
        assert!(told("short").contains("12 characters"));
        assert!(told(" \n").contains("empty"));
        assert!(told(&"long ".repeat(300)).contains("1,024"));
        assert!(!told("secret").contains("secret"));
    }

    #[test]
    fn what_is_wrapped_opens_in_its_place_alone() {
        let wrapping = Wrapping::default();
        let secret = Secret::new([7; 32]);
        let clear = wrapping.key_in("a", &secret).unwrap();
        let clear_payload = wrapping.payload_in(3, "{}").unwrap();
        wrapping.set(Master::draw().unwrap(), true);
        let wrapped = wrapping.key_in("a", &secret).unwrap();
        assert_ne!(wrapped, clear);
        assert_eq!(wrapping.key_out("a", &wrapped).unwrap(), secret);
        assert!(wrapping.key_out("b", &wrapped).is_err());
        assert_eq!(wrapping.key_out("a", &clear).unwrap(), secret);
        let payload = wrapping.payload_in(3, r#"{"by":"R. Analyst"}"#).unwrap();
        assert!(!payload.contains("Analyst") && !Wrapping::is_clear(&payload));
        assert!(
            wrapping
                .payload_out(3, payload.clone())
                .unwrap()
                .contains("R. Analyst")
        );
        assert_eq!(wrapping.payload_out(4, payload.clone()).unwrap(), payload);
        assert_eq!(wrapping.payload_out(3, clear_payload).unwrap(), "{}");
        let row = wrapping.row_in("words", 3, &[1, 2, 3, 4]).unwrap();
        let kind = wrapping.kind_in("words");
        let read = wrapping.row_out(kind.clone(), 3, row.clone()).unwrap();
        assert_eq!(read, ("words".to_owned(), vec![1, 2, 3, 4]));
        assert!(wrapping.row_out(kind, 4, row).is_err());
        // Without the passphrase none of it can be read.
        let shut = Wrapping::default();
        for refused in [
            shut.key_out("a", &wrapped).map(drop),
            shut.payload_out(3, payload).map(drop),
        ] {
            assert!(matches!(refused, Err(LedgerError::Encrypted { .. })));
        }
    }
}
