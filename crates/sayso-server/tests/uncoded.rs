//! A report that the ledger has without a sheet is coded, however it got there; and who listens is told
//! when something is gone.

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

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use running::{Running, own};
use sayso_ledger::{About, Book, Content, Missing, Moment, Place};
use serde_json::json;

/// The ledger of a desk, as another process has it open.
async fn book(desk: &Running) -> Book {
    let ledger = desk.folder.path().join("desk.db");
    let place = Place::parse(ledger.to_str().unwrap(), None);
    Book::open(&place, Missing::Refuse).await.unwrap()
}

/// As another server, an import of a ledger, or a request whose answer was lost leaves one.
#[test]
fn a_report_that_nobody_put_in_line_is_coded() {
    let desk = own().filled();
    desk.runtime.block_on(async {
        let book = book(&desk).await;
        let about = About {
            id: "kesh-4".to_owned(),
            published: Some("2025-04-05".to_owned()),
            ..About::default()
        };
        let content = Content {
            text: "Gunmen killed two traders in Jos on Friday, police said.".to_owned(),
            bytes: Vec::new(),
        };
        let now = Moment::new(Timestamp::now());
        book.receive(&about, &content, false, now).await.unwrap();
        book.close().await.unwrap();
    });
    let start = Instant::now();
    loop {
        let view = desk.get("/api/v1/reports/kesh-4").of(200);
        if view["report"]["state"] == "coded" && view["incidents"] != json!([]) {
            break;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "{view:#}");
        std::thread::sleep(Duration::from_millis(200));
    }
    desk.settled();
    assert_eq!(desk.get("/api/v1/incidents").of(200)["total"], 3);
}

#[test]
fn whoever_listens_forgets_what_was_erased_or_taken_back() {
    let desk = own().filled();
    let host = desk.address.trim_start_matches("http://");
    let listen = || {
        let mut stream = TcpStream::connect(host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let cookie = desk.cookie.as_ref().unwrap();
        write!(
            stream,
            "GET /api/v1/events HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n"
        )
        .unwrap();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        assert!(lines.any(|line| line == "event: backlog"));
        lines
    };
    let mut lines = listen();
    desk.runtime.block_on(async {
        let book = book(&desk).await;
        let now = Moment::new(Timestamp::now());
        let erased = book.erase("ulban-3", "R. Analyst", "asked for", now);
        erased.await.unwrap();
        book.close().await.unwrap();
    });
    assert!(lines.any(|line| line == "event: reset"));
    let mut lines = listen();
    let import = desk.get("/api/v1/imports").of(200)["items"][0]["id"].clone();
    let undo = format!("/api/v1/imports/{}/undo", import.as_str().unwrap());
    desk.post(&undo, &json!({})).of(200);
    assert!(lines.any(|line| line == "event: reset"));
}
