//! Secrets that nobody can guess.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// 32 random bytes from the system, written for an address or a header.
///
/// # Errors
/// Where the system gives none.
pub(crate) fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A few random letters, to tell apart what happens at one moment; no secret.
pub(crate) fn short() -> String {
    let mut bytes = [0_u8; 6];
    // Without random bytes two ids of one microsecond may be the same, and the later is refused.
    let _ = getrandom::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A random number, by which servers do not go in step; no secret.
pub(crate) fn chance() -> u64 {
    let mut bytes = [0_u8; 8];
    // Without random bytes they may go in step, which does no harm but to the database.
    let _ = getrandom::fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// Of a secret what is kept of it.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// Whether two secrets are the same, in a time that does not tell how much of them is.
pub(crate) fn same(a: &str, b: &str) -> bool {
    // The hashes of nearly the same are nothing alike.
    hash(a) == hash(b)
}
