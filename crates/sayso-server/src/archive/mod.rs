//! The ledger as the desk reads it: linked, in memory, and kept up with what is written by whom ever.
//!
//! ```text
//! Book ──entries──▶ Follower ──links, lays out──▶ Snapshot ◀── every reader, without waiting
//! ```

mod brief;
mod follow;
mod outage;
mod queue;
mod rhythm;
mod sheets;
mod snapshot;

use sayso_ledger::{Book, Bounds, KeptReport, LedgerError, ReportRef};
use sayso_link::LinkKnowledge;
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, broadcast, mpsc, oneshot, watch};
use tokio::time::Instant;

pub(crate) use brief::Brief;
pub use brief::{BriefJson, BriefPlaceJson, RangeJson};
use follow::Follower;
pub(crate) use outage::Outage;
pub use queue::QueueItem;
pub(crate) use sheets::Sheets;
pub(crate) use snapshot::{Opened, Snapshot, last};

use crate::events::{Event, Part, Reading};

/// How many earlier states are kept for readers who look back.
const EARLIER: usize = 8;

/// Ledgers of up to so many reports are linked whole for whoever looks back at one incident; of
/// larger ones only the reports that are its own by now.
const WHOLE: usize = 2_000;

/// Whoever opens a desk waits so long for a small ledger to be read.
const AT_ONCE: Duration = Duration::from_millis(700);

/// A ledger, and what it tells of.
pub(crate) struct Archive {
    pub(crate) book: Book,
    pub(crate) sheets: Sheets,
    /// When the store did not answer.
    outage: Arc<Outage>,
    knowledge: &'static LinkKnowledge,
    current: RwLock<Arc<Snapshot>>,
    earlier: Mutex<VecDeque<(Looked, Arc<Snapshot>)>>,
    /// Grows whenever something is destroyed, taken back or brought back.
    gone: AtomicU64,
    /// One earlier state is made at a time.
    looking_back: tokio::sync::Mutex<()>,
    /// Somebody wrote.
    written: Notify,
    /// The last entry that readers see.
    seen: watch::Sender<u64>,
    /// How far the ledger has been read at the beginning; `None` once it has.
    reading: watch::Sender<Option<Reading>>,
    pub(crate) events: broadcast::Sender<Event>,
    /// Whoever codes is told what has no sheet; held here until somebody does.
    found: mpsc::UnboundedSender<Uncoded>,
    unclaimed: Mutex<Option<mpsc::UnboundedReceiver<Uncoded>>>,
}

/// A report that came in without a sheet, by whom ever.
pub(crate) struct Uncoded {
    /// How entries name it.
    pub(crate) reference: ReportRef,
    pub(crate) id: String,
    /// The entry of the version to code.
    pub(crate) version: u64,
    /// When it was found.
    pub(crate) at: Instant,
}

/// What an earlier state is of: bounds, the last entry by then where later ones may change it, and the
/// reports looked at.
type Looked = (Bounds, Option<u64>, Option<BTreeSet<ReportRef>>);

impl Archive {
    /// Begins to read and link everything, and follows the ledger from then on. A small ledger has
    /// been read when this returns; a large one is read while the desk answers already.
    pub(crate) async fn open(
        book: Book,
        knowledge: &'static LinkKnowledge,
        outage: Arc<Outage>,
    ) -> Result<Arc<Self>, LedgerError> {
        let (found, unclaimed) = mpsc::unbounded_channel();
        let archive = Arc::new(Self {
            book,
            sheets: Sheets::default(),
            outage,
            knowledge,
            current: RwLock::new(Arc::new(Snapshot::empty(knowledge))),
            earlier: Mutex::default(),
            gone: AtomicU64::new(0),
            looking_back: tokio::sync::Mutex::default(),
            written: Notify::new(),
            seen: watch::channel(0).0,
            reading: watch::channel(Some(Reading::default())).0,
            events: broadcast::channel(1_024).0,
            found,
            unclaimed: Mutex::new(Some(unclaimed)),
        });
        let (tell, told) = oneshot::channel();
        tokio::spawn(Follower::run(Arc::clone(&archive), tell));
        match tokio::time::timeout(AT_ONCE, told).await {
            // What goes wrong at once goes wrong for whoever began it; later it is tried again.
            Ok(Ok(begun)) => begun.map(|()| archive),
            Ok(Err(_)) | Err(_) => Ok(archive),
        }
    }

    /// How far the ledger has been read; `None` once all of it has.
    pub(crate) fn reading(&self) -> Option<Reading> {
        self.reading.borrow().clone()
    }

    /// Waits until the whole ledger has been read.
    pub(crate) async fn is_read(&self) {
        let mut reading = self.reading.subscribe();
        let _ = reading.wait_for(Option::is_none).await;
    }

    /// Tells how far the ledger has been read, and who waits for it.
    fn tell(&self, what: Part, done: usize, total: usize) {
        let reading = Reading { what, done, total };
        self.reading.send_replace(Some(reading));
    }

    /// What there is now.
    pub(crate) fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What there was within `bounds`; with `only`, as far as these reports tell.
    pub(crate) async fn within(
        self: &Arc<Self>,
        bounds: Bounds,
        only: Option<BTreeSet<ReportRef>>,
    ) -> Result<Arc<Snapshot>, LedgerError> {
        let now = self.now();
        if bounds == Bounds::ALL {
            return Ok(now);
        }
        let only = only.filter(|_| now.reports.len() > WHOLE);
        // No entry is recorded before the one that it follows: what comes in from now on is not seen
        // from a moment before the last one.
        let is_past = bounds.as_of.is_some_and(|as_of| Some(as_of) < now.recorded);
        let looked = (bounds, (!is_past).then_some(now.head), only);
        if let Some(found) = self.remembered(&looked) {
            return Ok(found);
        }
        // Each holds a ledger in memory: whoever looks back waits for those who do.
        let _turn = self.looking_back.lock().await;
        if let Some(found) = self.remembered(&looked) {
            return Ok(found);
        }
        let (bounds, head, only) = looked;
        let gone = self.gone.load(Ordering::Acquire);
        let gathered = follow::gather(self, bounds, only.as_ref(), &|_, _| {}).await?;
        let snapshot = Arc::new(gathered.snapshot(self, None, &|_, _| {}).await?);
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        // Something that is in it may have been taken back meanwhile.
        if self.gone.load(Ordering::Acquire) == gone {
            earlier.push_front(((bounds, head, only), Arc::clone(&snapshot)));
            earlier.truncate(EARLIER);
        }
        Ok(snapshot)
    }

    fn remembered(&self, looked: &Looked) -> Option<Arc<Snapshot>> {
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        let at = earlier.iter().position(|(known, _)| known == looked)?;
        let found = earlier.remove(at)?;
        let snapshot = Arc::clone(&found.1);
        earlier.push_front(found);
        Some(snapshot)
    }

    /// What the follower finds without a sheet, from the beginning on; for the first who asks.
    pub(crate) fn uncoded(&self) -> Option<mpsc::UnboundedReceiver<Uncoded>> {
        let mut unclaimed = self.unclaimed.lock();
        let unclaimed = unclaimed.as_deref_mut().map(Option::take);
        unclaimed.unwrap_or_default()
    }

    /// Tells whoever codes that a report has no sheet.
    fn found(&self, report: &KeptReport) {
        let Some(version) = report.version().filter(|_| report.sheet().is_none()) else {
            return;
        };
        // Nobody codes any more: the program ends.
        let _ = self.found.send(Uncoded {
            reference: report.reference.clone(),
            id: version.about.id.clone(),
            version: version.entry,
            at: Instant::now(),
        });
    }

    /// Tells the follower that somebody wrote.
    pub(crate) fn wrote(&self) {
        self.written.notify_one();
    }

    /// Waits until readers see entry number `entry`, or `patience` is over.
    pub(crate) async fn sees(&self, entry: u64, patience: Duration) {
        let mut seen = self.seen.subscribe();
        let _ = tokio::time::timeout(patience, seen.wait_for(|seen| *seen >= entry)).await;
    }

    /// Tells whenever readers see another state.
    pub(crate) fn seen(&self) -> watch::Receiver<u64> {
        self.seen.subscribe()
    }

    /// From here on readers see this.
    fn publish(&self, snapshot: Arc<Snapshot>) {
        let head = snapshot.head;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        self.reading.send_replace(None);
        self.seen.send_replace(head);
    }

    /// Lets go of all earlier states and of the sheets of an erased report.
    fn forget(&self, report: &ReportRef) {
        self.sheets.forget(report);
        self.forget_earlier();
    }

    /// Lets go of all earlier states.
    fn forget_earlier(&self) {
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        self.gone.fetch_add(1, Ordering::Release);
        earlier.clear();
    }
}
