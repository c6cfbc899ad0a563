//! The desk over HTTP: an API under `/api/v1`, its OpenAPI document, and the page.
//!
//! ```text
//! request ── whose host? ── who? ── how often? ──▶ routes ──▶ Snapshot (reads) | Book (writes)
//!                                                               ▲                  │
//!                                                               └── Follower ◀─────┤
//!                                                                   Work (codes) ◀─┘
//! ```
//!
//! A shell: it holds no rule about language or conflict. [`Desk::open`] makes one, [`Desk::serve`]
//! runs it.

// A problem is made once a request is refused, and is its answer.
#![allow(clippy::result_large_err)]

mod archive;
mod asked;
mod auth;
mod door;
mod events;
mod line;
mod names;
mod page;
mod problem;
mod reading;
mod rendered;
mod routes;
mod secret;
mod serve;
mod state;
mod store;
mod work;

use std::io::Write as _;

pub use archive::{BriefJson, BriefPlaceJson, QueueItem, RangeJson};
pub use auth::Role;
pub use events::{Backlog, Event, Part, Reading};
pub use problem::Problem;
pub use serve::{Serving, Tls};
pub use state::{Desk, Mode, Options, ServerError};
pub use store::{Deed, Store, User, UserError};

/// The OpenAPI document of the API, as JSON.
///
/// # Errors
/// Never: its parts are plain data.
pub fn openapi() -> Result<String, serde_json::Error> {
    let mut document = serde_json::to_string_pretty(&routes::document())?;
    document.push('\n');
    Ok(document)
}

/// Tells whoever runs the server.
pub(crate) fn log(what: &str) {
    // Where standard error is gone there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "sayso: {what}");
}
