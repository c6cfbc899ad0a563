//! The ledger's commands as their users meet them, and what they do when they are killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod running;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use running::{command, does, ends, folder, sayso};

const CONVOY: &str = "Gunmen attacked a convoy near Goma on Tuesday, killing three soldiers, the army \
    said. A rebel spokesman denied the attack.";

/// Lines of invented reports, each different.
fn archive(reports: usize) -> String {
    let mut lines = String::new();
    for n in 0..reports {
        let line = serde_json::json!({
            "id": format!("report-{n}"),
            "published": "2025-10-22",
            "outlet": "Sefra Courier",
            "text": format!("Gunmen attacked post {n} on Tuesday, the army said."),
        });
        let _ = writeln!(lines, "{line}");
    }
    lines
}

fn json(written: &str) -> serde_json::Value {
    serde_json::from_str(written).unwrap()
}

/// SHA-256, as `sha256sum` prints it; not every system has that.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    use std::fmt::Write as _;
    let hash = sha2::Sha256::digest(bytes);
    hash.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[test]
fn a_report_is_added_reviewed_found_and_erased() {
    let folder = folder("ledger-story");
    let report = serde_json::json!({"id": "convoy-1", "published": "2025-10-22", "text": CONVOY});
    fs::write(folder.join("in.jsonl"), report.to_string()).unwrap();
    assert!(ends(&folder, &["head"], 1).contains("no ledger"));
    does(&folder, &["add", "in.jsonl"]);
    does(&folder, &["add", "in.jsonl"]);
    let head = does(&folder, &["head"]);
    assert_eq!(head.trim().len(), 64);
    assert!(does(&folder, &["verify", "--head", head.trim()]).contains("2 entries"));

    let shown = json(&does(&folder, &["report", "convoy-1", "--format", "json"]));
    // Of the line of the file as it stands: `sha256sum in.jsonl`.
    let bytes = fs::read(folder.join("in.jsonl")).unwrap();
    let hash = shown["versions"][0]["sha256"].as_str().unwrap();
    assert_eq!(hash, sha256(&bytes));
    let events = shown["sheet"]["events"].as_array().unwrap();
    let event = events
        .iter()
        .find(|event| event["acled"].is_string())
        .unwrap();
    let id = event["id"].as_str().unwrap();
    let by = ["--by", "R. Analyst", "--why", "read it"];
    let correct = [
        "review",
        "correct",
        "convoy-1",
        id,
        "--field",
        "acled",
        "--value",
        "Armed clash",
    ];
    does(&folder, &[&correct[..], &by].concat());
    let added = [
        "review",
        "statement",
        "convoy-1",
        "--content",
        "killing three soldiers",
        "--source",
        "the army",
    ];
    let statement = does(&folder, &[&added[..], &by].concat());
    let added = [
        "review", "event", "convoy-1", "--anchor", "denied", "--type", "talks",
    ];
    does(&folder, &[&added[..], &by].concat());
    let wrong = [
        "review",
        "accept",
        "convoy-1",
        "s:ffffffffffff",
        "--by",
        "R",
    ];
    assert!(ends(&folder, &wrong, 1).contains("s:ffffffffffff"));
    let text = does(&folder, &["report", "convoy-1"]);
    for words in [
        "Armed clash",
        statement.trim(),
        "by-hand",
        "R. Analyst",
        "read it",
    ] {
        assert!(text.contains(words), "no `{words}` in:\n{text}");
    }
    assert!(does(&folder, &["search", "CONVOY", "goma"]).contains("convoy-1"));
    let early = ["report", "convoy-1", "--as-of", "2020-01-01"];
    assert!(ends(&folder, &early, 1).contains("convoy-1"));
    let early = ["search", "convoy", "--published-by", "2025-10-21"];
    assert_eq!(does(&folder, &early), "");

    does(
        &folder,
        &["export-ledger", "out.jsonl", "--with-keys", "out.keys"],
    );
    let import = [
        "import-ledger",
        "out.jsonl",
        "--with-keys",
        "out.keys",
        "--ledger",
        "copy.db",
    ];
    does(&folder, &import);
    assert_eq!(
        does(&folder, &["report", "convoy-1", "--ledger", "copy.db"]),
        text
    );

    let erase = [
        "erase",
        "convoy-1",
        "--by",
        "R. Analyst",
        "--why",
        "a witness asked",
    ];
    does(&folder, &erase);
    assert!(ends(&folder, &["report", "convoy-1"], 1).contains("a witness asked"));
    assert_eq!(does(&folder, &["search", "convoy"]), "");
    assert!(ends(&folder, &["add", "in.jsonl"], 2).contains("erased"));
    assert!(does(&folder, &["verify", "--head", head.trim()]).starts_with("sound"));
    assert!(does(&folder, &["report", "convoy-1", "--ledger", "copy.db"]).contains("Armed clash"));
}

#[test]
fn another_content_under_a_known_id_is_listed_and_stops_nothing() {
    let folder = folder("ledger-content");
    let line =
        |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    fs::write(folder.join("a.jsonl"), line("1", "The bridge was closed.")).unwrap();
    let second = line("1", "The bridge was opened again.") + "no json\n" + &line("2", "Rain fell.");
    fs::write(folder.join("b.jsonl"), second).unwrap();
    does(&folder, &["add", "a.jsonl"]);
    let errors = ends(&folder, &["add", "b.jsonl"], 2);
    assert!(
        errors.contains("--corrections") && errors.contains("line 2"),
        "{errors}"
    );
    assert!(errors.contains("1 added"), "{errors}");
    let errors = ends(&folder, &["add", "b.jsonl", "--corrections"], 2);
    assert!(errors.contains("1 corrected"), "{errors}");
    assert!(does(&folder, &["report", "1"]).contains("corrected by the outlet"));
}

#[test]
fn nothing_is_exported_where_there_is_no_ledger() {
    let folder = folder("ledger-export");
    let export = ["export-ledger", "out.jsonl", "--with-keys", "out.keys"];
    assert!(ends(&folder, &export, 1).contains("no ledger"));
    assert!(!folder.join("out.jsonl").exists() && !folder.join("out.keys").exists());
    fs::write(folder.join("in.jsonl"), archive(1)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    does(&folder, &export);
}

/// The sheets of a file, as an older version had made them.
fn older_sheets(folder: &Path, input: &str) -> String {
    let sheets = does(folder, &["code", input, "--format", "jsonl"]);
    let mut older = String::new();
    for line in sheets.lines() {
        let mut sheet = json(line);
        sheet["made_by"]["sayso"] = "0.0.1".into();
        let _ = writeln!(older, "{sheet}");
    }
    older
}

fn notes(sheet: &serde_json::Value) -> Vec<&str> {
    let notes = sheet["notes"].as_array().unwrap().iter();
    notes.map(|note| note["code"].as_str().unwrap()).collect()
}

#[test]
fn a_report_that_cannot_be_read_stops_no_recoding() {
    let folder = folder("ledger-recode");
    // Half a character of UTF-16: what the reader noted is in no later sheet by itself.
    let wide = "\u{feff}The bridge was closed, the police said.".encode_utf16();
    let wide: Vec<u8> = wide.chain([0xd800]).flat_map(u16::to_le_bytes).collect();
    fs::write(folder.join("wide.txt"), wide).unwrap();
    let older = older_sheets(&folder, "wide.txt");
    let id = json(older.trim())["report"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        notes(&json(older.trim())).contains(&"replaced-bytes"),
        "{older}"
    );
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    let older = older + &older_sheets(&folder, "in.jsonl");
    fs::write(folder.join("older.jsonl"), older).unwrap();
    does(&folder, &["add", "--sheets", "older.jsonl"]);

    // The content of the second report is damaged on the disk.
    let export = does(&folder, &["export-ledger", "-"]);
    let entry = json(export.lines().nth(3).unwrap());
    assert_eq!(entry["kind"], "report");
    let sealed = entry["sealed_body"].as_str().unwrap();
    let body = STANDARD.decode(sealed).unwrap();
    let path = folder.join("sayso.db");
    let mut bytes = fs::read(&path).unwrap();
    let end = &body[body.len() - 16..];
    let at = bytes.windows(16).position(|window| window == end).unwrap();
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();

    let told = ends(&folder, &["recode"], 2);
    assert!(told.contains("2 coded again, 0 up to date"), "{told}");
    assert!(told.contains("left out: report-0: entry 3"), "{told}");
    let shown = json(&does(&folder, &["report", &id, "--format", "json"]));
    assert_ne!(shown["sheet"]["made_by"]["sayso"], "0.0.1");
    assert!(
        notes(&shown["sheet"]).contains(&"replaced-bytes"),
        "{shown}"
    );
    assert!(ends(&folder, &["recode"], 2).contains("0 coded again, 2 up to date"));
}

#[test]
fn recoding_gives_the_same_on_any_number_of_threads() {
    let told = ["1", "4"].map(|jobs| {
        let folder = folder(&format!("ledger-recode-{jobs}"));
        fs::write(folder.join("in.jsonl"), archive(6)).unwrap();
        let older = older_sheets(&folder, "in.jsonl");
        fs::write(folder.join("older.jsonl"), older).unwrap();
        does(&folder, &["add", "--sheets", "older.jsonl"]);
        let recoded = sayso(&folder, &["recode", "--jobs", jobs]);
        let recoded = running::stderr(&recoded);
        assert!(recoded.contains("6 coded again, 0 up to date"), "{recoded}");
        let shown = |n: usize| {
            let shown = ["report", &format!("report-{n}"), "--format", "json"];
            json(&does(&folder, &shown))
        };
        let reports: Vec<serde_json::Value> = (0..6).map(shown).collect();
        // The order of the entries, by the place at which their report first comes: what entries
        // call it is known to this ledger alone.
        let export = does(&folder, &["export-ledger", "-"]);
        let entries: Vec<serde_json::Value> = export.lines().skip(1).map(json).collect();
        let first = |of: &serde_json::Value| {
            let mut entries = entries.iter();
            entries.position(|entry| entry["report"] == of["report"])
        };
        let order: Vec<_> = entries
            .iter()
            .map(|entry| (entry["kind"].clone(), first(entry)))
            .collect();
        let sheets: Vec<serde_json::Value> =
            reports.iter().map(|shown| shown["sheet"].clone()).collect();
        (order, sheets)
    });
    assert_eq!(told[0].0.len(), 18);
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_changed_ledger_is_not_sound() {
    let folder = folder("ledger-changed");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let head = does(&folder, &["head"]);
    let other = "ab".repeat(32);
    assert!(ends(&folder, &["verify", "--head", &other], 2).contains("cut off"));
    // Bytes of a sealed part, changed in the file itself.
    let path = folder.join("sayso.db");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(5).position(|w| w == b"sheet").unwrap();
    bytes[at..at + 5].copy_from_slice(b"other");
    fs::write(&path, bytes).unwrap();
    let errors = ends(&folder, &["verify", "--head", head.trim()], 2);
    assert!(errors.contains("was changed"), "{errors}");
}

/// The ids of every report in the ledger, each once.
fn ids(folder: &Path) -> BTreeSet<String> {
    let found = does(folder, &["search", "gunmen", "--format", "json"]);
    let ids: Vec<String> = found
        .lines()
        .map(|line| json(line)["report"]["id"].as_str().unwrap().to_owned())
        .collect();
    let distinct: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), distinct.len(), "a report is there twice");
    distinct
}

fn start(folder: &Path) -> Child {
    command(folder, &["add", "in.jsonl", "--jobs", "2"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Numbers that look random and are the same in every run (a linear congruential generator).
struct Moments(u64);

impl Moments {
    /// A part of one, 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }
}

/// Killed with SIGKILL at 50 moments and started again: nothing is lost, nothing is doubled.
#[test]
fn killed_at_any_moment_it_goes_on_where_it_stopped() {
    const REPORTS: usize = 400;
    const KILLS: usize = 50;
    let folder = folder("ledger-killed");
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    // How long one start takes here, to spread the kills over loading, coding and writing.
    fs::write(folder.join("one.jsonl"), archive(1)).unwrap();
    let started = Instant::now();
    does(&folder, &["add", "one.jsonl", "--ledger", "other.db"]);
    let once = started.elapsed();
    let mut moments = Moments(20_251_022);
    let (mut killed, mut soundness) = (0, 0);
    while killed < KILLS {
        let mut child = start(&folder);
        std::thread::sleep(Duration::from_secs_f64(
            once.as_secs_f64() * 2.0 * moments.next(),
        ));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        } else {
            // All reports are in: begin anew, so that every kill has something to break.
            for file in ["sayso.db", "sayso.db.keys"] {
                for part in ["", "-wal", "-shm"] {
                    let _ = fs::remove_file(folder.join(format!("{file}{part}")));
                }
            }
        }
        child.wait().unwrap();
        if killed % 10 == 0 && folder.join("sayso.db").exists() {
            let verdict = sayso(&folder, &["verify"]);
            // Killed before the file was made, there is no ledger yet.
            let no_ledger = String::from_utf8_lossy(&verdict.stderr).contains("no ledger");
            assert!(verdict.status.success() || no_ledger, "{verdict:?}");
            soundness += 1;
        }
    }
    assert!(soundness > 0);
    does(&folder, &["add", "in.jsonl"]);
    let expected: BTreeSet<String> = (0..REPORTS).map(|n| format!("report-{n}")).collect();
    assert_eq!(ids(&folder), expected);
    let verdict = does(&folder, &["verify"]);
    assert!(
        verdict.contains(&format!("sound: {} entries", 2 * REPORTS)),
        "{verdict}"
    );
}

/// Two processes that add at the same moment, also to a ledger that is not there yet.
#[test]
fn two_that_add_at_once_lose_nothing() {
    const REPORTS: usize = 60;
    let folder = folder("ledger-two");
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    let (mut one, mut other) = (start(&folder), start(&folder));
    assert!(one.wait().unwrap().success() && other.wait().unwrap().success());
    assert_eq!(ids(&folder).len(), REPORTS);
    let verdict = does(&folder, &["verify"]);
    assert!(
        verdict.contains(&format!("sound: {} entries", 2 * REPORTS)),
        "{verdict}"
    );
}

/// A report on one attack, and the id of its event.
fn with_event(folder: &Path) -> String {
    let report = serde_json::json!({"id": "mill-1", "published": "2025-10-22", "outlet": "Orla Times",
        "text": "Gunmen attacked the mill of Wad Madani in Sudan on Monday and killed 5 workers, \
                 the Mill Workers' Union said."});
    fs::write(folder.join("mill.jsonl"), report.to_string()).unwrap();
    does(folder, &["add", "mill.jsonl"]);
    let shown = json(&does(folder, &["report", "mill-1", "--format", "json"]));
    let event = &shown["sheet"]["events"][0];
    assert!(event["acled"].is_string(), "{shown}");
    event["id"].as_str().unwrap().to_owned()
}

const BY: [&str; 2] = ["--by", "R. Analyst"];

#[test]
fn an_event_is_corrected_in_plain_words() {
    let folder = folder("ledger-facts");
    let id = &with_event(&folder);
    let correct = |facts: &[&str]| {
        let command = ["review", "correct", "mill-1", id];
        does(&folder, &[&command[..], facts, &BY].concat())
    };
    let event = || {
        let shown = json(&does(&folder, &["report", "mill-1", "--format", "json"]));
        shown["sheet"]["events"][0].clone()
    };
    correct(&["--killed", "7", "--injured", "at least 12"]);
    let told = correct(&["--place", "Kassala, SDN", "--time", "2025-10-19/2025-10-20"]);
    assert!(told.starts_with("place: Kassala"), "{told}");
    correct(&["--type", "armed-clash", "--status", "alleged"]);
    let now = event();
    let tolls = now["tolls"].as_array().unwrap();
    let figures: Vec<(&str, u64, Option<u64>)> = tolls
        .iter()
        .map(|toll| {
            let effect = toll["effect"].as_str().unwrap();
            (effect, toll["low"].as_u64().unwrap(), toll["high"].as_u64())
        })
        .collect();
    assert_eq!(figures, [("killed", 7, Some(7)), ("injured", 12, None)]);
    let page = does(&folder, &["report", "mill-1"]);
    assert!(page.contains("7 civilians killed"), "{page}");
    assert!(page.contains("12 or more"), "{page}");
    assert_eq!(now["place"]["country"], "SDN");
    assert_eq!(now["place"]["level"], "settlement");
    assert_eq!(now["time"]["start"], "2025-10-19");
    assert_eq!(now["time"]["end"], "2025-10-20");
    assert_eq!(now["time"]["date_prec"], 2);
    assert_eq!(now["acled"], "Armed clash");
    assert_eq!(now["status"], "alleged");
    for field in ["tolls", "place", "time", "acled", "status"] {
        assert_eq!(now["why"][field]["rule"], "by-hand", "{field}");
    }

    // Not known is no number, and nobody is 0.
    correct(&["--killed", "unknown", "--injured", "unknown"]);
    let now = event();
    assert_eq!(now["tolls"], json("[]"));
    assert_eq!(now["toll_status"], "unknown");
    correct(&["--killed", "none"]);
    assert_eq!(event()["toll_status"], "none");
    // What is so already is no review.
    let before = does(&folder, &["head"]);
    correct(&["--killed", "none"]);
    assert_eq!(does(&folder, &["head"]), before);
}

#[test]
fn an_event_is_added_with_its_facts() {
    let folder = folder("ledger-added-facts");
    with_event(&folder);
    let add = [
        "review",
        "event",
        "mill-1",
        "--anchor",
        "attacked",
        "--type",
        "attack",
        "--killed",
        "5",
        "--place",
        "Wad Madani, SDN",
        "--time",
        "2025-10-20",
    ];
    let told = does(&folder, &[&add[..], &BY].concat());
    let id = told.lines().next().unwrap();
    let shown = json(&does(&folder, &["report", "mill-1", "--format", "json"]));
    let events = shown["sheet"]["events"].as_array().unwrap();
    let event = events.iter().find(|event| event["id"] == id).unwrap();
    assert_eq!(event["tolls"][0]["quote"], "5");
    assert_eq!(event["tolls"][0]["low"], 5);
    assert_eq!(event["place"]["quote"], "Wad Madani");
    assert_eq!(event["time"]["start"], "2025-10-20");
    assert_eq!(event["toll_status"], "counted");
}

#[test]
fn facts_that_are_none_are_told_with_what_is_allowed() {
    let folder = folder("ledger-wrong-facts");
    let id = &with_event(&folder);
    let before = does(&folder, &["head"]);
    for (facts, words) in [
        (
            &["--killed", "many"][..],
            &["`many` is no --killed", "unknown"][..],
        ),
        (
            &["--time", "Monday"],
            &["`Monday` is no --time", "2025-05-12"],
        ),
        (
            &["--place", "Nowhereville"],
            &["`Nowhereville` is no --place", "gazetteer find"],
        ),
        (&["--place", "San José"], &["the number of one:"]),
        (
            &["--type", "picnic"],
            &["`picnic` is no --type", "Armed clash"],
        ),
        (
            &["--status", "perhaps"],
            &["`perhaps` is no status", "asserted"],
        ),
        (
            &["--killed", "7", "--field", "acled", "--value", "x"],
            &["in one way"],
        ),
        (&[], &["say what is right"]),
    ] {
        let command = ["review", "correct", "mill-1", id];
        let told = ends(&folder, &[&command[..], facts, &BY].concat(), 1);
        for word in words {
            assert!(told.contains(word), "`{word}` is not in `{told}`");
        }
    }
    let other = [
        "review",
        "correct",
        "mill-1",
        "e:000000000000",
        "--killed",
        "7",
    ];
    let told = ends(&folder, &[&other[..], &BY].concat(), 1);
    assert!(
        told.contains(id.as_str()) && told.contains("no event"),
        "{told}"
    );
    assert_eq!(does(&folder, &["head"]), before);
}
