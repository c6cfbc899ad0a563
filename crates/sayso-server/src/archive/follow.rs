//! Keeps the snapshot up with the ledger.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sayso_ledger::{Book, Bounds, Decision, Kept, KeptReport, LedgerError, ReportRef};
use sayso_link::{Intake, LinkKnowledge, Linking};
use tokio::task::JoinHandle;

use super::Archive;
use super::queue::{Doubts, doubts};
use super::sheets::Sheets;
use super::snapshot::{Reports, Snapshot, decisions, signed};
use crate::events::Event;

/// How often the ledger is looked at for what other processes write.
const LOOK: Duration = Duration::from_millis(700);

/// Laying out may take this part of the time at most: one in four.
const SHARE: u32 = 4;

/// Linking everything anew may take one part in this many.
const ANEW: u32 = 20;

/// Reports of a view, taken in by the linker.
pub(crate) struct Gathered {
    linking: Linking<'static>,
    /// For each report of the linker how entries name it.
    numbers: Vec<ReportRef>,
    reports: Reports,
    decisions: Vec<Decision>,
    doubts: Doubts,
    head: u64,
    bounds: Bounds,
}

/// Reads what is within `bounds`; with `only`, these reports alone.
pub(super) async fn gather(
    book: &Book,
    sheets: &Sheets,
    knowledge: &'static LinkKnowledge,
    bounds: Bounds,
    only: Option<&BTreeSet<ReportRef>>,
) -> Result<Gathered, LedgerError> {
    // What comes in while the view is read is taken in twice, which changes nothing.
    let head = book.head().await?.number;
    let view = book.view(bounds).await?;
    let mut gathered = Gathered {
        linking: Linking::new(knowledge),
        numbers: Vec::new(),
        reports: Reports::new(),
        decisions: view.decisions,
        doubts: Doubts::new(),
        head,
        bounds,
    };
    for (reference, kept) in view.reports {
        if only.is_some_and(|only| !only.contains(&reference)) {
            continue;
        }
        if let Kept::Readable(report) = kept
            && !report.is_undone()
        {
            gathered.take(book, sheets, Arc::new(*report)).await?;
        }
    }
    Ok(gathered)
}

impl Gathered {
    /// Takes in a report as it is now; gives whether all should be linked anew some time.
    async fn take(
        &mut self,
        book: &Book,
        sheets: &Sheets,
        report: Arc<KeptReport>,
    ) -> Result<bool, LedgerError> {
        let before = self
            .reports
            .insert(report.reference.clone(), Arc::clone(&report));
        let Some(sheet) = sheets.of(book, &report).await? else {
            return Ok(false);
        };
        let intake = Intake {
            arrival: report.versions.first().map(|first| first.entry),
            withdrawn: report.withdrawal.is_some(),
        };
        if before
            .as_ref()
            .is_some_and(|before| before.last == report.last)
        {
            return Ok(false);
        }
        self.doubts
            .insert(report.reference.clone(), doubts(&report, &sheet));
        if self.linking.insert(&sheet, intake) {
            self.numbers.push(report.reference.clone());
            return Ok(false);
        }
        Ok(self.linking.revise(&sheet, intake))
    }

    pub(super) async fn snapshot(
        &self,
        book: &Book,
        sheets: &Sheets,
        before: Option<&Snapshot>,
    ) -> Result<Snapshot, LedgerError> {
        let decided = decisions(&self.reports, &self.decisions);
        let linked = self.linking.clone().finish(decided);
        Snapshot::of(
            (book, sheets),
            (
                linked,
                Arc::new(self.numbers.clone()),
                Arc::new(self.doubts.clone()),
            ),
            (
                Arc::new(self.reports.clone()),
                Arc::new(self.decisions.clone()),
            ),
            (self.head, self.bounds),
            before,
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
}

/// Everything linked anew, some time; since when.
type Anew = (Instant, JoinHandle<Result<Gathered, LedgerError>>);

impl Follower {
    pub(super) fn new(archive: Arc<Archive>, gathered: Gathered, took: Duration) -> Self {
        Self {
            archive,
            gathered,
            stale: None,
            took,
            anew: None,
        }
    }

    /// Follows for ever. What goes wrong is tried again, since another process may hold the ledger.
    pub(crate) async fn run(mut self) {
        loop {
            let written = self.archive.written.notified();
            let _ = tokio::time::timeout(LOOK, written).await;
            let start = Instant::now();
            match self.step().await {
                Ok(true) => tokio::time::sleep(start.elapsed() * SHARE).await,
                Ok(false) => {}
                Err(error) => {
                    crate::log(&format!("the ledger cannot be followed: {error}"));
                    tokio::time::sleep(LOOK * 4).await;
                }
            }
        }
    }

    /// Takes in what is new; whether there was anything.
    async fn step(&mut self) -> Result<bool, LedgerError> {
        let archive = Arc::clone(&self.archive);
        let is_linked_anew = self.linked_anew().await?;
        let head = archive.book.head().await?.number;
        if head != self.gathered.head {
            let changed = self.take_in().await?;
            self.lay_out(&changed).await?;
            return Ok(true);
        }
        if is_linked_anew {
            self.lay_out(&[]).await?;
        }
        let is_due = self.anew.is_none()
            && self
                .stale
                .is_some_and(|since| since.elapsed() >= self.took * ANEW);
        if is_due {
            self.stale = None;
            let handle = tokio::spawn(async move {
                let (book, sheets) = (&archive.book, &archive.sheets);
                gather(book, sheets, archive.knowledge, Bounds::ALL, None).await
            });
            self.anew = Some((Instant::now(), handle));
        }
        Ok(is_linked_anew)
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
        self.took = since.elapsed();
        match handle.await {
            Ok(gathered) => {
                self.gathered = gathered?;
                Ok(true)
            }
            // The program ends.
            Err(_) => Ok(false),
        }
    }

    /// Links everything anew, and waits for it.
    async fn at_once(&mut self) -> Result<(), LedgerError> {
        let start = Instant::now();
        let archive = &self.archive;
        let (book, sheets) = (&archive.book, &archive.sheets);
        // Begun before something was gone, it would bring that back.
        self.anew = None;
        self.gathered = gather(book, sheets, archive.knowledge, Bounds::ALL, None).await?;
        self.stale = None;
        self.took = start.elapsed();
        Ok(())
    }

    /// Takes in what the new entries are about; gives the ids of the reports.
    async fn take_in(&mut self) -> Result<Vec<String>, LedgerError> {
        let archive = Arc::clone(&self.archive);
        let (book, sheets) = (&archive.book, &archive.sheets);
        let changes = book.changes(self.gathered.head).await?;
        let mut changed = Vec::new();
        let mut gone = false;
        for reference in &changes.reports {
            match book.kept_of(reference, Bounds::ALL).await? {
                Some(Kept::Readable(report)) if report.is_undone() => {
                    gone |= self.gathered.reports.remove(reference).is_some();
                }
                Some(Kept::Readable(report)) => {
                    changed.extend(report.about().map(|about| about.id.clone()));
                    if self.gathered.take(book, sheets, Arc::new(*report)).await? {
                        self.stale.get_or_insert_with(Instant::now);
                    }
                }
                Some(Kept::Erased(..) | Kept::Locked) => {
                    archive.forget(reference);
                    gone |= self.gathered.reports.remove(reference).is_some();
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
        self.gathered.head = changes.upto;
        if gone {
            // What was destroyed or taken back must be nowhere any more, at whatever cost.
            self.at_once().await?;
        }
        Ok(changed)
    }

    async fn lay_out(&mut self, changed: &[String]) -> Result<(), LedgerError> {
        let archive = &self.archive;
        let before = archive.now();
        let snapshot = self
            .gathered
            .snapshot(&archive.book, &archive.sheets, Some(&before))
            .await?;
        let snapshot = Arc::new(snapshot);
        let incidents = snapshot.changed_since(&before);
        archive.publish(snapshot);
        // Nobody listens: no harm.
        for id in changed {
            let _ = archive.events.send(Event::Report { id: id.clone() });
        }
        for id in incidents {
            let _ = archive.events.send(Event::Incident { id });
        }
        Ok(())
    }
}
