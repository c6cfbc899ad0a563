//! What is every rule of places good for? Each is switched off in turn, and some case of `cases/`
//! must fail. What nothing misses is listed: it wants a case, or has to go.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expect;

use std::path::Path;

use expect::Case;
use expect::parallel::in_parallel;
use sayso_coder::Coder;
use sayso_core::{Rule, Sheet, code};
use sayso_text::Reading;

/// A case that holds while everything is in force.
struct Held {
    case: Case,
    reading: Reading,
    /// What the sheet says of its places and events.
    base: String,
}

/// All that a case of places can tell.
fn said(sheet: &Sheet) -> String {
    format!("{:?} {:?}", sheet.places, sheet.events)
}

#[test]
fn every_rule_of_places_is_missed_when_it_is_off() {
    let coder = Coder::shipped().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let cases: Vec<Case> = Case::read_all(&folder)
        .into_iter()
        .filter(|case| case.name.starts_with("places"))
        .collect();
    let held: Vec<Held> = in_parallel(&cases, |case| {
        let reading = coder.read(case.report.clone());
        let sheet = code(&reading, &coder.knowledge());
        let holds = case
            .check_sheet(&reading, &sheet, coder.made_by())
            .is_empty();
        holds.then(|| Held {
            case: case.clone(),
            base: said(&sheet),
            reading,
        })
    })
    .into_iter()
    .flatten()
    .collect();
    let rules: Vec<Rule> = Rule::all().filter(|r| r.phase() == "place").collect();
    let idle: Vec<String> = in_parallel(&rules, |&rule| {
        let mut without = coder.knowledge();
        without.rules = without.rules.without(rule);
        let missed = held.iter().any(|held| {
            let sheet = code(&held.reading, &without);
            // What reads the same cannot fail, and comparing is cheaper than checking.
            said(&sheet) != held.base
                && !held
                    .case
                    .check_sheet(&held.reading, &sheet, coder.made_by())
                    .is_empty()
        });
        (!missed).then(|| format!("{rule}: {}", rule.says()))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(
        idle.is_empty(),
        "{} of {} rules are missed by nothing:\n{}",
        idle.len(),
        rules.len(),
        idle.join("\n")
    );
}
