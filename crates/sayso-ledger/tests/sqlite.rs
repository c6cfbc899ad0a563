//! The behaviours of a ledger, over SQLite; and what only its files can show.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod suite;

use std::path::Path;

use sayso_ledger::{Book, Bounds, Fault, LedgerError, Missing, Place};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use suite::sample::{BRIDGE, MARKET, Sample, at, bridge, market};
use suite::{make, run};
use tempfile::TempDir;

fn place(folder: &TempDir, name: &str) -> Place {
    Place::parse(folder.path().join(name).to_str().unwrap(), None)
}

macro_rules! each {
    ($($behaviour:ident),* $(,)?) => {
        $(
            #[test]
            fn $behaviour() {
                let folder = TempDir::new().unwrap();
                run(suite::$behaviour(&place(&folder, "a.db")));
            }
        )*
    };
}

behaviours!(each);

#[test]
fn export_and_import_lose_nothing() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::export_and_import_lose_nothing(&one, &other));
}

#[test]
fn a_wrong_import_is_refused() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::a_wrong_import_is_refused(&one, &other));
}

#[test]
fn an_imported_tombstone_erases() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::an_imported_tombstone_erases(&one, &other));
}

/// The file of entries, opened past the ledger.
async fn raw(folder: &TempDir) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(folder.path().join("a.db"));
    SqlitePool::connect_with(options).await.unwrap()
}

async fn execute(pool: &SqlitePool, sql: &'static str) -> Result<(), String> {
    sqlx::raw_sql(sql)
        .execute(pool)
        .await
        .map(drop)
        .map_err(|error| error.to_string())
}

#[test]
fn the_database_itself_refuses_to_change_entries() {
    run(async {
        let folder = TempDir::new().unwrap();
        let book = make(&place(&folder, "a.db")).await;
        market().add(&book, at(6)).await.unwrap();
        let pool = raw(&folder).await;
        for sql in [
            "UPDATE entry SET kind = 'review' WHERE number = 1",
            "DELETE FROM entry WHERE number = 2",
            "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 1",
            "INSERT INTO entry SELECT 9, recorded, kind, report, payload, previous, hash, head, body
             FROM entry WHERE number = 1",
        ] {
            let refused = execute(&pool, sql).await.unwrap_err();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
        assert!(book.verify(None).await.unwrap().faults.is_empty());
    });
}

#[test]
fn what_was_changed_past_the_triggers_is_found() {
    let changes = [
        (
            "UPDATE entry SET recorded = '2025-10-05T12:00:00.000000Z' WHERE number = 2",
            2,
        ),
        ("UPDATE entry SET kind = 'correction' WHERE number = 3", 3),
        ("UPDATE entry SET report = NULL WHERE number = 1", 1),
        ("UPDATE entry SET payload = '{} ' WHERE number = 1", 1),
        ("UPDATE entry SET previous = hash WHERE number = 4", 4),
        ("UPDATE entry SET hash = previous WHERE number = 4", 4),
        ("UPDATE entry SET head = NULL WHERE number = 1", 1),
        (
            "UPDATE entry SET body = zeroblob(length(body)) WHERE number = 2",
            2,
        ),
    ];
    for (sql, number) in changes {
        run(async {
            let folder = TempDir::new().unwrap();
            let book = make(&place(&folder, "a.db")).await;
            market().add(&book, at(6)).await.unwrap();
            bridge().add(&book, at(7)).await.unwrap();
            let pool = raw(&folder).await;
            execute(&pool, "DROP TRIGGER entry_is_not_changed")
                .await
                .unwrap();
            execute(&pool, sql).await.unwrap();
            let faults = book.verify(None).await.unwrap().faults;
            assert!(
                faults.contains(&Fault::Changed { number }),
                "{sql}: {faults:?}"
            );
        });
    }
    run(async {
        let folder = TempDir::new().unwrap();
        let book = make(&place(&folder, "a.db")).await;
        market().add(&book, at(6)).await.unwrap();
        bridge().add(&book, at(7)).await.unwrap();
        let pool = raw(&folder).await;
        execute(&pool, "DROP TRIGGER entry_is_not_deleted")
            .await
            .unwrap();
        execute(&pool, "DELETE FROM entry WHERE number = 2")
            .await
            .unwrap();
        let faults = book.verify(None).await.unwrap().faults;
        assert_eq!(faults, [Fault::Missing { from: 2, to: 2 }]);
    });
}

/// Every byte of every file in the folder.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            (path.display().to_string(), std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn nothing_readable_is_in_the_files_and_no_key_is_left_after_an_erasure() {
    run(async {
        let folder = TempDir::new().unwrap();
        let place = place(&folder, "a.db");
        let book = make(&place).await;
        market().add(&book, at(6)).await.unwrap();
        bridge().add(&book, at(6)).await.unwrap();
        let market_ref = book
            .report("market-1", Bounds::ALL)
            .await
            .unwrap()
            .reference;
        let bridge_ref = book
            .report("bridge-1", Bounds::ALL)
            .await
            .unwrap()
            .reference;
        let Place::Sqlite { ledger, keys } = &place else {
            panic!("{place:?}");
        };
        let store = sayso_ledger::sqlite::Sqlite::open(ledger, keys, Missing::Refuse)
            .await
            .unwrap();
        let secret = |name: String| {
            let store: &dyn sayso_ledger::Ledger = &store;
            async move { store.key(&name).await.unwrap().unwrap() }
        };
        let gone = secret(market_ref.to_string()).await;
        let stays = secret(bridge_ref.to_string()).await;
        let (_, rows) = suite::indexed(&place, "market-1").await;

        let files = bytes(folder.path());
        assert!(
            files.iter().any(|(name, _)| name.ends_with("-wal")),
            "{files:?}"
        );
        let found = |what: &[u8]| -> Vec<String> {
            let files = bytes(folder.path());
            files
                .into_iter()
                .filter(|(_, b)| holds(b, what))
                .map(|(name, _)| name)
                .collect()
        };
        // The control: the bytes that are looked for would be found, the words are the reports'.
        assert!(!found(gone.as_bytes()).is_empty());
        assert!(!rows.is_empty() && rows.iter().all(|row| !found(row).is_empty()));
        let known = format!("{:?} {:?}", market().about(), bridge().about());
        let known = format!("{MARKET} {BRIDGE} {known}");
        let readable = [
            "Qasr Dunya",
            "Wadi Sefra",
            "market-1",
            "bridge-1",
            "Sefra Courier",
            "denied",
        ];
        for words in readable {
            assert!(known.contains(words), "`{words}`");
            assert!(
                found(words.as_bytes()).is_empty(),
                "`{words}` in {:?}",
                found(words.as_bytes())
            );
        }

        book.erase("market-1", "R. Analyst", "a witness asked", at(9))
            .await
            .unwrap();
        assert!(
            found(gone.as_bytes()).is_empty(),
            "{:?}",
            found(gone.as_bytes())
        );
        assert!(rows.iter().all(|row| found(row).is_empty()));
        assert!(!found(stays.as_bytes()).is_empty());
        assert!(
            !found(b"a witness asked").is_empty(),
            "the tombstone is readable"
        );
        assert!(book.report("bridge-1", Bounds::ALL).await.is_ok());
    });
}

/// Neither in the file, however full its pages are, nor in its log.
#[test]
fn no_row_of_the_index_is_left_among_many() {
    run(async {
        let folder = TempDir::new().unwrap();
        let place = place(&folder, "a.db");
        let book = make(&place).await;
        let ids: Vec<&'static str> = (0..120)
            .map(|n| &*Box::leak(format!("report-{n}").into_boxed_str()))
            .collect();
        let mut gone = Vec::new();
        for id in &ids {
            let words = (0..20 + id.len() * 17 % 60).map(|word| format!("{id}word{word}"));
            let text = words.collect::<Vec<String>>().join(" ");
            let sample = Sample {
                id,
                text: Box::leak(text.into_boxed_str()),
                said: Vec::new(),
                happened: Vec::new(),
                ..bridge()
            };
            sample.add(&book, at(6)).await.unwrap();
        }
        for id in ids.iter().step_by(7) {
            gone.extend(suite::indexed(&place, id).await.1);
            book.erase(id, "R", "a witness asked", at(7)).await.unwrap();
        }
        assert_eq!(gone.len(), 18);
        for (name, bytes) in bytes(folder.path()) {
            let left = gone.iter().filter(|row| holds(&bytes, row)).count();
            assert_eq!(left, 0, "{name}");
        }
    });
}

#[test]
fn an_index_that_somebody_reads_is_told() {
    run(async {
        let folder = TempDir::new().unwrap();
        let place = place(&folder, "a.db");
        let book = make(&place).await;
        market().add(&book, at(6)).await.unwrap();
        let (_, rows) = suite::indexed(&place, "market-1").await;
        let left = || {
            let files = bytes(folder.path());
            files.iter().any(|(_, bytes)| holds(bytes, &rows[0]))
        };
        let pool = raw(&folder).await;
        let mut reader = pool.begin().await.unwrap();
        let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM derived")
            .fetch_one(&mut *reader)
            .await
            .unwrap();
        assert_eq!(seen, 1);
        let told = book.erase("market-1", "R", "a witness asked", at(9)).await;
        assert!(
            matches!(&told, Err(LedgerError::StillInUse { path }) if path.ends_with("a.db")),
            "{told:?}"
        );
        assert!(left(), "the control");
        let gone = book.report("market-1", Bounds::ALL).await;
        assert!(matches!(gone, Err(LedgerError::Erased { .. })));
        reader.rollback().await.unwrap();
        let again = book.erase("market-1", "R", "again", at(9)).await;
        assert!(!again.unwrap());
        assert!(!left());
    });
}

#[cfg(unix)]
#[test]
fn only_their_owner_reads_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    run(async {
        let folder = TempDir::new().unwrap();
        let book = make(&place(&folder, "a.db")).await;
        market().add(&book, at(6)).await.unwrap();
        for (name, _) in bytes(folder.path()) {
            let mode = std::fs::metadata(&name).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{name}: {mode:o}");
        }
    });
}

#[test]
fn a_file_that_is_no_ledger_is_named() {
    run(async {
        let folder = TempDir::new().unwrap();
        std::fs::write(
            folder.path().join("a.db"),
            "this is no database at all\n".repeat(100),
        )
        .unwrap();
        let error = Book::open(&place(&folder, "a.db"), Missing::Make)
            .await
            .err()
            .unwrap();
        assert!(error.to_string().contains("not a database"), "{error}");
    });
}

#[test]
fn keys_may_lie_elsewhere() {
    run(async {
        let folder = TempDir::new().unwrap();
        let ledger = folder.path().join("a.db");
        let keys = folder.path().join("stick.keys");
        let apart = Place::parse(ledger.to_str().unwrap(), Some(&keys));
        market().add(&make(&apart).await, at(6)).await.unwrap();
        assert!(keys.exists() && !folder.path().join("a.db.keys").exists());
        let without = make(&place(&folder, "a.db")).await;
        let refused = without.report("market-1", Bounds::ALL).await.unwrap_err();
        assert!(refused.to_string().contains("--keys"), "{refused}");
        assert!(without.verify(None).await.unwrap().faults.is_empty());
    });
}
