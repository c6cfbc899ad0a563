//! What analysts decide and add.

use sayso_ledger::{
    Added, Bounds, Decision, LedgerError, OwnEvent, OwnStatement, Place, Ruling, Standing,
};
use serde_json::json;

use super::sample::{BRIDGE, MARKET, Sample, at, bridge, id_of, market};
use super::{as_of, is_sound, make, report, review, reviewed, standings};

pub async fn reviews_change_the_sheet(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let denial = id_of('s', MARKET, "it had fired");
    let wrong = review(
        &event,
        Some("acled"),
        Ruling::Correct,
        Some(json!("Attack")),
    );
    let right = review(
        &event,
        Some("acled"),
        Ruling::Correct,
        Some(json!("Grenade")),
    );
    for (draft, day) in [
        (wrong, 7),
        (right, 8),
        (review(&event, Some("status"), Ruling::Accept, None), 9),
        (review(&denial, None, Ruling::Reject, None), 10),
    ] {
        book.review("market-1", &draft, "R. Analyst", at(day))
            .await
            .unwrap();
    }
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[0].acled.as_deref(), Some("Grenade"));
    assert_eq!(now.sheet.events[0].why["acled"].rule, "by-hand");
    assert_eq!(
        now.sheet.statements.len(),
        1,
        "the rejected one is left out"
    );
    use Standing::{Holds, Superseded};
    assert_eq!(standings(&now), [Superseded, Holds, Holds, Holds]);
    assert_eq!(now.marks[1].by, "R. Analyst");

    let before = book.report("market-1", as_of(7)).await.unwrap();
    let before = book.reviewed(&before).await.unwrap();
    assert_eq!(before.sheet.events[0].acled.as_deref(), Some("Attack"));
    assert_eq!(before.sheet.statements.len(), 2);
    // What the program said stays as it is.
    let kept = report(&book, "market-1").await;
    assert_eq!(book.sheet(&kept).await.unwrap(), market().sheet());

    // A rejected event leaves no trace in the statements that told of it.
    let gone = review(&event, None, Ruling::Reject, None);
    book.review("market-1", &gone, "R. Analyst", at(11))
        .await
        .unwrap();
    let now = reviewed(&book, "market-1").await;
    assert!(now.sheet.events.is_empty() && now.sheet.statements[0].events.is_empty());
}

pub async fn a_review_that_does_not_fit_is_refused(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let side = json!([{"span": [0, 7], "quote": "A mortar", "actor": null}]);
    let refused = [
        (
            review("e:ffffffffffff", None, Ruling::Accept, None),
            "no finding",
        ),
        (
            review(&event, Some("colour"), Ruling::Accept, None),
            "no such field",
        ),
        (
            review(&event, Some("id"), Ruling::Correct, Some(json!("e:1"))),
            "program's own",
        ),
        (
            review(&event, Some("acled"), Ruling::Correct, Some(json!("Riot"))),
            "no sub-event",
        ),
        (
            review(&event, Some("status"), Ruling::Correct, Some(json!("true"))),
            "alleged",
        ),
        (review(&event, Some("status"), Ruling::Reject, None), "null"),
        (
            review(&event, Some("side_a"), Ruling::Correct, Some(side)),
            "A mortar",
        ),
        (
            review(&event, Some("acled"), Ruling::Correct, None),
            "right value",
        ),
        (
            review(&event, None, Ruling::Correct, Some(json!({}))),
            "which field",
        ),
    ];
    for (draft, word) in refused {
        let error = book
            .review("market-1", &draft, "R", at(7))
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(word), "`{word}` is not in `{error}`");
    }
    let draft = review(&event, None, Ruling::Accept, None);
    let nameless = book
        .review("market-1", &draft, " ", at(7))
        .await
        .unwrap_err();
    assert!(nameless.to_string().contains("--by"), "{nameless}");
    assert_eq!(book.head().await.unwrap().number, 2, "nothing was written");
}

pub async fn reviews_outlive_a_newer_coding_or_are_orphaned(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let denial = id_of('s', MARKET, "it had fired");
    for draft in [
        review(
            &event,
            Some("acled"),
            Ruling::Correct,
            Some(json!("Grenade")),
        ),
        review(&event, Some("status"), Ruling::Accept, None),
        review(&denial, None, Ruling::Accept, None),
    ] {
        book.review("market-1", &draft, "R", at(7)).await.unwrap();
    }
    let newer = Sample {
        version: "0.2.0",
        said: vec![market().said[0]],
        happened: vec![("hit", "Attack")],
        ..market()
    };
    assert_eq!(
        book.recode(&newer.sheet(), at(8)).await.unwrap(),
        Added::Recoded
    );
    assert_eq!(
        book.recode(&newer.sheet(), at(8)).await.unwrap(),
        Added::Known
    );
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.made_by.sayso, "0.2.0");
    assert_eq!(
        now.sheet.events[0].acled.as_deref(),
        Some("Grenade"),
        "the decision stays"
    );
    use Standing::{Changed, Holds, Orphaned};
    assert_eq!(standings(&now), [Changed, Holds, Orphaned]);
    assert_eq!(
        now.marks[2].review.saw["act"], "deny",
        "an orphan shows what was reviewed"
    );

    // A later coding that finds it again takes the review in again.
    let newest = Sample {
        version: "0.3.0",
        ..market()
    };
    book.recode(&newest.sheet(), at(9)).await.unwrap();
    assert_eq!(
        standings(&reviewed(&book, "market-1").await),
        [Holds, Holds, Holds]
    );
    let other_text = Sample {
        text: BRIDGE,
        version: "0.4.0",
        said: Vec::new(),
        happened: Vec::new(),
        ..market()
    };
    let refused = book.recode(&other_text.sheet(), at(9)).await;
    assert!(matches!(refused, Err(LedgerError::OtherContent { .. })));
}

pub async fn findings_are_added_by_hand(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let statement = OwnStatement {
        content: "killing three people".to_owned(),
        cue: Some("said".to_owned()),
        sources: vec![("a medic".to_owned(), "eyewitness".to_owned())],
        act: "report".to_owned(),
        certainty: "certain".to_owned(),
        ..OwnStatement::default()
    };
    let event = OwnEvent {
        anchor: "fired".to_owned(),
        acled: Some("Attack".to_owned()),
        plover: "ASSAULT".to_owned(),
        cameo: "190".to_owned(),
        side_a: vec!["The Northern Guard".to_owned()],
        status: "denied".to_owned(),
        ..OwnEvent::default()
    };
    let said = book
        .add_statement("market-1", &statement, Some("was missed"), "R", at(7))
        .await
        .unwrap();
    let happened = book
        .add_event("market-1", &event, None, "R", at(8))
        .await
        .unwrap();
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.statements.len(), 3);
    assert_eq!(now.sheet.statements[2].id, said);
    assert_eq!(now.sheet.statements[2].why["content"].rule, "by-hand");
    assert_eq!(now.sheet.events[1].side_a[0].quote, "The Northern Guard");
    let marks: Vec<_> = now
        .own
        .iter()
        .map(|own| (own.finding.as_str(), own.standing))
        .collect();
    assert_eq!(
        marks,
        [
            (said.as_str(), Standing::Holds),
            (happened.as_str(), Standing::Holds)
        ]
    );
    assert_eq!(now.own[0].why.as_deref(), Some("was missed"));

    // They can be reviewed like any other, and refused like any other.
    let draft = review(
        &happened,
        Some("acled"),
        Ruling::Correct,
        Some(json!("Grenade")),
    );
    book.review("market-1", &draft, "S", at(9)).await.unwrap();
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[1].acled.as_deref(), Some("Grenade"));
    let invented = OwnEvent {
        anchor: "exploded".to_owned(),
        ..event
    };
    let refused = book
        .add_event("market-1", &invented, None, "R", at(9))
        .await;
    assert!(matches!(refused, Err(LedgerError::NoQuote { quote }) if quote == "exploded"));

    // Where the outlet changes the words, they have nothing to rest on.
    let corrected = Sample {
        text: BRIDGE,
        said: Vec::new(),
        happened: Vec::new(),
        ..market()
    };
    corrected.add_with(&book, true, at(10)).await.unwrap();
    let now = reviewed(&book, "market-1").await;
    assert!(now.sheet.statements.is_empty() && now.sheet.events.is_empty());
    assert!(now.own.iter().all(|own| own.standing == Standing::Orphaned));
}

pub async fn decisions_about_incidents_are_kept(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(6)).await.unwrap();
    let two = ["i:b".to_owned(), "i:a".to_owned()];
    let reports = ["market-1".to_owned(), "bridge-1".to_owned()];
    book.merge(&two, &reports, Some("one night"), "R", at(7))
        .await
        .unwrap();
    let (stay, leave) = reports.split_at(1);
    book.split("i:a", (leave, stay), Some("another town"), "R", at(8))
        .await
        .unwrap();
    book.judge_origin(("o:c", false), leave, Some("invents"), "R", at(8))
        .await
        .unwrap();
    let origin = ("i:a", false);
    for refused in [
        book.merge(&two[..1], &reports, None, "R", at(8)).await,
        book.merge(&two, &[], None, "R", at(8)).await,
        book.split("i:a", (&[], stay), None, "R", at(8)).await,
        book.split("i:a", (leave, &[]), None, "R", at(8)).await,
        book.judge_origin(origin, leave, None, "R", at(8)).await,
    ] {
        assert!(matches!(refused, Err(LedgerError::BadValue { .. })));
    }
    let view = book.view(Bounds::ALL).await.unwrap();
    let [
        Decision::Merge {
            incidents,
            reports: merged,
            why: merge_why,
            ..
        },
        Decision::Split {
            incident,
            reports: parts,
            from,
            why: split_why,
            ..
        },
        Decision::Origin {
            origin,
            reliable,
            why: origin_why,
            ..
        },
    ] = &view.decisions[..]
    else {
        panic!("{:?}", view.decisions);
    };
    assert_eq!(
        (&incidents[..], incident.as_str()),
        (&["i:a".to_owned(), "i:b".to_owned()][..], "i:a")
    );
    assert_eq!((origin.as_str(), *reliable), ("o:c", false));
    assert_eq!(merge_why.as_deref(), Some("one night"));
    assert_eq!(split_why.as_deref(), Some("another town"));
    assert_eq!(origin_why.as_deref(), Some("invents"));
    let all = Bounds::ALL;
    assert_eq!(book.ids(merged, all).await.unwrap(), reports);
    assert_eq!(book.ids(parts, all).await.unwrap(), ["bridge-1"]);
    assert_eq!(book.ids(from, all).await.unwrap(), ["market-1"]);
    assert_eq!(book.view(as_of(7)).await.unwrap().decisions.len(), 1);

    // The decisions outlive a report that they spoke of; the reasons do not.
    book.erase("market-1", "R", "a witness asked", at(9))
        .await
        .unwrap();
    let view = book.view(Bounds::ALL).await.unwrap();
    let whys: Vec<Option<&str>> = view
        .decisions
        .iter()
        .map(|decision| match decision {
            Decision::Merge { why, .. }
            | Decision::Split { why, .. }
            | Decision::Origin { why, .. } => why.as_deref(),
        })
        .collect();
    assert_eq!(whys, [None, None, Some("invents")]);
    assert!(is_sound(&book).await);
}
