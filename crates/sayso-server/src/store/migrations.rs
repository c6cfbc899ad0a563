//! The forms that the desk's tables have had, oldest first. One that was released never changes.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Of either database: the types are those that both know.
pub(super) fn desk() -> Migrator {
    Migrator::with_migrations(vec![Migration::new(
        1,
        "desk".into(),
        MigrationType::Simple,
        include_str!("migrations/1_desk.sql").into_sql_str(),
        false,
    )])
}
