//! `cargo xtask fuzz`: builds the targets of `fuzz/` and runs each for a while, two at a time.
//!
//! `cargo xtask test` runs each for a minute from the seeds alone, which numbers are drawn from one
//! that is fixed: what is found on one machine is found on another that gets as far, and a commit is
//! not refused for where an earlier run has been. Asked for by itself it goes on from all that it has
//! kept, with other numbers each time.
//!
//! On the stable toolchain and without `cargo-fuzz`, which takes minutes to install and builds every
//! dependency anew. What a fuzzer needs of the compiler is LLVM's coverage pass, and `-C passes` and
//! `-C llvm-args` are stable options; a sanitizer is not, but finds what this workspace forbids
//! (`unsafe`) only. The pass is asked for in the crates of this workspace alone: cargo calls this
//! very program in the place of `rustc` for them (`RUSTC_WORKSPACE_WRAPPER`), so that dependencies
//! are those that the tests have built already.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::{command, root, run_to_end, system};

/// Set where cargo calls this program for `rustc`.
const AS_COMPILER: &str = "SAYSO_FUZZ_COMPILER";

/// The targets, those that need longest to start first.
const TARGETS: [&str; 11] = [
    "code", "desk", "ledger", "sheet", "page", "feed", "archive", "place", "text", "actor", "model",
];

/// Seconds for each, where nothing else is said.
const SECONDS: u32 = 60;

/// How many run at a time.
const AT_A_TIME: usize = 2;

/// LLVM's coverage, as libFuzzer reads it.
const COVERAGE: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// What every target is started with: input up to 16 KB, a minute (of a machine that may be busy
/// with other things) and 4 GB for one.
const LIMITS: [&str; 4] = [
    "-max_len=16384",
    "-timeout=60",
    "-rss_limit_mb=4096",
    "-print_final_stats=1",
];

/// Whether cargo has started this program in the place of `rustc`.
pub(crate) fn is_compiler() -> bool {
    std::env::var_os(AS_COMPILER).is_some()
}

/// Calls `rustc` as cargo wants it to be, with the coverage pass for what is no build script.
pub(crate) fn compile() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(rustc) = arguments.next() else {
        return ExitCode::FAILURE;
    };
    let arguments: Vec<_> = arguments.collect();
    let mut compiler = Command::new(rustc);
    compiler.args(&arguments);
    let names_a_crate = arguments.iter().any(|argument| argument == "--crate-name");
    let is_script = arguments
        .iter()
        .any(|argument| argument == "build_script_build");
    if names_a_crate && !is_script {
        compiler.args(COVERAGE);
    }
    match compiler.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Where a run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// From the seeds alone, with the numbers of [`SEED`].
    Seeds,
    /// From all that was kept so far.
    Kept,
}

/// What the numbers of `cargo xtask test` are drawn from.
const SEED: u32 = 1;

/// All targets for a minute each, from their seeds: as `cargo xtask test` runs them.
///
/// # Errors
/// Where they cannot be built, or something is found.
pub(crate) fn check() -> Result<()> {
    run_all(&TARGETS, SECONDS, Start::Seeds)
}

/// Runs what is asked for: all targets for a minute each, or `[SECONDS [TARGET …]]`; goes on from
/// what was kept.
///
/// # Errors
/// As [`check`]; where something else is asked for.
pub(crate) fn run(asked: &[String]) -> Result<()> {
    let (seconds, names) = match asked.split_first() {
        Some((seconds, names)) => {
            let seconds = seconds.parse();
            (
                seconds.with_context(|| format!("`{}` is no number of seconds", asked[0]))?,
                names,
            )
        }
        None => (SECONDS, &[][..]),
    };
    let names: Vec<&str> = if names.is_empty() {
        TARGETS.to_vec()
    } else {
        names.iter().map(String::as_str).collect()
    };
    if let Some(other) = names.iter().find(|name| !TARGETS.contains(name)) {
        bail!("`{other}` is no target; there are: {}", TARGETS.join(", "));
    }
    run_all(&names, seconds, Start::Kept)
}

fn run_all(names: &[&str], seconds: u32, from: Start) -> Result<()> {
    if !system::answers("c++") {
        system::install(&["g++"])?;
    }
    let start = Instant::now();
    build()?;
    eprintln!("built in {} s", start.elapsed().as_secs());
    let waiting = Mutex::new(names.iter());
    let failed = Mutex::new(String::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(name) = waiting.lock().ok().and_then(|mut names| names.next()) {
                    if let Err(error) = fuzz(name, seconds, from)
                        && let Ok(mut failed) = failed.lock()
                    {
                        // Writing to a string does not fail.
                        let _ = write!(failed, "\n{name}: {error:#}");
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_default();
    if !failed.is_empty() {
        bail!("fuzzing has found something{failed}");
    }
    Ok(())
}

fn build() -> Result<()> {
    // Of the whole workspace: asked for by its package, the features of what it needs would be others
    // than those of the tests, and much of it would be compiled once more.
    let whole = ["build", "--locked", "--workspace"];
    let mut build = command("cargo", &whole);
    build.args(["--features", "sayso-fuzz/libfuzzer"]);
    for name in TARGETS {
        build.args(["--bin", &format!("fuzz_{name}")]);
    }
    build
        .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
        .env(AS_COMPILER, "1")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    run_to_end(&mut build)
}

/// Runs one target; what it has learned is in `target/fuzz/NAME/corpus` for the next time.
fn fuzz(name: &str, seconds: u32, from: Start) -> Result<()> {
    let here = root().join("target/fuzz").join(name);
    let found = here.join("found");
    let corpus = match from {
        Start::Kept => here.join("corpus"),
        Start::Seeds => {
            let fresh = here.join("fresh");
            if fresh.exists() {
                fs::remove_dir_all(&fresh).with_context(|| fresh.display().to_string())?;
            }
            fresh
        }
    };
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let log = here.join("log");
    let output = fs::File::create(&log)?;
    let mut fuzzer = Command::new(target_folder().join(format!("debug/fuzz_{name}")));
    if from == Start::Seeds {
        fuzzer.arg(format!("-seed={SEED}"));
    }
    let status = fuzzer
        .arg(&corpus)
        .args(LIMITS)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg(format!(
            "-dict={}",
            root().join("fuzz/words.dict").display()
        ))
        .current_dir(root())
        .env("SAYSO_SEEDS", &corpus)
        .stdout(Stdio::null())
        .stderr(output)
        .status()
        .with_context(|| format!("cannot start the target {name}"))?;
    let told = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if status.success() {
        let executions = stat(&told, "number_of_executed_units");
        let kept = fs::read_dir(&corpus)?.count();
        let most = stat(&told, "peak_rss_mb");
        eprintln!("fuzz {name}: {executions} runs in {seconds} s, {kept} inputs kept, {most} MB");
        return Ok(());
    }
    let tail: Vec<&str> = told.lines().rev().take(40).collect();
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    bail!(
        "{}\nthe input is in {}: mend the cause and keep it in fuzz/found/{name}/",
        tail.join("\n"),
        found.display()
    )
}

/// Where cargo builds to.
fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || root().join("target"),
        |folder| root().join(Path::new(&folder)),
    )
}

/// A figure of libFuzzer's last lines (`stat::NAME: NUMBER`).
fn stat<'t>(told: &'t str, name: &str) -> &'t str {
    told.lines()
        .filter_map(|line| line.strip_prefix("stat::"))
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map_or("no", str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_run() {
        let folder = root().join("fuzz/targets");
        let mut files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|file| {
                file.unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        files.sort();
        let mut named = TARGETS.to_vec();
        named.sort_unstable();
        assert_eq!(files, named);
    }

    #[test]
    fn figures_are_read() {
        let told = "INFO: x\nstat::number_of_executed_units: 4211\nstat::average: 7\n";
        assert_eq!(stat(told, "number_of_executed_units"), "4211");
        assert_eq!(stat(told, "peak"), "no");
    }
}
