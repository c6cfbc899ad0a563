//! What is known, question by question, and what each origin says to it.

use sayso_api::{AnswerJson, FindingJson, IncidentJson};

use crate::Dataset;
use crate::cell::{columns, day, joined};

/// A question of an incident.
pub(super) struct Finding<'d> {
    incident: &'d IncidentJson,
    finding: &'d FindingJson,
}

/// What one origin says to it.
pub(super) struct Answer<'d> {
    incident: &'d IncidentJson,
    finding: &'d FindingJson,
    given: &'d AnswerJson,
}

pub(super) fn findings(dataset: &Dataset) -> impl Iterator<Item = Finding<'_>> {
    dataset.incidents().iter().flat_map(|incident| {
        let findings = incident.findings.iter();
        findings.map(move |finding| Finding { incident, finding })
    })
}

pub(super) fn answers(dataset: &Dataset) -> impl Iterator<Item = Answer<'_>> {
    findings(dataset).flat_map(|Finding { incident, finding }| {
        finding.answers.iter().map(move |answer| Answer {
            incident,
            finding,
            given: answer,
        })
    })
}

columns! { row: Finding<'_> {
    "incident" Text "#event+id" "Id of the incident" => &row.incident.id;
    "question" Text "#indicator+name" "happened, type, who-did-it, to-whom, killed, injured, …, place, time" => &row.finding.question;
    "status" Text "#status" "corroborated, single-source, disputed, denied or unknown" => &row.finding.status;
    "low" Int "#indicator+value+min" "Of a number: the lowest of the latest figures" => row.finding.low;
    "conservative" Int "#indicator+value" "Of a number: the lowest that an origin still stands by" => row.finding.conservative;
    "high" Int "#indicator+value+max" "Of a number: the highest of the latest figures" => row.finding.high;
    "answers" Int "#meta+answers" "How many answers" => row.finding.answers.len();
}}

columns! { row: Answer<'_> {
    "incident" Text "#event+id" "Id of the incident" => &row.incident.id;
    "question" Text "#indicator+name" "The question" => &row.finding.question;
    "origin" Text "#meta+origin+id" "Id of the origin" => &row.given.origin;
    "stance" Text "#status+stance" "asserts, denies or does-not-know" => &row.given.stance;
    "value" Text "#indicator+value" "The answer; empty where the origin does not know" => row.given.value.as_deref();
    "published" Day "#date+published" "Day of publication" => day(row.given.published.as_deref());
    "superseded" Bool "#status+superseded" "A later answer of the same origin stands in its place" => row.given.superseded;
    "reports" Text "#meta+report+id" "Ids of the reports that say so" => joined(row.given.evidence.iter().map(|evidence| evidence.report.as_str()));
    "words" Text "#description+quote" "The words it rests on" => joined(row.given.evidence.iter().map(|evidence| evidence.quote.as_str()));
}}
