//! `cargo xtask accuracy SHARED`: scores the program on gold and writes `docs/ACCURACY.md`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{call, root};

/// One measure: task of the scorer, gold below the data folder, what to call it.
const MEASURES: [(&str, &str, &str); 6] = [
    (
        "sheets",
        "dev/sheets",
        "Statements and events, whole sheets",
    ),
    ("attribution", "dev/polnear", "Attribution, PolNeAR"),
    ("times", "dev/te3", "Time expressions, TempEval-3"),
    ("times", "dev/wikiwars", "Time expressions, WikiWars"),
    ("places", "dev/places/lgl.xml", "Toponyms, LGL"),
    ("places", "dev/places/GWN.xml", "Toponyms, GeoWebNews"),
];

/// Opens the page.
const HEAD: &str = "# Accuracy

Written by `cargo xtask accuracy PATH`, where PATH holds the scorers (`eval/`) and the gold (`data/`).
The measures are defined by `eval/README.md` there.

The documents of `dev/` were in view while the rules were written, and PolNeAR's training part taught
the model: on reports that nobody here has seen, expect less. Sets are small (16 whole sheets, 84 time
expressions in TempEval-3), so a point or two is noise.
";

/// Scores the release build on every measure whose gold is in `shared`.
///
/// # Errors
/// Where the build, the scorer or the program fails.
pub(crate) fn run(shared: Option<&str>) -> Result<()> {
    let shared = match shared {
        Some(path) => PathBuf::from(path),
        None => bail!("say where scorers and gold lie: cargo xtask accuracy PATH"),
    };
    let shared = shared
        .canonicalize()
        .with_context(|| format!("no folder {}", shared.display()))?;
    call(
        "cargo",
        &["build", "--release", "--locked", "--package", "sayso-cli"],
    )?;
    let work = root().join("target/accuracy");
    fs::create_dir_all(&work)?;
    let mut page = String::from(HEAD);
    for (task, gold, title) in MEASURES {
        let gold_path = shared.join("data").join(gold);
        if !gold_path.exists() {
            eprintln!("skipped: {gold} is not there");
            continue;
        }
        let table = score(&shared, &work, task, &gold_path)?;
        eprintln!("== {title} ({gold})\n{table}");
        let _ = write!(
            page,
            "\n## {title}\n\n`{gold}`\n\n```text\n{}\n```\n",
            table.trim_end()
        );
    }
    fs::create_dir_all(root().join("docs"))?;
    fs::write(root().join("docs/ACCURACY.md"), page).context("cannot write docs/ACCURACY.md")
}

fn score(shared: &Path, work: &Path, task: &str, gold: &Path) -> Result<String> {
    let scorer = shared.join("eval/score.py");
    let input = work.join("input.jsonl");
    let output = work.join("output.jsonl");
    run_to(
        Command::new("python3")
            .arg(&scorer)
            .args(["prepare", task])
            .arg(gold),
        &input,
    )?;
    let sayso = root().join("target/release/sayso");
    run_to(
        Command::new(sayso)
            .args(["code", "--format", "jsonl"])
            .arg(&input),
        &output,
    )?;
    let table = work.join("table.txt");
    run_to(
        Command::new("python3")
            .arg(&scorer)
            .arg(task)
            .arg(gold)
            .arg(&output),
        &table,
    )?;
    fs::read_to_string(&table).context("cannot read the scorer's table")
}

/// Runs `command` with its standard output going to the file `to`.
fn run_to(command: &mut Command, to: &Path) -> Result<()> {
    let file = File::create(to).with_context(|| format!("cannot write {}", to.display()))?;
    let status = command
        .stdout(file)
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed ({status})");
    }
    Ok(())
}
