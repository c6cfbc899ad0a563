//! `sayso add` and `sayso incidents` on ledgers of growing size: does a report cost more in a large
//! one?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};

use crate::command::{Folder, peak_while};
use sayso_bench::sheets::Sheets;

/// Reports that are added last, on top of the others, to see what one costs by then; in so many
/// runs, of which the median counts.
const LAST: usize = 100;
const RUNS: usize = 5;
/// Runs of `sayso incidents`, of which the median counts.
const INCIDENTS_RUNS: usize = 3;
/// How many times as much a report may cost in the largest ledger as in the smallest.
pub(crate) const ALLOWED: f64 = 1.5;

/// What is measured.
pub(crate) struct Size {
    /// Numbers of reports, ascending.
    pub(crate) reports: Vec<usize>,
    /// Where the sheets and the ledger are made.
    pub(crate) scratch: Option<PathBuf>,
}

/// One size of ledger.
pub(crate) struct Row {
    reports: usize,
    /// Megabytes of sheets, and of the ledger with its keys.
    megabytes: (u64, u64),
    add: Run,
    last: Run,
    incidents: Run,
    found: Found,
}

/// One run of the command.
#[derive(Clone, Copy)]
struct Run {
    /// Milliseconds of a processor for each report: other work on the machine is not in it.
    each: f64,
    /// Milliseconds by the clock for each report.
    clock: f64,
    /// Megabytes of its own memory, at most.
    peak: u64,
}

/// What `sayso incidents` found of what was made.
struct Found {
    incidents: usize,
    stories: usize,
    /// Of pairs of reports of one incident those of one story, and the other way round.
    precision: f64,
    recall: f64,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>7} reports ({} MB of sheets, ledger {} MB): add {:.2} ms a report ({:.2} by the \
             clock), {} MB; the last {LAST} {:.2} ms; incidents {:.2} ms a report ({:.2}), {} MB; {} \
             incidents of {} stories, pairs {:.3} right, {:.3} found",
            self.reports,
            self.megabytes.0,
            self.megabytes.1,
            self.add.each,
            self.add.clock,
            self.add.peak,
            self.last.each,
            self.incidents.each,
            self.incidents.clock,
            self.incidents.peak,
            self.found.incidents,
            self.found.stories,
            self.found.precision,
            self.found.recall
        )
    }
}

/// Measures every size, each on a ledger of its own; calls `tell` as soon as one is done.
pub(crate) fn measure(sayso: &Path, size: &Size, tell: impl Fn(&Row)) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for &reports in &size.reports {
        let least = LAST * RUNS + 1;
        ensure!(reports >= least, "at least {least} reports are needed");
        let row = one(sayso, reports, size.scratch.as_deref())?;
        tell(&row);
        rows.push(row);
    }
    Ok(rows)
}

/// How many times as much is taken at most: the greatest of the rows by the least, of the time of
/// adding, of adding the last and of incidents, and of the memory of adding; and by how much the memory
/// of incidents [for each report more](a_report) rises, which three sizes are needed for.
pub(crate) fn growth(rows: &[Row]) -> Vec<(&'static str, f64)> {
    let by = |value: &dyn Fn(&Row) -> f64| {
        let values: Vec<f64> = rows.iter().map(value).collect();
        let most = values.iter().copied().fold(f64::MIN, f64::max);
        most / values.iter().copied().fold(f64::MAX, f64::min)
    };
    let mut growth = vec![
        ("time to add a report", by(&|row| row.add.each)),
        ("time to add one of the last", by(&|row| row.last.each)),
        ("memory of add", by(&|row| row.add.peak as f64)),
        ("time of incidents a report", by(&|row| row.incidents.each)),
    ];
    growth.extend(rise(&a_report(rows)).map(|times| (INCIDENTS_MEMORY, times)));
    growth
}

/// What [`growth`] calls the memory of incidents.
const INCIDENTS_MEMORY: &str = "memory of incidents for each report more";

/// Kilobytes a report below which two runs differ by chance.
const LEAST_KILOBYTES: f64 = 0.5;

/// The most that a later of `values` has times an earlier one; `None` for fewer than two. That a report
/// costs less in a large ledger is no growth.
fn rise(values: &[f64]) -> Option<f64> {
    let mut least = f64::MAX;
    let mut rise: Option<f64> = None;
    for value in values.iter().map(|value| value.max(LEAST_KILOBYTES)) {
        if least < f64::MAX {
            rise = Some(rise.unwrap_or(0.0).max(value / least));
        }
        least = least.min(value);
    }
    rise
}

/// Kilobytes that `sayso incidents` takes for each report more, between neighbouring sizes.
pub(crate) fn a_report(rows: &[Row]) -> Vec<f64> {
    rows.windows(2)
        .map(|pair| {
            let more = pair[1].incidents.peak as f64 - pair[0].incidents.peak as f64;
            more * 1e3 / (pair[1].reports - pair[0].reports) as f64
        })
        .collect()
}

fn one(sayso: &Path, reports: usize, scratch: Option<&Path>) -> anyhow::Result<Row> {
    let folder = Folder::within(scratch)?;
    let ledger = folder.path().join("ledger.db");
    let mut made = Sheets::new();
    let mut stories: BTreeMap<String, u64> = BTreeMap::new();
    let last = (1..=RUNS).map(|run| (folder.path().join(format!("{run}.jsonl")), LAST));
    let first = (folder.path().join("first.jsonl"), reports - LAST * RUNS);
    let files: Vec<(PathBuf, usize)> = std::iter::once(first).chain(last).collect();
    let mut runs = Vec::with_capacity(files.len());
    let mut sheets = 0;
    for (path, count) in &files {
        let mut out = BufWriter::new(File::create(path)?);
        for _ in 0..*count {
            let (sheet, story) = made.make();
            stories.insert(id(&sheet["report"]["id"])?, story);
            serde_json::to_writer(&mut out, &sheet)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        sheets += megabytes(&[path])?;
        let mut command = Command::new(sayso);
        command.args(["add", "--sheets", "--jobs", "1"]).arg(path);
        runs.push(timed(command.arg("--ledger").arg(&ledger), *count)?);
    }
    let all = |each: &dyn Fn(Run) -> f64| {
        let weighed = runs.iter().zip(&files);
        weighed
            .map(|(run, (_, count))| each(*run) * *count as f64)
            .sum::<f64>()
            / reports as f64
    };
    let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0);
    let last = median(runs.get(1..).unwrap_or_default())?;
    let out = folder.path().join("incidents.jsonl");
    let mut runs = Vec::with_capacity(INCIDENTS_RUNS);
    for _ in 0..INCIDENTS_RUNS {
        let mut command = Command::new(sayso);
        command.args(["incidents", "--format", "jsonl", "--ledger"]);
        command.arg(&ledger).stdout(File::create(&out)?);
        runs.push(timed(&mut command, reports)?);
    }
    let incidents = median(&runs)?;
    Ok(Row {
        reports,
        megabytes: (
            sheets,
            megabytes(&[&ledger, &folder.path().join("ledger.db.keys")])?,
        ),
        add: Run {
            each: all(&|run| run.each),
            clock: all(&|run| run.clock),
            peak,
        },
        last,
        incidents,
        found: found(&out, &stories)?,
    })
}

/// The run in the middle, by processor time.
fn median(runs: &[Run]) -> anyhow::Result<Run> {
    let mut runs = runs.to_vec();
    runs.sort_by(|a, b| a.each.total_cmp(&b.each));
    runs.get(runs.len() / 2).copied().context("no run")
}

fn timed(command: &mut Command, reports: usize) -> anyhow::Result<Run> {
    let begun = Instant::now();
    let (status, peak) = peak_while(command.stderr(Stdio::null()))?;
    ensure!(status.success(), "sayso ended with {status}");
    Ok(Run {
        each: peak.processor * 1e3 / reports as f64,
        clock: begun.elapsed().as_secs_f64() * 1e3 / reports as f64,
        peak: peak.own,
    })
}

fn megabytes(files: &[&Path]) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for file in files {
        bytes += fs::metadata(file)?.len();
    }
    Ok(bytes / 1_000_000)
}

fn id(value: &serde_json::Value) -> anyhow::Result<String> {
    Ok(value.as_str().context("no id")?.to_owned())
}

/// Compares the incidents with the stories that the reports were made of: every report is in one.
fn found(out: &Path, stories: &BTreeMap<String, u64>) -> anyhow::Result<Found> {
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
    for story in stories.values() {
        *sizes.entry(*story).or_default() += 1;
    }
    let made: usize = sizes.values().map(|&size| pairs(size)).sum();
    let (mut incidents, mut seen) = (0, BTreeSet::new());
    let (mut joined, mut right) = (0, 0);
    for line in BufReader::new(File::open(out)?).lines() {
        let incident: serde_json::Value = serde_json::from_str(&line?)?;
        incidents += 1;
        let mut of: BTreeMap<u64, usize> = BTreeMap::new();
        for report in incident["reports"].as_array().context("no reports")? {
            if report["role"] == "main" {
                let id = id(&report["id"])?;
                *of.entry(*stories.get(&id).context("an unknown report")?)
                    .or_default() += 1;
                ensure!(seen.insert(id), "a report is in two incidents");
            }
        }
        joined += pairs(of.values().sum());
        right += of.values().map(|&size| pairs(size)).sum::<usize>();
    }
    ensure!(
        seen.len() == stories.len(),
        "{} of {} reports are in an incident",
        seen.len(),
        stories.len()
    );
    Ok(Found {
        incidents,
        stories: sizes.len(),
        precision: right as f64 / joined.max(1) as f64,
        recall: right as f64 / made.max(1) as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ledger of so many reports whose incidents take so many megabytes.
    fn row(reports: usize, megabytes: u64) -> Row {
        let run = Run {
            each: 1.0,
            clock: 1.0,
            peak: 10,
        };
        Row {
            reports,
            megabytes: (1, 1),
            add: run,
            last: run,
            incidents: Run {
                peak: megabytes,
                ..run
            },
            found: Found {
                incidents: 1,
                stories: 1,
                precision: 1.0,
                recall: 1.0,
            },
        }
    }

    fn of_incidents(rows: &[Row]) -> Option<f64> {
        let growth = growth(rows);
        let found = growth.iter().find(|(what, _)| *what == INCIDENTS_MEMORY);
        found.map(|(_, times)| *times)
    }

    #[test]
    fn memory_that_is_linear_in_the_reports_has_not_grown() {
        let linear = [row(1_000, 33), row(10_000, 90), row(100_000, 433)];
        assert!(of_incidents(&linear).is_some_and(|times| times <= 1.0));
        let even = [row(1_000, 34), row(10_000, 70), row(100_000, 430)];
        assert!(of_incidents(&even).is_some_and(|times| times <= ALLOWED));
    }

    #[test]
    fn memory_that_rises_faster_than_the_reports_fails() {
        let steep = [row(1_000, 34), row(10_000, 70), row(100_000, 1_000)];
        assert!(of_incidents(&steep).is_some_and(|times| times > ALLOWED));
    }

    #[test]
    fn of_two_sizes_nobody_can_say_whether_memory_rises() {
        assert_eq!(of_incidents(&[row(1_000, 34), row(10_000, 70)]), None);
    }
}
