//! One report of a ledger as JSON.

use sayso_ledger::{KeptReport, Reviewed};
use serde_json::{Value, json};

/// A report as `sayso report --format json` prints it, schema `sayso.report/1`: the sheet, reviews and
/// additions with their standing, versions.
pub fn report_json(report: &KeptReport, reviewed: &Reviewed) -> Value {
    let versions: Vec<Value> = report
        .versions
        .iter()
        .map(|version| {
            json!({
                "entry": version.entry, "recorded": version.recorded.to_string(),
                "correction": version.correction, "about": version.about,
                "sha256": version.sha256,
            })
        })
        .collect();
    let sheets: Vec<Value> = report
        .sheets
        .iter()
        .map(|sheet| {
            json!({
                "entry": sheet.entry, "recorded": sheet.recorded.to_string(),
                "made_by": sheet.made_by,
            })
        })
        .collect();
    let reviews: Vec<Value> = reviewed
        .marks
        .iter()
        .map(|mark| {
            json!({
                "entry": mark.entry, "recorded": mark.recorded.to_string(), "by": mark.by,
                "standing": mark.standing.as_str(), "review": mark.review,
            })
        })
        .collect();
    let added: Vec<Value> = reviewed
        .own
        .iter()
        .map(|own| {
            json!({
                "entry": own.entry, "recorded": own.recorded.to_string(), "by": own.by,
                "finding": own.finding, "why": own.why, "standing": own.standing.as_str(),
            })
        })
        .collect();
    let withdrawal = report.withdrawal.as_ref().map(|(signed, head)| {
        json!({
            "entry": signed.entry, "recorded": signed.recorded.to_string(), "by": signed.by,
            "why": head.why, "published": head.published,
        })
    });
    json!({
        "schema": "sayso.report/1", "versions": versions, "sheets": sheets,
        "withdrawal": withdrawal, "reviews": reviews, "added": added, "sheet": reviewed.sheet,
    })
}
