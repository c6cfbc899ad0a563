//! What leaves the desk: files by the do-no-harm rules, views that anybody may read.

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

use jiff::Timestamp;
use running::{Running, own, team, team_at};
use sayso_export::Format;
use sayso_ledger::{Book, Missing, Moment, Place, WithdrawalHead};
use serde_json::{Value, json};

/// An invented report with people who must not be named in public.
const PROTECTED: [&str; 2] = ["Salma Odeh", "Nadir Haroun"];

fn filled() -> Running {
    let desk = own().filled();
    let text = "Soldiers shot dead Salma Odeh, a 9-year-old girl, at a checkpoint near Kutum on \
                Friday, 14 March. Nadir Haroun, a shopkeeper who saw it, said that nobody had warned \
                her. The army said that it was looking into the death.";
    let report = json!({"id": "kesh-9", "outlet": "Kesh Post", "published": "2025-03-15",
                        "title": "Salma Odeh, 9, dies at checkpoint", "text": text,
                        "url": "https://kesh.example/salma-odeh-dies"});
    desk.post("/api/v1/reports", &json!({"reports": [report]}))
        .of(201);
    desk.settled();
    desk
}

/// Whether bytes hold a protected name; what is packed is looked at as it is.
fn holds(bytes: &[u8], name: &str) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let name = name.to_lowercase();
    text.contains(&name) || text.contains(&name.replace(' ', "-"))
}

#[test]
fn every_format_leaves_and_names_nobody_who_is_protected() {
    let desk = filled();
    for format in Format::ALL {
        let asked = json!({"format": format.name()});
        let answer = desk.post("/api/v1/export", &asked);
        assert_eq!(
            answer.status,
            200,
            "{}: {}",
            format.name(),
            String::from_utf8_lossy(&answer.bytes)
        );
        assert_eq!(answer.kind, format.media_type());
        let name = answer
            .headers
            .get("content-disposition")
            .unwrap()
            .to_str()
            .unwrap();
        assert!(name.contains(format.file_name()), "{name}");
        assert!(!answer.bytes.is_empty());
        for person in PROTECTED {
            assert!(
                !holds(&answer.bytes, person),
                "{} names {person}",
                format.name()
            );
        }
    }
    // The test can fail: everything leaves under the full profile.
    let full = json!({"format": "annotations", "profile": "full"});
    let full = desk.post("/api/v1/export", &full);
    assert!(holds(&full.bytes, PROTECTED[1]));
}

#[test]
fn what_is_left_out_is_told_before_it_leaves() {
    let desk = filled();
    let preview = desk
        .post("/api/v1/export/preview", &json!({"format": "csv"}))
        .of(200);
    let lines = preview["left_out"].as_array().unwrap();
    assert!(!lines.is_empty(), "{preview:#}");
    for line in lines {
        assert!(line["count"].as_u64().unwrap() > 0);
        assert!(!line["says"].as_str().unwrap().is_empty());
    }
    let told = preview.to_string();
    assert!(PROTECTED.iter().all(|name| !told.contains(name)));
    let full = json!({"format": "csv", "profile": "full"});
    let full = desk.post("/api/v1/export/preview", &full).of(200);
    assert_eq!(full["left_out"], json!([]));
    assert_eq!(full["kept"], preview["kept"]);
    let some = json!({"format": "csv", "filter": {"country": "HTI"}});
    assert_eq!(
        desk.post("/api/v1/export/preview", &some).of(200)["kept"],
        1
    );
    let refused = desk.post("/api/v1/export", &json!({"format": "docx"}));
    refused.problem(422);
    assert_eq!(refused.json()["field"], "format");
    let nowhere = json!({"format": "csv", "filter": {"country": "XX"}});
    let refused = desk.post("/api/v1/export", &nowhere);
    refused.problem(400);
    assert_eq!(refused.json()["field"], "country");
    let none = json!({"format": "csv", "incidents": ["i:none"]});
    desk.post("/api/v1/export", &none).problem(404);
}

#[test]
fn what_leaves_is_what_the_list_shows() {
    let desk = filled();
    let kept = |asked: Value| {
        let answer = desk.post("/api/v1/export/preview", &asked).of(200);
        answer["kept"].as_u64().unwrap()
    };
    let list = |query: &str| {
        let answer = desk.get(&format!("/api/v1/incidents?{query}")).of(200);
        answer["items"].as_array().unwrap().clone()
    };
    let all = list("");
    assert_eq!(all.len(), 3);
    for (bound, then) in [
        ("published_by", "1999-01-01"),
        ("published_by", "2025-03-10"),
        ("published_by", "2025-03-17"),
        ("as_of", "1999-01-01"),
        ("as_of", "2999-01-01"),
    ] {
        let shown = list(&format!("{bound}={then}")).len() as u64;
        let mut asked = json!({"format": "csv"});
        asked[bound] = json!(then);
        assert_eq!(kept(asked), shown, "{bound} {then}");
    }
    assert_eq!(
        kept(json!({"format": "csv", "published_by": "2025-03-10"})),
        1
    );
    // All but one.
    let but = json!({"format": "csv", "filter": {}, "except": [all[0]["id"]]});
    assert_eq!(kept(but), 2);
    // What is not understood lets nothing leave.
    let wrong = json!({"format": "csv", "filter": {"published_by": "1999-01-01"}});
    let told = desk.post("/api/v1/export", &wrong);
    assert!((400..500).contains(&told.status), "{}", told.status);
    assert!(String::from_utf8_lossy(&told.bytes).contains("published_by"));
    let wrong = json!({"format": "csv", "as_of": "yesterday"});
    desk.post("/api/v1/export", &wrong).problem(422);

    // A view that is published knows no more than was asked for, and goes on with the ledger.
    let asked = json!({"name": "early", "format": "geojson", "published_by": "2025-03-10"});
    let made = desk.post("/api/v1/published", &asked).of(201);
    let address = made["address"].as_str().unwrap();
    let view = desk.nobody().get(address).of(200);
    assert_eq!(view["features"].as_array().unwrap().len(), 1);
    let asked = json!({"name": "frozen", "format": "geojson", "as_of": "2999-01-01"});
    let told = desk.post("/api/v1/published", &asked);
    told.problem(422);
    assert_eq!(told.json()["field"], "as_of");
}

#[test]
fn a_published_view_is_for_anybody_and_names_nobody_who_is_protected() {
    let desk = filled();
    let nobody = desk.nobody();
    let asked = json!({"name": "clashes", "format": "geojson"});
    let made = desk.post("/api/v1/published", &asked).of(201);
    let address = made["address"].as_str().unwrap();
    let view = nobody.get(address);
    assert_eq!(
        (view.status, view.kind.as_str()),
        (200, "application/geo+json")
    );
    let collection: Value = serde_json::from_slice(&view.bytes).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    assert!(!collection["features"].as_array().unwrap().is_empty());
    for person in PROTECTED {
        assert!(!holds(&view.bytes, person), "{person}");
    }
    // What else is published is nobody's business.
    nobody.get("/api/v1/published").problem(401);
    assert_eq!(desk.get("/api/v1/published").of(200)["total"], 1);

    // It follows the ledger.
    let import = desk.get("/api/v1/imports").of(200)["items"][0]["id"].clone();
    let undo = format!("/api/v1/imports/{}/undo", import.as_str().unwrap());
    desk.post(&undo, &json!({})).of(200);
    desk.settled();
    let later: Value = serde_json::from_slice(&nobody.get(address).bytes).unwrap();
    let count = |collection: &Value| collection["features"].as_array().unwrap().len();
    assert_eq!(count(&later), count(&collection) - 1);

    assert_eq!(desk.ask("DELETE", address, &[], None).status, 204);
    nobody.get(address).problem(404);
    for (wrong, field) in [
        (json!({"name": "No Name", "format": "csv"}), "name"),
        (
            json!({"name": "all", "format": "csv", "profile": "full"}),
            "profile",
        ),
        (json!({"name": "all", "format": "docx"}), "format"),
    ] {
        let refused = desk.post("/api/v1/published", &wrong);
        refused.problem(422);
        assert_eq!(refused.json()["field"], field);
    }
}

#[test]
fn everything_leaves_by_an_editor_alone() {
    let desk = team();
    let analyst = desk.signed_in("analyst");
    let full = json!({"format": "csv", "profile": "full", "incidents": []});
    analyst.post("/api/v1/export", &full).problem(403);
    analyst.post("/api/v1/export/preview", &full).of(200);
    let public = json!({"format": "csv", "incidents": []});
    assert_eq!(analyst.post("/api/v1/export", &public).status, 200);
    assert_eq!(
        desk.signed_in("editor")
            .post("/api/v1/export", &full)
            .status,
        200
    );
}

#[test]
fn what_its_outlet_has_withdrawn_is_published_no_more_and_leaves_no_more() {
    let desk = filled();
    let list = desk.get("/api/v1/incidents").of(200);
    let items = list["items"].as_array().unwrap();
    let ids: Vec<&Value> = items.iter().map(|incident| &incident["id"]).collect();
    let gone = desk.get("/api/v1/reports/kesh-9").of(200)["incidents"][0].clone();
    let chosen = json!({"name": "chosen", "format": "geojson", "incidents": ids});
    desk.post("/api/v1/published", &chosen).of(201);
    let all = json!({"name": "all", "format": "geojson"});
    desk.post("/api/v1/published", &all).of(201);
    let features = |name: &str| {
        let view = desk
            .nobody()
            .get(&format!("/api/v1/published/{name}"))
            .of(200);
        view["features"].as_array().unwrap().len()
    };
    let before = features("chosen");
    assert_eq!(before, features("all"));
    desk.runtime.block_on(async {
        let ledger = desk.folder.path().join("desk.db");
        let place = Place::parse(ledger.to_str().unwrap(), None);
        let book = Book::open(&place, Missing::Refuse).await.unwrap();
        let head = WithdrawalHead {
            why: "the post was wrong".to_owned(),
            published: None,
            undone: false,
        };
        let now = Moment::new(Timestamp::now());
        book.withdraw("kesh-9", &head, "R. Analyst", now)
            .await
            .unwrap();
        book.close().await.unwrap();
    });
    desk.settled();
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(features("all"), before - 1);
    assert_eq!(features("chosen"), before - 1);
    // Asked for by its id it is told.
    let asked = json!({"format": "csv", "incidents": [gone]});
    let told = desk.post("/api/v1/export", &asked).problem(404);
    assert!(told.contains(gone.as_str().unwrap()), "{told}");
}

#[test]
fn which_incidents_a_view_has_is_sealed_beside_the_ledger() {
    let desk = team();
    let editor = desk.signed_in("editor").filled();
    let list = editor.get("/api/v1/incidents").of(200);
    let id = list["items"][0]["id"].as_str().unwrap();
    let asked = json!({"name": "chosen", "format": "geojson", "incidents": [id]});
    editor.post("/api/v1/published", &asked).of(201);
    let tables = desk.folder.path().join("desk.db.desk");
    let tables = rusqlite::Connection::open(tables).unwrap();
    let wanted = || -> String {
        let sql = "SELECT wanted FROM desk_published";
        tables.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let view = |desk: &Running| {
        let view = desk.nobody().get("/api/v1/published/chosen").of(200);
        view["features"].as_array().unwrap().len()
    };
    assert!(
        wanted().starts_with("sealed:") && !wanted().contains(id),
        "{}",
        wanted()
    );
    assert_eq!(view(&desk), 1);
    // What an earlier version wrote down is sealed when a desk is opened.
    let plain = json!({"format": "geojson", "incidents": [id]}).to_string();
    tables
        .execute("UPDATE desk_published SET wanted = ?1", [plain])
        .unwrap();
    let ledger = desk.folder.path().join("desk.db");
    let place = Place::parse(ledger.to_str().unwrap(), None);
    let other = team_at(&place, false);
    assert!(wanted().starts_with("sealed:"));
    other.signed_in("reader").settled();
    assert_eq!(view(&other), 1);
}
