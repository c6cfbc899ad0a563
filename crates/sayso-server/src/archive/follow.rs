//! Keeps the snapshot up with the ledger.

use std::collections::{BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use sayso_ledger::{Bounds, Decision, Kept, KeptReport, LedgerError, Moment, ReportRef};
use sayso_link::{Intake, Linking};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::Archive;
use super::queue::{Doubts, doubts};
use super::rhythm::{Rhythm, Seen};
use super::sheets::Sheet;
use super::snapshot::{Reports, Snapshot, decisions, signed};
use crate::events::{Event, Part};
use crate::secret;

/// Linking everything anew may take one part in this many.
const ANEW: u32 = 20;

/// Reports that are asked for at once: enough for the way to the store to cost little, few enough
/// for their sheets to cost little memory.
const TOGETHER: usize = 16;

/// Is told how many of how many are done.
pub(super) type Tell<'t> = &'t (dyn Fn(usize, usize) + Sync);

/// Reports of a view, taken in by the linker.
pub(crate) struct Gathered {
    linking: Linking<'static>,
    /// For each report of the linker how entries name it.
    numbers: Vec<ReportRef>,
    reports: Reports,
    decisions: Vec<Decision>,
    doubts: Doubts,
    head: u64,
    /// When the head, or an entry before it, was recorded.
    recorded: Option<Moment>,
    bounds: Bounds,
    /// How long it took to link them, without waiting for the store.
    took: Duration,
}

/// Reads what is within `bounds`; with `only`, these reports alone. Sheets are opened on every core,
/// and taken in in the order of their reports.
pub(super) async fn gather(
    archive: &Arc<Archive>,
    bounds: Bounds,
    only: Option<&BTreeSet<ReportRef>>,
    tell: Tell<'_>,
) -> Result<Gathered, LedgerError> {
    let book = &archive.book;
    // What comes in while the view is read is taken in twice, which changes nothing.
    let head = book.head().await?;
    let view = book.view(bounds).await?;
    let mut gathered = Gathered {
        linking: Linking::new(archive.knowledge),
        numbers: Vec::new(),
        reports: Reports::new(),
        decisions: view.decisions,
        doubts: Doubts::new(),
        head: head.number,
        recorded: Moment::parse(&head.recorded),
        bounds,
        took: Duration::ZERO,
    };
    // What was taken back since is in no view, be it of a moment before that.
    let now = (bounds != Bounds::ALL).then(|| archive.now());
    let is_there = |reference: &ReportRef| {
        now.as_ref()
            .is_none_or(|now| now.reports.contains_key(reference))
    };
    let reports = view.reports.into_iter().filter_map(|(reference, kept)| {
        let is_asked = only.is_none_or(|only| only.contains(&reference)) && is_there(&reference);
        match kept {
            Kept::Readable(report) if is_asked && !report.is_undone() => Some(Arc::new(*report)),
            Kept::Locked if only.is_none() && bounds == Bounds::ALL => {
                let report = reference.to_string();
                crate::log(&format!("left out: {}", LedgerError::Locked { report }));
                None
            }
            Kept::Readable(_) | Kept::Erased(..) | Kept::Locked => None,
        }
    });
    let reports: Vec<Arc<KeptReport>> = reports.collect();
    let (start, waited) = (Instant::now(), archive.outage.so_far());
    let (mut ahead, mut done) = (VecDeque::new(), 0);
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut chunks = reports.chunks(TOGETHER);
    loop {
        while ahead.len() <= cores
            && let Some(chunk) = chunks.next()
        {
            ahead.push_back(opening(archive, chunk.to_vec()));
        }
        let Some(next) = ahead.pop_front() else {
            let waited = archive.outage.so_far().saturating_sub(waited);
            gathered.took = start.elapsed().saturating_sub(waited);
            return Ok(gathered);
        };
        // Where there is none to wait for, the program ends.
        let opened = next.await.unwrap_or_else(|_| Ok(Vec::new()))?;
        done += opened.len();
        for (report, sheet) in opened {
            gathered.take(&report, sheet);
        }
        tell(done, reports.len());
    }
}

/// Reports with their sheets, while something else is done.
type Opening = JoinHandle<Result<Vec<(Arc<KeptReport>, Option<Sheet>)>, LedgerError>>;

fn opening(archive: &Arc<Archive>, reports: Vec<Arc<KeptReport>>) -> Opening {
    let archive = Arc::clone(archive);
    tokio::spawn(async move {
        let sheets = archive.sheets.of_all(&archive.book, &reports).await?;
        Ok(reports.into_iter().zip(sheets).collect())
    })
}

impl Gathered {
    /// Takes in a report as it is now; gives whether all should be linked anew some time.
    fn take(&mut self, report: &Arc<KeptReport>, sheet: Option<Sheet>) -> bool {
        let before = self
            .reports
            .insert(report.reference.clone(), Arc::clone(report));
        let Some(sheet) = sheet else {
            return false;
        };
        let intake = Intake {
            arrival: report.versions.first().map(|first| first.entry),
            withdrawn: report.withdrawal.is_some(),
        };
        if before
            .as_ref()
            .is_some_and(|before| before.last == report.last)
        {
            return false;
        }
        self.doubts
            .insert(report.reference.clone(), doubts(report, &sheet));
        if self.linking.insert(&sheet, intake) {
            self.numbers.push(report.reference.clone());
            return false;
        }
        self.linking.revise(&sheet, intake)
    }

    pub(super) async fn snapshot(
        &self,
        archive: &Archive,
        before: Option<&Snapshot>,
        tell: Tell<'_>,
    ) -> Result<Snapshot, LedgerError> {
        let decided = decisions(&self.reports, &self.decisions);
        let linked = self.linking.clone().finish(decided);
        Snapshot::of(
            (&archive.book, &archive.sheets),
            (
                linked,
                Arc::new(self.numbers.clone()),
                Arc::new(self.doubts.clone()),
            ),
            (
                Arc::new(self.reports.clone()),
                Arc::new(self.decisions.clone()),
            ),
            (self.head, self.recorded, self.bounds),
            before,
            tell,
        )
        .await
    }
}

/// Follows the ledger.
pub(crate) struct Follower {
    archive: Arc<Archive>,
    gathered: Gathered,
    /// Since when reports should be linked anew.
    stale: Option<Instant>,
    /// How long that took the last time.
    took: Duration,
    /// They are being linked anew, beside what goes on.
    anew: Option<Anew>,
    /// Something was destroyed or taken back and is still in what is linked.
    gone: bool,
    /// Something was destroyed or taken back, and nobody has been told.
    untold: bool,
    /// Ids of reports that were taken in and are not laid out yet.
    changed: BTreeSet<String>,
    /// When the ledger is looked at next.
    rhythm: Rhythm,
}

/// Everything linked anew, some time; since when.
type Anew = (Instant, JoinHandle<Result<Gathered, LedgerError>>);

impl Follower {
    /// Reads everything, tells whether that went well, and follows for ever. What goes wrong is
    /// tried again, since another process may hold the ledger.
    pub(super) async fn run(archive: Arc<Archive>, tell: oneshot::Sender<Result<(), LedgerError>>) {
        let mut tell = Some(tell);
        let mut rhythm = Rhythm::new(secret::chance());
        let follower = loop {
            let error = match Self::begin(&archive, &rhythm).await {
                Ok(follower) => break follower,
                Err(error) => error,
            };
            crate::log(&format!("the ledger cannot be read: {error}"));
            if let Some(tell) = tell.take()
                && tell.send(Err(error)).is_ok()
            {
                return;
            }
            tokio::time::sleep(rhythm.failed()).await;
        };
        if let Some(tell) = tell {
            // Nobody waits any more: no harm.
            let _ = tell.send(Ok(()));
        }
        follower.follow().await;
    }

    /// Reads and links everything.
    async fn begin(archive: &Arc<Archive>, rhythm: &Rhythm) -> Result<Self, LedgerError> {
        let reports = |done, total| archive.tell(Part::Reports, done, total);
        let gathered = gather(archive, Bounds::ALL, None, &reports).await?;
        let incidents = |done, total| archive.tell(Part::Incidents, done, total);
        let snapshot = gathered.snapshot(archive, None, &incidents).await?;
        archive.publish(Arc::new(snapshot));
        Ok(Self {
            archive: Arc::clone(archive),
            took: gathered.took,
            gathered,
            stale: None,
            anew: None,
            gone: false,
            untold: false,
            changed: BTreeSet::new(),
            rhythm: rhythm.clone(),
        })
    }

    async fn follow(mut self) {
        loop {
            let written = self.archive.written.notified();
            let _ = tokio::time::timeout(self.rhythm.look(), written).await;
            let rest = match self.step().await {
                Ok(seen) => self.rhythm.rest(seen),
                Err(error) => {
                    crate::log(&format!("the ledger cannot be followed: {error}"));
                    self.rhythm.failed()
                }
            };
            tokio::time::sleep(rest).await;
        }
    }

    /// Takes in what is new. What the ledger was waited for is no work, or an outage would be followed
    /// by a rest of several times its length.
    async fn step(&mut self) -> Result<Seen, LedgerError> {
        let archive = Arc::clone(&self.archive);
        let is_linked_anew = self.linked_anew().await?;
        let head = archive.book.head().await?;
        archive.outage.is_over();
        if head.number != self.gathered.head {
            self.take_in(Moment::parse(&head.recorded)).await?;
            let worked = self.lay_out().await?;
            let is_new = true;
            return Ok(Seen { is_new, worked });
        }
        let mut seen = Seen::default();
        // What was taken in and could not be laid out is laid out now.
        let is_behind = archive.now().head != self.gathered.head;
        if is_linked_anew || is_behind {
            seen.worked = self.lay_out().await?;
        }
        let is_due = self.anew.is_none()
            && self
                .stale
                .is_some_and(|since| since.elapsed() >= self.took * ANEW);
        if is_due {
            self.stale = None;
            let handle =
                tokio::spawn(async move { gather(&archive, Bounds::ALL, None, &|_, _| {}).await });
            self.anew = Some((Instant::now(), handle));
        }
        Ok(seen)
    }

    /// Whether everything has just been linked anew. What came in meanwhile is taken in after it.
    async fn linked_anew(&mut self) -> Result<bool, LedgerError> {
        let Some((since, handle)) = self.anew.take() else {
            return Ok(false);
        };
        if !handle.is_finished() {
            self.anew = Some((since, handle));
            return Ok(false);
        }
        match handle.await {
            Ok(Ok(gathered)) => {
                self.took = gathered.took;
                self.gathered = gathered;
                Ok(true)
            }
            Ok(Err(error)) => {
                self.stale = Some(since);
                Err(error)
            }
            // The program ends.
            Err(_) => Ok(false),
        }
    }

    /// Links everything anew, and waits for it.
    async fn at_once(&mut self) -> Result<(), LedgerError> {
        // Begun before something was gone, it would bring that back.
        self.anew = None;
        self.gathered = gather(&self.archive, Bounds::ALL, None, &|_, _| {}).await?;
        self.stale = None;
        self.took = self.gathered.took;
        Ok(())
    }

    /// Takes in what the new entries are about.
    async fn take_in(&mut self, recorded: Option<Moment>) -> Result<(), LedgerError> {
        let archive = Arc::clone(&self.archive);
        let (book, sheets) = (&archive.book, &archive.sheets);
        let changes = book.changes(self.gathered.head).await?;
        for reference in &changes.reports {
            match book.kept_of(reference, Bounds::ALL).await? {
                Some(Kept::Readable(report)) if report.is_undone() => {
                    archive.forget(reference);
                    self.gone |= self.gathered.reports.remove(reference).is_some();
                }
                Some(Kept::Readable(report)) => {
                    let about = report.about();
                    self.changed.extend(about.map(|about| about.id.clone()));
                    archive.found(&report);
                    // One that is brought back is there again at every moment.
                    let first = report.versions.first().map_or(0, |first| first.entry);
                    let is_known = self.gathered.reports.contains_key(reference);
                    self.untold |= !is_known && first <= self.gathered.head;
                    let sheet = sheets.of(book, &report).await?;
                    if self.gathered.take(&Arc::new(*report), sheet) {
                        self.stale.get_or_insert_with(Instant::now);
                    }
                }
                Some(Kept::Erased(..) | Kept::Locked) => {
                    archive.forget(reference);
                    self.gone |= self.gathered.reports.remove(reference).is_some();
                }
                None => {}
            }
        }
        // Some may have come in while the view was read.
        let known = self
            .gathered
            .decisions
            .last()
            .map_or(0, |last| signed(last).entry);
        let new = changes.decisions.into_iter();
        let new = new.filter(|decision| signed(decision).entry > known);
        self.gathered.decisions.extend(new);
        if self.gone {
            // What was destroyed or taken back must be nowhere any more, at whatever cost.
            self.untold = true;
            self.at_once().await?;
            self.gone = false;
        }
        // Last: where something failed, all of it is looked at once more.
        self.gathered.head = self.gathered.head.max(changes.upto);
        self.gathered.recorded = self.gathered.recorded.max(recorded);
        Ok(())
    }

    /// Publishes what was taken in; how long that took without waiting for the store.
    async fn lay_out(&mut self) -> Result<Duration, LedgerError> {
        let archive = &self.archive;
        let (start, waited) = (Instant::now(), archive.outage.so_far());
        let before = archive.now();
        let snapshot = self
            .gathered
            .snapshot(archive, Some(&before), &|_, _| {})
            .await?;
        let snapshot = Arc::new(snapshot);
        let incidents = snapshot.changed_since(&before);
        archive.publish(snapshot);
        // Nobody listens: no harm.
        for id in std::mem::take(&mut self.changed) {
            let _ = archive.events.send(Event::Report { id });
        }
        for id in incidents {
            let _ = archive.events.send(Event::Incident { id });
        }
        if std::mem::take(&mut self.untold) {
            archive.forget_earlier();
            // Which reports they were is told nobody: whoever has read any reads anew.
            let _ = archive.events.send(Event::Reset);
        }
        let waited = archive.outage.so_far().saturating_sub(waited);
        Ok(start.elapsed().saturating_sub(waited))
    }
}
