//! What a desk needs: reports that wait, decisions that nobody overtakes, what came in since.

use sayso_ledger::{
    Added, Book, Bounds, Decision, Kept, Known, LedgerError, Moment, Place, Ruling, Standing,
    WithdrawalHead,
};
use serde_json::json;

use super::sample::{MARKET, Sample, at, bridge, id_of, market};
use super::{is_sound, make, report, review, reviewed, standings};

pub async fn a_report_waits_for_its_sheet(place: &Place) {
    let book = make(place).await;
    let (about, content) = (market().about(), market().content());
    let receive = async |day| {
        book.receive(&about, &content, false, at(day))
            .await
            .unwrap()
    };
    assert_eq!(receive(6).await, Added::New);
    assert_eq!(receive(7).await, Added::Known);
    let waiting = report(&book, "market-1").await;
    assert!(waiting.sheet().is_none());
    let none = book.reviewed(&waiting).await.unwrap_err();
    assert!(matches!(none, LedgerError::NoReport { .. }), "{none}");
    assert_eq!(book.search("shell", Bounds::ALL).await.unwrap().len(), 1);
    let coded = book.recode(&market().sheet(), at(8)).await.unwrap();
    assert_eq!(coded, Added::Recoded);
    assert_eq!(reviewed(&book, "market-1").await.sheet, market().sheet());
    assert!(is_sound(&book).await);
}

pub async fn a_decision_that_another_overtook_is_refused(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let seen = report(&book, "market-1").await.last;
    let event = id_of('e', MARKET, "hit");
    let accept = review(&event, None, Ruling::Accept, None);
    let signed = |day| ("R", at(day), Some(seen));
    book.review_at("market-1", &accept, signed(7))
        .await
        .unwrap();
    let late = review(&event, None, Ruling::Reject, None);
    let refused = book
        .review_at("market-1", &late, signed(8))
        .await
        .unwrap_err();
    assert!(matches!(refused, LedgerError::Stale { id } if id == "market-1"));
    let now = report(&book, "market-1").await;
    assert_eq!((now.reviews.len(), now.last), (1, seen + 1));
    let anew = ("R", at(9), Some(now.last));
    book.review_at("market-1", &late, anew).await.unwrap();
}

/// Two servers over one ledger: each decides on what it has looked at.
pub async fn two_decisions_on_the_same_are_told_apart(place: &Place) {
    let (one, other) = (make(place).await, make(place).await);
    market().add(&one, at(6)).await.unwrap();
    bridge().add(&one, at(6)).await.unwrap();
    for id in ["ferry-1", "quarry-1"] {
        let apart = Sample { id, ..bridge() };
        apart.add(&one, at(6)).await.unwrap();
    }
    let ids = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    let seen = Some(one.head().await.unwrap().number);
    let (near, far) = (
        ids(&["market-1", "bridge-1"]),
        ids(&["ferry-1", "quarry-1"]),
    );
    let why = Some("one night");
    one.merge_at(
        &ids(&["i:a", "i:b"]),
        &near,
        why,
        ("Ilse Marten", at(7), seen),
    )
    .await
    .unwrap();
    let decided = one.head().await.unwrap().number;

    // Of the same reports, in whatever incident they were seen.
    let (off, from) = (ids(&["bridge-1"]), ids(&["ferry-1"]));
    let late = other
        .split_at("i:c", (&off, &from), why, ("S", at(8), seen))
        .await
        .unwrap_err();
    let LedgerError::Overtaken { entry, by } = &late else {
        panic!("{late}");
    };
    assert_eq!((*entry, by.as_str()), (decided, "Ilse Marten"));
    assert!(late.to_string().contains("look again"), "{late}");
    let late = other
        .merge_at(&ids(&["i:b", "i:d"]), &far, why, ("S", at(8), seen))
        .await;
    assert!(
        matches!(late, Err(LedgerError::Overtaken { .. })),
        "the same incident"
    );
    assert_eq!(
        one.head().await.unwrap().number,
        decided,
        "nothing was kept"
    );

    // On others nobody is held up; who looks again decides; who did not look is not asked.
    other
        .merge_at(&ids(&["i:d", "i:e"]), &far, why, ("S", at(8), seen))
        .await
        .unwrap();
    let anew = Some(other.head().await.unwrap().number);
    other
        .split_at("i:a", (&near[..1], &near[1..]), why, ("S", at(9), anew))
        .await
        .unwrap();
    one.merge(&ids(&["i:a", "i:b"]), &near, why, "R", at(9))
        .await
        .unwrap();

    // An origin is another matter than who belongs together.
    let judge = async |book: &Book, origin, reliable| {
        let signed = ("R", at(10), anew);
        book.judge_origin_at((origin, reliable), &near, why, signed)
            .await
    };
    judge(&one, "o:a", false).await.unwrap();
    judge(&other, "o:b", false).await.unwrap();
    let late = judge(&other, "o:a", true).await;
    assert!(matches!(late, Err(LedgerError::Overtaken { .. })));
    let decisions = one.view(Bounds::ALL).await.unwrap().decisions;
    assert_eq!(decisions.len(), 6);

    // At the very same moment one of the two comes first.
    let now = Some(one.head().await.unwrap().number);
    let split = async |book: &Book, by| {
        book.split_at("i:a", (&near[..1], &near[1..]), why, (by, at(11), now))
            .await
    };
    let (a, b) = tokio::join!(split(&one, "R"), split(&other, "S"));
    let refused = [&a, &b]
        .into_iter()
        .filter(|outcome| outcome.is_err())
        .count();
    assert_eq!(refused, 1, "{a:?} {b:?}");
    let overtaken = a.err().or(b.err());
    assert!(matches!(overtaken, Some(LedgerError::Overtaken { .. })));
    assert!(is_sound(&one).await);
}

pub async fn a_review_that_is_taken_back_decides_nothing(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let to = |value| review(&event, Some("acled"), Ruling::Correct, Some(json!(value)));
    for (draft, day) in [(to("Attack"), 7), (to("Grenade"), 8)] {
        book.review("market-1", &draft, "R", at(day)).await.unwrap();
    }
    let gone = review(&event, None, Ruling::Reject, None);
    book.review("market-1", &gone, "R", at(9)).await.unwrap();
    let entries: Vec<u64> = report(&book, "market-1")
        .await
        .reviews
        .iter()
        .map(|(signed, _)| signed.entry)
        .collect();
    let back = async |entry, day| {
        let signed = ("S", at(day), None);
        book.take_back("market-1", entry, Some("a mistake"), signed)
            .await
    };
    back(entries[2], 10).await.unwrap();
    back(entries[1], 11).await.unwrap();
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[0].acled.as_deref(), Some("Attack"));
    use Standing::{Holds, Retracted};
    assert_eq!(standings(&now), [Holds, Retracted, Retracted, Holds, Holds]);
    for wrong in [entries[1], entries[2] + 1, 1, 999] {
        let refused = back(wrong, 12).await.unwrap_err();
        assert!(
            matches!(refused, LedgerError::BadValue { .. }),
            "{wrong}: {refused}"
        );
    }
    // What was known before stays known.
    let before = book.report("market-1", super::as_of(9)).await.unwrap();
    assert!(
        book.reviewed(&before)
            .await
            .unwrap()
            .sheet
            .events
            .is_empty()
    );
    assert!(is_sound(&book).await);
}

pub async fn what_came_in_since_is_told(place: &Place) {
    let book = make(place).await;
    assert_eq!(book.changes(0).await.unwrap().upto, 0);
    market().add(&book, at(6)).await.unwrap();
    let head = book.head().await.unwrap().number;
    bridge().add(&book, at(7)).await.unwrap();
    let ids = ["i:a".to_owned(), "i:b".to_owned()];
    let reports = ["market-1".to_owned(), "bridge-1".to_owned()];
    book.merge(&ids, &reports, Some("one"), "R", at(8))
        .await
        .unwrap();
    let changes = book.changes(head).await.unwrap();
    assert_eq!(changes.upto, book.head().await.unwrap().number);
    let bridge = book.name_of("bridge-1").await.unwrap();
    assert_eq!(changes.reports.iter().collect::<Vec<_>>(), [&bridge]);
    assert_eq!(
        changes.decisions,
        book.view(Bounds::ALL).await.unwrap().decisions
    );
    let [Decision::Merge { incidents, why, .. }] = &changes.decisions[..] else {
        panic!("{:?}", changes.decisions);
    };
    assert_eq!((&incidents[..], why.as_deref()), (&ids[..], Some("one")));
    assert_eq!(bridge.as_str().parse(), Ok(bridge.clone()));
    let kept = book.kept_of(&bridge, Bounds::ALL).await.unwrap();
    assert!(matches!(kept, Some(Kept::Readable(kept)) if kept.reference == bridge));
    assert_eq!(book.changes(changes.upto).await.unwrap().reports.len(), 0);
}

pub async fn an_import_that_is_taken_back_is_in_no_view(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(6)).await.unwrap();
    let head = WithdrawalHead {
        why: "the wrong folder".to_owned(),
        published: None,
        undone: true,
    };
    book.withdraw("market-1", &head, "R", at(7)).await.unwrap();
    let seen = async |bounds| {
        let view = book.view(bounds).await.unwrap();
        let found = book.search("market", bounds).await.unwrap();
        (view.readable().len(), found.len())
    };
    assert_eq!(seen(Bounds::ALL).await, (1, 0));
    assert_eq!(seen(super::as_of(6)).await, (2, 1));
    // It was added by mistake, whatever had been published by when.
    let published_by = Bounds {
        published_by: Moment::latest("2025-10-06"),
        ..Bounds::ALL
    };
    assert_eq!(seen(published_by).await, (0, 0));
    assert!(report(&book, "market-1").await.is_undone());

    // The same again brings it back, and nothing else.
    let market = market();
    let known = async || book.has(&market.about(), market.text, false).await.unwrap();
    assert_eq!(known().await, Known::TakenBack);
    assert!(book.bring_back("market-1", "R", at(8)).await.unwrap());
    assert_eq!(known().await, Known::Kept);
    assert!(!book.bring_back("market-1", "R", at(9)).await.unwrap());
    assert_eq!(seen(Bounds::ALL).await, (2, 1));
    assert_eq!(seen(published_by).await, (1, 1));
}

pub async fn of_many_hits_the_latest_are_given(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let latest = async |most| {
        let found = book.search_latest("that", Bounds::ALL, most).await.unwrap();
        found
            .hits
            .into_iter()
            .map(|hit| hit.about.id)
            .collect::<Vec<String>>()
    };
    assert_eq!(latest(5).await, ["bridge-1", "market-1"]);
    assert_eq!(latest(1).await, ["bridge-1"]);
    assert!(latest(0).await.is_empty());
}
