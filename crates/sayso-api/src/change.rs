//! The JSON of what changed in an incident: schema `sayso.diff/1`, and the steps of its history.

use serde::{Deserialize, Serialize};

use crate::incident::{AnswerJson, OriginJson};

/// Name and number of the schema.
pub const DIFF_SCHEMA: &str = "sayso.diff/1";

/// What is different in an incident between two times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiffJson {
    /// [`DIFF_SCHEMA`].
    pub schema: String,
    /// The earlier time, as it was asked for.
    pub from: String,
    /// The later time.
    pub to: String,
    /// `recorded`: what the ledger knew by then; `published`: what had been published by then.
    pub by: String,
    /// Ids of the incidents that held its reports at the earlier time: none, one, or several that
    /// were merged since.
    pub before: Vec<String>,
    /// Ids of the incidents that hold these reports at the later time.
    pub after: Vec<String>,
    /// Its title at the later time, or at the earlier one where nothing is left of it.
    pub title: String,
    /// What it is about, where that changed.
    pub fields: Vec<FieldChangeJson>,
    /// Ids of reports that came to it.
    pub added: Vec<String>,
    /// Ids of reports that left it.
    pub gone: Vec<String>,
    /// Ids of reports that their outlets corrected.
    pub corrected: Vec<String>,
    /// Ids of reports that their outlets took back.
    pub withdrawn: Vec<String>,
    /// Ids of reports that their outlets stand by after all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reinstated: Vec<String>,
    /// Findings that changed.
    pub findings: Vec<FindingChangeJson>,
    /// The origins of these answers.
    pub origins: Vec<OriginJson>,
}

/// One field of an incident that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChangeJson {
    /// `type`, `place`, `start` or `end`.
    pub field: String,
    /// Its value before.
    pub before: Option<String>,
    /// Its value after.
    pub after: Option<String>,
}

/// A finding that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FindingChangeJson {
    /// The question.
    pub question: String,
    /// How it stood before; `None` where nobody had said anything.
    pub before: Option<StandJson>,
    /// How it stands after; `None` where nobody says anything any more.
    pub after: Option<StandJson>,
    /// Answers that stand after and did not before.
    pub new: Vec<AnswerJson>,
    /// Answers that stood before and do not after: replaced by their origin, or gone with their
    /// report.
    pub gone: Vec<AnswerJson>,
}

/// How a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandJson {
    /// `corroborated`, `single-source`, `disputed`, `denied` or `unknown`.
    pub status: String,
    /// Of a number: the lowest.
    pub low: Option<u64>,
    /// What may be published.
    pub conservative: Option<u64>,
    /// The highest.
    pub high: Option<u64>,
}

/// What the reports of one day changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepJson {
    /// The day of publication; `None` for reports that state none.
    pub published: Option<String>,
    /// Ids of the reports.
    pub reports: Vec<String>,
    /// Findings that changed.
    pub findings: Vec<FindingChangeJson>,
}
