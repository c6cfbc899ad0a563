//! Export and import, and one story that every store tells alike.

use sayso_ledger::{
    Book, Bounds, Content, Derived, Incoming, Kept, LedgerError, Missing, OwnEvent, OwnStatement,
    Place, Ruling, WithdrawalHead,
};
use serde_json::json;

use super::sample::{MARKET, Sample, at, bridge, id_of, market};
use super::{as_of, is_sound, make, review, standings, stored};

/// Fills a ledger with one entry of every kind; gives what its views say, in words.
pub async fn story(book: &Book) -> Vec<String> {
    market().add(book, at(6)).await.unwrap();
    bridge().add(book, at(7)).await.unwrap();
    let gone = Sample {
        id: "gone-1",
        ..bridge()
    };
    gone.add(book, at(8)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let draft = review(
        &event,
        Some("acled"),
        Ruling::Correct,
        Some(json!("Attack")),
    );
    book.review("market-1", &draft, "R", at(9)).await.unwrap();
    let newer = Sample {
        version: "0.2.0",
        ..market()
    };
    book.recode(&newer.sheet(), at(10)).await.unwrap();
    let corrected = Sample {
        published: "2025-10-11",
        ..bridge()
    };
    corrected.add_with(book, true, at(11)).await.unwrap();
    let own = OwnStatement {
        content: "no reason was given".into(),
        act: "silence".to_owned(),
        certainty: "certain".to_owned(),
        ..OwnStatement::default()
    };
    book.add_statement("bridge-1", &own, None, "R", at(12))
        .await
        .unwrap();
    let own = OwnEvent {
        anchor: "closed".into(),
        plover: "COERCE".to_owned(),
        cameo: "172".to_owned(),
        status: "asserted".to_owned(),
        ..OwnEvent::default()
    };
    book.add_event("bridge-1", &own, None, "R", at(12))
        .await
        .unwrap();
    let head = WithdrawalHead {
        undone: false,
        why: "taken back".to_owned(),
        published: None,
    };
    book.withdraw("bridge-1", &head, "R", at(13)).await.unwrap();
    book.reinstate("bridge-1", &head, "R", at(14))
        .await
        .unwrap();
    let two = ["i:a".to_owned(), "i:b".to_owned()];
    let (market, bridge) = (["market-1".to_owned()], ["bridge-1".to_owned()]);
    book.merge(
        &two,
        &[&market[..], &bridge[..]].concat(),
        Some("same night"),
        "R",
        at(14),
    )
    .await
    .unwrap();
    book.split("i:a", (&bridge, &market), None, "R", at(15))
        .await
        .unwrap();
    book.judge_origin(("o:a", false), &market, Some("invents"), "R", at(15))
        .await
        .unwrap();
    book.erase("gone-1", "R", "asked for", at(16))
        .await
        .unwrap();
    told(book).await
}

/// What the views of a ledger say, in words that hold no key and no hash.
pub async fn told(book: &Book) -> Vec<String> {
    let mut told = Vec::new();
    for day in 5..18 {
        let view = book.view(as_of(day)).await.unwrap();
        let erased = view
            .reports
            .values()
            .filter(|kept| matches!(kept, Kept::Erased(..)))
            .count();
        told.push(format!(
            "day {day}: {erased} erased, {} decisions",
            view.decisions.len()
        ));
        for kept in view.readable() {
            let reviewed = book.reviewed(kept).await.unwrap();
            let sheet = serde_json::to_string(&reviewed.sheet).unwrap();
            told.push(format!(
                "{:?} {:?} {:?} {sheet}",
                kept.withdrawal,
                standings(&reviewed),
                kept.versions
            ));
        }
        for hit in book.search("the", as_of(day)).await.unwrap() {
            told.push(format!("{hit:?}"));
        }
    }
    told
}

/// Exports from one place to another and back: nothing is lost on the way.
pub async fn export_and_import_lose_nothing(place: &Place, other: &Place) {
    let book = make(place).await;
    let told_here = story(&book).await;
    let (mut entries, mut keys) = (Vec::new(), Vec::new());
    let written = book.export(&mut entries).await.unwrap();
    book.export_keys(&mut keys).await.unwrap();

    let copy = make(other).await;
    // Cut short first, then run again.
    let half: Vec<u8> = entries.iter().copied().take(entries.len() / 2).collect();
    let cut = copy.import(&mut half.as_slice()).await.unwrap_err();
    assert!(matches!(cut, LedgerError::Import { .. }), "{cut}");
    let read = copy.import(&mut entries.as_slice()).await.unwrap();
    assert_eq!(read.entries, written.entries);
    assert_eq!(
        copy.import(&mut entries.as_slice()).await.unwrap().known,
        written.entries
    );
    let (there, here) = (
        copy.verify(None).await.unwrap(),
        book.verify(None).await.unwrap(),
    );
    assert_eq!((there.head, there.faults), (here.head, here.faults));
    assert!(here.has_opened && !there.has_opened, "the copy has no keys");
    copy.close().await.unwrap();

    // Without keys it can be verified and exported, not read.
    let copy = Book::open(other, Missing::Refuse).await.unwrap();
    assert!(matches!(
        copy.view(Bounds::ALL).await,
        Err(LedgerError::NoKeys)
    ));
    let refused = market().add(&copy, at(17)).await;
    assert!(matches!(refused, Err(LedgerError::NoKeys)));
    copy.import_keys(&mut keys.as_slice()).await.unwrap();
    assert_eq!(told(&copy).await, told_here);
    let (mut entries_again, mut keys_again) = (Vec::new(), Vec::new());
    copy.export(&mut entries_again).await.unwrap();
    copy.export_keys(&mut keys_again).await.unwrap();
    assert_eq!(entries_again, entries);
    assert_eq!(keys_again, keys);
}

/// What is no export, or one of another ledger, is refused with its line.
pub async fn a_wrong_import_is_refused(place: &Place, other: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let mut entries = Vec::new();
    book.export(&mut entries).await.unwrap();
    let written = String::from_utf8(entries).unwrap();

    let copy = make(other).await;
    let changed = written.replacen("\"kind\":\"sheet\"", "\"kind\":\"review\"", 1);
    let lines: Vec<&str> = written.lines().collect();
    let moved = [lines[0], lines[2], lines[1], lines[3], lines[4]].join("\n");
    let cut = lines[..4].join("\n");
    let sealed = written.replacen("\"payload\":\"{}\"", "\"payload\":\"sealed:AAAA\"", 1);
    for (what, line, word) in [
        ("{}", 1, "schema"),
        ("", 1, "empty"),
        (&changed, 3, "changed"),
        (&moved, 2, "follow"),
        (&cut, 5, "ends before"),
        (&sealed, 2, "is no entry"),
    ] {
        let error = copy.import(&mut what.as_bytes()).await.unwrap_err();
        let LedgerError::Import { line: at_line, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(at_line, line, "{error}");
        assert!(
            error.to_string().contains(word),
            "`{word}` is not in `{error}`"
        );
    }
    let sample = Sample {
        id: "other-1",
        ..bridge()
    };
    // The beginning was imported by now; a ledger that goes on by itself has gone another way.
    copy.import(&mut written.as_bytes()).await.unwrap();
    let mut own_keys = Vec::new();
    book.export_keys(&mut own_keys).await.unwrap();
    copy.import_keys(&mut own_keys.as_slice()).await.unwrap();
    sample.add(&copy, at(8)).await.unwrap();
    let mut longer = Vec::new();
    Sample {
        id: "third-1",
        ..market()
    }
    .add(&book, at(8))
    .await
    .unwrap();
    book.export(&mut longer).await.unwrap();
    let error = copy.import(&mut longer.as_slice()).await.unwrap_err();
    assert!(error.to_string().contains("another entry"), "{error}");
}

/// What is read at once is bounded in bytes, not only in rows.
pub async fn a_page_is_no_longer_than_its_bytes_allow(place: &Place) {
    const LENGTH: usize = 5 << 20;
    let book = make(place).await;
    let mut state = 1_u64;
    for id in ["one", "two", "three"] {
        let sample = Sample { id, ..bridge() };
        let sheet = sample.sheet();
        // What does not pack: xorshift.
        let bytes = (0..LENGTH / 8).flat_map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        });
        let incoming = Incoming {
            about: sample.about(),
            content: Content {
                text: sample.text.to_owned(),
                bytes: bytes.collect(),
            },
            sheet: &sheet,
        };
        book.add(&incoming, false, at(6)).await.unwrap();
    }
    let store = stored(place).await;
    let numbers = async |after, bodies| {
        let page = store.entries(after, 100, bodies).await.unwrap();
        let numbers = page.iter().map(|entry| entry.number);
        numbers.collect::<Vec<u64>>()
    };
    // A report and a sheet each: the second report fills the page.
    assert_eq!(numbers(0, true).await, [1, 2, 3]);
    assert_eq!(numbers(3, true).await, [4, 5, 6]);
    assert_eq!(numbers(6, true).await, [0; 0]);
    assert_eq!(numbers(0, false).await, [1, 2, 3, 4, 5, 6]);
    assert!(is_sound(&book).await);

    let row = |number| Derived {
        number,
        kind: "long".to_owned(),
        report: "r".to_owned(),
        bytes: vec![0; LENGTH],
    };
    let rows = (1..=5).map(row).collect();
    store.keep_derived(rows).await.unwrap();
    let numbers = async |after, limit| {
        let page = store.derived("long", after, limit).await.unwrap();
        let numbers = page.iter().map(|row| row.number);
        numbers.collect::<Vec<u64>>()
    };
    assert_eq!(numbers(0, 100).await, [1, 2]);
    assert_eq!(numbers(2, 1).await, [3]);
    assert_eq!(numbers(4, 100).await, [5]);
}
