//! The desk's tables in a backup: users, tokens, who did what, imports and published views, a line of
//! JSON a row. Sessions are left out: whoever was signed in signs in again.

use sayso_ledger::{LedgerError, Place};
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

use super::{Store, failed, on, sqlite_path};

/// The tables, those that others refer to first.
const TABLES: [&str; 6] = [
    "desk_user",
    "desk_token",
    "desk_audit",
    "desk_import",
    "desk_import_report",
    "desk_published",
];

/// Names the table within a row.
const TABLE: &str = "table";

impl Store {
    /// Whether there are tables of a desk beside the ledger at `place`; none are made.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn is_there(place: &Place) -> Result<bool, LedgerError> {
        match place {
            Place::Sqlite { ledger, .. } => {
                Ok(std::fs::metadata(sqlite_path(ledger)).is_ok_and(|file| file.len() > 0))
            }
            Place::Postgres { url } => {
                let failed = failed("look for the desk's tables");
                let pool = sqlx::postgres::PgPool::connect(url)
                    .await
                    .map_err(&failed)?;
                let found: bool =
                    sqlx::query_scalar("SELECT to_regclass('sayso_desk.desk_user') IS NOT NULL")
                        .fetch_one(&pool)
                        .await
                        .map_err(&failed)?;
                pool.close().await;
                Ok(found)
            }
        }
    }

    /// Every row that is backed up.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rows(&self) -> Result<Vec<String>, LedgerError> {
        let mut rows = Vec::new();
        for table in TABLES {
            let columns = self.columns(table).await?;
            let pairs: Vec<String> = columns.iter().map(|c| format!("'{c}', {c}")).collect();
            let pairs = format!("'{TABLE}', '{table}', {}", pairs.join(", "));
            let failed = failed("read the desk's tables");
            let made: Vec<String> = match self {
                Self::Sqlite(pool) => {
                    let sql = format!("SELECT json_object({pairs}) FROM {table}");
                    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await
                }
                Self::Postgres(pool) => {
                    let sql = format!("SELECT json_build_object({pairs})::text FROM {table}");
                    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await
                }
            }
            .map_err(failed)?;
            rows.extend(made);
        }
        Ok(rows)
    }

    /// Puts a row back that was backed up; one that is there stays as it is.
    ///
    /// # Errors
    /// [`LedgerError::BadValue`] where it is none; where the database fails.
    pub async fn put_row(&self, written: &str) -> Result<(), LedgerError> {
        let wrong = || LedgerError::BadValue {
            what: "row of the desk's tables",
            value: written.chars().take(80).collect(),
            allowed: "a backup of this version or an earlier one".to_owned(),
        };
        let row: Map<String, Value> = serde_json::from_str(written).map_err(|_| wrong())?;
        let table = row.get(TABLE).and_then(Value::as_str);
        let table = TABLES
            .into_iter()
            .find(|known| Some(*known) == table)
            .ok_or_else(wrong)?;
        // Names of columns come from the database, values are bound: no word of a backup is SQL.
        let known = self.columns(table).await?;
        let columns: Vec<&String> = known.iter().filter(|c| row.contains_key(*c)).collect();
        if columns.len() + 1 != row.len() {
            return Err(wrong());
        }
        let names: Vec<&str> = columns.iter().map(|c| c.as_str()).collect();
        let places: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT DO NOTHING",
            names.join(", "),
            places.join(", ")
        );
        on!(self, pool => {
            let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
            for column in &columns {
                query = match row.get(*column) {
                    Some(Value::String(word)) => query.bind(word.clone()),
                    Some(Value::Number(number)) => query.bind(number.as_i64().ok_or_else(wrong)?),
                    _ => return Err(wrong()),
                };
            }
            query.execute(pool).await.map(drop).map_err(failed("bring the desk's tables back"))
        })
    }

    /// The columns of a table, in their order.
    async fn columns(&self, table: &str) -> Result<Vec<String>, LedgerError> {
        match self {
            Self::Sqlite(pool) => {
                sqlx::query_scalar("SELECT name FROM pragma_table_info($1) ORDER BY cid")
                    .bind(table)
                    .fetch_all(pool)
                    .await
            }
            Self::Postgres(pool) => {
                sqlx::query_scalar(
                    "SELECT column_name::text FROM information_schema.columns
                     WHERE table_schema = 'sayso_desk' AND table_name = $1
                     ORDER BY ordinal_position",
                )
                .bind(table)
                .fetch_all(pool)
                .await
            }
        }
        .map_err(failed("read the desk's tables"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Role;

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
            .block_on(work)
    }

    async fn store(folder: &tempfile::TempDir, name: &str) -> Store {
        let place = Place::parse(folder.path().join(name).to_str().unwrap(), None);
        Store::open(&place).await.unwrap()
    }

    #[test]
    fn accounts_come_back_and_sessions_do_not() {
        run(async {
            let folder = tempfile::TempDir::new().unwrap();
            let now = "2025-10-22T14:00:00.000000Z";
            let one = store(&folder, "a.db").await;
            let secret = "a long password of ana";
            one.add_user("ana", Role::Admin, secret, now).await.unwrap();
            one.note(("ana", "POST /x", "y"), 201, now).await.unwrap();
            let rows = one.rows().await.unwrap();
            assert_eq!(rows.len(), 2);
            assert!(!rows.concat().contains(secret));
            let other = store(&folder, "b.db").await;
            for row in rows.iter().chain(&rows) {
                other.put_row(row).await.unwrap();
            }
            assert_eq!(other.rows().await.unwrap(), rows);
            assert!(other.sign_in("ana", secret).await.unwrap().is_some());
        });
    }

    #[test]
    fn every_table_is_backed_up_but_sessions() {
        run(async {
            let folder = tempfile::TempDir::new().unwrap();
            let Store::Sqlite(pool) = store(&folder, "a.db").await else {
                panic!("no SQLite");
            };
            let there: Vec<String> = sqlx::query_scalar(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'desk\\_%' ESCAPE '\\'
                 AND name <> 'desk_session' ORDER BY name",
            )
            .fetch_all(&pool)
            .await
            .unwrap();
            let mut known = TABLES.map(str::to_owned).to_vec();
            known.sort();
            assert_eq!(there, known);
        });
    }

    #[test]
    fn no_word_of_a_backup_is_sql() {
        run(async {
            let folder = tempfile::TempDir::new().unwrap();
            let store = store(&folder, "a.db").await;
            for row in [
                r#"{"table": "desk_user; DROP TABLE desk_user", "name": "x"}"#,
                r#"{"table": "desk_audit", "id": "1", "at) VALUES (1); --": "x"}"#,
                r#"{"table": "desk_session", "hash": "x"}"#,
                r#"["desk_user"]"#,
            ] {
                let refused = store.put_row(row).await;
                assert!(
                    matches!(refused, Err(LedgerError::BadValue { .. })),
                    "{row}"
                );
            }
            assert!(store.rows().await.unwrap().is_empty());
        });
    }
}
