//! The demo of the README, `sayso incidents samples/three-incidents.jsonl`: fourteen reports of
//! three invented incidents, from seven outlets.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// The core reads no file; the samples are files.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::Path;

use sayso_api::{IncidentJson, SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_link::{LinkKnowledge, incidents};
use sayso_text::{Published, Report};
use serde_json::Value;

fn demo() -> Vec<IncidentJson> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/three-incidents.jsonl");
    let coder = Coder::shipped().unwrap();
    let sheets: Vec<SheetJson<'static>> = std::fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let field = |name: &str| row[name].as_str().map(str::to_owned);
            let coded = coder.code(Report {
                id: field("id").unwrap(),
                title: field("title"),
                outlet: field("outlet"),
                published: Some(Published::parse(&field("published").unwrap()).unwrap()),
                ..Report::from_text(field("text").unwrap())
            });
            let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
            serde_json::from_str(&serde_json::to_string(&json).unwrap()).unwrap()
        })
        .collect();
    incidents(&sheets, &LinkKnowledge::builtin().unwrap())
}

#[test]
fn nine_prints_four_origins_one_dispute_one_unknown() {
    let all = demo();
    let mut sizes: Vec<usize> = all.iter().map(|incident| incident.reports.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [2, 3, 9]);
    let outlets: BTreeSet<&str> = all
        .iter()
        .flat_map(|incident| &incident.reports)
        .filter_map(|report| report.outlet.as_deref())
        .collect();
    assert_eq!(outlets.len(), 7, "{outlets:?}");

    let market = all.iter().find(|i| i.reports.len() == 9).unwrap();
    let origins: Vec<&str> = market.origins.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(origins.len(), 4, "{origins:?}");
    let with = |status: &str| -> Vec<&str> {
        let findings = market.findings.iter().filter(|f| f.status == status);
        findings.map(|finding| finding.question.as_str()).collect()
    };
    assert_eq!(with("disputed"), ["who-did-it"]);
    assert_eq!(with("unknown"), ["missing"]);

    // The toll rose from 11 to 16 and was corrected to 15: one origin, no contradiction.
    let killed = market
        .findings
        .iter()
        .find(|f| f.question == "killed")
        .unwrap();
    assert_eq!(killed.status, "single-source");
    assert_eq!((killed.low, killed.high), (Some(15), Some(15)));

    // The union says “fourteen of them”, the police fourteen: both count all.
    let detained = all
        .iter()
        .flat_map(|incident| &incident.findings)
        .find(|f| f.question == "detained")
        .unwrap();
    assert_eq!(detained.status, "corroborated");
    assert_eq!((detained.low, detained.high), (Some(14), Some(14)));

    // Four outlets print one wire text, and the passage that they share is shown.
    let wire = market
        .origins
        .iter()
        .find(|o| o.why == "wire-copy")
        .unwrap();
    assert_eq!((wire.reports.len(), wire.passages.len()), (4, 3));
}
