//! Tokens for programs.

use sayso_ledger::LedgerError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Store, failed, on, row};

/// A token, without its secret, which only its owner has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Token {
    /// `t:…`
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) name: String,
    /// What it may do, as far as its owner may.
    pub(crate) role: String,
    /// What it is for.
    pub(crate) label: String,
    /// When it was made.
    pub(crate) made: String,
    /// When it was last used, to the minute or so; empty where it never was.
    pub(crate) used: String,
    /// When it ends; empty where it does not.
    pub(crate) ends: String,
}

row!(Token {
    id,
    name,
    role,
    label,
    made,
    used,
    ends
});

impl Store {
    /// Keeps a token; `hash` is that of its secret.
    pub(crate) async fn keep_token(&self, token: &Token, hash: &str) -> Result<(), LedgerError> {
        on!(self, pool => sqlx::query(
                "INSERT INTO desk_token (id, hash, name, role, label, made, used, ends)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            )
            .bind(&token.id).bind(hash).bind(&token.name).bind(&token.role).bind(&token.label)
            .bind(&token.made).bind(&token.used).bind(&token.ends)
            .execute(pool).await.map(drop))
        .map_err(failed("keep a token"))
    }

    /// A token that has not ended, with the role of its owner, who is active.
    pub(crate) async fn token(
        &self,
        hash: &str,
        now: &str,
    ) -> Result<Option<(Token, String)>, LedgerError> {
        type Row = (
            String,
            String,
            String,
            String,
            String,
            String,
            String,
            String,
        );
        let row: Option<Row> = on!(self, pool => sqlx::query_as(
                "SELECT t.id, t.name, t.role, t.label, t.made, t.used, t.ends, u.role
                 FROM desk_token t JOIN desk_user u ON u.name = t.name
                 WHERE t.hash = $1 AND (t.ends = '' OR t.ends > $2) AND u.active = 1",
            )
            .bind(hash).bind(now).fetch_optional(pool).await)
        .map_err(failed("read a token"))?;
        Ok(row.map(|(id, name, role, label, made, used, ends, owner)| {
            let token = Token {
                id,
                name,
                role,
                label,
                made,
                used,
                ends,
            };
            (token, owner)
        }))
    }

    /// Notes that a token was used.
    pub(crate) async fn use_token(&self, id: &str, now: &str) -> Result<(), LedgerError> {
        on!(self, pool => sqlx::query("UPDATE desk_token SET used = $1 WHERE id = $2")
            .bind(now).bind(id).execute(pool).await.map(drop))
        .map_err(failed("note a token"))
    }

    /// The tokens of one user, or of all.
    pub(crate) async fn tokens(&self, name: &str) -> Result<Vec<Token>, LedgerError> {
        on!(self, pool => sqlx::query_as(
                "SELECT id, name, role, label, made, used, ends FROM desk_token
                 WHERE $1 = '' OR name = $1 ORDER BY made, id",
            )
            .bind(name).fetch_all(pool).await)
        .map_err(failed("read the tokens"))
    }

    /// Ends a token, of this user or (without a name) of anybody; `false` where there is none.
    pub(crate) async fn end_token(&self, id: &str, name: &str) -> Result<bool, LedgerError> {
        // Looked for first: where the answer was lost and it is ended again, there is none any more.
        let found: i64 = on!(self, pool => sqlx::query_scalar(
                "SELECT count(*) FROM desk_token WHERE id = $1 AND ($2 = '' OR name = $2)",
            )
            .bind(id).bind(name).fetch_one(pool).await)
        .map_err(failed("read a token"))?;
        on!(self, pool => sqlx::query(
                "DELETE FROM desk_token WHERE id = $1 AND ($2 = '' OR name = $2)",
            )
            .bind(id).bind(name).execute(pool).await.map(drop))
        .map_err(failed("end a token"))?;
        Ok(found > 0)
    }
}
