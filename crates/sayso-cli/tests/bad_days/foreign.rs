//! `--ledger` or `--keys` names a file that is no ledger's, or another's.

use std::fs;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use super::running::{does, ends, folder, sayso, stderr, stdout};
use super::{archive, expected, ids};

#[test]
fn another_programs_database_and_the_other_of_the_two_files_are_left_as_they_are() {
    let folder = folder("bad-foreign");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("bookmarks.db"))
            .create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        let sql = "CREATE TABLE bookmark (address TEXT)";
        sqlx::raw_sql(sql).execute(&pool).await.unwrap();
        pool.close().await;
    });
    for (ledger, keys) in [
        ("bookmarks.db", "fresh.keys"),
        ("sayso.db.keys", "fresh.keys"),
        ("sayso.db", "bookmarks.db"),
        ("sayso.db", "sayso.db"),
    ] {
        let file = if ledger == "sayso.db" { keys } else { ledger };
        let before = fs::read(folder.join(file)).unwrap();
        for command in [&["add", "in.jsonl"][..], &["head"]] {
            let options = ["--ledger", ledger, "--keys", keys];
            let told = ends(&folder, &[command, &options].concat(), 1);
            assert!(
                told.contains(file) && told.contains("look at --ledger and --keys"),
                "{told}"
            );
        }
        let now = fs::read(folder.join(file)).unwrap();
        assert!(now == before, "{file} was changed");
        assert!(!folder.join("fresh.keys").exists());
    }
    assert_eq!(ids(&folder, &[]), expected(2));
}

/// The keys are on a stick that is not there, or their name was mistyped.
#[test]
fn a_ledger_without_its_keys_is_neither_encrypted_nor_backed_up() {
    let folder = folder("bad-no-keys");
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    fs::write(folder.join("words"), "lantern gravel otter noon").unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let withdraw = [
        "review",
        "withdraw",
        "report-2",
        "--by",
        "R",
        "--why",
        "a mistake",
    ];
    does(&folder, &withdraw);
    let head = does(&folder, &["head"]);
    let before = fs::read(folder.join("sayso.db")).unwrap();
    fs::rename(folder.join("sayso.db.keys"), folder.join("away")).unwrap();
    let encrypt = ["ledger", "encrypt", "--passphrase-file", "words"];
    for (arguments, keys) in [
        (&encrypt[..], "sayso.db.keys"),
        (&["backup", "out.backup"], "sayso.db.keys"),
        (&["backup", "out.backup", "--keys", "awya"], "awya"),
        (&["add", "in.jsonl"], "sayso.db.keys"),
        (&["search", "raiders"], "sayso.db.keys"),
    ] {
        let told = ends(&folder, arguments, 1);
        assert!(
            told.contains(&format!("{keys}: there is no file of keys"))
                && told.contains("the ledger's keys are not there"),
            "{arguments:?}: {told}"
        );
        assert!(!folder.join(keys).exists(), "{arguments:?}");
    }
    assert!(!folder.join("out.backup").exists());
    assert!(does(&folder, &["verify"]).contains("sound: 7 entries"));
    assert_eq!(fs::read(folder.join("sayso.db")).unwrap(), before);
    fs::rename(folder.join("away"), folder.join("sayso.db.keys")).unwrap();
    assert_eq!(does(&folder, &["head"]), head);
    assert_eq!(ids(&folder, &[]), expected(3));
    does(&folder, &encrypt);
    assert_eq!(ids(&folder, &["--passphrase-file", "words"]), expected(3));
}

/// One key of three is lost: the backup says so, and brings back what can be.
#[test]
fn a_report_without_its_key_is_told_by_the_backup() {
    let folder = folder("bad-lost-key");
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let export = ["export-ledger", "all.jsonl", "--with-keys", "all.keys"];
    does(&folder, &export);
    let keys = fs::read_to_string(folder.join("all.keys")).unwrap();
    let fewer: Vec<&str> = keys.lines().take(3).collect();
    let fewer = fewer.join("\n") + "\n";
    fs::write(folder.join("few.keys"), fewer).unwrap();
    let import = [
        "import-ledger",
        "all.jsonl",
        "--with-keys",
        "few.keys",
        "--ledger",
        "few.db",
    ];
    does(&folder, &import);
    let backup = ["backup", "few.backup", "--ledger", "few.db"];
    let told = ends(&folder, &backup, 2);
    assert!(
        told.contains("1 report has no key in this ledger"),
        "{told}"
    );
    let restore = ["restore", "few.backup", "--ledger", "back.db"];
    let told = ends(&folder, &restore, 2);
    assert!(told.contains("nobody erased it"), "{told}");
    let search = ["search", "raiders", "--format", "json"];
    let found = sayso(&folder, &[&search[..], &["--ledger", "back.db"]].concat());
    assert_eq!(found.status.code(), Some(2));
    assert!(stderr(&found).contains("does not open"), "{found:?}");
    assert_eq!(stdout(&found).lines().count(), 2, "{found:?}");
}

/// Two files are read: which of them is wrong is said.
#[test]
fn what_is_no_export_is_named() {
    let folder = folder("bad-import");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let export = ["export-ledger", "all.jsonl", "--with-keys", "all.keys"];
    does(&folder, &export);
    fs::write(folder.join("wrong.txt"), "no JSON at all\n").unwrap();
    for (entries, keys) in [("wrong.txt", "all.keys"), ("all.jsonl", "wrong.txt")] {
        let import = [
            "import-ledger",
            entries,
            "--with-keys",
            keys,
            "--ledger",
            "b.db",
        ];
        let told = ends(&folder, &import, 1);
        assert!(told.contains("wrong.txt: line 1: "), "{told}");
    }
    let input = fs::File::open(folder.join("wrong.txt")).unwrap();
    let output = super::running::command(&folder, &["import-ledger", "-", "--ledger", "b.db"])
        .stdin(input)
        .output()
        .unwrap();
    let told = stderr(&output);
    assert!(told.contains("standard input: line 1: "), "{told}");
    assert!(
        !sayso(&folder, &["head", "--ledger", "c.db"])
            .status
            .success()
    );
}
