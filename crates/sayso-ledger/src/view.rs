//! Views: the entries folded into what is known, as of a moment.

use std::collections::BTreeMap;

use sayso_api::MadeBy;

use crate::entry::{Entry, ReportRef};
use crate::error::LedgerError;
use crate::moment::{Bounds, Moment};
use crate::opened::{Opened, What};
use crate::payload::{About, ErasureClear, OwnHead, ReviewHead, WithdrawalHead};
use crate::seal::Secret;

/// When and by whom something was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Number of the entry.
    pub entry: u64,
    /// When.
    pub recorded: Moment,
    /// By whom.
    pub by: String,
}

/// One text of a report: the first, or a correction by the outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Number of the entry that holds text and bytes.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Moment,
    /// Whether it is a correction.
    pub correction: bool,
    /// What is known about it.
    pub about: About,
    /// SHA-256 of the bytes as received, 64 hexadecimal digits.
    pub sha256: String,
}

/// One coding of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetEntry {
    /// Number of the entry that holds the sheet.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Moment,
    /// Number of the entry with the text that was coded.
    pub of: u64,
    /// The versions that made it.
    pub made_by: MadeBy,
}

/// A report that can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptReport {
    /// How entries name it.
    pub reference: ReportRef,
    /// Its texts, oldest first; never empty. The last is the one in force.
    pub versions: Vec<Version>,
    /// The sheets of the version in force, oldest first; the last is the one in force.
    pub sheets: Vec<SheetEntry>,
    /// When any version of it was coded, oldest first.
    pub coded: Vec<Moment>,
    /// What analysts decided on its findings, oldest first.
    pub reviews: Vec<(Signed, ReviewHead)>,
    /// What analysts added: whether it is an event, and what it says.
    pub own: Vec<(Signed, bool, OwnHead)>,
    /// Set where the outlet took it back, and neither published it anew nor stands by it since.
    pub withdrawal: Option<(Signed, WithdrawalHead)>,
    /// Number of the last entry about it in view.
    pub last: u64,
}

impl KeptReport {
    /// The version in force.
    pub fn version(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// What is known about the version in force.
    pub fn about(&self) -> Option<&About> {
        self.version().map(|version| &version.about)
    }

    /// Whether whoever had added it took it back: it is in no view then.
    pub fn is_undone(&self) -> bool {
        let withdrawal = self.withdrawal.as_ref();
        withdrawal.is_some_and(|(_, head)| head.undone)
    }

    /// The sheet in force.
    pub fn sheet(&self) -> Option<&SheetEntry> {
        self.sheets.last()
    }
}

/// A report in a view.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// It can be read.
    Readable(Box<KeptReport>),
    /// Its content was destroyed, be it after the moment that the view is of: the tombstone.
    Erased(Moment, ErasureClear),
    /// It does not open, though nobody erased it: its key is missing or another, or an entry about it
    /// cannot be read.
    Locked,
}

/// A decision about incidents and origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// These incidents are one.
    Merge {
        /// Who decided, and when.
        signed: Signed,
        /// Their ids by then.
        incidents: Vec<String>,
        /// Their reports by then.
        reports: Vec<ReportRef>,
        /// The reason; `None` also where a report that it spoke of was erased.
        why: Option<String>,
    },
    /// These reports are not of this incident.
    Split {
        /// Who decided, and when.
        signed: Signed,
        /// Its id by then.
        incident: String,
        /// The reports that make one of their own.
        reports: Vec<ReportRef>,
        /// Its other reports by then.
        from: Vec<ReportRef>,
        /// The reason; `None` also where a report that it spoke of was erased.
        why: Option<String>,
    },
    /// This origin is reliable, or not: of several such decisions the last holds.
    Origin {
        /// Who decided, and when.
        signed: Signed,
        /// Its id.
        origin: String,
        /// Whether its figures count.
        reliable: bool,
        /// The reason; `None` also where a report that it spoke of was erased.
        why: Option<String>,
    },
}

impl Decision {
    /// Who decided, and when.
    pub fn signed(&self) -> &Signed {
        match self {
            Self::Merge { signed, .. }
            | Self::Split { signed, .. }
            | Self::Origin { signed, .. } => signed,
        }
    }

    /// Whether it says which of these reports, or the reports of these incidents, stay together.
    pub(crate) fn groups(&self, ids: &[&str], references: &[ReportRef]) -> bool {
        let names = |reports: &[ReportRef]| reports.iter().any(|r| references.contains(r));
        match self {
            Self::Merge {
                incidents, reports, ..
            } => names(reports) || incidents.iter().any(|id| ids.contains(&id.as_str())),
            Self::Split {
                incident,
                reports,
                from,
                ..
            } => names(reports) || names(from) || ids.contains(&incident.as_str()),
            Self::Origin { .. } => false,
        }
    }

    /// Whether it says how reliable this origin is.
    pub(crate) fn judges(&self, id: &str) -> bool {
        matches!(self, Self::Origin { origin, .. } if origin == id)
    }
}

/// What the ledger knows within some bounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Every report, by how entries name it.
    pub reports: BTreeMap<ReportRef, Kept>,
    /// Decisions about incidents, oldest first.
    pub decisions: Vec<Decision>,
}

impl View {
    /// The reports that can be read, in the order in which they came in; those that were taken back
    /// with their import are left out.
    pub fn readable(&self) -> Vec<&KeptReport> {
        let mut readable: Vec<&KeptReport> = self
            .reports
            .values()
            .filter_map(|kept| match kept {
                Kept::Readable(report) => Some(&**report),
                Kept::Erased(..) | Kept::Locked => None,
            })
            .filter(|report| !report.is_undone())
            .collect();
        readable.sort_by_key(|report| report.versions.first().map(|first| first.entry));
        readable
    }
}

/// What is gathered of one report.
#[derive(Debug, Default)]
struct Gathering {
    /// Whether an entry of it is in view.
    seen: bool,
    /// The last entry in view.
    last: u64,
    /// The last content entry, in view or not: what a sheet that follows is of.
    content: u64,
    locked: bool,
    versions: Vec<Version>,
    sheets: Vec<SheetEntry>,
    reviews: Vec<(Signed, ReviewHead)>,
    own: Vec<(Signed, bool, OwnHead)>,
    withdrawal: Option<(Signed, WithdrawalHead)>,
    erased: Option<(Moment, ErasureClear)>,
}

/// Folds entries, in order, into a view.
#[derive(Debug)]
pub(crate) struct Folder {
    bounds: Bounds,
    reports: BTreeMap<ReportRef, Gathering>,
    decisions: Vec<Decision>,
}

impl Folder {
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            reports: BTreeMap::new(),
            decisions: Vec::new(),
        }
    }

    /// Takes in an entry with the keys that `key` gives. One that cannot be read locks its report: what
    /// is known of that without it may be what no longer holds.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] where it is about no report.
    pub(crate) fn read(
        &mut self,
        entry: &Entry,
        key: &impl Fn(&str) -> Option<Secret>,
    ) -> Result<(), LedgerError> {
        match (Opened::of(entry, key), &entry.report) {
            (Ok(opened), _) => self.push(opened),
            (Err(error), Some(report)) if error.is_of_one_report() => {
                let recorded = Moment::parse(&entry.recorded);
                if recorded.is_none_or(|recorded| self.bounds.recorded(recorded)) {
                    let report = ReportRef(report.clone());
                    let gathering = self.reports.entry(report).or_default();
                    gathering.seen = true;
                    gathering.locked = true;
                    gathering.last = entry.number;
                }
            }
            (Err(error), _) => return Err(error),
        }
        Ok(())
    }

    pub(crate) fn push(&mut self, opened: Opened) {
        let in_view = self.bounds.recorded(opened.recorded);
        match opened.report {
            Some(report) => {
                let gathering = self.reports.entry(report).or_default();
                // A tombstone tells of what is gone for every view, the earlier ones too.
                if in_view || matches!(opened.what, What::Erasure(_)) {
                    gathering.seen |= in_view;
                    gathering.last = opened.number;
                    let bounds = self.bounds;
                    gathering.take(opened.number, opened.recorded, opened.what, &bounds);
                }
            }
            None if in_view => {
                if let Some(decision) = decision(opened) {
                    self.decisions.push(decision);
                }
            }
            None => {}
        }
    }

    pub(crate) fn finish(self) -> View {
        let reports = self
            .reports
            .into_iter()
            .filter_map(|(reference, gathering)| {
                let kept = gathering.finish(reference.clone())?;
                Some((reference, kept))
            })
            .collect();
        View {
            reports,
            decisions: self.decisions,
        }
    }
}

impl Gathering {
    fn take(&mut self, entry: u64, recorded: Moment, what: What, bounds: &Bounds) {
        let signed = |by: String| Signed {
            entry,
            recorded,
            by,
        };
        match what {
            What::Content { correction, head } => {
                self.content = entry;
                // An outlet that corrects a report seldom gives it another date. When it did so is
                // then not known, only that it was no later than it was recorded.
                let before = self.versions.last().and_then(|v| v.about.out());
                let out = head.as_ref().and_then(|head| head.about.out());
                let in_view = bounds.published(out.filter(|out| Some(*out) != before), recorded);
                match head {
                    Some(head) if in_view => {
                        // An outlet that publishes a report anew stands by it.
                        self.withdrawal = None;
                        self.versions.push(Version {
                            entry,
                            recorded,
                            correction,
                            about: head.about,
                            sha256: head.sha256,
                        });
                    }
                    // Somebody took it in again, whenever it came out.
                    Some(_) => drop(self.withdrawal.take_if(|(_, head)| head.undone)),
                    None => self.locked = true,
                }
            }
            What::Sheet(clear) => self.sheets.push(SheetEntry {
                entry,
                recorded,
                of: self.content,
                made_by: clear.made_by,
            }),
            What::Withdrawal(by, Some(head)) => {
                // That it was added by mistake is no news of its outlet: it holds for what had been
                // published by any day.
                if head.undone || bounds.published(head.published.as_deref(), recorded) {
                    self.withdrawal = Some((signed(by.by), head));
                }
            }
            What::Reinstatement(Some(head)) => {
                let is_undone = matches!(&self.withdrawal, Some((_, head)) if head.undone);
                if is_undone || bounds.published(head.published.as_deref(), recorded) {
                    self.withdrawal = None;
                }
            }
            What::Review(by, Some(head)) => self.reviews.push((signed(by.by), head)),
            What::Own {
                event,
                by,
                head: Some(head),
            } => self.own.push((signed(by.by), event, head)),
            What::Erasure(clear) => self.erased = Some((recorded, clear)),
            // Sealed, and the key is gone, as that of the content then is; or about no report at all.
            What::Withdrawal(_, None)
            | What::Reinstatement(None)
            | What::Review(_, None)
            | What::Own { head: None, .. }
            | What::Merge(..)
            | What::Split(..)
            | What::Origin(..) => {}
        }
    }

    fn finish(mut self, reference: ReportRef) -> Option<Kept> {
        if !self.seen {
            return None;
        }
        if let Some((recorded, clear)) = self.erased {
            return Some(Kept::Erased(recorded, clear));
        }
        if self.locked {
            return Some(Kept::Locked);
        }
        let current = self.versions.last()?.entry;
        let coded = self.sheets.iter().map(|sheet| sheet.recorded).collect();
        self.sheets.retain(|sheet| sheet.of == current);
        Some(Kept::Readable(Box::new(KeptReport {
            reference,
            versions: self.versions,
            sheets: self.sheets,
            coded,
            reviews: self.reviews,
            own: self.own,
            withdrawal: self.withdrawal,
            last: self.last,
        })))
    }
}

fn decision(opened: Opened) -> Option<Decision> {
    let signed = |by: String| Signed {
        entry: opened.number,
        recorded: opened.recorded,
        by,
    };
    match opened.what {
        What::Merge(clear, incidents, head) => Some(Decision::Merge {
            signed: signed(clear.by),
            incidents,
            reports: clear.reports.into_iter().map(ReportRef).collect(),
            why: head.map(|head| head.why),
        }),
        What::Split(clear, incident, head) => Some(Decision::Split {
            signed: signed(clear.by),
            incident,
            reports: clear.reports.into_iter().map(ReportRef).collect(),
            from: clear.from.into_iter().map(ReportRef).collect(),
            why: head.map(|head| head.why),
        }),
        What::Origin(clear, origin, head) => Some(Decision::Origin {
            signed: signed(clear.by),
            origin,
            reliable: clear.reliable,
            why: head.map(|head| head.why),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::ContentHead;

    fn moment(day: u32) -> Moment {
        Moment::latest(&format!("2025-10-{day:02}")).unwrap()
    }

    fn opened(number: u64, day: u32, what: What) -> Opened {
        Opened {
            number,
            recorded: moment(day),
            report: Some(ReportRef("r".to_owned())),
            what,
        }
    }

    fn content(number: u64, day: u32, published: &str) -> Opened {
        let about = About {
            id: "one".to_owned(),
            published: Some(published.to_owned()),
            ..About::default()
        };
        let head = ContentHead {
            about,
            sha256: String::new(),
        };
        let what = What::Content {
            correction: number > 1,
            head: Some(head),
        };
        opened(number, day, what)
    }

    fn sheet(number: u64, day: u32) -> Opened {
        let made_by = MadeBy {
            sayso: number.to_string(),
            model: String::new(),
            lexicon: String::new(),
            gazetteer: String::new(),
            registry: String::new(),
        };
        opened(
            number,
            day,
            What::Sheet(crate::payload::SheetClear { made_by }),
        )
    }

    fn view(entries: &[Opened], as_of: Option<u32>, published_by: Option<u32>) -> Option<Kept> {
        let mut folder = Folder::new(Bounds {
            as_of: as_of.map(moment),
            published_by: published_by.map(moment),
        });
        for entry in entries {
            folder.push(entry.clone());
        }
        folder.finish().reports.into_values().next()
    }

    fn sheet_in_force(kept: Option<Kept>) -> Option<u64> {
        match kept {
            Some(Kept::Readable(report)) => report.sheet().map(|sheet| sheet.entry),
            _ => None,
        }
    }

    fn corrected() -> Vec<Opened> {
        vec![
            content(1, 10, "2025-10-09"),
            sheet(2, 10),
            content(3, 12, "2025-10-11"),
            sheet(4, 12),
            sheet(5, 20),
        ]
    }

    #[test]
    fn the_sheet_in_force_is_the_last_of_the_version_in_force() {
        let entries = corrected();
        assert_eq!(sheet_in_force(view(&entries, None, None)), Some(5));
        assert_eq!(sheet_in_force(view(&entries, Some(12), None)), Some(4));
        assert_eq!(sheet_in_force(view(&entries, Some(11), None)), Some(2));
        assert_eq!(sheet_in_force(view(&entries, Some(9), None)), None);
    }

    #[test]
    fn what_was_published_later_is_out_of_view_however_early_it_was_recorded() {
        let entries = corrected();
        assert_eq!(sheet_in_force(view(&entries, None, Some(10))), Some(2));
        assert_eq!(view(&entries, None, Some(8)), None);
    }

    #[test]
    fn a_correction_under_the_old_date_was_out_when_it_was_recorded() {
        let entries = vec![
            content(1, 10, "2025-10-09"),
            sheet(2, 10),
            content(3, 12, "2025-10-09"),
            sheet(4, 12),
        ];
        assert_eq!(sheet_in_force(view(&entries, None, Some(11))), Some(2));
        assert_eq!(sheet_in_force(view(&entries, None, Some(12))), Some(4));
        let mut entries = entries;
        if let What::Content {
            head: Some(head), ..
        } = &mut entries[2].what
        {
            head.about.updated = Some("2025-10-11".to_owned());
        }
        assert_eq!(sheet_in_force(view(&entries, None, Some(11))), Some(4));
        assert_eq!(sheet_in_force(view(&entries, None, Some(10))), Some(2));
    }

    #[test]
    fn an_entry_that_cannot_be_read_locks_its_report_from_then_on() {
        let mut folder = Folder::new(Bounds::ALL);
        let mut earlier = Folder::new(Bounds {
            as_of: Some(moment(12)),
            published_by: None,
        });
        let broken = Entry {
            number: 6,
            recorded: moment(13).to_string(),
            kind: "review".to_owned(),
            report: Some("r".to_owned()),
            payload: "?".to_owned(),
            head: None,
            body: None,
            previous: String::new(),
            hash: String::new(),
        };
        for folder in [&mut folder, &mut earlier] {
            for entry in corrected() {
                folder.push(entry);
            }
            folder.read(&broken, &|_| None).unwrap();
        }
        let kept = |folder: Folder| folder.finish().reports.into_values().next();
        assert_eq!(kept(folder), Some(Kept::Locked));
        assert_eq!(sheet_in_force(kept(earlier)), Some(4));
    }

    #[test]
    fn a_tombstone_is_seen_from_every_moment_at_which_the_report_was_there() {
        let mut entries = corrected();
        for entry in &mut entries {
            if let What::Content { head, .. } = &mut entry.what {
                *head = None;
            }
        }
        let clear = ErasureClear {
            by: "R".to_owned(),
            why: "asked for".to_owned(),
        };
        entries.push(opened(6, 30, What::Erasure(clear.clone())));
        let erased = Some(Kept::Erased(moment(30), clear));
        assert_eq!(view(&entries, None, None), erased);
        assert_eq!(view(&entries, Some(12), None), erased);
        assert_eq!(view(&entries, Some(9), None), None);
        entries.pop();
        assert_eq!(view(&entries, None, None), Some(Kept::Locked));
    }
}
