//! The second pass: the incidents are known, and each is made from the sheets of its reports.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{
    FindingJson, INCIDENT_SCHEMA, IncidentJson, IncidentPlaceJson, IncidentReportJson, PassageJson,
    SheetJson, StepJson,
};

use super::change::changed as change;
use super::core::{Core, Index};
use super::outline::{Outline, Table};
use super::{LinkKnowledge, incident_id, prepared, title, why};
use crate::copies::shared_passage;
use crate::decision::Decisions;
use crate::finding::{Findings, Told};
use crate::origin::{Attributions, Known, Origins, Voice};
use crate::words::hash;
use crate::{Digest, Linker};

/// The incidents of the reports that came in, before their sheets are asked for again.
#[derive(Clone, Debug)]
pub struct Linked<'k> {
    knowledge: &'k LinkKnowledge,
    linker: Linker,
    table: Table,
    outlines: Vec<Outline>,
    /// For each report whose words its own are.
    voices: Vec<Voice>,
    groups: Vec<Vec<u32>>,
    cores: Vec<Core>,
    recalled: Recalled,
    /// Ids of origins that an analyst marked.
    unreliable: BTreeSet<String>,
}

/// For each incident the reports that only recall it, with the events by which they do.
type Recalled = BTreeMap<usize, Recalling>;

/// The reports that recall an incident, with the events by which they do, in order.
type Recalling = Vec<(u32, Vec<usize>)>;

/// What an incident is about, as far as that is known without its sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief<'l> {
    /// ACLED sub-event type.
    pub acled: Option<&'l str>,
    /// Where.
    pub place: Option<&'l IncidentPlaceJson>,
    /// First day, ISO 8601.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
}

impl<'k> Linked<'k> {
    pub(super) fn new(
        knowledge: &'k LinkKnowledge,
        linker: Linker,
        table: Table,
        (outlines, voices): (Vec<Outline>, Vec<Voice>),
        decisions: Decisions,
    ) -> Self {
        let mut linked = Self {
            knowledge,
            linker,
            table,
            outlines,
            voices,
            groups: Vec::new(),
            cores: Vec::new(),
            recalled: Recalled::new(),
            unreliable: BTreeSet::new(),
        };
        linked.decide(decisions);
        linked
    }

    /// One incident whose reports and whose recalling reports are known: `main` in order of
    /// publication, numbers of reports of `linker` all.
    pub(crate) fn of_one(
        knowledge: &'k LinkKnowledge,
        linker: Linker,
        table: Table,
        (outlines, voices): (Vec<Outline>, Vec<Voice>),
        main: Vec<u32>,
        recalling: Recalling,
    ) -> Self {
        let reports = main.iter().map(|&report| &outlines[report as usize]);
        let core = Core::of(reports, &table);
        Self {
            knowledge,
            linker,
            table,
            outlines,
            voices,
            groups: vec![main],
            cores: vec![core],
            recalled: Recalled::from([(0, recalling)]),
            unreliable: BTreeSet::new(),
        }
    }

    /// From here on these decisions hold, and no earlier ones.
    pub fn decide(&mut self, decisions: Decisions) {
        self.unreliable.clone_from(decisions.unreliable());
        self.linker.decide(decisions);
        self.groups = self.linker.groups();
        let outlines = &self.outlines;
        let core = |group: &Vec<u32>| {
            let reports = group.iter().map(|&r| &outlines[r as usize]);
            Core::of(reports, &self.table)
        };
        self.cores = self.groups.iter().map(core).collect();
        self.recalled = recalled(&self.groups, &self.cores, outlines, &self.table);
    }

    /// How many incidents there are. They are numbered from 0, by their first reports.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether no report came in.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The id of an incident, after its first report.
    pub fn id(&self, number: usize) -> String {
        let first = self.groups.get(number).and_then(|group| {
            // Equal for all where reports have no order of arrival: then the first of the group.
            group
                .iter()
                .min_by_key(|&&report| self.outlines[report as usize].arrival)
        });
        incident_id(first.map_or("", |&report| self.report(report)))
    }

    /// The incident that has, or ever had, this id: the one that holds the report it was called
    /// after.
    pub fn find(&self, id: &str) -> Option<usize> {
        let report = (0..self.outlines.len() as u32)
            .find(|&report| incident_id(self.report(report)) == id)?;
        self.groups.iter().position(|group| group.contains(&report))
    }

    /// The incident that the report with this id is about.
    pub fn incident_of(&self, report: &str) -> Option<usize> {
        let report = self.linker.number(report)?;
        self.groups.iter().position(|group| group.contains(&report))
    }

    /// The number of the report with this id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.linker.number(id)
    }

    /// The id of report number `report`, in the order in which they came in.
    pub fn report(&self, report: u32) -> &str {
        self.linker.report(report)
    }

    /// The reports that an incident is the main one of, by publication.
    pub fn main_reports(&self, number: usize) -> impl Iterator<Item = u32> + '_ {
        self.groups.get(number).into_iter().flatten().copied()
    }

    /// The reports whose sheets [`Linked::incident`] asks for.
    pub fn reports(&self, number: usize) -> impl Iterator<Item = u32> + '_ {
        let recall = self.recalled.get(&number).into_iter().flatten();
        self.main_reports(number)
            .chain(recall.map(|(report, _)| *report))
    }

    /// Whether all reports that are about an incident were withdrawn.
    pub fn is_withdrawn(&self, number: usize) -> bool {
        self.main_reports(number)
            .all(|report| self.outlines[report as usize].withdrawn)
    }

    /// What an incident is about.
    pub fn brief(&self, number: usize) -> Brief<'_> {
        let core = self.cores.get(number);
        let (start, end) = core.map_or((None, None), |core| core.bounds(&self.table));
        Brief {
            acled: core.and_then(|core| Some(self.table.word(core.acled?))),
            place: core.and_then(|core| self.table.place(core.place?)),
            start,
            end,
        }
    }

    /// A number that stays the same as long as the same reports make the incident, with the same
    /// events, prints and decisions: what was made of it then still holds, if its sheets do.
    pub fn fingerprint(&self, number: usize) -> u64 {
        use std::fmt::Write as _;
        let mut written = format!("{:?} {:?}", self.brief(number), self.unreliable);
        for report in self.main_reports(number) {
            let own = self.voices[report as usize].own.id();
            let withdrawn = self.outlines[report as usize].withdrawn;
            let events = self.events_of(number, report);
            let _ = write!(
                written,
                "|{}|{own}|{withdrawn}|{events:?}",
                self.report(report)
            );
        }
        for (report, events) in self.recalled.get(&number).into_iter().flatten() {
            let own = self.voices[*report as usize].own.id();
            let _ = write!(written, "|{}|{own}|{events:?}", self.report(*report));
        }
        hash(&written)
    }

    /// What the reports of each day changed in the findings, the first day first; reports without a
    /// day come last.
    ///
    /// A day takes as long as its own reports do, and as the questions that they answer.
    pub fn history<'s>(
        &self,
        number: usize,
        sheet: impl Fn(u32) -> Option<&'s SheetJson<'s>>,
    ) -> Vec<StepJson> {
        let sheets = self.sheets(number, sheet);
        let known = self.known(number, &sheets);
        let told = self.told(number, &sheets, &known);
        let standing = in_order(&told);
        let mut days: BTreeMap<(bool, String), Vec<&Told<'_>>> = BTreeMap::new();
        for &told in &standing {
            days.entry(day_of(told.sheet)).or_default().push(told);
        }
        let mut findings = self.findings(number, &known);
        let mut origins = Origins::default();
        let mut before: BTreeMap<usize, FindingJson> = BTreeMap::new();
        let mut steps = Vec::with_capacity(days.len());
        for (day, reports) in &days {
            // Undated reports stand before all others, and are told of after them.
            if day.0 {
                findings = self.findings(number, &known);
            }
            let taken = if day.0 { &standing } else { reports };
            let answered: BTreeSet<usize> = taken
                .iter()
                .flat_map(|told| findings.take(told, &mut origins))
                .collect();
            let mut changes = Vec::new();
            for question in answered {
                let after = findings.on(question);
                changes.extend(change(before.get(&question), after.as_ref()));
                before.extend(after.map(|after| (question, after)));
            }
            let ids = self.reports(number).map(|report| self.report(report));
            let of_day = |id: &&str| reports.iter().any(|told| told.sheet.report.id == *id);
            steps.push(StepJson {
                published: (!day.0).then(|| day.1.clone()),
                reports: ids.filter(of_day).map(str::to_owned).collect(),
                findings: changes,
            });
        }
        steps
    }

    /// Incident number `number` in full; `sheet` gives the sheets of its reports. One that is not
    /// there is passed over.
    pub fn incident<'s>(
        &self,
        number: usize,
        sheet: impl Fn(u32) -> Option<&'s SheetJson<'s>>,
    ) -> IncidentJson {
        let sheets = self.sheets(number, sheet);
        let known = self.known(number, &sheets);
        self.laid_out(number, &self.told(number, &sheets, &known), &known)
    }

    /// For each origin of an incident that is put together of several names the ids that it has under
    /// each: under one of them it may have been marked before the others came in.
    pub fn origin_parts<'s>(
        &self,
        number: usize,
        sheet: impl Fn(u32) -> Option<&'s SheetJson<'s>>,
    ) -> BTreeMap<String, BTreeSet<String>> {
        let sheets = self.sheets(number, sheet);
        self.known(number, &sheets).into_parts()
    }

    /// Who the speakers of an incident are, by all the names that its reports give them.
    fn known(&self, number: usize, sheets: &[Taken<'_, '_>]) -> Known {
        let standing = sheets
            .iter()
            .filter(|taken| !self.outlines[taken.report as usize].withdrawn);
        let told = standing.map(|taken| {
            let voice = &self.voices[taken.report as usize];
            (&*taken.sheet, &voice.own)
        });
        Known::of(told, self.attributions(number))
    }

    /// The sheets of the reports of an incident that are there, those that are about it first.
    fn sheets<'s>(
        &self,
        number: usize,
        sheet: impl Fn(u32) -> Option<&'s SheetJson<'s>>,
    ) -> Vec<Taken<'_, 's>> {
        let main = self.main_reports(number).map(|report| (report, None));
        let recall = self.recalled.get(&number).into_iter().flatten();
        let background = recall.map(|(report, events)| (*report, Some(events.as_slice())));
        main.chain(background)
            .filter_map(|(report, recalled)| {
                Some(Taken {
                    report,
                    recalled,
                    sheet: prepared(sheet(report)?),
                })
            })
            .collect()
    }

    fn told<'t, 's: 't>(
        &self,
        number: usize,
        sheets: &'t [Taken<'_, 's>],
        known: &Known,
    ) -> Vec<Told<'t>> {
        let attributions = self.attributions(number).knowing(known);
        let told = |taken: &'t Taken<'_, 's>| {
            let voice = &self.voices[taken.report as usize];
            let voice = &Voice {
                own: attributions.whole(voice.own.clone()),
                text: voice.text,
            };
            let Some(recalled) = taken.recalled else {
                let events = self.events_of(number, taken.report);
                let mut told = Told::new(&taken.sheet, events, voice, attributions);
                told.withdrawn = self.outlines[taken.report as usize].withdrawn;
                return told;
            };
            Told::new(&taken.sheet, recalled.to_vec(), voice, attributions).recalling(attributions)
        };
        sheets.iter().map(told).collect()
    }

    fn attributions(&self, number: usize) -> Attributions<'_> {
        self.knowledge.attributions().at(self.brief(number).place)
    }

    /// The findings of an incident before any of its reports is taken.
    fn findings<'f>(&'f self, number: usize, known: &'f Known) -> Findings<'f> {
        let attributions = self.attributions(number).knowing(known);
        Findings::new(attributions, &self.unreliable)
    }

    /// The events of a report that belong to its incident.
    fn events_of(&self, number: usize, report: u32) -> Vec<usize> {
        let outline = &self.outlines[report as usize];
        match self.cores.get(number) {
            Some(core) if !outline.withdrawn => core.events_of(&outline.events, &self.table),
            _ => Vec::new(),
        }
    }

    fn laid_out(&self, number: usize, told: &[Told<'_>], known: &Known) -> IncidentJson {
        let mut origins = Origins::default();
        let standing = in_order(told);
        let mut findings = self.findings(number, known);
        for told in &standing {
            findings.take(told, &mut origins);
        }
        let findings = findings.all();
        let mut reports = Vec::new();
        for told in told {
            let report = &told.sheet.report;
            let origin = match behind(&findings, told) {
                Some(origin) => origin,
                None if told.withdrawn => told.own.id(),
                None => origins.meet(&told.own, &report.id),
            };
            let place = (!told.is_main, told.moment().rank(), report.id.to_string());
            let report = IncidentReportJson {
                id: report.id.to_string(),
                outlet: report.outlet.as_deref().map(str::to_owned),
                published: report.published.as_deref().map(str::to_owned),
                origin,
                role: if told.is_main { "main" } else { "background" }.to_owned(),
                withdrawn: told.withdrawn,
                events: told.events().map(|event| event.id.to_string()).collect(),
            };
            reports.push((place, report));
        }
        // Those of one day stand by their hours, as what they say was taken.
        reports.sort_by(|(a, _), (b, _)| a.cmp(b));
        let reports: Vec<IncidentReportJson> =
            reports.into_iter().map(|(_, report)| report).collect();
        let mut origins = origins.into_json();
        for origin in &mut origins {
            origin.unreliable = known.is_among(&origin.id, &self.unreliable);
            if origin.why == "wire-copy" {
                origin.passages = passages(&origin.id, &standing);
            }
        }
        let main = told.iter().filter(|told| told.is_main);
        let first = main.clone().find(|told| !told.withdrawn);
        let first = first.or_else(|| main.clone().next());
        let brief = self.brief(number);
        let days = (brief.start.as_deref(), brief.end.as_deref());
        let group: Vec<u32> = self.main_reports(number).collect();
        let digests: BTreeMap<u32, Digest> = main
            // A report alone is like no other.
            .filter(|_| group.len() > 1)
            .filter_map(|told| {
                let report = self.number(&told.sheet.report.id)?;
                Some((report, Digest::of(told.sheet, &self.knowledge.rarity)))
            })
            .collect();
        IncidentJson {
            schema: INCIDENT_SCHEMA.to_owned(),
            id: self.id(number),
            title: title::title(brief.acled, brief.place, days, first.map(|told| told.sheet)),
            acled: brief.acled.map(str::to_owned),
            place: brief.place.cloned(),
            start: brief.start,
            end: brief.end,
            reports,
            origins,
            findings,
            why: why::why(&self.linker, &group, &digests),
            decisions: Vec::new(),
        }
    }
}

/// The sheet of a report of an incident.
struct Taken<'l, 's> {
    report: u32,
    /// Where the report only recalls the incident, the events by which it does.
    recalled: Option<&'l [usize]>,
    sheet: Cow<'s, SheetJson<'s>>,
}

/// What was not withdrawn, in order of publication.
fn in_order<'t, 's>(told: &'t [Told<'s>]) -> Vec<&'t Told<'s>> {
    let mut standing: Vec<&Told<'_>> = told.iter().filter(|told| !told.withdrawn).collect();
    standing.sort_by(|a, b| {
        let by = |told: &Told<'_>| (told.moment().rank(), told.sheet.report.id.to_string());
        by(a).cmp(&by(b))
    });
    standing
}

/// On whose say-so a report rests: its own words, where they answer anything; else the origin of
/// most of what it passes on. `None` where it answers nothing.
fn behind(findings: &[FindingJson], told: &Told<'_>) -> Option<String> {
    let report = told.sheet.report.id.as_ref();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in findings.iter().flat_map(|finding| &finding.answers) {
        let own = answer.evidence.iter().filter(|e| e.report == report);
        let count = own.count();
        if count > 0 {
            *counts.entry(&answer.origin).or_default() += count;
        }
    }
    let own = told.own.id();
    if counts.contains_key(own.as_str()) {
        return Some(own);
    }
    let most = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    Some(most.0.to_owned())
}

/// What each print of a text shares with the first print of it. Two texts of one agency are no
/// prints of each other.
fn passages(origin: &str, told: &[&Told<'_>]) -> Vec<PassageJson> {
    let mut firsts: BTreeMap<u32, &Told<'_>> = BTreeMap::new();
    let mut passages = Vec::new();
    for print in told.iter().filter(|told| told.own.id() == origin) {
        match firsts.get(&print.text) {
            Some(first) => passages.extend(passage(print, first)),
            None => drop(firsts.insert(print.text, print)),
        }
    }
    passages
}

/// What a print shares with an earlier one.
fn passage(print: &Told<'_>, first: &Told<'_>) -> Option<PassageJson> {
    let text = print.sheet.report.text.as_ref();
    let shared = shared_passage(text, &first.sheet.report.text)?;
    let [start, end] = shared.first;
    let quote = text.get(start..end)?;
    let before = text.get(..start)?.chars().count();
    Some(PassageJson {
        report: print.sheet.report.id.to_string(),
        with: first.sheet.report.id.to_string(),
        span: [before, before + quote.chars().count()],
        quote: quote.to_owned(),
        words: shared.words,
    })
}

/// Whether a report is undated, and its day.
fn day_of(sheet: &SheetJson<'_>) -> (bool, String) {
    let day = sheet.report.published.as_deref().and_then(|p| p.get(..10));
    (day.is_none(), day.unwrap_or_default().to_owned())
}

fn recalled(groups: &[Vec<u32>], cores: &[Core], outlines: &[Outline], table: &Table) -> Recalled {
    let index = Index::of(cores, table);
    let mut recalled = Recalled::new();
    for (number, (group, core)) in groups.iter().zip(cores).enumerate() {
        for &report in group {
            let outline = &outlines[report as usize];
            if outline.withdrawn {
                continue;
            }
            let own = core.events_of(&outline.events, table);
            for (at, event) in outline.events.iter().enumerate() {
                if own.contains(&at) {
                    continue;
                }
                for other in index.same_as(event, cores, table) {
                    if other == number {
                        continue;
                    }
                    let reports = recalled.entry(other).or_default();
                    match reports.last_mut() {
                        Some((last, events)) if *last == report => events.push(at),
                        _ => reports.push((report, vec![at])),
                    }
                }
            }
        }
    }
    recalled
}
