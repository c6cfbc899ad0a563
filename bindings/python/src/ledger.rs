//! A ledger: read and added to.

use std::num::NonZeroUsize;
use std::path::Path;

use jiff::Timestamp;
use pyo3::prelude::*;
use sayso_api::SheetJson;
use sayso_archive::{Archive, report_json};
use sayso_coder::batch;
use sayso_ledger::{
    About, Added, Book, Bounds, Content, Incoming, Known, LedgerError, Missing, Moment, Opening,
    Passphrase, Place,
};
use sayso_text::Report;
use sayso_text::input::from_json;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::code::{Teller, jobs_of};
use crate::fault::{Fault, Stop, guarded, guarded_until};
use crate::link::numbered;
use crate::shipped;

/// What became of a report, or an error as JSON: one of both.
type Kept = (Option<&'static str>, Option<String>);

/// A ledger opened; `sayso.Ledger` is made of it.
#[pyclass(frozen, module = "sayso._native")]
pub(crate) struct Ledger {
    book: Book,
    /// What the ledger's database drivers run on.
    runtime: Runtime,
}

#[pymethods]
impl Ledger {
    #[new]
    #[pyo3(signature = (place, keys=None, make=true, passphrase=None))]
    fn new(
        py: Python<'_>,
        place: &str,
        keys: Option<&str>,
        make: bool,
        passphrase: Option<&str>,
    ) -> PyResult<Self> {
        let place = Place::parse(place, keys.map(Path::new));
        let missing = if make { Missing::Make } else { Missing::Refuse };
        let opening = Opening {
            passphrase: passphrase
                .map(Passphrase::new)
                .transpose()
                .map_err(Fault::from)?,
            ..Opening::new(missing)
        };
        let opened = py.detach(|| {
            guarded(|| {
                let runtime = Builder::new_multi_thread()
                    .worker_threads(1)
                    .enable_all()
                    .build()
                    .map_err(|e| Fault::new("LedgerError", e.to_string()))?;
                let book = runtime.block_on(Book::open_as(&place, &opening))?;
                Ok(Self { book, runtime })
            })
        });
        Ok(opened?)
    }

    /// Codes and keeps reports, each a JSON object; says of each what became of it. `step` is called
    /// now and then with the number that are done; what it raises ends the work, as Ctrl-C does, and
    /// what is kept by then stays.
    #[pyo3(signature = (reports, jobs, corrections, step=None))]
    fn add(
        &self,
        py: Python<'_>,
        reports: Vec<String>,
        jobs: Option<i64>,
        corrections: bool,
        step: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Kept>> {
        let jobs = jobs_of(jobs)?;
        let step = step.map(Bound::unbind);
        let threads = if reports.len() == 1 {
            jobs
        } else {
            NonZeroUsize::MIN
        };
        let all = py.detach(|| {
            guarded_until(|| {
                let coder = shipped::coder()?;
                let mut all = Vec::with_capacity(reports.len());
                let mut teller = Teller::new(step.as_ref());
                batch::in_order(
                    reports.into_iter(),
                    jobs,
                    |json| {
                        guarded(|| {
                            let report = from_json("report", &json)?;
                            self.coded(coder, report, threads, corrections)
                        })
                    },
                    |coded| {
                        let kept = coded.and_then(|coded| match coded {
                            None => Ok(Added::Known),
                            Some(coded) => Ok(self.keep(&coded, corrections)?),
                        });
                        all.push(told(kept)?);
                        teller.done(all.len()).map_err(Stop::from)
                    },
                )?;
                Ok(all)
            })
        });
        Ok(all?)
    }

    /// Keeps sheets that were made elsewhere, with their reports; says of each what became of it.
    /// `step` as for [`Self::add`].
    #[pyo3(signature = (sheets, corrections, step=None))]
    fn add_sheets(
        &self,
        py: Python<'_>,
        sheets: Vec<String>,
        corrections: bool,
        step: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Kept>> {
        let step = step.map(Bound::unbind);
        let all = py.detach(|| {
            let mut teller = Teller::new(step.as_ref());
            let sheets = sheets.into_iter().enumerate();
            let kept = sheets.map(|(number, json)| {
                let kept = told(guarded(|| {
                    let sheet = numbered(number, &json)?;
                    let coded = Coded {
                        about: about(&sheet),
                        content: Content {
                            text: sheet.report.text.to_string(),
                            bytes: sheet.report.text.as_bytes().to_vec(),
                        },
                        sheet,
                    };
                    match self.keep(&coded, corrections)? {
                        Added::Known => {
                            let recoded = self.book.recode(&coded.sheet, now());
                            Ok(self.runtime.block_on(recoded)?)
                        }
                        added => Ok(added),
                    }
                }))?;
                teller.done(number + 1)?;
                Ok(kept)
            });
            kept.collect::<Result<Vec<Kept>, Stop>>()
        });
        Ok(all?)
    }

    /// The incidents within bounds with the sheets of their reports, as JSON; and, in words, what
    /// could not be read. `step` is called now and then with the number of reports that are read, and
    /// may end the work, as Ctrl-C does.
    #[pyo3(signature = (as_of, published_by, step=None))]
    #[allow(clippy::type_complexity, reason = "Python has no names for them")]
    fn incidents(
        &self,
        py: Python<'_>,
        as_of: Option<&str>,
        published_by: Option<&str>,
        step: Option<Bound<'_, PyAny>>,
    ) -> PyResult<(Vec<String>, Vec<String>, Vec<String>)> {
        let bounds = bounds(as_of, published_by)?;
        let step = step.map(Bound::unbind);
        let found = py.detach(|| {
            guarded_until(|| {
                let mut teller = Teller::new(step.as_ref());
                let knowledge = shipped::knowledge()?;
                self.runtime.block_on(async {
                    let mut read = 0;
                    let told = |_: usize| {
                        read += 1;
                        teller.done(read).map_err(Stop::from)
                    };
                    let archive = Archive::open_until(&self.book, bounds, knowledge, told).await?;
                    let mut incidents = Vec::new();
                    let mut sheets: Vec<String> = Vec::new();
                    for number in 0..archive.linked().len() {
                        if archive.linked().is_withdrawn(number) {
                            continue;
                        }
                        teller.done(read)?;
                        let of_it = archive.sheets(&self.book, number).await?;
                        incidents.push(written(&archive.incident(number, &of_it))?);
                        for sheet in of_it.values() {
                            sheets.push(written(sheet)?);
                        }
                    }
                    sheets.sort_unstable();
                    sheets.dedup();
                    let left_out = archive.left_out().iter().map(ToString::to_string);
                    Ok((incidents, sheets, left_out.collect()))
                })
            })
        });
        Ok(found?)
    }

    /// What is known about every report within bounds, as JSON, in the order in which they came.
    fn reports(
        &self,
        py: Python<'_>,
        as_of: Option<&str>,
        published_by: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let bounds = bounds(as_of, published_by)?;
        let found = py.detach(|| {
            guarded(|| {
                let view = self.runtime.block_on(self.book.view(bounds))?;
                let reports = view.readable().into_iter().filter_map(|report| {
                    let first = report.versions.first()?;
                    Some(written(&json!({
                        "about": report.about()?,
                        "recorded": first.recorded.to_string(),
                        "corrected": report.versions.len() > 1,
                        "withdrawn": report.withdrawal.is_some(),
                    })))
                });
                reports.collect::<Result<Vec<String>, Fault>>()
            })
        });
        Ok(found?)
    }

    /// One report within bounds, as `sayso report --format json` prints it.
    fn report(
        &self,
        py: Python<'_>,
        id: &str,
        as_of: Option<&str>,
        published_by: Option<&str>,
    ) -> PyResult<String> {
        let bounds = bounds(as_of, published_by)?;
        let found = py.detach(|| {
            guarded(|| {
                self.runtime.block_on(async {
                    let report = self.book.report(id, bounds).await?;
                    let reviewed = self.book.reviewed(&report).await?;
                    written(&report_json(&report, &reviewed))
                })
            })
        });
        Ok(found?)
    }

    /// The reports in which every word stands, as JSON, the newest first.
    fn search(
        &self,
        py: Python<'_>,
        words: &str,
        as_of: Option<&str>,
        published_by: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let bounds = bounds(as_of, published_by)?;
        let found = py.detach(|| {
            guarded(|| {
                let hits = self.runtime.block_on(self.book.search(words, bounds))?;
                let hits = hits.iter().map(|hit| {
                    written(&json!({
                        "report": hit.about, "spans": hit.spans, "snippet": hit.snippet,
                        "statements": hit.statements,
                    }))
                });
                hits.collect::<Result<Vec<String>, Fault>>()
            })
        });
        Ok(found?)
    }

    /// Number and hash of the last entry.
    fn head(&self, py: Python<'_>) -> PyResult<(u64, String)> {
        let head = py.detach(|| guarded(|| Ok(self.runtime.block_on(self.book.head())?)))?;
        Ok((head.number, head.hash))
    }
}

/// A report that is coded.
struct Coded {
    about: About,
    content: Content,
    sheet: SheetJson<'static>,
}

impl Ledger {
    /// Codes a report that is not there yet; runs on a worker's thread.
    fn coded(
        &self,
        coder: &sayso_coder::Coder,
        report: Report,
        threads: NonZeroUsize,
        corrections: bool,
    ) -> Result<Option<Coded>, Fault> {
        let about = About::of(&report);
        let has = self.book.has(&about, &report.text, corrections);
        // What was taken back stays away: somebody decided that.
        if self.runtime.block_on(has)? != Known::Not {
            return Ok(None);
        }
        let content = Content {
            text: report.text.clone(),
            bytes: report.text.clone().into_bytes(),
        };
        let coded = coder.code_on(report, threads);
        let json = sayso_api::sheet_json(&coded.reading, &coded.sheet, coder.made_by());
        let sheet = serde_json::from_str(&written(&json)?)
            .map_err(|e| Fault::new("InternalError", e.to_string()))?;
        Ok(Some(Coded {
            about,
            content,
            sheet,
        }))
    }

    fn keep(&self, coded: &Coded, corrections: bool) -> Result<Added, LedgerError> {
        let incoming = Incoming {
            about: coded.about.clone(),
            content: coded.content.clone(),
            sheet: &coded.sheet,
        };
        let kept = self.book.add(&incoming, corrections, now());
        self.runtime.block_on(kept)
    }
}

/// What became of one report; an error that is not of this report alone ends the batch.
fn told(added: Result<Added, Fault>) -> Result<Kept, Fault> {
    match added {
        Ok(added) => Ok((Some(word(added)), None)),
        Err(fault) if fault.ends_all => Err(fault),
        Err(fault) => Ok((None, Some(fault.to_json()))),
    }
}

fn word(added: Added) -> &'static str {
    match added {
        Added::New => "new",
        Added::Known => "known",
        Added::Corrected => "corrected",
        Added::Recoded => "recoded",
        Added::Superseded => "superseded",
    }
}

/// What a sheet says of its report.
fn about(sheet: &SheetJson<'_>) -> About {
    let report = &sheet.report;
    let owned = |field: &Option<std::borrow::Cow<'_, str>>| field.as_deref().map(str::to_owned);
    About {
        id: report.id.to_string(),
        title: owned(&report.title),
        outlet: owned(&report.outlet),
        url: owned(&report.url),
        published: owned(&report.published),
        language: Some(report.language.to_string()),
        author: owned(&report.author),
        updated: owned(&report.updated),
        forwarded_from: owned(&report.forwarded_from),
        reply_to: owned(&report.reply_to),
        // Whoever made the sheet knows; the sheet does not say.
        ..About::default()
    }
}

fn bounds(as_of: Option<&str>, published_by: Option<&str>) -> Result<Bounds, Fault> {
    Ok(Bounds {
        as_of: moment("as_of", as_of)?,
        published_by: moment("published_by", published_by)?,
    })
}

fn moment(field: &str, written: Option<&str>) -> Result<Option<Moment>, Fault> {
    let Some(written) = written else {
        return Ok(None);
    };
    let moment = Moment::latest(written).ok_or_else(|| {
        let allowed = "a day such as \"2025-10-22\" or a time such as \"2025-10-22T14:00:00Z\"";
        Fault::of_field("ConfigError", field, format!("{written:?}"), allowed)
    })?;
    Ok(Some(moment))
}

fn written(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::new("InternalError", e.to_string()))
}

/// The moment that is recorded. The shell has the clock; the ledger has none.
fn now() -> Moment {
    Moment::new(Timestamp::now())
}
