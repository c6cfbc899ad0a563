//! Coding in the background: a report is acknowledged when it is durable, and coded when there is time.
//!
//! What waits is what the ledger has without a sheet: a server that was ended in the middle goes on
//! where it stopped, and what came in by another way (another server, an import, a request whose answer
//! was lost) is found by whoever follows the ledger.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sayso_api::{SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_ledger::{Bounds, LedgerError, Moment};
use sayso_text::{Note, Report};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::archive::{Archive, Snapshot};
use crate::events::{Backlog, Event};
use crate::line::{Line, Tried, Waiting};

/// How often whoever listens is told how far the ledger has been read.
const TOLD: Duration = Duration::from_millis(250);

/// How long a coder waits where the ledger could not be reached.
const PAUSE: Duration = Duration::from_secs(2);

/// So long a report that was found without a sheet is left to whoever took it in: that is about to put
/// it in line here, or codes it elsewhere.
const GRACE: Duration = Duration::from_secs(3);

/// So long a report that is being coded is waited for when the server ends.
const LAST: Duration = Duration::from_secs(5);

/// Codes a report and hands its sheet on.
type Codes = Box<dyn Fn(Report, &mut dyn FnMut(&SheetJson<'_>)) + Send + Sync>;

/// The reports that wait, and those who code them.
pub(crate) struct Work {
    archive: Arc<Archive>,
    codes: Codes,
    line: Mutex<Line>,
    more: Condvar,
    threads: Mutex<Vec<thread::JoinHandle<()>>>,
    /// Whether the server ends: nobody waits for the ledger any more.
    over: watch::Sender<bool>,
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
        let coder = Arc::clone(coder);
        let codes = move |report: Report, give: &mut dyn FnMut(&SheetJson<'_>)| {
            let coded = coder.code(report);
            give(&sheet_json(&coded.reading, &coded.sheet, coder.made_by()));
        };
        Self::with(archive, Box::new(codes), jobs)
    }

    fn with(
        archive: &Arc<Archive>,
        codes: Codes,
        jobs: NonZeroUsize,
    ) -> std::io::Result<Arc<Self>> {
        let work = Arc::new(Self {
            archive: Arc::clone(archive),
            codes,
            line: Mutex::default(),
            more: Condvar::new(),
            threads: Mutex::default(),
            over: watch::channel(false).0,
        });
        tokio::spawn(Arc::clone(&work).begin());
        tokio::spawn(Arc::clone(&work).look_out());
        tokio::spawn(Arc::clone(&work).look_after());
        let handle = Handle::current();
        for number in 0..jobs.get() {
            let (own, handle) = (Arc::clone(&work), handle.clone());
            let thread = thread::Builder::new()
                .name(format!("coder-{number}"))
                .spawn(move || own.run(&handle))?;
            work.threads().push(thread);
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

    /// Puts in line what the follower finds without a sheet, unless it has one a moment later.
    async fn look_out(self: Arc<Self>) {
        let Some(mut uncoded) = self.archive.uncoded() else {
            return;
        };
        while let Some(found) = uncoded.recv().await {
            tokio::time::sleep_until(found.at + GRACE).await;
            let snapshot = self.archive.now();
            let report = snapshot.reports.get(&found.reference);
            if report.is_none_or(|report| report.sheet().is_none()) {
                self.lined(|line| line.find(&found.id, found.version));
            }
        }
    }

    /// Counts those no more that could not be coded and are settled otherwise: erased, taken back with
    /// their import, or coded by somebody else.
    async fn look_after(self: Arc<Self>) {
        let mut seen = self.archive.seen();
        while seen.changed().await.is_ok() {
            let failed = self.lock().failed.clone();
            let snapshot = self.archive.now();
            for (id, tried) in failed {
                if self.is_settled(&snapshot, &id, tried.as_ref()).await {
                    self.lined(|line| line.settled(&id, tried.as_ref()));
                }
            }
        }
    }

    /// Whether a report that could not be coded needs no sheet any more, or has one.
    async fn is_settled(&self, snapshot: &Snapshot, id: &str, tried: Option<&Tried>) -> bool {
        if let Some(tried) = tried {
            // What has come in since the snapshot is not in it.
            return snapshot.head >= tried.version
                && snapshot
                    .reports
                    .get(&tried.reference)
                    .is_none_or(|report| report.sheet().is_some());
        }
        // One that the ledger did not give is in no snapshot: only the ledger can tell.
        match self.archive.book.report(id, Bounds::ALL).await {
            Ok(report) => report.sheet().is_some() || report.is_undone(),
            Err(LedgerError::NoReport { .. } | LedgerError::Erased { .. }) => true,
            Err(_) => false,
        }
    }

    /// Puts a report in line.
    pub(crate) fn put(&self, id: &str, notes: Vec<Note>) {
        self.lined(|line| line.put(id, notes));
    }

    fn lined(&self, change: impl FnOnce(&mut Line)) {
        let mut line = self.lock();
        change(&mut line);
        let backlog = self.of(&line);
        drop(line);
        self.more.notify_one();
        let _ = self.archive.events.send(Event::Backlog(backlog));
    }

    /// What waits.
    pub(crate) fn backlog(&self) -> Backlog {
        self.of(&self.lock())
    }

    /// Ids of the reports that could not be coded.
    pub(crate) fn failed(&self) -> BTreeSet<String> {
        self.lock().failed.keys().cloned().collect()
    }

    fn of(&self, line: &Line) -> Backlog {
        Backlog {
            waiting: line.open.len(),
            coded: line.coded,
            failed: line.failed.len(),
            since: line.since.clone(),
            reading: self.archive.reading(),
        }
    }

    /// Nothing more is begun, and the ledger is waited for no more.
    pub(crate) fn end(&self) {
        self.lock().is_over = true;
        self.over.send_replace(true);
        self.more.notify_all();
    }

    /// Waits until nobody codes any more, as long as a report may take.
    pub(crate) async fn ended(&self) {
        self.end();
        let begun = Instant::now();
        while begun.elapsed() < LAST && self.threads().iter().any(|one| !one.is_finished()) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<thread::JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the ledger from a thread of a coder.
    fn wait<T>(
        &self,
        handle: &Handle,
        work: impl Future<Output = Result<T, LedgerError>>,
    ) -> Result<T, Stopped> {
        handle.block_on(async {
            let mut over = self.over.subscribe();
            tokio::select! {
                done = work => done.map_err(Stopped::By),
                _ = over.wait_for(|over| *over) => Err(Stopped::Over),
            }
        })
    }

    fn run(&self, handle: &Handle) {
        while let Some(waiting) = self.next() {
            let tried = RefCell::new(None);
            // A text that breaks the coder must not end it: it is told, and the next one is coded.
            let outcome = catch_unwind(AssertUnwindSafe(|| self.code(handle, &waiting, &tried)));
            let outcome = match outcome {
                Ok(Ok(is_coded)) => Outcome::Done { is_coded },
                Ok(Err(Stopped::Over)) => return,
                Ok(Err(Stopped::By(error))) => Outcome::of(&error),
                Err(_) => Outcome::Failed("the program broke on it".to_owned()),
            };
            if let Outcome::Failed(why) | Outcome::Away(why) = &outcome {
                let name = self.wait(handle, self.archive.book.name_of(&waiting.id));
                let name = name.map_or_else(|_| String::new(), |name| format!(" {name}"));
                crate::log(&format!("report{name} could not be coded: {why}"));
            }
            self.after(waiting, tried.into_inner(), &outcome);
        }
    }

    /// Takes a report that was coded, or was not, out of the line.
    fn after(&self, waiting: Waiting, tried: Option<Tried>, outcome: &Outcome) {
        let mut line = self.lock();
        match outcome {
            Outcome::Away(_) => {
                line.again(waiting);
                let pause = self.more.wait_timeout(line, PAUSE);
                line = pause.unwrap_or_else(PoisonError::into_inner).0;
            }
            Outcome::Failed(_) => line.done(&waiting.id, tried, true),
            Outcome::Done { is_coded } => {
                line.coded += u64::from(*is_coded);
                line.done(&waiting.id, tried, false);
            }
        }
        let backlog = self.of(&line);
        drop(line);
        self.archive.wrote();
        let _ = self.archive.events.send(Event::Backlog(backlog));
    }

    fn next(&self) -> Option<Waiting> {
        let mut line = self.lock();
        loop {
            if line.is_over {
                return None;
            }
            if let Some(waiting) = line.next() {
                return Some(waiting);
            }
            line = self.more.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Codes the version in force, unless it has been; `tried` is told which that is.
    fn code(
        &self,
        handle: &Handle,
        waiting: &Waiting,
        tried: &RefCell<Option<Tried>>,
    ) -> Result<bool, Stopped> {
        let book = &self.archive.book;
        let read = self.wait(handle, async {
            let kept = book.report(&waiting.id, Bounds::ALL).await?;
            let missing = || LedgerError::NoReport {
                id: waiting.id.clone(),
            };
            let in_force = kept.version().ok_or_else(missing)?;
            tried.replace(Some(Tried {
                reference: kept.reference.clone(),
                version: in_force.entry,
            }));
            // Another server was faster, or its import was taken back.
            if kept.sheet().is_some() || kept.is_undone() {
                return Ok(None);
            }
            let content = book.content(&kept, in_force.entry).await?;
            Ok::<_, LedgerError>(Some((in_force.about.clone(), content.text)))
        })?;
        let Some((about, text)) = read else {
            return Ok(false);
        };
        let mut kept = Ok(false);
        (self.codes)(about.report(text, waiting.notes.clone()), &mut |sheet| {
            let now = Moment::new(Timestamp::now());
            kept = self.wait(handle, book.recode(sheet, now)).map(|_| true);
        });
        kept
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a report was not coded to its end.
enum Stopped {
    /// By the ledger.
    By(LedgerError),
    /// The server ends: the report waits in the ledger.
    Over,
}

/// What became of a report whose turn it was.
enum Outcome {
    /// It has a sheet, or needs none any more.
    Done { is_coded: bool },
    /// The ledger could not be reached: it comes again.
    Away(String),
    /// It is the report that is at fault: it waits until it is sent again, or the server begins anew.
    Failed(String),
}

impl Outcome {
    fn of(error: &LedgerError) -> Self {
        match error {
            LedgerError::Database { .. } | LedgerError::Moved => Self::Away(error.to_string()),
            // It was erased meanwhile, or has another text, which is in line by itself.
            LedgerError::NoReport { .. }
            | LedgerError::Erased { .. }
            | LedgerError::OtherContent { .. } => Self::Done { is_coded: false },
            other => Self::Failed(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use sayso_ledger::{About, Book, Content, Missing, Place};
    use serde_json::json;

    use super::*;

    fn sheet_of(report: &Report) -> SheetJson<'static> {
        let made_by = json!({"sayso": "0", "model": "0", "lexicon": "0", "gazetteer": "0",
                             "registry": "0"});
        let value = json!({"schema": "sayso.sheet/1", "made_by": made_by, "statements": [],
            "report": {"id": report.id, "title": null, "text": report.text, "outlet": null,
                       "url": null, "published": null, "language": "en"},
            "events": [], "actors": [], "places": [], "times": [], "notes": []});
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_text_that_breaks_the_coder_is_told_and_the_next_one_is_coded() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let place = Place::parse(folder.path().join("a.db").to_str().unwrap(), None);
            let book = Book::open(&place, Missing::Make).await.unwrap();
            let reports = ["bad-1", "bad-2", "good-1"];
            for id in reports {
                let about = About {
                    id: id.to_owned(),
                    ..About::default()
                };
                let content = Content {
                    text: format!("A {id} text."),
                    bytes: Vec::new(),
                };
                let now = Moment::new(Timestamp::now());
                book.receive(&about, &content, false, now).await.unwrap();
            }
            let knowledge = crate::state::knowledge().unwrap();
            let archive = Archive::open(book, knowledge, Arc::default())
                .await
                .unwrap();
            let codes = |report: Report, give: &mut dyn FnMut(&SheetJson<'_>)| {
                assert!(!report.text.contains("bad"), "a fault of the coder");
                give(&sheet_of(&report));
            };
            let work = Work::with(&archive, Box::new(codes), NonZeroUsize::MIN).unwrap();
            let done = async {
                while work.backlog().coded == 0 || work.backlog().waiting > 0 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(20), done)
                .await
                .expect("the coder goes on");
            assert_eq!(work.backlog().failed, 2);
            assert_eq!(
                work.failed(),
                BTreeSet::from(["bad-1".to_owned(), "bad-2".to_owned()])
            );
            // What is sent again is tried again.
            work.put("bad-1", Vec::new());
            assert_eq!(work.backlog().waiting, 1);
            let failed = async |count: usize| {
                let is_so = async {
                    while work.backlog().failed != count || work.backlog().waiting > 0 {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                };
                let is_so = tokio::time::timeout(Duration::from_secs(20), is_so).await;
                assert!(is_so.is_ok(), "not {count}: {:?}", work.backlog());
            };
            failed(2).await;
            // One is coded by another program, the other is erased: nobody can do more for them.
            let mut events = archive.events.subscribe();
            let now = Moment::new(Timestamp::now());
            let kept = archive.book.report("bad-1", Bounds::ALL).await.unwrap();
            let about = kept.about().unwrap().clone();
            let report = about.report("A bad-1 text.".to_owned(), Vec::new());
            archive.book.recode(&sheet_of(&report), now).await.unwrap();
            archive.wrote();
            failed(1).await;
            assert_eq!(work.failed(), BTreeSet::from(["bad-2".to_owned()]));
            archive
                .book
                .erase("bad-2", "R", "court order", now)
                .await
                .unwrap();
            archive.wrote();
            failed(0).await;
            let mut told = Vec::new();
            while let Ok(event) = events.try_recv() {
                if let Event::Backlog(backlog) = event {
                    told.push(backlog.failed);
                }
            }
            assert_eq!(told.last(), Some(&0), "whoever listens is told: {told:?}");
            work.ended().await;
            assert!(work.threads().iter().all(thread::JoinHandle::is_finished));
        });
    }
}
