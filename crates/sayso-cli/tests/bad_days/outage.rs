//! The database is gone for a minute.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::running::{command, does, ends, folder};
use super::server::{Server, programs};
use super::{archive, expected, ids};

fn started() -> Option<Server> {
    let Some(programs) = programs() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "PostgreSQL is not installed"
        );
        eprintln!("NOT RUN: PostgreSQL is not installed (apt-get install postgresql)");
        return None;
    };
    Some(Server::start(programs))
}

fn made(server: &Server, name: &str) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(server.place(name));
    server.url(name)
}

/// Waits until a ledger has so many entries.
fn until(folder: &Path, ledger: &str, entries: usize) {
    let begun = Instant::now();
    loop {
        let output = super::running::sayso(folder, &["verify", "--ledger", ledger]);
        let told = super::running::stdout(&output);
        let there = told.split(' ').nth(1).and_then(|n| n.parse().ok());
        if there.unwrap_or(0) >= entries {
            return;
        }
        assert!(begun.elapsed() < Duration::from_mins(2), "{output:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn adding_waits_for_a_database_that_is_gone_and_says_so() {
    const REPORTS: usize = 150;
    let Some(server) = started() else { return };
    let ledger = made(&server, "gone");
    let folder = folder("bad-outage");
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    let mut adding = command(
        &folder,
        &["add", "in.jsonl", "--jobs", "2", "--ledger", &ledger],
    )
    .stdout(Stdio::null())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    until(&folder, &ledger, 10);
    server.down();
    std::thread::sleep(Duration::from_secs(2));
    assert!(adding.try_wait().unwrap().is_none(), "it waits");
    server.up();
    let mut told = String::new();
    adding
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert!(adding.wait().unwrap().success(), "{told}");
    assert!(
        told.contains("note: the database does not answer"),
        "{told}"
    );
    assert!(told.contains("note: the database answers again"), "{told}");
    assert_eq!(ids(&folder, &["--ledger", &ledger]), expected(REPORTS));
    let verdict = does(&folder, &["verify", "--ledger", &ledger]);
    assert!(
        verdict.contains(&format!("sound: {} entries", 2 * REPORTS)),
        "{verdict}"
    );
    // A database that is not there at all is told at once.
    server.down();
    let told = ends(&folder, &["head", "--ledger", &ledger], 1);
    assert!(told.contains("Is the database running"), "{told}");
    server.up();
}

/// One request over a connection of its own: status and body.
fn ask(port: &str, key: &str, request: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let length = body.len();
    write!(
        stream,
        "{request} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer)
}

#[test]
fn the_desk_waits_for_a_database_that_is_gone_and_acknowledges_nothing_that_is_not_kept() {
    let Some(server) = started() else { return };
    let ledger = made(&server, "desk");
    let folder = folder("bad-outage-desk");
    let mut desk = command(
        &folder,
        &["desk", "--ledger", &ledger, "--no-open", "--jobs", "1"],
    )
    .stdout(Stdio::piped())
    .stderr(Stdio::null())
    .spawn()
    .unwrap();
    let mut line = String::new();
    BufReader::new(desk.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let (address, key) = line.trim().split_once("/open?key=").unwrap();
    let port = address.rsplit(':').next().unwrap();
    let report = |n: usize| {
        let text = format!("Raiders burned store {n} at Olgrad on Tuesday, the mayor said.");
        let report = serde_json::json!({"id": format!("report-{n}"), "text": text});
        serde_json::json!({"reports": [report]}).to_string()
    };
    let add = "POST /api/v1/reports";
    let (status, answer) = ask(port, key, add, &report(0));
    assert_eq!(status, 201, "{answer}");
    // Gone for two seconds: the request takes as long.
    server.down();
    let (status, answer) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| ask(port, key, add, &report(1)));
        std::thread::sleep(Duration::from_secs(2));
        server.up();
        asking.join().unwrap()
    });
    assert_eq!(status, 201, "{answer}");
    // Gone for longer than a request waits: it is told so, and nothing was kept.
    server.down();
    let (status, answer) = ask(port, key, add, &report(2));
    assert_eq!(status, 503, "{answer}");
    assert!(answer.to_lowercase().contains("retry-after: "), "{answer}");
    server.up();
    let (status, answer) = ask(port, key, add, &report(2));
    assert_eq!(status, 201, "{answer}");
    // All three are kept, once, and are coded.
    let begun = Instant::now();
    while ids(&folder, &["--ledger", &ledger]) != expected(3) {
        assert!(begun.elapsed() < Duration::from_mins(1));
        std::thread::sleep(Duration::from_millis(200));
    }
    desk.kill().unwrap();
    desk.wait().unwrap();
    // What waits to be coded is coded by the next start at the latest.
    let mut desk = command(
        &folder,
        &["desk", "--ledger", &ledger, "--no-open", "--jobs", "1"],
    )
    .stdout(Stdio::null())
    .stderr(Stdio::null())
    .spawn()
    .unwrap();
    until(&folder, &ledger, 6);
    desk.kill().unwrap();
    desk.wait().unwrap();
    assert!(does(&folder, &["verify", "--ledger", &ledger]).contains("sound: 6 entries"));
}
