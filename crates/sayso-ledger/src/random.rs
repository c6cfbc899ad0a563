//! The system's generator of random bytes, for whoever draws keys and nonces.

use crate::error::LedgerError;

/// Random bytes from the system.
///
/// # Errors
/// [`LedgerError::Random`].
pub(crate) fn random<const N: usize>() -> Result<[u8; N], LedgerError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(LedgerError::Random)?;
    Ok(bytes)
}
