//! A laptop is stolen: what an encrypted ledger tells, and the lock as its users meet it.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::running::{command, does, ends, folder, sayso, stderr};
use super::{archive, expected, ids, not_run};

const WORDS: &str = "lantern gravel otter noon";
const OTHER: &str = "window salt eleven barge";

fn words(folder: &Path, name: &str, words: &str) {
    fs::write(folder.join(name), format!("{words}\n")).unwrap();
}

/// The files of a folder below `of`, all their bytes.
fn bytes(folder: &Path, of: &str) -> Vec<(String, Vec<u8>)> {
    fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(of))
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect()
}

#[test]
fn a_ledger_is_encrypted_read_changed_and_decrypted() {
    let folder = folder("bad-locked");
    fs::write(folder.join("in.jsonl"), archive(6)).unwrap();
    words(&folder, "words", WORDS);
    words(&folder, "other", OTHER);
    words(&folder, "short", "too short");
    does(&folder, &["add", "in.jsonl"]);
    let review = [
        "review",
        "withdraw",
        "report-2",
        "--by",
        "Ilse Marten",
        "--why",
        "taken back",
    ];
    does(&folder, &review);
    let erase = [
        "erase",
        "report-5",
        "--by",
        "Ilse Marten",
        "--why",
        "a nurse asked",
    ];
    does(&folder, &erase);
    let head = does(&folder, &["head"]);
    let readable = |what: &str| {
        let files = bytes(&folder, "sayso.db");
        assert!(files.len() >= 2);
        let holds = |bytes: &[u8]| bytes.windows(what.len()).any(|w| w == what.as_bytes());
        files.iter().any(|(_, bytes)| holds(bytes))
    };
    assert!(
        readable("Ilse Marten") && readable("a nurse asked"),
        "the control"
    );

    let none = ends(&folder, &["ledger", "encrypt"], 1);
    assert!(none.contains("SAYSO_PASSPHRASE"), "{none}");
    let short = ["ledger", "encrypt", "--passphrase-file", "short"];
    assert!(ends(&folder, &short, 1).contains("12 characters"));
    let encrypted = sayso(
        &folder,
        &["ledger", "encrypt", "--passphrase-file", "words"],
    );
    assert!(encrypted.status.success(), "{}", stderr(&encrypted));
    assert!(stderr(&encrypted).contains("no other way in"));
    for what in [
        "Ilse Marten",
        "a nurse asked",
        "Sefra Courier",
        "Olgrad",
        "Raiders",
        WORDS,
    ] {
        assert!(!readable(what), "`{what}` can be read");
    }

    for arguments in [
        &["head"][..],
        &["verify"],
        &["search", "raiders"],
        &["add", "in.jsonl"],
    ] {
        let told = ends(&folder, arguments, 1);
        assert!(
            told.contains("is encrypted") && told.contains("--passphrase-file"),
            "{told}"
        );
    }
    let wrong = ["head", "--passphrase-file", "other"];
    let told = ends(&folder, &wrong, 1);
    assert!(
        told.contains("not the passphrase") && !told.contains(OTHER),
        "{told}"
    );
    let with = ["--passphrase-file", "words"];
    assert_eq!(does(&folder, &[&["head"][..], &with].concat()), head);
    assert!(
        does(
            &folder,
            &[&["verify", "--head", head.trim()][..], &with].concat()
        )
        .contains("sound")
    );
    let mut there = expected(5);
    assert_eq!(ids(&folder, &with), there);
    // By the environment as well.
    let output = command(&folder, &["add", "in.jsonl"])
        .env("SAYSO_PASSPHRASE", WORDS)
        .output();
    let told = stderr(&output.unwrap());
    assert!(told.contains("0 added, 5 known"), "{told}");

    let change = [
        "ledger",
        "passphrase",
        "--passphrase-file",
        "words",
        "--new-passphrase-file",
        "other",
    ];
    does(&folder, &change);
    assert!(ends(&folder, &[&["head"][..], &with].concat(), 1).contains("not the passphrase"));
    let with = ["--passphrase-file", "other"];
    assert_eq!(ids(&folder, &with), there);
    does(&folder, &[&["ledger", "decrypt"][..], &with].concat());
    assert_eq!(ids(&folder, &[]), there);
    let fresh = archive(7);
    fs::write(folder.join("more.jsonl"), fresh.lines().last().unwrap()).unwrap();
    does(&folder, &["add", "more.jsonl"]);
    there.insert("report-6".to_owned());
    assert_eq!(ids(&folder, &[]), there);
}

#[test]
fn a_new_ledger_is_encrypted_where_a_passphrase_is_given() {
    let folder = folder("bad-locked-new");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    words(&folder, "words", WORDS);
    let output = sayso(&folder, &["add", "in.jsonl", "--passphrase-file", "words"]);
    assert!(
        stderr(&output).contains("the new ledger is encrypted"),
        "{output:?}"
    );
    assert!(ends(&folder, &["head"], 1).contains("is encrypted"));
    // One that is not is told, lest anybody believes it is.
    does(&folder, &["add", "in.jsonl", "--ledger", "clear.db"]);
    let output = sayso(
        &folder,
        &["head", "--ledger", "clear.db", "--passphrase-file", "words"],
    );
    assert!(output.status.success());
    assert!(
        stderr(&output).contains("the ledger is not encrypted"),
        "{output:?}"
    );
}

/// `script` (util-linux) gives the command a terminal to ask at.
#[test]
fn at_a_terminal_it_is_asked_for_and_not_shown() {
    let folder = folder("bad-locked-asked");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    words(&folder, "words", WORDS);
    does(&folder, &["add", "in.jsonl", "--passphrase-file", "words"]);
    let head = does(&folder, &["head", "--passphrase-file", "words"]);
    let sayso = env!("CARGO_BIN_EXE_sayso");
    let started = Command::new("script")
        .args(["-qec", &format!("'{sayso}' head"), "/dev/null"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        not_run("there is no `script` here (util-linux)");
        return;
    };
    let mut input = child.stdin.take().unwrap();
    // It is typed when it is asked for.
    std::thread::sleep(std::time::Duration::from_secs(3));
    writeln!(input, "{WORDS}").unwrap();
    let output = child.wait_with_output().unwrap();
    drop(input);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("passphrase: "), "{shown}");
    assert!(shown.contains(head.trim()), "{shown}");
    assert!(!shown.contains("gravel"), "it was shown: {shown}");
}

/// The desk opens an encrypted ledger like any other command.
#[test]
fn the_desk_asks_for_the_passphrase_too() {
    let folder = folder("bad-locked-desk");
    fs::write(folder.join("in.jsonl"), archive(1)).unwrap();
    words(&folder, "words", WORDS);
    does(&folder, &["add", "in.jsonl", "--passphrase-file", "words"]);
    let desk = ["desk", "--ledger", "sayso.db", "--no-open"];
    assert!(ends(&folder, &desk, 1).contains("is encrypted"));
    let mut child = command(
        &folder,
        &[&desk[..], &["--passphrase-file", "words"]].concat(),
    )
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut line = String::new();
    let output = child.stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
}
