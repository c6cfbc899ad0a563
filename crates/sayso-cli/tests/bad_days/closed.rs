//! Keys or the index of words are damaged while every entry is as it was.

use std::fs;

use super::running::{does, ends, folder, sayso, stderr, stdout};
use super::versions::at_file;
use super::{archive, expected, ids};

#[test]
fn a_damaged_index_loses_no_report() {
    let folder = folder("bad-index");
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let ledger = folder.join("sayso.db");
    for damage in [
        "DELETE FROM derived",
        "DELETE FROM derived WHERE number = (SELECT min(number) FROM derived)",
        "UPDATE derived SET bytes = zeroblob(length(bytes))",
        "UPDATE derived SET bytes = x''",
    ] {
        at_file(&ledger, damage);
        assert_eq!(ids(&folder, &[]), expected(3), "{damage}");
        assert!(does(&folder, &["verify"]).starts_with("sound"), "{damage}");
    }
    // What nobody can see in the row itself is found by reading the report.
    at_file(&ledger, "UPDATE derived SET bytes = substr(bytes, 1, 4)");
    let told = ends(&folder, &["verify"], 2);
    assert_eq!(told.matches("its row of the index").count(), 3, "{told}");
    assert!(told.contains("report `report-2`"), "{told}");
    assert!(does(&folder, &["verify"]).starts_with("sound"));
    assert_eq!(ids(&folder, &[]), expected(3));
}

#[test]
fn a_report_that_does_not_open_is_told_and_stops_nothing() {
    let folder = folder("bad-closed");
    fs::write(folder.join("in.jsonl"), archive(3)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    let keys = folder.join("sayso.db.keys");
    let search = ["search", "raiders", "--format", "json"];
    for (damage, closed, why) in [
        (
            "UPDATE key SET secret = zeroblob(32) WHERE name = (SELECT min(name) FROM key)",
            1,
            "not the one that it was sealed with",
        ),
        (
            "UPDATE key SET secret = x'00' WHERE name = (SELECT min(name) FROM key)",
            1,
            "missing or damaged, and nobody erased it",
        ),
        (
            "DELETE FROM key; DELETE FROM opens",
            3,
            "missing or damaged, and nobody erased it",
        ),
    ] {
        at_file(&keys, damage);
        let told = ends(&folder, &["verify"], 2);
        assert_eq!(told.matches("cannot be opened").count(), closed, "{told}");
        assert!(told.contains(why), "{told}");
        let told = ends(&folder, &["incidents"], 2);
        assert_eq!(told.matches("left out").count(), closed, "{told}");
        let found = sayso(&folder, &search);
        assert_eq!(found.status.code(), Some(2), "{found:?}");
        let told = stderr(&found);
        assert_eq!(told.matches("left out").count(), closed, "{told}");
        assert_eq!(stdout(&found).lines().count(), 3 - closed, "{found:?}");
    }
}

#[test]
fn without_keys_contents_are_not_called_sound() {
    let folder = folder("bad-own-key");
    fs::write(folder.join("in.jsonl"), archive(2)).unwrap();
    does(&folder, &["add", "in.jsonl"]);
    assert_eq!(stderr(&sayso(&folder, &["verify"])), "");
    let keys = folder.join("sayso.db.keys");
    for damage in [
        "UPDATE ledger_key SET secret = zeroblob(32)",
        "UPDATE ledger_key SET secret = x''",
        "DELETE FROM ledger_key",
    ] {
        at_file(&keys, damage);
        let told = ends(&folder, &["verify"], 2);
        assert!(told.contains("the ledger's own key"), "{damage}: {told}");
    }
    at_file(&keys, "DELETE FROM key");
    for _ in 0..2 {
        let verified = sayso(&folder, &["verify"]);
        assert!(stdout(&verified).starts_with("sound: 4 entries"));
        let told = stderr(&verified);
        assert!(told.contains("contents not checked: no keys"), "{told}");
        for file in ["sayso.db.keys", "sayso.db.keys-wal", "sayso.db.keys-shm"] {
            let _ = fs::remove_file(folder.join(file));
        }
    }
}
