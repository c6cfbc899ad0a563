//! The behaviours of a ledger, over SQLite; and what only its files can show.
//!
//! Long because every trouble that a file can be in is made here by hand.

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
use std::sync::{Arc, Mutex};

use sayso_ledger::{Book, Bounds, Fault, LedgerError, Missing, Notices, Opening, Place, Trouble};
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

#[test]
fn keys_travel_as_they_are_kept() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::keys_travel_as_they_are_kept(&one, &other));
}

#[test]
fn a_ledger_from_before_salts_reads_as_ever() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::a_ledger_from_before_salts_reads_as_ever(
        &one, &other,
    ));
}

#[test]
fn a_ledger_whose_keys_are_elsewhere_is_not_encrypted() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::a_ledger_whose_keys_are_elsewhere_is_not_encrypted(
        &one, &other,
    ));
}

#[test]
fn tombstones_outlive_a_ledger_that_was_brought_back() {
    let folder = TempDir::new().unwrap();
    let (one, other) = (place(&folder, "a.db"), place(&folder, "b.db"));
    run(suite::tombstones_outlive_a_ledger_that_was_brought_back(
        &one, &other,
    ));
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

/// A name of the file of keys that was mistyped, and that of another ledger's.
#[test]
fn no_keys_are_made_for_a_ledger_that_has_entries() {
    run(async {
        let folder = TempDir::new().unwrap();
        let a = place(&folder, "a.db");
        let book = make(&a).await;
        let before = suite::story(&book).await;
        book.close().await.unwrap();
        let mut brought = Vec::new();
        make(&a).await.export_keys(&mut brought).await.unwrap();
        let ledger = folder.path().join("a.db");
        let mistyped = folder.path().join("a.db.kyes");
        let wrong = Place::parse(ledger.to_str().unwrap(), Some(&mistyped));
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        for missing in [Missing::Make, Missing::Refuse] {
            let listener = Arc::clone(&heard);
            let opening = Opening {
                notices: Notices::to(move |n| listener.lock().unwrap().push(n.to_string())),
                passphrase: Some(suite::passphrase(suite::WORDS)),
                ..Opening::new(missing)
            };
            let book = Book::open_as(&wrong, &opening).await.unwrap();
            assert!(book.verify(None).await.unwrap().faults.is_empty());
            book.export(&mut Vec::new()).await.unwrap();
            for refused in [
                book.encrypt(&suite::passphrase(suite::WORDS)).await,
                market().add(&book, at(18)).await.map(drop),
                book.view(Bounds::ALL).await.map(drop),
                book.import_keys(&mut brought.as_slice()).await.map(drop),
                book.erase("market-1", "R", "asked for", at(18))
                    .await
                    .map(drop),
            ] {
                assert!(matches!(refused, Err(LedgerError::NoKeys)), "{refused:?}");
            }
            book.close().await.unwrap();
        }
        assert!(!mistyped.exists());
        {
            let heard = heard.lock().unwrap();
            assert_eq!(heard.len(), 2, "{heard:?}");
            assert!(heard[0].contains("a.db.kyes"), "{heard:?}");
        }

        let b = place(&folder, "b.db");
        market().add(&make(&b).await, at(6)).await.unwrap();
        let others = folder.path().join("b.db.keys");
        let wrong = Place::parse(ledger.to_str().unwrap(), Some(&others));
        let refused = make(&wrong)
            .await
            .encrypt(&suite::passphrase(suite::WORDS))
            .await;
        assert!(matches!(refused, Err(LedgerError::NoKeys)), "{refused:?}");
        assert_eq!(suite::told(&make(&a).await).await, before);

        // Whoever brings them may put them where none are.
        let opening = Opening {
            brings_keys: true,
            ..Opening::new(Missing::Refuse)
        };
        let anew = folder.path().join("new.keys");
        let place = Place::parse(ledger.to_str().unwrap(), Some(&anew));
        let book = Book::open_as(&place, &opening).await.unwrap();
        book.import_keys(&mut brought.as_slice()).await.unwrap();
        assert_eq!(suite::told(&book).await, before);
    });
}

#[test]
fn nothing_in_clear_is_left_in_the_files_of_an_encrypted_ledger() {
    run(async {
        let folder = TempDir::new().unwrap();
        let place = place(&folder, "a.db");
        let book = make(&place).await;
        suite::story(&book).await;
        // Enough for several pages of each table.
        for n in 0..60 {
            let sample = Sample {
                id: Box::leak(format!("more-{n}").into_boxed_str()),
                ..market()
            };
            sample.add(&book, at(17)).await.unwrap();
        }
        let Place::Sqlite { ledger, keys } = &place else {
            panic!("{place:?}");
        };
        let store = sayso_ledger::sqlite::Sqlite::open(ledger, keys, Missing::Refuse)
            .await
            .unwrap();
        let store: &dyn sayso_ledger::Ledger = &store;
        let mut secrets: Vec<Vec<u8>> = store
            .keys("", 1_000)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.secret.as_bytes().to_vec())
            .collect();
        assert!(secrets.len() > 60);
        let own = store.ledger_key(None).await.unwrap().unwrap();
        secrets.push(own.as_bytes().to_vec());
        let rows = store.derived("words", 0, 1_000).await.unwrap();
        secrets.extend(rows.into_iter().map(|row| row.bytes));
        // Words of a tombstone, and the names of analysts in payloads.
        secrets.extend([b"asked for".to_vec(), b"\"by\":\"R\"".to_vec()]);
        store.close().await.unwrap();
        let left = |secrets: &[Vec<u8>]| {
            let files = bytes(folder.path());
            secrets
                .iter()
                .filter(|secret| files.iter().any(|(_, bytes)| holds(bytes, secret)))
                .count()
        };
        assert_eq!(left(&secrets), secrets.len(), "the control");
        book.encrypt(&suite::passphrase(suite::WORDS))
            .await
            .unwrap();
        assert_eq!(left(&secrets), 0);
        market().add(&book, at(18)).await.unwrap();
        book.erase("more-3", "R. Analyst", "a witness asked", at(18))
            .await
            .unwrap();
        let words = [
            MARKET,
            BRIDGE,
            "R. Analyst",
            "a witness asked",
            suite::WORDS,
        ];
        let words: Vec<Vec<u8>> = words.iter().map(|w| w.as_bytes().to_vec()).collect();
        assert_eq!(left(&words), 0);
        // The trigger that stood aside stands again.
        let pool = raw(&folder).await;
        let refused = execute(&pool, "UPDATE entry SET kind = 'x' WHERE number = 1").await;
        assert!(refused.unwrap_err().contains("append-only"));
    });
}

/// What form 2 added, taken away again.
const BACK_TO_FORM_1: &str = "DROP TRIGGER key_is_wrapped; DROP TRIGGER ledger_key_is_wrapped;
    DROP TABLE lock; DELETE FROM _sqlx_migrations WHERE version = 2;";

async fn at_file(folder: &TempDir, name: &str, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(folder.path().join(name));
    let pool = SqlitePool::connect_with(options).await.unwrap();
    execute(&pool, sql).await.unwrap();
    pool.close().await;
}

#[test]
fn an_older_ledger_is_brought_to_this_form_and_told() {
    run(async {
        let folder = TempDir::new().unwrap();
        let place = place(&folder, "a.db");
        let book = make(&place).await;
        let before = suite::story(&book).await;
        book.close().await.unwrap();
        at_file(&folder, "a.db.keys", BACK_TO_FORM_1).await;
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let listener = Arc::clone(&heard);
        let opening = Opening {
            notices: Notices::to(move |n| listener.lock().unwrap().push(n.to_string())),
            ..Opening::new(Missing::Refuse)
        };
        let book = Book::open_as(&place, &opening).await.unwrap();
        assert_eq!(suite::told(&book).await, before);
        let heard = heard.lock().unwrap().join("\n");
        assert!(
            heard.contains("form 1 to form 2") && heard.contains("backup"),
            "{heard}"
        );
        // And it can be encrypted like any other.
        book.encrypt(&suite::passphrase(suite::WORDS))
            .await
            .unwrap();
        assert_eq!(suite::told(&book).await, before);
    });
}

#[test]
fn newer_ledgers_and_the_databases_of_others_are_left_as_they_are() {
    run(async {
        let folder = TempDir::new().unwrap();
        let a = place(&folder, "a.db");
        market().add(&make(&a).await, at(6)).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations
                (version, description, success, checksum, execution_time)
             VALUES (99, 'later', true, x'00', 0)";
        let refused = async |place: &Place| {
            let error = Book::open(place, Missing::Make).await.err().unwrap();
            (
                error.to_string(),
                matches!(error, LedgerError::Newer { .. }),
            )
        };
        // The other of the two files.
        let keys = folder.path().join("a.db.keys");
        let ledger = folder.path().join("a.db");
        let swapped = Place::parse(keys.to_str().unwrap(), Some(&ledger));
        let (told, _) = refused(&swapped).await;
        assert!(told.contains("--keys"), "{told}");
        for file in ["a.db", "a.db.keys"] {
            at_file(&folder, file, newer).await;
            let before = bytes(folder.path());
            let (told, is_newer) = refused(&a).await;
            assert!(
                is_newer && told.contains("form 99") && told.contains(file),
                "{told}"
            );
            assert!(
                told.contains("newer version") && told.contains("export-ledger"),
                "{told}"
            );
            let after = bytes(folder.path());
            let of = |files: &[(String, Vec<u8>)]| -> Vec<Vec<u8>> {
                let files = files.iter().filter(|(name, _)| name.ends_with(file));
                files.map(|(_, bytes)| bytes.clone()).collect()
            };
            assert_eq!(of(&before), of(&after), "nothing was changed");
            at_file(
                &folder,
                file,
                "DELETE FROM _sqlx_migrations WHERE version = 99",
            )
            .await;
        }
        assert!(Book::open(&a, Missing::Refuse).await.is_ok());
        // Somebody else's.
        at_file_made(
            &folder,
            "bookmarks.db",
            "CREATE TABLE bookmark (address TEXT)",
        )
        .await;
        let (told, _) = refused(&place(&folder, "bookmarks.db")).await;
        assert!(told.contains("another program"), "{told}");
    });
}

async fn at_file_made(folder: &TempDir, name: &str, sql: &'static str) {
    std::fs::write(folder.path().join(name), "").unwrap();
    at_file(folder, name, sql).await;
}

#[test]
fn a_damaged_ledger_is_refused_with_what_to_do() {
    run(async {
        let folder = TempDir::new().unwrap();
        let a = place(&folder, "a.db");
        let book = make(&a).await;
        suite::story(&book).await;
        book.close().await.unwrap();
        let whole = std::fs::read(folder.path().join("a.db")).unwrap();
        let read = async || -> Result<(), LedgerError> {
            let book = Book::open(&a, Missing::Refuse).await?;
            book.view(Bounds::ALL).await.map(drop)?;
            book.verify(None).await.map(drop)
        };
        assert!(read().await.is_ok(), "the control");
        // Cut short, overwritten with noise, and no database from the first byte on.
        let cut = whole[..whole.len() / 2].to_vec();
        let mut noise = whole.clone();
        for (at, byte) in noise.iter_mut().enumerate().skip(4_096) {
            *byte = (at.wrapping_mul(2_654_435_761) >> 7) as u8;
        }
        for damaged in [cut, noise, b"PK\x03\x04 no database".repeat(300)] {
            std::fs::write(folder.path().join("a.db"), &damaged).unwrap();
            let error = read().await.unwrap_err();
            assert_eq!(error.trouble(), Some(Trouble::Damaged), "{error}");
            assert!(error.to_string().contains("sayso restore"), "{error}");
        }
        std::fs::write(folder.path().join("a.db"), &whole).unwrap();
        assert!(read().await.is_ok());
    });
}

/// Another process adds between any two steps of a view.
#[test]
fn a_view_beside_a_writer_misses_no_key() {
    run(async {
        let folder = TempDir::new().unwrap();
        let a = place(&folder, "a.db");
        let (reader, writer) = (make(&a).await, make(&a).await);
        let writing = tokio::spawn(async move {
            for n in 0..120 {
                let sample = Sample {
                    id: Box::leak(format!("beside-{n}").into_boxed_str()),
                    ..bridge()
                };
                sample.add(&writer, at(6)).await.unwrap();
            }
        });
        let mut views = 0;
        while !writing.is_finished() {
            let view = reader.view(Bounds::ALL).await.unwrap();
            assert_eq!(
                view.readable().len(),
                view.reports.len(),
                "a key is missing"
            );
            views += 1;
        }
        writing.await.unwrap();
        assert!(views > 1);
    });
}
