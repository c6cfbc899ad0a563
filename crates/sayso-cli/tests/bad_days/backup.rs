//! Backups are drilled: made while reports come in, everything destroyed, brought back.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::running::{command, does, ends, folder, sayso, stderr};
use super::server::{Server, programs};
use super::{archive, expected, ids};

const WORDS: &str = "lantern gravel otter noon";

fn add_user(folder: &Path, ledger: &str) {
    let mut child = command(
        folder,
        &["users", "add", "ana", "--role", "admin", "--ledger", ledger],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::null())
    .spawn()
    .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"a long password of ana\n").unwrap();
    drop(input);
    assert!(child.wait().unwrap().success());
}

/// Backs `from` up while it is added to, and brings it back to `to`.
fn drill(folder: &Path, from: &str, to: &str) {
    const REPORTS: usize = 60;
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    let few: String = archive(20);
    fs::write(folder.join("few.jsonl"), few).unwrap();
    does(folder, &["add", "few.jsonl", "--ledger", from]);
    let erase = [
        "erase",
        "report-7",
        "--by",
        "R",
        "--why",
        "asked for",
        "--ledger",
        from,
    ];
    does(folder, &erase);
    add_user(folder, from);
    let mut adding = command(folder, &["add", "in.jsonl", "--ledger", from])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // What is backed up last has to be a whole ledger, whatever was going on.
    for n in 0..3 {
        std::thread::sleep(Duration::from_millis(150));
        let file = format!("desk-{n}.backup");
        let head = does(folder, &["backup", &file, "--ledger", from]);
        assert_eq!(head.trim().len(), 64);
        let again = ends(folder, &["backup", &file, "--ledger", from], 1);
        assert!(again.contains(&file) && again.contains("exists"), "{again}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.join(&file))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o077, 0, "{mode:o}");
        }
    }
    // One report was erased, and is refused when it comes in again.
    assert_eq!(adding.wait().unwrap().code(), Some(2));
    let head = does(folder, &["backup", "last.backup", "--ledger", from]);
    let incidents = does(folder, &["incidents", "--ledger", from]);
    // Destroyed.
    for file in fs::read_dir(folder).unwrap().flatten() {
        let name = file.file_name().into_string().unwrap();
        if name.starts_with("sayso.db") {
            fs::remove_file(file.path()).unwrap();
        }
    }
    let output = sayso(folder, &["restore", "last.backup", "--ledger", to]);
    assert!(output.status.success(), "{}", stderr(&output));
    let to_option = ["--ledger", to];
    assert_eq!(does(folder, &[&["head"][..], &to_option].concat()), head);
    let verify = [&["verify", "--head", head.trim()][..], &to_option].concat();
    assert!(does(folder, &verify).starts_with("sound"));
    assert_eq!(
        does(folder, &[&["incidents"][..], &to_option].concat()),
        incidents
    );
    let mut there = expected(REPORTS);
    there.remove("report-7");
    assert_eq!(ids(folder, &to_option), there);
    let gone = ends(
        folder,
        &[&["report", "report-7"][..], &to_option].concat(),
        1,
    );
    assert!(gone.contains("asked for"), "{gone}");
    assert!(does(folder, &[&["users", "list"][..], &to_option].concat()).contains("ana  admin"));
    // Nothing is written over.
    let again = ends(folder, &["restore", "last.backup", "--ledger", to], 1);
    assert!(again.contains("nothing is written over"), "{again}");
    // The one made in the middle of adding is a whole ledger as well.
    let middle = folder.join("middle.db");
    let middle = middle.to_str().unwrap();
    does(folder, &["restore", "desk-0.backup", "--ledger", middle]);
    assert!(does(folder, &["verify", "--ledger", middle]).starts_with("sound"));
    assert!(ids(folder, &["--ledger", middle]).len() >= 19);
}

#[test]
fn a_ledger_in_files_comes_back() {
    drill(&folder("bad-backup"), "sayso.db", "sayso.db");
}

#[test]
fn a_ledger_in_a_database_comes_back_in_another_or_in_files() {
    let Some(programs) = programs() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "PostgreSQL is not installed"
        );
        eprintln!("NOT RUN: PostgreSQL is not installed (apt-get install postgresql)");
        return;
    };
    let server = Server::start(programs);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        server.place("one").await;
        server.place("other").await;
    });
    let folder = folder("bad-backup-postgres");
    drill(&folder, &server.url("one"), &server.url("other"));
    does(&folder, &["restore", "last.backup", "--ledger", "files.db"]);
    assert!(does(&folder, &["verify", "--ledger", "files.db"]).starts_with("sound"));
}

#[test]
fn a_backup_that_was_damaged_or_cut_short_is_refused_and_nothing_is_made() {
    let folder = folder("bad-backup-damaged");
    fs::write(folder.join("in.jsonl"), archive(10)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    does(&folder, &["backup", "a.backup"]);
    let whole = fs::read(folder.join("a.backup")).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 0x10;
    let cut = whole[..whole.len() * 2 / 3].to_vec();
    for bytes in [flipped, cut, b"no archive at all".to_vec()] {
        fs::write(folder.join("b.backup"), &bytes).unwrap();
        let told = ends(&folder, &["restore", "b.backup", "--ledger", "b.db"], 1);
        assert!(
            told.contains("b.backup") && told.contains("earlier one"),
            "{told}"
        );
        assert!(!folder.join("b.db").exists());
    }
    does(&folder, &["restore", "a.backup", "--ledger", "b.db"]);
}

#[test]
fn what_was_erased_after_a_backup_is_erased_again() {
    let folder = folder("bad-backup-erased");
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    does(&folder, &["backup", "early.backup"]);
    does(
        &folder,
        &["erase", "report-1", "--by", "R", "--why", "a witness asked"],
    );
    does(&folder, &["export-ledger", "later.jsonl"]);
    // Without being told, an old backup brings it back.
    does(&folder, &["restore", "early.backup", "--ledger", "old.db"]);
    does(&folder, &["report", "report-1", "--ledger", "old.db"]);
    let restore = [
        "restore",
        "early.backup",
        "--ledger",
        "new.db",
        "--erased-in",
        "later.jsonl",
    ];
    let output = sayso(&folder, &restore);
    assert!(
        stderr(&output).contains("1 reports erased again"),
        "{output:?}"
    );
    let gone = ends(&folder, &["report", "report-1", "--ledger", "new.db"], 1);
    assert!(gone.contains("a witness asked"), "{gone}");
    assert_eq!(ids(&folder, &["--ledger", "new.db"]).len(), 2);
    assert!(does(&folder, &["verify", "--ledger", "new.db"]).starts_with("sound"));
}

#[test]
fn the_backup_of_an_encrypted_ledger_takes_its_passphrase() {
    let folder = folder("bad-backup-locked");
    fs::write(folder.join("in.jsonl"), archive(4)).unwrap();
    fs::write(folder.join("words"), WORDS).unwrap();
    fs::write(folder.join("other"), "window salt eleven barge").unwrap();
    let with = ["--passphrase-file", "words"];
    does(&folder, &[&["add", "in.jsonl"][..], &with].concat());
    let head = does(&folder, &[&["backup", "a.backup"][..], &with].concat());
    let without = ends(&folder, &["restore", "a.backup", "--ledger", "b.db"], 1);
    assert!(without.contains("is encrypted"), "{without}");
    let wrong = [
        "restore",
        "a.backup",
        "--ledger",
        "b.db",
        "--passphrase-file",
        "other",
    ];
    assert!(ends(&folder, &wrong, 1).contains("not the passphrase"));
    assert!(!folder.join("b.db").exists());
    let restore = ["restore", "a.backup", "--ledger", "b.db"];
    assert_eq!(does(&folder, &[&restore[..], &with].concat()), head);
    assert!(ends(&folder, &["head", "--ledger", "b.db"], 1).contains("is encrypted"));
    assert_eq!(
        ids(&folder, &[&["--ledger", "b.db"][..], &with].concat()),
        expected(4)
    );
}

/// Killed in the middle, it goes on.
#[test]
fn a_restore_that_is_interrupted_goes_on() {
    let folder = folder("bad-backup-killed");
    fs::write(folder.join("in.jsonl"), archive(150)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let head = does(&folder, &["backup", "a.backup"]);
    let restore = ["restore", "a.backup", "--ledger", "b.db"];
    let begun = std::time::Instant::now();
    does(&folder, &["restore", "a.backup", "--ledger", "once.db"]);
    let once = begun.elapsed();
    for part in [0.3, 0.6, 0.9] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args([&restore[..], &["--resume"]].concat())
            .current_dir(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(once.mul_f64(part));
        let _ = child.kill();
        child.wait().unwrap();
    }
    assert_eq!(does(&folder, &[&restore[..], &["--resume"]].concat()), head);
    assert_eq!(ids(&folder, &["--ledger", "b.db"]), expected(150));
}
