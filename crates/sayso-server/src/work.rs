//! Coding in the background: a report is acknowledged when it is durable, and coded when there is time.
//!
//! What waits is what the ledger has without a sheet: a server that was ended in the middle goes on
//! where it stopped.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
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

/// How long a coder waits where the ledger could not be reached.
const PAUSE: Duration = Duration::from_secs(2);

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
    /// Of those being coded, those of which another version came in meanwhile.
    again: BTreeMap<String, Vec<Note>>,
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
        line.put(id, notes);
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
            let outcome = self.code(handle, &waiting);
            if let Err(error) = &outcome {
                crate::log(&format!("a report could not be coded: {error}"));
            }
            let mut line = self.lock();
            line.coded += u64::from(outcome.is_ok());
            line.open.remove(&waiting.id);
            if let Some(notes) = line.again.remove(&waiting.id) {
                line.put(&waiting.id, notes);
            } else if let Err(error) = outcome
                && may_pass(&error)
            {
                line.put(&waiting.id, waiting.notes);
                let pause = self.more.wait_timeout(line, PAUSE);
                line = pause.unwrap_or_else(PoisonError::into_inner).0;
            }
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

    fn code(&self, handle: &Handle, waiting: &Waiting) -> Result<(), LedgerError> {
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
        let coded = self.coder.code(about.report(text, waiting.notes.clone()));
        let sheet = sheet_json(&coded.reading, &coded.sheet, self.coder.made_by());
        let now = Moment::new(Timestamp::now());
        handle.block_on(book.recode(&sheet, now)).map(drop)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether it is the ledger that could not be reached, not the report that is at fault. Anything else
/// waits in the ledger until the server begins anew.
fn may_pass(error: &LedgerError) -> bool {
    matches!(error, LedgerError::Database { .. } | LedgerError::Moved)
}

impl Line {
    /// Puts a report in line, once. One that is being coded may be coded from an older version: it
    /// comes again.
    fn put(&mut self, id: &str, notes: Vec<Note>) {
        if self.open.insert(id.to_owned()) {
            self.since.get_or_insert_with(|| written(Timestamp::now()));
            self.waiting.push_back(Waiting {
                id: id.to_owned(),
                notes,
            });
        } else if let Some(waiting) = self.waiting.iter_mut().find(|other| other.id == id) {
            waiting.notes = notes;
        } else {
            self.again.insert(id.to_owned(), notes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_of_what_is_being_coded_comes_again() {
        let mut line = Line::default();
        line.put("post-1", Vec::new());
        line.put("post-1", vec![Note::summary_only()]);
        assert_eq!(line.waiting.len(), 1);
        let coding = line.waiting.pop_front().unwrap();
        assert_eq!(coding.notes, [Note::summary_only()]);
        line.put("post-1", Vec::new());
        assert!(line.waiting.is_empty(), "not coded twice at once");
        assert!(line.again.contains_key("post-1"));
        assert_eq!(line.open.len(), 1);
    }
}
