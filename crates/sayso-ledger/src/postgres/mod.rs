//! The ledger in PostgreSQL: entries in the schema `sayso_ledger`, keys in `sayso_keys`.
//!
//! Writers take an advisory lock for the length of their transaction, so that entries follow one
//! another. Keys of a schema of their own can be granted, dumped and backed up apart.

mod entries;
mod keys;
mod migrations;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::book::Missing;
use crate::entry::{Derived, Draft, Entry, Head, ReportRef};
use crate::error::LedgerError;
use crate::ledger::{Answer, KeyRow, Ledger, Seen};
use crate::moment::Moment;
use crate::seal::Secret;

/// Number of the advisory lock of writers ("sayso").
const WRITERS: i64 = 0x0073_6179_736f;

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_mins(2);

/// A ledger in PostgreSQL.
#[derive(Debug)]
pub struct Postgres {
    pool: PgPool,
}

impl Postgres {
    /// Connects, makes the two schemas where they are missing (if `missing` allows it) and brings
    /// them to this version's form.
    ///
    /// # Errors
    /// [`LedgerError::NoLedger`]; where the address is wrong, the server does not answer, or the
    /// ledger is of a newer version.
    pub async fn open(url: &str, missing: Missing) -> Result<Self, LedgerError> {
        let failed = LedgerError::database("open the ledger");
        let options: PgConnectOptions = url.parse().map_err(&failed)?;
        let database = options.get_database().unwrap_or_default().to_owned();
        // The table of migrations lies beside the entries.
        let options = options.options([("search_path", "sayso_ledger")]);
        let pool = PgPoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await
            .map_err(&failed)?;
        let schemas: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_namespace WHERE nspname IN ('sayso_ledger', 'sayso_keys')",
        )
        .fetch_one(&pool)
        .await
        .map_err(&failed)?;
        if schemas < 2 {
            if missing == Missing::Refuse {
                return Err(LedgerError::NoLedger {
                    place: format!("database {database}"),
                });
            }
            let mut tx = pool.begin().await.map_err(&failed)?;
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(WRITERS)
                .execute(&mut *tx)
                .await
                .map_err(&failed)?;
            for sql in [
                "CREATE SCHEMA IF NOT EXISTS sayso_ledger",
                "CREATE SCHEMA IF NOT EXISTS sayso_keys",
            ] {
                sqlx::query(sql).execute(&mut *tx).await.map_err(&failed)?;
            }
            tx.commit().await.map_err(&failed)?;
        }
        migrations::ledger().run(&pool).await?;
        Ok(Self { pool })
    }
}

impl Ledger for Postgres {
    fn append(
        &self,
        drafts: Vec<Draft>,
        recorded: Moment,
        seen: Vec<Seen>,
    ) -> Answer<'_, Vec<Entry>> {
        Box::pin(entries::append(&self.pool, drafts, recorded, seen))
    }

    fn copy(&self, entries: Vec<Entry>) -> Answer<'_, ()> {
        Box::pin(entries::copy(&self.pool, entries))
    }

    fn entries(&self, after: u64, limit: u32, bodies: bool) -> Answer<'_, Vec<Entry>> {
        Box::pin(entries::page(&self.pool, after, limit, bodies))
    }

    fn of_report<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, Vec<Entry>> {
        Box::pin(entries::of_report(&self.pool, report))
    }

    fn some<'a>(&'a self, numbers: &'a [u64]) -> Answer<'a, Vec<Entry>> {
        Box::pin(entries::some(&self.pool, numbers))
    }

    fn entry(&self, number: u64) -> Answer<'_, Option<Entry>> {
        Box::pin(entries::one(&self.pool, number))
    }

    fn head(&self) -> Answer<'_, Head> {
        Box::pin(entries::head(&self.pool))
    }

    fn erased(&self) -> Answer<'_, Vec<ReportRef>> {
        Box::pin(entries::erased(&self.pool))
    }

    fn derived<'a>(&'a self, kind: &'a str, after: u64, limit: u32) -> Answer<'a, Vec<Derived>> {
        Box::pin(entries::derived(&self.pool, kind, after, limit))
    }

    fn keep_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        Box::pin(entries::keep_derived(&self.pool, rows))
    }

    fn ledger_key(&self, new: Option<Secret>) -> Answer<'_, Option<Secret>> {
        Box::pin(keys::ledger_key(&self.pool, new))
    }

    fn put_key(&self, key: KeyRow) -> Answer<'_, Secret> {
        Box::pin(keys::put(&self.pool, key))
    }

    fn key<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Secret>> {
        Box::pin(keys::one(&self.pool, name))
    }

    fn some_keys<'a>(&'a self, names: &'a [&'a str]) -> Answer<'a, Vec<(String, Secret)>> {
        Box::pin(keys::some(&self.pool, names))
    }

    fn keys<'a>(&'a self, after: &'a str, limit: u32) -> Answer<'a, Vec<KeyRow>> {
        Box::pin(keys::page(&self.pool, after, limit))
    }

    fn destroy<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, ()> {
        Box::pin(async move {
            entries::purge(&self.pool, report).await?;
            keys::destroy(&self.pool, report).await
        })
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.pool.close().await;
            Ok(())
        })
    }
}
