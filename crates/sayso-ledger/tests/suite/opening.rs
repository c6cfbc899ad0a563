//! What does not open, and an index of words that was damaged.

use sayso_ledger::{Book, Bounds, Fault, Kept, KeyRow, LedgerError, Place, ReportRef, Secret};

use super::sample::{at, bridge, market};
use super::{is_sound, make, report, stored};

/// What holds while the market's report does not open.
async fn is_left_out(book: &Book, reference: &ReportRef, has_key: bool) {
    let verdict = book.verify(None).await.unwrap();
    assert!(verdict.has_opened);
    let closed = Fault::Closed {
        report: reference.clone(),
        number: 1,
        has_key,
    };
    assert_eq!(verdict.faults, [closed]);
    let view = book.view(Bounds::ALL).await.unwrap();
    assert_eq!(view.readable().len(), 1);
    assert_eq!(view.reports.get(reference), Some(&Kept::Locked));
    for refused in [
        book.report("market-1", Bounds::ALL).await.map(drop),
        market().add(book, at(8)).await.map(drop),
    ] {
        assert!(matches!(refused, Err(LedgerError::Locked { .. })));
    }
    for (words, hits) in [("market", 0), ("bridge", 1)] {
        let found = book.search_latest(words, Bounds::ALL, 9).await.unwrap();
        assert_eq!(found.hits.len(), hits, "{words}");
        assert_eq!(found.left_out.len(), 1, "{words}");
        let (name, why) = &found.left_out[0];
        assert_eq!(name, reference.as_str());
        assert!(matches!(why, LedgerError::Locked { .. }), "{why}");
    }
}

pub async fn what_does_not_open_is_named_and_the_rest_is_read(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let reference = report(&book, "market-1").await.reference;
    let store = stored(place).await;
    let secret = store.key(reference.as_str()).await.unwrap().unwrap();
    let row = |secret: Secret| KeyRow {
        name: reference.as_str().to_owned(),
        secret,
        reports: vec![reference.clone()],
    };
    // As nobody erased it: no key, no row, no tombstone.
    store.destroy(&reference).await.unwrap();
    is_left_out(&book, &reference, false).await;
    store.put_key(row(Secret::new([7; 32]))).await.unwrap();
    is_left_out(&book, &reference, true).await;
    // With its key it is back, and found: it is read where it has no row.
    store.destroy(&reference).await.unwrap();
    store.put_key(row(secret)).await.unwrap();
    assert_eq!(book.search("market", Bounds::ALL).await.unwrap().len(), 1);
    assert!(is_sound(&book).await);
}

pub async fn an_index_that_was_damaged_is_made_anew(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let store = stored(place).await;
    let whole = store.derived("words", 0, 10).await.unwrap();
    assert_eq!(whole.len(), 2);
    let damaged = async |damage: fn(&mut Vec<u8>)| {
        let mut rows = whole.clone();
        for row in &mut rows {
            damage(&mut row.bytes);
        }
        store.renew_derived(rows.clone()).await.unwrap();
        assert_eq!(store.derived("words", 0, 10).await.unwrap(), rows);
    };
    let seen: [fn(&mut Vec<u8>); 2] = [Vec::clear, |bytes| bytes.fill(0)];
    for damage in seen {
        damaged(damage).await;
        let hits = book.search("that", Bounds::ALL).await.unwrap();
        assert_eq!(hits.len(), 2);
        assert_eq!(store.derived("words", 0, 10).await.unwrap(), whole);
    }
    // Nothing shows in the row that words are missing: the report tells.
    let cut: fn(&mut Vec<u8>) = |bytes| bytes.truncate(4);
    damaged(cut).await;
    let faults = book.verify(None).await.unwrap().faults;
    let row = |number, id: &str| Fault::Index {
        number,
        id: id.to_owned(),
    };
    assert_eq!(faults, [row(1, "market-1"), row(3, "bridge-1")]);
    assert!(is_sound(&book).await);
    assert_eq!(store.derived("words", 0, 10).await.unwrap(), whole);
    // What is erased gets no row, whoever is late to write it.
    book.erase("market-1", "R", "a witness asked", at(9))
        .await
        .unwrap();
    store.renew_derived(whole.clone()).await.unwrap();
    let left = store.derived("words", 0, 10).await.unwrap();
    assert_eq!(left, whole[1..]);
    assert!(is_sound(&book).await);
}

/// Writes other bytes into the rows of the keys, as a bad disk does: `damage` is SQL for the secret.
async fn damage_keys(place: &Place, damage: &str) {
    let tables = match place {
        Place::Sqlite { .. } => ["key", "ledger_key"],
        Place::Postgres { .. } => ["sayso_keys.key", "sayso_keys.ledger_key"],
    };
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("UPDATE {table} SET secret = {damage}"));
        let changed = match place {
            Place::Sqlite { keys, .. } => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(keys);
                let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
                let done = sqlx::raw_sql(sql).execute(&pool).await.unwrap();
                pool.close().await;
                done.rows_affected()
            }
            Place::Postgres { url } => {
                let pool = sqlx::PgPool::connect(url).await.unwrap();
                let done = sqlx::raw_sql(sql).execute(&pool).await.unwrap();
                pool.close().await;
                done.rows_affected()
            }
        };
        assert!(changed > 0, "{table}");
    }
}

/// In clear a damaged key is one of a wrong length; wrapped, one that the master key does not open.
pub async fn keys_that_were_damaged_are_replaced_by_an_import(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let mut keys = Vec::new();
    book.export_keys(&mut keys).await.unwrap();
    let (short, long) = match place {
        Place::Sqlite { .. } => ("x'00'", "zeroblob(73)"),
        Place::Postgres { .. } => ("'\\x00'::bytea", "decode(repeat('00', 73), 'hex')"),
    };
    book.close().await.unwrap();
    damage_keys(place, short).await;
    let book = make(place).await;
    let closed = book.view(Bounds::ALL).await;
    assert!(matches!(closed, Err(LedgerError::NoKeys)), "{closed:?}");
    book.import_keys(&mut keys.as_slice()).await.unwrap();
    assert_eq!(book.search("that", Bounds::ALL).await.unwrap().len(), 2);
    assert!(is_sound(&book).await);

    // What is whole is not replaced: these keys are another ledger's.
    let text = String::from_utf8(keys.clone()).unwrap();
    let (head, key) = text.split_once("\"ledger\":\"").unwrap();
    let other = format!("{head}\"ledger\":\"AAAA{}", &key[4..]);
    let refused = book.import_keys(&mut other.as_bytes()).await.unwrap_err();
    assert!(refused.to_string().contains("another ledger"), "{refused}");

    book.encrypt(&super::passphrase(super::WORDS))
        .await
        .unwrap();
    damage_keys(place, long).await;
    book.import_keys(&mut keys.as_slice()).await.unwrap();
    assert_eq!(book.search("that", Bounds::ALL).await.unwrap().len(), 2);
    assert!(is_sound(&book).await);
}
