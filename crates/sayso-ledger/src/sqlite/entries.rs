//! Entries and derived rows.

use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::writing::Writing;
use crate::entry::{Derived, Draft, Entry, Head, ReportRef, chained};
use crate::error::LedgerError;
use crate::ledger::{Basis, FULL_PAGE};
use crate::lock::Wrapping;
use crate::moment::Moment;
use crate::row::{self, signed};

const APPEND: &str = "append to the ledger";
const IMPORT: &str = "import into the ledger";
const INDEX: &str = "write the index";

pub(super) async fn append(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    drafts: Vec<Draft>,
    recorded: Moment,
    basis: Basis,
) -> Result<Vec<Entry>, LedgerError> {
    let begun = Writing::begin(pool).await;
    let mut tx = begun.map_err(LedgerError::database(APPEND))?;
    let appended = append_in(&mut tx, wrapping, (&drafts, &basis), recorded).await;
    tx.end(APPEND, appended).await
}

async fn append_in(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
    (drafts, basis): (&[Draft], &Basis),
    recorded: Moment,
) -> Result<Vec<Entry>, LedgerError> {
    if !holds(tx, basis)
        .await
        .map_err(LedgerError::database(APPEND))?
    {
        return Err(LedgerError::Moved);
    }
    let entries = chained(&last(tx).await?, recorded, drafts);
    for (entry, draft) in entries.iter().zip(drafts) {
        insert(tx, wrapping, entry).await?;
        for row in &draft.derived {
            let row = Derived {
                number: entry.number,
                kind: row.kind.to_owned(),
                report: entry.report.clone().unwrap_or_default(),
                bytes: row.bytes.clone(),
            };
            insert_derived(tx, wrapping, &row).await?;
        }
    }
    Ok(entries)
}

/// Whether what the writer knew is still so.
async fn holds(tx: &mut SqliteConnection, basis: &Basis) -> Result<bool, sqlx::Error> {
    for seen in &basis.seen {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT max(number) FROM entry WHERE report = $1")
                .bind(seen.report.as_str())
                .fetch_one(&mut *tx)
                .await?;
        if last.unwrap_or(0) != signed(seen.last) {
            return Ok(false);
        }
    }
    let Some(since) = basis.undecided_since else {
        return Ok(true);
    };
    // Decisions are the entries about no report.
    let decided: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE number > $1 AND report IS NULL)",
    )
    .bind(signed(since))
    .fetch_one(tx)
    .await?;
    Ok(!decided)
}

pub(super) async fn copy(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    entries: Vec<Entry>,
) -> Result<(), LedgerError> {
    let begun = Writing::begin(pool).await;
    let mut tx = begun.map_err(LedgerError::database(IMPORT))?;
    let copied = copy_in(&mut tx, wrapping, &entries).await;
    tx.end(IMPORT, copied).await
}

async fn copy_in(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
    entries: &[Entry],
) -> Result<(), LedgerError> {
    if !row::follows(entries, &last(tx).await?) {
        return Err(LedgerError::Moved);
    }
    for entry in entries {
        insert(tx, wrapping, entry).await?;
    }
    Ok(())
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
    .map_err(LedgerError::database(APPEND))
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
    .map_err(LedgerError::database(INDEX))
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
    let begun = Writing::begin(pool).await;
    let mut tx = begun.map_err(LedgerError::database(INDEX))?;
    let mut kept = Ok(());
    for row in &rows {
        kept = insert_derived(&mut tx, wrapping, row).await;
        if kept.is_err() {
            break;
        }
    }
    tx.end(INDEX, kept).await
}

pub(super) async fn renew_derived(
    (pool, wrapping): (&SqlitePool, &Wrapping),
    rows: Vec<Derived>,
) -> Result<(), LedgerError> {
    let begun = Writing::begin(pool).await;
    let mut tx = begun.map_err(LedgerError::database(INDEX))?;
    let mut kept = Ok(());
    for row in &rows {
        kept = renew(&mut tx, wrapping, row).await;
        if kept.is_err() {
            break;
        }
    }
    tx.end(INDEX, kept).await
}

/// Keeps a row in the place of the one there is, unless its report was erased.
async fn renew(
    tx: &mut SqliteConnection,
    wrapping: &Wrapping,
    row: &Derived,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database(INDEX);
    let [sealed, clear] = Wrapping::kinds(&row.kind);
    sqlx::query("DELETE FROM derived WHERE kind IN ($1, $2) AND number = $3")
        .bind(sealed)
        .bind(clear)
        .bind(signed(row.number))
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    let is_erased: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE kind = 'erasure' AND report = $1)",
    )
    .bind(&row.report)
    .fetch_one(&mut *tx)
    .await
    .map_err(&failed)?;
    if is_erased {
        return Ok(());
    }
    insert_derived(tx, wrapping, row).await
}

/// Looked up in the indexes alone, which are a small part of the tables.
pub(super) async fn without_derived(pool: &SqlitePool) -> Result<Vec<ReportRef>, LedgerError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT report FROM (
             SELECT DISTINCT report FROM entry WHERE report IS NOT NULL) AS e
         WHERE NOT EXISTS (SELECT 1 FROM derived AS d WHERE d.report = e.report)
             AND NOT EXISTS (
                 SELECT 1 FROM entry AS t WHERE t.kind = 'erasure' AND t.report = e.report)
         ORDER BY report",
    )
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read the index"))?;
    Ok(rows.into_iter().map(ReportRef).collect())
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
