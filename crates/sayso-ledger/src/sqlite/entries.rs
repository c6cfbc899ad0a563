//! Entries and derived rows.

use sqlx::sqlite::{SqliteConnection, SqlitePool};

use crate::entry::{Derived, Draft, Entry, Head, ReportRef, chained};
use crate::error::LedgerError;
use crate::ledger::{FULL_PAGE, Seen};
use crate::lock::Wrapping;
use crate::moment::Moment;
use crate::row::{self, signed};

pub(super) async fn append(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    drafts: Vec<Draft>,
    recorded: Moment,
    seen: Vec<Seen>,
) -> Result<Vec<Entry>, LedgerError> {
    let failed = LedgerError::database("append to the ledger");
    // Takes the lock of writers at once: whoever reads the head is the next to write.
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(&failed)?;
    for seen in &seen {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT max(number) FROM entry WHERE report = $1")
                .bind(seen.report.as_str())
                .fetch_one(&mut *tx)
                .await
                .map_err(&failed)?;
        if last.unwrap_or(0) != signed(seen.last) {
            tx.rollback().await.map_err(&failed)?;
            return Err(LedgerError::Moved);
        }
    }
    let entries = chained(&last(&mut tx).await?, recorded, &drafts);
    for (entry, draft) in entries.iter().zip(&drafts) {
        insert(&mut tx, wrapping, entry).await?;
        for row in &draft.derived {
            let row = Derived {
                number: entry.number,
                kind: row.kind.to_owned(),
                report: entry.report.clone().unwrap_or_default(),
                bytes: row.bytes.clone(),
            };
            insert_derived(&mut tx, wrapping, &row).await?;
        }
    }
    tx.commit().await.map_err(&failed)?;
    Ok(entries)
}

pub(super) async fn copy(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    entries: Vec<Entry>,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("import into the ledger");
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(&failed)?;
    if !row::follows(&entries, &last(&mut tx).await?) {
        tx.rollback().await.map_err(&failed)?;
        return Err(LedgerError::Moved);
    }
    for entry in &entries {
        insert(&mut tx, wrapping, entry).await?;
    }
    tx.commit().await.map_err(&failed)
}

async fn insert(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
    entry: &Entry,
) -> Result<(), LedgerError> {
    sqlx::query(
        "INSERT INTO entry (number, recorded, kind, report, payload, previous, hash, head, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(signed(entry.number))
    .bind(&entry.recorded)
    .bind(&entry.kind)
    .bind(&entry.report)
    .bind(wrapping.payload_in(entry.number, &entry.payload)?)
    .bind(&entry.previous)
    .bind(&entry.hash)
    .bind(&entry.head)
    .bind(&entry.body)
    .execute(tx)
    .await
    .map(drop)
    .map_err(LedgerError::database("append to the ledger"))
}

async fn insert_derived(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
    row: &Derived,
) -> Result<(), LedgerError> {
    sqlx::query(
        "INSERT INTO derived (kind, number, report, bytes) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(wrapping.kind_in(&row.kind))
    .bind(signed(row.number))
    .bind(&row.report)
    .bind(wrapping.row_in(&row.kind, row.number, &row.bytes)?)
    .execute(tx)
    .await
    .map(drop)
    .map_err(LedgerError::database("write the index"))
}

async fn last(connection: &mut SqliteConnection) -> Result<Head, LedgerError> {
    sqlx::query_as("SELECT number, hash, recorded FROM entry ORDER BY number DESC LIMIT 1")
        .fetch_optional(connection)
        .await
        .map(row::head)
        .map_err(LedgerError::database("read the ledger's head"))
}

pub(super) async fn head(pool: &SqlitePool) -> Result<Head, LedgerError> {
    let failed = LedgerError::database("read the ledger's head");
    last(&mut *pool.acquire().await.map_err(failed)?).await
}

pub(super) async fn page(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    after: u64,
    limit: u32,
    bodies: bool,
) -> Result<Vec<Entry>, LedgerError> {
    let sql = if bodies {
        "SELECT number, recorded, kind, report, payload, previous, hash, head, body
         FROM entry WHERE number > $1 AND number <= (
             SELECT max(number) FROM (
                 SELECT number, sum(coalesce(length(head), 0) + coalesce(length(body), 0))
                     OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                 FROM entry WHERE number > $1 ORDER BY number LIMIT $2) AS page
             WHERE coalesce(before, 0) < $3)
         ORDER BY number"
    } else {
        "SELECT number, recorded, kind, report, payload, previous, hash, head, NULL
         FROM entry WHERE number > $1 AND number <= (
             SELECT max(number) FROM (
                 SELECT number, sum(coalesce(length(head), 0))
                     OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                 FROM entry WHERE number > $1 ORDER BY number LIMIT $2) AS page
             WHERE coalesce(before, 0) < $3)
         ORDER BY number"
    };
    let rows: Vec<row::EntryRow> = sqlx::query_as(sql)
        .bind(signed(after))
        .bind(i64::from(limit))
        .bind(signed(FULL_PAGE))
        .fetch_all(pool)
        .await
        .map_err(LedgerError::database("read entries"))?;
    rows.into_iter()
        .map(|row| row::entry(row, wrapping))
        .collect()
}

pub(super) async fn of_report(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    report: &ReportRef,
) -> Result<Vec<Entry>, LedgerError> {
    let rows: Vec<row::EntryRow> = sqlx::query_as(
        "SELECT number, recorded, kind, report, payload, previous, hash, head, NULL
         FROM entry WHERE report = $1 ORDER BY number",
    )
    .bind(report.as_str())
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read the entries of a report"))?;
    rows.into_iter()
        .map(|row| row::entry(row, wrapping))
        .collect()
}

pub(super) async fn some(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    numbers: &[u64],
) -> Result<Vec<Entry>, LedgerError> {
    let rows: Vec<row::EntryRow> = sqlx::query_as(
        "SELECT number, recorded, kind, report, payload, previous, hash, head, body
         FROM entry WHERE number IN (SELECT value FROM json_each($1)) ORDER BY number",
    )
    .bind(serde_json::to_string(numbers)?)
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read entries"))?;
    rows.into_iter()
        .map(|row| row::entry(row, wrapping))
        .collect()
}

pub(super) async fn one(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    number: u64,
) -> Result<Option<Entry>, LedgerError> {
    let found: Option<row::EntryRow> = sqlx::query_as(
        "SELECT number, recorded, kind, report, payload, previous, hash, head, body
         FROM entry WHERE number = $1",
    )
    .bind(signed(number))
    .fetch_optional(pool)
    .await
    .map_err(LedgerError::database("read an entry"))?;
    found.map(|row| row::entry(row, wrapping)).transpose()
}

pub(super) async fn erased(pool: &SqlitePool) -> Result<Vec<ReportRef>, LedgerError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT report FROM entry WHERE kind = 'erasure' AND report IS NOT NULL
         ORDER BY report",
    )
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read the tombstones"))?;
    Ok(rows.into_iter().map(ReportRef).collect())
}

pub(super) async fn derived(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    kind: &str,
    after: u64,
    limit: u32,
) -> Result<Vec<Derived>, LedgerError> {
    let rows: Vec<(i64, String, String, Vec<u8>)> = sqlx::query_as(
        "SELECT number, kind, report, bytes FROM (
             SELECT number, kind, report, bytes, sum(length(bytes))
                 OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
             FROM (SELECT number, kind, report, bytes FROM derived
                 WHERE kind = $1 AND number > $2 ORDER BY number LIMIT $3) AS rows) AS page
         WHERE coalesce(before, 0) < $4 ORDER BY number",
    )
    .bind(kind)
    .bind(signed(after))
    .bind(i64::from(limit))
    .bind(signed(FULL_PAGE))
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read the index"))?;
    rows.into_iter()
        .map(|row| row::derived(row, wrapping))
        .collect()
}

pub(super) async fn keep_derived(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    rows: Vec<Derived>,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("write the index");
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(&failed)?;
    for row in &rows {
        insert_derived(&mut tx, wrapping, row).await?;
    }
    tx.commit().await.map_err(&failed)
}

/// Deletes the derived rows of a report, which overwrites them, and cuts the log; `false` where
/// another process keeps the log from being cut.
pub(super) async fn purge(pool: &SqlitePool, report: &ReportRef) -> Result<bool, LedgerError> {
    let failed = LedgerError::database("purge the index");
    sqlx::query("DELETE FROM derived WHERE report = $1")
        .bind(report.as_str())
        .execute(pool)
        .await
        .map_err(&failed)?;
    super::cut_log(pool).await.map_err(&failed)
}
