//! Two passes over sheets, and what analysts decided: the same incidents whatever the order, and
//! decisions that stay whatever comes later.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use sayso_api::{IncidentJson, SheetJson, StepJson};
use sayso_link::{
    Decision, Decisions, Intake, LinkKnowledge, Linked, Linking, incident_id, incidents_decided,
};
use serde_json::json;

const PLACES: [(&str, f64, f64); 4] = [
    ("Velda", 34.1, 40.2),
    ("Qarqur", 35.7, 36.3),
    ("Tibrin", 12.4, 15.9),
    ("Sekhan", 19.2, 96.1),
];
const TARGETS: [&str; 4] = ["market", "silo", "depot", "school"];
const NEIGHBOURS: [&str; 4] = ["Marudo", "Keshan", "Ulban", "Dranov"];
const NAMES: [&str; 4] = ["Neve Orlo", "Farhad Darwish", "Ama Tekle", "Zaw Min"];

/// A report on the story of number `story`, told by outlet number `outlet` on day `day`.
fn sheet(id: &str, story: usize, outlet: usize, day: u32) -> SheetJson<'static> {
    let (place, lat, lon) = PLACES[story % PLACES.len()];
    let name = NAMES[story % NAMES.len()];
    let target = TARGETS[story % TARGETS.len()];
    let near = NEIGHBOURS[story % NEIGHBOURS.len()];
    let killed = 3 + story;
    let text = match outlet % 3 {
        0 => format!(
            "Gunners shelled the covered {target} of {place} on Sunday, killing {killed} people, \
             {name} of the {place} council said while traders from {near} looked on."
        ),
        1 => format!(
            "The {target} in {place}, by the {near} bridge, was shelled; {name} spoke of \
             {killed} dead among the traders."
        ),
        _ => format!(
            "Officials gave no details when {place} was shelled for an hour; {name} asked {near} \
             for ambulances and counted {killed} dead."
        ),
    };
    let quoted = |words: &str| {
        let start = text.find(words).unwrap();
        let start = text[..start].chars().count();
        json!({"span": [start, start + words.chars().count()], "quote": words})
    };
    let mut where_ = quoted(place);
    for (field, value) in [
        ("name", json!(place)),
        ("country", json!("SYR")),
        ("lat", json!(lat)),
        ("lon", json!(lon)),
        ("level", json!("settlement")),
        ("where_prec", json!(1)),
    ] {
        where_[field] = value;
    }
    for field in ["admin1", "admin2", "geonames"] {
        where_[field] = json!(null);
    }
    let mut toll = quoted(&killed.to_string());
    for (field, value) in [
        ("effect", json!("killed")),
        ("who", json!("people")),
        ("low", json!(killed)),
        ("high", json!(killed)),
        ("bound", json!("exact")),
        ("by", json!(null)),
    ] {
        toll[field] = value;
    }
    let event = json!({
        "id": format!("e:{id}"), "anchor": quoted("shelled"),
        "acled": "Shelling/artillery/missile attack", "plover": "ASSAULT", "plover_mode": null,
        "cameo": "190", "side_a": [], "side_b": [], "weapons": [], "place": where_,
        "time": {
            "span": null, "quote": null, "start": "2025-05-11", "end": "2025-05-11",
            "date_prec": 1,
        },
        "tolls": [toll], "toll_status": "counted", "status": "asserted", "aggregate": false,
        "statements": [], "confidence": 0.9, "why": {},
    });
    serde_json::from_value(json!({
        "schema": "sayso.sheet/1",
        "made_by": {"sayso": "0", "model": "m", "lexicon": "l", "gazetteer": "g"},
        "report": {
            "id": id, "title": null, "text": text, "outlet": format!("Outlet {outlet}"),
            "url": null, "published": format!("2025-05-{:02}", 12 + day), "language": "en",
        },
        "statements": [], "events": [event], "actors": [], "places": [], "times": [], "notes": [],
    }))
    .unwrap()
}

fn knowledge() -> LinkKnowledge {
    LinkKnowledge::builtin().unwrap()
}

/// Ids of the reports of each incident.
fn groups(incidents: &[IncidentJson]) -> Vec<Vec<&str>> {
    incidents
        .iter()
        .map(|incident| {
            let main = incident.reports.iter().filter(|r| r.role == "main");
            main.map(|report| report.id.as_str()).collect()
        })
        .collect()
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

fn decided(decisions: &[Decision]) -> Decisions {
    let mut all = Decisions::default();
    for decision in decisions {
        all.take(decision);
    }
    all
}

/// The first pass over `sheets`, which came in in this order.
fn linked<'k>(
    knowledge: &'k LinkKnowledge,
    sheets: &[SheetJson<'_>],
    decisions: Decisions,
) -> Linked<'k> {
    let mut linking = Linking::new(knowledge);
    for (arrival, sheet) in sheets.iter().enumerate() {
        let intake = Intake {
            arrival: Some(arrival as u64),
            withdrawn: false,
        };
        assert!(linking.insert(sheet, intake));
    }
    linking.finish(decisions)
}

#[test]
fn a_merge_and_a_split_hold_and_take_later_reports_with_them() {
    let knowledge = knowledge();
    let mut sheets = vec![
        sheet("a1", 0, 0, 0),
        sheet("a2", 0, 1, 0),
        sheet("b1", 1, 0, 0),
        sheet("b2", 1, 1, 1),
    ];
    let alone = incidents_decided(&sheets, &knowledge, Decisions::default());
    assert_eq!(groups(&alone), [vec!["a1", "a2"], vec!["b1", "b2"]]);

    let merge = Decision::Merge {
        reports: ids(&["a1", "a2", "b1", "b2"]),
    };
    let merged = decided(std::slice::from_ref(&merge));
    let found = incidents_decided(&sheets, &knowledge, merged.clone());
    assert_eq!(groups(&found), [vec!["a1", "a2", "b1", "b2"]]);
    let why = found[0].why.join("\n");
    assert!(why.contains("an analyst decided so"), "{why}");
    // What the program had joined keeps its reasons; only what joins the two was decided.
    let decided_so: Vec<&String> = found[0]
        .why
        .iter()
        .filter(|line| line.contains("analyst"))
        .collect();
    assert_eq!(decided_so, ["b1 and a1: an analyst decided so"]);
    for kept in alone.iter().flat_map(|incident| &incident.why) {
        assert!(found[0].why.contains(kept), "{kept} is not in {why}");
    }

    sheets.push(sheet("b3", 1, 2, 2));
    let found = incidents_decided(&sheets, &knowledge, merged);
    assert_eq!(groups(&found), [vec!["a1", "a2", "b1", "b2", "b3"]]);

    let split = Decision::Split {
        reports: ids(&["a2"]),
        from: ids(&["a1", "b1", "b2", "b3"]),
    };
    let found = incidents_decided(&sheets, &knowledge, decided(&[merge, split]));
    let alone = groups(&found)
        .into_iter()
        .find(|group| group.contains(&"a2"));
    assert_eq!(alone, Some(vec!["a2"]));
}

#[test]
fn an_incident_keeps_its_id_when_older_reports_come_in_late_and_old_ids_are_found() {
    let knowledge = knowledge();
    let mut sheets = vec![sheet("late", 0, 0, 3), sheet("other", 1, 0, 0)];
    let before = linked(&knowledge, &sheets, Decisions::default());
    let number = before.incident_of("late").unwrap();
    assert_eq!(before.id(number), incident_id("late"));
    sheets.push(sheet("early", 0, 1, 0));
    let after = linked(&knowledge, &sheets, Decisions::default());
    let number = after.incident_of("late").unwrap();
    assert_eq!(after.incident_of("early"), Some(number));
    assert_eq!(after.id(number), incident_id("late"));
    let merged = decided(&[Decision::Merge {
        reports: ids(&["late", "early", "other"]),
    }]);
    let merged = linked(&knowledge, &sheets, merged);
    assert_eq!(merged.len(), 1);
    for old in ["late", "early", "other"] {
        assert_eq!(merged.find(&incident_id(old)), Some(0), "{old}");
    }
    assert_eq!(merged.find("i:0000000000000000"), None);
}

#[test]
fn what_was_withdrawn_stays_with_its_incident_and_says_nothing() {
    let knowledge = knowledge();
    let sheets = [sheet("a1", 0, 0, 0), sheet("a2", 0, 1, 0)];
    let mut linking = Linking::new(&knowledge);
    for (sheet, withdrawn) in sheets.iter().zip([true, false]) {
        let intake = Intake {
            arrival: None,
            withdrawn,
        };
        linking.insert(sheet, intake);
    }
    let linked = linking.finish(Decisions::default());
    assert_eq!(linked.len(), 1);
    assert!(!linked.is_withdrawn(0));
    let incident = linked.incident(0, |report| sheets.get(report as usize));
    assert_eq!(incident.reports.len(), 2);
    assert!(incident.reports[0].withdrawn && !incident.reports[1].withdrawn);
    let evidence = incident
        .findings
        .iter()
        .flat_map(|finding| &finding.answers)
        .flat_map(|answer| &answer.evidence);
    for evidence in evidence {
        assert_eq!(evidence.report, "a2");
    }
    assert!(!incident.findings.is_empty());
    for origin in &incident.origins {
        assert_eq!(origin.reports, ["a2"]);
    }
}

#[test]
fn what_each_day_changed_is_told() {
    let knowledge = knowledge();
    let mut sheets = vec![
        sheet("a1", 0, 0, 0),
        sheet("a2", 0, 1, 2),
        sheet("a3", 0, 1, 2),
    ];
    let later = sheet("a4", 0, 0, 4);
    sheets.push(later);
    let linked = linked(&knowledge, &sheets, Decisions::default());
    let steps = linked.history(0, |report| sheets.get(report as usize));
    let days: Vec<&str> = steps
        .iter()
        .filter_map(|s| s.published.as_deref())
        .collect();
    assert_eq!(days, ["2025-05-12", "2025-05-14", "2025-05-16"]);
    assert_eq!(steps[1].reports, ["a2", "a3"]);
    let happened = |step: &StepJson| {
        let change = step.findings.iter().find(|f| f.question == "happened")?;
        Some((
            change.before.as_ref().map(|stand| stand.status.clone()),
            change.after.as_ref().map(|stand| stand.status.clone()),
        ))
    };
    let single = || Some("single-source".to_owned());
    assert_eq!(happened(&steps[0]), Some((None, single())));
    let (before, after) = happened(&steps[1]).unwrap();
    assert_eq!((before, after), (single(), Some("corroborated".to_owned())));
    // The first outlet repeats itself.
    assert_eq!(steps[2].findings, []);
}

#[test]
fn an_origin_that_an_analyst_marked_is_marked() {
    let knowledge = knowledge();
    let sheets = [sheet("a1", 0, 0, 0), sheet("a2", 0, 1, 0)];
    let plain = incidents_decided(&sheets, &knowledge, Decisions::default());
    let marked = &plain[0].origins[0].id;
    let mut decisions = Decisions::default();
    decisions.distrust(marked);
    let found = incidents_decided(&sheets, &knowledge, decisions);
    for origin in &found[0].origins {
        assert_eq!(origin.unreliable, origin.id == *marked);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn neither_order_nor_passes_change_the_incidents(
        drawn in proptest::collection::vec((0_usize..4, 0_usize..5, 0_u32..9), 1..14),
        merges in proptest::collection::vec((0_usize..14, 0_usize..14), 0..3),
        splits in proptest::collection::vec((0_usize..14, 0_usize..14), 0..3),
        order in any::<u64>(),
    ) {
        let id = |number: usize| format!("r{number:02}");
        let sheets: Vec<SheetJson<'static>> = drawn
            .iter()
            .enumerate()
            .map(|(number, (story, outlet, day))| sheet(&id(number), *story, *outlet, *day))
            .collect();
        let mut decisions = Decisions::default();
        for &(a, b) in &merges {
            decisions.take(&Decision::Merge { reports: vec![id(a), id(b)] });
        }
        for &(a, b) in &splits {
            decisions.take(&Decision::Split { reports: vec![id(a)], from: vec![id(b)] });
        }
        let knowledge = knowledge();
        let expected = incidents_decided(&sheets, &knowledge, decisions.clone());

        let mut shuffled = sheets.clone();
        let mut state = order | 1;
        for at in (1..shuffled.len()).rev() {
            state ^= state << 13; state ^= state >> 7; state ^= state << 17;
            shuffled.swap(at, state as usize % (at + 1));
        }
        prop_assert_eq!(&incidents_decided(&shuffled, &knowledge, decisions.clone()), &expected);

        let mut by_day = shuffled;
        by_day.sort_by(|a, b| a.report.published.cmp(&b.report.published));
        let mut linking = Linking::by_publication(&knowledge);
        for sheet in &by_day { linking.insert(sheet, Intake::default()); }
        let linked = linking.finish(decisions);
        let found: Vec<IncidentJson> = (0..linked.len())
            .map(|number| linked.incident(number, |report| by_day.get(report as usize)))
            .collect();
        prop_assert_eq!(&found, &expected);
        for (number, incident) in found.iter().enumerate() {
            prop_assert_eq!(linked.find(&incident.id), Some(number));
            let brief = linked.brief(number);
            prop_assert_eq!(brief.acled, incident.acled.as_deref());
            prop_assert_eq!(brief.place, incident.place.as_ref());
        }
    }
}
