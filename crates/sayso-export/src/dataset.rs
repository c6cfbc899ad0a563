//! What leaves together.

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{EventJson, IncidentJson, SheetJson};
use sayso_redact::{Districts, LeftOut, Nowhere, Profile, Redaction};

/// Incidents with the sheets of their reports, as the profile lets them leave.
#[derive(Clone, Debug)]
pub struct Dataset {
    incidents: Vec<IncidentJson>,
    /// By the ids of their reports; each report once.
    sheets: BTreeMap<String, SheetJson<'static>>,
    /// Those ids, in the order of the rows.
    order: Vec<String>,
    /// The main incident of each report that has one here.
    home: BTreeMap<String, usize>,
    /// The incident of each event that belongs to one, by report and event.
    events: BTreeMap<(String, String), usize>,
    /// Reports whose texts had something left out.
    rewritten: BTreeSet<String>,
    profile: Profile,
    left_out: LeftOut,
    redaction: Redaction,
    /// The reports that were gathered, by the ids that they have in the ledger.
    gathered: Vec<String>,
}

impl Dataset {
    /// Puts incidents together, each with the sheets of all its reports, main and background. Under
    /// the public profile the do-no-harm rules are applied to all of them: a name of several words
    /// that is protected in one report is left out of every one. `districts` gives coordinates to
    /// what stands for exact spots.
    pub fn new(
        profile: Profile,
        parts: Vec<(IncidentJson, Vec<SheetJson<'static>>)>,
        districts: &dyn Districts,
    ) -> Self {
        let mut redaction = Redaction::default();
        if profile == Profile::Public {
            for sheet in parts.iter().flat_map(|(_, sheets)| sheets) {
                redaction.gather_with(sheet, districts);
            }
        }
        let mut dataset = Self {
            incidents: Vec::with_capacity(parts.len()),
            sheets: BTreeMap::new(),
            order: Vec::new(),
            home: BTreeMap::new(),
            events: BTreeMap::new(),
            rewritten: BTreeSet::new(),
            profile,
            left_out: LeftOut::default(),
            gathered: Vec::new(),
            redaction,
        };
        for (mut incident, mut sheets) in parts {
            let before: Vec<String> = sheets.iter().map(|s| s.report.text.to_string()).collect();
            if profile == Profile::Public {
                let ids = incident.reports.iter().map(|report| report.id.clone());
                dataset.gathered.extend(ids);
                let left_out = dataset.redaction.apply(&mut incident, &mut sheets);
                dataset.left_out.add(&left_out);
            }
            for (sheet, before) in sheets.into_iter().zip(before) {
                dataset.take(&incident, sheet, &before);
            }
            let number = dataset.incidents.len();
            for report in &incident.reports {
                for event in &report.events {
                    let key = (report.id.clone(), event.clone());
                    dataset.events.entry(key).or_insert(number);
                }
            }
            dataset.incidents.push(incident);
        }
        dataset.order = dataset.sheets.keys().cloned().collect();
        dataset
    }

    /// Sheets that nobody has linked, in their order, for those who may see everything. Of two sheets
    /// of one report the first counts, as it does in linking.
    pub fn of_sheets(sheets: Vec<SheetJson<'static>>) -> Self {
        let mut dataset = Self::new(Profile::Full, Vec::new(), &Nowhere);
        for sheet in sheets {
            let id = sheet.report.id.to_string();
            if !dataset.sheets.contains_key(&id) {
                dataset.order.push(id.clone());
                dataset.sheets.insert(id, sheet);
            }
        }
        dataset
    }

    fn take(&mut self, incident: &IncidentJson, sheet: SheetJson<'static>, before: &str) {
        let id = sheet.report.id.to_string();
        let main = incident
            .reports
            .iter()
            .any(|report| report.id == id && report.role == "main");
        if sheet.report.text != before {
            self.rewritten.insert(id.clone());
        }
        // A report is seen as its main incident sees it; one that is background in two places is the
        // same in both but for what the other reports of an incident protect.
        if main {
            self.home.insert(id.clone(), self.incidents.len());
            self.sheets.insert(id, sheet);
        } else {
            self.sheets.entry(id).or_insert(sheet);
        }
    }

    /// The incidents.
    pub fn incidents(&self) -> &[IncidentJson] {
        &self.incidents
    }

    /// The sheets: linked ones by the ids of their reports, others as they came.
    pub fn sheets(&self) -> impl Iterator<Item = &SheetJson<'static>> {
        self.order.iter().filter_map(|id| self.sheets.get(id))
    }

    /// The sheet of a report.
    pub fn sheet(&self, report: &str) -> Option<&SheetJson<'static>> {
        self.sheets.get(report)
    }

    /// The incident that a report is about.
    pub fn home(&self, report: &str) -> Option<&IncidentJson> {
        self.home.get(report).and_then(|&i| self.incidents.get(i))
    }

    /// The incident that an event of a report belongs to.
    pub(crate) fn incident_of(&self, report: &str, event: &str) -> Option<&IncidentJson> {
        let key = (report.to_owned(), event.to_owned());
        self.incidents.get(*self.events.get(&key)?)
    }

    /// Every event with its sheet.
    pub(crate) fn events(
        &self,
    ) -> impl Iterator<Item = (&SheetJson<'static>, &EventJson<'static>)> {
        self.sheets()
            .flat_map(|sheet| sheet.events.iter().map(move |event| (sheet, event)))
    }

    /// Whether the text of a report is as it was published, so that spans index it.
    pub fn is_whole(&self, report: &str) -> bool {
        !self.rewritten.contains(report)
    }

    /// By which rules it leaves.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Whether something that is left out is spelt in a name under which this leaves: of a file, or
    /// in an address. Never under the full profile.
    pub fn is_spelt_in(&self, name: &str) -> bool {
        let ids = self.gathered.iter().map(String::as_str);
        self.profile == Profile::Public && self.redaction.scope(ids).is_spelt_in(name)
    }

    /// What was left out; empty under the full profile.
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }
}
