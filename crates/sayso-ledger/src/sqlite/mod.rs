//! The ledger in SQLite: one file of entries, one of keys beside it.
//!
//! Both are in write-ahead mode with full synchronisation: what was committed is on the disk. What
//! is deleted is overwritten (`secure_delete`); an erasure also cuts both write-ahead logs and
//! rewrites the file of keys.

mod entries;
mod keys;
mod lock;
mod migrations;
mod writing;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use crate::book::{Missing, Opening};
use crate::entry::{Derived, Draft, Entry, Head, ReportRef};
use crate::error::LedgerError;
use crate::ledger::{Answer, Basis, KeyRow, Ledger};
use crate::lock::{Lock, Master, Wrapping};
use crate::moment::Moment;
use crate::notice::{Notice, Notices};
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
    /// None for a ledger with entries whose file of keys is not there: an empty one in its place
    /// would pass for the ledger's own.
    keys: Option<SqlitePool>,
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
        Self::open_as(ledger, keys, &Opening::new(missing)).await
    }

    /// As [`Sqlite::open`]; what is done on the way is told. A file of keys is not made for a ledger
    /// that has entries, unless somebody [brings them](Opening::brings_keys): such a ledger can be
    /// verified and exported, and nothing else.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub async fn open_as(
        ledger: &Path,
        keys: &Path,
        opening: &Opening,
    ) -> Result<Self, LedgerError> {
        let notices = &opening.notices;
        let is_new =
            std::fs::metadata(ledger).is_ok_and(|file| file.len() == 0) || !ledger.exists();
        if is_new && opening.missing == Missing::Refuse {
            return Err(LedgerError::NoLedger {
                place: ledger.display().to_string(),
            });
        }
        make_private(ledger)?;
        let entries = open(ledger, &migrations::entries(), notices).await?;
        let mut sqlite = Self {
            entries,
            keys: None,
            entries_path: ledger.to_path_buf(),
            keys_path: keys.to_path_buf(),
            wrapping: Wrapping::default(),
        };
        match sqlite.keys_of(opening).await {
            Ok(keys) => sqlite.keys = keys,
            Err(error) => {
                sqlite.entries.close().await;
                return Err(error);
            }
        }
        Ok(sqlite)
    }

    async fn keys_of(&self, opening: &Opening) -> Result<Option<SqlitePool>, LedgerError> {
        let path = &self.keys_path;
        let is_there = std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
        let is_empty = entries::head(&self.entries).await?.number == 0;
        if !is_there && !is_empty && !opening.brings_keys {
            self.wrapping.has_no_keys();
            opening.notices.tell(&Notice::NoKeys {
                path: path.display().to_string(),
            });
            return Ok(None);
        }
        make_private(path)?;
        let keys = open(path, &migrations::keys(), &opening.notices).await?;
        Ok(Some(keys))
    }

    fn entries(&self) -> (&SqlitePool, &Wrapping) {
        (&self.entries, &self.wrapping)
    }

    /// The keys, for whoever writes some.
    fn keys(&self) -> Result<(&SqlitePool, &Wrapping), LedgerError> {
        let keys = self.keys.as_ref().ok_or(LedgerError::NoKeys)?;
        Ok((keys, &self.wrapping))
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
    // Before anything is set that stays in the file: it may be somebody else's.
    if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
        let plain = SqliteConnectOptions::new()
            .filename(path)
            .busy_timeout(PATIENCE);
        let failed = LedgerError::database("open the ledger");
        let mut connection = plain.connect().await.map_err(&failed)?;
        let form = form(path, &mut connection, migrator).await;
        connection.close().await.map_err(&failed)?;
        form?;
    }
    let pool = crate::without_reaper()
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
    let place = path.display().to_string();
    let failed = LedgerError::database("open the ledger");
    let mut connection = pool.acquire().await.map_err(failed)?;
    let form = form(path, &mut connection, migrator).await?;
    drop(connection);
    let known = migrator.iter().map(|m| m.version).max().unwrap_or(0);
    crate::notice::form(notices, &place, form, known)?;
    migrator.run(pool).await.map_err(|error| match error {
        sqlx::migrate::MigrateError::VersionMismatch(_) => LedgerError::Foreign { place },
        error => error.into(),
    })
}

/// The number of a file's form; 0 where it is being made.
///
/// # Errors
/// [`LedgerError::Foreign`] where it is no file of a ledger, or not this one.
async fn form(
    path: &Path,
    connection: &mut SqliteConnection,
    migrator: &Migrator,
) -> Result<i64, LedgerError> {
    let failed = LedgerError::database("read the ledger's form");
    let place = path.display().to_string();
    // The tables of others, and the one that says which form ours have.
    let (others, ours): (i64, i64) = sqlx::query_as(
        "SELECT coalesce(sum(name <> '_sqlx_migrations'), 0),
             coalesce(sum(name = '_sqlx_migrations'), 0)
         FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(&failed)?;
    if others > 0 && ours == 0 {
        return Err(LedgerError::Foreign { place });
    }
    if ours == 0 {
        return Ok(0);
    }
    let first: Option<String> =
        sqlx::query_scalar("SELECT description FROM _sqlx_migrations ORDER BY version LIMIT 1")
            .fetch_optional(&mut *connection)
            .await
            .map_err(&failed)?;
    let wanted = migrator.iter().next().map(|m| m.description.as_ref());
    if first.as_deref().is_some_and(|first| Some(first) != wanted) {
        return Err(LedgerError::Foreign { place });
    }
    let newest: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(connection)
        .await
        .map_err(&failed)?;
    Ok(newest.unwrap_or(0))
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
    fn append(&self, drafts: Vec<Draft>, recorded: Moment, basis: Basis) -> Answer<'_, Vec<Entry>> {
        Box::pin(entries::append(self.entries(), drafts, recorded, basis))
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

    fn renew_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        Box::pin(entries::renew_derived(self.entries(), rows))
    }

    fn without_derived(&self) -> Answer<'_, Vec<ReportRef>> {
        Box::pin(entries::without_derived(&self.entries))
    }

    fn ledger_key(&self, new: Option<Secret>) -> Answer<'_, Option<Secret>> {
        Box::pin(async move {
            match self.keys() {
                Err(_) if new.is_none() => Ok(None),
                keys => keys::ledger_key(keys?, new).await,
            }
        })
    }

    fn put_key(&self, key: KeyRow) -> Answer<'_, Secret> {
        Box::pin(async move { keys::put(self.keys()?, key).await })
    }

    fn key<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Secret>> {
        Box::pin(async move {
            match self.keys() {
                Ok(keys) => keys::one(keys, name).await,
                Err(_) => Ok(None),
            }
        })
    }

    fn some_keys<'a>(&'a self, names: &'a [&'a str]) -> Answer<'a, Vec<(String, Secret)>> {
        Box::pin(async move {
            match self.keys() {
                Ok(keys) => keys::some(keys, names).await,
                Err(_) => Ok(Vec::new()),
            }
        })
    }

    fn keys<'a>(&'a self, after: &'a str, limit: u32) -> Answer<'a, Vec<KeyRow>> {
        Box::pin(async move {
            match self.keys() {
                Ok(keys) => keys::page(keys, after, limit).await,
                Err(_) => Ok(Vec::new()),
            }
        })
    }

    fn destroy<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, ()> {
        Box::pin(async move {
            let index_is_gone = entries::purge(&self.entries, report).await?;
            let keys_are_gone = match &self.keys {
                Some(keys) => keys::destroy(keys, report).await?,
                None => true,
            };
            let path = if !keys_are_gone {
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
        Box::pin(async move {
            match &self.keys {
                Some(keys) => lock::read(keys).await,
                None => Ok(None),
            }
        })
    }

    fn put_lock(&self, lock: Lock) -> Answer<'_, ()> {
        Box::pin(async move { lock::put(self.keys()?.0, lock).await })
    }

    fn unlock(&self, master: Master, seals: bool) {
        self.wrapping.set(master, seals);
    }

    fn wrapped(&self, name: &str, key: &Secret) -> Result<Vec<u8>, LedgerError> {
        self.wrapping.key_in(name, key)
    }

    fn seal_all(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let (keys, _) = self.keys()?;
            lock::seal_keys(keys, &self.wrapping).await?;
            lock::seal_payloads(&self.entries, &self.wrapping).await?;
            lock::seal_rows(&self.entries, &self.wrapping).await?;
            for (pool, path) in [(keys, &self.keys_path), (&self.entries, &self.entries_path)] {
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
            if let Some(keys) = &self.keys {
                keys.close().await;
            }
            Ok(())
        })
    }
}
