//! The line of reports that wait to be coded.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;
use sayso_ledger::ReportRef;
use sayso_text::Note;

use crate::auth::written;

/// A report that waits.
pub(crate) struct Waiting {
    pub(crate) id: String,
    /// What its reader had to tell.
    pub(crate) notes: Vec<Note>,
}

/// Which report was coded or tried, and of which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tried {
    /// How entries name the report.
    pub(crate) reference: ReportRef,
    /// The entry of the version.
    pub(crate) version: u64,
}

/// Reports in line.
#[derive(Default)]
pub(crate) struct Line {
    /// Those that came in here, in their order.
    waiting: VecDeque<Waiting>,
    /// Those that were found in the ledger without a sheet.
    found: Vec<Waiting>,
    /// Ids of those in line and those being coded.
    pub(crate) open: BTreeSet<String>,
    /// Of those being coded, those that were asked for meanwhile: from which version on, where that is
    /// known, and what its reader had to tell.
    again: BTreeMap<String, (Option<u64>, Vec<Note>)>,
    /// Those that could not be coded, and what was tried; `None` where the ledger did not give it.
    pub(crate) failed: BTreeMap<String, Option<Tried>>,
    pub(crate) coded: u64,
    /// Since when something has been waiting without a break.
    pub(crate) since: Option<String>,
    pub(crate) is_over: bool,
}

impl Line {
    /// The next one. Of those that were found the last goes first: another server that has found them
    /// too may have begun with the first.
    pub(crate) fn next(&mut self) -> Option<Waiting> {
        self.waiting.pop_front().or_else(|| self.found.pop())
    }

    /// Puts a report in line, once. One that is being coded may be coded from an older version: it
    /// comes again. One that could not be coded is tried again.
    pub(crate) fn put(&mut self, id: &str, notes: Vec<Note>) {
        self.failed.remove(id);
        let id = id.to_owned();
        if self.open.insert(id.clone()) {
            self.begin(Waiting { id, notes });
        } else if let Some(waiting) = self.waiting.iter_mut().find(|other| other.id == id) {
            waiting.notes = notes;
        } else if let Some(at) = self.found.iter().position(|other| other.id == id) {
            self.found.remove(at);
            self.begin(Waiting { id, notes });
        } else {
            self.again.insert(id, (None, notes));
        }
    }

    /// Puts a report in line of which `version` was found without a sheet, unless it is in line, or
    /// that version could not be coded.
    pub(crate) fn find(&mut self, id: &str, version: u64) {
        let tried = self.failed.get(id).and_then(Option::as_ref);
        if tried.is_some_and(|tried| tried.version >= version) {
            return;
        }
        self.failed.remove(id);
        let notes = Vec::new();
        if self.open.insert(id.to_owned()) {
            self.mark();
            self.found.push(Waiting {
                id: id.to_owned(),
                notes,
            });
        } else if !self.waits(id) {
            let again = self.again.entry(id.to_owned());
            again.or_insert((Some(version), notes));
        }
    }

    /// A report that was being coded comes again: the ledger could not be reached.
    pub(crate) fn again(&mut self, waiting: Waiting) {
        match self.again.remove(&waiting.id) {
            Some((None, notes)) => self.begin(Waiting { notes, ..waiting }),
            _ => self.begin(waiting),
        }
    }

    /// A report that was being coded is out of line, unless a later version than this was asked for
    /// meanwhile.
    pub(crate) fn done(&mut self, id: &str, tried: Option<Tried>, has_failed: bool) {
        self.open.remove(id);
        let version = tried.as_ref().map(|tried| tried.version);
        match self.again.remove(id) {
            Some((asked, notes)) if asked.is_none() || asked > version => self.put(id, notes),
            _ if has_failed => drop(self.failed.insert(id.to_owned(), tried)),
            _ => {}
        }
        if self.open.is_empty() {
            self.since = None;
        }
    }

    /// A report that could not be coded is gone, or was coded by somebody else; unless it was tried once
    /// more since.
    pub(crate) fn settled(&mut self, id: &str, tried: Option<&Tried>) {
        if self.failed.get(id).map(Option::as_ref) == Some(tried) {
            self.failed.remove(id);
        }
    }

    fn begin(&mut self, waiting: Waiting) {
        self.mark();
        self.waiting.push_back(waiting);
    }

    fn mark(&mut self) {
        self.since.get_or_insert_with(|| written(Timestamp::now()));
    }

    fn waits(&self, id: &str) -> bool {
        let mut all = self.waiting.iter().chain(&self.found);
        all.any(|waiting| waiting.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(version: u64) -> Tried {
        Tried {
            reference: "0".repeat(32).parse().unwrap(),
            version,
        }
    }

    #[test]
    fn another_version_of_what_is_being_coded_comes_again() {
        let mut line = Line::default();
        line.put("post-1", Vec::new());
        line.put("post-1", vec![Note::summary_only()]);
        let coding = line.next().unwrap();
        assert_eq!(coding.notes, [Note::summary_only()]);
        line.put("post-1", Vec::new());
        assert!(line.next().is_none(), "not coded twice at once");
        assert_eq!(line.open.len(), 1);
        line.done("post-1", Some(tried(7)), false);
        assert_eq!(line.next().unwrap().id, "post-1");
    }

    #[test]
    fn what_is_found_while_it_is_coded_comes_again_where_it_is_newer() {
        let mut line = Line::default();
        line.put("post-1", Vec::new());
        line.find("post-1", 7);
        line.next().unwrap();
        line.find("post-1", 7);
        line.done("post-1", Some(tried(7)), false);
        assert!(line.next().is_none() && line.open.is_empty());
        line.find("post-1", 7);
        line.next().unwrap();
        line.find("post-1", 9);
        line.done("post-1", Some(tried(7)), false);
        assert_eq!(line.next().unwrap().id, "post-1");
    }

    #[test]
    fn what_comes_in_goes_first_and_of_what_is_found_the_last() {
        let mut line = Line::default();
        line.find("found-1", 1);
        line.find("found-2", 2);
        line.find("found-3", 3);
        line.put("found-1", Vec::new());
        line.put("post-1", Vec::new());
        let order: Vec<String> = std::iter::from_fn(|| line.next().map(|w| w.id)).collect();
        assert_eq!(order, ["found-1", "post-1", "found-3", "found-2"]);
    }

    #[test]
    fn what_could_not_be_coded_is_tried_when_it_is_sent_again_or_has_changed() {
        let mut line = Line::default();
        line.find("post-1", 7);
        line.next().unwrap();
        line.done("post-1", Some(tried(7)), true);
        line.find("post-1", 7);
        assert!(line.next().is_none());
        assert_eq!(line.failed.len(), 1);
        line.find("post-1", 8);
        assert!(line.next().is_some() && line.failed.is_empty());
        line.done("post-1", Some(tried(8)), true);
        line.put("post-1", Vec::new());
        assert!(line.next().is_some() && line.failed.is_empty());
    }

    #[test]
    fn what_is_settled_is_not_what_was_tried_since() {
        let mut line = Line::default();
        for version in [7, 8] {
            line.put("post-1", Vec::new());
            line.next().unwrap();
            line.done("post-1", Some(tried(version)), true);
        }
        line.settled("post-1", Some(&tried(7)));
        line.settled("post-2", None);
        assert_eq!(line.failed.len(), 1);
        line.settled("post-1", Some(&tried(8)));
        assert!(line.failed.is_empty());
    }
}
