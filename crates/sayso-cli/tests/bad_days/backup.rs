//! Backups are drilled: made while reports come in, everything destroyed, brought back.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::running::{command, does, ends, folder, sayso, stderr};
use super::server::{Server, programs};
use super::{archive, expected, ids, not_run};

const WORDS: &str = "lantern gravel otter noon";

fn add_user(folder: &Path, name: &str, options: &[&str]) {
    let mut child = command(
        folder,
        &[&["users", "add", name, "--role", "admin"][..], options].concat(),
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
    add_user(folder, "ana", &["--ledger", from]);
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
        not_run("PostgreSQL is not installed (apt-get install postgresql)");
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

/// What is in each file of a backup, unpacked.
fn members(backup: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(fs::File::open(backup).unwrap()).unwrap();
    let mut members = Vec::new();
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        drop(file);
        members.push((name, bytes));
    }
    members
}

/// A backup with these files.
fn backup_of(path: &Path, members: &[(String, Vec<u8>)]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        archive
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

/// The same files with a manifest that says what `change` makes of it.
fn with_manifest(
    members: &[(String, Vec<u8>)],
    change: impl Fn(&mut serde_json::Value),
) -> Vec<(String, Vec<u8>)> {
    let mut members = members.to_vec();
    for (name, bytes) in &mut members {
        if name == "manifest.json" {
            let mut manifest = serde_json::from_slice(bytes).unwrap();
            change(&mut manifest);
            *bytes = manifest.to_string().into_bytes();
        }
    }
    members
}

#[test]
fn a_manifest_of_any_numbers_breaks_nothing() {
    let folder = folder("bad-backup-manifest");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    does(&folder, &["backup", "a.backup"]);
    let members = members(&folder.join("a.backup"));
    let bytes = with_manifest(&members, |manifest| {
        manifest["files"][0]["bytes"] = u64::MAX.into();
    });
    let form = with_manifest(&members, |manifest| {
        manifest["schema"] = "sayso.backup/9".into();
    });
    let key = with_manifest(&members, |manifest| {
        manifest["schema"] = "sayso.backup/2".into();
        manifest["sealed"] = "bm8ga2V5".into();
    });
    for (changed, word) in [
        (bytes, "is not what was written"),
        (form, "this version reads"),
        (key, "does not name entries.sealed"),
    ] {
        backup_of(&folder.join("b.backup"), &changed);
        let told = ends(&folder, &["restore", "b.backup", "--ledger", "b.db"], 1);
        assert!(told.contains(word), "`{word}`: {told}");
        assert!(!folder.join("b.db").exists());
    }
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

    // Half an export, as a copy that was cut short leaves it: what it does not say is not known.
    let whole = fs::read_to_string(folder.join("later.jsonl")).unwrap();
    let half: Vec<&str> = whole.lines().take(3).collect();
    let half = half.join("\n") + "\n";
    fs::write(folder.join("half.jsonl"), half).unwrap();
    fs::write(folder.join("wrong.txt"), "no JSON at all\n").unwrap();
    for (file, word) in [
        ("half.jsonl", "ends before its last entry"),
        ("wrong.txt", "line 1: "),
    ] {
        let restore = [
            "restore",
            "early.backup",
            "--ledger",
            "not.db",
            "--erased-in",
            file,
        ];
        let told = ends(&folder, &restore, 1);
        assert!(told.contains(file) && told.contains(word), "{told}");
        assert!(!folder.join("not.db").exists());
    }
    // A backup of a later time says the same.
    does(&folder, &["backup", "later.backup"]);
    let restore = [
        "restore",
        "early.backup",
        "--ledger",
        "third.db",
        "--erased-in",
        "later.backup",
    ];
    let told = stderr(&sayso(&folder, &restore));
    assert!(told.contains("1 reports erased again"), "{told}");
}

#[test]
fn the_backup_of_an_encrypted_ledger_takes_its_passphrase() {
    let folder = folder("bad-backup-locked");
    fs::write(folder.join("in.jsonl"), archive(4)).unwrap();
    fs::write(folder.join("words"), WORDS).unwrap();
    fs::write(folder.join("other"), "window salt eleven barge").unwrap();
    let with = ["--passphrase-file", "words"];
    let does_with = |arguments: &[&str]| does(&folder, &[arguments, &with].concat());
    does_with(&["add", "in.jsonl"]);
    let name = ["--by", "Ilse Marten", "--why"];
    does_with(
        &[
            &["review", "withdraw", "report-2"][..],
            &name,
            &["taken back"],
        ]
        .concat(),
    );
    does_with(&[&["erase", "report-3"][..], &name, &["a nurse asked"]].concat());
    add_user(&folder, "ilse.marten", &["--ledger", "sayso.db"]);
    let head = does_with(&["backup", "a.backup"]);

    // Whoever finds it reads how much there is, and nothing else.
    let sealed = members(&folder.join("a.backup"));
    let names: Vec<&str> = sealed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "entries.sealed",
            "keys.jsonl",
            "desk.sealed",
            "manifest.json"
        ]
    );
    let words = [
        "Ilse Marten",
        "ilse.marten",
        "argon2",
        "a nurse asked",
        "taken back",
        "Sefra Courier",
        "Olgrad",
        "Raiders",
        "withdrawal",
        WORDS,
    ];
    let holds = |files: &[(String, Vec<u8>)], word: &str| {
        let mut all = files.iter().map(|(_, bytes)| bytes);
        all.any(|bytes| bytes.windows(word.len()).any(|w| w == word.as_bytes()))
    };
    for word in words {
        assert!(!holds(&sealed, word), "`{word}` can be read");
    }
    // The control: of a ledger that is not encrypted some of it can be.
    fs::copy(folder.join("in.jsonl"), folder.join("clear.jsonl")).unwrap();
    does(&folder, &["add", "clear.jsonl", "--ledger", "clear.db"]);
    let erase = [&["erase", "report-3"][..], &name, &["a nurse asked"]].concat();
    does(&folder, &[&erase[..], &["--ledger", "clear.db"]].concat());
    add_user(&folder, "ilse.marten", &["--ledger", "clear.db"]);
    does(&folder, &["backup", "clear.backup", "--ledger", "clear.db"]);
    let clear = members(&folder.join("clear.backup"));
    for word in ["Ilse Marten", "ilse.marten", "argon2", "a nurse asked"] {
        assert!(holds(&clear, word), "the control: {word}");
    }

    // Nobody can put the sealed files of one backup into another, nor cut one off.
    does_with(&["backup", "again.backup"]);
    let again = members(&folder.join("again.backup"));
    let mut mixed = sealed.clone();
    mixed[0] = again[0].clone();
    let mut cut = sealed.clone();
    let half = cut[0].1.len() / 2;
    cut[0].1.truncate(half);
    for (what, changed) in [("mixed", mixed), ("cut", cut)] {
        let bytes = changed[0].1.clone();
        let changed = with_manifest(&changed, |manifest| {
            manifest["files"][0]["bytes"] = bytes.len().into();
            manifest["files"][0]["sha256"] = sha256(&bytes).into();
        });
        backup_of(&folder.join("b.backup"), &changed);
        let restore = ["restore", "b.backup", "--ledger", &format!("{what}.db")];
        let told = ends(&folder, &[&restore[..], &with].concat(), 1);
        assert!(told.contains("b.backup"), "{what}: {told}");
    }

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
    let there = [&["--ledger", "b.db"][..], &with].concat();
    let mut left = expected(4);
    left.remove("report-3");
    assert_eq!(ids(&folder, &there), left);
    let gone = ends(&folder, &[&["report", "report-3"][..], &there].concat(), 1);
    assert!(gone.contains("Ilse Marten: a nurse asked"), "{gone}");
    let users = does(&folder, &["users", "list", "--ledger", "b.db"]);
    assert!(users.contains("ilse.marten"), "{users}");
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    use sha2::Digest as _;
    let mut hex = String::new();
    for byte in sha2::Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").unwrap();
    }
    hex
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
