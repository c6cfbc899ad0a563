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

use running::own;
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
    assert!(
        refused["refused"][0]["message"]
            .as_str()
            .unwrap()
            .contains("another text")
    );

    let list = desk.get("/api/v1/imports").of(200);
    assert_eq!(
        (&list["items"][0]["id"], &list["items"][0]["new"]),
        (&json!(import), &json!(2))
    );
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
