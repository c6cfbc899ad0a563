//! The transactions of writers.
//!
//! Written out, not left to the driver: a disk that is full makes SQLite take a transaction back by
//! itself, and a driver that counts transactions then believes for ever that this one is still open.

use std::ops::{Deref, DerefMut};

use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use crate::error::LedgerError;

/// A connection on which a transaction is open. Dropped before its [end](Self::end), as by a caller
/// who goes away, it takes the connection with it, which takes everything back.
pub(super) struct Writing {
    connection: PoolConnection<Sqlite>,
    /// Whether the connection can be given back.
    is_clean: bool,
}

impl Writing {
    /// Takes the lock of writers at once: whoever reads the head is the next to write.
    pub(super) async fn begin(pool: &SqlitePool) -> Result<Self, sqlx::Error> {
        let mut writing = Self {
            connection: pool.acquire().await?,
            is_clean: false,
        };
        let begun = sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut *writing.connection)
            .await;
        if begun.is_err() {
            writing.take_back().await;
        }
        begun.map(|_| writing)
    }

    /// Keeps what was written where `outcome` is good, and takes it back where it is not. Either way
    /// the connection is as good as new, or closed.
    pub(super) async fn end<T>(
        mut self,
        doing: &'static str,
        outcome: Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let outcome = match outcome {
            Ok(done) => sqlx::raw_sql("COMMIT")
                .execute(&mut *self.connection)
                .await
                .map(|_| done)
                .map_err(LedgerError::database(doing)),
            failed => failed,
        };
        if outcome.is_ok() {
            self.is_clean = true;
        } else {
            self.take_back().await;
        }
        outcome
    }

    async fn take_back(&mut self) {
        self.is_clean = match sqlx::raw_sql("ROLLBACK")
            .execute(&mut *self.connection)
            .await
        {
            Ok(_) => true,
            // There was none, or SQLite has done it.
            Err(sqlx::Error::Database(told)) => told.message().contains("no transaction is active"),
            Err(_) => false,
        };
    }
}

impl Deref for Writing {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.is_clean {
            self.connection.close_on_drop();
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;
    use sqlx::sqlite::SqliteConnectOptions;
    use tempfile::TempDir;

    use super::*;
    use crate::trouble::Trouble;

    const DOING: &str = "try";

    /// One connection to a file that may not grow beyond a few pages.
    async fn small(folder: &TempDir) -> SqlitePool {
        let options = SqliteConnectOptions::new()
            .filename(folder.path().join("a.db"))
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal);
        let pool = crate::without_reaper()
            .max_connections(1)
            .connect_with(options)
            .await
            .unwrap();
        for sql in ["CREATE TABLE t (bytes BLOB)", "PRAGMA max_page_count = 8"] {
            sqlx::raw_sql(sql).execute(&pool).await.unwrap();
        }
        pool
    }

    async fn put(writing: &mut Writing, bytes: u32) -> Result<(), LedgerError> {
        let sql = format!("INSERT INTO t VALUES (zeroblob({bytes}))");
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut **writing)
            .await
            .map(drop)
            .map_err(LedgerError::database(DOING))
    }

    async fn rows(pool: &SqlitePool) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM t")
            .fetch_one(pool)
            .await
            .unwrap()
    }

    fn run(test: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        runtime.unwrap().block_on(test);
    }

    #[test]
    fn a_connection_outlives_a_full_disk() {
        run(async {
            let folder = TempDir::new().unwrap();
            let pool = small(&folder).await;
            for _ in 0..3 {
                let mut writing = Writing::begin(&pool).await.unwrap();
                put(&mut writing, 10).await.unwrap();
                let failed = put(&mut writing, 900_000).await;
                let told = writing.end(DOING, failed).await.unwrap_err();
                assert_eq!(told.trouble(), Some(Trouble::Full), "{told}");
                assert_eq!(rows(&pool).await, 0, "all or nothing");
            }
            sqlx::raw_sql("PRAGMA max_page_count = 100000")
                .execute(&pool)
                .await
                .unwrap();
            let mut writing = Writing::begin(&pool).await.unwrap();
            let kept = put(&mut writing, 900_000).await;
            writing.end(DOING, kept).await.unwrap();
            assert_eq!(rows(&pool).await, 1);
        });
    }

    #[test]
    fn what_nobody_ended_is_taken_back() {
        run(async {
            let folder = TempDir::new().unwrap();
            let pool = small(&folder).await;
            let mut writing = Writing::begin(&pool).await.unwrap();
            put(&mut writing, 10).await.unwrap();
            drop(writing);
            let mut writing = Writing::begin(&pool).await.unwrap();
            let kept = put(&mut writing, 20).await;
            writing.end(DOING, kept).await.unwrap();
            assert_eq!(rows(&pool).await, 1);
        });
    }
}
