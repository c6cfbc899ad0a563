//! The lock of the keys, and sealing what was in clear before there was one.

use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::writing::Writing;
use crate::error::LedgerError;
use crate::lock::{Lock, Wrapping};
use crate::row;
use crate::seal::LEDGER_KEY;

const KEYS: &str = "encrypt the keys";
const ENTRIES: &str = "encrypt the entries";
const INDEX: &str = "encrypt the index";

/// Rows that are sealed in one step.
const STEP: i64 = 1_000;

pub(super) async fn read(keys: &SqlitePool) -> Result<Option<Lock>, LedgerError> {
    let row: Option<row::LockRow> =
        sqlx::query_as("SELECT state, memory, passes, lanes, salt, wrapped FROM lock WHERE id = 1")
            .fetch_optional(keys)
            .await
            .map_err(LedgerError::database("read the ledger's lock"))?;
    row.map(row::lock).transpose()
}

pub(super) async fn put(keys: &SqlitePool, lock: Lock) -> Result<(), LedgerError> {
    sqlx::query(
        "INSERT INTO lock (id, state, memory, passes, lanes, salt, wrapped)
         VALUES (1, $1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, memory = excluded.memory,
             passes = excluded.passes, lanes = excluded.lanes, salt = excluded.salt,
             wrapped = excluded.wrapped",
    )
    .bind(lock.state.as_str())
    .bind(i64::from(lock.cost.memory))
    .bind(i64::from(lock.cost.passes))
    .bind(i64::from(lock.cost.lanes))
    .bind(lock.salt)
    .bind(lock.wrapped)
    .execute(keys)
    .await
    .map(drop)
    .map_err(LedgerError::database("write the ledger's lock"))
}

/// Wraps the keys that lie in clear.
pub(super) async fn seal_keys(keys: &SqlitePool, wrapping: &Wrapping) -> Result<(), LedgerError> {
    let begun = Writing::begin(keys).await;
    let mut tx = begun.map_err(LedgerError::database(KEYS))?;
    let sealed = seal_keys_in(&mut tx, wrapping).await;
    tx.end(KEYS, sealed).await
}

async fn seal_keys_in(tx: &mut SqliteConnection, wrapping: &Wrapping) -> Result<(), LedgerError> {
    let failed = LedgerError::database(KEYS);
    let own: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT secret FROM ledger_key WHERE length(secret) = 32")
            .fetch_optional(&mut *tx)
            .await
            .map_err(&failed)?;
    if let Some(own) = own {
        let wrapped = wrapping.key_in(LEDGER_KEY, &wrapping.key_out(LEDGER_KEY, &own)?)?;
        sqlx::query("UPDATE ledger_key SET secret = $1 WHERE id = 1")
            .bind(wrapped)
            .execute(&mut *tx)
            .await
            .map_err(&failed)?;
    }
    let mut after = String::new();
    loop {
        let page: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "SELECT name, secret FROM key WHERE name > $1 AND length(secret) = 32
             ORDER BY name LIMIT $2",
        )
        .bind(&after)
        .bind(STEP)
        .fetch_all(&mut *tx)
        .await
        .map_err(&failed)?;
        for (name, secret) in &page {
            let wrapped = wrapping.key_in(name, &wrapping.key_out(name, secret)?)?;
            sqlx::query("UPDATE key SET secret = $1 WHERE name = $2")
                .bind(wrapped)
                .bind(name)
                .execute(&mut *tx)
                .await
                .map_err(&failed)?;
        }
        match page.into_iter().last() {
            Some((name, _)) => after = name,
            None => return Ok(()),
        }
    }
}

/// Seals the payloads that are in clear, all or none. The trigger that keeps entries as they are
/// stands aside for this step; their hashes are of what the payloads say and stay.
pub(super) async fn seal_payloads(
    entries: &SqlitePool,
    wrapping: &Wrapping,
) -> Result<(), LedgerError> {
    let begun = Writing::begin(entries).await;
    let mut tx = begun.map_err(LedgerError::database(ENTRIES))?;
    let sealed = seal_payloads_in(&mut tx, wrapping).await;
    tx.end(ENTRIES, sealed).await
}

async fn seal_payloads_in(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database(ENTRIES);
    let trigger: String =
        sqlx::query_scalar("SELECT sql FROM sqlite_master WHERE name = 'entry_is_not_changed'")
            .fetch_one(&mut *tx)
            .await
            .map_err(&failed)?;
    sqlx::raw_sql("DROP TRIGGER entry_is_not_changed")
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    let mut after = 0;
    loop {
        let page: Vec<(i64, String)> = sqlx::query_as(
            "SELECT number, payload FROM entry WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(STEP)
        .fetch_all(&mut *tx)
        .await
        .map_err(&failed)?;
        for (number, payload) in &page {
            if Wrapping::is_clear(payload) {
                let sealed = wrapping.payload_in(number.unsigned_abs(), payload)?;
                sqlx::query("UPDATE entry SET payload = $1 WHERE number = $2")
                    .bind(sealed)
                    .bind(number)
                    .execute(&mut *tx)
                    .await
                    .map_err(&failed)?;
            }
        }
        match page.last() {
            Some((number, _)) => after = *number,
            None => break,
        }
    }
    // As the migration wrote it.
    sqlx::raw_sql(AssertSqlSafe(trigger))
        .execute(&mut *tx)
        .await
        .map(drop)
        .map_err(&failed)
}

/// Seals the derived rows that are in clear; the rows of a step go from one form to the other at
/// once.
pub(super) async fn seal_rows(
    entries: &SqlitePool,
    wrapping: &Wrapping,
) -> Result<(), LedgerError> {
    loop {
        let begun = Writing::begin(entries).await;
        let mut tx = begun.map_err(LedgerError::database(INDEX))?;
        let sealed = seal_some_rows(&mut tx, wrapping).await;
        if tx.end(INDEX, sealed).await? == 0 {
            return Ok(());
        }
    }
}

/// Seals the rows of one step; gives how many.
async fn seal_some_rows(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
) -> Result<usize, LedgerError> {
    let failed = LedgerError::database(INDEX);
    let page: Vec<(String, i64, String, Vec<u8>)> = sqlx::query_as(
        "SELECT kind, number, report, bytes FROM derived WHERE kind NOT LIKE '%.sealed' LIMIT $1",
    )
    .bind(STEP)
    .fetch_all(&mut *tx)
    .await
    .map_err(&failed)?;
    let rows = page.len();
    for (kind, number, report, bytes) in page {
        sqlx::query(
            "INSERT INTO derived (kind, number, report, bytes) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
        )
        .bind(wrapping.kind_in(&kind))
        .bind(number)
        .bind(report)
        .bind(wrapping.row_in(&kind, number.unsigned_abs(), &bytes)?)
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
        sqlx::query("DELETE FROM derived WHERE kind = $1 AND number = $2")
            .bind(&kind)
            .bind(number)
            .execute(&mut *tx)
            .await
            .map_err(&failed)?;
    }
    Ok(rows)
}

/// Rewrites a file and cuts its log, so that no page with what was in clear is left; `false` where
/// another process holds old ones.
pub(super) async fn scrub(pool: &SqlitePool) -> Result<bool, LedgerError> {
    let failed = LedgerError::database("overwrite what was in clear");
    sqlx::query("VACUUM").execute(pool).await.map_err(&failed)?;
    super::cut_log(pool).await.map_err(&failed)
}
