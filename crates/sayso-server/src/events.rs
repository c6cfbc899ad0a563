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
    /// The listener has missed something and should look again.
    Reset,
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
    /// Since when something has been waiting without a break.
    pub since: Option<String>,
}
