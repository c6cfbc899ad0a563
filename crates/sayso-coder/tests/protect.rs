//! Are those protected who must be? The cases of `cases/protect` name, for everybody in their texts,
//! whether a public export may name them. And what is every rule of protection good for? Each is
//! switched off in turn, and some case must fail.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod expect;

use std::path::Path;

use expect::Case;
use sayso_coder::Coder;
use sayso_core::{Rule, code};
use sayso_text::Reading;

/// Of those who must be protected at least so many are.
const RECALL: f64 = 0.95;
/// Of those who may be named at least so many may.
const SPARED: f64 = 0.90;

fn read(coder: &Coder) -> Vec<(Case, Reading)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/protect");
    let cases = Case::read_all(&folder);
    assert!(cases.len() >= 60, "{} cases", cases.len());
    cases
        .into_iter()
        .map(|case| {
            let reading = coder.read(case.report.clone());
            (case, reading)
        })
        .collect()
}

/// Prints the recall, and how many of the others are left alone.
#[test]
fn who_must_be_protected_is() {
    let coder = Coder::shipped().unwrap();
    let knowledge = coder.knowledge();
    let (mut wanted, mut found, mut public, mut spared) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (case, reading) in read(&coder) {
        let sheet = code(&reading, &knowledge);
        for person in case.persons() {
            let named = |actor: &&sayso_core::Actor| {
                let mut names = actor.names.iter().chain(&actor.aliases);
                actor.name.contains(&person.name) || names.any(|n| n.contains(&person.name))
            };
            let protected = sheet
                .actors
                .iter()
                .filter(named)
                .any(|actor| actor.protect.is_some());
            if person.protected {
                wanted += 1;
                found += usize::from(protected);
            } else {
                public += 1;
                spared += usize::from(!protected);
            }
            if protected != person.protected {
                wrong.push(format!("{}: {}", case.name, person.name));
            }
        }
    }
    eprintln!("protected: {found} of {wanted}; left alone: {spared} of {public}");
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let wrong = wrong.join("\n");
    assert!(
        share(found, wanted) >= RECALL,
        "{found} of {wanted}:\n{wrong}"
    );
    assert!(
        share(spared, public) >= SPARED,
        "{spared} of {public}:\n{wrong}"
    );
}

#[test]
fn every_rule_of_protection_is_missed_when_it_is_off() {
    let coder = Coder::shipped().unwrap();
    let read = read(&coder);
    let failures = |rule: Option<Rule>| -> usize {
        let mut knowledge = coder.knowledge();
        if let Some(rule) = rule {
            knowledge.rules = knowledge.rules.without(rule);
        }
        read.iter()
            .map(|(case, reading)| {
                let sheet = code(reading, &knowledge);
                case.check_sheet(reading, &sheet, coder.made_by()).len()
            })
            .sum()
    };
    assert_eq!(
        failures(None),
        0,
        "the cases hold: `cargo test --test cases` says which do not"
    );
    let idle: Vec<String> = Rule::all()
        .filter(|rule| rule.phase() == "protect")
        .filter(|&rule| failures(Some(rule)) == 0)
        .map(|rule| format!("{rule}: {}", rule.says()))
        .collect();
    assert!(idle.is_empty(), "missed by nothing:\n{}", idle.join("\n"));
}
