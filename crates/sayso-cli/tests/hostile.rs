//! What a report holds to drive a terminal, turn a line round or pass for another name is shown for
//! what it is, by every command that prints for people and in every file that a spreadsheet opens.

#![allow(clippy::unwrap_used)]

mod running;

use std::fs;
use std::path::Path;

use running::{folder, sayso};

/// Escape sequences (title of the window, clear the screen, one byte for `ESC [`), an override, a
/// zero-width space and Cyrillic letters.
const OUTLET: &str = "T\\u0430rra\\u202etsoP \\u001b]0;owned\\u0007";
const TITLE: &str = "=HYPERLINK(\\\"http://x.example\\\")\\u001b[2J";
const TEXT: &str = "Fighters of the Dawn\\u200b Front killed four soldiers near Tarra on Monday, the \
    governor of \\u0422arra said.\\u001b[31m The army\\u202e denied it\\u009b2J, spokesman \
    \\u001b]8;;http://x.example\\u0007Adan Oru said.";

fn is_clean(what: &str, shown: &[u8]) {
    let shown = String::from_utf8_lossy(shown);
    for c in shown.chars() {
        let drives = c.is_control() && !matches!(c, '\n' | '\t');
        let turns = matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(
            !drives && !turns,
            "{what}: U+{:04X} in {shown:?}",
            u32::from(c)
        );
    }
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = sayso(folder, arguments);
    is_clean(&format!("{arguments:?}"), &output.stdout);
    is_clean(&format!("{arguments:?}"), &output.stderr);
    assert!(!output.stdout.is_empty() || !output.stderr.is_empty());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn nothing_that_a_report_holds_drives_the_terminal() {
    let folder = folder("hostile");
    let line = format!(
        "{{\"id\":\"r\\u001b[1m1\",\"text\":\"{TEXT}\",\"title\":\"{TITLE}\",\"outlet\":\"{OUTLET}\",\
         \"author\":\"=1+1\",\"published\":\"2025-05-13\"}}\n{{\"text\":\"\\u001b[2J\",\"published\":\
         \"\\u001b[2J\\u202e\"}}\n"
    );
    fs::write(folder.join("a.jsonl"), line).unwrap();
    let coded = run(&folder, &["code", "a.jsonl"]);
    for shown in ["<U+202E>", "<U+200B>", "<U+001B>", "<U+0430>"] {
        assert!(coded.contains(shown), "{shown}: {coded}");
    }
    run(&folder, &["explain", "a.jsonl"]);
    run(&folder, &["incidents", "a.jsonl"]);
    run(&folder, &["add", "a.jsonl"]);
    run(&folder, &["search", "governor"]);
    run(&folder, &["report", "r\u{1b}[1m1"]);
    run(&folder, &["report", "no\u{1b}[2Jne"]);
    let listed = run(&folder, &["incidents"]);
    let id = listed
        .split_whitespace()
        .find(|word| word.starts_with("i:"));
    let id = id.unwrap_or_else(|| panic!("no incident in {listed}"));
    run(&folder, &["show", id]);
    run(&folder, &["code", "no\u{1b}[2Jne\u{202e}.txt"]);
    // Data for programs keeps what was there: JSON writes controls as `\u001b`.
    let output = sayso(&folder, &["code", "a.jsonl", "--format", "jsonl"]);
    assert!(!output.stdout.contains(&0x1b));
    let sheet: serde_json::Value =
        serde_json::from_slice(output.stdout.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    let codes: Vec<&str> = sheet["notes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|note| note["code"].as_str())
        .collect();
    assert!(codes.contains(&"hidden-characters"), "{codes:?}");
    assert!(codes.contains(&"mixed-scripts"), "{codes:?}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_damaged_ledger_is_refused_with_what_to_do() {
    let folder = folder("hostile-ledger");
    fs::write(
        folder.join("a.txt"),
        "Road closed\n\nThe road to Tarra was closed on Monday, the governor said.",
    )
    .unwrap();
    let added = sayso(&folder, &["add", "a.txt"]);
    assert!(added.status.success(), "{added:?}");
    let path = folder.join("sayso.db");
    // What is still in the log beside it would mend the file. A command that ends quickly may leave
    // it; whichever opens the ledger next takes it in.
    let has_log = || ["sayso.db-wal", "sayso.db-shm"].map(|beside| folder.join(beside).exists());
    for _ in 0..20 {
        if has_log() == [false, false] {
            break;
        }
        assert!(sayso(&folder, &["verify"]).status.success());
    }
    assert_eq!(has_log(), [false, false]);
    let sound = fs::read(&path).unwrap();
    let mut changed = sound.clone();
    for byte in changed.iter_mut().skip(100).take(3_000) {
        *byte ^= 0x5a;
    }
    for (what, bytes) in [
        ("noise", vec![0x5a; 20_000]),
        ("text", b"not a ledger at all".repeat(100)),
        ("cut", sound[..sound.len() / 2].to_vec()),
        ("changed", changed),
    ] {
        fs::write(&path, bytes).unwrap();
        for command in ["verify", "incidents"] {
            let output = sayso(&folder, &[command]);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success(), "{what}, {command}: {told}");
            assert!(
                told.contains("The file is damaged"),
                "{what}, {command}: {told}"
            );
        }
    }
    // Whole again, it is a ledger again.
    fs::write(&path, &sound).unwrap();
    assert!(sayso(&folder, &["verify"]).status.success());
    fs::remove_dir_all(&folder).unwrap();
}
