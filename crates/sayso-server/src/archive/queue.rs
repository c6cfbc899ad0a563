//! What a person should look at first: findings that the program is least sure of, times what hangs
//! on them.

use std::collections::BTreeMap;
use std::sync::Arc;

use sayso_api::{IncidentJson, SheetJson};
use sayso_ledger::{KeptReport, ReportRef, Ruling};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::snapshot::Reports;

/// Most characters of a quote that a queue shows.
const SHOWN: usize = 240;

/// What every finding weighs, and what is added where a count of people, and where a dispute, rests
/// on it.
const PLAIN: f64 = 1.0;
const COUNTS: f64 = 2.0;
const DISPUTED: f64 = 2.0;

/// A finding that nobody has looked at.
#[derive(Clone, Debug)]
pub(crate) struct Doubt {
    finding: String,
    value: Option<String>,
    quote: String,
    confidence: f64,
}

/// The findings of each report that nobody has looked at.
pub(crate) type Doubts = BTreeMap<ReportRef, Arc<[Doubt]>>;

/// What hangs on a finding of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hangs {
    pub(crate) counts: bool,
    pub(crate) disputed: bool,
}

/// A finding to review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueItem {
    /// Id of the report.
    pub report: String,
    /// Its headline.
    pub title: Option<String>,
    /// `s:…` or `e:…`.
    pub finding: String,
    /// Path of the field; `null` for the finding as a whole.
    pub field: Option<String>,
    /// What the program found: of a statement its act, of an event its type.
    pub value: Option<String>,
    /// The words.
    pub quote: String,
    /// How sure the program is, 0 to 1.
    pub confidence: f64,
    /// What hangs on it.
    pub weight: f64,
    /// Why it weighs so much, in words.
    pub why: String,
    /// What the queue is ordered by: unsureness times weight.
    pub priority: f64,
    /// Id of the incident that the report is about.
    pub incident: Option<String>,
}

/// The findings of a sheet that nobody has looked at.
pub(super) fn doubts(report: &KeptReport, sheet: &SheetJson<'_>) -> Arc<[Doubt]> {
    let retracted: Vec<u64> = report.reviews.iter().filter_map(|(_, r)| r.of).collect();
    let is_done = |finding: &str| {
        report
            .own
            .iter()
            .any(|(.., own)| own.value["id"] == finding)
            || report.reviews.iter().any(|(signed, review)| {
                review.finding == finding
                    && review.ruling != Ruling::Retract
                    && !retracted.contains(&signed.entry)
            })
    };
    let cut = |quote: &str| quote.chars().take(SHOWN).collect::<String>();
    let statements = sheet.statements.iter().map(|statement| Doubt {
        finding: statement.id.to_string(),
        value: Some(statement.act.to_string()),
        quote: statement
            .content
            .first()
            .map_or_else(String::new, |part| cut(&part.quote)),
        confidence: statement.confidence,
    });
    let events = sheet.events.iter().map(|event| Doubt {
        finding: event.id.to_string(),
        value: event.acled.as_ref().map(ToString::to_string),
        quote: cut(&event.anchor.quote),
        confidence: event.confidence,
    });
    statements
        .chain(events)
        .filter(|doubt| !is_done(&doubt.finding))
        .collect()
}

/// What hangs on which finding of which report, in one incident.
pub(super) fn hangs(incident: &IncidentJson) -> BTreeMap<(String, String), Hangs> {
    let mut hangs: BTreeMap<(String, String), Hangs> = BTreeMap::new();
    for finding in &incident.findings {
        let counts = finding.low.is_some() || finding.high.is_some();
        let disputed = finding.status == "disputed";
        if !counts && !disputed {
            continue;
        }
        let answers = finding.answers.iter().filter(|answer| !answer.superseded);
        for evidence in answers.flat_map(|answer| &answer.evidence) {
            for id in [&evidence.statement, &evidence.event].into_iter().flatten() {
                let key = (evidence.report.clone(), id.clone());
                let hang = hangs.entry(key).or_default();
                hang.counts |= counts;
                hang.disputed |= disputed;
            }
        }
    }
    hangs
}

/// The queue of all reports, the most pressing first.
pub(super) fn queue(
    reports: &Reports,
    doubts: &Doubts,
    hangs: &BTreeMap<(&str, &str), &Hangs>,
    incident_of: impl Fn(&str) -> Option<String>,
) -> Vec<QueueItem> {
    let mut queue = Vec::new();
    for (reference, doubts) in doubts {
        let Some(about) = reports.get(reference).and_then(|report| report.about()) else {
            continue;
        };
        let incident = incident_of(&about.id);
        for doubt in doubts.iter() {
            let hang = hangs.get(&(about.id.as_str(), doubt.finding.as_str()));
            let (mut weight, mut why) = (PLAIN, Vec::with_capacity(2));
            if hang.is_some_and(|hang| hang.counts) {
                weight += COUNTS;
                why.push("a count of people rests on it");
            }
            if hang.is_some_and(|hang| hang.disputed) {
                weight += DISPUTED;
                why.push("a dispute rests on it");
            }
            queue.push(QueueItem {
                report: about.id.clone(),
                title: about.title.clone(),
                finding: doubt.finding.clone(),
                field: None,
                value: doubt.value.clone(),
                quote: doubt.quote.clone(),
                confidence: doubt.confidence,
                weight,
                why: why.join("; "),
                priority: (1.0 - doubt.confidence).max(0.0) * weight,
                incident: incident.clone(),
            });
        }
    }
    queue.sort_by(|a, b| {
        let name = |item: &QueueItem| (item.report.clone(), item.finding.clone());
        b.priority
            .total_cmp(&a.priority)
            .then_with(|| name(a).cmp(&name(b)))
    });
    queue
}
