//! What comes in, and when it is known.

use sayso_ledger::{
    About, Added, Book, Bounds, Content, Fault, Hash, Incoming, Known, LedgerError, Missing, Place,
    WithdrawalHead,
};

use super::sample::{BRIDGE, MARKET, Sample, at, bridge, market};
use super::{as_of, is_sound, make, report, stored};

pub async fn the_same_report_is_kept_once(place: &Place) {
    let book = make(place).await;
    assert_eq!(market().add(&book, at(6)).await.unwrap(), Added::New);
    assert_eq!(market().add(&book, at(7)).await.unwrap(), Added::Known);
    let other = Sample {
        version: "9.9.9",
        ..market()
    };
    assert_eq!(other.add(&book, at(7)).await.unwrap(), Added::Known);
    let known = book.has(&market().about(), MARKET, false).await.unwrap();
    assert_eq!(known, Known::Kept);
    assert_eq!(
        book.head().await.unwrap().number,
        2,
        "a report and its sheet"
    );
    book.close().await.unwrap();

    let again = Book::open(place, Missing::Refuse).await.unwrap();
    let kept = report(&again, "market-1").await;
    assert_eq!(kept.about(), Some(&market().about()));
    assert_eq!(again.sheet(&kept).await.unwrap(), market().sheet());
    let content = again.content(&kept, kept.versions[0].entry).await.unwrap();
    assert_eq!(content.text, MARKET);
    assert_eq!(content.bytes, format!("<p>{MARKET}</p>").into_bytes());
    assert!(is_sound(&again).await);
}

pub async fn a_ledger_is_not_made_where_one_is_asked_for(place: &Place) {
    let refused = Book::open(place, Missing::Refuse).await;
    assert!(matches!(refused.err(), Some(LedgerError::NoLedger { .. })));
    let book = make(place).await;
    assert_eq!(book.head().await.unwrap().hash, Hash::START);
    let missing = book.report("market-1", Bounds::ALL).await;
    assert!(matches!(missing, Err(LedgerError::NoReport { id }) if id == "market-1"));
}

pub async fn another_content_needs_leave_to_be_a_correction(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let corrected = Sample {
        text: BRIDGE,
        published: "2025-10-08",
        said: bridge().said,
        happened: Vec::new(),
        ..market()
    };
    let refused = corrected.add(&book, at(8)).await.unwrap_err();
    assert!(
        matches!(&refused, LedgerError::OtherContent { fields, .. } if fields[..] == ["text", "published"]),
        "{refused}"
    );
    assert!(refused.to_string().contains("--corrections"));
    assert_eq!(book.head().await.unwrap().number, 2, "nothing was written");
    let added = corrected.add_with(&book, true, at(8)).await.unwrap();
    assert_eq!(added, Added::Corrected);
    // Neither the first print nor the correction is news any more.
    assert_eq!(
        market().add_with(&book, true, at(9)).await.unwrap(),
        Added::Known
    );
    assert_eq!(corrected.add(&book, at(9)).await.unwrap(), Added::Known);

    let now = report(&book, "market-1").await;
    assert_eq!(now.versions.len(), 2);
    assert!(now.versions[1].correction);
    assert_eq!(book.sheet(&now).await.unwrap(), corrected.sheet());
    assert_eq!(
        now.coded,
        [at(6), at(8)],
        "what each text said can be gone back to"
    );
    let before = book.report("market-1", as_of(7)).await.unwrap();
    assert_eq!(book.sheet(&before).await.unwrap(), market().sheet());
    assert_eq!(book.search("market shell", Bounds::ALL).await.unwrap(), []);
    assert_eq!(
        book.search("market shell", as_of(7)).await.unwrap().len(),
        1
    );
}

pub async fn a_newer_version_by_the_outlet_is_a_correction(place: &Place) {
    let book = make(place).await;
    let version = |text: &'static str, updated: Option<&str>, summary: bool| {
        let sample = Sample {
            text,
            said: Vec::new(),
            happened: Vec::new(),
            ..market()
        };
        let about = About {
            versioned: true,
            updated: updated.map(str::to_owned),
            summary,
            ..sample.about()
        };
        (about, sample)
    };
    let add = async |(about, sample): (About, Sample), day| {
        let sheet = sample.sheet();
        let text = sample.text.to_owned();
        let has = book.has(&about, &text, false).await.unwrap();
        let incoming = Incoming {
            about,
            content: Content {
                bytes: text.clone().into_bytes(),
                text,
            },
            sheet: &sheet,
        };
        let added = book.add(&incoming, false, at(day)).await.unwrap();
        let is_there = matches!(added, Added::Known | Added::Superseded);
        assert_eq!(has == Known::Kept, is_there);
        added
    };
    assert_eq!(add(version(MARKET, None, false), 6).await, Added::New);
    // The same entry in another of the outlet's feeds.
    let (mut about, sample) = version(MARKET, None, false);
    about.outlet = Some("Sefra Courier: Region".to_owned());
    about.url = Some("https://sefra.example/region/1".to_owned());
    assert_eq!(add((about, sample), 7).await, Added::Known);
    // A feed of summaries tells nothing new, nor does an older copy of a feed.
    let summary = version("Two shells hit a market.", Some("2025-10-07"), true);
    assert_eq!(add(summary, 7).await, Added::Superseded);
    let newer = version(BRIDGE, Some("2025-10-08T10:00:00Z"), false);
    assert_eq!(add(newer, 8).await, Added::Corrected);
    let older = version("An older copy.", Some("2025-10-08T11:00:00+03:00"), false);
    assert_eq!(add(older, 9).await, Added::Superseded);
    assert_eq!(
        add(version("The first print.", None, false), 9).await,
        Added::Superseded
    );
    let kept = report(&book, "market-1").await;
    assert_eq!(kept.versions.len(), 2);
    let by = |day: &str| Bounds {
        as_of: None,
        published_by: sayso_ledger::Moment::latest(day),
    };
    let before = book.report("market-1", by("2025-10-07")).await.unwrap();
    assert_eq!(before.versions.len(), 1, "the correction was not out yet");
    // An outlet that goes back to its first text has changed the report once more.
    let back = || version(MARKET, Some("2025-10-10T09:00:00Z"), false);
    assert_eq!(add(back(), 10).await, Added::Corrected);
    assert_eq!(add(back(), 11).await, Added::Known);
    let newer = version(BRIDGE, Some("2025-10-08T10:00:00Z"), false);
    assert_eq!(add(newer, 11).await, Added::Known);
    let kept = report(&book, "market-1").await;
    assert_eq!(kept.versions.len(), 3);
    assert_eq!(book.sheet(&kept).await.unwrap().report.text, MARKET);
    assert!(is_sound(&book).await);
}

pub async fn views_know_what_was_recorded_and_published_by_then(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(20)).await.unwrap();
    bridge().add(&book, at(21)).await.unwrap();
    let ids = async |bounds: Bounds| -> Vec<String> {
        let view = book.view(bounds).await.unwrap();
        let readable = view.readable();
        readable
            .iter()
            .map(|report| report.about().unwrap().id.clone())
            .collect()
    };
    assert_eq!(ids(Bounds::ALL).await, ["market-1", "bridge-1"]);
    assert_eq!(ids(as_of(20)).await, ["market-1"]);
    assert!(ids(as_of(19)).await.is_empty());
    let published = |day: &str| Bounds {
        as_of: None,
        published_by: sayso_ledger::Moment::latest(day),
    };
    assert_eq!(ids(published("2025-10-06")).await, ["market-1"]);
    assert!(ids(published("2025-10-05")).await.is_empty());
    // A clock that was set back does not put an entry before those that are there.
    let late = Sample {
        id: "bridge-2",
        ..bridge()
    };
    late.add(&book, at(1)).await.unwrap();
    assert_eq!(ids(as_of(20)).await, ["market-1"]);
    assert!(is_sound(&book).await);
}

pub async fn a_withdrawal_is_seen_from_its_day_on(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let mut head = WithdrawalHead {
        undone: false,
        why: "could not be confirmed".to_owned(),
        published: Some("soon".to_owned()),
    };
    let refused = book
        .withdraw("market-1", &head, "R", at(9))
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("soon"), "{refused}");
    head.published = Some("2025-10-08".to_owned());
    book.withdraw("market-1", &head, "R", at(9)).await.unwrap();
    let kept = report(&book, "market-1").await;
    assert_eq!(kept.withdrawal.map(|(_, head)| head), Some(head));
    let early = book.report("market-1", as_of(8)).await.unwrap();
    assert_eq!(early.withdrawal, None);
    let bounds = Bounds {
        as_of: None,
        published_by: sayso_ledger::Moment::latest("2025-10-07"),
    };
    assert_eq!(
        book.report("market-1", bounds).await.unwrap().withdrawal,
        None
    );
}

pub async fn a_withdrawal_ends_where_the_outlet_stands_by_the_report(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let said = |why: &str, published: Option<&str>| WithdrawalHead {
        undone: false,
        why: why.to_owned(),
        published: published.map(str::to_owned),
    };
    let is_withdrawn = async |bounds: Bounds| {
        let kept = book.report("market-1", bounds).await.unwrap();
        kept.withdrawal.is_some()
    };
    let back = said("the page is there again", Some("2025-10-09"));
    let refused = book.reinstate("market-1", &back, "R", at(7)).await;
    assert!(matches!(refused, Err(LedgerError::BadValue { value, .. }) if value == "market-1"));
    let out = said("could not be confirmed", None);
    book.withdraw("market-1", &out, "R", at(8)).await.unwrap();
    let refused = book
        .reinstate("market-1", &said("", Some("soon")), "R", at(9))
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("soon"), "{refused}");
    book.reinstate("market-1", &back, "R", at(10))
        .await
        .unwrap();
    assert!(!is_withdrawn(Bounds::ALL).await);
    assert!(is_withdrawn(as_of(9)).await);
    let by = |day: &str| Bounds {
        as_of: None,
        published_by: sayso_ledger::Moment::latest(day),
    };
    assert!(is_withdrawn(by("2025-10-08")).await);
    assert!(!is_withdrawn(by("2025-10-09")).await);

    // Taken back again, and then published anew with another text.
    book.withdraw("market-1", &out, "R", at(11)).await.unwrap();
    assert!(is_withdrawn(Bounds::ALL).await);
    let anew = Sample {
        text: BRIDGE,
        published: "2025-10-12",
        said: bridge().said,
        happened: Vec::new(),
        ..market()
    };
    anew.add_with(&book, true, at(12)).await.unwrap();
    assert!(!is_withdrawn(Bounds::ALL).await);
    assert!(is_withdrawn(as_of(11)).await);
    assert!(is_sound(&book).await);
}

pub async fn writers_wait_for_each_other(place: &Place) {
    const EACH: usize = 15;
    make(place).await.close().await.unwrap();
    let ids: Vec<&'static str> = (0..EACH)
        .map(|n| &*Box::leak(format!("report-{n}").into_boxed_str()))
        .collect();
    let mut writers = Vec::new();
    for writer in 0..3_usize {
        let (place, mut ids) = (place.clone(), ids.clone());
        writers.push(tokio::spawn(async move {
            let book = make(&place).await;
            ids.rotate_left(writer * EACH / 3);
            let mut new = 0;
            for id in ids {
                let sample = Sample { id, ..bridge() };
                if sample.add(&book, at(6)).await.unwrap() == Added::New {
                    new += 1;
                }
            }
            new
        }));
    }
    let mut new = 0;
    for writer in writers {
        new += writer.await.unwrap();
    }
    assert_eq!(new, EACH, "each report is new once");
    let book = make(place).await;
    assert_eq!(book.head().await.unwrap().number, 2 * EACH as u64);
    assert_eq!(book.view(Bounds::ALL).await.unwrap().readable().len(), EACH);
    assert!(is_sound(&book).await);
}

pub async fn a_key_without_its_report_does_no_harm(place: &Place) {
    // As after a crash between the key and the entry: the key is there, the report comes again.
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let reference = report(&book, "market-1").await.reference;
    let other = make(place).await;
    assert_eq!(report(&other, "market-1").await.reference, reference);
    let store = stored(place).await;
    let secret = store.key(reference.as_str()).await.unwrap().unwrap();
    let row = sayso_ledger::KeyRow {
        name: reference.as_str().to_owned(),
        secret: sayso_ledger::Secret::new([9; 32]),
        reports: vec![reference],
    };
    assert_eq!(
        store.put_key(row).await.unwrap(),
        secret,
        "the first key stays"
    );
    assert_eq!(market().add(&other, at(7)).await.unwrap(), Added::Known);
}

pub async fn a_kept_head_shows_what_was_cut_off(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let head = book.head().await.unwrap();
    bridge().add(&book, at(6)).await.unwrap();
    let verdict = book.verify(Hash::parse(&head.hash)).await.unwrap();
    assert_eq!((verdict.kept, verdict.head.number), (Some(2), 4));
    assert!(verdict.faults.is_empty());
    let other = Hash::parse(&"ab".repeat(32)).unwrap();
    let faults = book.verify(Some(other.clone())).await.unwrap().faults;
    assert_eq!(faults, [Fault::CutOff { head: other }]);
}
