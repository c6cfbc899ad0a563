//! The lock of the keys, and sealing what was in clear before there was one.

use sqlx::postgres::PgPool;

use crate::error::LedgerError;
use crate::lock::{Lock, Wrapping};
use crate::row;
use crate::seal::LEDGER_KEY;

/// Rows that are sealed in one step.
const STEP: i64 = 1_000;

pub(super) async fn read(pool: &PgPool) -> Result<Option<Lock>, LedgerError> {
    let row: Option<row::LockRow> = sqlx::query_as(
        "SELECT state, memory, passes, lanes, salt, wrapped FROM sayso_keys.lock WHERE id = 1",
    )
    .fetch_optional(pool)
    .await
    .map_err(LedgerError::database("read the ledger's lock"))?;
    row.map(row::lock).transpose()
}

pub(super) async fn put(pool: &PgPool, lock: &Lock) -> Result<(), LedgerError> {
    sqlx::query(
        "INSERT INTO sayso_keys.lock (id, state, memory, passes, lanes, salt, wrapped)
         VALUES (1, $1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, memory = excluded.memory,
             passes = excluded.passes, lanes = excluded.lanes, salt = excluded.salt,
             wrapped = excluded.wrapped",
    )
    .bind(lock.state.as_str())
    .bind(i64::from(lock.cost.memory))
    .bind(i64::from(lock.cost.passes))
    .bind(i64::from(lock.cost.lanes))
    .bind(&lock.salt)
    .bind(&lock.wrapped)
    .execute(pool)
    .await
    .map(drop)
    .map_err(LedgerError::database("write the ledger's lock"))
}

/// Wraps the keys that lie in clear.
pub(super) async fn seal_keys(pool: &PgPool, wrapping: &Wrapping) -> Result<(), LedgerError> {
    let failed = LedgerError::database("encrypt the keys");
    let mut tx = pool.begin().await.map_err(&failed)?;
    let own: Option<Vec<u8>> = sqlx::query_scalar(
        "SELECT secret FROM sayso_keys.ledger_key WHERE length(secret) = 32 FOR UPDATE",
    )
    .fetch_optional(&mut *tx)
    .await
    .map_err(&failed)?;
    if let Some(own) = own {
        let wrapped = wrapping.key_in(LEDGER_KEY, &wrapping.key_out(LEDGER_KEY, &own)?)?;
        sqlx::query("UPDATE sayso_keys.ledger_key SET secret = $1 WHERE id = 1")
            .bind(wrapped)
            .execute(&mut *tx)
            .await
            .map_err(&failed)?;
    }
    let mut after = String::new();
    loop {
        let page: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "SELECT name, secret FROM sayso_keys.key WHERE name > $1 AND length(secret) = 32
             ORDER BY name LIMIT $2",
        )
        .bind(&after)
        .bind(STEP)
        .fetch_all(&mut *tx)
        .await
        .map_err(&failed)?;
        for (name, secret) in &page {
            let wrapped = wrapping.key_in(name, &wrapping.key_out(name, secret)?)?;
            sqlx::query("UPDATE sayso_keys.key SET secret = $1 WHERE name = $2")
                .bind(wrapped)
                .bind(name)
                .execute(&mut *tx)
                .await
                .map_err(&failed)?;
        }
        match page.into_iter().last() {
            Some((name, _)) => after = name,
            None => break,
        }
    }
    tx.commit().await.map_err(&failed)
}

/// Seals the payloads that are in clear, all or none. The trigger that keeps entries as they are
/// stands aside for this step; their hashes are of what the payloads say and stay.
pub(super) async fn seal_payloads(pool: &PgPool, wrapping: &Wrapping) -> Result<(), LedgerError> {
    let failed = LedgerError::database("encrypt the entries");
    let mut tx = pool.begin().await.map_err(&failed)?;
    sqlx::raw_sql("ALTER TABLE sayso_ledger.entry DISABLE TRIGGER entry_is_not_changed")
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    let mut after = 0;
    loop {
        let page: Vec<(i64, String)> = sqlx::query_as(
            "SELECT number, payload FROM sayso_ledger.entry WHERE number > $1
             ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(STEP)
        .fetch_all(&mut *tx)
        .await
        .map_err(&failed)?;
        let (mut numbers, mut payloads) = (Vec::new(), Vec::new());
        for (number, payload) in &page {
            if Wrapping::is_clear(payload) {
                numbers.push(*number);
                payloads.push(wrapping.payload_in(number.unsigned_abs(), payload)?);
            }
        }
        sqlx::query(
            "UPDATE sayso_ledger.entry AS e SET payload = n.payload
             FROM unnest($1::bigint[], $2::text[]) AS n (number, payload)
             WHERE e.number = n.number",
        )
        .bind(numbers)
        .bind(payloads)
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
        match page.last() {
            Some((number, _)) => after = *number,
            None => break,
        }
    }
    sqlx::raw_sql("ALTER TABLE sayso_ledger.entry ENABLE TRIGGER entry_is_not_changed")
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    tx.commit().await.map_err(&failed)
}

/// Seals the derived rows that are in clear; the rows of a step go from one form to the other at
/// once.
pub(super) async fn seal_rows(pool: &PgPool, wrapping: &Wrapping) -> Result<(), LedgerError> {
    let failed = LedgerError::database("encrypt the index");
    loop {
        let mut tx = pool.begin().await.map_err(&failed)?;
        let page: Vec<(String, i64, String, Vec<u8>)> = sqlx::query_as(
            "SELECT kind, number, report, bytes FROM sayso_ledger.derived
             WHERE kind NOT LIKE '%.sealed' LIMIT $1",
        )
        .bind(STEP)
        .fetch_all(&mut *tx)
        .await
        .map_err(&failed)?;
        if page.is_empty() {
            return tx.rollback().await.map_err(&failed);
        }
        for (kind, number, report, bytes) in page {
            sqlx::query(
                "INSERT INTO sayso_ledger.derived (kind, number, report, bytes)
                 VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            )
            .bind(wrapping.kind_in(&kind))
            .bind(number)
            .bind(report)
            .bind(wrapping.row_in(&kind, number.unsigned_abs(), &bytes)?)
            .execute(&mut *tx)
            .await
            .map_err(&failed)?;
            sqlx::query("DELETE FROM sayso_ledger.derived WHERE kind = $1 AND number = $2")
                .bind(&kind)
                .bind(number)
                .execute(&mut *tx)
                .await
                .map_err(&failed)?;
        }
        tx.commit().await.map_err(&failed)?;
    }
}

/// Rewrites the tables, so that no dead row keeps what was in clear. The server's own log and
/// backups may hold it longer: see DESIGN.md.
pub(super) async fn scrub(pool: &PgPool) -> Result<(), LedgerError> {
    let failed = LedgerError::database("overwrite what was in clear");
    for sql in [
        "VACUUM (FULL) sayso_keys.lock",
        "VACUUM (FULL) sayso_keys.ledger_key",
        "VACUUM (FULL) sayso_keys.key",
        "VACUUM (FULL) sayso_ledger.derived",
        "VACUUM (FULL) sayso_ledger.entry",
    ] {
        sqlx::raw_sql(sql).execute(pool).await.map_err(&failed)?;
    }
    Ok(())
}
