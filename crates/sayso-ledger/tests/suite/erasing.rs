//! What is erased.

use sayso_ledger::{Bounds, Hash, Kept, LedgerError, Place, Ruling};
use serde_json::Value;

use super::sample::{MARKET, at, bridge, id_of, market};
use super::{as_of, make, review, stored};

pub async fn what_is_erased_is_gone_and_leaves_a_tombstone(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let draft = review(&event, None, Ruling::Accept, None);
    book.review("market-1", &draft, "R", at(7)).await.unwrap();
    let head = Hash::parse(&book.head().await.unwrap().hash);
    let mut keys_before = Vec::new();
    book.export_keys(&mut keys_before).await.unwrap();

    let why = book
        .erase("market-1", "R. Analyst", " ", at(9))
        .await
        .unwrap_err();
    assert!(why.to_string().contains("reason"), "{why}");
    assert!(
        book.erase("market-1", "R. Analyst", "a witness asked", at(9))
            .await
            .unwrap()
    );
    assert!(
        !book
            .erase("market-1", "R. Analyst", "again", at(10))
            .await
            .unwrap()
    );
    let refused = book.report("market-1", Bounds::ALL).await.unwrap_err();
    let LedgerError::Erased {
        recorded,
        tombstone,
        ..
    } = &refused
    else {
        panic!("{refused}");
    };
    assert_eq!(recorded, &at(9).to_string());
    assert_eq!(
        (tombstone.by.as_str(), tombstone.why.as_str()),
        ("R. Analyst", "a witness asked")
    );

    // From every moment, and in no search.
    assert!(matches!(
        book.report("market-1", as_of(7)).await,
        Err(LedgerError::Erased { .. })
    ));
    assert_eq!(book.search("market", Bounds::ALL).await.unwrap(), []);
    assert_eq!(book.search("bridge", Bounds::ALL).await.unwrap().len(), 1);
    // It does not come back, and nobody writes about it.
    let again = market().add_with(&book, true, at(11)).await;
    assert!(matches!(again, Err(LedgerError::Erased { .. })));
    let again = book.review("market-1", &draft, "R", at(11)).await;
    assert!(matches!(again, Err(LedgerError::Erased { .. })));

    // The chain is whole, also against a head from before.
    let verdict = book.verify(head).await.unwrap();
    assert_eq!((verdict.faults, verdict.kept), (Vec::new(), Some(5)));
    let view = book.view(Bounds::ALL).await.unwrap();
    assert_eq!(view.readable().len(), 1);
    assert!(
        view.reports
            .values()
            .any(|kept| matches!(kept, Kept::Erased(..)))
    );

    // Not even a copy of the keys from before brings it back by import.
    book.import_keys(&mut keys_before.as_slice()).await.unwrap();
    assert!(matches!(
        book.report("market-1", Bounds::ALL).await,
        Err(LedgerError::Erased { .. })
    ));
    let mut keys_after = Vec::new();
    let written = book.export_keys(&mut keys_after).await.unwrap();
    assert_eq!(written.keys, 1);
}

pub async fn an_erasure_cut_short_is_finished(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let mut keys = Vec::new();
    book.export_keys(&mut keys).await.unwrap();
    book.erase("market-1", "R", "a witness asked", at(9))
        .await
        .unwrap();
    // As after a crash between the tombstone and the key: the key is put back under its name.
    let line = String::from_utf8(keys).unwrap();
    let key: Value = serde_json::from_str(line.lines().nth(1).unwrap()).unwrap();
    let reference = book
        .view(Bounds::ALL)
        .await
        .unwrap()
        .reports
        .into_keys()
        .next()
        .unwrap();
    assert_eq!(key["name"], reference.as_str());
    let store = stored(place).await;
    let row = sayso_ledger::KeyRow {
        name: reference.as_str().to_owned(),
        secret: sayso_ledger::Secret::new([7; 32]),
        reports: vec![reference.clone()],
    };
    store.put_key(row).await.unwrap();
    assert!(store.key(reference.as_str()).await.unwrap().is_some());
    book.close().await.unwrap();
    make(place).await;
    assert_eq!(store.key(reference.as_str()).await.unwrap(), None);
}
