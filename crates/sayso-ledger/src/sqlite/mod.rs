//! The ledger in SQLite: one file of entries, one of keys beside it.
//!
//! Both are in write-ahead mode with full synchronisation: what was committed is on the disk. What
//! is deleted is overwritten (`secure_delete`); an erasure also cuts both write-ahead logs and
//! rewrites the file of keys.

mod entries;
mod keys;
mod lock;
mod migrations;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::AssertSqlSafe;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

use crate::book::Missing;
use crate::entry::{Derived, Draft, Entry, Head, ReportRef};
use crate::error::LedgerError;
use crate::ledger::{Answer, KeyRow, Ledger, Seen};
use crate::lock::{Lock, Master, Wrapping};
use crate::moment::Moment;
use crate::notice::Notices;
use crate::row;
use crate::seal::Secret;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long an erasure waits for those who read old pages: it is soon told that they are there.
const PATIENCE_WITH_READERS: Duration = Duration::from_secs(5);

/// How often, and after what pause, a file is opened again that another process is just making.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

/// What each connection keeps of its file, in KiB (negative, as SQLite wants it): the system keeps
/// the pages of the file anyway, and an adding program must not grow with its ledger.
const CACHE: &str = "-128";

/// A ledger in SQLite.
#[derive(Debug)]
pub struct Sqlite {
    entries: SqlitePool,
    keys: SqlitePool,
    entries_path: PathBuf,
    keys_path: PathBuf,
    wrapping: Wrapping,
}

impl Sqlite {
    /// Opens the two files, made where they are missing (if `missing` allows it) and brought to
    /// this version's form. The keys can be read by their owner alone.
    ///
    /// # Errors
    /// [`LedgerError::NoLedger`]; where a file is no database or of a newer version.
    pub async fn open(ledger: &Path, keys: &Path, missing: Missing) -> Result<Self, LedgerError> {
        Self::open_telling(ledger, keys, missing, &Notices::default()).await
    }

    /// As [`Sqlite::open`]; what is done on the way is told.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub async fn open_telling(
        ledger: &Path,
        keys: &Path,
        missing: Missing,
        notices: &Notices,
    ) -> Result<Self, LedgerError> {
        let is_new =
            std::fs::metadata(ledger).is_ok_and(|file| file.len() == 0) || !ledger.exists();
        if is_new && missing == Missing::Refuse {
            return Err(LedgerError::NoLedger {
                place: ledger.display().to_string(),
            });
        }
        make_private(ledger)?;
        make_private(keys)?;
        let entries = open(ledger, &migrations::entries(), notices).await?;
        let keys_pool = open(keys, &migrations::keys(), notices).await?;
        Ok(Self {
            entries,
            keys: keys_pool,
            entries_path: ledger.to_path_buf(),
            keys_path: keys.to_path_buf(),
            wrapping: Wrapping::default(),
        })
    }

    fn entries(&self) -> (&SqlitePool, &Wrapping) {
        (&self.entries, &self.wrapping)
    }

    fn keys(&self) -> (&SqlitePool, &Wrapping) {
        (&self.keys, &self.wrapping)
    }
}

/// Makes an empty file that only its owner can read, where there is none.
///
/// # Errors
/// [`LedgerError::File`] where the file cannot be made or opened.
pub fn make_private(path: &Path) -> Result<(), LedgerError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|source| LedgerError::File {
            path: path.display().to_string(),
            source,
        })
}

/// Opens one file. Two processes that make it at the same moment disturb each other only while they
/// open it, so that is tried again.
async fn open(
    path: &Path,
    migrator: &Migrator,
    notices: &Notices,
) -> Result<SqlitePool, LedgerError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", CACHE)
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY");
    let mut tries = 0;
    loop {
        match try_open(path, options.clone(), migrator, notices).await {
            Err(error) if tries < TRIES && is_passing(&error) => {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            outcome => return outcome,
        }
    }
}

async fn try_open(
    path: &Path,
    options: SqliteConnectOptions,
    migrator: &Migrator,
    notices: &Notices,
) -> Result<SqlitePool, LedgerError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
        .map_err(LedgerError::database("open the ledger"))?;
    if let Err(error) = migrate(path, &pool, migrator, notices).await {
        pool.close().await;
        return Err(error);
    }
    Ok(pool)
}

/// Brings a file to this version's form, each step in a transaction of its own; one that is no file
/// of a ledger, or not this one, or of a newer version, is left as it is.
async fn migrate(
    path: &Path,
    pool: &SqlitePool,
    migrator: &Migrator,
    notices: &Notices,
) -> Result<(), LedgerError> {
    let failed = LedgerError::database("read the ledger's form");
    let place = path.display().to_string();
    // The tables of others, and the one that says which form ours have.
    let (others, ours): (i64, i64) = sqlx::query_as(
        "SELECT coalesce(sum(name <> '_sqlx_migrations'), 0),
             coalesce(sum(name = '_sqlx_migrations'), 0)
         FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .fetch_one(pool)
    .await
    .map_err(&failed)?;
    if others > 0 && ours == 0 {
        return Err(LedgerError::Foreign { place });
    }
    let mut form = 0;
    if ours > 0 {
        let first: Option<String> =
            sqlx::query_scalar("SELECT description FROM _sqlx_migrations ORDER BY version LIMIT 1")
                .fetch_optional(pool)
                .await
                .map_err(&failed)?;
        let wanted = migrator.iter().next().map(|m| m.description.as_ref());
        if first.as_deref().is_some_and(|first| Some(first) != wanted) {
            return Err(LedgerError::Foreign { place });
        }
        let newest: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(pool)
            .await
            .map_err(&failed)?;
        form = newest.unwrap_or(0);
    }
    let known = migrator.iter().map(|m| m.version).max().unwrap_or(0);
    crate::notice::form(notices, &place, form, known)?;
    migrator.run(pool).await.map_err(|error| match error {
        sqlx::migrate::MigrateError::VersionMismatch(_) => LedgerError::Foreign { place },
        error => error.into(),
    })
}

/// Copies the write-ahead log into its file and empties it, so that no old page is left in it;
/// `false` where another process reads one.
async fn cut_log(pool: &SqlitePool) -> Result<bool, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    wait_for(&mut connection, PATIENCE_WITH_READERS).await?;
    // (busy, pages in the log, pages copied)
    let cut = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut *connection)
        .await;
    wait_for(&mut connection, PATIENCE).await?;
    let (busy, ..): (i64, i64, i64) = cut?;
    Ok(busy == 0)
}

/// Sets how long a connection waits for others.
async fn wait_for(connection: &mut SqliteConnection, time: Duration) -> Result<(), sqlx::Error> {
    let sql = format!("PRAGMA busy_timeout = {}", time.as_millis());
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await
        .map(drop)
}

/// Whether another process that is making the file is the reason.
fn is_passing(error: &LedgerError) -> bool {
    use sqlx::migrate::MigrateError;
    let source = match error {
        LedgerError::Database { source, .. } => source,
        LedgerError::Migration(
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _),
        ) => source,
        _ => return false,
    };
    let sqlx::Error::Database(told) = source else {
        return false;
    };
    let message = told.message();
    ["locked", "busy", "already exists", "UNIQUE constraint"]
        .iter()
        .any(|sign| message.contains(sign))
}

impl Ledger for Sqlite {
    fn append(
        &self,
        drafts: Vec<Draft>,
        recorded: Moment,
        seen: Vec<Seen>,
    ) -> Answer<'_, Vec<Entry>> {
        Box::pin(entries::append(self.entries(), drafts, recorded, seen))
    }

    fn copy(&self, entries: Vec<Entry>) -> Answer<'_, ()> {
        Box::pin(entries::copy(self.entries(), entries))
    }

    fn entries(&self, after: u64, limit: u32, bodies: bool) -> Answer<'_, Vec<Entry>> {
        Box::pin(entries::page(self.entries(), after, limit, bodies))
    }

    fn of_report<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, Vec<Entry>> {
        Box::pin(entries::of_report(self.entries(), report))
    }

    fn some<'a>(&'a self, numbers: &'a [u64]) -> Answer<'a, Vec<Entry>> {
        Box::pin(entries::some(self.entries(), numbers))
    }

    fn entry(&self, number: u64) -> Answer<'_, Option<Entry>> {
        Box::pin(entries::one(self.entries(), number))
    }

    fn head(&self) -> Answer<'_, Head> {
        Box::pin(entries::head(&self.entries))
    }

    fn erased(&self) -> Answer<'_, Vec<ReportRef>> {
        Box::pin(entries::erased(&self.entries))
    }

    fn derived<'a>(&'a self, kind: &'a str, after: u64, limit: u32) -> Answer<'a, Vec<Derived>> {
        Box::pin(async move {
            if !self.wrapping.is_set() {
                return entries::derived(self.entries(), kind, after, limit).await;
            }
            let [sealed, clear] = Wrapping::kinds(kind);
            let sealed = entries::derived(self.entries(), &sealed, after, limit).await?;
            let clear = entries::derived(self.entries(), &clear, after, limit).await?;
            Ok(row::merged(sealed, clear))
        })
    }

    fn keep_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        Box::pin(entries::keep_derived(self.entries(), rows))
    }

    fn ledger_key(&self, new: Option<Secret>) -> Answer<'_, Option<Secret>> {
        Box::pin(keys::ledger_key(self.keys(), new))
    }

    fn put_key(&self, key: KeyRow) -> Answer<'_, Secret> {
        Box::pin(keys::put(self.keys(), key))
    }

    fn key<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Secret>> {
        Box::pin(keys::one(self.keys(), name))
    }

    fn some_keys<'a>(&'a self, names: &'a [&'a str]) -> Answer<'a, Vec<(String, Secret)>> {
        Box::pin(keys::some(self.keys(), names))
    }

    fn keys<'a>(&'a self, after: &'a str, limit: u32) -> Answer<'a, Vec<KeyRow>> {
        Box::pin(keys::page(self.keys(), after, limit))
    }

    fn destroy<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, ()> {
        Box::pin(async move {
            let index_is_gone = entries::purge(&self.entries, report).await?;
            let path = if !keys::destroy(&self.keys, report).await? {
                &self.keys_path
            } else if !index_is_gone {
                &self.entries_path
            } else {
                return Ok(());
            };
            Err(LedgerError::StillInUse {
                path: path.display().to_string(),
            })
        })
    }

    fn lock(&self) -> Answer<'_, Option<Lock>> {
        Box::pin(lock::read(&self.keys))
    }

    fn put_lock(&self, lock: Lock) -> Answer<'_, ()> {
        Box::pin(lock::put(&self.keys, lock))
    }

    fn unlock(&self, master: Master, seals: bool) {
        self.wrapping.set(master, seals);
    }

    fn wrapped(&self, name: &str, key: &Secret) -> Result<Vec<u8>, LedgerError> {
        self.wrapping.key_in(name, key)
    }

    fn seal_all(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            lock::seal_keys(&self.keys, &self.wrapping).await?;
            lock::seal_payloads(&self.entries, &self.wrapping).await?;
            lock::seal_rows(&self.entries, &self.wrapping).await?;
            for (pool, path) in [
                (&self.keys, &self.keys_path),
                (&self.entries, &self.entries_path),
            ] {
                if !lock::scrub(pool).await? {
                    return Err(LedgerError::OldPages {
                        path: path.display().to_string(),
                    });
                }
            }
            Ok(())
        })
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.entries.close().await;
            self.keys.close().await;
            Ok(())
        })
    }
}
