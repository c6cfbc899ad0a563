//! Keys.

use sqlx::postgres::PgPool;

use crate::entry::ReportRef;
use crate::error::LedgerError;
use crate::ledger::KeyRow;
use crate::lock::Wrapping;
use crate::row;
use crate::seal::{LEDGER_KEY, Secret};

pub(super) async fn ledger_key(
    (pool, wrapping): (&PgPool, &Wrapping),
    new: Option<Secret>,
) -> Result<Option<Secret>, LedgerError> {
    let failed = LedgerError::database("read the ledger's key");
    let Some(new) = new else {
        return kept(pool, wrapping).await;
    };
    let row = wrapping.key_in(LEDGER_KEY, &new)?;
    sqlx::query(
        "INSERT INTO sayso_keys.ledger_key (id, secret) VALUES (1, $1) ON CONFLICT DO NOTHING",
    )
    .bind(&row)
    .execute(pool)
    .await
    .map_err(&failed)?;
    if let Some(kept) = kept(pool, wrapping).await? {
        return Ok(Some(kept));
    }
    // The row is damaged: it opens nothing, and never will.
    sqlx::query(
        "INSERT INTO sayso_keys.ledger_key (id, secret) VALUES (1, $1)
         ON CONFLICT (id) DO UPDATE SET secret = excluded.secret",
    )
    .bind(&row)
    .execute(pool)
    .await
    .map_err(&failed)?;
    kept(pool, wrapping).await
}

/// The ledger's own key; `None` where there is none, or only a damaged one.
async fn kept(pool: &PgPool, wrapping: &Wrapping) -> Result<Option<Secret>, LedgerError> {
    let bytes: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT secret FROM sayso_keys.ledger_key WHERE id = 1")
            .fetch_optional(pool)
            .await
            .map_err(LedgerError::database("read the ledger's key"))?;
    match bytes {
        Some(bytes) => wrapping.whole_key(LEDGER_KEY, &bytes),
        None => Ok(None),
    }
}

pub(super) async fn put(
    (pool, wrapping): (&PgPool, &Wrapping),
    key: KeyRow,
) -> Result<Secret, LedgerError> {
    let failed = LedgerError::database("keep a key");
    let mut tx = pool.begin().await.map_err(&failed)?;
    let row = wrapping.key_in(&key.name, &key.secret)?;
    sqlx::query("INSERT INTO sayso_keys.key (name, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(&key.name)
        .bind(&row)
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    for report in &key.reports {
        sqlx::query(
            "INSERT INTO sayso_keys.opens (report, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(report.as_str())
        .bind(&key.name)
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    }
    let mut kept: Vec<u8> = sqlx::query_scalar("SELECT secret FROM sayso_keys.key WHERE name = $1")
        .bind(&key.name)
        .fetch_one(&mut *tx)
        .await
        .map_err(&failed)?;
    if wrapping.whole_key(&key.name, &kept)?.is_none() {
        // The row is damaged: it opens nothing, and never will.
        sqlx::query(
            "INSERT INTO sayso_keys.key (name, secret) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET secret = excluded.secret",
        )
        .bind(&key.name)
        .bind(&row)
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
        kept = row;
    }
    tx.commit().await.map_err(&failed)?;
    wrapping.key_out(&key.name, &kept)
}

pub(super) async fn one(
    (pool, wrapping): (&PgPool, &Wrapping),
    name: &str,
) -> Result<Option<Secret>, LedgerError> {
    let bytes: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT secret FROM sayso_keys.key WHERE name = $1")
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
    (pool, wrapping): (&PgPool, &Wrapping),
    names: &[&str],
) -> Result<Vec<(String, Secret)>, LedgerError> {
    let rows: Vec<(String, Vec<u8>)> =
        sqlx::query_as("SELECT name, secret FROM sayso_keys.key WHERE name = ANY($1)")
            .bind(names)
            .fetch_all(pool)
            .await
            .map_err(LedgerError::database("read keys"))?;
    row::secrets(rows, wrapping)
}

pub(super) async fn page(
    (pool, wrapping): (&PgPool, &Wrapping),
    after: &str,
    limit: u32,
) -> Result<Vec<KeyRow>, LedgerError> {
    let mut after = after.to_owned();
    loop {
        let rows: Vec<(String, Vec<u8>, Option<String>)> = sqlx::query_as(
            "SELECT k.name, k.secret, o.report
             FROM (SELECT name, secret FROM sayso_keys.key WHERE name > $1 ORDER BY name LIMIT $2) AS k
             LEFT JOIN sayso_keys.opens AS o ON o.name = k.name
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

/// Deletes the keys of a report and rewrites their tables, so that no dead row keeps them.
///
/// The server's own log and backups may hold them longer: see DESIGN.md.
pub(super) async fn destroy(pool: &PgPool, report: &ReportRef) -> Result<(), LedgerError> {
    let failed = LedgerError::database("destroy a key");
    let mut tx = pool.begin().await.map_err(&failed)?;
    for sql in [
        "DELETE FROM sayso_keys.key
         WHERE name IN (SELECT name FROM sayso_keys.opens WHERE report = $1)",
        "DELETE FROM sayso_keys.opens
         WHERE name IN (SELECT name FROM sayso_keys.opens WHERE report = $1)",
    ] {
        sqlx::query(sql)
            .bind(report.as_str())
            .execute(&mut *tx)
            .await
            .map_err(&failed)?;
    }
    tx.commit().await.map_err(&failed)?;
    for sql in [
        "VACUUM (FULL) sayso_keys.key",
        "VACUUM (FULL) sayso_keys.opens",
    ] {
        sqlx::raw_sql(sql).execute(pool).await.map_err(&failed)?;
    }
    Ok(())
}
