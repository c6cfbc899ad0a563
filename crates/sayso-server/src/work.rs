//! Coding in the background: a report is acknowledged when it is durable, and coded when there is time.
//!
//! What waits is what the ledger has without a sheet: a server that was ended in the middle goes on
//! where it stopped.

use std::collections::{BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use sayso_api::sheet_json;
use sayso_coder::Coder;
use sayso_ledger::{Bounds, LedgerError, Moment};
use sayso_text::Note;
use tokio::runtime::Handle;

use crate::archive::Archive;
use crate::auth::written;
use crate::events::{Backlog, Event};

/// How often whoever listens is told how far the ledger has been read.
const TOLD: Duration = Duration::from_millis(250);

/// A report that waits.
struct Waiting {
    id: String,
    /// What its reader had to tell.
    notes: Vec<Note>,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Waiting>,
    /// Ids of those in line and those being coded.
    open: BTreeSet<String>,
    coded: u64,
    since: Option<String>,
    is_over: bool,
}

/// The reports that wait, and those who code them.
pub(crate) struct Work {
    archive: Arc<Archive>,
    coder: Arc<Coder>,
    line: Mutex<Line>,
    more: Condvar,
}

impl Work {
    /// Codes on `jobs` threads; begins with what the ledger has without a sheet, as soon as that is
    /// known.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub(crate) fn start(
        archive: &Arc<Archive>,
        coder: &Arc<Coder>,
        jobs: NonZeroUsize,
    ) -> std::io::Result<Arc<Self>> {
        let work = Arc::new(Self {
            archive: Arc::clone(archive),
            coder: Arc::clone(coder),
            line: Mutex::default(),
            more: Condvar::new(),
        });
        tokio::spawn(Arc::clone(&work).begin());
        let handle = Handle::current();
        for number in 0..jobs.get() {
            let (work, handle) = (Arc::clone(&work), handle.clone());
            thread::Builder::new()
                .name(format!("coder-{number}"))
                .spawn(move || work.run(&handle))?;
        }
        Ok(work)
    }

    /// Tells who listens how far the ledger has been read, and then puts in line what waits in it.
    async fn begin(self: Arc<Self>) {
        while self.archive.reading().is_some() {
            let _ = tokio::time::timeout(TOLD, self.archive.is_read()).await;
            let _ = self.archive.events.send(Event::Backlog(self.backlog()));
        }
        let snapshot = self.archive.now();
        for report in snapshot.reports.values() {
            if let (None, Some(about)) = (report.sheet(), report.about()) {
                self.put(&about.id, Vec::new());
            }
        }
    }

    /// Puts a report in line.
    pub(crate) fn put(&self, id: &str, notes: Vec<Note>) {
        let mut line = self.lock();
        if line.open.insert(id.to_owned()) {
            line.since.get_or_insert_with(|| written(Timestamp::now()));
            line.waiting.push_back(Waiting {
                id: id.to_owned(),
                notes,
            });
        }
        let backlog = self.of(&line);
        drop(line);
        self.more.notify_one();
        let _ = self.archive.events.send(Event::Backlog(backlog));
    }

    /// What waits.
    pub(crate) fn backlog(&self) -> Backlog {
        self.of(&self.lock())
    }

    fn of(&self, line: &Line) -> Backlog {
        Backlog {
            waiting: line.open.len(),
            coded: line.coded,
            since: line.since.clone(),
            reading: self.archive.reading(),
        }
    }

    /// Nothing more is begun.
    pub(crate) fn end(&self) {
        self.lock().is_over = true;
        self.more.notify_all();
    }

    fn run(&self, handle: &Handle) {
        while let Some(waiting) = self.next() {
            let id = waiting.id.clone();
            let outcome = self.code(handle, waiting);
            if let Err(error) = &outcome {
                // It waits in the ledger, until the server begins anew.
                crate::log(&format!("a report could not be coded: {error}"));
            }
            let mut line = self.lock();
            line.open.remove(&id);
            line.coded += u64::from(outcome.is_ok());
            if line.open.is_empty() {
                line.since = None;
            }
            let backlog = self.of(&line);
            drop(line);
            self.archive.wrote();
            let _ = self.archive.events.send(Event::Backlog(backlog));
        }
    }

    fn next(&self) -> Option<Waiting> {
        let mut line = self.lock();
        loop {
            if line.is_over {
                return None;
            }
            if let Some(waiting) = line.waiting.pop_front() {
                return Some(waiting);
            }
            line = self.more.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn code(&self, handle: &Handle, waiting: Waiting) -> Result<(), LedgerError> {
        let book = &self.archive.book;
        let (about, text) = handle.block_on(async {
            let kept = book.report(&waiting.id, Bounds::ALL).await?;
            let missing = || LedgerError::NoReport {
                id: waiting.id.clone(),
            };
            let version = kept.version().ok_or_else(missing)?;
            let content = book.content(&kept, version.entry).await?;
            Ok::<_, LedgerError>((version.about.clone(), content.text))
        })?;
        let coded = self.coder.code(about.report(text, waiting.notes));
        let sheet = sheet_json(&coded.reading, &coded.sheet, self.coder.made_by());
        let now = Moment::new(Timestamp::now());
        handle.block_on(book.recode(&sheet, now)).map(drop)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
