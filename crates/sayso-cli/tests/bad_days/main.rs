//! Bad days: what the user sees when the disk is full, the clock wrong or the database gone, and that
//! nothing that was acknowledged is lost. docs/BAD_DAYS.md is the same in words.
//!
//! On Linux, which lets a test fill a disk, take rights away and stop a database.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

#[path = "../running/mod.rs"]
mod running;
// Shared with the ledger's own tests.
#[allow(unreachable_pub, missing_docs)]
#[path = "../../../sayso-ledger/tests/server/mod.rs"]
mod server;

mod backup;
mod clock;
mod closed;
mod desk;
mod foreign;
mod full;
mod large;
mod locked;
mod outage;
mod read_only;
mod versions;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use running::does;

/// Lines of invented reports, each different.
fn archive(reports: usize) -> String {
    let mut lines = String::new();
    for n in 0..reports {
        let line = serde_json::json!({
            "id": format!("report-{n}"),
            "published": "2025-10-22",
            "outlet": "Sefra Courier",
            "text": format!("Raiders burned store {n} at Olgrad on Tuesday, the mayor said."),
        });
        let _ = writeln!(lines, "{line}");
    }
    lines
}

/// The ids of every report in a ledger, each once; `options` name it.
fn ids(folder: &Path, options: &[&str]) -> BTreeSet<String> {
    let search = ["search", "raiders", "--format", "json"];
    let found = does(folder, &[&search[..], options].concat());
    let ids: Vec<String> = found
        .lines()
        .map(|line| {
            let hit: serde_json::Value = serde_json::from_str(line).unwrap();
            hit["report"]["id"].as_str().unwrap().to_owned()
        })
        .collect();
    let distinct: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), distinct.len(), "a report is there twice");
    distinct
}

fn expected(reports: usize) -> BTreeSet<String> {
    (0..reports).map(|n| format!("report-{n}")).collect()
}

/// How many reports a run says that it added.
fn added(told: &str) -> usize {
    let line = told.lines().find(|line| line.contains(" added, ")).unwrap();
    line.split(' ').next().unwrap().parse().unwrap()
}

/// Runs lines of the shell, in which `$SAYSO` is the command; gives exit status and both outputs.
fn shell(folder: &Path, lines: &str) -> (i32, String) {
    let output = Command::new("sh")
        .args(["-c", lines])
        .env("SAYSO", env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder)
        .output()
        .unwrap();
    let told = format!("{}{}", running::stdout(&output), running::stderr(&output));
    (output.status.code().unwrap_or(-1), told)
}

/// For a test that cannot be run here: says so, and fails where everything has to be run.
#[track_caller]
fn not_run(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "not run: {why}");
    eprintln!("NOT RUN: {why}");
}

/// The command as a user who is not root and owns nothing, where we are root.
fn as_nobody(folder: &Path, arguments: &[&str]) -> Command {
    if !is_root() {
        return running::command(folder, arguments);
    }
    // Where the command was built is not everybody's business.
    let copy = folder.join("sayso");
    if !copy.exists() {
        fs::copy(env!("CARGO_BIN_EXE_sayso"), &copy).unwrap();
    }
    let mut command = Command::new("runuser");
    command
        .args(["-u", "nobody", "--"])
        .arg(&copy)
        .args(arguments)
        .current_dir(folder);
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.starts_with(b"0\n"))
}
