//! What is handed in is put aside, bounded for each request and for all of them together.

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

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use running::{Running, own};
use serde_json::{Value, json};

const EDGE: &str = "EDGE";

/// Files as a browser sends them.
fn multipart(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        write!(
            body,
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{EDGE}--\r\n").unwrap();
    body
}

fn send(desk: &Running, path: &str, body: Vec<u8>) -> running::Answer {
    let kind = format!("multipart/form-data; boundary={EDGE}");
    desk.ask("POST", path, &[], Some((&kind, body)))
}

/// The head of a request of so many bytes, none of which come.
fn announced(desk: &Running, bytes: usize) -> TcpStream {
    let host = desk.address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST /api/v1/reports HTTP/1.1\r\nhost: {host}\r\ncookie: {}\r\nx-csrf-token: {}\r\n\
         content-type: multipart/form-data; boundary={EDGE}\r\ncontent-length: {bytes}\r\n\r\n",
        desk.cookie.as_deref().unwrap(),
        desk.csrf.as_deref().unwrap(),
    )
    .unwrap();
    stream
}

#[test]
fn large_files_are_read_whole_though_little_of_them_is_held() {
    let desk = own();
    let words = "The road was closed. ".repeat(1_200);
    let lines: Vec<String> = (0..130)
        .map(|number| json!({"id": format!("road-{number}"), "text": number, "title": words}))
        .map(|line| line.to_string())
        .collect();
    let lines = lines.join("\n");
    assert!(lines.len() > 3_000_000, "more than is held in memory");
    let files: [(&str, &[u8]); 3] = [
        (
            "first.txt",
            b"Market shelled\n\nThe market of Kesh was shelled on Friday, medics said.",
        ),
        ("many.jsonl", lines.as_bytes()),
        (
            "last.txt",
            b"Bridge closed\n\nThe bridge at Orlu was closed on Friday, police said.",
        ),
    ];
    let path = "/api/v1/reports?preview=true";
    let preview = send(&desk, path, multipart(&files)).of(200);
    let titles: Vec<&Value> = preview["previewed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["title"])
        .collect();
    assert_eq!(titles, [&json!("Market shelled"), &json!("Bridge closed")]);
    // Each line is read, and told by its own number and value.
    let refused = preview["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 130);
    for (at, one) in refused.iter().enumerate() {
        assert_eq!(
            (&one["line"], &one["field"]),
            (&json!(at + 1), &json!("text"))
        );
    }
}

#[test]
fn a_request_that_is_too_large_is_told_how_large_it_may_be() {
    let desk = own();
    let refused = send(&desk, "/api/v1/reports", vec![b'x'; 64_000_001]);
    assert!(refused.problem(413).contains("at most 64 MB"));
    let text = "x".repeat(8_000_000);
    let refused = desk.post("/api/v1/reports", &json!({"reports": [{"text": text}]}));
    assert!(refused.problem(413).contains("at most 8 MB"));
    assert_eq!(desk.get("/api/v1/reports").of(200)["total"], 0);
}

#[test]
fn what_all_hand_in_at_once_is_bounded_and_whoever_comes_later_is_told_when_to_come_again() {
    let desk = own();
    let others: Vec<TcpStream> = (0..4).map(|_| announced(&desk, 60_000_000)).collect();
    let file = vec![b'x'; 20_000_000];
    let body = || multipart(&[("a.docx", &file)]);
    let mut answer = send(&desk, "/api/v1/reports?preview=true", body());
    // The others may not have been seen yet.
    for _ in 0..50 {
        if answer.status == 503 {
            break;
        }
        answer = send(&desk, "/api/v1/reports?preview=true", body());
    }
    assert!(answer.problem(503).contains("at once"));
    assert_eq!(answer.headers["retry-after"], "15");
    assert_eq!(answer.json()["type"], "urn:sayso:problem:busy");
    // What is small still finds room, and room comes back.
    let small = multipart(&[("b.txt", b"Two traders died in Jos, police said.")]);
    send(&desk, "/api/v1/reports?preview=true", small).of(200);
    drop(others);
    let begun = std::time::Instant::now();
    while send(&desk, "/api/v1/reports?preview=true", body()).status == 503 {
        assert!(begun.elapsed().as_secs() < 30, "no room comes back");
    }
}

#[test]
fn what_hangs_up_in_the_midst_leaves_nothing() {
    let desk = own();
    let mut stream = announced(&desk, 3_000_000);
    let part = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nTwo died."
    );
    stream.write_all(part.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(!answer.contains(" 201 "), "{answer}");
    assert_eq!(desk.get("/api/v1/reports").of(200)["total"], 0);
}
