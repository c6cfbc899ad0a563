//! The ledger as the desk reads it: linked, in memory, and kept up with what is written by whom ever.
//!
//! ```text
//! Book ──entries──▶ Follower ──links, lays out──▶ Snapshot ◀── every reader, without waiting
//! ```

mod brief;
mod follow;
mod queue;
mod sheets;
mod snapshot;

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use sayso_ledger::{Book, Bounds, LedgerError, ReportRef};
use sayso_link::LinkKnowledge;
use tokio::sync::{Notify, broadcast, watch};

pub(crate) use brief::Brief;
pub use brief::{BriefJson, BriefPlaceJson, RangeJson};
pub(crate) use follow::Follower;
pub use queue::QueueItem;
pub(crate) use sheets::Sheets;
pub(crate) use snapshot::{Opened, Snapshot, last};

use crate::events::Event;

/// How many earlier states are kept for readers who look back.
const EARLIER: usize = 8;

/// Ledgers of up to so many reports are linked whole for whoever looks back at one incident; of
/// larger ones only the reports that are its own by now.
const WHOLE: usize = 2_000;

/// A ledger, and what it tells of.
pub(crate) struct Archive {
    pub(crate) book: Book,
    pub(crate) sheets: Sheets,
    knowledge: &'static LinkKnowledge,
    current: RwLock<Arc<Snapshot>>,
    earlier: Mutex<VecDeque<(Looked, Arc<Snapshot>)>>,
    /// Somebody wrote.
    written: Notify,
    /// The last entry that readers see.
    seen: watch::Sender<u64>,
    pub(crate) events: broadcast::Sender<Event>,
}

/// What an earlier state is of: bounds, the last entry by then, and the reports looked at.
type Looked = (Bounds, u64, Option<BTreeSet<ReportRef>>);

impl Archive {
    /// Reads and links everything; whoever holds the follower keeps it up.
    pub(crate) async fn open(
        book: Book,
        knowledge: &'static LinkKnowledge,
    ) -> Result<(Arc<Self>, Follower), LedgerError> {
        let start = Instant::now();
        let sheets = Sheets::default();
        let gathered = follow::gather(&book, &sheets, knowledge, Bounds::ALL, None).await?;
        let snapshot = Arc::new(gathered.snapshot(&book, &sheets, None).await?);
        let head = snapshot.head;
        let archive = Arc::new(Self {
            book,
            sheets,
            knowledge,
            current: RwLock::new(snapshot),
            earlier: Mutex::default(),
            written: Notify::new(),
            seen: watch::channel(head).0,
            events: broadcast::channel(1_024).0,
        });
        let follower = Follower::new(Arc::clone(&archive), gathered, start.elapsed());
        Ok((archive, follower))
    }

    /// What there is now.
    pub(crate) fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What there was within `bounds`; with `only`, as far as these reports tell.
    pub(crate) async fn within(
        &self,
        bounds: Bounds,
        only: Option<BTreeSet<ReportRef>>,
    ) -> Result<Arc<Snapshot>, LedgerError> {
        let now = self.now();
        if bounds == Bounds::ALL {
            return Ok(now);
        }
        let only = only.filter(|_| now.reports.len() > WHOLE);
        let looked = (bounds, now.head, only);
        if let Some(found) = self.remembered(&looked) {
            return Ok(found);
        }
        let (bounds, head, only) = looked;
        let gathered = follow::gather(
            &self.book,
            &self.sheets,
            self.knowledge,
            bounds,
            only.as_ref(),
        )
        .await?;
        let snapshot = Arc::new(gathered.snapshot(&self.book, &self.sheets, None).await?);
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        earlier.push_front(((bounds, head, only), Arc::clone(&snapshot)));
        earlier.truncate(EARLIER);
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

    /// Tells the follower that somebody wrote.
    pub(crate) fn wrote(&self) {
        self.written.notify_one();
    }

    /// Waits until readers see entry number `entry`, or `patience` is over.
    pub(crate) async fn sees(&self, entry: u64, patience: std::time::Duration) {
        let mut seen = self.seen.subscribe();
        let _ = tokio::time::timeout(patience, seen.wait_for(|seen| *seen >= entry)).await;
    }

    /// From here on readers see this.
    fn publish(&self, snapshot: Arc<Snapshot>) {
        let head = snapshot.head;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        self.seen.send_replace(head);
    }

    /// Lets go of all earlier states and of the sheets of an erased report.
    fn forget(&self, report: &ReportRef) {
        self.sheets.forget(report);
        self.earlier
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
