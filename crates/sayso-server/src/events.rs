//! What the server tells whoever listens: `GET /api/v1/events` (server-sent events).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A report came in, was coded, or was decided on.
    Report {
        /// Its id.
        id: String,
    },
    /// An incident is new, gone or another than before.
    Incident {
        /// Its id.
        id: String,
    },
    /// How many reports wait to be coded.
    Backlog(Backlog),
    /// The listener should forget what it has read and look again: it has missed something, or
    /// something was destroyed or taken back.
    Reset,
}

impl Part {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Incidents => "incidents",
        }
    }
}

impl Event {
    /// The name of the event on the stream.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Report { .. } => "report",
            Self::Incident { .. } => "incident",
            Self::Backlog(_) => "backlog",
            Self::Reset => "reset",
        }
    }
}

/// What waits to be coded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Backlog {
    /// How many reports wait.
    pub waiting: usize,
    /// How many were coded since the server began.
    pub coded: u64,
    /// How many reports that are there could not be coded since the server began: its log says why.
    /// They are tried again when they are sent again, and no longer counted once they are coded, erased
    /// or taken back.
    pub failed: usize,
    /// Since when something has been waiting without a break.
    pub since: Option<String>,
    /// How far a server that has just begun has read its ledger; `null` once it has.
    pub reading: Option<Reading>,
}

/// How far a ledger has been read: until it has been, what rests on all of it is answered with 503.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reading {
    /// What is being read.
    pub what: Part,
    /// How many of them.
    pub done: usize,
    /// Of how many; 0 while that is not known.
    pub total: usize,
}

/// What a ledger is read into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Its reports.
    #[default]
    Reports,
    /// The incidents that they tell of.
    Incidents,
}
