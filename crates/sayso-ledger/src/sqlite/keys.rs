//! Keys.

use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::writing::Writing;
use crate::entry::ReportRef;
use crate::error::LedgerError;
use crate::ledger::KeyRow;
use crate::lock::Wrapping;
use crate::row;
use crate::seal::{LEDGER_KEY, Secret};

const KEEP: &str = "keep a key";
const DESTROY: &str = "destroy a key";

pub(super) async fn ledger_key(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    new: Option<Secret>,
) -> Result<Option<Secret>, LedgerError> {
    let failed = LedgerError::database("read the ledger's key");
    let Some(new) = new else {
        return kept(pool, wrapping).await;
    };
    let row = wrapping.key_in(LEDGER_KEY, &new)?;
    sqlx::query("INSERT INTO ledger_key (id, secret) VALUES (1, $1) ON CONFLICT DO NOTHING")
        .bind(&row)
        .execute(pool)
        .await
        .map_err(&failed)?;
    if let Some(kept) = kept(pool, wrapping).await? {
        return Ok(Some(kept));
    }
    // The row is damaged: it opens nothing, and never will.
    sqlx::query(
        "INSERT INTO ledger_key (id, secret) VALUES (1, $1)
         ON CONFLICT (id) DO UPDATE SET secret = excluded.secret",
    )
    .bind(&row)
    .execute(pool)
    .await
    .map_err(&failed)?;
    kept(pool, wrapping).await
}

/// The ledger's own key; `None` where there is none, or only a damaged one.
async fn kept(pool: &SqlitePool, wrapping: &Wrapping) -> Result<Option<Secret>, LedgerError> {
    let bytes: Option<Vec<u8>> = sqlx::query_scalar("SELECT secret FROM ledger_key WHERE id = 1")
        .fetch_optional(pool)
        .await
        .map_err(LedgerError::database("read the ledger's key"))?;
    match bytes {
        Some(bytes) => wrapping.whole_key(LEDGER_KEY, &bytes),
        None => Ok(None),
    }
}

pub(super) async fn put(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    key: KeyRow,
) -> Result<Secret, LedgerError> {
    let begun = Writing::begin(pool).await;
    let mut tx = begun.map_err(LedgerError::database(KEEP))?;
    let kept = put_in(&mut tx, wrapping, &key).await;
    let kept = tx.end(KEEP, kept).await?;
    wrapping.key_out(&key.name, &kept)
}

async fn put_in(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
    key: &KeyRow,
) -> Result<Vec<u8>, LedgerError> {
    let failed = LedgerError::database(KEEP);
    let row = wrapping.key_in(&key.name, &key.secret)?;
    sqlx::query("INSERT INTO key (name, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(&key.name)
        .bind(&row)
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    for report in &key.reports {
        sqlx::query("INSERT INTO opens (report, name) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(report.as_str())
            .bind(&key.name)
            .execute(&mut *tx)
            .await
            .map_err(&failed)?;
    }
    let kept: Vec<u8> = sqlx::query_scalar("SELECT secret FROM key WHERE name = $1")
        .bind(&key.name)
        .fetch_one(&mut *tx)
        .await
        .map_err(&failed)?;
    if wrapping.whole_key(&key.name, &kept)?.is_some() {
        return Ok(kept);
    }
    // The row is damaged: it opens nothing, and never will.
    sqlx::query(
        "INSERT INTO key (name, secret) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET secret = excluded.secret",
    )
    .bind(&key.name)
    .bind(&row)
    .execute(tx)
    .await
    .map_err(&failed)?;
    Ok(row)
}

pub(super) async fn one(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    name: &str,
) -> Result<Option<Secret>, LedgerError> {
    let bytes: Option<Vec<u8>> = sqlx::query_scalar("SELECT secret FROM key WHERE name = $1")
        .bind(name)
        .fetch_optional(pool)
        .await
        .map_err(LedgerError::database("read a key"))?;
    match bytes {
        Some(bytes) => wrapping.whole_key(name, &bytes),
        None => Ok(None),
    }
}

pub(super) async fn some(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    names: &[&str],
) -> Result<Vec<(String, Secret)>, LedgerError> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "SELECT name, secret FROM key WHERE name IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::to_string(names)?)
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read keys"))?;
    row::secrets(rows, wrapping)
}

pub(super) async fn page(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    after: &str,
    limit: u32,
) -> Result<Vec<KeyRow>, LedgerError> {
    let mut after = after.to_owned();
    loop {
        let rows: Vec<(String, Vec<u8>, Option<String>)> = sqlx::query_as(
            "SELECT k.name, k.secret, o.report
             FROM (SELECT name, secret FROM key WHERE name > $1 ORDER BY name LIMIT $2) AS k
             LEFT JOIN opens AS o ON o.name = k.name
             ORDER BY k.name, o.report",
        )
        .bind(&after)
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await
        .map_err(LedgerError::database("read the keys"))?;
        let last = rows.last().map(|(name, ..)| name.clone());
        let keys = row::keys(rows, wrapping)?;
        match last {
            // A page of damaged keys is not the end.
            Some(last) if keys.is_empty() => after = last,
            _ => return Ok(keys),
        }
    }
}

/// Deletes the keys of a report, rewrites the file and cuts its log; `false` where another process
/// keeps the log from being cut.
pub(super) async fn destroy(pool: &SqlitePool, report: &ReportRef) -> Result<bool, LedgerError> {
    let failed = LedgerError::database(DESTROY);
    let mut tx = Writing::begin(pool).await.map_err(&failed)?;
    let mut deleted = Ok(());
    for sql in [
        "DELETE FROM key WHERE name IN (SELECT name FROM opens WHERE report = $1)",
        "DELETE FROM opens WHERE name IN (SELECT name FROM opens WHERE report = $1)",
    ] {
        if deleted.is_ok() {
            let done = sqlx::query(sql)
                .bind(report.as_str())
                .execute(&mut *tx)
                .await;
            deleted = done.map(drop).map_err(&failed);
        }
    }
    tx.end(DESTROY, deleted).await?;
    sqlx::query("VACUUM").execute(pool).await.map_err(&failed)?;
    super::cut_log(pool).await.map_err(&failed)
}
