//! What is erased.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sayso_ledger::{
    Answer, Basis, Book, Bounds, Derived, Draft, Entry, Hash, Head, Kept, KeyRow, Ledger,
    LedgerError, Lock, Master, Moment, Place, ReportRef, Ruling, Secret, WithdrawalHead,
};
use serde_json::Value;

use super::sample::{MARKET, at, bridge, id_of, market};
use super::{as_of, indexed, is_sound, make, review, stored};

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

/// A store by which somebody else erases a report just after its key was read.
struct Meanwhile {
    store: Box<dyn Ledger>,
    somebody: Book,
    now: Arc<AtomicBool>,
}

impl Ledger for Meanwhile {
    fn append(&self, drafts: Vec<Draft>, at: Moment, basis: Basis) -> Answer<'_, Vec<Entry>> {
        self.store.append(drafts, at, basis)
    }

    fn copy(&self, entries: Vec<Entry>) -> Answer<'_, ()> {
        self.store.copy(entries)
    }

    fn entries(&self, after: u64, limit: u32, bodies: bool) -> Answer<'_, Vec<Entry>> {
        self.store.entries(after, limit, bodies)
    }

    fn of_report<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, Vec<Entry>> {
        self.store.of_report(report)
    }

    fn some<'a>(&'a self, numbers: &'a [u64]) -> Answer<'a, Vec<Entry>> {
        self.store.some(numbers)
    }

    fn entry(&self, number: u64) -> Answer<'_, Option<Entry>> {
        self.store.entry(number)
    }

    fn head(&self) -> Answer<'_, Head> {
        self.store.head()
    }

    fn erased(&self) -> Answer<'_, Vec<ReportRef>> {
        self.store.erased()
    }

    fn derived<'a>(&'a self, kind: &'a str, after: u64, limit: u32) -> Answer<'a, Vec<Derived>> {
        self.store.derived(kind, after, limit)
    }

    fn keep_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        self.store.keep_derived(rows)
    }

    fn renew_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()> {
        self.store.renew_derived(rows)
    }

    fn without_derived(&self) -> Answer<'_, Vec<ReportRef>> {
        self.store.without_derived()
    }

    fn ledger_key(&self, new: Option<Secret>) -> Answer<'_, Option<Secret>> {
        self.store.ledger_key(new)
    }

    fn put_key(&self, key: KeyRow) -> Answer<'_, Secret> {
        self.store.put_key(key)
    }

    fn key<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Secret>> {
        Box::pin(async move {
            let found = self.store.key(name).await;
            if self.now.swap(false, Ordering::SeqCst) {
                self.somebody
                    .erase("market-1", "S", "a witness asked", at(9))
                    .await?;
            }
            found
        })
    }

    fn some_keys<'a>(&'a self, names: &'a [&'a str]) -> Answer<'a, Vec<(String, Secret)>> {
        self.store.some_keys(names)
    }

    fn keys<'a>(&'a self, after: &'a str, limit: u32) -> Answer<'a, Vec<KeyRow>> {
        self.store.keys(after, limit)
    }

    fn destroy<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, ()> {
        self.store.destroy(report)
    }

    fn lock(&self) -> Answer<'_, Option<Lock>> {
        self.store.lock()
    }

    fn put_lock(&self, lock: Lock) -> Answer<'_, ()> {
        self.store.put_lock(lock)
    }

    fn unlock(&self, master: Master, seals: bool) {
        self.store.unlock(master, seals);
    }

    fn wrapped(&self, name: &str, key: &Secret) -> Result<Vec<u8>, LedgerError> {
        self.store.wrapped(name, key)
    }

    fn seal_all(&self) -> Answer<'_, ()> {
        self.store.seal_all()
    }

    fn close(&self) -> Answer<'_, ()> {
        self.store.close()
    }
}

pub async fn what_was_erased_a_moment_ago_gets_no_new_key(place: &Place) {
    let somebody = make(place).await;
    market().add(&somebody, at(6)).await.unwrap();
    let (reference, _) = indexed(place, "market-1").await;
    let now = Arc::new(AtomicBool::new(false));
    let book = Book::over(Box::new(Meanwhile {
        store: stored(place).await,
        somebody,
        now: Arc::clone(&now),
    }))
    .await
    .unwrap();
    // What the analyst knows is that the report is there.
    now.store(true, Ordering::SeqCst);
    let head = WithdrawalHead {
        undone: false,
        why: "taken down".to_owned(),
        published: None,
    };
    let refused = book.withdraw("market-1", &head, "R", at(9)).await;
    assert!(!now.load(Ordering::SeqCst), "somebody erased it meanwhile");
    assert!(matches!(refused, Err(LedgerError::Erased { id, .. }) if id == "market-1"));
    let store = stored(place).await;
    assert_eq!(store.key(reference.as_str()).await.unwrap(), None);
    assert!(is_sound(&book).await);
}

/// A copy of a ledger learns of an erasure: its keys go at once, not when it is opened next.
pub async fn an_imported_tombstone_erases(place: &Place, other: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(6)).await.unwrap();
    let copied = async |copy: &Book| {
        let mut entries = Vec::new();
        book.export(&mut entries).await.unwrap();
        copy.import(&mut entries.as_slice()).await.unwrap();
    };
    let copy = make(other).await;
    copied(&copy).await;
    let mut keys = Vec::new();
    book.export_keys(&mut keys).await.unwrap();
    copy.import_keys(&mut keys.as_slice()).await.unwrap();
    let (reference, rows) = indexed(other, "market-1").await;
    assert_eq!(rows.len(), 1);
    let store = stored(other).await;
    assert!(store.key(reference.as_str()).await.unwrap().is_some());

    book.erase("market-1", "R", "a witness asked", at(9))
        .await
        .unwrap();
    copied(&copy).await;
    assert_eq!(store.key(reference.as_str()).await.unwrap(), None);
    let rows = store.derived("words", 0, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_ne!(rows[0].report, reference.as_str());
    assert!(copy.report("bridge-1", Bounds::ALL).await.is_ok());
}
