//! The database is gone for a minute.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::running::{command, does, ends, folder, sayso, stderr};
use super::server::{Server, programs};
use super::{added, archive, expected, ids, not_run};

fn started() -> Option<Server> {
    let Some(programs) = programs() else {
        not_run("PostgreSQL is not installed (apt-get install postgresql)");
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
        let output = sayso(folder, &["verify", "--ledger", ledger]);
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
    std::thread::sleep(Duration::from_mins(1));
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

/// Nobody waits for ever: what was acknowledged by then is kept, and the same command goes on.
#[test]
fn adding_ends_when_the_database_stays_away_and_goes_on_when_it_is_back() {
    const REPORTS: usize = 150;
    let Some(server) = started() else { return };
    let ledger = made(&server, "away");
    let folder = folder("bad-outage-long");
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    let add = ["add", "in.jsonl", "--jobs", "2", "--ledger", &ledger];
    let mut adding = command(&folder, &add)
        .env("SAYSO_PATIENCE", "4")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until(&folder, &ledger, 10);
    server.down();
    let mut told = String::new();
    let mut errors = adding.stderr.take().unwrap();
    errors.read_to_string(&mut told).unwrap();
    assert_eq!(adding.wait().unwrap().code(), Some(1), "{told}");
    assert!(told.contains("it is asked again for 4 s"), "{told}");
    assert!(told.contains("Is the database running"), "{told}");
    let acknowledged = added(&told);
    assert!((5..REPORTS).contains(&acknowledged), "{told}");
    server.up();
    let kept = ids(&folder, &["--ledger", &ledger]).len();
    // One may have been kept whose answer was lost.
    assert!((acknowledged..=acknowledged + 1).contains(&kept), "{told}");
    let told = stderr(&sayso(&folder, &add));
    assert!(told.contains(&format!("{kept} known before")), "{told}");
    assert_eq!(ids(&folder, &["--ledger", &ledger]), expected(REPORTS));
    let wrong = command(&folder, &["head", "--ledger", &ledger])
        .env("SAYSO_PATIENCE", "soon")
        .output()
        .unwrap();
    assert!(stderr(&wrong).contains("`soon` is no number of seconds"));
}

#[test]
fn the_desk_waits_for_a_database_that_is_gone_and_acknowledges_nothing_that_is_not_kept() {
    let Some(server) = started() else { return };
    let ledger = made(&server, "desk");
    let folder = folder("bad-outage-desk");
    let desk = Desk::start(&folder, &ledger);
    let add = |n: usize| {
        let text = format!("Raiders burned store {n} at Olgrad on Tuesday, the mayor said.");
        desk.add(&format!("report-{n}"), &text)
    };
    let (status, answer) = add(0);
    assert_eq!(status, 201, "{answer}");
    // Gone for two seconds: the request takes as long.
    server.down();
    let (status, answer) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| add(1));
        std::thread::sleep(Duration::from_secs(2));
        server.up();
        asking.join().unwrap()
    });
    assert_eq!(status, 201, "{answer}");
    // Gone for longer than a request waits: it is told so, and nothing was kept.
    server.down();
    let (status, answer) = add(2);
    assert_eq!(status, 503, "{answer}");
    assert!(answer.to_lowercase().contains("retry-after: "), "{answer}");
    server.up();
    let (status, answer) = add(2);
    assert_eq!(status, 201, "{answer}");
    // All three are kept, once, and are coded.
    let begun = Instant::now();
    while ids(&folder, &["--ledger", &ledger]) != expected(3) {
        assert!(begun.elapsed() < Duration::from_mins(1));
        std::thread::sleep(Duration::from_millis(200));
    }
    drop(desk);
    // What waits to be coded is coded by the next start at the latest.
    let desk = Desk::start(&folder, &ledger);
    until(&folder, &ledger, 6);
    drop(desk);
    assert!(does(&folder, &["verify", "--ledger", &ledger]).contains("sound: 6 entries"));
}
