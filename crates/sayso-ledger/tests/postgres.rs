//! The same behaviours over PostgreSQL, on a server that this test starts in a temporary folder.
//!
//! Where no PostgreSQL is installed the test says so and does nothing; with `CI` set that is a
//! failure, so that it cannot go unseen.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod server;
mod suite;

use std::path::Path;

use sayso_ledger::{Fault, Place};
use server::{Server, programs};
use suite::sample::{at, bridge, market};
use suite::{make, run};
use tempfile::TempDir;

macro_rules! each {
    ($($behaviour:ident),* $(,)?) => {
        async fn every_behaviour(server: &Server) {
            $(
                eprintln!("postgres: {}", stringify!($behaviour));
                suite::$behaviour(&server.place(stringify!($behaviour)).await).await;
            )*
        }
    };
}

behaviours!(each);

#[test]
fn postgres_behaves_as_sqlite_does() {
    let Some(programs) = programs() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "PostgreSQL is not installed"
        );
        eprintln!("NOT RUN: PostgreSQL is not installed (apt-get install postgresql)");
        return;
    };
    let server = Server::start(programs);
    run(async {
        every_behaviour(&server).await;
        over_both(&server).await;
        the_database_itself_refuses_to_change_entries(&server).await;
        nothing_is_left_in_the_tables_after_an_erasure(&server).await;
    });
}

async fn over_both(server: &Server) {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| Place::parse(folder.path().join(name).to_str().unwrap(), None);
    suite::export_and_import_lose_nothing(&server.place("out").await, &file("in.db")).await;
    suite::export_and_import_lose_nothing(&file("out.db"), &server.place("taken_in").await).await;
    suite::a_wrong_import_is_refused(&server.place("wa").await, &server.place("wb").await).await;
    suite::an_imported_tombstone_erases(&server.place("ta").await, &server.place("tb").await).await;
    let here = suite::story(&make(&file("story.db")).await).await;
    let there = suite::story(&make(&server.place("story").await).await).await;
    assert_eq!(here, there, "the same results from both");
}

async fn the_database_itself_refuses_to_change_entries(server: &Server) {
    let place = server.place("triggers").await;
    let book = make(&place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let pool = server.pool("triggers").await;
    for sql in [
        "UPDATE sayso_ledger.entry SET kind = 'review' WHERE number = 1",
        "DELETE FROM sayso_ledger.entry WHERE number = 2",
        "TRUNCATE sayso_ledger.entry",
        "INSERT INTO sayso_ledger.entry SELECT 9, recorded, kind, report, payload, previous, hash
         FROM sayso_ledger.entry WHERE number = 1",
    ] {
        let refused = sqlx::raw_sql(sql)
            .execute(&pool)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    // Who owns the database can take the triggers away; the chain shows it.
    for sql in [
        "ALTER TABLE sayso_ledger.entry DISABLE TRIGGER USER",
        "UPDATE sayso_ledger.entry SET payload = '{} ' WHERE number = 3",
    ] {
        sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    }
    assert_eq!(
        book.verify(None).await.unwrap().faults,
        [Fault::Changed { number: 3 }]
    );
}

/// The files of tables below the data folder that hold these bytes.
fn tables_with(data: &Path, what: &[u8]) -> usize {
    let mut folders = vec![data.join("base")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                found += usize::from(bytes.windows(what.len()).any(|window| window == what));
            }
        }
    }
    found
}

async fn nothing_is_left_in_the_tables_after_an_erasure(server: &Server) {
    let place = server.place("erasure").await;
    let book = make(&place).await;
    market().add(&book, at(6)).await.unwrap();
    let (_, rows) = suite::indexed(&place, "market-1").await;
    let pool = server.pool("erasure").await;
    let key: Vec<u8> = sqlx::query_scalar("SELECT secret FROM sayso_keys.key")
        .fetch_one(&pool)
        .await
        .unwrap();
    sqlx::raw_sql("CHECKPOINT").execute(&pool).await.unwrap();
    assert!(tables_with(&server.data(), &key) > 0, "the control");
    assert!(tables_with(&server.data(), &rows[0]) > 0, "the control");
    bridge().add(&book, at(6)).await.unwrap();
    assert_eq!(tables_with(&server.data(), b"Qasr Dunya"), 0);
    book.erase("market-1", "R", "a witness asked", at(9))
        .await
        .unwrap();
    sqlx::raw_sql("CHECKPOINT").execute(&pool).await.unwrap();
    assert_eq!(tables_with(&server.data(), &key), 0);
    assert_eq!(tables_with(&server.data(), &rows[0]), 0);
}
