//! Measurements inside this program: phases, encoder, and many jobs.

use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sayso_coder::Coder;
use sayso_model::Reader;
use sayso_text::{Reading, Report};

/// Loads what is in the program and says how long it took.
pub(crate) fn load() -> anyhow::Result<Coder> {
    let begun = Instant::now();
    let coder = Coder::shipped()?;
    let ms = begun.elapsed().as_secs_f64() * 1e3;
    println!("load       {ms:.0} ms for model, lexicon and gazetteer");
    Ok(coder)
}

/// Mean time of one report in each phase, on one thread.
pub(crate) struct Phases {
    text: f64,
    model: f64,
    core: f64,
    json: f64,
}

impl fmt::Display for Phases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "text {:.2}, model {:.1}, core {:.2}, JSON {:.2} ms a report on one thread",
            self.text, self.model, self.core, self.json
        )
    }
}

/// Times each phase over all reports.
pub(crate) fn phases(coder: &Coder, model: &Path, texts: &[String]) -> anyhow::Result<Phases> {
    let reader = Reader::open(model)?;
    let mut spent = [Duration::ZERO; 4];
    for text in texts {
        let begun = Instant::now();
        let bare = bare(text);
        let read = begun.elapsed();
        let begun = Instant::now();
        let annotated = reader.annotate(bare);
        let model = begun.elapsed();
        drop(annotated);
        let begun = Instant::now();
        let coded = coder.code(Report::from_text(text.as_str()));
        let all = begun.elapsed();
        let begun = Instant::now();
        let json = serde_json::to_string(&sayso_api::sheet_json(
            &coded.reading,
            &coded.sheet,
            coder.made_by(),
        ))?;
        let written = begun.elapsed();
        drop(json);
        // What is left of the whole after text and model is the core.
        let core = all.saturating_sub(read + model);
        for (sum, part) in spent.iter_mut().zip([read, model, core, written]) {
            *sum += part;
        }
    }
    let [text, model, core, json] = spent.map(|d| d.as_secs_f64() * 1e3 / texts.len() as f64);
    Ok(Phases {
        text,
        model,
        core,
        json,
    })
}

/// Word pieces a second of the encoder alone.
pub(crate) struct Speed {
    one: f64,
    many: f64,
    jobs: usize,
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0} word pieces/s on one thread, {:.0} on {}",
            self.one, self.many, self.jobs
        )
    }
}

/// Runs the encoder over all reports, on one thread and on `jobs`.
pub(crate) fn encoder(model: &Path, texts: &[String], jobs: usize) -> anyhow::Result<Speed> {
    let reader = Reader::open(model)?;
    let readings: Vec<Reading> = texts.iter().map(|t| bare(t)).collect();
    let speed = |jobs: usize| {
        let begun = Instant::now();
        let pieces = on(jobs, &readings, |r| {
            reader.encode(r).map_or(0, |e| e.pieces)
        });
        pieces.iter().sum::<usize>() as f64 / begun.elapsed().as_secs_f64()
    };
    Ok(Speed {
        one: speed(1),
        many: speed(jobs),
        jobs,
    })
}

fn bare(text: &str) -> Reading {
    sayso_text::read(Report::from_text(text))
}

/// All reports coded.
pub(crate) struct All {
    per_second: f64,
    /// Hash and length of each sheet's JSON, in the order of the reports.
    pub(crate) sheets: Vec<(u64, usize)>,
    pub(crate) statements: usize,
    pub(crate) events: usize,
}

impl fmt::Display for All {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} reports/s", self.per_second)
    }
}

/// Codes all reports on `jobs` threads, JSON included.
pub(crate) fn code_all(coder: &Coder, texts: &[String], jobs: usize) -> All {
    let begun = Instant::now();
    let done = on(jobs, texts, |text| {
        let coded = coder.code(Report::from_text(text.as_str()));
        let sheet = sayso_api::sheet_json(&coded.reading, &coded.sheet, coder.made_by());
        let json = serde_json::to_string(&sheet).unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        let size = (hasher.finish(), json.len());
        (size, coded.sheet.statements.len(), coded.sheet.events.len())
    });
    let taken = begun.elapsed().as_secs_f64();
    All {
        per_second: texts.len() as f64 / taken,
        sheets: done.iter().map(|(size, ..)| *size).collect(),
        statements: done.iter().map(|(_, statements, _)| statements).sum(),
        events: done.iter().map(|(.., events)| events).sum(),
    }
}

/// Applies `work` to all items on `jobs` threads; results in the order of the items.
fn on<T: Sync, R: Send>(jobs: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    let result = work(item);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
