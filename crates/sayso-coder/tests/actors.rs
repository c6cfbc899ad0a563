//! What is every rule of the actor phase good for? Each is switched off in turn, and some case of
//! `cases/actors.md` must fail. The model reads every text once; only the core runs again.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod expect;

use std::path::Path;

use expect::Case;
use sayso_coder::Coder;
use sayso_core::{Rule, code};
use sayso_text::Reading;

/// The cases of actors, read.
fn read(coder: &Coder) -> Vec<(Case, Reading)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut cases = Case::read_all(&folder);
    cases.retain(|case| case.name.starts_with("actors.md"));
    assert!(cases.len() >= 20, "{} cases", cases.len());
    cases
        .into_iter()
        .map(|case| {
            let reading = coder.read(case.report.clone());
            (case, reading)
        })
        .collect()
}

#[test]
fn every_rule_of_actors_is_missed_when_it_is_off() {
    let coder = Coder::shipped().unwrap();
    let read = read(&coder);
    let failures = |rule: Option<Rule>| -> Vec<String> {
        let mut knowledge = coder.knowledge();
        if let Some(rule) = rule {
            knowledge.rules = knowledge.rules.without(rule);
        }
        read.iter()
            .flat_map(|(case, reading)| {
                let sheet = code(reading, &knowledge);
                case.check_sheet(reading, &sheet, coder.made_by())
            })
            .collect()
    };
    let with_all = failures(None);
    assert!(with_all.is_empty(), "{}", with_all.join("\n"));
    let idle: Vec<String> = Rule::all()
        .filter(|rule| rule.phase() == "actor")
        .filter(|&rule| failures(Some(rule)).is_empty())
        .map(|rule| format!("{rule}: {}", rule.says()))
        .collect();
    assert!(idle.is_empty(), "missed by nothing:\n{}", idle.join("\n"));
}
