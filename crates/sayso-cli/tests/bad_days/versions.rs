//! Two versions on one ledger, and a migration that is cut short.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use super::running::{command, does, ends, folder, sayso, stderr};
use super::{archive, expected, ids};

/// Does something to a file of a ledger past the program.
pub(super) fn at_file(path: &Path, sql: &'static str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(path);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        sqlx::raw_sql(sql).execute(&pool).await.unwrap();
        pool.close().await;
    });
}

/// Takes away what the second form of the file of keys has more than the first.
const BACK_TO_FORM_1: &str = "DROP TRIGGER key_is_wrapped; DROP TRIGGER ledger_key_is_wrapped;
    DROP TABLE lock; DELETE FROM _sqlx_migrations WHERE version = 2;";

#[test]
fn an_older_program_refuses_a_newer_ledger_and_says_what_to_do() {
    let folder = folder("bad-newer");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let newer = "INSERT INTO _sqlx_migrations
            (version, description, success, checksum, execution_time)
         VALUES (7, 'of a later version', true, x'00', 0)";
    at_file(&folder.join("sayso.db"), newer);
    for arguments in [
        &["add", "in.jsonl"][..],
        &["report", "report-1"],
        &["verify"],
    ] {
        let told = ends(&folder, arguments, 1);
        assert!(
            told.contains("form 7") && told.contains("Use the newer version"),
            "{told}"
        );
    }
    at_file(
        &folder.join("sayso.db"),
        "DELETE FROM _sqlx_migrations WHERE version = 7",
    );
    assert_eq!(ids(&folder, &[]), expected(2));
}

#[test]
fn sheets_of_two_versions_lie_in_one_ledger() {
    let folder = folder("bad-versions");
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    let sheets = does(&folder, &["code", "in.jsonl", "--format", "jsonl"]);
    let mut mixed = String::new();
    for (n, line) in sheets.lines().enumerate() {
        let mut sheet: serde_json::Value = serde_json::from_str(line).unwrap();
        if n == 1 {
            sheet["made_by"]["lexicon"] = "of-last-year".into();
        }
        let _ = writeln!(mixed, "{sheet}");
    }
    fs::write(folder.join("mixed.jsonl"), mixed).unwrap();
    does(&folder, &["add", "--sheets", "mixed.jsonl"]);
    let lexicon = |id: &str| {
        let shown = does(&folder, &["report", id, "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        shown["sheet"]["made_by"]["lexicon"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(lexicon("report-1"), "of-last-year");
    assert_ne!(lexicon("report-0"), "of-last-year");
    // Both are read and linked; coding again touches the one that is older.
    assert!(!does(&folder, &["incidents", "--ledger", "sayso.db"]).is_empty());
    let told = stderr(&sayso(&folder, &["recode"]));
    assert!(told.contains("1 coded again, 2 up to date"), "{told}");
    assert_eq!(lexicon("report-1"), lexicon("report-0"));
    assert!(does(&folder, &["verify"]).contains("sound: 7 entries"));
}

/// Kills the command at moments spread over `once`, each time on a fresh copy of the two files;
/// `look` is given each folder afterwards.
fn killed(name: &str, arguments: &[&str], from: &Path, kills: u32, look: impl Fn(&Path)) {
    let copy = |to: &Path| {
        for file in ["sayso.db", "sayso.db.keys"] {
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
    };
    let whole = folder(&format!("{name}-whole"));
    copy(&whole);
    let begun = Instant::now();
    does(&whole, arguments);
    let once = begun.elapsed();
    look(&whole);
    for n in 1..=kills {
        let folder = folder(&format!("{name}-{n}"));
        copy(&folder);
        let mut child = command(&folder, arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(once.mul_f64(f64::from(n) / f64::from(kills + 1)));
        let _ = child.kill();
        child.wait().unwrap();
        look(&folder);
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn a_migration_that_is_cut_short_is_finished_by_the_next_start() {
    let base = folder("bad-migration");
    fs::write(base.join("in.jsonl"), archive(5)).unwrap();
    does(&base, &["add", "in.jsonl"]);
    let head = does(&base, &["head"]);
    at_file(&base.join("sayso.db.keys"), BACK_TO_FORM_1);
    // Told once, by whoever brings it to the new form.
    let copy = folder("bad-migration-told");
    for file in ["sayso.db", "sayso.db.keys"] {
        fs::copy(base.join(file), copy.join(file)).unwrap();
    }
    let told = stderr(&sayso(&copy, &["verify"]));
    assert!(
        told.contains("from form 1 to form 2") && told.contains("backup"),
        "{told}"
    );
    assert_eq!(stderr(&sayso(&copy, &["verify"])), "");
    killed("bad-migration", &["head"], &base, 12, |folder| {
        assert_eq!(does(folder, &["head"]), head);
        assert!(does(folder, &["verify"]).contains("sound: 10 entries"));
        assert_eq!(ids(folder, &[]), expected(5));
    });
}

#[test]
fn encrypting_that_is_killed_leaves_a_ledger_that_can_be_read() {
    let base = folder("bad-encrypting");
    fs::write(base.join("in.jsonl"), archive(40)).unwrap();
    does(&base, &["add", "in.jsonl"]);
    let head = does(&base, &["head"]);
    let words = base.join("words");
    fs::write(&words, "lantern gravel otter noon\n").unwrap();
    let words = words.to_str().unwrap();
    let arguments = ["ledger", "encrypt", "--passphrase-file", words];
    killed("bad-encrypting", &arguments, &base, 8, |folder| {
        let without = sayso(folder, &["verify"]);
        let is_locked = !without.status.success();
        assert!(
            !is_locked || stderr(&without).contains("is encrypted"),
            "{without:?}"
        );
        let with = ["--passphrase-file", words];
        assert_eq!(does(folder, &[&["head"][..], &with].concat()), head);
        let verdict = does(folder, &[&["verify"][..], &with].concat());
        assert!(verdict.contains("sound: 80 entries"), "{verdict}");
        assert_eq!(ids(folder, &with), expected(40));
        // Asked again it is encrypted, whatever there was before.
        if !is_locked {
            does(folder, &arguments);
        }
        let told = ends(folder, &["verify"], 1);
        assert!(told.contains("is encrypted"), "{told}");
        assert_eq!(ids(folder, &with), expected(40));
    });
}
