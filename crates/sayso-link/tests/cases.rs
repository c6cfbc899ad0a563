//! The whole program, from reports to findings, on `cases/findings`; and what each rule of
//! judgement is good for: switched off, some case fails.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// The core reads no file; its cases are files.
#![allow(clippy::disallowed_methods)]

mod judged;

use std::sync::OnceLock;
use std::thread;

use judged::Case;
use sayso_api::{IncidentJson, SheetJson};
use sayso_coder::Coder;
use sayso_link::{Decisions, Intake, JudgingRule, LinkKnowledge, Linking, changed_findings};

/// Every case with the sheets of its reports; coding is the slow part, so it is done once.
fn coded() -> &'static [(Case, Vec<SheetJson<'static>>)] {
    static CODED: OnceLock<Vec<(Case, Vec<SheetJson<'static>>)>> = OnceLock::new();
    CODED.get_or_init(|| {
        let coder = Coder::shipped().unwrap();
        let mut halves: Vec<Vec<Case>> = vec![Vec::new(), Vec::new()];
        let cases = Case::all();
        let count = cases.len();
        for (at, case) in cases.into_iter().enumerate() {
            halves[2 * at / count].push(case);
        }
        thread::scope(|scope| {
            let workers: Vec<_> = halves
                .into_iter()
                .map(|half| {
                    let coder = &coder;
                    scope.spawn(move || -> Vec<_> {
                        half.into_iter()
                            .map(|case| {
                                let sheets = case.code(coder);
                                (case, sheets)
                            })
                            .collect()
                    })
                })
                .collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().unwrap())
                .collect()
        })
    })
}

#[test]
fn every_case_holds() {
    let knowledge = LinkKnowledge::builtin().unwrap();
    let failures: Vec<String> = coded()
        .iter()
        .flat_map(|(case, sheets)| case.check(&case.link(sheets, &knowledge)))
        .collect();
    assert!(
        failures.is_empty(),
        "{} expectations of {} cases do not hold:\n{}",
        failures.len(),
        coded().len(),
        failures.join("\n")
    );
}

#[test]
fn there_are_as_many_cases_as_the_rules_need() {
    assert!(coded().len() >= 60, "{}", coded().len());
}

#[test]
fn the_order_of_the_reports_changes_nothing() {
    let knowledge = LinkKnowledge::builtin().unwrap();
    for (case, sheets) in coded() {
        let mut turned = sheets.clone();
        turned.reverse();
        assert_eq!(
            case.link(sheets, &knowledge),
            case.link(&turned, &knowledge),
            "{}",
            case.name
        );
    }
}

#[test]
fn the_history_tells_what_whole_incidents_of_each_day_would() {
    let knowledge = LinkKnowledge::builtin().unwrap();
    let mut steps = 0;
    for (case, sheets) in coded() {
        let mut linking = Linking::new(&knowledge);
        for sheet in sheets {
            linking.insert(sheet, Intake::default());
        }
        let linked = linking.finish(Decisions::default());
        let sheet = |report: u32| sheets.get(report as usize);
        let day = |sheet: &SheetJson<'_>| sheet.report.published.as_ref().unwrap()[..10].to_owned();
        for number in 0..linked.len() {
            let mut before: Option<IncidentJson> = None;
            for step in linked.history(number, sheet) {
                let until = step.published.clone().unwrap();
                let by_then = |report| sheet(report).filter(|sheet| day(sheet) <= until);
                let after = linked.incident(number, by_then);
                let expected = changed_findings(before.as_ref(), Some(&after));
                assert_eq!(step.findings, expected, "{}, {until}", case.name);
                before = Some(after);
                steps += 1;
            }
            assert_eq!(
                before.unwrap(),
                linked.incident(number, sheet),
                "{}",
                case.name
            );
        }
    }
    assert!(steps > coded().len());
}

#[test]
fn every_rule_of_judgement_is_missed_when_it_is_off() {
    let idle: Vec<String> = JudgingRule::ALL
        .iter()
        .filter(|&&rule| {
            let mut knowledge = LinkKnowledge::builtin().unwrap();
            let all = knowledge.rules;
            let missed = coded().iter().any(|(case, sheets)| {
                knowledge.rules = all;
                let holds = case.check(&case.link(sheets, &knowledge)).is_empty();
                knowledge.rules = all.without(rule);
                holds && !case.check(&case.link(sheets, &knowledge)).is_empty()
            });
            !missed
        })
        .map(|rule| format!("{rule}: {}", rule.says()))
        .collect();
    assert!(
        idle.is_empty(),
        "{} of {} rules are missed by nothing:\n{}",
        idle.len(),
        JudgingRule::ALL.len(),
        idle.join("\n")
    );
}
