//! What the desk keeps beside the ledger: users, sessions, tokens, who did what, imports and published
//! views. None of it is part of the record of what was said, and none of it holds what a report says.
//!
//! For a ledger in SQLite a file of its own (`sayso.db.desk`), as the keys have theirs: a ledger that
//! is handed on takes no accounts along. In PostgreSQL a schema of its own, `sayso_desk`, in the same
//! database. The SQL is written once and runs on both.

mod audit;
mod copy;
mod endure;
mod imports;
mod migrations;
mod published;
mod sessions;
mod tokens;
mod users;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sayso_ledger::sqlite::make_private;
use sayso_ledger::{LedgerError, Place, without_reaper};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};

pub use audit::Deed;
pub(crate) use imports::{Import, Settled};
pub(crate) use published::Published;
pub(crate) use tokens::Token;
pub use users::{User, UserError};

use endure::PATIENCE;

/// How long a connection to a server is waited for, each time that one is.
const CONNECTING: Duration = Duration::from_secs(5);

/// The desk's own tables.
#[derive(Clone, Debug)]
pub enum Store {
    /// In a file.
    Sqlite(SqlitePool),
    /// In a schema.
    Postgres(PgPool),
}

/// Runs one query on whichever database there is; again while a server does not answer. A query whose
/// answer was lost on the way may have been done: done twice it has to come to the same.
macro_rules! on {
    ($store:expr, $pool:ident => $query:expr) => {
        match $store {
            $crate::store::Store::Sqlite($pool) => async { $query }.await,
            $crate::store::Store::Postgres($pool) => {
                let begun = tokio::time::Instant::now();
                loop {
                    let done = async { $query }.await;
                    if let Some(done) = $crate::store::endure::answered(done, begun).await {
                        break done;
                    }
                }
            }
        }
    };
}
pub(crate) use on;

/// Reads a struct from a row of either database, each field from the column of its name.
macro_rules! row {
    ($type:ident { $($field:ident),* }) => {
        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $type
        where
            &'static str: sqlx::ColumnIndex<R>,
            String: sqlx::Type<R::Database> + sqlx::Decode<'r, R::Database>,
            i64: sqlx::Type<R::Database> + sqlx::Decode<'r, R::Database>,
        {
            fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),* })
            }
        }
    };
}
pub(crate) use row;

/// Names what was being done when the database failed.
pub(crate) fn failed(doing: &'static str) -> impl Fn(sqlx::Error) -> LedgerError {
    move |source| LedgerError::Database { doing, source }
}

/// Where the tables of a ledger in SQLite lie.
fn sqlite_path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".desk");
    PathBuf::from(name)
}

impl Store {
    /// Opens the tables that belong to the ledger at `place`, made where they are missing.
    ///
    /// # Errors
    /// Where the database cannot be used.
    pub async fn open(place: &Place) -> Result<Self, LedgerError> {
        match place {
            Place::Sqlite { ledger, .. } => Self::sqlite(&sqlite_path(ledger)).await,
            Place::Postgres { url } => Self::postgres(url).await,
        }
    }

    async fn sqlite(path: &Path) -> Result<Self, LedgerError> {
        make_private(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .pragma("secure_delete", "ON");
        let pool = without_reaper::<sqlx::Sqlite>()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            // One that a full disk has left in the midst of something is of no use any more.
            .after_release(|connection, _| {
                let is_free = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_free) })
            })
            .connect_with(options)
            .await
            .map_err(failed("open the desk's tables"))?;
        migrations::desk().run(&pool).await?;
        Ok(Self::Sqlite(pool))
    }

    async fn postgres(url: &str) -> Result<Self, LedgerError> {
        let failed = failed("open the desk's tables");
        let options: PgConnectOptions = url.parse().map_err(&failed)?;
        // The table of migrations lies beside the others.
        let options = options.options([("search_path", "sayso_desk")]);
        let pool = without_reaper()
            .max_connections(8)
            .acquire_timeout(CONNECTING)
            .connect_with(options)
            .await
            .map_err(&failed)?;
        let schemas: i64 =
            sqlx::query_scalar("SELECT count(*) FROM pg_namespace WHERE nspname = 'sayso_desk'")
                .fetch_one(&pool)
                .await
                .map_err(&failed)?;
        if schemas == 0 {
            sqlx::query("CREATE SCHEMA IF NOT EXISTS sayso_desk")
                .execute(&pool)
                .await
                .map_err(&failed)?;
        }
        migrations::desk().run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// Ends the connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
