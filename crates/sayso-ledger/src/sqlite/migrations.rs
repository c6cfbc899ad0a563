//! The forms that the two files have had, oldest first. One that was released never changes.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Of the file of entries.
pub(super) fn entries() -> Migrator {
    Migrator::with_migrations(vec![migration(
        1,
        "entries",
        include_str!("migrations/1_entries.sql"),
    )])
}

/// Of the file of keys.
pub(super) fn keys() -> Migrator {
    Migrator::with_migrations(vec![
        migration(1, "keys", include_str!("migrations/1_keys.sql")),
        migration(2, "lock", include_str!("migrations/2_lock.sql")),
    ])
}

fn migration(version: i64, name: &'static str, sql: &'static str) -> Migration {
    let kind = MigrationType::Simple;
    Migration::new(version, name.into(), kind, sql.into_sql_str(), false)
}
