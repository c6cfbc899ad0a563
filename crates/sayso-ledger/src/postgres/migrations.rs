//! The forms that the two schemas have had, oldest first. One that was released never changes.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Of both schemas.
pub(super) fn ledger() -> Migrator {
    Migrator::with_migrations(vec![
        migration(1, "ledger", include_str!("migrations/1_ledger.sql")),
        migration(2, "lock", include_str!("migrations/2_lock.sql")),
    ])
}

fn migration(version: i64, name: &'static str, sql: &'static str) -> Migration {
    let kind = MigrationType::Simple;
    Migration::new(version, name.into(), kind, sql.into_sql_str(), false)
}
