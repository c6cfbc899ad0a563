//! What was added together, so that it can be taken back together.

use std::collections::BTreeSet;

use sayso_ledger::LedgerError;

use super::{Store, failed, on, row};

/// Reports that were added together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) id: String,
    pub(crate) at: String,
    pub(crate) name: String,
    /// How many were known before.
    pub(crate) known: i64,
    /// How many could not be read.
    pub(crate) refused: i64,
    /// When it was taken back; empty where it was not.
    pub(crate) undone: String,
    pub(crate) undone_by: String,
}

row!(Import {
    id,
    at,
    name,
    known,
    refused,
    undone,
    undone_by
});

/// What became of an import.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) import: String,
    /// How many of its reports were known before.
    pub(crate) known: i64,
    /// How many could not be read or kept.
    pub(crate) refused: i64,
    /// Reports that were expected and did not come in new.
    pub(crate) off: BTreeSet<String>,
    /// Reports that did.
    pub(crate) new: BTreeSet<String>,
}

impl Store {
    /// Writes down, before they are kept, how entries will name reports of an import.
    pub(crate) async fn expect(
        &self,
        import: &Import,
        reports: &BTreeSet<String>,
    ) -> Result<(), LedgerError> {
        let failed = failed("keep an import");
        on!(self, pool => {
            let mut tx = pool.begin().await.map_err(&failed)?;
            sqlx::query(
                "INSERT INTO desk_import (id, at, name, known, refused, undone, undone_by)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            )
            .bind(&import.id).bind(&import.at).bind(&import.name)
            .bind(import.known).bind(import.refused).bind(&import.undone).bind(&import.undone_by)
            .execute(&mut *tx).await.map_err(&failed)?;
            for report in reports {
                sqlx::query(
                    "INSERT INTO desk_import_report (import, report) VALUES ($1, $2)
                     ON CONFLICT DO NOTHING",
                )
                .bind(&import.id).bind(report)
                .execute(&mut *tx).await.map_err(&failed)?;
            }
            tx.commit().await.map_err(&failed)
        })
    }

    /// Strikes off an import what did not come in new, and what did off others that had expected it in
    /// vain; an import of nothing goes.
    pub(crate) async fn settle(&self, settled: &Settled) -> Result<(), LedgerError> {
        let failed = failed("keep an import");
        on!(self, pool => {
            let mut tx = pool.begin().await.map_err(&failed)?;
            for report in &settled.off {
                sqlx::query("DELETE FROM desk_import_report WHERE import = $1 AND report = $2")
                    .bind(&settled.import).bind(report)
                    .execute(&mut *tx).await.map_err(&failed)?;
            }
            let mut touched = BTreeSet::from([settled.import.clone()]);
            for report in &settled.new {
                let others: Vec<String> = sqlx::query_scalar(
                    "DELETE FROM desk_import_report WHERE report = $1 AND import <> $2
                     AND import IN (SELECT id FROM desk_import WHERE undone = '') RETURNING import",
                )
                .bind(report).bind(&settled.import)
                .fetch_all(&mut *tx).await.map_err(&failed)?;
                touched.extend(others);
            }
            sqlx::query("UPDATE desk_import SET known = $1, refused = $2 WHERE id = $3")
                .bind(settled.known).bind(settled.refused).bind(&settled.import)
                .execute(&mut *tx).await.map_err(&failed)?;
            for import in touched {
                sqlx::query(
                    "DELETE FROM desk_import WHERE id = $1 AND NOT EXISTS
                     (SELECT 1 FROM desk_import_report WHERE import = $1)",
                )
                .bind(import).execute(&mut *tx).await.map_err(&failed)?;
            }
            tx.commit().await.map_err(&failed)
        })
    }

    /// At most `limit` imports before `cursor`, the latest first: an id begins with its moment.
    pub(crate) async fn imports(
        &self,
        cursor: &str,
        limit: i64,
    ) -> Result<Vec<Import>, LedgerError> {
        on!(self, pool => sqlx::query_as(
                "SELECT id, at, name, known, refused, undone, undone_by FROM desk_import
                 WHERE $1 = '' OR id < $1 ORDER BY id DESC LIMIT $2",
            )
            .bind(cursor).bind(limit).fetch_all(pool).await)
        .map_err(failed("read the imports"))
    }

    /// How many imports there are.
    pub(crate) async fn count_imports(&self) -> Result<i64, LedgerError> {
        on!(self, pool => sqlx::query_scalar("SELECT count(*) FROM desk_import")
            .fetch_one(pool).await)
        .map_err(failed("read the imports"))
    }

    /// One import.
    pub(crate) async fn import(&self, id: &str) -> Result<Option<Import>, LedgerError> {
        on!(self, pool => sqlx::query_as(
                "SELECT id, at, name, known, refused, undone, undone_by FROM desk_import
                 WHERE id = $1",
            )
            .bind(id).fetch_optional(pool).await)
        .map_err(failed("read an import"))
    }

    /// How entries name the reports of an import.
    pub(crate) async fn import_reports(&self, id: &str) -> Result<Vec<String>, LedgerError> {
        on!(self, pool => sqlx::query_scalar(
                "SELECT report FROM desk_import_report WHERE import = $1 ORDER BY report",
            )
            .bind(id).fetch_all(pool).await)
        .map_err(failed("read an import"))
    }

    /// Marks an import as taken back; one that was before stays so.
    pub(crate) async fn undo_import(
        &self,
        id: &str,
        by: &str,
        now: &str,
    ) -> Result<(), LedgerError> {
        on!(self, pool => sqlx::query(
                "UPDATE desk_import SET undone = $1, undone_by = $2 WHERE id = $3 AND undone = ''",
            )
            .bind(now).bind(by).bind(id)
            .execute(pool).await.map(drop))
        .map_err(failed("take an import back"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_ledger::Place;

    #[test]
    fn every_import_is_counted_and_reached() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let place = Place::parse(folder.path().join("a.db").to_str().unwrap(), None);
            let store = Store::open(&place).await.unwrap();
            let Store::Sqlite(pool) = &store else {
                panic!("a ledger in a file");
            };
            sqlx::query(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1203)
                 INSERT INTO desk_import SELECT printf('m:%016d', i), '', 'R', 0, 0, '', '' FROM n",
            )
            .execute(pool)
            .await
            .unwrap();
            assert_eq!(store.count_imports().await.unwrap(), 1203);
            let (mut cursor, mut seen) = (String::new(), 0);
            loop {
                let part = store.imports(&cursor, 500).await.unwrap();
                let Some(last) = part.last() else {
                    break;
                };
                seen += part.len();
                cursor.clone_from(&last.id);
            }
            assert_eq!((seen, cursor.as_str()), (1203, "m:0000000000000001"));
            store.close().await;
        });
    }
}
