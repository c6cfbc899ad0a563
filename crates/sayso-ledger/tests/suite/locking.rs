//! Encryption at rest.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sayso_ledger::{
    Book, Bounds, Entry, Hash, LedgerError, Lock, LockState, Missing, Notice, Notices, Opening,
    Passphrase, Place, WithdrawalHead,
};
use serde_json::Value;

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

/// Hashes stay readable where everything else is sealed. Whoever has them, and a list of the people of
/// the desk, must not find out who decided what.
pub async fn names_cannot_be_tried_on_the_hashes(place: &Place) {
    let book = opened(place, Some(WORDS)).await.unwrap();
    for id in ["one", "two", "three"] {
        let sample = Sample { id, ..market() };
        sample.add(&book, at(6)).await.unwrap();
    }
    let head = WithdrawalHead {
        why: "taken back".to_owned(),
        published: None,
        undone: false,
    };
    for id in ["one", "two"] {
        book.withdraw(id, &head, "Ilse Marten", at(7))
            .await
            .unwrap();
    }
    book.reinstate("one", &head, "Ilse Marten", at(8))
        .await
        .unwrap();
    book.erase("three", "Ilse Marten", "a nurse asked", at(9))
        .await
        .unwrap();
    let mut tried = 0;
    let mut payloads = BTreeSet::new();
    let mut export = Vec::new();
    book.export(&mut export).await.unwrap();
    for line in String::from_utf8(export).unwrap().lines().skip(1) {
        let mut entry = entry(line);
        assert_eq!(entry.computed_hash().as_str(), entry.hash, "the control");
        if !entry.payload.contains("Ilse Marten") {
            continue;
        }
        let payload = std::mem::take(&mut entry.payload);
        assert!(payloads.insert(payload), "a payload is there twice");
        for guess in [
            r#"{"by":"Ilse Marten"}"#,
            r#"{"by":"Ilse Marten","why":"a nurse asked"}"#,
        ] {
            guess.clone_into(&mut entry.payload);
            assert_ne!(entry.computed_hash().as_str(), entry.hash, "{guess}");
            tried += 1;
        }
    }
    assert_eq!(tried, 8);
}

/// An entry as a line of an export has it.
fn entry(line: &str) -> Entry {
    let line: Value = serde_json::from_str(line).unwrap();
    let field = |name: &str| line[name].as_str().map(str::to_owned);
    let bytes = |name: &str| Some(STANDARD.decode(line[name].as_str()?).unwrap());
    Entry {
        number: line["number"].as_u64().unwrap(),
        recorded: field("recorded").unwrap(),
        kind: field("kind").unwrap(),
        report: field("report"),
        payload: field("payload").unwrap(),
        head: bytes("sealed_head"),
        body: bytes("sealed_body"),
        previous: field("previous").unwrap(),
        hash: field("hash").unwrap(),
    }
}

/// Before payloads had salts there were ledgers: they are read and verified as ever.
pub async fn a_ledger_from_before_salts_reads_as_ever(place: &Place, other: &Place) {
    let book = make(place).await;
    let before = story(&book).await;
    let (mut export, mut keys) = (Vec::new(), Vec::new());
    book.export(&mut export).await.unwrap();
    book.export_keys(&mut keys).await.unwrap();
    let export = String::from_utf8(export).unwrap();
    let mut lines: Vec<Value> = export
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (mut salts, mut previous) = (0, Hash::START.to_owned());
    for line in &mut lines[1..] {
        let mut payload: Value = serde_json::from_str(line["payload"].as_str().unwrap()).unwrap();
        let salt = payload.as_object_mut().unwrap().remove("salt");
        if let Some(salt) = salt {
            assert_eq!(salt.as_str().unwrap().len(), 32);
            line["payload"] = payload.to_string().into();
            salts += 1;
        }
        line["previous"] = previous.as_str().into();
        let hash = entry(&line.to_string()).computed_hash();
        line["hash"] = hash.as_str().into();
        hash.as_str().clone_into(&mut previous);
    }
    assert!(salts > 4, "{salts}");
    lines[0]["head"] = previous.into();
    let old: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let old = old.join("\n") + "\n";

    let copy = make(other).await;
    copy.import(&mut old.as_bytes()).await.unwrap();
    copy.import_keys(&mut keys.as_slice()).await.unwrap();
    assert_eq!(told(&copy).await, before);
    assert!(is_sound(&copy).await);
}

/// Keys that lie elsewhere would not fit any more: they stay outside, sealed under another master key.
pub async fn a_ledger_whose_keys_are_elsewhere_is_not_encrypted(place: &Place, other: &Place) {
    let book = make(place).await;
    let before = story(&book).await;
    assert_eq!(book.without_key().await.unwrap(), 0);
    let (mut entries, mut keys) = (Vec::new(), Vec::new());
    book.export(&mut entries).await.unwrap();
    book.export_keys(&mut keys).await.unwrap();
    let copy = make(other).await;
    copy.import(&mut entries.as_slice()).await.unwrap();
    let refused = copy.encrypt(&passphrase(WORDS)).await;
    assert!(matches!(refused, Err(LedgerError::NoKeys)));
    assert_eq!(state(other).await, None, "nothing was begun");
    assert!(matches!(copy.without_key().await, Err(LedgerError::NoKeys)));

    // The first line and one report's key alone: the others are counted, and it may be encrypted.
    let keys = String::from_utf8(keys).unwrap();
    let market = book.name_of("market-1").await.unwrap();
    let few = keys
        .lines()
        .enumerate()
        .filter(|(n, line)| *n == 0 || line.contains(&format!("\"name\":\"{market}\"")))
        .map(|(_, line)| format!("{line}\n"));
    let few: String = few.collect();
    copy.import_keys(&mut few.as_bytes()).await.unwrap();
    assert_eq!(copy.without_key().await.unwrap(), 1);
    copy.import_keys(&mut keys.as_bytes()).await.unwrap();
    assert_eq!(copy.without_key().await.unwrap(), 0);
    copy.encrypt(&passphrase(WORDS)).await.unwrap();
    assert_eq!(told(&copy).await, before);
}

/// What takes the ledger's passphrase to read beside it.
pub async fn a_file_is_sealed_for_who_has_the_passphrase(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    assert!(
        book.file_key().await.unwrap().is_none(),
        "nothing to seal with"
    );
    let unaware = make(place).await;
    book.encrypt(&passphrase(WORDS)).await.unwrap();
    let refused = unaware.file_key().await.map(drop);
    assert!(matches!(refused, Err(LedgerError::Encrypted { .. })));
    let (key, wrapped) = book.file_key().await.unwrap().unwrap();
    let (other, _) = book.file_key().await.unwrap().unwrap();
    assert!(key != other, "each time another");
    let mut keys = Vec::new();
    book.export_keys_as_kept(&mut keys).await.unwrap();
    let open = |words: &str| {
        let words = passphrase(words);
        sayso_ledger::keys_open_with(&mut keys.as_slice(), Some(&words))
    };
    let master = open(WORDS).unwrap().unwrap();
    assert_eq!(master.file_key(&wrapped), Some(key));
    assert_eq!(master.file_key("bm8ga2V5"), None);
    assert!(open("window salt eleven barge").is_err());
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
    // Of half an export nobody knows what is missing.
    let written = String::from_utf8(later).unwrap();
    let first: Vec<&str> = written.lines().take(3).collect();
    let cut = first.join("\n") + "\n";
    let error = sayso_ledger::tombstones_of(&mut cut.as_bytes()).unwrap_err();
    assert!(
        error.to_string().contains("ends before its last entry"),
        "{error}"
    );
    let changed = written.replace("a witness asked", "a witness begged");
    let error = sayso_ledger::tombstones_of(&mut changed.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("was changed"), "{error}");

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
