//! What analysts have decided on which reports belong together: it stays, whatever is linked later.

use std::collections::{BTreeMap, BTreeSet};

/// One decision, by ids of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// These reports, those of the incidents that were merged, are of one incident.
    Merge {
        /// Ids of the reports.
        reports: Vec<String>,
    },
    /// Some reports of an incident are of another one.
    Split {
        /// Ids of the reports that were split off; they stay together.
        reports: Vec<String>,
        /// Ids of the reports that they were split off from.
        from: Vec<String>,
    },
}

/// Decisions in the order in which they were taken: of two that contradict each other the later
/// one holds. Reports that are not there yet, or no longer, are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Report to the number of the set of reports it must stay with.
    block: BTreeMap<String, u32>,
    members: BTreeMap<u32, BTreeSet<String>>,
    /// Pairs that must not be in one incident, both ways.
    apart: BTreeSet<(String, String)>,
    next: u32,
    unreliable: BTreeSet<String>,
}

impl Decisions {
    /// Takes one more decision.
    pub fn take(&mut self, decision: &Decision) {
        match decision {
            Decision::Merge { reports } => {
                let mut all: BTreeSet<String> = BTreeSet::new();
                for report in reports {
                    match self.block.get(report).and_then(|b| self.members.remove(b)) {
                        Some(members) => all.extend(members),
                        None => {
                            all.insert(report.clone());
                        }
                    }
                }
                self.apart
                    .retain(|(a, b)| !(all.contains(a) && all.contains(b)));
                self.join(all);
            }
            Decision::Split { reports, from } => {
                let off: BTreeSet<String> = reports.iter().cloned().collect();
                for report in &off {
                    if let Some(members) = self
                        .block
                        .remove(report)
                        .and_then(|block| self.members.get_mut(&block))
                    {
                        members.remove(report);
                    }
                }
                for other in from.iter().filter(|other| !off.contains(*other)) {
                    for report in &off {
                        self.apart.insert((report.clone(), other.clone()));
                        self.apart.insert((other.clone(), report.clone()));
                    }
                }
                self.join(off);
            }
        }
    }

    /// Marks the origin with this id (`o:…`) as unreliable: its figures are left out of low and
    /// high.
    pub fn distrust(&mut self, origin: &str) {
        self.unreliable.insert(origin.to_owned());
    }

    /// Takes that mark away.
    pub fn trust(&mut self, origin: &str) {
        self.unreliable.remove(origin);
    }

    /// Ids of the origins that are marked unreliable.
    pub(crate) fn unreliable(&self) -> &BTreeSet<String> {
        &self.unreliable
    }

    /// The reports that `report` must stay with, itself among them.
    pub(crate) fn with<'d>(&'d self, report: &str) -> impl Iterator<Item = &'d str> {
        self.block
            .get(report)
            .and_then(|block| self.members.get(block))
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// The reports that must not be with `report`.
    pub(crate) fn apart_from<'d>(&'d self, report: &str) -> impl Iterator<Item = &'d str> {
        let from = (report.to_owned(), String::new());
        let report = report.to_owned();
        self.apart
            .range(from..)
            .take_while(move |(a, _)| *a == report)
            .map(|(_, b)| b.as_str())
    }

    fn join(&mut self, all: BTreeSet<String>) {
        for report in &all {
            self.block.insert(report.clone(), self.next);
        }
        self.members.insert(self.next, all);
        self.next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    #[test]
    fn merges_add_up_and_a_later_split_undoes_them() {
        let mut decisions = Decisions::default();
        for reports in [["a", "b"], ["b", "c"]] {
            decisions.take(&Decision::Merge {
                reports: ids(&reports),
            });
        }
        assert_eq!(decisions.with("a").collect::<Vec<_>>(), ["a", "b", "c"]);
        decisions.take(&Decision::Split {
            reports: ids(&["b"]),
            from: ids(&["a", "c"]),
        });
        assert_eq!(decisions.with("a").collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(decisions.with("b").collect::<Vec<_>>(), ["b"]);
        assert_eq!(decisions.apart_from("b").collect::<Vec<_>>(), ["a", "c"]);
        decisions.take(&Decision::Merge {
            reports: ids(&["a", "b"]),
        });
        assert_eq!(decisions.with("c").collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(decisions.apart_from("b").count(), 0);
    }
}
