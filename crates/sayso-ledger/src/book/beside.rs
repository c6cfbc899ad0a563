//! What a program keeps beside a ledger: sealed under the ledger's own key, so that it is as
//! readable as the ledger is.

use super::Book;
use crate::error::LedgerError;
use crate::random::random;
use crate::seal;

fn place(name: &str) -> Vec<u8> {
    format!("sayso.beside/1\n{name}").into_bytes()
}

impl Book {
    /// Seals `plain`, to be kept under `name`.
    ///
    /// # Errors
    /// [`LedgerError::NoKeys`]; where the store cannot be read.
    pub async fn seal_beside(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, LedgerError> {
        let key = self.own_key_made().await?;
        seal::wrap(key, &random()?, &place(name), plain).ok_or(LedgerError::Seal)
    }

    /// Opens what was sealed for this ledger under `name`; `None` where it was not.
    ///
    /// # Errors
    /// As [`Book::seal_beside`].
    pub async fn open_beside(
        &self,
        name: &str,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, LedgerError> {
        let key = self.own_key().await?;
        Ok(key.and_then(|key| seal::unwrap(key, &place(name), sealed)))
    }
}
