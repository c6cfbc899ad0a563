//! FollowTheMoney: incidents as `Event`, reports as `Article`, actors as `Person`, `Organization` or
//! `PublicBody`, places as `Address`; one entity a line.
//!
//! A group that the registry knows is one entity in all reports; whoever it does not know is one in
//! each report, since the same name may be somebody else's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sayso_api::{ActorJson, EventJson, IncidentJson, SheetJson, SideJson};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::{Dataset, ExportError, country};

/// One entity.
struct Entity {
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Entity {
    fn new(schema: &'static str) -> Self {
        Self {
            schema,
            properties: BTreeMap::new(),
        }
    }

    fn put(&mut self, property: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value.map(Into::into).filter(|value| !value.is_empty()) {
            self.properties.entry(property).or_default().insert(value);
        }
    }
}

/// All entities, by id.
pub(crate) fn lines(dataset: &Dataset) -> Result<Vec<u8>, ExportError> {
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for sheet in dataset.sheets() {
        article(&mut entities, sheet);
        for actor in &sheet.actors {
            let body = actor
                .member_of
                .as_ref()
                .and_then(|id| sheet.actors.iter().find(|other| other.id == *id));
            party(&mut entities, sheet, actor, body);
        }
    }
    for incident in dataset.incidents() {
        event(&mut entities, dataset, incident);
    }
    super::lines(entities.into_iter().map(
        |(id, entity)| json!({"id": id, "schema": entity.schema, "properties": entity.properties}),
    ))
}

/// An id that FollowTheMoney takes: letters, digits and `-` alone.
fn id(kind: &str, parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\u{0}").as_bytes());
    let start = format!("sayso-{kind}-");
    hash.iter().take(10).fold(start, |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}

fn article(entities: &mut BTreeMap<String, Entity>, sheet: &SheetJson<'static>) {
    let report = &sheet.report;
    let mut article = Entity::new("Article");
    article.put("title", report.title.as_deref());
    article.put("sourceUrl", report.url.as_deref());
    article.put("publisher", report.outlet.as_deref());
    article.put(
        "publishedAt",
        report.published.as_deref().and_then(|p| p.get(..10)),
    );
    article.put("language", three_letters(&report.language));
    entities.insert(id("report", &[&report.id]), article);
}

/// ISO 639-3, as FollowTheMoney writes languages.
fn three_letters(language: &str) -> Option<&'static str> {
    Some(match language {
        "ar" => "ara",
        "en" => "eng",
        "es" => "spa",
        "fa" => "fas",
        "fr" => "fra",
        "my" => "mya",
        "pt" => "por",
        "ru" => "rus",
        "uk" => "ukr",
        "zh" => "zho",
        _ => return None,
    })
}

/// The id of an actor that is somebody: known to the registry, or a person by name.
fn party_id(sheet: &SheetJson<'static>, actor: &ActorJson<'static>) -> Option<String> {
    match &actor.registry {
        Some(registry) => Some(id("actor", &[registry])),
        None if !actor.names.is_empty() => Some(id("actor", &[&sheet.report.id, &actor.id])),
        None => None,
    }
}

fn party(
    entities: &mut BTreeMap<String, Entity>,
    sheet: &SheetJson<'static>,
    actor: &ActorJson<'static>,
    body: Option<&ActorJson<'static>>,
) {
    let Some(id) = party_id(sheet, actor) else {
        return;
    };
    let person = actor.registry.is_none();
    let public = matches!(actor.kind.as_ref(), "government" | "state-forces");
    let schema = match (person, public) {
        (true, _) => "Person",
        (false, true) => "PublicBody",
        (false, false) => "Organization",
    };
    let entity = entities.entry(id).or_insert_with(|| Entity::new(schema));
    entity.put("name", Some(actor.name.as_ref()));
    for alias in &actor.aliases {
        entity.put("alias", Some(alias.as_ref()));
    }
    entity.put("country", actor.country.as_deref().and_then(country::iso2));
    if person {
        entity.put("position", actor.role.as_deref());
        let body = body.map(|body| format!("of {}", body.name));
        entity.put("summary", body);
    }
}

fn event(entities: &mut BTreeMap<String, Entity>, dataset: &Dataset, incident: &IncidentJson) {
    let mut entity = Entity::new("Event");
    entity.put("name", Some(incident.title.as_str()));
    entity.put("startDate", incident.start.as_deref());
    entity.put("endDate", incident.end.as_deref());
    entity.put("keywords", incident.acled.as_deref());
    entity.put("recordId", Some(incident.id.as_str()));
    let findings: Vec<String> = incident.findings.iter().map(finding).collect();
    entity.put("summary", Some(findings.join("; ")));
    if let Some(place) = &incident.place {
        let code = place.country.as_deref().and_then(country::iso2);
        entity.put("country", code.clone());
        entity.put("location", Some(place.name.as_str()));
        let address_id = id(
            "place",
            &[&place.name, place.country.as_deref().unwrap_or("")],
        );
        let mut address = Entity::new("Address");
        let parts = [Some(place.name.as_str()), place.admin1.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        address.put("full", Some(parts.join(", ")));
        address.put("country", code);
        address.put("latitude", place.lat.map(|lat| lat.to_string()));
        address.put("longitude", place.lon.map(|lon| lon.to_string()));
        entities.insert(address_id.clone(), address);
        entity.put("addressEntity", Some(address_id));
    }
    for report in &incident.reports {
        let Some(sheet) = dataset.sheet(&report.id) else {
            continue;
        };
        entity.put("proof", Some(id("report", &[&report.id])));
        entity.put("sourceUrl", sheet.report.url.as_deref());
        let own = |event: &&EventJson<'static>| report.events.iter().any(|id| *id == event.id);
        for event in sheet.events.iter().filter(own) {
            for side in event.side_a.iter().chain(&event.side_b) {
                entity.put("involved", involved(sheet, side));
            }
        }
    }
    entities.insert(id("incident", &[&incident.id]), entity);
}

fn involved(sheet: &SheetJson<'static>, side: &SideJson<'static>) -> Option<String> {
    let actor = side.actor.as_ref()?;
    let actor = sheet.actors.iter().find(|other| other.id == *actor)?;
    party_id(sheet, actor)
}

/// A finding in words: “killed: disputed (3 to 16)”.
fn finding(finding: &sayso_api::FindingJson) -> String {
    let range = match (finding.low, finding.high) {
        (Some(low), Some(high)) if low != high => format!(" ({low} to {high})"),
        (Some(low), Some(_)) => format!(" ({low})"),
        (Some(low), None) => format!(" (at least {low})"),
        (None, Some(high)) => format!(" (at most {high})"),
        (None, None) => String::new(),
    };
    format!("{}: {}{range}", finding.question, finding.status)
}
