//! Runs `cases/times.txt`: invented texts with the times they hold.

use std::fmt::Write as _;

use sayso_lexicon::Lexicon;
use sayso_place::{Builder, Gazetteer};
use sayso_text::{Published, Report, read};

use crate::{Context, Knowledge, Syntax};

const CASES: &str = include_str!("../../../../cases/times.txt");

/// One text under its date of publication, with the lines expected below it.
struct Case<'a> {
    published: Option<&'a str>,
    text: &'a str,
    expected: String,
}

fn cases() -> Vec<Case<'static>> {
    let mut published = None;
    let mut all: Vec<Case<'static>> = Vec::new();
    for line in CASES.lines() {
        if let Some(day) = line.strip_prefix("## published ") {
            published = Some(day).filter(|d| *d != "none");
        } else if line.starts_with("  ") {
            let case = all.last_mut().expect("a text before its times");
            let _ = writeln!(case.expected, "{line}");
        } else if !line.is_empty() && !line.starts_with('#') {
            all.push(Case {
                published,
                text: line,
                expected: String::new(),
            });
        }
    }
    all
}

/// The times of a text as the case file writes them.
fn found(case: &Case<'_>, knowledge: &Knowledge<'_>) -> String {
    let mut report = Report::from_text(case.text);
    report.published = case.published.map(|day| Published::parse(day).unwrap());
    let reading = read(report);
    let mut out = String::new();
    let syntax = Syntax::of(&reading);
    let context = Context {
        reading: &reading,
        syntax: &syntax,
        knowledge,
    };
    for time in super::find(&context) {
        let tokens = reading.span(&time.tokens);
        assert!(
            tokens.contains(time.span),
            "{tokens:?} holds {:?}",
            time.span
        );
        let days = match (time.start, time.end) {
            (Some(start), Some(end)) if start == end => start.to_string(),
            (Some(start), Some(end)) => format!("{start}..{end}"),
            _ => "-".to_owned(),
        };
        let (quote, kind) = (reading.slice(time.span), time.kind.as_str());
        let _ = writeln!(out, "  {quote} | {kind} {} | {days}", time.value);
    }
    out
}

#[test]
fn times_are_read_as_the_cases_say() {
    let cases = cases();
    let empty = Builder::new().finish("2025-01-01").unwrap();
    let gazetteer = Gazetteer::from_bytes(empty).unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let knowledge = Knowledge {
        lexicon: &lexicon,
        gazetteer: &gazetteer,
    };
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| found(case, &knowledge) != case.expected)
        .map(|case| {
            format!(
                "{}\nexpected\n{}found\n{}",
                case.text,
                case.expected,
                found(case, &knowledge)
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cases differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
