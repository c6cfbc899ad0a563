//! A team at work: analysts read and review while reports arrive.
//!
//! A server of its own over a ledger that was filled before. Readers and reviewers pause between
//! requests as people do; reports arrive on a fixed beat, whether the server keeps up or not, and an
//! acknowledgement is measured from the moment at which its report was due. At the end every report
//! that was acknowledged has to be there, and every review that was.

mod analyst;
mod client;
mod server;
mod times;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use self::analyst::{Reviewed, reads, reviews};
use self::client::Client;
use self::server::Server;
use self::times::Times;
use sayso_bench::draw::Draw;
use sayso_bench::sheets::Sheets;

/// What is run.
#[derive(Debug)]
pub(crate) struct Load {
    /// Reports in the ledger before.
    pub(crate) before: usize,
    /// Who read, and who review.
    pub(crate) readers: usize,
    pub(crate) reviewers: usize,
    /// Reports a second, for how long.
    pub(crate) rate: u32,
    pub(crate) seconds: u64,
    /// The address of an empty database of PostgreSQL; SQLite without one.
    pub(crate) ledger: Option<String>,
    pub(crate) scratch: Option<PathBuf>,
}

/// What came of it.
pub(crate) struct Outcome {
    reads: Times,
    reviews: Times,
    acknowledged: Times,
    overtaken: usize,
    backlog: u64,
    coded: u64,
    peak: u64,
}

/// Connections that reports arrive by.
const CONNECTIONS: usize = 8;

/// The bar for the 95th percentile of each.
const BAR: Duration = Duration::from_millis(200);

impl Outcome {
    /// Whether every 95th percentile is below the bar.
    pub(crate) fn is_quick(&self) -> bool {
        [&self.reads, &self.reviews, &self.acknowledged]
            .iter()
            .all(|times| times.at(0.95) < BAR)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "reads {}; reviews {} ({} told that another came first); acknowledgements {}; {} coded, \
             {} waiting at the end; server {} MB at most",
            self.reads,
            self.reviews,
            self.overtaken,
            self.acknowledged,
            self.coded,
            self.backlog,
            self.peak
        )
    }
}

/// Runs it.
///
/// # Errors
/// Where a request fails, an acknowledged report is missing, or an acknowledged review is lost.
pub(crate) fn run(sayso: &Path, load: &Load) -> anyhow::Result<Outcome> {
    let mut sheets = Sheets::new();
    let server = Server::start(sayso, load, &mut sheets)?;
    let arriving: Vec<Value> = (0..u64::from(load.rate) * load.seconds)
        .map(|_| {
            let (sheet, _) = sheets.make();
            let report = &sheet["report"];
            json!({"id": report["id"], "title": report["title"], "text": report["text"],
                   "outlet": report["outlet"], "published": report["published"]})
        })
        .collect();

    let is_over = AtomicBool::new(false);
    let (read, reviewed) = (
        Mutex::new(Times::default()),
        Mutex::new(Vec::<Reviewed>::new()),
    );
    let review_times = Mutex::new(Times::default());
    let acknowledged = Mutex::new((Times::default(), BTreeSet::<String>::new()));
    let (overtaken, next) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| -> anyhow::Result<()> {
        let mut working = Vec::new();
        for number in 0..load.readers {
            let (client, is_over, read) = (server.client("reader"), &is_over, &read);
            working.push(scope.spawn(move || {
                let mut draw = Draw::from(1_000 + number as u64);
                let mut times = Times::default();
                let outcome = reads(&client?, &mut draw, is_over, &mut times);
                locked(read).add(&times);
                outcome
            }));
        }
        for number in 0..load.reviewers {
            let client = server.client(&format!("analyst-{number}"));
            let (is_over, reviewed, times, overtaken) =
                (&is_over, &reviewed, &review_times, &overtaken);
            working.push(scope.spawn(move || {
                let mut draw = Draw::from(2_000 + number as u64);
                let (mut own, mut done) = (Times::default(), Vec::new());
                let outcome = reviews(&client?, &mut draw, is_over, &mut own, &mut done);
                locked(times).add(&own);
                locked(reviewed).extend(done);
                overtaken.fetch_add(outcome?, Ordering::Relaxed);
                Ok(())
            }));
        }
        // Several connections, so that one slow answer does not hold up what is due next.
        let start = Instant::now();
        let mut feeding = Vec::new();
        for _ in 0..CONNECTIONS {
            let client = server.client("feed");
            let (arriving, next, acknowledged) = (&arriving, &next, &acknowledged);
            let beat = Duration::from_secs(1) / load.rate;
            feeding.push(scope.spawn(move || {
                let client = client?;
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(report) = arriving.get(number) else {
                        return Ok::<(), anyhow::Error>(());
                    };
                    let due = start + beat * number as u32;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let answer = client.post("/reports", &[], &json!({"reports": [report]}))?;
                    let taken = due.elapsed();
                    ensure!(
                        answer.status == 201,
                        "a report was refused: {}",
                        answer.told()
                    );
                    let id = answer.json()?["kept"][0]["id"].as_str().map(str::to_owned);
                    let mut all = locked(acknowledged);
                    all.0.note(taken);
                    all.1
                        .insert(id.context("the acknowledgement names no report")?);
                }
            }));
        }
        let mut outcome = Ok(());
        for feeder in feeding {
            outcome = outcome.and(joined(feeder));
        }
        is_over.store(true, Ordering::Relaxed);
        for worker in working {
            outcome = outcome.and(joined(worker));
        }
        outcome
    })?;
    let acknowledged = acknowledged.into_inner();
    let (acknowledged, ids) = acknowledged.unwrap_or_else(std::sync::PoisonError::into_inner);
    let client = server.client("reader")?;
    let backlog = client.get("/backlog")?.json()?;
    every_report_is_there(&client, load.before, &ids)?;
    no_review_is_lost(&client, &locked(&reviewed))?;
    let outcome = Outcome {
        reads: locked(&read).clone(),
        reviews: locked(&review_times).clone(),
        acknowledged,
        overtaken: overtaken.load(Ordering::Relaxed),
        backlog: backlog["waiting"].as_u64().unwrap_or_default(),
        coded: backlog["coded"].as_u64().unwrap_or_default(),
        peak: server.peak(),
    };
    ensure!(
        !ids.is_empty() && outcome.reads.len() > 0 && outcome.reviews.len() > 0,
        "nothing was done"
    );
    Ok(outcome)
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn joined(worker: thread::ScopedJoinHandle<'_, anyhow::Result<()>>) -> anyhow::Result<()> {
    worker
        .join()
        .map_err(|_| anyhow::anyhow!("a client ended in the middle"))?
}

fn every_report_is_there(
    client: &Client,
    before: usize,
    ids: &BTreeSet<String>,
) -> anyhow::Result<()> {
    let start = Instant::now();
    // What was acknowledged last is seen a little later.
    loop {
        let total = client.get("/reports?limit=1")?.json()?["total"].as_u64();
        if total == Some((before + ids.len()) as u64) {
            break;
        }
        ensure!(
            start.elapsed() < Duration::from_mins(1),
            "{} reports were acknowledged, the ledger has {total:?}",
            before + ids.len()
        );
        thread::sleep(Duration::from_millis(500));
    }
    for id in ids.iter().step_by(97) {
        let answer = client.get(&format!("/reports/{id}"))?;
        ensure!(
            answer.status == 200,
            "report {id}, acknowledged, is not there"
        );
    }
    Ok(())
}

fn no_review_is_lost(client: &Client, reviewed: &[Reviewed]) -> anyhow::Result<()> {
    for Reviewed { report, why } in reviewed {
        let view = client.get(&format!("/reports/{report}"))?.json()?;
        let reviews = view["reviews"]
            .as_array()
            .context("a report has no reviews")?;
        let count = reviews
            .iter()
            .filter(|review| review["why"] == why.as_str())
            .count();
        ensure!(
            count == 1,
            "the review `{why}` of {report} is there {count} times"
        );
    }
    Ok(())
}
