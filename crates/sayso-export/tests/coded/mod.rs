//! Invented reports, read, coded and linked with what is shipped.

// Each test file uses some of it.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use sayso_api::{IncidentJson, SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_link::{LinkKnowledge, incidents};
use sayso_text::{Published, Report};

/// An incident with the sheets of its reports.
pub(crate) type Part = (IncidentJson, Vec<SheetJson<'static>>);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The reports of the demo.
pub(crate) fn demo() -> Vec<Report> {
    let path = root().join("samples/three-incidents.jsonl");
    sayso_text::input::reports(&[path])
        .map(|report| report.unwrap())
        .collect()
}

/// The texts of `cases/protect`, dressed as an outlet might: the name in headline, id and address.
pub(crate) fn protect() -> Vec<Report> {
    let mut reports = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("cases/protect"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap() != "README.md")
        .collect();
    files.sort();
    for file in files {
        let (mut text, mut published) = (String::new(), None);
        for line in fs::read_to_string(&file).unwrap().lines() {
            if let Some(date) = line.strip_prefix("published: ") {
                published = Some(Published::parse(date).unwrap());
            } else if let Some(words) = line.strip_prefix("    ") {
                text.push_str(words);
                text.push('\n');
            } else if let Some(name) = line
                .strip_prefix("name-has = \"")
                .or(line.strip_prefix("names = \""))
                && !text.is_empty()
            {
                let name = name.trim_end_matches('"');
                let slug: String = name.to_lowercase().replace([' ', '.'], "-");
                let mut report = Report::from_text(std::mem::take(&mut text).trim_end());
                report.published = published.take();
                report.id = format!("{slug}-{}", reports.len());
                let tag = name.replace([' ', '.', '-'], "");
                report.title = Some(format!("What became of {name} #JusticeFor{tag}"));
                report.url = Some(format!("https://outlet.example/{slug}/{}", reports.len()));
                report.outlet = Some("=HYPERLINK(\"x\")".to_owned());
                reports.push(report);
            }
        }
    }
    assert!(reports.len() > 60, "{}", reports.len());
    reports
}

/// Codes and links reports.
pub(crate) fn linked(coder: &Coder, reports: Vec<Report>) -> Vec<Part> {
    let sheets: Vec<SheetJson<'static>> = reports
        .into_iter()
        .map(|report| {
            let coded = coder.code(report);
            let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
            serde_json::from_str(&serde_json::to_string(&json).unwrap()).unwrap()
        })
        .collect();
    let knowledge = LinkKnowledge::builtin().unwrap();
    incidents(&sheets, &knowledge)
        .into_iter()
        .map(|incident| {
            let of = |id: &str| sheets.iter().find(|sheet| sheet.report.id == id).cloned();
            let own = incident.reports.iter().filter_map(|report| of(&report.id));
            let own = own.collect();
            (incident, own)
        })
        .collect()
}
