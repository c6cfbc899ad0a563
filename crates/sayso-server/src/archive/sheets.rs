//! Sheets that were opened lately, so that an incident need not open its reports each time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sayso_api::SheetJson;
use sayso_ledger::{Book, KeptReport, LedgerError, ReportRef, Reviewed};

/// A sheet with the analysts' decisions in it.
pub(crate) type Sheet = Arc<SheetJson<'static>>;

/// Bytes that the sheets here may take, as far as that can be told.
const ROOM: usize = 400_000_000;

/// A report in one state: how entries name it, and the last of them.
type Key = (ReportRef, u64);

fn key(report: &KeptReport) -> Key {
    (report.reference.clone(), report.last)
}

/// The sheets; the one that was not asked for the longest goes first.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    shelf: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    sheets: BTreeMap<Key, (Sheet, u64)>,
    by_use: BTreeMap<u64, Key>,
    uses: u64,
    taken: usize,
}

impl Sheets {
    /// The sheet of a report with its reviews; `None` where it is not coded yet, or cannot be read.
    pub(crate) async fn of(
        &self,
        book: &Book,
        report: &KeptReport,
    ) -> Result<Option<Sheet>, LedgerError> {
        if let Some(sheet) = self.lock().get(&key(report)) {
            return Ok(Some(sheet));
        }
        self.keep(report, book.reviewed(report).await)
    }

    /// As [`Sheets::of`] for several reports, in their order; in a fraction of the time.
    pub(crate) async fn of_all(
        &self,
        book: &Book,
        reports: &[Arc<KeptReport>],
    ) -> Result<Vec<Option<Sheet>>, LedgerError> {
        let mut found: Vec<Option<Sheet>> = {
            let mut shelf = self.lock();
            reports
                .iter()
                .map(|report| shelf.get(&key(report)))
                .collect()
        };
        let missing = found
            .iter()
            .zip(reports)
            .filter(|(found, _)| found.is_none());
        let missing: Vec<&KeptReport> = missing.map(|(_, report)| &**report).collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let opened = book.reviewed_all(&missing).await?;
        let mut opened = missing.into_iter().zip(opened);
        for found in found.iter_mut().filter(|found| found.is_none()) {
            if let Some((report, reviewed)) = opened.next() {
                *found = self.keep(report, reviewed)?;
            }
        }
        Ok(found)
    }

    /// Keeps a sheet that was opened; `None` where there is none that can be read.
    fn keep(
        &self,
        report: &KeptReport,
        reviewed: Result<Reviewed, LedgerError>,
    ) -> Result<Option<Sheet>, LedgerError> {
        let sheet = match reviewed {
            Ok(reviewed) => Arc::new(reviewed.sheet),
            // It may be in view before it is coded.
            Err(LedgerError::NoReport { .. }) => return Ok(None),
            Err(error) if error.is_of_one_report() => {
                let id = report.about().map_or("", |about| about.id.as_str());
                crate::log(&format!("left out: {id}: {error}"));
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        self.lock().put(key(report), Arc::clone(&sheet));
        Ok(Some(sheet))
    }

    /// Lets go of every sheet of a report: its content was destroyed.
    pub(crate) fn forget(&self, report: &ReportRef) {
        let mut shelf = self.lock();
        let keys: Vec<Key> = shelf
            .sheets
            .keys()
            .filter(|(of, _)| of == report)
            .cloned()
            .collect();
        for key in keys {
            shelf.remove(&key);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn get(&mut self, key: &Key) -> Option<Sheet> {
        let uses = self.uses + 1;
        let (sheet, used) = self.sheets.get_mut(key)?;
        self.by_use.remove(used);
        self.by_use.insert(uses, key.clone());
        self.uses = uses;
        *used = uses;
        Some(Arc::clone(sheet))
    }

    fn put(&mut self, key: Key, sheet: Sheet) {
        if self.sheets.contains_key(&key) {
            return;
        }
        self.uses += 1;
        self.taken += size(&sheet);
        self.by_use.insert(self.uses, key.clone());
        self.sheets.insert(key, (sheet, self.uses));
        while self.taken > ROOM {
            let Some(oldest) = self.by_use.first_key_value().map(|(_, key)| key.clone()) else {
                break;
            };
            self.remove(&oldest);
        }
    }

    fn remove(&mut self, key: &Key) {
        if let Some((sheet, used)) = self.sheets.remove(key) {
            self.by_use.remove(&used);
            self.taken = self.taken.saturating_sub(size(&sheet));
        }
    }
}

/// About how many bytes a sheet takes.
fn size(sheet: &SheetJson<'_>) -> usize {
    let parts = sheet.statements.len() + sheet.events.len() + sheet.actors.len();
    4_000 + sheet.report.text.len() + 1_500 * parts + 300 * sheet.places.len()
}
