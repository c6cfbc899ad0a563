//! Runs the literate cases of `cases/` with what is shipped: see `cases/README.md`.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod expect;

use std::fs;
use std::path::{Path, PathBuf};

use expect::Case;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every case holds; all that do not are listed at once.
#[test]
fn every_case_reads_as_expected() {
    let coder = sayso_coder::Coder::shipped().unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    files.sort();
    let mut failures = Vec::new();
    let mut count = 0;
    for file in files {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for case in Case::parse_all(&name, &fs::read_to_string(&file).unwrap()) {
            count += 1;
            failures.extend(case.check(&coder));
        }
    }
    assert!(count > 0, "no case was found");
    assert!(
        failures.is_empty(),
        "{} of {count} cases:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Every row of "What one report demands" on the reference report, where it lies beside the
/// repository. Its text is a publisher's and stays out of it, so only short words are named here.
#[test]
fn the_reference_report_reads_as_designed() {
    let path = root().join("../shared/reference/french-camp.txt");
    let Ok(bytes) = fs::read(&path) else {
        eprintln!("the reference report is not here: its twin in cases/ stands in for it");
        return;
    };
    let coder = sayso_coder::Coder::shipped().unwrap();
    let expected = include_str!("reference.toml");
    let case = Case::of_bytes("reference", &bytes, "2025-10-22", expected);
    let failures = case.check(&coder);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
