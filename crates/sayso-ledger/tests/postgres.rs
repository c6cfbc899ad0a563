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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sayso_ledger::{
    Added, Book, Bounds, Fault, LedgerError, Missing, Notice, Notices, Opening, Place, Trouble,
};
use server::{Server, programs};
use suite::sample::{Sample, at, bridge, market};
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
        nothing_in_clear_is_left_in_the_tables_of_an_encrypted_ledger(&server).await;
        a_newer_form_is_refused(&server).await;
        who_writes_while_the_server_is_gone_waits_for_it(&server).await;
    });
}

async fn over_both(server: &Server) {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| Place::parse(folder.path().join(name).to_str().unwrap(), None);
    suite::export_and_import_lose_nothing(&server.place("out").await, &file("in.db")).await;
    suite::export_and_import_lose_nothing(&file("out.db"), &server.place("taken_in").await).await;
    suite::a_wrong_import_is_refused(&server.place("wa").await, &server.place("wb").await).await;
    suite::an_imported_tombstone_erases(&server.place("ta").await, &server.place("tb").await).await;
    suite::keys_travel_as_they_are_kept(&server.place("ka").await, &file("kb.db")).await;
    suite::keys_travel_as_they_are_kept(&file("ka.db"), &server.place("kb").await).await;
    suite::a_ledger_from_before_salts_reads_as_ever(&file("sa.db"), &server.place("sb").await)
        .await;
    suite::a_ledger_whose_keys_are_elsewhere_is_not_encrypted(
        &server.place("ea").await,
        &server.place("eb").await,
    )
    .await;
    suite::tombstones_outlive_a_ledger_that_was_brought_back(
        &server.place("la").await,
        &server.place("lb").await,
    )
    .await;
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

/// The bytes of every file of the tables of a database, as they lie on the disk now.
async fn tables(server: &Server, pool: &sqlx::PgPool) -> Vec<Vec<u8>> {
    sqlx::raw_sql("CHECKPOINT").execute(pool).await.unwrap();
    let database: i64 = sqlx::query_scalar(
        "SELECT oid::bigint FROM pg_database WHERE datname = current_database()",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    let folder = server.data().join("base").join(database.to_string());
    let files = std::fs::read_dir(folder).unwrap().flatten();
    files
        .filter_map(|file| std::fs::read(file.path()).ok())
        .collect()
}

/// How many of these there are, each of at least eight bytes, in one pass over the bytes.
fn held(files: &[Vec<u8>], what: &[Vec<u8>]) -> usize {
    let mut by_beginning: BTreeMap<&[u8], Vec<&[u8]>> = BTreeMap::new();
    for wanted in what {
        by_beginning.entry(&wanted[..8]).or_default().push(wanted);
    }
    let mut found = BTreeSet::new();
    for bytes in files {
        for (at, beginning) in bytes.windows(8).enumerate() {
            for wanted in by_beginning.get(beginning).into_iter().flatten() {
                if bytes[at..].starts_with(wanted) {
                    found.insert(*wanted);
                }
            }
        }
    }
    found.len()
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
    let gone = [vec![key], rows].concat();
    let before = tables(server, &pool).await;
    assert_eq!(held(&before, &gone), gone.len(), "the control");
    bridge().add(&book, at(6)).await.unwrap();
    let readable = [b"Qasr Dunya".to_vec()];
    assert_eq!(held(&tables(server, &pool).await, &readable), 0);
    book.erase("market-1", "R", "a witness asked", at(9))
        .await
        .unwrap();
    assert_eq!(held(&tables(server, &pool).await, &gone), 0);
}

async fn nothing_in_clear_is_left_in_the_tables_of_an_encrypted_ledger(server: &Server) {
    let place = server.place("locked").await;
    let book = make(&place).await;
    suite::story(&book).await;
    let pool = server.pool("locked").await;
    let keys: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT secret FROM sayso_keys.key UNION ALL SELECT secret FROM sayso_keys.ledger_key",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let (_, rows) = suite::indexed(&place, "market-1").await;
    let secrets = [keys, rows, vec![b"asked for".to_vec()]].concat();
    let before = tables(server, &pool).await;
    assert_eq!(held(&before, &secrets), secrets.len(), "the control");
    book.encrypt(&suite::passphrase(suite::WORDS))
        .await
        .unwrap();
    assert_eq!(held(&tables(server, &pool).await, &secrets), 0);
    // The trigger that stood aside stands again.
    let refused = sqlx::raw_sql("UPDATE sayso_ledger.entry SET kind = 'review' WHERE number = 1")
        .execute(&pool)
        .await;
    assert!(refused.unwrap_err().to_string().contains("append-only"));
}

async fn a_newer_form_is_refused(server: &Server) {
    let place = server.place("newer").await;
    market().add(&make(&place).await, at(6)).await.unwrap();
    let pool = server.pool("newer").await;
    sqlx::raw_sql(
        "INSERT INTO sayso_ledger._sqlx_migrations
             (version, description, success, checksum, execution_time)
         VALUES (99, 'later', true, 'x', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    let refused = Book::open(&place, Missing::Make).await.err().unwrap();
    assert!(
        matches!(refused, LedgerError::Newer { form: 99, .. }),
        "{refused}"
    );
}

/// The server is stopped as by a power cut, again and again, while reports come in.
async fn who_writes_while_the_server_is_gone_waits_for_it(server: &Server) {
    const REPORTS: usize = 60;
    let place = server.place("gone").await;
    let heard: Arc<Mutex<Vec<Notice>>> = Arc::default();
    let listener = Arc::clone(&heard);
    let opening = Opening {
        notices: Notices::to(move |notice| listener.lock().unwrap().push(notice.clone())),
        ..Opening::new(Missing::Make)
    };
    let book = Arc::new(Book::open_as(&place, &opening).await.unwrap());
    let ids: Vec<&'static str> = (0..REPORTS)
        .map(|n| &*Box::leak(format!("gone-{n}").into_boxed_str()))
        .collect();
    let writer = tokio::spawn({
        let (book, ids) = (Arc::clone(&book), ids.clone());
        async move {
            let mut acknowledged = 0;
            for id in ids {
                let sample = Sample { id, ..bridge() };
                let added = sample.add(&book, at(7)).await.unwrap();
                assert!(matches!(added, Added::New | Added::Known), "{added:?}");
                acknowledged += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            acknowledged
        }
    });
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        server.down();
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.up();
    }
    assert_eq!(writer.await.unwrap(), REPORTS);
    let view = book.view(Bounds::ALL).await.unwrap();
    assert_eq!(view.readable().len(), REPORTS, "each is there once");
    let verdict = book.verify(None).await.unwrap();
    assert_eq!(
        (verdict.head.number, verdict.faults),
        (2 * REPORTS as u64, Vec::new())
    );
    {
        let heard = heard.lock().unwrap();
        assert!(
            heard.iter().any(|n| matches!(n, Notice::Waiting { .. })),
            "{heard:?}"
        );
        assert!(heard.contains(&Notice::Back), "{heard:?}");
    }

    // Gone for longer than anybody waits.
    server.down();
    let short = Opening {
        patience: Duration::from_secs(1),
        ..Opening::new(Missing::Make)
    };
    let refused = Book::open_as(&place, &short).await.err().unwrap();
    assert_eq!(refused.trouble(), Some(Trouble::Away), "{refused}");
    assert!(
        refused.to_string().contains("goes on where it stopped"),
        "{refused}"
    );
    server.up();
}
