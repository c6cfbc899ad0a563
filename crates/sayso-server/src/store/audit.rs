//! Who did what.

use sayso_ledger::LedgerError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Store, failed, on, row};
use crate::secret;

/// Something that somebody did, or tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deed {
    /// Names it; later ones are greater.
    pub id: String,
    /// When.
    pub at: String,
    /// Who; empty where nobody was signed in.
    pub name: String,
    /// Method and route.
    pub what: String,
    /// What it was done to, as far as the address says; reports and incidents
    /// stand by their hash under the ledger's key.
    pub subject: String,
    /// Status of the answer.
    pub outcome: i64,
}

row!(Deed {
    id,
    at,
    name,
    what,
    subject,
    outcome
});

impl Store {
    /// Notes something that was done.
    pub(crate) async fn note(
        &self,
        (name, what, subject): (&str, &str, &str),
        outcome: i64,
        now: &str,
    ) -> Result<(), LedgerError> {
        let id = format!("{now}-{}", secret::short());
        on!(self, pool => sqlx::query(
                "INSERT INTO desk_audit (id, at, name, what, subject, outcome)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            )
            .bind(&id).bind(now).bind(name).bind(what).bind(subject).bind(outcome)
            .execute(pool).await.map(drop))
        .map_err(failed("note what was done"))
    }

    /// At most `limit` deeds before `cursor`, the latest first; of `name`, where one is asked for.
    pub(crate) async fn deeds(
        &self,
        name: &str,
        cursor: &str,
        limit: i64,
    ) -> Result<Vec<Deed>, LedgerError> {
        // Greater than any id.
        let cursor = if cursor.is_empty() { "~" } else { cursor };
        on!(self, pool => sqlx::query_as(
                "SELECT id, at, name, what, subject, outcome FROM desk_audit
                 WHERE id < $1 AND ($2 = '' OR name = $2) ORDER BY id DESC LIMIT $3",
            )
            .bind(cursor).bind(name).bind(limit)
            .fetch_all(pool).await)
        .map_err(failed("read what was done"))
    }

    /// How many deeds there are.
    pub(crate) async fn count_deeds(&self, name: &str) -> Result<i64, LedgerError> {
        on!(self, pool => sqlx::query_scalar(
                "SELECT count(*) FROM desk_audit WHERE $1 = '' OR name = $1",
            )
            .bind(name).fetch_one(pool).await)
        .map_err(failed("read what was done"))
    }
}
