//! What is added together: shown before it is kept, kept, taken back, and brought back.

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

use std::io::Write as _;

use running::{Running, own};
use serde_json::{Value, json};

#[test]
fn files_are_previewed_kept_and_taken_back() {
    let desk = own().filled();
    let edge = "EDGE";
    let lines = "{\"id\": \"kesh-1\", \"text\": \"Gunmen killed two traders in Jos on Friday, police \
                 said.\", \"published\": \"2025-04-05\"}\nnot json\n{\"id\": \"kesh-2\", \"text\": 5}\n";
    let mut body = Vec::new();
    for (name, content) in [
        ("news.jsonl", lines),
        (
            "note.txt",
            "Road closed\n\nThe road to Kesh was \
                             closed on Friday, drivers said.",
        ),
    ] {
        write!(
            body,
            "--{edge}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n\
             {content}\r\n"
        )
        .unwrap();
    }
    write!(body, "--{edge}--\r\n").unwrap();
    let kind = format!("multipart/form-data; boundary={edge}");
    let send = |query: &str| {
        let path = format!("/api/v1/reports?published=2025-04-06{query}");
        desk.ask("POST", &path, &[], Some((&kind, body.clone())))
    };

    let preview = send("&preview=true").of(200);
    assert_eq!(
        preview["previewed"].as_array().unwrap().len(),
        2,
        "{preview:#}"
    );
    assert!(preview["previewed"][0]["statements"].as_u64().unwrap() > 0);
    assert_eq!(preview["previewed"][1]["published"], "2025-04-06");
    let refused = preview["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 2);
    assert_eq!(
        (&refused[0]["file"], &refused[0]["line"]),
        (&json!("news.jsonl"), &json!(2))
    );
    assert_eq!(
        (&refused[1]["field"], &refused[1]["line"]),
        (&json!("text"), &json!(3))
    );
    assert_eq!(
        desk.get("/api/v1/reports").of(200)["total"],
        3,
        "a preview keeps nothing"
    );

    let added = send("").of(201);
    let import = added["import"].as_str().unwrap();
    assert_eq!(added["kept"][0]["outcome"], "new");
    desk.settled();
    assert_eq!(desk.get("/api/v1/reports").of(200)["total"], 5);
    let again = send("").of(200);
    assert_eq!(again["kept"][0]["outcome"], "known");
    assert_eq!(again["import"], Value::Null);

    let other = json!({"reports": [{"id": "kesh-1", "text": "Something else."}]});
    let refused = desk.post("/api/v1/reports", &other).of(200);
    let refused = &refused["refused"][0];
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("another text") && !message.contains("--"));
    assert_eq!(
        (&refused["value"], &refused["other_content"]),
        (&json!("kesh-1"), &json!(true))
    );

    let list = desk.get("/api/v1/imports").of(200);
    assert_eq!(
        (&list["items"][0]["id"], &list["items"][0]["new"]),
        (&json!(import), &json!(2))
    );
    let before = jiff::Timestamp::now();
    let before = |path: &str| desk.get(&format!("{path}as_of={before}")).of(200)["total"].clone();
    assert_eq!(before("/api/v1/reports?"), 5);
    assert_eq!(before("/api/v1/search?q=traders&"), 1);
    let undo = format!("/api/v1/imports/{import}/undo");
    let undone = desk
        .post(&undo, &json!({"why": "the wrong folder"}))
        .of(200);
    assert!(undone["undone"].is_string());
    desk.post(&undo, &json!({})).problem(409);
    desk.post("/api/v1/imports/m:none/undo", &json!({}))
        .problem(404);
    desk.settled();
    assert_eq!(desk.get("/api/v1/reports").of(200)["total"], 3);
    assert_eq!(desk.get("/api/v1/search?q=traders").of(200)["total"], 0);
    // Nor in the view of a moment before it was taken back.
    assert_eq!(before("/api/v1/reports?"), 3);
    assert_eq!(before("/api/v1/search?q=traders&"), 0);
    // Nor by its id, and nothing can be decided on it.
    let gone = desk.get("/api/v1/reports/kesh-1");
    assert!(gone.problem(404).contains("taken back"));
    assert!(!String::from_utf8_lossy(&gone.bytes).contains("traders"));
    let tag = [("if-match", "\"1\"")];
    for (path, asked) in [
        ("reviews", json!({"finding": "e:1", "ruling": "accept"})),
        (
            "statements",
            json!({"content": {"quote": "traders"}, "act": "report"}),
        ),
        (
            "events",
            json!({"anchor": {"quote": "killed"}, "type": "armed-attack"}),
        ),
        ("reviews/1/undo", json!({})),
    ] {
        let path = format!("/api/v1/reports/kesh-1/{path}");
        desk.send("POST", &path, &tag, &asked).problem(404);
    }

    // The same again brings them back, and says so before.
    let preview = send("&preview=true").of(200);
    for report in preview["previewed"].as_array().unwrap() {
        assert_eq!(
            (&report["known"], &report["back"]),
            (&json!(false), &json!(true))
        );
        assert!(report["statements"].is_u64(), "{report:#}");
    }
    assert_eq!(send("").of(201)["kept"][0]["outcome"], "new");
    desk.settled();
    assert_eq!(desk.get("/api/v1/reports").of(200)["total"], 5);
    assert_eq!(before("/api/v1/reports?"), 5);

    // The imports part by part.
    let mut ids = Vec::new();
    let mut path = "/api/v1/imports?limit=2".to_owned();
    loop {
        let part = desk.get(&path).of(200);
        assert_eq!(part["total"], 3);
        let items = part["items"].as_array().unwrap();
        ids.extend(
            items
                .iter()
                .map(|import| import["id"].as_str().unwrap().to_owned()),
        );
        let Some(next) = part["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/imports?limit=2&cursor={next}");
    }
    assert_eq!(ids.len(), 3);
    assert!(ids.is_sorted_by(|a, b| a > b), "the latest first: {ids:?}");
    desk.get("/api/v1/imports?limit=0").problem(422);
}

/// Runs SQL on one of the desk's files, as somebody else's process might hold it or a disk fail.
fn run(desk: &Running, file: &str, sql: &str) {
    let connection = rusqlite::Connection::open(desk.folder.path().join(file)).unwrap();
    connection
        .busy_timeout(std::time::Duration::from_secs(10))
        .unwrap();
    connection.execute_batch(sql).unwrap();
}

fn report(id: &str) -> Value {
    let text = format!("Drivers said on Friday that road {id} was closed.");
    json!({"id": id, "text": text, "published": "2025-04-05"})
}

fn undo(desk: &Running, import: &Value) {
    let path = format!("/api/v1/imports/{}/undo", import.as_str().unwrap());
    desk.post(&path, &json!({})).of(200);
}

#[test]
fn what_is_kept_can_be_taken_back_whatever_fails() {
    let desk = own();
    let asked = json!({"reports": [report("a-1")]});
    // No import can be written down: then nothing is kept.
    let fail = "BEGIN SELECT RAISE(FAIL, 'no'); END";
    let trigger = format!("CREATE TRIGGER no_row BEFORE INSERT ON desk_import {fail}");
    run(&desk, "desk.db.desk", &trigger);
    assert!(desk.post("/api/v1/reports", &asked).status >= 500);
    desk.get("/api/v1/reports/a-1").problem(404);
    run(&desk, "desk.db.desk", "DROP TRIGGER no_row");

    // It can be written down and not be brought to its end.
    let trigger = format!("CREATE TRIGGER no_end BEFORE UPDATE ON desk_import {fail}");
    run(&desk, "desk.db.desk", &trigger);
    let added = desk.post("/api/v1/reports", &asked).of(201);
    run(&desk, "desk.db.desk", "DROP TRIGGER no_end");
    undo(&desk, &added["import"]);
    desk.get("/api/v1/reports/a-1").problem(404);
    assert_eq!(desk.get("/api/v1/imports").of(200)["total"], 1);
}

#[test]
fn what_was_kept_before_the_ledger_failed_is_told_and_taken_back() {
    let desk = own();
    let trigger = "CREATE TRIGGER full BEFORE INSERT ON entry
         WHEN NEW.kind = 'report' AND (SELECT count(*) FROM entry WHERE kind = 'report') >= 2
         BEGIN SELECT RAISE(FAIL, 'no'); END";
    desk.post("/api/v1/reports", &json!({"reports": [report("a-0")]}))
        .of(201);
    run(&desk, "desk.db", trigger);
    let reports: Vec<Value> = ["a-1", "a-2", "a-3"].map(report).to_vec();
    let asked = json!({"reports": reports});
    let answer = desk.post("/api/v1/reports", &asked);
    let told = answer.of(207);
    assert!(answer.headers.contains_key("retry-after"));
    assert_eq!(told["kept"][0]["id"], "a-1", "{told:#}");
    let refused = told["refused"].as_array().unwrap();
    let says = |at: usize| refused[at]["message"].as_str().unwrap();
    assert_eq!(refused.len(), 2);
    assert!(says(0).contains("not known") && says(1).contains("not kept"));
    // Where nothing is known to be kept, that is what the answer says.
    let more = json!({"reports": [report("a-4")]});
    let failed = desk.post("/api/v1/reports", &more);
    assert!(failed.status >= 500, "{}", failed.status);
    run(&desk, "desk.db", "DROP TRIGGER full");
    // Sent again the rest is kept, as an import of its own.
    let again = desk.post("/api/v1/reports", &asked).of(201);
    let outcomes: Vec<&Value> = again["kept"].as_array().unwrap().iter().collect();
    assert_eq!(outcomes[0]["outcome"], "known");
    assert_eq!(outcomes[1]["outcome"], "new");
    undo(&desk, &told["import"]);
    desk.get("/api/v1/reports/a-1").problem(404);
    for id in ["a-2", "a-3"] {
        desk.get(&format!("/api/v1/reports/{id}")).of(200);
    }
    undo(&desk, &again["import"]);
    desk.get("/api/v1/reports/a-2").problem(404);
    desk.get("/api/v1/reports/a-0").of(200);
}

#[test]
fn more_than_ten_thousand_reports_are_refused_before_any_is_kept() {
    let desk = own();
    let reports: Vec<Value> = (0..10_001).map(|n| report(&n.to_string())).collect();
    let refused = desk.post("/api/v1/reports", &json!({"reports": reports}));
    refused.problem(422);
    assert_eq!(refused.json()["field"], "reports");
    let lines: Vec<String> = reports.iter().map(Value::to_string).collect();
    let body = format!(
        "--EDGE\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n{}\r\n\
         --EDGE--\r\n",
        lines.join("\n")
    );
    let kind = ("multipart/form-data; boundary=EDGE", body.into_bytes());
    let refused = desk.ask("POST", "/api/v1/reports", &[], Some(kind));
    refused.problem(422);
    assert_eq!(desk.get("/api/v1/reports").of(200)["total"], 0);
}
