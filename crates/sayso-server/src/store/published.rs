//! Published views: which incidents, in which format. What they hold is made anew from the ledger, so
//! that what is erased there is gone here.

use sayso_ledger::LedgerError;

use super::{Store, failed, on, row};

/// A published view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) name: String,
    pub(crate) at: String,
    pub(crate) made_by: String,
    pub(crate) format: String,
    /// Which incidents, as JSON.
    pub(crate) wanted: String,
}

row!(Published {
    name,
    at,
    made_by,
    format,
    wanted
});

impl Store {
    /// Publishes a view, or another one under its name.
    pub(crate) async fn publish(&self, view: &Published) -> Result<(), LedgerError> {
        on!(self, pool => sqlx::query(
                "INSERT INTO desk_published (name, at, made_by, format, wanted)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (name) DO UPDATE SET at = excluded.at, made_by = excluded.made_by,
                     format = excluded.format, wanted = excluded.wanted",
            )
            .bind(&view.name).bind(&view.at).bind(&view.made_by).bind(&view.format)
            .bind(&view.wanted)
            .execute(pool).await.map(drop))
        .map_err(failed("publish a view"))
    }

    /// A published view.
    pub(crate) async fn published(&self, name: &str) -> Result<Option<Published>, LedgerError> {
        on!(self, pool => sqlx::query_as(
                "SELECT name, at, made_by, format, wanted FROM desk_published WHERE name = $1",
            )
            .bind(name).fetch_optional(pool).await)
        .map_err(failed("read a published view"))
    }

    /// All of them.
    pub(crate) async fn all_published(&self) -> Result<Vec<Published>, LedgerError> {
        on!(self, pool => sqlx::query_as(
                "SELECT name, at, made_by, format, wanted FROM desk_published ORDER BY name",
            )
            .fetch_all(pool).await)
        .map_err(failed("read the published views"))
    }

    /// Takes a view back; `false` where there is none.
    pub(crate) async fn unpublish(&self, name: &str) -> Result<bool, LedgerError> {
        // Looked for first: where the answer was lost and it is asked again, there is none any more.
        let found = self.published(name).await?.is_some();
        on!(self, pool => sqlx::query("DELETE FROM desk_published WHERE name = $1")
            .bind(name).execute(pool).await.map(drop))
        .map_err(failed("take a published view back"))?;
        Ok(found)
    }
}
