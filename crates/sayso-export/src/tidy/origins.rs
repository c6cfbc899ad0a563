//! On whose say-so findings rest.

use sayso_api::{IncidentJson, OriginJson};

use crate::Dataset;
use crate::cell::columns;

/// An origin of an incident.
pub(super) struct Origin<'d> {
    incident: &'d IncidentJson,
    origin: &'d OriginJson,
}

pub(super) fn rows(dataset: &Dataset) -> impl Iterator<Item = Origin<'_>> {
    dataset.incidents().iter().flat_map(|incident| {
        let origins = incident.origins.iter();
        origins.map(move |origin| Origin { incident, origin })
    })
}

columns! { row: Origin<'_> {
    "incident" Text "#event+id" "Id of the incident" => &row.incident.id;
    "id" Text "#meta+origin+id" "Id of the origin" => &row.origin.id;
    "name" Text "#meta+origin+name" "Who" => &row.origin.name;
    "why" Text "#meta+origin+type" "speaker, wire-copy or own-reporting" => &row.origin.why;
    "reports" Int "#meta+reports" "How many reports carry its words" => row.origin.reports.len();
    "unreliable" Bool "#status+unreliable" "Whether an analyst marked it as unreliable" => row.origin.unreliable;
}}
