//! What analysts decide and add.

use sayso_ledger::{
    Added, Bounds, Decision, KeptReport, LedgerError, OwnEvent, OwnStatement, Place, Ruling,
    Standing,
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

pub async fn an_earlier_decision_stays_below_a_later_one(place: &Place) {
    use Standing::{Holds, Orphaned, Superseded};
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let acled = |ruling, value: Option<&str>| {
        review(&event, Some("acled"), ruling, value.map(|v| json!(v)))
    };
    let decide = async |draft, day| {
        let by = if day % 2 == 0 { "R" } else { "S" };
        book.review("market-1", &draft, by, at(day)).await.unwrap();
    };
    decide(acled(Ruling::Correct, Some("Attack")), 7).await;
    decide(acled(Ruling::Accept, None), 8).await;
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[0].acled.as_deref(), Some("Attack"));
    assert_eq!(now.marks[1].review.saw["acled"], "Attack");
    assert_eq!(standings(&now), [Superseded, Holds]);

    // Of the whole finding the analyst saw what the corrections made; a rejection is undone.
    decide(review(&event, None, Ruling::Reject, None), 9).await;
    let out = reviewed(&book, "market-1").await;
    assert!(out.sheet.events.is_empty());
    decide(review(&event, None, Ruling::Accept, None), 10).await;
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[0].acled.as_deref(), Some("Attack"));
    assert_eq!(standings(&now), [Superseded, Holds, Superseded, Holds]);

    // A coding that says otherwise changes nothing of what was decided.
    let newer = Sample {
        version: "0.2.0",
        happened: vec![("hit", "Grenade")],
        ..market()
    };
    book.recode(&newer.sheet(), at(11)).await.unwrap();
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[0].acled.as_deref(), Some("Attack"));
    assert_eq!(standings(&now), [Superseded, Holds, Superseded, Holds]);

    // Where the later of two does not fit a new text, the earlier holds.
    let denial = id_of('s', MARKET, "it had fired");
    let quoted = |words: &str, start: usize| {
        let span = [start, start + words.len()];
        json!([{"span": span, "quote": words, "kind": "unknown", "actor": null}])
    };
    let guard = MARKET.find("The Northern Guard").unwrap();
    let medic = MARKET.find("a medic").unwrap();
    for (value, day) in [
        (quoted("The Northern Guard", guard), 12),
        (quoted("a medic", medic), 13),
    ] {
        let draft = review(&denial, Some("sources"), Ruling::Correct, Some(value));
        decide(draft, day).await;
    }
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.statements[1].sources[0].quote, "a medic");
    assert_eq!(standings(&now)[4..], [Superseded, Holds]);
    let reworded: &'static str = Box::leak(MARKET.replace("a medic", "a nurse").into_boxed_str());
    let corrected = Sample {
        text: reworded,
        ..market()
    };
    corrected.add_with(&book, true, at(14)).await.unwrap();
    let now = reviewed(&book, "market-1").await;
    let sources = &now.sheet.statements[1].sources;
    assert_eq!(sources[0].quote, "The Northern Guard");
    assert_eq!(standings(&now)[4..], [Holds, Orphaned]);
    assert_eq!(standings(&now)[..2], [Superseded, Holds]);
}

pub async fn several_sheets_are_read_as_each_is(place: &Place) {
    let book = make(place).await;
    let ids = ["one", "two", "three"];
    for id in ids {
        Sample { id, ..market() }.add(&book, at(6)).await.unwrap();
    }
    let event = id_of('e', MARKET, "hit");
    let draft = review(&event, None, Ruling::Reject, None);
    book.review("two", &draft, "R", at(7)).await.unwrap();
    let mut kept = Vec::new();
    for id in ["three", "two", "one"] {
        kept.push(report(&book, id).await);
    }
    let mut of_no_sheet = kept[0].clone();
    of_no_sheet.sheets.clear();
    kept.push(of_no_sheet);
    // Somebody erases one after the view was read.
    book.erase("one", "S", "a witness asked", at(8))
        .await
        .unwrap();
    let all: Vec<&KeptReport> = kept.iter().collect();
    let read = book.reviewed_all(&all).await.unwrap();
    assert_eq!(read.len(), 4);
    for (kept, read) in kept.iter().zip(&read).take(2) {
        assert_eq!(read.as_ref().unwrap(), &book.reviewed(kept).await.unwrap());
    }
    assert!(read[1].as_ref().unwrap().sheet.events.is_empty());
    assert!(matches!(&read[2], Err(LedgerError::Locked { .. })));
    assert!(matches!(&read[3], Err(LedgerError::NoReport { id }) if id == "three"));
    assert!(book.reviewed_all(&[]).await.unwrap().is_empty());
}

pub async fn what_a_finding_refers_to_is_in_the_sheet(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    let event = id_of('e', MARKET, "hit");
    let said = id_of('s', MARKET, "it had fired");
    let correct = |field: &str, value| review(&said, Some(field), Ruling::Correct, Some(value));
    for (field, value) in [
        ("events", json!([event, "e:9"])),
        ("events", json!([said])),
        ("within", json!("s:9")),
        (
            "sources",
            json!([{"span": [70, 72], "quote": "a ", "kind": "unknown", "actor": "a:9"}]),
        ),
    ] {
        let refused = book
            .review("market-1", &correct(field, value), "R", at(7))
            .await;
        assert!(
            matches!(&refused, Err(LedgerError::BadField { what, .. }) if what.contains("in the sheet")),
            "{field}: {refused:?}"
        );
    }
    let own = |statement: &str| OwnEvent {
        anchor: "fired".into(),
        plover: "ASSAULT".to_owned(),
        cameo: "190".to_owned(),
        status: "denied".to_owned(),
        statements: vec![statement.to_owned()],
        ..OwnEvent::default()
    };
    let refused = book
        .add_event("market-1", &own("s:9"), None, "R", at(7))
        .await;
    assert!(
        matches!(&refused, Err(LedgerError::BadField { what, .. }) if what.contains("`s:9`")),
        "{refused:?}"
    );
    book.add_event("market-1", &own(&said), None, "R", at(8))
        .await
        .unwrap();
    let now = reviewed(&book, "market-1").await;
    assert_eq!(now.sheet.events[1].statements, [said.as_str()]);

    // A newer version no longer makes the statement: nothing refers to it any more.
    let newer = Sample {
        version: "0.2.0",
        said: market().said[..1].to_vec(),
        ..market()
    };
    book.recode(&newer.sheet(), at(9)).await.unwrap();
    let now = reviewed(&book, "market-1").await;
    assert!(now.sheet.events[1].statements.is_empty());
    assert_eq!(now.own[0].standing, Standing::Holds);
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
        content: "killing three people".into(),
        cue: Some("said".into()),
        sources: vec![("a medic".into(), "eyewitness".to_owned())],
        act: "report".to_owned(),
        certainty: "certain".to_owned(),
        ..OwnStatement::default()
    };
    let event = OwnEvent {
        anchor: "fired".into(),
        acled: Some("Attack".to_owned()),
        plover: "ASSAULT".to_owned(),
        cameo: "190".to_owned(),
        side_a: vec!["The Northern Guard".into()],
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
        anchor: "exploded".into(),
        ..event.clone()
    };
    let refused = book
        .add_event("market-1", &invented, None, "R", at(9))
        .await;
    assert!(matches!(refused, Err(LedgerError::NoQuote { quote }) if quote == "exploded"));

    // Taken back it is in the sheet no more, and the review of it has nothing to rest on.
    let entry = now.own[1].entry;
    let signed = ("R", at(9), None);
    book.take_back("market-1", entry, Some("a mistake"), signed)
        .await
        .unwrap();
    let without = reviewed(&book, "market-1").await;
    assert_eq!(without.sheet.events.len(), 1);
    assert_eq!(without.own[1].standing, Standing::Retracted);
    assert_eq!(without.marks[0].standing, Standing::Orphaned);
    let again = book.take_back("market-1", entry, None, signed).await;
    assert!(matches!(again, Err(LedgerError::BadValue { .. })));
    let seen = Some(book.report("market-1", Bounds::ALL).await.unwrap().last);
    let early = ("R", at(9), seen);
    book.add_event_at("market-1", &event, None, early)
        .await
        .unwrap();
    let late = book
        .add_event_at("market-1", &event, None, ("S", at(9), seen))
        .await;
    assert!(matches!(late, Err(LedgerError::Stale { .. })));

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
    let standing = |own: &sayso_ledger::OwnMark| match own.standing {
        Standing::Retracted => None,
        standing => Some(standing),
    };
    let standings: Vec<Standing> = now.own.iter().filter_map(standing).collect();
    assert_eq!(standings, [Standing::Orphaned, Standing::Orphaned]);
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
    // Whoever has the entries without the keys cannot look for an incident or a speaker in them.
    let mut entries = Vec::new();
    book.export(&mut entries).await.unwrap();
    let entries = String::from_utf8(entries).unwrap();
    assert!(entries.contains("\\\"incidents\\\""), "the control");
    for id in ["i:a", "i:b", "o:c"] {
        assert!(!entries.contains(id), "{id} in {entries}");
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
