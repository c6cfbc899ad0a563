//! A ledger with the samples' three incidents, and what an analyst decided on them.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use sayso_api::{SheetJson, sheet_json};
use sayso_archive::{Archive, report_json};
use sayso_coder::Coder;
use sayso_ledger::{About, Book, Bounds, Content, Incoming, LedgerError, Missing, Moment, Place};
use sayso_link::{LinkKnowledge, incidents};
use sayso_text::Report;

fn reports() -> Vec<Report> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let reports = sayso_text::input::reports([samples.join("three-incidents.jsonl")]);
    reports.map(Result::unwrap).collect()
}

/// Somebody who waits has stopped it.
struct Stopped;

impl From<LedgerError> for Stopped {
    fn from(_: LedgerError) -> Self {
        Self
    }
}

fn sheet(coder: &Coder, report: Report) -> SheetJson<'static> {
    let coded = coder.code(report);
    let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    serde_json::from_str(&serde_json::to_string(&json).unwrap()).unwrap()
}

#[test]
fn a_ledger_tells_of_the_incidents_of_its_sheets() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(walk());
}

async fn walk() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::parse(&folder.path().join("desk.db").display().to_string(), None);
    let book = Book::open(&place, Missing::Make).await.unwrap();
    let coder = Coder::shipped().unwrap();
    let now = Moment::latest("2025-06-20").unwrap();
    let mut sheets = Vec::new();
    for report in reports() {
        let about = About::of(&report);
        let content = Content {
            bytes: report.text.clone().into_bytes(),
            text: report.text.clone(),
        };
        let sheet = sheet(&coder, report);
        let incoming = Incoming {
            about,
            content,
            sheet: &sheet,
        };
        book.add(&incoming, false, now).await.unwrap();
        sheets.push(sheet);
    }

    let knowledge = LinkKnowledge::builtin().unwrap();
    let mut steps = 0;
    let step = |total| {
        assert_eq!(total, sheets.len());
        steps += 1;
    };
    let mut seen = 0;
    let stopped = Archive::open_until(&book, Bounds::ALL, &knowledge, |_| {
        seen += 1;
        if seen < 3 { Ok(()) } else { Err(Stopped) }
    });
    assert!(stopped.await.is_err());
    assert_eq!(seen, 3);
    let mut archive = Archive::open(&book, Bounds::ALL, &knowledge, step)
        .await
        .unwrap();
    assert_eq!(steps, sheets.len());
    assert!(archive.left_out().is_empty());
    let mut of_ledger = Vec::new();
    for number in 0..archive.linked().len() {
        let of_it = archive.sheets(&book, number).await.unwrap();
        let incident = archive.incident(number, &of_it);
        let mut reports: Vec<String> = incident.reports.into_iter().map(|r| r.id).collect();
        reports.sort();
        of_ledger.push(reports);
    }
    let mut of_sheets: Vec<Vec<String>> = Vec::new();
    for incident in incidents(&sheets, &knowledge) {
        let mut reports: Vec<String> = incident.reports.into_iter().map(|r| r.id).collect();
        reports.sort();
        of_sheets.push(reports);
    }
    of_ledger.sort();
    of_sheets.sort();
    assert_eq!(of_ledger, of_sheets);

    // Two incidents that an analyst calls one are one.
    let both = [archive.main_ids(0), archive.main_ids(1)].concat();
    let before = archive.linked().len();
    archive.decide(&sayso_link::Decision::Merge { reports: both });
    assert_eq!(archive.linked().len(), before - 1);

    let id = sheets[0].report.id.as_ref();
    let report = book.report(id, Bounds::ALL).await.unwrap();
    let json = report_json(&report, &book.reviewed(&report).await.unwrap());
    assert_eq!(json["schema"], "sayso.report/1");
    assert_eq!(json["sheet"]["report"]["id"], id);
    assert_eq!(json["versions"].as_array().map(Vec::len), Some(1));
}
