//! What analysts add by hand.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod running;

use running::own;
use serde_json::json;

#[test]
fn what_was_missed_is_added_by_hand_marked_and_taken_back() {
    let desk = own().filled();
    let report = "/api/v1/reports/tarra-1";
    let answer = desk.get(report);
    let (view, tag) = (answer.of(200), answer.etag.unwrap());
    let text: Vec<char> = view["text"].as_str().unwrap().chars().collect();
    let quote = |start: usize, end: usize| text[start..end].iter().collect::<String>();
    let last = text.len();
    let known = view["sheet"]["events"].as_array().unwrap().len();
    let types = desk.get("/api/v1/event-types").of(200);
    let types = types["items"].as_array().unwrap();
    let acled = types.iter().filter(|kind| kind["acled"].is_string());
    assert_eq!(acled.count(), 25);
    assert!(types.iter().any(|kind| kind["acled"].is_null()));

    let path = format!("{report}/events");
    let anchor = json!({"quote": quote(last - 12, last - 1), "start": last - 12});
    let asked = json!({"anchor": anchor, "type": "Arrests", "side_b": [{"quote": quote(0, 3), "start": 0}],
                       "status": "alleged", "why": "was missed"});
    desk.post(&path, &asked).problem(428);
    let done = desk.send("POST", &path, &[("if-match", &tag)], &asked);
    let view = done.of(201);
    let event = &view["sheet"]["events"][known];
    assert_eq!(event["acled"], "Arrests");
    assert_eq!(event["anchor"]["span"], json!([last - 12, last - 1]));
    assert_eq!(event["side_b"][0]["span"], json!([0, 3]));
    assert_eq!(event["why"]["anchor"]["rule"], "by-hand");
    let added = &view["additions"][0];
    assert_eq!(
        (&added["finding"], &added["standing"]),
        (&event["id"], &json!("holds"))
    );
    assert_eq!(
        (&added["by"], &added["why"]),
        (&json!("R. Analyst"), &json!("was missed"))
    );
    let stale = desk.send("POST", &path, &[("if-match", &tag)], &asked);
    stale.problem(412);
    assert_eq!(
        stale.json()["current"]["additions"][0]["finding"],
        event["id"]
    );

    // The statement that tells of it; a field of the event is then corrected as any other.
    let tag = done.etag.unwrap();
    let asked = json!({"content": {"quote": quote(0, 9), "start": 0}, "act": "accuse", "certainty": "probable",
                       "sources": [{"quote": quote(0, 3), "kind": "eyewitness"}], "events": [event["id"]]});
    let statements = format!("{report}/statements");
    let done = desk.send("POST", &statements, &[("if-match", &tag)], &asked);
    let view = done.of(201);
    let said = view["sheet"]["statements"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        (&said["act"], &said["events"][0]),
        (&json!("accuse"), &event["id"])
    );
    let tag = done.etag.unwrap();
    let toll = json!([{"span": event["anchor"]["span"], "quote": event["anchor"]["quote"], "effect": "detained",
                       "who": "people", "low": 3, "high": 3, "bound": "exact", "by": null}]);
    let asked =
        json!({"finding": event["id"], "field": "tolls", "ruling": "correct", "value": toll});
    let done = desk.send(
        "POST",
        &format!("{report}/reviews"),
        &[("if-match", &tag)],
        &asked,
    );
    assert_eq!(done.of(201)["sheet"]["events"][known]["tolls"][0]["low"], 3);

    // Taken back it is nowhere, and what told of it tells of nothing.
    let tag = done.etag.unwrap();
    let undo = format!("{report}/reviews/{}/undo", added["number"]);
    let done = desk.send("POST", &undo, &[("if-match", &tag)], &json!({}));
    let view = done.of(201);
    assert_eq!(view["sheet"]["events"].as_array().unwrap().len(), known);
    assert_eq!(
        view["sheet"]["statements"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()["events"],
        json!([])
    );
    assert_eq!(view["additions"][0]["standing"], "retracted");
    let tag = done.etag.unwrap();
    let seen = [("if-match", tag.as_str())];
    desk.send("POST", &undo, &seen, &json!({})).problem(422);

    for (path, wrong, field) in [
        (
            &path,
            json!({"anchor": {"quote": "no such words"}, "type": "Arrests"}),
            "quote",
        ),
        (
            &path,
            json!({"anchor": {"quote": quote(0, 3), "start": 1}, "type": "Arrests"}),
            "quote",
        ),
        (
            &path,
            json!({"anchor": {"quote": quote(0, 3)}, "type": "Picnic"}),
            "type",
        ),
        (
            &statements,
            json!({"content": {"quote": quote(0, 3)}, "act": "sing"}),
            "added finding",
        ),
        (
            &statements,
            json!({"content": {"quote": quote(0, 3)}, "act": "report", "events": ["e:none"]}),
            "added finding",
        ),
    ] {
        let refused = desk.send("POST", path, &seen, &wrong);
        refused.problem(422);
        assert_eq!(refused.json()["field"], field, "{wrong}");
    }
}
