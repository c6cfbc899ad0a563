//! The sheet: what one report says and what it says happened.
//!
//! Spans are bytes of the report's text. Field meanings follow SCHEMA.md and the annotation guide.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_text::{Note, Span, TokenRange};

use crate::{EntityId, Signs, TimeRule};

/// Everything coded from one report.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Who says what, in text order of the content.
    pub statements: Vec<Statement>,
    /// What happened, in text order of the anchor.
    pub events: Vec<Event>,
    /// Who is who.
    pub actors: Vec<Actor>,
    /// Every toponym, demonyms that locate included, in text order.
    pub places: Vec<PlaceMention>,
    /// Every time expression, in text order.
    pub times: Vec<TimeMention>,
    /// What a reader should know, sorted by span and code.
    pub notes: Vec<Note>,
}

/// For a field of the sheet: the rule behind it and the words it rests on.
pub type Why = BTreeMap<&'static str, Reason>;

/// Rule and words behind one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Name of the rule, such as `cue-verb:say` or `frame:shelling/nominal`.
    pub rule: String,
    /// The words; `None` where the field is inferred from what is not there.
    pub span: Option<Span>,
}

/// Why one span of a statement starts and ends where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The field that the span belongs to.
    pub part: Part,
    /// The span.
    pub span: Span,
    /// A rule ([`crate::edge_says`] tells what it does), and the words in front of the span.
    pub starts: Reason,
    /// A rule, and the words behind the span.
    pub ends: Reason,
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* #[allow(missing_docs)] $variant),+ }

        impl $name {
            /// All values, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as the JSON prints it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the printed form.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes! {
    /// What a speaker does by saying it.
    Act {
        Report = "report", Confirm = "confirm", Deny = "deny", Accuse = "accuse",
        Condemn = "condemn", Threaten = "threaten", ClaimResponsibility = "claim-responsibility",
        Demand = "demand", Pledge = "pledge", Doubt = "doubt", Estimate = "estimate",
        Silence = "silence",
    }
}
codes! {
    /// Whether the content itself stands under a negation.
    Polarity { Affirmed = "affirmed", Negated = "negated" }
}
codes! {
    /// How sure the speaker is, by cue and modals.
    Certainty { Certain = "certain", Probable = "probable", Possible = "possible" }
}
codes! {
    /// What kind of source speaks.
    SourceKind {
        NamedOfficial = "named-official", AnonymousOfficial = "anonymous-official",
        LocalSources = "local-sources", Monitor = "monitor", ArmedGroup = "armed-group",
        Government = "government", Media = "media", Document = "document",
        Eyewitness = "eyewitness", Organisation = "organisation", Person = "person",
        Unknown = "unknown",
    }
}
codes! {
    /// The fields of a statement whose spans have edges.
    Part { Content = "content", Sources = "sources", Cue = "cue" }
}
codes! {
    /// Kind of actor; the first eight are ACLED's.
    ActorKind {
        StateForces = "state-forces", RebelGroup = "rebel-group",
        PoliticalMilitia = "political-militia", IdentityMilitia = "identity-militia",
        Rioters = "rioters", Protesters = "protesters", Civilians = "civilians",
        ExternalForces = "external-forces", Government = "government", Media = "media",
        Organisation = "organisation", Person = "person", Unknown = "unknown",
    }
}
codes! {
    /// Who must not be exposed in a public export.
    Protect { Minor = "minor", Victim = "victim", Witness = "witness", Private = "private" }
}
codes! {
    /// Whether an event is said to have happened.
    Status {
        Asserted = "asserted", Denied = "denied", Disputed = "disputed", Alleged = "alleged",
        Planned = "planned",
    }
}
codes! {
    /// What is known of the toll.
    TollStatus { Counted = "counted", None = "none", Unknown = "unknown", NotStated = "not-stated" }
}
codes! {
    /// What happened to the people counted.
    Effect {
        Killed = "killed", Injured = "injured", Missing = "missing", Abducted = "abducted",
        Detained = "detained", Displaced = "displaced",
    }
}
codes! {
    /// Who is counted.
    Who {
        People = "people", Civilians = "civilians", Children = "children", Women = "women",
        Soldiers = "soldiers", Police = "police", Fighters = "fighters", Other = "other",
    }
}
codes! {
    /// How the number binds.
    Bound {
        Exact = "exact", AtLeast = "at-least", AtMost = "at-most", About = "about",
        Vague = "vague",
    }
}
codes! {
    /// How fine a place is.
    Level {
        Site = "site", Neighbourhood = "neighbourhood", Settlement = "settlement",
        District = "district", Province = "province", Country = "country",
    }
}
codes! {
    /// TIMEX3 type.
    TimeType { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}

/// UCDP's date_prec, 1 (exact day) to 5 (more than a month, at most a year).
pub type DatePrec = u8;

/// One thing that somebody other than the writer is credited with, or an explicit absence.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Stable id, `s:…`.
    pub id: String,
    /// What the speaker does.
    pub act: Act,
    /// Polarity of the content (for `deny`: of what is denied).
    pub polarity: Polarity,
    /// How sure the speaker is.
    pub certainty: Certainty,
    /// PLOVER event of a codable speech act (`ACCUSE`, `REJECT`, `THREATEN`, `REQUEST`, …).
    pub plover: Option<&'static str>,
    /// PLOVER mode, by what is said.
    pub plover_mode: Option<&'static str>,
    /// CAMEO root or leaf of a codable speech act.
    pub cameo: Option<&'static str>,
    /// The chain, from the speaker nearest to the content outwards; empty: nobody is named.
    pub sources: Vec<Source>,
    /// The words that report.
    pub cue: Option<Span>,
    /// What is said, in text order; never empty.
    pub content: Vec<Span>,
    /// The addressee.
    pub to: Option<Span>,
    /// The channel.
    pub medium: Option<Span>,
    /// The statement this one is nested in, an index into [`Sheet::statements`].
    pub within: Option<usize>,
    /// The events it speaks of, indexes into [`Sheet::events`].
    pub events: Vec<usize>,
    /// How likely it is that content, speaker, act and polarity are right, 0 to 1.
    pub confidence: f32,
    /// What the confidence is made of.
    pub signs: Signs,
    /// Rule and words for `act`, `sources`, `content`, `polarity`, `certainty`, …
    pub why: Why,
    /// Why each content, each source and the cue start and end where they do, in this order.
    pub edges: Vec<Edge>,
    /// The cue's main token, for later phases.
    pub cue_token: Option<usize>,
    /// The content's tokens, for later phases; parallel to `content`.
    pub content_tokens: Vec<TokenRange>,
}

impl Statement {
    /// Whether `token` lies in the content.
    pub fn says(&self, token: usize) -> bool {
        self.content_tokens
            .iter()
            .any(|range| range.contains(&token))
    }
}

/// A speaker, or somebody who passes on what a speaker said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The local words.
    pub span: Span,
    /// Kind of source.
    pub kind: SourceKind,
    /// Who it is, after coreference.
    pub entity: Option<EntityId>,
    /// Index into [`Sheet::actors`], filled by the actor phase.
    pub actor: Option<usize>,
}

/// Something that happened, or is said not to have, or is planned.
#[derive(Clone, Debug)]
pub struct Event {
    /// Stable id, `e:…`.
    pub id: String,
    /// The best trigger phrase.
    pub anchor: Span,
    /// The trigger's main token, for later phases.
    pub anchor_token: usize,
    /// Every token that mentions this event, the anchor's included, for later phases.
    pub mention_tokens: Vec<usize>,
    /// ACLED sub-event type; `None` for what ACLED does not code.
    pub acled: Option<&'static str>,
    /// PLOVER event.
    pub plover: &'static str,
    /// PLOVER mode.
    pub plover_mode: Option<&'static str>,
    /// CAMEO code.
    pub cameo: &'static str,
    /// Who did it (of a clash: either side).
    pub side_a: Vec<Side>,
    /// Who it was done to, or who fought back.
    pub side_b: Vec<Side>,
    /// With what.
    pub weapons: Vec<Span>,
    /// Where.
    pub place: Option<Place>,
    /// When.
    pub time: Option<EventTime>,
    /// Counts of people, in text order.
    pub tolls: Vec<Toll>,
    /// What is known of the toll.
    pub toll_status: TollStatus,
    /// Whether it is said to have happened.
    pub status: Status,
    /// A sum over many incidents.
    pub aggregate: bool,
    /// Statements that assert, deny or describe it, indexes into [`Sheet::statements`].
    pub statements: Vec<usize>,
    /// How likely it is that type, status and sides are right, 0 to 1.
    pub confidence: f32,
    /// What the confidence is made of.
    pub signs: Signs,
    /// Rule and words for each field.
    pub why: Why,
}

/// One side of an event, in its local words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The local words.
    pub span: Span,
    /// Head token of the noun phrase.
    pub token: usize,
    /// Who it is, after coreference.
    pub entity: Option<EntityId>,
    /// Index into [`Sheet::actors`], filled by the actor phase.
    pub actor: Option<usize>,
}

/// A place, resolved as far as the text and the gazetteer allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// Normal name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Second-order division.
    pub admin2: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// P-code of the smallest division that it is or lies in, where OCHA has one.
    pub pcode: Option<String>,
    /// How fine it is.
    pub level: Level,
    /// UCDP's where_prec, 1 (exact) to 7.
    pub where_prec: u8,
}

/// A toponym in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it resolves to; `lat`, `lon` and `geonames` are `None` where it does not.
    pub place: Place,
    /// A demonym or adjective ("Syrian"), which locates but is no place an event happens at.
    pub demonym: bool,
    /// Rule that resolved it.
    pub rule: String,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventTime {
    /// The words; `None` where only the publication date bounds it.
    pub span: Option<Span>,
    /// First day.
    pub start: Option<Date>,
    /// Last day, inclusive.
    pub end: Option<Date>,
    /// UCDP's date_prec.
    pub date_prec: DatePrec,
}

/// A time expression in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its characters.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value, such as `2025-10-21TNI`, `P3D`, `XXXX-WXX-5`.
    pub value: String,
    /// First day covered.
    pub start: Option<Date>,
    /// Last day covered, inclusive.
    pub end: Option<Date>,
    /// Rule that read it.
    pub rule: TimeRule,
}

/// A count of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toll {
    /// The words that count.
    pub span: Span,
    /// Head token of the counted noun phrase (or the number), for later phases.
    pub token: usize,
    /// The verb or noun that says what happened to them ("killed", "dead"), for later phases.
    pub effect_token: usize,
    /// What happened to them.
    pub effect: Effect,
    /// Who they are.
    pub who: Who,
    /// Lowest.
    pub low: u64,
    /// Highest; `None` is open.
    pub high: Option<u64>,
    /// How the number binds.
    pub bound: Bound,
    /// The statement it comes from, an index into [`Sheet::statements`].
    pub by: Option<usize>,
    /// A sum over many incidents or a long time.
    pub aggregate: bool,
}

/// Somebody who speaks or acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Stable id, `a:…`.
    pub id: String,
    /// The fullest name in the text.
    pub name: String,
    /// Other names in the text.
    pub aliases: Vec<String>,
    /// Proper names of a person among these and in the text, without titles: what a public export
    /// must not show of somebody who is protected. Empty for groups and for whoever has no name.
    pub names: Vec<String>,
    /// Kind.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Index of the actor it belongs to.
    pub member_of: Option<usize>,
    /// Role, such as `spokesman`.
    pub role: Option<String>,
    /// Why a public export leaves it out.
    pub protect: Option<Protect>,
    /// Id of its entry in the registry of actors; `None` where it is in none, or could be several.
    pub registry: Option<String>,
    /// PLOVER sector of that entry (`MIL`, `REB`, `GOV`, …).
    pub sector: Option<&'static str>,
    /// Where it is mentioned.
    pub mentions: Vec<Span>,
    /// Rule and words for `registry`, `kind`, `country`, `member_of` and `protect`, where one decided.
    pub why: Why,
}
