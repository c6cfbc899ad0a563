//! The first pass: sheets one after another, a few kilobytes kept of each.

use std::collections::BTreeMap;

use sayso_api::SheetJson;

use super::outline::{Outline, Table};
use super::{LinkKnowledge, Linked, prepared};
use crate::copies::Copies;
use crate::decision::Decisions;
use crate::origin::{Print, Voice};
use crate::rule::JudgingRule;
use crate::{Digest, Linker};

/// How a report comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// Its place in the order in which reports came in, where they are kept: an incident is then
    /// called after the first that came, and keeps its id whatever comes later. Without it an
    /// incident is called after the first that was published.
    pub arrival: Option<u64>,
    /// The outlet took it back: it stays with its incident, and nothing that it says counts.
    pub withdrawn: bool,
}

/// Takes in sheets; [`Linking::finish`] gives the incidents.
#[derive(Clone, Debug)]
pub struct Linking<'k> {
    knowledge: &'k LinkKnowledge,
    linker: Linker,
    copies: Copies,
    table: Table,
    outlines: Vec<Outline>,
    /// For each report an earlier print of its text, at last the first.
    earlier_print: Vec<u32>,
}

impl<'k> Linking<'k> {
    /// For sheets in whatever order.
    pub fn new(knowledge: &'k LinkKnowledge) -> Self {
        Self {
            knowledge,
            linker: Linker::new(&knowledge.weights),
            copies: Copies::default(),
            table: Table::default(),
            outlines: Vec::new(),
            earlier_print: Vec::new(),
        }
    }

    /// For sheets that come by day of publication, those without one anywhere: the same answer,
    /// with less memory, since what is too old to meet others is let go.
    pub fn by_publication(knowledge: &'k LinkKnowledge) -> Self {
        Self {
            copies: Copies::forgetting(),
            linker: Linker::new(&knowledge.weights).forgetting(),
            ..Self::new(knowledge)
        }
    }

    /// Takes in a sheet. One of a report that is here already is left out: `false`.
    pub fn insert(&mut self, sheet: &SheetJson<'_>, intake: Intake) -> bool {
        let sheet = &*prepared(sheet);
        let digest = Digest::of(sheet, &self.knowledge.rarity);
        let published = digest.published;
        if !self.linker.insert(digest) {
            return false;
        }
        let report = self.outlines.len() as u32;
        let rules = self.knowledge.rules;
        let outline = self.outline(sheet, intake);
        self.outlines.push(outline);
        self.earlier_print.push(report);
        let signature = self
            .knowledge
            .signature(&sheet.report.text)
            .filter(|_| !intake.withdrawn && rules.has(JudgingRule::OneText));
        for copy in self.copies.insert(signature, published) {
            let a = root(&mut self.earlier_print, report);
            let b = root(&mut self.earlier_print, copy.report);
            self.earlier_print[a.max(b) as usize] = a.min(b);
        }
        true
    }

    /// Takes in what the sheet of a report that is here says by now. What its incident is about
    /// follows at once; which reports it belongs with stays as it is until all are linked anew.
    /// `false` where the report is not here.
    pub fn revise(&mut self, sheet: &SheetJson<'_>, intake: Intake) -> bool {
        let sheet = &*prepared(sheet);
        let Some(report) = self.linker.number(&sheet.report.id) else {
            return false;
        };
        let outline = self.outline(sheet, intake);
        self.outlines[report as usize] = outline;
        true
    }

    fn outline(&mut self, sheet: &SheetJson<'_>, intake: Intake) -> Outline {
        let plans = !self.knowledge.rules.has(JudgingRule::PlannedIsNotDone);
        Outline {
            events: self.table.outlines(sheet, plans),
            print: self.knowledge.attributions().print(sheet),
            withdrawn: intake.withdrawn,
            arrival: intake.arrival,
        }
    }

    /// The incidents of all that came in, with what analysts decided.
    pub fn finish(mut self, decisions: Decisions) -> Linked<'k> {
        let voices = self.voices();
        let told = (self.outlines, voices);
        Linked::new(self.knowledge, self.linker, self.table, told, decisions)
    }

    /// For each report who its own words go back to: the prints of one text share theirs.
    fn voices(&mut self) -> Vec<Voice> {
        let attributions = self.knowledge.attributions();
        let mut prints: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for report in 0..self.outlines.len() as u32 {
            let first = root(&mut self.earlier_print, report);
            prints.entry(first).or_default().push(report);
        }
        let mut voices: BTreeMap<u32, Voice> = BTreeMap::new();
        for (text, mut reports) in prints {
            reports.sort_by(|&a, &b| self.linker.rank(a).cmp(&self.linker.rank(b)));
            let prints: Vec<&Print> = reports
                .iter()
                .map(|&report| &self.outlines[report as usize].print)
                .collect();
            let voice = Voice {
                own: attributions.of_prints(&prints),
                text,
            };
            voices.extend(reports.into_iter().map(|report| (report, voice.clone())));
        }
        voices.into_values().collect()
    }
}

fn root(earlier: &mut [u32], mut at: u32) -> u32 {
    while earlier[at as usize] != at {
        earlier[at as usize] = earlier[earlier[at as usize] as usize];
        at = earlier[at as usize];
    }
    at
}
