//! Encryption at rest.

use std::sync::{Arc, Mutex};

use sayso_ledger::{
    Book, Bounds, LedgerError, Lock, LockState, Missing, Notice, Notices, Opening, Passphrase,
    Place,
};

use super::sample::{Sample, at, bridge, market};
use super::{is_sound, make, stored, story, told};

pub const WORDS: &str = "lantern gravel otter noon";

pub fn passphrase(words: &str) -> Passphrase {
    Passphrase::new(words).unwrap()
}

/// Opens with a passphrase or without.
pub async fn opened(place: &Place, words: Option<&str>) -> Result<Book, LedgerError> {
    let opening = Opening {
        passphrase: words.map(passphrase),
        ..Opening::new(Missing::Make)
    };
    Book::open_as(place, &opening).await
}

async fn state(place: &Place) -> Option<LockState> {
    let lock = stored(place).await.lock().await.unwrap();
    lock.map(|lock| lock.state)
}

pub async fn an_encrypted_ledger_tells_the_same_to_who_has_the_passphrase(place: &Place) {
    let book = make(place).await;
    let before = story(&book).await;
    let head = book.head().await.unwrap();
    book.encrypt(&passphrase(WORDS)).await.unwrap();
    assert_eq!(told(&book).await, before, "whoever has it open goes on");
    let twice = book.encrypt(&passphrase(WORDS)).await;
    assert!(matches!(twice, Err(LedgerError::LockIs { .. })));
    book.close().await.unwrap();

    let refused = opened(place, None).await.err().unwrap();
    assert!(matches!(refused, LedgerError::Encrypted { .. }));
    assert!(
        refused.to_string().contains("--passphrase-file"),
        "{refused}"
    );
    let refused = opened(place, Some("lantern gravel otter moon")).await;
    let refused = refused.err().unwrap();
    assert!(matches!(refused, LedgerError::WrongPassphrase { .. }));
    assert!(!refused.to_string().contains("moon"), "{refused}");

    let book = opened(place, Some(WORDS)).await.unwrap();
    assert_eq!(told(&book).await, before);
    assert_eq!(book.head().await.unwrap(), head);
    assert!(is_sound(&book).await);
    let later = Sample {
        id: "later-1",
        ..market()
    };
    later.add(&book, at(17)).await.unwrap();
    book.close().await.unwrap();
    let book = opened(place, Some(WORDS)).await.unwrap();
    assert!(is_sound(&book).await);
    assert_eq!(
        book.search("qasr dunya", Bounds::ALL).await.unwrap().len(),
        2
    );
    // What is erased is gone here as anywhere.
    book.erase("later-1", "R", "asked for", at(18))
        .await
        .unwrap();
    assert_eq!(
        book.search("qasr dunya", Bounds::ALL).await.unwrap().len(),
        1
    );
}

pub async fn a_ledger_made_with_a_passphrase_is_encrypted_from_its_beginning(place: &Place) {
    let book = opened(place, Some(WORDS)).await.unwrap();
    market().add(&book, at(6)).await.unwrap();
    assert!(book.is_encrypted().await.unwrap());
    book.close().await.unwrap();
    assert!(opened(place, None).await.is_err());
    let book = opened(place, Some(WORDS)).await.unwrap();
    assert!(book.report("market-1", Bounds::ALL).await.is_ok());
}

pub async fn a_passphrase_is_changed_and_taken_away(place: &Place) {
    let book = make(place).await;
    let before = story(&book).await;
    let not_yet = book
        .change_passphrase(&passphrase(WORDS), &passphrase(WORDS))
        .await;
    assert!(matches!(not_yet, Err(LedgerError::LockIs { .. })));
    book.encrypt(&passphrase(WORDS)).await.unwrap();
    let other = "window salt eleven barge";
    let wrong = book
        .change_passphrase(&passphrase(other), &passphrase(other))
        .await;
    assert!(matches!(wrong, Err(LedgerError::WrongPassphrase { .. })));
    book.change_passphrase(&passphrase(WORDS), &passphrase(other))
        .await
        .unwrap();
    book.close().await.unwrap();
    assert!(opened(place, Some(WORDS)).await.is_err());
    let book = opened(place, Some(other)).await.unwrap();
    assert_eq!(told(&book).await, before);

    book.decrypt(&passphrase(other)).await.unwrap();
    book.close().await.unwrap();
    let book = opened(place, None).await.unwrap();
    assert_eq!(told(&book).await, before);
    let open = Sample {
        id: "open-1",
        ..market()
    };
    open.add(&book, at(17)).await.unwrap();
    assert_eq!(
        book.search("qasr dunya", Bounds::ALL).await.unwrap().len(),
        2
    );
    assert!(is_sound(&book).await);
    // And locked again, with what was written in clear meanwhile.
    book.encrypt(&passphrase(WORDS)).await.unwrap();
    book.close().await.unwrap();
    assert!(opened(place, None).await.is_err());
    let book = opened(place, Some(WORDS)).await.unwrap();
    assert_eq!(
        book.search("qasr dunya", Bounds::ALL).await.unwrap().len(),
        2
    );
    assert!(is_sound(&book).await);
}

pub async fn encrypting_that_was_cut_short_is_finished(place: &Place) {
    let book = make(place).await;
    story(&book).await;
    book.encrypt(&passphrase(WORDS)).await.unwrap();
    book.close().await.unwrap();
    let store = stored(place).await;
    let lock = store.lock().await.unwrap().unwrap();
    let sealing = LockState::Sealing;
    store
        .put_lock(Lock {
            state: sealing,
            ..lock
        })
        .await
        .unwrap();
    store.close().await.unwrap();
    let heard: Arc<Mutex<Vec<Notice>>> = Arc::default();
    let listener = Arc::clone(&heard);
    let opening = Opening {
        passphrase: Some(passphrase(WORDS)),
        notices: Notices::to(move |notice| listener.lock().unwrap().push(notice.clone())),
        ..Opening::new(Missing::Refuse)
    };
    let book = Book::open_as(place, &opening).await.unwrap();
    assert_eq!(heard.lock().unwrap().as_slice(), [Notice::Finishing]);
    assert!(is_sound(&book).await);
    book.close().await.unwrap();
    assert_eq!(state(place).await, Some(LockState::Sealed));
}

pub async fn who_has_it_open_in_clear_writes_nothing_any_more(place: &Place) {
    let unaware = make(place).await;
    market().add(&unaware, at(6)).await.unwrap();
    let other = make(place).await;
    other.encrypt(&passphrase(WORDS)).await.unwrap();
    let refused = bridge().add(&unaware, at(7)).await.unwrap_err();
    assert!(refused.to_string().contains("encrypted"), "{refused}");
    let refused = unaware.report("market-1", Bounds::ALL).await.unwrap_err();
    assert!(matches!(refused, LedgerError::Encrypted { .. }));
    bridge().add(&other, at(7)).await.unwrap();
    assert!(is_sound(&other).await);
}

pub async fn keys_travel_as_they_are_kept(place: &Place, other: &Place) {
    let book = make(place).await;
    let before = story(&book).await;
    book.encrypt(&passphrase(WORDS)).await.unwrap();
    let (mut entries, mut keys) = (Vec::new(), Vec::new());
    book.export(&mut entries).await.unwrap();
    book.export_keys_as_kept(&mut keys).await.unwrap();
    let mut clear = Vec::new();
    book.export_keys(&mut clear).await.unwrap();
    for line in String::from_utf8(clear).unwrap().lines().skip(1) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let key = line["key"].as_str().unwrap().as_bytes().to_vec();
        assert!(!keys.windows(key.len()).any(|window| window == key));
    }
    let copy = make(other).await;
    copy.import(&mut entries.as_slice()).await.unwrap();
    let refused = copy.import_keys(&mut keys.as_slice()).await;
    assert!(matches!(refused, Err(LedgerError::Encrypted { .. })));
    let words = passphrase("window salt eleven barge");
    let refused = copy
        .import_keys_with(&mut keys.as_slice(), Some(&words))
        .await;
    assert!(matches!(refused, Err(LedgerError::WrongPassphrase { .. })));
    copy.import_keys_with(&mut keys.as_slice(), Some(&passphrase(WORDS)))
        .await
        .unwrap();
    assert_eq!(told(&copy).await, before);
    copy.close().await.unwrap();
    assert!(
        opened(other, None).await.is_err(),
        "it is locked as the first is"
    );
    assert_eq!(
        told(&opened(other, Some(WORDS)).await.unwrap()).await,
        before
    );
}

/// A backup from before an erasure: the tombstones that were set since are set again.
pub async fn tombstones_outlive_a_ledger_that_was_brought_back(place: &Place, other: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let (mut entries, mut keys) = (Vec::new(), Vec::new());
    book.export(&mut entries).await.unwrap();
    book.export_keys(&mut keys).await.unwrap();
    book.erase("market-1", "R", "a witness asked", at(8))
        .await
        .unwrap();
    let mut later = Vec::new();
    book.export(&mut later).await.unwrap();
    let tombstones = sayso_ledger::tombstones_of(&mut later.as_slice()).unwrap();
    assert_eq!(tombstones.len(), 1);

    let back = make(other).await;
    back.import(&mut entries.as_slice()).await.unwrap();
    back.import_keys(&mut keys.as_slice()).await.unwrap();
    assert!(
        back.report("market-1", Bounds::ALL).await.is_ok(),
        "the control"
    );
    assert_eq!(back.erase_again(&tombstones, at(9)).await.unwrap(), 1);
    assert_eq!(back.erase_again(&tombstones, at(9)).await.unwrap(), 0);
    let gone = back.report("market-1", Bounds::ALL).await.unwrap_err();
    assert!(gone.to_string().contains("a witness asked"), "{gone}");
    assert!(back.report("bridge-1", Bounds::ALL).await.is_ok());
    assert!(is_sound(&back).await);
}
