//! The types that are printed, field by field in the order of SCHEMA.md.
//!
//! They borrow what they print from a reading and its sheet, and own what they are read from:
//! `SheetJson<'static>` is a sheet that was kept.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Name and number of the schema.
pub const SCHEMA: &str = "sayso.sheet/1";

/// What made a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadeBy {
    /// Version of the program.
    pub sayso: String,
    /// Version of the model.
    pub model: String,
    /// Version of the lexicon.
    pub lexicon: String,
    /// Version of the gazetteer.
    pub gazetteer: String,
    /// Version of the registry of actors.
    #[serde(default)]
    pub registry: String,
}

/// One sheet as printed; see SCHEMA.md for every field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SheetJson<'a> {
    /// [`SCHEMA`].
    pub schema: Cow<'a, str>,
    /// What made it.
    pub made_by: Cow<'a, MadeBy>,
    /// What it was made from.
    pub report: ReportJson<'a>,
    /// Who says what.
    pub statements: Vec<StatementJson<'a>>,
    /// What happened.
    pub events: Vec<EventJson<'a>>,
    /// Who is who.
    pub actors: Vec<ActorJson<'a>>,
    /// Every toponym.
    pub places: Vec<PlaceMentionJson<'a>>,
    /// Every time expression.
    pub times: Vec<TimeMentionJson<'a>>,
    /// What a reader should know.
    pub notes: Vec<NoteJson<'a>>,
}

/// The report that a sheet is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportJson<'a> {
    /// Its id: given, or the SHA-256 of the text.
    pub id: Cow<'a, str>,
    /// Its headline; no part of the text.
    pub title: Option<Cow<'a, str>>,
    /// The text that every span indexes.
    pub text: Cow<'a, str>,
    /// Who published it.
    pub outlet: Option<Cow<'a, str>>,
    /// Where.
    pub url: Option<Cow<'a, str>>,
    /// When, as it was given.
    pub published: Option<Cow<'a, str>>,
    /// ISO 639-1.
    pub language: Cow<'a, str>,
    /// Who wrote it, as the input states it; may be a private person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Cow<'a, str>>,
    /// When the outlet last changed it, as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Cow<'a, str>>,
    /// The channel, group or person whose message it passes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<Cow<'a, str>>,
    /// Id of the report that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Cow<'a, str>>,
}

/// Words of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quoted<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The text there.
    pub quote: Cow<'a, str>,
}

/// What a field rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonJson<'a> {
    /// Name of the rule.
    pub rule: Cow<'a, str>,
    /// The words, `[start, end)`; `None` where the field is inferred.
    pub span: Option<[usize; 2]>,
}

/// Field to reason.
pub type WhyJson<'a> = BTreeMap<Cow<'a, str>, ReasonJson<'a>>;

/// A speaker, or who passes on what was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceJson<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The local words.
    pub quote: Cow<'a, str>,
    /// `sayso_core::SourceKind` as printed.
    pub kind: Cow<'a, str>,
    /// Id of the actor it resolves to.
    pub actor: Option<Cow<'a, str>>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementJson<'a> {
    /// `s:…`, stable.
    pub id: Cow<'a, str>,
    /// `sayso_core::Act` as printed.
    pub act: Cow<'a, str>,
    /// `affirmed` or `negated`.
    pub polarity: Cow<'a, str>,
    /// `certain`, `probable` or `possible`.
    pub certainty: Cow<'a, str>,
    /// PLOVER event of what is said.
    pub plover: Option<Cow<'a, str>>,
    /// PLOVER mode of it.
    #[serde(default)]
    pub plover_mode: Option<Cow<'a, str>>,
    /// CAMEO root of it.
    pub cameo: Option<Cow<'a, str>>,
    /// The speaker nearest the content first.
    pub sources: Vec<SourceJson<'a>>,
    /// The words that report.
    pub cue: Option<Quoted<'a>>,
    /// What is said.
    pub content: Vec<Quoted<'a>>,
    /// Who is told.
    pub to: Option<Quoted<'a>>,
    /// Through what.
    pub medium: Option<Quoted<'a>>,
    /// Id of the statement it is nested in.
    pub within: Option<Cow<'a, str>>,
    /// Ids of the events it tells of.
    pub events: Vec<Cow<'a, str>>,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// Field to reason.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, ReasonJson<'a>>))]
    pub why: WhyJson<'a>,
    /// Why each span ends where it does.
    #[serde(default)]
    pub edges: Vec<EdgeJson<'a>>,
}

/// Why a span of a statement starts and ends where it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EdgeJson<'a> {
    /// The field.
    pub part: Cow<'a, str>,
    /// The span whose edges these are.
    pub span: [usize; 2],
    /// Why it starts there.
    pub starts: ReasonJson<'a>,
    /// Why it ends there.
    pub ends: ReasonJson<'a>,
}

/// One who acts or is acted upon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SideJson<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The local words.
    pub quote: Cow<'a, str>,
    /// Id of the actor it resolves to.
    pub actor: Option<Cow<'a, str>>,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceJson<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The local words.
    pub quote: Cow<'a, str>,
    /// Usual English name.
    pub name: Cow<'a, str>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<Cow<'a, str>>,
    /// First-order division.
    pub admin1: Option<Cow<'a, str>>,
    /// Second-order division.
    pub admin2: Option<Cow<'a, str>>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// P-code of the division.
    #[serde(default)]
    pub pcode: Option<Cow<'a, str>>,
    /// `sayso_core::Level` as printed.
    pub level: Cow<'a, str>,
    /// UCDP, 1 to 7.
    pub where_prec: u8,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventTimeJson<'a> {
    /// The expression; `None` where only the publication bounds it.
    pub span: Option<[usize; 2]>,
    /// Its words.
    pub quote: Option<Cow<'a, str>>,
    /// First day, ISO 8601.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// UCDP, 1 to 5.
    pub date_prec: u8,
}

/// People counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TollJson<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The words.
    pub quote: Cow<'a, str>,
    /// `sayso_core::Effect` as printed.
    pub effect: Cow<'a, str>,
    /// `sayso_core::Who` as printed.
    pub who: Cow<'a, str>,
    /// At least so many.
    pub low: u64,
    /// At most so many, where the text says.
    pub high: Option<u64>,
    /// `sayso_core::Bound` as printed.
    pub bound: Cow<'a, str>,
    /// Id of the statement that counts.
    pub by: Option<Cow<'a, str>>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventJson<'a> {
    /// `e:…`, stable.
    pub id: Cow<'a, str>,
    /// The words that tell of it.
    pub anchor: Quoted<'a>,
    /// One of the 25 sub-event types.
    pub acled: Option<Cow<'a, str>>,
    /// PLOVER event.
    pub plover: Cow<'a, str>,
    /// PLOVER mode.
    pub plover_mode: Option<Cow<'a, str>>,
    /// CAMEO code.
    pub cameo: Cow<'a, str>,
    /// Who did it; either side of a clash.
    pub side_a: Vec<SideJson<'a>>,
    /// To whom.
    pub side_b: Vec<SideJson<'a>>,
    /// With what.
    pub weapons: Vec<Quoted<'a>>,
    /// Where.
    pub place: Option<PlaceJson<'a>>,
    /// When.
    pub time: Option<EventTimeJson<'a>>,
    /// How many.
    pub tolls: Vec<TollJson<'a>>,
    /// `sayso_core::TollStatus` as printed.
    pub toll_status: Cow<'a, str>,
    /// `sayso_core::Status` as printed.
    pub status: Cow<'a, str>,
    /// A sum over many incidents, not one.
    pub aggregate: bool,
    /// Ids of the statements that tell of it.
    pub statements: Vec<Cow<'a, str>>,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// Field to reason.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, ReasonJson<'a>>))]
    pub why: WhyJson<'a>,
}

/// Who is who.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActorJson<'a> {
    /// `a:…`, stable.
    pub id: Cow<'a, str>,
    /// The fullest name.
    pub name: Cow<'a, str>,
    /// Other names in the text.
    pub aliases: Vec<Cow<'a, str>>,
    /// Proper names of a person, without titles: what a public export must not show of somebody
    /// who is protected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Cow<'a, str>>,
    /// `sayso_core::ActorKind` as printed.
    pub kind: Cow<'a, str>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<Cow<'a, str>>,
    /// Id of the actor it belongs to.
    pub member_of: Option<Cow<'a, str>>,
    /// Office or capacity.
    pub role: Option<Cow<'a, str>>,
    /// Why it is kept out of exports.
    pub protect: Option<Cow<'a, str>>,
    /// Id of its entry in the registry of actors.
    #[serde(default)]
    pub registry: Option<Cow<'a, str>>,
    /// PLOVER sector of that entry.
    #[serde(default)]
    pub sector: Option<Cow<'a, str>>,
    /// Where it is named, `[start, end)`.
    pub mentions: Vec<[usize; 2]>,
    /// Rule and words behind fields.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, ReasonJson<'a>>))]
    pub why: WhyJson<'a>,
}

/// One toponym of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceMentionJson<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The local words.
    pub quote: Cow<'a, str>,
    /// Usual English name.
    pub name: Cow<'a, str>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<Cow<'a, str>>,
    /// First-order division.
    pub admin1: Option<Cow<'a, str>>,
    /// Second-order division.
    #[serde(default)]
    pub admin2: Option<Cow<'a, str>>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// P-code of the division.
    #[serde(default)]
    pub pcode: Option<Cow<'a, str>>,
    /// `sayso_core::Level` as printed.
    pub level: Cow<'a, str>,
    /// UCDP, 1 to 7; `null` in sheets of versions that did not print it.
    #[serde(default)]
    pub where_prec: Option<u8>,
    /// The rule that resolved it.
    #[serde(default)]
    pub rule: Cow<'a, str>,
}

/// One time expression of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimeMentionJson<'a> {
    /// `[start, end)` in code points.
    pub span: [usize; 2],
    /// The words.
    pub quote: Cow<'a, str>,
    /// TIMEX3 type.
    pub r#type: Cow<'a, str>,
    /// TIMEX3 value.
    pub value: Cow<'a, str>,
    /// First day it covers, ISO 8601.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// The rule that read it.
    #[serde(default)]
    pub rule: Cow<'a, str>,
}

/// What a reader should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteJson<'a> {
    /// `sayso_text::NoteCode` as printed.
    pub code: Cow<'a, str>,
    /// Where, `[start, end)`.
    pub span: Option<[usize; 2]>,
    /// In words.
    pub message: Cow<'a, str>,
}
