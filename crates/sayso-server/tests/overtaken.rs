//! What happens between two requests: somebody else decides, corrects, or takes back.

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

use running::{own, team, team_at};
use sayso_ledger::Place;
use serde_json::{Value, json};

#[test]
fn of_two_who_split_with_one_tag_one_is_refused() {
    let desk = own().filled();
    let list = desk.get("/api/v1/incidents?sort=start").of(200);
    let id = list["items"][0]["id"].as_str().unwrap();
    let tag = desk.get(&format!("/api/v1/incidents/{id}")).etag.unwrap();
    let split = format!("/api/v1/incidents/{id}/split");
    let ask = || {
        let asked = json!({"reports": ["orlo-7"], "why": "another post"});
        desk.send("POST", &split, &[("if-match", &tag)], &asked)
            .status
    };
    let mut outcomes = std::thread::scope(|scope| {
        let both = [scope.spawn(ask), scope.spawn(ask)];
        both.map(|one| one.join().unwrap())
    });
    outcomes.sort_unstable();
    assert_eq!(outcomes, [201, 412]);
}

#[test]
fn a_published_view_stays_when_one_of_its_incidents_goes() {
    let desk = own().filled();
    let list = desk.get("/api/v1/incidents").of(200);
    let before: Vec<Value> = list["items"].as_array().unwrap().clone();
    let text = "Gunmen killed two traders in Jos on Friday, 4 April, police said.";
    let report = json!({"id": "jos-1", "text": text, "published": "2025-04-05"});
    let added = desk.post("/api/v1/reports", &json!({"reports": [report]}));
    let import = added.of(201)["import"].as_str().unwrap().to_owned();
    desk.settled();
    let list = desk.get("/api/v1/incidents").of(200);
    let ids: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|incident| &incident["id"])
        .collect();
    assert_eq!(ids.len(), before.len() + 1);
    let asked = json!({"name": "chosen", "format": "geojson", "incidents": ids});
    desk.post("/api/v1/published", &asked).of(201);
    let features = || {
        let view = desk.nobody().get("/api/v1/published/chosen");
        assert_eq!(view.status, 200);
        let view: Value = serde_json::from_slice(&view.bytes).unwrap();
        view["features"].as_array().unwrap().len()
    };
    let all = features();
    desk.post(&format!("/api/v1/imports/{import}/undo"), &json!({}))
        .of(200);
    desk.settled();
    assert_eq!(features(), all - 1);
}

#[test]
fn a_correction_is_no_part_of_an_import() {
    let desk = own();
    let report = |text: &str| json!({"reports": [{"id": "jos-1", "text": text}]});
    desk.post("/api/v1/reports", &report("Two traders died in Jos."))
        .of(201);
    let corrections = "/api/v1/reports?corrections=true";
    let corrected = desk.post(corrections, &report("Three traders died in Jos."));
    let corrected = corrected.of(201);
    assert_eq!(corrected["kept"][0]["outcome"], "corrected");
    assert_eq!(corrected["import"], Value::Null);
    desk.settled();
    // However soon the second version came after the first, it is coded in the end.
    let view = desk.get("/api/v1/reports/jos-1").of(200);
    assert_eq!(view["report"]["state"], "coded", "{view:#}");
    assert_eq!(
        view["sheet"]["report"]["text"],
        "Three traders died in Jos."
    );
}

#[test]
fn of_two_who_split_at_two_servers_one_is_refused() {
    let desk = team();
    let one = desk.signed_in("editor").filled();
    let ledger = desk.folder.path().join("desk.db");
    let place = Place::parse(ledger.to_str().unwrap(), None);
    let other = team_at(&place, false);
    let two = other.signed_in("editor");
    two.settled();
    let list = one.get("/api/v1/incidents?sort=start").of(200);
    let id = list["items"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/incidents/{id}");
    let tag = one.get(&path).etag.unwrap();
    assert_eq!(two.get(&path).etag.as_ref(), Some(&tag));
    let split = format!("{path}/split");
    let asked = json!({"reports": ["orlo-7"], "why": "another post"});
    let headers = [("if-match", tag.as_str())];
    let ask = |desk: &running::Running| {
        let answer = desk.send("POST", &split, &headers, &asked);
        (answer.status, answer.json())
    };
    let mut outcomes = std::thread::scope(|scope| {
        let both = [scope.spawn(|| ask(&one)), scope.spawn(|| ask(&two))];
        both.map(|one| one.join().unwrap())
    });
    outcomes.sort_by_key(|(status, _)| *status);
    assert_eq!((outcomes[0].0, outcomes[1].0), (201, 412));
    assert_eq!(outcomes[1].1["current"]["id"], id, "{:#}", outcomes[1].1);
}
