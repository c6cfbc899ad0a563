//! The `sayso` command as a user runs it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use crate::memory;

/// The `sayso` beside this program.
pub(crate) fn beside() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.with_file_name(format!("sayso{}", std::env::consts::EXE_SUFFIX)))
}

/// Time from the start of the command to the end of one report's sheet.
pub(crate) struct Start {
    median: Duration,
    least: Duration,
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |d: Duration| d.as_secs_f64() * 1e3;
        write!(
            f,
            "{:.0} ms from start to the sheet of one report, {:.0} at best",
            ms(self.median),
            ms(self.least)
        )
    }
}

/// Runs the command `times` times on one report.
pub(crate) fn start(sayso: &Path, text: &str, times: usize) -> anyhow::Result<Start> {
    let folder = Folder::new()?;
    let file = folder.0.join("report.txt");
    fs::write(&file, text)?;
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        let output = Command::new(sayso)
            .args(["code", "--format", "jsonl"])
            .arg(&file)
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("starting {}", sayso.display()))?;
        taken.push(begun.elapsed());
        ensure!(
            output.status.success(),
            "sayso ended with {}",
            output.status
        );
        let sheet: serde_json::Value =
            serde_json::from_slice(&output.stdout).context("the sheet is no JSON")?;
        let statements = sheet["statements"].as_array().map_or(0, Vec::len);
        ensure!(statements > 0, "the sheet has no statement");
    }
    taken.sort_unstable();
    Ok(Start {
        median: taken[times / 2],
        least: taken[0],
    })
}

/// A whole archive through the command.
pub(crate) struct Archive {
    jobs: usize,
    per_second: f64,
    peak: u64,
}

impl fmt::Display for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.1} reports/s with --jobs {}, {} MB at most, start included",
            self.per_second, self.jobs, self.peak
        )
    }
}

/// Codes all reports, given as one `.jsonl` file.
pub(crate) fn archive(sayso: &Path, texts: &[String], jobs: usize) -> anyhow::Result<Archive> {
    let folder = Folder::new()?;
    let (input, output) = (folder.0.join("in.jsonl"), folder.0.join("out.jsonl"));
    let lines: Vec<String> = texts
        .iter()
        .map(|text| serde_json::json!({ "text": text }).to_string())
        .collect();
    fs::write(&input, lines.join("\n"))?;
    let begun = Instant::now();
    let (status, peak) = peak_while(
        Command::new(sayso)
            .args(["code", "--format", "jsonl", "--jobs", &jobs.to_string()])
            .arg(&input)
            .stdout(fs::File::create(&output)?)
            .stderr(Stdio::null()),
    )?;
    let taken = begun.elapsed();
    ensure!(status.success(), "sayso ended with {status}");
    let sheets = fs::read_to_string(&output)?.lines().count();
    ensure!(
        sheets == texts.len(),
        "{} reports gave {sheets} sheets",
        texts.len()
    );
    Ok(Archive {
        jobs,
        per_second: texts.len() as f64 / taken.as_secs_f64(),
        peak: peak.all,
    })
}

/// The most memory that a command had, in MB.
#[derive(Clone, Copy, Default)]
pub(crate) struct Peak {
    /// All that was resident, the pages of mapped files among it.
    pub(crate) all: u64,
    /// What was its own, looked at every five milliseconds.
    pub(crate) own: u64,
    /// Seconds on processors, to a hundredth or what passed since it was last looked at.
    pub(crate) processor: f64,
}

/// Runs `command` to its end; gives its status and the most memory it had.
pub(crate) fn peak_while(command: &mut Command) -> anyhow::Result<(ExitStatus, Peak)> {
    let mut child = command
        .spawn()
        .with_context(|| format!("starting {}", command.get_program().display()))?;
    let process = child.id().to_string();
    let mut peak = Peak::default();
    loop {
        peak.all = memory::peak(&process).unwrap_or(0).max(peak.all);
        peak.own = memory::own(&process).unwrap_or(0).max(peak.own);
        peak.processor = memory::processor(&process)
            .unwrap_or(0.0)
            .max(peak.processor);
        if let Some(status) = child.try_wait()? {
            return Ok((status, peak));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A folder for one measurement, removed at its end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        Self::within(None)
    }

    /// In `folder`, or where temporary files go.
    pub(crate) fn within(folder: Option<&Path>) -> anyhow::Result<Self> {
        let name = format!("sayso-bench-{}", std::process::id());
        let path = match folder {
            Some(folder) => folder.join(name),
            None => std::env::temp_dir().join(name),
        };
        fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing can be done about a folder that cannot be removed.
        let _ = fs::remove_dir_all(&self.0);
    }
}
