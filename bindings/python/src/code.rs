//! Reports in, sheets out.

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use sayso_api::sheet_json;
use sayso_coder::{Coder, batch};
use sayso_text::input::from_json;

use crate::fault::{Fault, guarded};
use crate::shipped;

/// A sheet as JSON, or an error as JSON: one of both.
pub(crate) type Outcome = (Option<String>, Option<String>);

/// How often whoever waits is told how far it is, and may stop it.
const OFTEN: Duration = Duration::from_millis(100);

/// Codes reports on `jobs` threads (default: one a core), each a JSON object as on a line of a
/// `.jsonl` file; gives the sheet or the error of each, in their order. `step` is called now and then
/// with the number of reports that are done; what it raises ends the work, as Ctrl-C does.
#[pyfunction]
#[pyo3(signature = (reports, jobs=None, step=None))]
pub(crate) fn code_json(
    py: Python<'_>,
    reports: Vec<String>,
    jobs: Option<i64>,
    step: Option<Bound<'_, PyAny>>,
) -> PyResult<Vec<Outcome>> {
    let jobs = jobs_of(jobs)?;
    let step = step.map(Bound::unbind);
    py.detach(|| -> PyResult<Vec<Outcome>> {
        let coder = shipped::coder()?;
        // A single report has nobody to share the threads with.
        let threads = if reports.len() == 1 {
            jobs
        } else {
            NonZeroUsize::MIN
        };
        let mut outcomes = Vec::with_capacity(reports.len());
        let mut teller = Teller::new(step.as_ref());
        batch::in_order(
            reports.into_iter(),
            jobs,
            |report| outcome(coder, &report, threads),
            |outcome| {
                outcomes.push(outcome);
                teller.done(outcomes.len())
            },
        )?;
        teller.tell(outcomes.len())?;
        Ok(outcomes)
    })
}

/// Tells whoever waits how far it is, and hears whether to stop.
pub(crate) struct Teller<'s> {
    step: Option<&'s Py<PyAny>>,
    told: Instant,
}

impl<'s> Teller<'s> {
    pub(crate) fn new(step: Option<&'s Py<PyAny>>) -> Self {
        let told = Instant::now();
        Self { step, told }
    }

    /// So many are done; tells it where it is time to.
    pub(crate) fn done(&mut self, done: usize) -> PyResult<()> {
        if self.told.elapsed() < OFTEN {
            return Ok(());
        }
        self.told = Instant::now();
        self.tell(done)
    }

    fn tell(&self, done: usize) -> PyResult<()> {
        Python::attach(|py| {
            py.check_signals()?;
            if let Some(step) = self.step {
                step.call1(py, (done,))?;
            }
            Ok(())
        })
    }
}

/// More threads than these help nobody.
const MOST_JOBS: usize = 1_024;

/// Threads that are asked for.
pub(crate) fn jobs_of(asked: Option<i64>) -> Result<NonZeroUsize, Fault> {
    let Some(asked) = asked else {
        return Ok(batch::jobs(None));
    };
    let number = usize::try_from(asked)
        .ok()
        .map(|number| number.min(MOST_JOBS));
    number.and_then(NonZeroUsize::new).ok_or_else(|| {
        let allowed = "a number of threads from 1, or leave it out";
        Fault::of_field("ConfigError", "jobs", asked.to_string(), allowed)
    })
}

/// Codes one report. Never panics, and never fails the others.
pub(crate) fn outcome(coder: &Coder, report: &str, threads: NonZeroUsize) -> Outcome {
    match guarded(|| sheet(coder, report, threads)) {
        Ok(sheet) => (Some(sheet), None),
        Err(fault) => (None, Some(fault.to_json())),
    }
}

fn sheet(coder: &Coder, report: &str, threads: NonZeroUsize) -> Result<String, Fault> {
    let report = from_json("report", report)?;
    let coded = coder.code_on(report, threads);
    let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    serde_json::to_string(&json).map_err(|e| Fault::new("InternalError", e.to_string()))
}
