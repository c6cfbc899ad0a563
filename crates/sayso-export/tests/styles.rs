//! What the columns of other projects' data sets hold of an incident.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod coded;

use std::collections::BTreeMap;

use sayso_api::SheetJson;
use sayso_coder::Coder;
use sayso_export::{Dataset, Format, Profile, export};
use sayso_link::{LinkKnowledge, incidents};
use sayso_text::{Published, Report};
use serde_json::{Value, json};

const TEXT: &str = "Fighters of the Kordal Movement attacked a post of the army near Gedaref in Sudan \
                    on Monday, killing 12 people, a nurse said.";

/// The row of the one incident of a report whose event has these sides and these dead.
fn row(
    coder: &Coder,
    format: Format,
    kinds: [&str; 2],
    dead: &[(&str, u64)],
) -> BTreeMap<String, String> {
    let mut report = Report::from_text(TEXT);
    report.published = Some(Published::parse("2025-03-05").unwrap());
    let coded = coder.code(report);
    let sheet = sayso_api::sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    let mut sheet: Value = serde_json::to_value(&sheet).unwrap();
    let actor = |id: &str, kind: &str| {
        json!({"id": id, "name": format!("the {kind}"), "aliases": [], "kind": kind, "country": "SDN",
               "member_of": null, "role": null, "protect": null, "mentions": []})
    };
    sheet["actors"] = json!([actor("a:1", kinds[0]), actor("a:2", kinds[1])]);
    for statement in sheet["statements"].as_array_mut().unwrap() {
        for source in statement["sources"].as_array_mut().unwrap() {
            source["actor"] = Value::Null;
        }
    }
    let events = sheet["events"].as_array_mut().unwrap();
    events.truncate(1);
    let anchor = events[0]["anchor"].clone();
    let side = |id: &str| json!([{"span": anchor["span"], "quote": anchor["quote"], "actor": id}]);
    events[0]["acled"] = json!("Armed clash");
    events[0]["side_a"] = side("a:1");
    events[0]["side_b"] = side("a:2");
    let tolls: Vec<Value> = dead
        .iter()
        .map(|(who, count)| {
            json!({"span": anchor["span"], "quote": anchor["quote"], "effect": "killed", "who": who,
                   "low": count, "high": count, "bound": "exact", "by": null})
        })
        .collect();
    events[0]["tolls"] = json!(tolls);
    let sheets: Vec<SheetJson<'static>> = vec![serde_json::from_value(sheet).unwrap()];
    let found = incidents(&sheets, &LinkKnowledge::builtin().unwrap());
    let parts = found.into_iter().map(|incident| (incident, sheets.clone()));
    let dataset = Dataset::new(Profile::Full, parts.collect(), coder.knowledge().gazetteer);
    let file = export(format, &dataset).unwrap().pop().unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1, "{text}");
    let cells = head.iter().zip(rows[0].iter());
    cells
        .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
        .collect()
}

#[test]
fn the_dead_of_the_sides_are_told_apart_where_a_report_does() {
    let coder = Coder::shipped().unwrap();
    let deaths = |kinds: [&str; 2], dead: &[(&str, u64)]| {
        let row = row(&coder, Format::Ged, kinds, dead);
        [
            "deaths_a",
            "deaths_b",
            "deaths_civilians",
            "deaths_unknown",
            "best",
        ]
        .map(|name| row[name].clone())
    };
    let all = [
        ("people", 12),
        ("soldiers", 4),
        ("fighters", 5),
        ("women", 2),
    ];
    assert_eq!(
        deaths(["rebel-group", "state-forces"], &all),
        ["5", "4", "2", "1", "12"]
    );
    assert_eq!(
        deaths(["state-forces", "rebel-group"], &all),
        ["4", "5", "2", "1", "12"]
    );
    // Police are the state's too, and nobody counts its enemies.
    let some = [("people", 12), ("police", 3)];
    assert_eq!(
        deaths(["rebel-group", "state-forces"], &some),
        ["", "3", "", "9", "12"]
    );
    // Fighters of which of two groups?
    assert_eq!(
        deaths(["rebel-group", "political-militia"], &all),
        ["", "", "2", "10", "12"]
    );
    // Nobody says who the dead were.
    let none = [("people", 12)];
    assert_eq!(
        deaths(["rebel-group", "civilians"], &none),
        ["", "", "", "12", "12"]
    );
}

#[test]
fn countries_have_their_number_and_acleds_region() {
    let coder = Coder::shipped().unwrap();
    let row = row(
        &coder,
        Format::Acled,
        ["rebel-group", "state-forces"],
        &[("people", 12)],
    );
    let told = ["iso", "region", "country", "iso3", "fatalities"].map(|name| row[name].as_str());
    assert_eq!(told, ["729", "Northern Africa", "Sudan", "SDN", "12"]);
}
