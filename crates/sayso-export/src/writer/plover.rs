//! Events in PLOVER's terms, one JSON object a line, with the keys of PLOVER's gold standard records
//! (`id`, `date`, `source`, `target`, `event`, `mode`, `location`, `text`) where they have one.

use sayso_api::{EventJson, SheetJson, SideJson};
use serde_json::{Map, Value, json};

use crate::{Dataset, ExportError};

/// One object an event of a report; sums over many incidents and events that are denied or planned
/// are there too, and say so.
pub(crate) fn lines(dataset: &Dataset) -> Result<Vec<u8>, ExportError> {
    let events = dataset.events();
    super::lines(events.map(|(sheet, event)| object(dataset, sheet, event)))
}

fn object(dataset: &Dataset, sheet: &SheetJson<'static>, event: &EventJson<'static>) -> Value {
    let time = event.time.as_ref();
    let incident = dataset.incident_of(&sheet.report.id, &event.id);
    let side = |side: &[SideJson<'static>]| -> Vec<Value> {
        side.iter().map(|side| actor(sheet, side)).collect()
    };
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            object.insert(key.to_owned(), value);
        }
    };
    put("id", json!(event.id));
    put("date", json!(time.and_then(|time| time.start.as_ref())));
    put("dateEnd", json!(time.and_then(|time| time.end.as_ref())));
    put("datePrecision", json!(time.map(|time| time.date_prec)));
    put("event", json!(event.plover));
    put("mode", json!(event.plover_mode));
    put("cameo", json!(event.cameo));
    put("status", json!(event.status));
    put("aggregate", json!(event.aggregate));
    put("source", json!(side(&event.side_a)));
    put("target", json!(side(&event.side_b)));
    put("location", location(event));
    put("eventText", json!(event.anchor.quote));
    put("incident", json!(incident.map(|incident| &incident.id)));
    put("report", json!(sheet.report.id));
    put("publication", json!(sheet.report.outlet));
    put("publicationDate", json!(sheet.report.published));
    put("language", json!(sheet.report.language));
    put("coder", json!(format!("sayso {}", sheet.made_by.sayso)));
    put("version", json!("PLOVER 2"));
    Value::Object(object)
}

fn actor(sheet: &SheetJson<'static>, side: &SideJson<'static>) -> Value {
    let actor = side
        .actor
        .as_ref()
        .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id));
    let mut object = Map::new();
    object.insert("actorText".to_owned(), json!(side.quote));
    if let Some(actor) = actor {
        object.insert("name".to_owned(), json!(actor.name));
        let sector = actor.sector.as_deref().or(sector(&actor.kind));
        for (key, value) in [
            ("code", actor.country.as_deref()),
            ("sector", sector),
            ("id", actor.registry.as_deref()),
        ] {
            if let Some(value) = value {
                object.insert(key.to_owned(), json!(value));
            }
        }
    }
    Value::Object(object)
}

/// PLOVER's sector of a kind of actor; those that could be several have none.
fn sector(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "state-forces" | "external-forces" => "MIL",
        "rebel-group" => "REB",
        "political-militia" | "identity-militia" => "PRM",
        "government" => "GOV",
        "civilians" | "protesters" | "rioters" => "CVL",
        "media" => "MED",
        _ => return None,
    })
}

fn location(event: &EventJson<'static>) -> Value {
    let Some(place) = &event.place else {
        return Value::Null;
    };
    json!({
        "name": place.name, "country": place.country, "admin1": place.admin1,
        "admin2": place.admin2, "lat": place.lat, "lon": place.lon, "geonames": place.geonames,
        "level": place.level, "wherePrecision": place.where_prec,
    })
}
