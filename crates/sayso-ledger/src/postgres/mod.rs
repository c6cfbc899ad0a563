//! The ledger in PostgreSQL: entries in the schema `sayso_ledger`, keys in `sayso_keys`.
//!
//! Writers take an advisory lock for the length of their transaction, so that entries follow one
//! another. Keys of a schema of their own can be granted, dumped and backed up apart.
//!
//! A server that is gone for a while is asked again ([`endure`]).

pub(crate) mod endure;
mod entries;
mod keys;
mod lock;
mod migrations;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool};

use crate::book::Missing;
use crate::entry::{Derived, Draft, Entry, Head, ReportRef};
use crate::error::LedgerError;
use crate::ledger::{Answer, Basis, KeyRow, Ledger};
use crate::lock::{Lock, Master, Wrapping};
use crate::moment::Moment;
use crate::notice::Notices;
use crate::row;
use crate::seal::Secret;
use endure::Endurance;

/// Number of the advisory lock of writers ("sayso").
const WRITERS: i64 = 0x0073_6179_736f;

/// How long a connection is waited for, each time that one is.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a server that is gone is waited for, where nothing else is said.
pub(crate) const USUAL_PATIENCE: Duration = Duration::from_mins(2);

/// A ledger in PostgreSQL.
#[derive(Debug)]
pub struct Postgres {
    pool: PgPool,
    wrapping: Wrapping,
    endurance: Endurance,
}

impl Postgres {
    /// Connects, makes the two schemas where they are missing (if `missing` allows it) and brings
    /// them to this version's form.
    ///
    /// # Errors
    /// [`LedgerError::NoLedger`]; where the address is wrong, the server does not answer, or the
    /// ledger is of a newer version.
    pub async fn open(url: &str, missing: Missing) -> Result<Self, LedgerError> {
        let endurance = Endurance {
            patience: USUAL_PATIENCE,
            notices: Notices::default(),
        };
        Self::open_enduring(url, missing, endurance).await
    }

    /// As [`Postgres::open`]; later a server that is gone is waited for as `endurance` says.
    pub(crate) async fn open_enduring(
        url: &str,
        missing: Missing,
        endurance: Endurance,
    ) -> Result<Self, LedgerError> {
        let failed = LedgerError::database("open the ledger");
        let options: PgConnectOptions = url.parse().map_err(&failed)?;
        let place = format!("database {}", options.get_database().unwrap_or_default());
        // The table of migrations lies beside the entries.
        let options = options.options([("search_path", "sayso_ledger")]);
        let pool = crate::without_reaper()
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
                return Err(LedgerError::NoLedger { place });
            }
            make_schemas(&pool).await?;
        }
        let migrator = migrations::ledger();
        let known = migrator.iter().map(|m| m.version).max().unwrap_or(0);
        crate::notice::form(&endurance.notices, &place, form(&pool).await?, known)?;
        migrator.run(&pool).await?;
        Ok(Self {
            pool,
            wrapping: Wrapping::default(),
            endurance,
        })
    }

    fn store(&self) -> (&PgPool, &Wrapping) {
        (&self.pool, &self.wrapping)
    }
}

async fn make_schemas(pool: &PgPool) -> Result<(), LedgerError> {
    let failed = LedgerError::database("open the ledger");
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
    tx.commit().await.map_err(&failed)
}

/// The number of the ledger's form; 0 where it is being made.
async fn form(pool: &PgPool) -> Result<i64, LedgerError> {
    let failed = LedgerError::database("read the ledger's form");
    let is_there: bool =
        sqlx::query_scalar("SELECT to_regclass('sayso_ledger._sqlx_migrations') IS NOT NULL")
            .fetch_one(pool)
            .await
            .map_err(&failed)?;
    if !is_there {
        return Ok(0);
    }
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM sayso_ledger._sqlx_migrations")
            .fetch_one(pool)
            .await
            .map_err(&failed)?;
    Ok(newest.unwrap_or(0))
}

impl Ledger for Postgres {
    fn append(&self, drafts: Vec<Draft>, recorded: Moment, basis: Basis) -> Answer<'_, Vec<Entry>> {
        Box::pin(async move {
            // What was about to be kept when the connection was lost.
            let attempted = Mutex::new(Vec::new());
            let drafts = (drafts.as_slice(), &basis);
            self.endurance
                .with(|| entries::append(self.store(), drafts, recorded, &attempted))
                .await
        })
    }

    fn copy(&self, entries: Vec<Entry>) -> Answer<'_, ()> {
        Box::pin(async move {
            let attempted = Mutex::new(false);
            self.endurance
                .with(|| entries::copy(self.store(), &entries, &attempted))
                .await
        })
    }

    fn entries(&self, after: u64, limit: u32, bodies: bool) -> Answer<'_, Vec<Entry>> {
        Box::pin(
            self.endurance
                .with(move || entries::page(self.store(), after, limit, bodies)),
        )
    }

    fn of_report<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, Vec<Entry>> {
        Box::pin(
            self.endurance
                .with(move || entries::of_report(self.store(), report)),
        )
    }

    fn some<'a>(&'a self, numbers: &'a [u64]) -> Answer<'a, Vec<Entry>> {
        Box::pin(
            self.endurance
                .with(move || entries::some(self.store(), numbers)),
        )
    }

    fn entry(&self, number: u64) -> Answer<'_, Option<Entry>> {
        Box::pin(
            self.endurance
                .with(move || entries::one(self.store(), number)),
        )
    }

    fn head(&self) -> Answer<'_, Head> {
        Box::pin(self.endurance.with(move || entries::head(&self.pool)))
    }

    fn erased(&self) -> Answer<'_, Vec<ReportRef>> {
        Box::pin(self.endurance.with(move || entries::erased(&self.pool)))
    }

    fn derived<'a>(&'a self, kind: &'a str, after: u64, limit: u32) -> Answer<'a, Vec<Derived>> {
        Box::pin(self.endurance.with(move || async move {
            if !self.wrapping.is_set() {
                return entries::derived(self.store(), kind, after, limit).await;
            }
            let [sealed, clear] = Wrapping::kinds(kind);
            let sealed = entries::derived(self.store(), &sealed, after, limit).await?;
            let clear = entries::derived(self.store(), &clear, after, limit).await?;
            Ok(row::merged(sealed, clear))
        }))
    }

    fn keep_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        Box::pin(async move {
            self.endurance
                .with(|| entries::keep_derived(self.store(), &rows))
                .await
        })
    }

    fn renew_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        Box::pin(async move {
            self.endurance
                .with(|| entries::renew_derived(self.store(), &rows))
                .await
        })
    }

    fn without_derived(&self) -> Answer<'_, Vec<ReportRef>> {
        Box::pin(
            self.endurance
                .with(move || entries::without_derived(&self.pool)),
        )
    }

    fn ledger_key(&self, new: Option<Secret>) -> Answer<'_, Option<Secret>> {
        Box::pin(
            self.endurance
                .with(move || keys::ledger_key(self.store(), new.clone())),
        )
    }

    fn put_key(&self, key: KeyRow) -> Answer<'_, Secret> {
        Box::pin(
            self.endurance
                .with(move || keys::put(self.store(), key.clone())),
        )
    }

    fn key<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Secret>> {
        Box::pin(self.endurance.with(move || keys::one(self.store(), name)))
    }

    fn some_keys<'a>(&'a self, names: &'a [&'a str]) -> Answer<'a, Vec<(String, Secret)>> {
        Box::pin(self.endurance.with(move || keys::some(self.store(), names)))
    }

    fn keys<'a>(&'a self, after: &'a str, limit: u32) -> Answer<'a, Vec<KeyRow>> {
        Box::pin(
            self.endurance
                .with(move || keys::page(self.store(), after, limit)),
        )
    }

    fn destroy<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, ()> {
        Box::pin(self.endurance.with(move || async move {
            entries::purge(&self.pool, report).await?;
            keys::destroy(&self.pool, report).await
        }))
    }

    fn lock(&self) -> Answer<'_, Option<Lock>> {
        Box::pin(self.endurance.with(move || lock::read(&self.pool)))
    }

    fn put_lock(&self, lock: Lock) -> Answer<'_, ()> {
        Box::pin(async move { self.endurance.with(|| lock::put(&self.pool, &lock)).await })
    }

    fn unlock(&self, master: Master, seals: bool) {
        self.wrapping.set(master, seals);
    }

    fn wrapped(&self, name: &str, key: &Secret) -> Result<Vec<u8>, LedgerError> {
        self.wrapping.key_in(name, key)
    }

    fn seal_all(&self) -> Answer<'_, ()> {
        Box::pin(self.endurance.with(move || async move {
            lock::seal_keys(&self.pool, &self.wrapping).await?;
            lock::seal_payloads(&self.pool, &self.wrapping).await?;
            lock::seal_rows(&self.pool, &self.wrapping).await?;
            lock::scrub(&self.pool).await
        }))
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.pool.close().await;
            Ok(())
        })
    }
}

/// What a mutex holds, whatever became of those who held it.
fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
