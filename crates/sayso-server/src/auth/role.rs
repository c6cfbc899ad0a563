//! What users may do.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody may do; each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads everything.
    Reader,
    /// Adds reports and reviews findings.
    Analyst,
    /// Merges and splits incidents, judges origins, takes imports back, publishes.
    Editor,
    /// Manages users and reads who did what.
    Admin,
}

impl Role {
    /// Every role, in the order above.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Analyst, Self::Editor, Self::Admin];

    /// As written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == written)
            .ok_or_else(|| format!("`{written}` is no role: use reader, analyst, editor or admin"))
    }
}
