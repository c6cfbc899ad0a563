//! What is every rule of events, tolls, standing and joining good for, and of an event's place and
//! time? Each is switched off in turn, and some case of `cases/` must fail. What nothing misses is
//! listed: it wants a case, or has to go. `switch_off.rs` does the same for statements,
//! `switch_off_places.rs` for toponyms.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expect;

use std::path::Path;

use expect::Case;
use expect::parallel::in_parallel;
use sayso_coder::Coder;
use sayso_core::{Event, Rule, code};
use sayso_text::Reading;

/// A case that holds while everything is in force.
struct Held {
    case: Case,
    reading: Reading,
    /// What the sheet says of its events.
    base: String,
}

/// All that a case can tell of events.
fn said(events: &[Event]) -> String {
    format!("{events:?}")
}

/// The cases that hold and ask for events.
fn held(coder: &Coder) -> Vec<Held> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let cases: Vec<Case> = Case::read_all(&folder)
        .into_iter()
        .filter(|case| !case.name.starts_with("statements"))
        .collect();
    in_parallel(&cases, |case| {
        let reading = coder.read(case.report.clone());
        let sheet = code(&reading, &coder.knowledge());
        let holds = case
            .check_sheet(&reading, &sheet, coder.made_by())
            .is_empty();
        holds.then(|| Held {
            case: case.clone(),
            base: said(&sheet.events),
            reading,
        })
    })
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_rule_of_events_is_missed_when_it_is_off() {
    let coder = Coder::shipped().unwrap();
    let held = held(&coder);
    // Statements, actors and places have tests of their own, and so has the reading of times, in the
    // core.
    let rules: Vec<Rule> = Rule::all()
        .filter(|r| {
            !matches!(
                r.phase(),
                "statement" | "actor" | "protect" | "place" | "time"
            )
        })
        .collect();
    let idle: Vec<String> = in_parallel(&rules, |&rule| {
        let mut without = coder.knowledge();
        without.rules = without.rules.without(rule);
        let missed = held.iter().any(|held| {
            let sheet = code(&held.reading, &without);
            // What reads the same cannot fail, and comparing is cheaper than checking.
            said(&sheet.events) != held.base
                && !held
                    .case
                    .check_sheet(&held.reading, &sheet, coder.made_by())
                    .is_empty()
        });
        (!missed).then(|| format!("{} {rule}: {}", rule.phase(), rule.says()))
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
