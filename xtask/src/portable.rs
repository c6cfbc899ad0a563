//! Systems other than Linux: what is tested on them, and what of them is tested here.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{call, command, page, root, run_to_end, system};

/// What Linux checks in Windows' place, with the C compiler that its crates with C in them need.
const WINDOWS: (&str, &str) = ("x86_64-pc-windows-gnu", "x86_64-w64-mingw32-gcc");

/// Crates with tests that every system runs, all of them. The others' need a PostgreSQL, programs
/// that read our files, or a Python to be loaded by.
const WHOLE: [&str; 14] = [
    "sayso-api",
    "sayso-archive",
    "sayso-cli",
    "sayso-coder",
    "sayso-core",
    "sayso-fetch",
    "sayso-fuzz",
    "sayso-lexicon",
    "sayso-link",
    "sayso-model",
    "sayso-place",
    "sayso-redact",
    "sayso-registry",
    "sayso-text",
];

/// Of these crates every system runs only some tests.
const PARTS: [(&str, &[&str]); 4] = [
    ("sayso-ledger", &["--lib", "--test", "sqlite"]),
    (
        "sayso-server",
        &["--lib", "--test", "own", "--test", "team", "--test", "tls"],
    ),
    (
        "sayso-export",
        &["--lib", "--test", "redacted", "--test", "documented"],
    ),
    ("xtask", &["--bins"]),
];

/// Runs the tests that every system can pass. A test that needs a program which this one lacks
/// (poppler) is passed over, and says so.
///
/// # Errors
/// Where the page cannot be built, or a test fails.
pub(crate) fn run() -> Result<()> {
    page::build()?;
    let whole = WHOLE.iter().flat_map(|name| ["-p", name]);
    run_to_end(&mut tests(whole))?;
    for (name, parts) in PARTS {
        run_to_end(&mut tests(
            ["-p", name].into_iter().chain(parts.iter().copied()),
        ))?;
    }
    Ok(())
}

fn tests<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut tests = command("cargo", &["test", "--locked"]);
    tests.args(arguments);
    if !system::answers_to("pdftotext", "-v") {
        // With `CI` set, a test that lacks what it needs fails.
        tests.env_remove("CI");
        eprintln!("NOT RUN: what reads PDFs; poppler is not installed");
    }
    tests
}

/// Checks the program and all tests for Windows, where the compiler has its library.
///
/// # Errors
/// Where something does not compile for it.
pub(crate) fn check() -> Result<()> {
    let (target, compiler) = WINDOWS;
    if let Some(missing) = missing(&libraries()?, target, system::answers(compiler)) {
        eprintln!("check for {target}: NOT RUN: {missing}");
        return Ok(());
    }
    // The Python package is linked against the Python of the system it is for.
    let all = ["check", "--locked", "--workspace", "--tests"];
    let but = ["--exclude", "sayso-python", "--target", target];
    call("cargo", &[&all[..], &but].concat())
}

/// What is missing to check for a target, and how to get it.
fn missing(libraries: &Path, target: &str, has_compiler: bool) -> Option<String> {
    if !libraries.join(target).join("lib").is_dir() {
        return Some(format!(
            "its library is not installed (rustup target add {target})"
        ));
    }
    (!has_compiler)
        .then(|| "its C compiler is not installed (apt-get install gcc-mingw-w64)".into())
}

/// Where the compiler keeps the libraries of targets.
fn libraries() -> Result<std::path::PathBuf> {
    let asked = command("rustc", &["--print", "sysroot"])
        .output()
        .context("cannot start rustc")?;
    if !asked.status.success() {
        bail!("rustc does not say where it is");
    }
    let sysroot = String::from_utf8(asked.stdout)?;
    Ok(root().join(sysroot.trim()).join("lib/rustlib"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_is_tested_everywhere_or_left_out_for_a_reason() {
        // Measured and scored on Linux; loaded by Python.
        let left_out = ["sayso-bench", "sayso-eval", "sayso-python"];
        let listed = command("git", &["ls-files", "-z", "--", "*Cargo.toml"]).output();
        let listed = String::from_utf8(listed.unwrap().stdout).unwrap();
        for manifest in listed.split('\0').filter(|path| path.contains('/')) {
            let text = std::fs::read_to_string(root().join(manifest)).unwrap();
            let name = text.lines().find_map(|line| line.strip_prefix("name = \""));
            let name = name.unwrap().trim_end_matches('"');
            let is_part = PARTS.iter().any(|(part, _)| *part == name);
            assert!(
                WHOLE.contains(&name) || is_part || left_out.contains(&name),
                "{name} is tested on Linux alone"
            );
        }
    }

    #[test]
    fn what_is_not_installed_is_named() {
        let here = libraries().unwrap();
        let version = command("rustc", &["-vV"]).output().unwrap().stdout;
        let version = String::from_utf8(version).unwrap();
        let own = version.lines().find_map(|line| line.strip_prefix("host: "));
        let own = own.unwrap();
        assert_eq!(missing(&here, own, true), None);
        assert!(missing(&here, own, false).unwrap().contains("apt-get"));
        let told = missing(&here, "pdp11-dec-bell", true).unwrap();
        assert!(told.contains("rustup target add pdp11-dec-bell"), "{told}");
    }
}
