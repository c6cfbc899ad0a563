//! The disk is full.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Duration;

use super::desk::Desk;
use super::running::{does, folder};
use super::{added, archive, expected, ids, not_run, shell};

const REPORTS: usize = 120;

/// Whether a small file system can be mounted, in a namespace of its own.
fn can_mount() -> bool {
    let mounted = Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"])
        .status();
    let can = mounted.is_ok_and(|status| status.success());
    if !can {
        not_run("no file system can be mounted here (unshare -rm)");
    }
    can
}

/// A file system of 1 MB, in a namespace of its own.
#[test]
fn a_full_disk_stops_adding_and_loses_nothing() {
    if !can_mount() {
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

/// Words that do not pack, and differ from report to report.
fn long_text(n: u64) -> String {
    let mut state = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = "Raiders burned a store at Olgrad on Tuesday, the mayor said.".to_owned();
    for _ in 0..3_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let _ = write!(text, " {state:x}");
    }
    text
}

/// The desk goes on: what does not fit is refused with when to come again, and from the moment when
/// there is room every request is as good as before.
#[test]
fn the_desk_outlives_a_full_disk() {
    if !can_mount() {
        return;
    }
    let folder = folder("bad-full-desk");
    fs::create_dir(folder.join("small")).unwrap();
    fs::create_dir(folder.join("kept")).unwrap();
    // The desk sees a disk that nobody else does; a file in this folder makes room on it. Whatever
    // was started there ends with the first process.
    let mut command = Command::new("unshare");
    command.current_dir(&folder).args([
        "-rmpf",
        "--kill-child",
        "sh",
        "-c",
        "mount -t tmpfs -o size=1500k none small
         head -c 600000 /dev/zero > small/filler
         \"$0\" desk --ledger small/sayso.db --no-open --jobs 1 &
         desk=$!
         while [ ! -e room ]; do sleep 0.05; done
         rm small/filler; touch made
         while [ ! -e over ]; do sleep 0.05; done
         kill -9 $desk; wait $desk 2>/dev/null
         cp small/sayso.db* kept/; touch copied",
    ]);
    command.arg(env!("CARGO_BIN_EXE_sayso"));
    let desk = Desk::started(command);
    let until = |file: &str| {
        let begun = std::time::Instant::now();
        while !folder.join(file).exists() {
            assert!(begun.elapsed() < Duration::from_mins(1), "no {file}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let mut kept = BTreeSet::new();
    let mut refused = 0;
    for n in 0..40 {
        let id = format!("report-{n}");
        match desk.add(&id, &long_text(n)) {
            (201, _) => drop(kept.insert(id)),
            (503, answer) => {
                assert!(answer.to_lowercase().contains("retry-after: "), "{answer}");
                refused += 1;
            }
            (status, answer) => panic!("{status}: {answer}"),
        }
        if refused == 6 {
            break;
        }
    }
    assert!(!kept.is_empty() && refused == 6, "{kept:?} {refused}");
    fs::write(folder.join("room"), "").unwrap();
    until("made");
    for n in 100..108 {
        let (id, text) = (
            format!("report-{n}"),
            "Raiders left Olgrad, the mayor said.",
        );
        let (status, answer) = desk.add(&id, text);
        assert_eq!(status, 201, "{n}: {answer}");
        kept.insert(id);
    }
    // Nothing that was acknowledged is lost.
    fs::write(folder.join("over"), "").unwrap();
    until("copied");
    drop(desk);
    let ledger = ["--ledger", "kept/sayso.db"];
    assert!(does(&folder, &[&["verify"][..], &ledger].concat()).starts_with("sound"));
    assert_eq!(ids(&folder, &ledger), kept);
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
