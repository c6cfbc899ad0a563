//! The JSON of an incident: schema `sayso.incident/1`.

use serde::{Deserialize, Serialize};

/// Name and number of the schema.
pub const INCIDENT_SCHEMA: &str = "sayso.incident/1";

/// What several reports tell of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentJson {
    /// [`INCIDENT_SCHEMA`].
    pub schema: String,
    /// `i:…`, stable.
    pub id: String,
    /// In a few words.
    pub title: String,
    /// ACLED sub-event type that most origins give.
    pub acled: Option<String>,
    /// Where, as most origins give it.
    pub place: Option<IncidentPlaceJson>,
    /// First day, ISO 8601.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// Its reports, by publication.
    pub reports: Vec<IncidentReportJson>,
    /// Who its reports go back to.
    pub origins: Vec<OriginJson>,
    /// What is known, question by question.
    pub findings: Vec<FindingJson>,
    /// Why its reports belong together.
    pub why: Vec<String>,
    /// What analysts decided on what belongs together here, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub decisions: Vec<IncidentDecisionJson>,
}

/// A merge or a split, where reports are kept in a ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentDecisionJson {
    /// `merge` or `split`.
    pub kind: String,
    /// When it was recorded.
    pub recorded: String,
    /// By whom.
    pub by: String,
    /// The reason; `None` also where a report that it spoke of was erased.
    pub why: Option<String>,
    /// Ids that the incidents had then: those that were merged, or the one that was split.
    pub incidents: Vec<String>,
    /// Of a split: ids of the reports that were taken out.
    pub reports: Vec<String>,
}

/// Where an incident happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentPlaceJson {
    /// Usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// `sayso_core::Level` as printed.
    pub level: String,
    /// UCDP, 1 to 7.
    pub where_prec: u8,
}

/// A report of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentReportJson {
    /// Its id.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as it was given.
    pub published: Option<String>,
    /// Id of the origin of its own words.
    pub origin: String,
    /// `main`: what the report is about; `background`: what it only recalls.
    pub role: String,
    /// Whether the outlet took it back: then nothing that it says is among the findings.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub withdrawn: bool,
    /// Ids of its events that belong to the incident.
    pub events: Vec<String>,
}

/// Somebody on whose say-so a finding rests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OriginJson {
    /// `o:…`, stable.
    pub id: String,
    /// Who.
    pub name: String,
    /// `speaker`, `wire-copy` or `own-reporting`.
    pub why: String,
    /// Ids of the reports that carry its words.
    pub reports: Vec<String>,
    /// Whether an analyst marked it as unreliable: its figures count for no range.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unreliable: bool,
    /// Of a wire copy: what each print has in common with the first one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<PassageJson>,
}

/// The longest run of words that a print shares with the first print of its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassageJson {
    /// Id of the print.
    pub report: String,
    /// Id of the first print.
    pub with: String,
    /// `[start, end)` in code points of the print's text.
    pub span: [usize; 2],
    /// The text there.
    pub quote: String,
    /// How many words.
    pub words: usize,
}

/// What is known about one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingJson {
    /// `happened`, `type`, `who-did-it`, `to-whom`, `killed`, `injured`, …, `place`, `time`.
    pub question: String,
    /// `corroborated`, `single-source`, `disputed`, `denied` or `unknown`.
    pub status: String,
    /// What each origin says.
    pub answers: Vec<AnswerJson>,
    /// Of a number: the lowest of the latest figures.
    pub low: Option<u64>,
    /// The lowest that an origin still stands by, vague words at ACLED's values.
    pub conservative: Option<u64>,
    /// The highest of the latest figures.
    pub high: Option<u64>,
}

/// What one origin says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerJson {
    /// The answer; `None` where the origin does not know.
    pub value: Option<String>,
    /// `asserts`, `denies` or `does-not-know`.
    pub stance: String,
    /// Id of the origin.
    pub origin: String,
    /// When it was published, as given.
    pub published: Option<String>,
    /// A later answer of the same origin stands in its place.
    pub superseded: bool,
    /// Where it says so.
    pub evidence: Vec<EvidenceJson>,
}

/// The words that an answer rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvidenceJson {
    /// Id of the report.
    pub report: String,
    /// Id of the statement, where somebody says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statement: Option<String>,
    /// Id of the event, where the writer says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub event: Option<String>,
    /// The field of the sheet.
    pub field: String,
    /// `[start, end)` in code points of the report's text.
    pub span: [usize; 2],
    /// The text there.
    pub quote: String,
}
