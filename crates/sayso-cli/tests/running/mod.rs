//! Running the `sayso` command in a folder of a test's own.

// Each test file uses some of it.
#![allow(dead_code, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a command may take. None needs half a minute; one that waits for ever would hold up
/// all other tests, and nobody would see which it was.
const LIMIT: Duration = Duration::from_mins(5);

const PAUSE: Duration = Duration::from_millis(2);

/// A folder for the files of one test, empty at its start.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The command, to be started in `folder`.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(arguments).current_dir(folder);
    command
}

/// Runs a command to its end, whatever that is. One that does not end is ended, and what it was
/// doing is told.
#[track_caller]
pub(crate) fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    let mut child = command(folder, arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = read_along(child.stdout.take().unwrap());
    let stderr = read_along(child.stderr.take().unwrap());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LIMIT {
            let doing = doing(child.id());
            child.kill().unwrap();
            child.wait().unwrap();
            let said = String::from_utf8_lossy(&stderr.join().unwrap()).into_owned();
            panic!("{arguments:?} did not end within {LIMIT:?}; it said `{said}`\n{doing}");
        }
        thread::sleep(PAUSE);
    };
    Output {
        status,
        stdout: stdout.join().unwrap(),
        stderr: stderr.join().unwrap(),
    }
}

/// Reads a pipe to its end, beside whatever else goes on: one that is full would hold the command
/// up.
fn read_along(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// What each thread of a process is waiting for, where the system (Linux) says it.
fn doing(process: u32) -> String {
    let mut told = String::new();
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    for task in tasks.into_iter().flatten().flatten() {
        let of = |what: &str| fs::read_to_string(task.path().join(what)).unwrap_or_default();
        let (name, waits, call) = (of("comm"), of("wchan"), of("syscall"));
        let _ = writeln!(told, "{}: {} {}", name.trim(), waits.trim(), call.trim());
    }
    told
}

/// Runs a command that has to succeed; gives its standard output.
#[track_caller]
pub(crate) fn does(folder: &Path, arguments: &[&str]) -> String {
    let output = sayso(folder, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        stderr(&output)
    );
    stdout(&output)
}

/// Runs a command that has to end so; gives its standard error.
#[track_caller]
pub(crate) fn ends(folder: &Path, arguments: &[&str], status: i32) -> String {
    let output = sayso(folder, arguments);
    let errors = stderr(&output);
    assert_eq!(
        output.status.code(),
        Some(status),
        "{arguments:?}: {errors}"
    );
    errors
}

/// What it wrote to standard output.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it wrote to standard error.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
