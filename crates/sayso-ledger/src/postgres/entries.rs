//! Entries and derived rows.

use std::sync::Mutex;

use sqlx::postgres::{PgConnection, PgPool};

use super::held;
use crate::entry::{Derived, Draft, Entry, Head, ReportRef, chained};
use crate::error::LedgerError;
use crate::ledger::{Basis, FULL_PAGE};
use crate::lock::Wrapping;
use crate::moment::Moment;
use crate::row::{self, signed};

/// Appends. `attempted` is for the same call made again after the connection was lost: whether its
/// entries were kept is looked up, not guessed.
pub(super) async fn append(
    (pool, wrapping): (&PgPool, &Wrapping),
    (drafts, basis): (&[Draft], &Basis),
    recorded: Moment,
    attempted: &Mutex<Vec<Entry>>,
) -> Result<Vec<Entry>, LedgerError> {
    let failed = LedgerError::database("append to the ledger");
    let mut tx = pool.begin().await.map_err(&failed)?;
    // Whoever reads the head is the next to write; an earlier attempt has ended by now.
    lock(&mut tx).await.map_err(&failed)?;
    let before = held(attempted).clone();
    if let Some(first) = before.first() {
        let hash: Option<String> =
            sqlx::query_scalar("SELECT hash FROM sayso_ledger.entry WHERE number = $1")
                .bind(signed(first.number))
                .fetch_optional(&mut *tx)
                .await
                .map_err(&failed)?;
        if hash.as_ref() == Some(&first.hash) {
            tx.rollback().await.map_err(&failed)?;
            return Ok(before);
        }
    }
    if !holds(&mut tx, basis).await.map_err(&failed)? {
        tx.rollback().await.map_err(&failed)?;
        return Err(LedgerError::Moved);
    }
    let entries = chained(&last(&mut tx).await?, recorded, drafts);
    for (entry, draft) in entries.iter().zip(drafts) {
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
    held(attempted).clone_from(&entries);
    tx.commit().await.map_err(&failed)?;
    Ok(entries)
}

/// Whether what the writer knew is still so.
async fn holds(tx: &mut PgConnection, basis: &Basis) -> Result<bool, sqlx::Error> {
    for seen in &basis.seen {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT max(number) FROM sayso_ledger.entry WHERE report = $1")
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
        "SELECT EXISTS (
             SELECT 1 FROM sayso_ledger.entry WHERE number > $1 AND report IS NULL)",
    )
    .bind(signed(since))
    .fetch_one(tx)
    .await?;
    Ok(!decided)
}

/// Copies entries of another ledger; `attempted` as for [`append`].
pub(super) async fn copy(
    (pool, wrapping): (&PgPool, &Wrapping),
    entries: &[Entry],
    attempted: &Mutex<bool>,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("import into the ledger");
    let mut tx = pool.begin().await.map_err(&failed)?;
    lock(&mut tx).await.map_err(&failed)?;
    let head = last(&mut tx).await?;
    if *held(attempted) && entries.last().is_some_and(|last| last.hash == head.hash) {
        return tx.rollback().await.map_err(&failed);
    }
    if !row::follows(entries, &head) {
        tx.rollback().await.map_err(&failed)?;
        return Err(LedgerError::Moved);
    }
    for entry in entries {
        insert(&mut tx, wrapping, entry).await?;
    }
    *held(attempted) = true;
    tx.commit().await.map_err(&failed)
}

/// Waits for the other writers, until the end of the transaction.
async fn lock(tx: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(super::WRITERS)
        .execute(tx)
        .await
        .map(drop)
}

async fn insert(
    tx: &mut PgConnection,
    wrapping: &Wrapping,
    entry: &Entry,
) -> Result<(), LedgerError> {
    sqlx::query(
        "INSERT INTO sayso_ledger.entry (number, recorded, kind, report, payload, previous, hash, head, body)
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
    tx: &mut PgConnection,
    wrapping: &Wrapping,
    row: &Derived,
) -> Result<(), LedgerError> {
    sqlx::query(
        "INSERT INTO sayso_ledger.derived (kind, number, report, bytes) VALUES ($1, $2, $3, $4)
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

async fn last(connection: &mut PgConnection) -> Result<Head, LedgerError> {
    sqlx::query_as(
        "SELECT number, hash, recorded FROM sayso_ledger.entry ORDER BY number DESC LIMIT 1",
    )
    .fetch_optional(connection)
    .await
    .map(row::head)
    .map_err(LedgerError::database("read the ledger's head"))
}

pub(super) async fn head(pool: &PgPool) -> Result<Head, LedgerError> {
    let failed = LedgerError::database("read the ledger's head");
    last(&mut *pool.acquire().await.map_err(failed)?).await
}

pub(super) async fn page(
    (pool, wrapping): (&PgPool, &Wrapping),
    after: u64,
    limit: u32,
    bodies: bool,
) -> Result<Vec<Entry>, LedgerError> {
    let sql = if bodies {
        "SELECT number, recorded, kind, report, payload, previous, hash, head, body
         FROM sayso_ledger.entry WHERE number > $1 AND number <= (
             SELECT max(number) FROM (
                 SELECT number, sum(coalesce(octet_length(head), 0) + coalesce(octet_length(body), 0))
                     OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                 FROM sayso_ledger.entry WHERE number > $1 ORDER BY number LIMIT $2) AS page
             WHERE coalesce(before, 0) < $3)
         ORDER BY number"
    } else {
        "SELECT number, recorded, kind, report, payload, previous, hash, head, NULL::bytea
         FROM sayso_ledger.entry WHERE number > $1 AND number <= (
             SELECT max(number) FROM (
                 SELECT number, sum(coalesce(octet_length(head), 0))
                     OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                 FROM sayso_ledger.entry WHERE number > $1 ORDER BY number LIMIT $2) AS page
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
    (pool, wrapping): (&PgPool, &Wrapping),
    report: &ReportRef,
) -> Result<Vec<Entry>, LedgerError> {
    let rows: Vec<row::EntryRow> = sqlx::query_as(
        "SELECT number, recorded, kind, report, payload, previous, hash, head, NULL::bytea
         FROM sayso_ledger.entry WHERE report = $1 ORDER BY number",
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
    (pool, wrapping): (&PgPool, &Wrapping),
    numbers: &[u64],
) -> Result<Vec<Entry>, LedgerError> {
    let numbers: Vec<i64> = numbers.iter().map(|number| signed(*number)).collect();
    let rows: Vec<row::EntryRow> = sqlx::query_as(
        "SELECT number, recorded, kind, report, payload, previous, hash, head, body
         FROM sayso_ledger.entry WHERE number = ANY($1) ORDER BY number",
    )
    .bind(numbers)
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read entries"))?;
    rows.into_iter()
        .map(|row| row::entry(row, wrapping))
        .collect()
}

pub(super) async fn one(
    (pool, wrapping): (&PgPool, &Wrapping),
    number: u64,
) -> Result<Option<Entry>, LedgerError> {
    let found: Option<row::EntryRow> = sqlx::query_as(
        "SELECT number, recorded, kind, report, payload, previous, hash, head, body
         FROM sayso_ledger.entry WHERE number = $1",
    )
    .bind(signed(number))
    .fetch_optional(pool)
    .await
    .map_err(LedgerError::database("read an entry"))?;
    found.map(|row| row::entry(row, wrapping)).transpose()
}

pub(super) async fn erased(pool: &PgPool) -> Result<Vec<ReportRef>, LedgerError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT report FROM sayso_ledger.entry WHERE kind = 'erasure' AND report IS NOT NULL
         ORDER BY report",
    )
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read the tombstones"))?;
    Ok(rows.into_iter().map(ReportRef).collect())
}

pub(super) async fn derived(
    (pool, wrapping): (&PgPool, &Wrapping),
    kind: &str,
    after: u64,
    limit: u32,
) -> Result<Vec<Derived>, LedgerError> {
    let rows: Vec<(i64, String, String, Vec<u8>)> = sqlx::query_as(
        "SELECT number, kind, report, bytes FROM (
             SELECT number, kind, report, bytes, sum(octet_length(bytes))
                 OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
             FROM (SELECT number, kind, report, bytes FROM sayso_ledger.derived
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
    (pool, wrapping): (&PgPool, &Wrapping),
    rows: &[Derived],
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("write the index");
    let mut tx = pool.begin().await.map_err(&failed)?;
    for row in rows {
        insert_derived(&mut tx, wrapping, row).await?;
    }
    tx.commit().await.map_err(&failed)
}

pub(super) async fn renew_derived(
    (pool, wrapping): (&PgPool, &Wrapping),
    rows: &[Derived],
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("write the index");
    let mut tx = pool.begin().await.map_err(&failed)?;
    // A tombstone comes before this or after it, and whoever writes it purges the rows.
    lock(&mut tx).await.map_err(&failed)?;
    for row in rows {
        renew(&mut tx, wrapping, row).await?;
    }
    tx.commit().await.map_err(&failed)
}

/// Keeps a row in the place of the one there is, unless its report was erased.
async fn renew(
    tx: &mut PgConnection,
    wrapping: &Wrapping,
    row: &Derived,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("write the index");
    let [sealed, clear] = Wrapping::kinds(&row.kind);
    sqlx::query("DELETE FROM sayso_ledger.derived WHERE kind IN ($1, $2) AND number = $3")
        .bind(sealed)
        .bind(clear)
        .bind(signed(row.number))
        .execute(&mut *tx)
        .await
        .map_err(&failed)?;
    let is_erased: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM sayso_ledger.entry WHERE kind = 'erasure' AND report = $1)",
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
pub(super) async fn without_derived(pool: &PgPool) -> Result<Vec<ReportRef>, LedgerError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT report FROM (
             SELECT DISTINCT report FROM sayso_ledger.entry WHERE report IS NOT NULL) AS e
         WHERE NOT EXISTS (SELECT 1 FROM sayso_ledger.derived AS d WHERE d.report = e.report)
             AND NOT EXISTS (
                 SELECT 1 FROM sayso_ledger.entry AS t WHERE t.kind = 'erasure' AND t.report = e.report)
         ORDER BY report",
    )
    .fetch_all(pool)
    .await
    .map_err(LedgerError::database("read the index"))?;
    Ok(rows.into_iter().map(ReportRef).collect())
}

/// Deletes the derived rows of a report and rewrites their table, so that no dead row keeps them.
pub(super) async fn purge(pool: &PgPool, report: &ReportRef) -> Result<(), LedgerError> {
    let failed = LedgerError::database("purge the index");
    sqlx::query("DELETE FROM sayso_ledger.derived WHERE report = $1")
        .bind(report.as_str())
        .execute(pool)
        .await
        .map_err(&failed)?;
    sqlx::raw_sql("VACUUM (FULL) sayso_ledger.derived")
        .execute(pool)
        .await
        .map(drop)
        .map_err(&failed)
}
