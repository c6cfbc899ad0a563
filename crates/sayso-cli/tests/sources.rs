//! What `sayso add` takes from feeds, archives and exports, and from a server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod running;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use running::{ends, folder, sayso};

/// A report as the ledger has it.
fn report(folder: &Path, id: &str) -> serde_json::Value {
    let output = sayso(folder, &["report", id, "--format", "json"]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// Serves what `feed` holds at the time, with its length for an `ETag`; gives the address, and for
/// each request whether it was answered by 304.
fn server(feed: Arc<Mutex<String>>) -> (String, Receiver<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/feed", listener.local_addr().unwrap());
    let (sender, answers) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let lines: Vec<String> = BufReader::new(stream.try_clone().unwrap())
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let feed = feed.lock().unwrap().clone();
            let tag = format!("\"{}\"", feed.len());
            let known = lines.iter().any(|line| {
                line.to_ascii_lowercase().starts_with("if-none-match") && line.contains(&tag)
            });
            let _ = sender.send(known);
            let answer = if known {
                "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned()
            } else {
                format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n\
                     Content-Length: {}\r\nConnection: close\r\n\r\n{feed}",
                    feed.len()
                )
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (address, answers)
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>\
         <channel><title>Tarra Post</title><link>https://tarrapost.example/</link>{items}</channel></rss>"
    )
}

fn item(number: u32, text: &str) -> String {
    format!(
        "<item><title>Osk road</title><guid isPermaLink='false'>{number}</guid>\
         <pubDate>Wed, 15 Oct 2025 17:42:00 +0000</pubDate>\
         <content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )
}

#[test]
fn a_feed_is_followed() {
    let folder = folder("sources-feed");
    let first = "Two guards were taken from the Osk quarry on Tuesday, its manager said.";
    let feed = Arc::new(Mutex::new(rss(&item(1, first))));
    let (address, answers) = server(Arc::clone(&feed));
    // The feed says that it is the Post's, and comes from this machine: its ids say so.
    let server = address
        .trim_start_matches("http://")
        .trim_end_matches("/feed");
    let id = &format!("{server}#https://tarrapost.example/#1");

    let told = ends(&folder, &["add", "--allow-private", &address], 0);
    assert!(told.contains("1 added"), "{told}");
    assert_eq!(answers.recv(), Ok(false));
    let kept = report(&folder, id);
    assert_eq!(kept["versions"][0]["about"]["outlet"], "Tarra Post");
    assert_eq!(kept["versions"][0]["about"]["versioned"], true);

    // Nothing has changed: the server says so, and nothing is sent.
    let told = ends(&folder, &["add", "--allow-private", &address], 0);
    assert!(
        told.contains("has not changed") && told.contains("0 added"),
        "{told}"
    );
    assert_eq!(answers.recv(), Ok(true));

    // One entry is changed, one is new, one is broken.
    let second = "Three guards were taken from the Osk quarry on Tuesday, the police said.";
    *feed.lock().unwrap() = rss(&[
        item(1, second),
        item(2, "The governor ordered a curfew in Osk on Wednesday."),
        item(3, "No.").replace("Wed, 15 Oct 2025 17:42:00 +0000", "soon"),
    ]
    .concat());
    let told = ends(&folder, &["add", "--allow-private", &address], 2);
    assert!(
        told.contains("1 added, 0 known before, 1 corrected"),
        "{told}"
    );
    let last = told.lines().last().unwrap();
    assert!(
        last.contains("left out")
            && last.contains("entry 3")
            && last.contains("`pubDate` is \"soon\""),
        "{told}"
    );
    assert_eq!(answers.recv(), Ok(false));
    let kept = report(&folder, id);
    assert_eq!(kept["versions"].as_array().unwrap().len(), 2);
    assert_eq!(kept["versions"][1]["correction"], true);
    let found = sayso(&folder, &["search", "three", "guards"]);
    let found = String::from_utf8(found.stdout).unwrap();
    assert!(
        found.contains("the police") && found.contains("Three guards"),
        "{found}"
    );

    // What was left out is asked for again.
    ends(&folder, &["add", "--allow-private", &address], 2);
    assert_eq!(answers.recv(), Ok(false));

    // Of a ledger made anew, every feed is read again.
    *feed.lock().unwrap() = rss(&item(1, second));
    ends(&folder, &["add", "--allow-private", &address], 0);
    assert_eq!(answers.recv(), Ok(false));
    fs::remove_file(folder.join("sayso.db")).unwrap();
    fs::remove_file(folder.join("sayso.db.keys")).unwrap();
    let told = ends(&folder, &["add", "--allow-private", &address], 0);
    assert!(told.contains("1 added"), "{told}");
    assert_eq!(answers.recv(), Ok(false));
    ends(&folder, &["verify"], 0);
}

/// An entry that was erased stays in its feed for as long as the outlet likes.
#[test]
fn a_feed_with_an_entry_that_was_erased_is_followed_as_any_other() {
    let folder = folder("sources-erased");
    let first = "Two guards were taken from the Osk quarry on Tuesday, its manager said.";
    let second = "The governor ordered a curfew in Osk on Wednesday.";
    let feed = Arc::new(Mutex::new(rss(&item(1, first))));
    let (address, answers) = server(Arc::clone(&feed));
    let host = address
        .trim_start_matches("http://")
        .trim_end_matches("/feed");
    let id = format!("{host}#https://tarrapost.example/#1");
    let add = ["add", "--allow-private", &address];
    ends(&folder, &add, 0);
    assert_eq!(answers.recv(), Ok(false));
    let erase = ["erase", &id, "--by", "R", "--why", "a guard asked"];
    ends(&folder, &erase, 0);

    *feed.lock().unwrap() = rss(&[item(1, first), item(2, second)].concat());
    let told = ends(&folder, &add, 0);
    assert!(told.contains("1 added"), "{told}");
    assert!(
        told.contains("1 erased before, and not taken in again"),
        "{told}"
    );
    assert_eq!(answers.recv(), Ok(false));
    // The server is asked for what has changed since.
    let told = ends(&folder, &add, 0);
    assert!(told.contains("has not changed"), "{told}");
    assert_eq!(answers.recv(), Ok(true));
    let gone = ends(&folder, &["report", &id], 1);
    assert!(gone.contains("a guard asked"), "{gone}");
}

/// What one source lacks makes nobody ask another for what has not changed.
#[test]
fn what_cannot_be_had_lets_no_other_feed_be_read_again() {
    let folder = folder("sources-others");
    let text = "Two guards were taken from the Osk quarry on Tuesday, its manager said.";
    let (whole, asked) = server(Arc::new(Mutex::new(rss(&item(1, text)))));
    // No feed, and none the next time either, unless it changes.
    let (picture, seen) = server(Arc::new(Mutex::new("PNG\0\0\0".to_owned())));
    // One entry that cannot be read: a later version may.
    let undated = item(1, "No.").replace("Wed, 15 Oct 2025 17:42:00 +0000", "soon");
    let (broken, tried) = server(Arc::new(Mutex::new(rss(&undated))));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let gone = format!("http://{}/feed", nobody.unwrap());
    let add = [
        "add",
        "--allow-private",
        &whole,
        &picture,
        &broken,
        &gone,
        "no-such-file.txt",
    ];

    let told = ends(&folder, &add, 2);
    assert!(told.contains("1 added"), "{told}");
    assert_eq!(told.matches("left out").count(), 4, "{told}");
    for answers in [&asked, &seen, &tried] {
        assert_eq!(answers.recv(), Ok(false));
    }
    let told = ends(&folder, &add, 2);
    assert_eq!(told.matches("has not changed").count(), 2, "{told}");
    assert_eq!(told.matches("left out").count(), 3, "{told}");
    assert_eq!(asked.recv(), Ok(true));
    assert_eq!(seen.recv(), Ok(true));
    assert_eq!(tried.recv(), Ok(false));
}

#[test]
fn files_of_many_reports_are_added_and_coded() {
    let folder = folder("sources-files");
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sayso-text/tests/sources");
    for name in ["tarra-post.xml", "delta-monitor.atom", "result.json"] {
        fs::copy(sources.join(name), folder.join(name)).unwrap();
    }
    let told = ends(
        &folder,
        &["add", "tarra-post.xml", "delta-monitor.atom", "result.json"],
        2,
    );
    // Three of five, two of three, three of four with text.
    assert!(told.contains("8 added"), "{told}");
    let left_out: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("left out"))
        .collect();
    assert_eq!(left_out.len(), 4, "{told}");
    let again = ends(&folder, &["add", "tarra-post.xml", "result.json"], 2);
    assert!(
        again.contains("0 added, 6 known before, 0 corrected"),
        "{again}"
    );
    let kept = report(&folder, "telegram:1750000417/89");
    assert_eq!(kept["versions"][0]["about"]["forwarded_from"], "Osk Radio");
    assert_eq!(
        kept["versions"][0]["about"]["reply_to"],
        "telegram:1750000417/88"
    );

    let shown = sayso(&folder, &["report", "telegram:1750000417/89"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("forwarded from Osk Radio · answers telegram:1750000417/88"),
        "{shown}"
    );
    let other = ends(&folder, &["add", "ftp://tarrapost.example/feed"], 2);
    assert!(other.contains("ftp is not http or https"), "{other}");

    let coded = sayso(&folder, &["code", "result.json", "--format", "jsonl"]);
    let coded = String::from_utf8(coded.stdout).unwrap();
    assert_eq!(coded.lines().count(), 3);
    assert!(coded.contains("\"forwarded_from\":\"Osk Radio\""));
    let address = ends(&folder, &["code", "https://tarrapost.example/feed"], 2);
    assert!(address.contains("sayso add"), "{address}");
}

#[test]
fn standard_input_by_its_beginning_or_by_word() {
    let folder = folder("sources-stdin");
    let given = |arguments: &[&str], input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(arguments)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let feed = rss(&item(
        1,
        "Two guards were taken on Tuesday, the manager said.",
    ));
    let (status, _, told) = given(&["add", "-"], &feed);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.contains("1 added"), "{told}");
    let (status, sheets, told) =
        given(&["code", "-", "--from", "text", "--format", "jsonl"], &feed);
    assert_eq!(status, Some(0), "{told}");
    assert!(sheets.contains("<guid isPermaLink"), "{sheets}");
    let (status, _, told) = given(&["code", "-", "--from", "telegram"], &feed);
    assert_eq!(status, Some(2));
    assert!(told.contains("no Telegram export"), "{told}");
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let folder = folder("sources-gone");
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    fs::write(
        folder.join("a.txt"),
        "The road was closed, the police said.",
    )
    .unwrap();
    let told = ends(
        &folder,
        &[
            "add",
            "--allow-private",
            &format!("http://{free}/feed"),
            "a.txt",
        ],
        2,
    );
    assert!(
        told.contains("cannot be reached") && told.contains("1 added"),
        "{told}"
    );
}
