//! Reports are kept, and what was new of them is an import, which can be taken back.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sayso_ledger::{About, Added, Book, Bounds, Content, Kept, LedgerError};
use tokio::sync::mpsc;

use super::files::{Item, Read};
use super::{AddedJson, KeptJson, RefusedJson};
use crate::auth::{Who, written};
use crate::problem::Problem;
use crate::reading::ReportState;
use crate::routes::reviews::now;
use crate::secret;
use crate::state::Desk;
use crate::store::{Import, Settled};

/// So many reports are written down as an import's before they are kept.
const TOGETHER: usize = 16;

/// After such pauses it is tried again to bring an import to what became of it.
const PAUSES: [Duration; 4] = [
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(10),
];

/// Keeps reports as they are read; whether it was cut short with something kept.
///
/// An import is written down before its reports are kept, so that whatever fails afterwards what is
/// kept can be taken back. What was not new after all is struck off at the end.
///
/// # Errors
/// Where the ledger or the desk's tables fail before anything is known to be kept.
pub(super) async fn keep(
    desk: Desk,
    who: Arc<Who>,
    mut items: mpsc::Receiver<Item>,
    corrections: bool,
) -> Result<(AddedJson, bool), Problem> {
    let mut keeping = Keeping::new(desk, who, corrections);
    let mut together = Vec::with_capacity(TOGETHER);
    let mut failed = None;
    while items.recv_many(&mut together, TOGETHER).await > 0 {
        let mut reads = Vec::with_capacity(together.len());
        for item in together.drain(..) {
            match item {
                Item::Report(read) => reads.push(*read),
                Item::Refused(refused) => keeping.answer.refused.push(refused),
            }
        }
        match &failed {
            None => failed = keeping.all(reads).await.err(),
            Some(_) => keeping.leave(reads.iter()),
        }
    }
    keeping.desk.0.archive.wrote();
    let is_empty = keeping.answer.kept.is_empty();
    let answer = keeping.settled().await;
    match failed {
        Some(error) if is_empty => Err(error.into()),
        Some(error) => {
            crate::log(&format!("a request was cut short: {error}"));
            Ok((answer, true))
        }
        None => Ok((answer, false)),
    }
}

/// A request on its way.
struct Keeping {
    desk: Desk,
    who: Arc<Who>,
    corrections: bool,
    import: Import,
    /// How entries name the reports that are written down as this import's.
    expected: BTreeSet<String>,
    /// Those of them that came in new.
    new: BTreeSet<String>,
    /// Those of which nobody can tell.
    open: BTreeSet<String>,
    answer: AddedJson,
}

impl Keeping {
    fn new(desk: Desk, who: Arc<Who>, corrections: bool) -> Self {
        let at = Timestamp::now();
        let import = Import {
            id: format!("m:{}{}", at.as_microsecond(), secret::short()),
            at: written(at),
            name: who.name.clone(),
            known: 0,
            refused: 0,
            undone: String::new(),
            undone_by: String::new(),
        };
        Self {
            desk,
            who,
            corrections,
            import,
            expected: BTreeSet::new(),
            new: BTreeSet::new(),
            open: BTreeSet::new(),
            answer: AddedJson::default(),
        }
    }

    /// Keeps some reports; where one fails that is not at fault itself, the rest are left.
    async fn all(&mut self, reads: Vec<Read>) -> Result<(), LedgerError> {
        let reads: Vec<(About, Read)> = reads
            .into_iter()
            .map(|read| (About::of(&read.report), read))
            .collect();
        if let Err(error) = self.expect(&reads).await {
            self.leave(reads.iter().map(|(_, read)| read));
            return Err(error);
        }
        let mut reads = reads.into_iter();
        while let Some((about, read)) = reads.next() {
            let (file, id) = (read.file.clone(), about.id.clone());
            match self.one(about, read).await {
                Ok(kept) => self.answer.kept.push(kept),
                Err(error) if error.is_of_one_report() => {
                    let refused = RefusedJson::of_ledger(&file, &id, &error);
                    self.answer.refused.push(refused);
                }
                Err(error) => {
                    let message = "whether this report was kept is not known: the ledger could not \
                                   be reached. Sent again, it is kept once";
                    self.answer.refused.push(RefusedJson::told(&file, message));
                    let name = self.desk.0.archive.book.name_of(&id).await;
                    self.open.extend(name.map(|name| name.to_string()));
                    self.leave(reads.as_slice().iter().map(|(_, read)| read));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn leave<'r>(&mut self, reads: impl Iterator<Item = &'r Read>) {
        let message = "it was not kept: the ledger could not be reached. Send it again";
        let left = reads.map(|read| RefusedJson::told(&read.file, message));
        self.answer.refused.extend(left);
    }

    /// Writes down as this import's the reports that are not there, or were taken back.
    async fn expect(&mut self, reads: &[(About, Read)]) -> Result<(), LedgerError> {
        let book = &self.desk.0.archive.book;
        let mut fresh = BTreeSet::new();
        for (about, _) in reads {
            let name = name_of(book, &about.id).await?;
            let is_there = match book.kept_of(&name, Bounds::ALL).await? {
                None => false,
                Some(Kept::Readable(report)) => !report.is_undone(),
                Some(Kept::Erased(..) | Kept::Locked) => true,
            };
            if !is_there {
                fresh.insert(name.to_string());
            }
        }
        if fresh.is_empty() {
            return Ok(());
        }
        self.desk.0.store.expect(&self.import, &fresh).await?;
        self.expected.extend(fresh);
        Ok(())
    }

    /// Keeps one report. An outlet's correction is of no import: to take that back would take away
    /// what others had added before.
    async fn one(&mut self, about: About, read: Read) -> Result<KeptJson, LedgerError> {
        let book = &self.desk.0.archive.book;
        let content = Content {
            text: read.report.text,
            bytes: read.bytes,
        };
        let mut added = book
            .receive(&about, &content, self.corrections, now())
            .await?;
        let mut state = ReportState::Waiting;
        if matches!(added, Added::Known | Added::Superseded) {
            let kept = book.report(&about.id, Bounds::ALL).await?;
            let by = &self.who.name;
            if kept.is_undone() && book.bring_back(&about.id, by, now()).await? {
                added = Added::New;
            }
            if kept.sheet().is_some() {
                state = ReportState::Coded;
            }
        }
        if added == Added::New {
            self.new.insert(book.name_of(&about.id).await?.to_string());
        }
        if state == ReportState::Waiting {
            self.desk.0.work.put(&about.id, read.report.notes);
        }
        let outcome = match added {
            Added::New | Added::Recoded => "new",
            Added::Known => "known",
            Added::Corrected => "corrected",
            Added::Superseded => "superseded",
        };
        Ok(KeptJson {
            id: about.id,
            title: about.title,
            outcome: outcome.to_owned(),
            state,
        })
    }

    /// Strikes off what was not new after all, and says how many were known or refused.
    async fn settled(mut self) -> AddedJson {
        if self.expected.is_empty() {
            return self.answer;
        }
        let known = self.answer.kept.len() - self.new.len();
        let refused = self.answer.refused.iter().filter(|one| !one.notice).count();
        let off = &(&self.expected - &self.new) - &self.open;
        let settled = Settled {
            import: self.import.id.clone(),
            known: count(known),
            refused: count(refused),
            off,
            new: std::mem::take(&mut self.new),
        };
        if !settled.new.is_empty() || !self.open.is_empty() {
            self.answer.import = Some(self.import.id);
        }
        if let Err(error) = self.desk.0.store.settle(&settled).await {
            crate::log(&format!("an import is not told to its end: {error}"));
            tokio::spawn(settle_later(self.desk, settled));
        }
        self.answer
    }
}

/// Until then the import has its reports, and no more than that it knew of others.
async fn settle_later(desk: Desk, settled: Settled) {
    for pause in PAUSES {
        tokio::time::sleep(pause).await;
        if desk.0.store.settle(&settled).await.is_ok() {
            return;
        }
    }
}

/// How entries will name a report, be it the first one of the ledger.
async fn name_of(book: &Book, id: &str) -> Result<sayso_ledger::ReportRef, LedgerError> {
    match book.name_of(id).await {
        Err(LedgerError::NoReport { .. }) => {
            // Sealing anything makes the key that names are made with.
            book.seal_beside("name", b"").await?;
            book.name_of(id).await
        }
        named => named,
    }
}

/// As the desk's tables have it.
fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
