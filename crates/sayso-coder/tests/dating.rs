//! Runs `cases/dating.txt`: reports, and when their events were by which rule.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;

use sayso_coder::Coder;
use sayso_core::{Event, Sheet};
use sayso_text::{Published, Reading, Report};

const CASES: &str = include_str!("../../../cases/dating.txt");

/// A report and the lines expected of it.
struct Case {
    report: Report,
    expected: Vec<&'static str>,
}

fn cases() -> Vec<Case> {
    let mut published = None;
    let mut all: Vec<Case> = Vec::new();
    for line in CASES.lines() {
        if let Some(day) = line.strip_prefix("## published ") {
            published = Some(day).filter(|d| *d != "none");
        } else if let Some(row) = line.strip_prefix("  ") {
            let case = all.last_mut().expect("a report before its events");
            case.expected.push(row);
        } else if !line.is_empty() && !line.starts_with('#') {
            let mut report = Report::from_text(line.replace('¶', "\n"));
            report.published = published.map(|day| Published::parse(day).unwrap());
            all.push(Case {
                report,
                expected: Vec::new(),
            });
        }
    }
    all
}

/// An event's line but for its anchor: words | days | precision | rule.
fn dated(event: &Event, reading: &Reading) -> String {
    let Some(time) = &event.time else {
        return "- | - | - | -".to_owned();
    };
    let words = time.span.map_or("-", |span| reading.slice(span));
    let days = match (time.start, time.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start}..{end}"),
        (None, Some(end)) => format!("..{end}"),
        _ => "-".to_owned(),
    };
    let rule = &event.why["time"].rule;
    format!("{words} | {days} | {} | {rule}", time.date_prec)
}

fn lines(sheet: &Sheet, reading: &Reading) -> Vec<(String, String)> {
    let line = |event: &Event| {
        (
            reading.slice(event.anchor).to_owned(),
            dated(event, reading),
        )
    };
    sheet.events.iter().map(line).collect()
}

#[test]
fn events_are_dated_as_the_cases_say() {
    let coder = Coder::shipped().unwrap();
    let cases = cases();
    let mut wrong = String::new();
    for case in &cases {
        assert!(!case.expected.is_empty(), "{}", case.report.text);
        let coded = coder.code(case.report.clone());
        let found = lines(&coded.sheet, &coded.reading);
        for row in &case.expected {
            let (anchor, expected) = row.split_once(" | ").expect("an anchor");
            let holds = found
                .iter()
                .any(|(words, line)| words.contains(anchor) && line == expected);
            if !holds {
                let _ = writeln!(wrong, "{}\n  expected {row}", case.report.text);
                for (words, line) in &found {
                    let _ = writeln!(wrong, "  found    {words} | {line}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "of {} reports:\n{wrong}", cases.len());
    assert!(cases.len() >= 50, "{} reports", cases.len());
}
