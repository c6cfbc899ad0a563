//! The forms that the desk's tables have had, oldest first. One that was released never changes.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Of either database: the types are those that both know.
pub(super) fn desk() -> Migrator {
    let migration = |number, name: &'static str, sql: &'static str| {
        let simple = MigrationType::Simple;
        Migration::new(number, name.into(), simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        migration(1, "desk", include_str!("migrations/1_desk.sql")),
        migration(2, "import of", include_str!("migrations/2_import_of.sql")),
    ])
}
