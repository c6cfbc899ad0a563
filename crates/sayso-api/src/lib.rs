//! The JSON of the sheet, schema `sayso.sheet/1`, and of the incident, `sayso.incident/1`.
//!
//! The core counts in bytes; the JSON counts in Unicode code points, so that a program in any
//! language can slice the text. The types borrow from the reading and its sheet when they are
//! printed, and own their words when they are read.

mod change;
mod code_points;
mod incident;
mod json;
mod layout;

pub use change::{DIFF_SCHEMA, DiffJson, FieldChangeJson, FindingChangeJson, StandJson, StepJson};
pub use code_points::CodePoints;
pub use incident::{
    AnswerJson, EvidenceJson, FindingJson, INCIDENT_SCHEMA, IncidentDecisionJson, IncidentJson,
    IncidentPlaceJson, IncidentReportJson, OriginJson, PassageJson,
};
pub use json::{
    ActorJson, EdgeJson, EventJson, EventTimeJson, MadeBy, NoteJson, PlaceJson, PlaceMentionJson,
    Quoted, ReasonJson, ReportJson, SCHEMA, SheetJson, SideJson, SourceJson, StatementJson,
    TimeMentionJson, TollJson, WhyJson,
};
pub use layout::sheet_json;
