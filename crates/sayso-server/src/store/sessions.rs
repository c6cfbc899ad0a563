//! Sessions of users who signed in.

use sayso_ledger::LedgerError;

use super::{Store, failed, on, row};

/// A session with its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) csrf: String,
    /// When it was last used, to the minute or so.
    pub(crate) used: String,
}

row!(Session {
    name,
    role,
    csrf,
    used
});

impl Store {
    /// Begins a session; `hash` is that of its secret.
    pub(crate) async fn begin_session(
        &self,
        (hash, name, csrf): (&str, &str, &str),
        (now, ends): (&str, &str),
    ) -> Result<(), LedgerError> {
        let failed = failed("begin a session");
        on!(self, pool => {
            sqlx::query("DELETE FROM desk_session WHERE ends < $1")
                .bind(now).execute(pool).await.map_err(&failed)?;
            sqlx::query(
                "INSERT INTO desk_session (hash, name, csrf, made, used, ends)
                 VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT DO NOTHING",
            )
            .bind(hash).bind(name).bind(csrf).bind(now).bind(ends)
            .execute(pool).await.map(drop).map_err(&failed)
        })
    }

    /// A session that has not ended, was used after `idle_since`, and whose user is active.
    pub(crate) async fn session(
        &self,
        hash: &str,
        now: &str,
        idle_since: &str,
    ) -> Result<Option<Session>, LedgerError> {
        on!(self, pool => sqlx::query_as(
                "SELECT s.name, u.role, s.csrf, s.used FROM desk_session s
                 JOIN desk_user u ON u.name = s.name
                 WHERE s.hash = $1 AND s.ends > $2 AND s.used > $3 AND u.active = 1",
            )
            .bind(hash).bind(now).bind(idle_since).fetch_optional(pool).await)
        .map_err(failed("read a session"))
    }

    /// Notes that a session was used.
    pub(crate) async fn use_session(&self, hash: &str, now: &str) -> Result<(), LedgerError> {
        on!(self, pool => sqlx::query("UPDATE desk_session SET used = $1 WHERE hash = $2")
            .bind(now).bind(hash).execute(pool).await.map(drop))
        .map_err(failed("note a session"))
    }

    /// Ends a session.
    pub(crate) async fn end_session(&self, hash: &str) -> Result<(), LedgerError> {
        on!(self, pool => sqlx::query("DELETE FROM desk_session WHERE hash = $1")
            .bind(hash).execute(pool).await.map(drop))
        .map_err(failed("end a session"))
    }
}
