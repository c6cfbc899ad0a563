//! Passwords, kept as argon2id hashes (RFC 9106).

use argon2::password_hash::SaltString;
use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};

/// How long a password is, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 10..=200;

/// What a password can be.
pub(crate) const ALLOWED: &str = "10 to 200 characters";

/// Hashing takes its time and memory on purpose: no more than so many at once.
static TURNS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// The hash to keep; `None` where the password is too short or too long.
pub(crate) async fn hash(password: &str) -> Option<String> {
    if !LENGTHS.contains(&password.chars().count()) {
        return None;
    }
    let password = password.to_owned();
    in_turn(move || {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).ok()?;
        let salt = SaltString::encode_b64(&bytes).ok()?;
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
        Some(hash.ok()?.to_string())
    })
    .await?
}

/// Whether this is the password with this hash. Without a hash it takes as long, and is not.
pub(crate) async fn fits(password: &str, hash: Option<String>) -> bool {
    if password.chars().count() > *LENGTHS.end() {
        return false;
    }
    let password = password.to_owned();
    in_turn(move || {
        let Some(hash) = hash else {
            let mut out = [0_u8; 32];
            let _ = Argon2::default().hash_password_into(password.as_bytes(), &[0; 16], &mut out);
            return false;
        };
        PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    })
    .await
    .unwrap_or(false)
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _turn = TURNS.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}
