//! The disk is full.

use std::fs;
use std::process::Command;

use super::running::{does, folder};
use super::{added, archive, expected, ids, shell};

const REPORTS: usize = 120;

/// A file system of 1 MB, in a namespace of its own.
#[test]
fn a_full_disk_stops_adding_and_loses_nothing() {
    let can_mount = Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"])
        .status();
    if !can_mount.is_ok_and(|status| status.success()) {
        // The same with a limit on the size of files is below, and runs everywhere.
        eprintln!("NOT RUN: no file system can be mounted here (unshare -rm)");
        return;
    }
    let folder = folder("bad-full");
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    fs::create_dir(folder.join("small")).unwrap();
    let (_, told) = shell(
        &folder,
        "unshare -rm sh -c 'mount -t tmpfs -o size=1m none small
         $SAYSO add in.jsonl --jobs 2 --ledger small/sayso.db; echo status $?; cp -r small kept'",
    );
    stopped_and_goes_on(&folder, &told);
}

/// A limit on the size of files: what writes beyond it is told so by the system.
#[test]
fn a_file_that_may_not_grow_stops_adding_and_loses_nothing() {
    let folder = folder("bad-limit");
    fs::write(folder.join("in.jsonl"), archive(REPORTS)).unwrap();
    fs::create_dir(folder.join("kept")).unwrap();
    // In units of 512 bytes; the signal that would end the command is ignored.
    let (_, told) = shell(
        &folder,
        "trap '' XFSZ; (ulimit -f 1200; $SAYSO add in.jsonl --jobs 2 --ledger kept/sayso.db)
         echo status $?",
    );
    stopped_and_goes_on(&folder, &told);
}

/// What `add` said when there was no more room, and what is in the ledger in `kept`.
#[track_caller]
fn stopped_and_goes_on(folder: &std::path::Path, told: &str) {
    assert!(told.contains("status 1"), "{told}");
    assert!(
        told.contains("The disk is full") && told.contains("Make room"),
        "{told}"
    );
    let acknowledged = added(told);
    assert!((1..REPORTS).contains(&acknowledged), "{told}");
    let ledger = ["--ledger", "kept/sayso.db"];
    let verdict = does(folder, &[&["verify"][..], &ledger].concat());
    let entries = format!("sound: {} entries", 2 * acknowledged);
    assert!(verdict.contains(&entries), "{verdict} after {told}");
    assert_eq!(ids(folder, &ledger).len(), acknowledged);
    // With room again it goes on where it stopped.
    does(folder, &[&["add", "in.jsonl"][..], &ledger].concat());
    assert_eq!(ids(folder, &ledger), expected(REPORTS));
}

#[test]
fn output_that_cannot_be_written_is_told_and_no_half_of_a_file_is_left() {
    let folder = folder("bad-output");
    fs::write(folder.join("in.jsonl"), archive(60)).unwrap();
    let (status, told) = shell(&folder, "$SAYSO code in.jsonl --format jsonl > /dev/full");
    assert_eq!(status, 1, "{told}");
    assert!(
        told.contains("cannot write the output: No space left"),
        "{told}"
    );
    does(&folder, &["add", "in.jsonl"]);
    for (what, file) in [
        ("export-ledger out.jsonl", "out.jsonl"),
        ("backup out.backup", "out.backup"),
        ("export --to gpkg --out out.gpkg --profile full", "out.gpkg"),
    ] {
        let limited = format!("trap '' XFSZ; ulimit -f 80; exec $SAYSO {what}");
        let (status, told) = shell(&folder, &limited);
        assert_eq!(status, 1, "{what}: {told}");
        assert!(told.contains(file), "{what}: {told}");
        let left: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .flatten()
            .map(|file| file.file_name().into_string().unwrap())
            .filter(|name| name.starts_with("out"))
            .collect();
        assert!(left.is_empty(), "{what}: {left:?}");
        let (status, told) = shell(&folder, &format!("$SAYSO {what}"));
        assert_eq!(status, 0, "{what}: {told}");
        fs::remove_file(folder.join(file)).unwrap();
    }
}
