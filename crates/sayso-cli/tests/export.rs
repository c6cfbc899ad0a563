//! `sayso export`: of files and of a ledger, to a file, a folder, an archive or standard output.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod running;

use std::fs;
use std::path::Path;

use running::{does, ends, folder, sayso, stderr};
use serde_json::Value;

const REPORT: &str = "Gunmen shot dead Hodan Warsame, a khat seller, at the bus stop of Afgoye in Somalia on Monday, \
    police said. Governor Abdi Nur Ileye blamed nobody.";

/// A folder with one invented report.
fn prepared(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    let line = serde_json::json!({
        "id": "hodan-warsame-1", "text": REPORT, "published": "2023-08-08", "outlet": "Shebelle Post",
        "title": "Hodan Warsame shot dead", "url": "https://post.example/hodan-warsame",
    });
    fs::write(folder.join("reports.jsonl"), line.to_string()).unwrap();
    folder
}

#[test]
fn a_public_export_names_nobody_who_is_protected() {
    let folder = prepared("export-public");
    let options = ["export", "--to", "geojson", "-o", "-", "reports.jsonl"];
    let output = sayso(&folder, &options);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["features"].as_array().unwrap().len(), 1, "{text}");
    assert!(!text.to_lowercase().contains("warsame"), "{text}");
    let told = stderr(&output);
    assert!(
        told.contains("left out: ") && told.contains("(victim)"),
        "{told}"
    );
    assert!(told.contains("name-in-address"), "{told}");

    let full = does(
        &folder,
        &[
            "export",
            "--to",
            "plover",
            "--profile",
            "full",
            "-o",
            "-",
            "reports.jsonl",
        ],
    );
    assert!(full.contains("Hodan Warsame"), "{full}");
}

#[test]
fn tables_go_into_a_folder_or_an_archive_and_nothing_is_written_over() {
    let folder = prepared("export-tables");
    does(
        &folder,
        &["export", "--to", "csv", "-o", "tables", "reports.jsonl"],
    );
    let table = fs::read_to_string(folder.join("tables/incidents.csv")).unwrap();
    assert!(table.starts_with("\u{feff}id,title,"), "{table}");
    assert_eq!(table.lines().count(), 2, "{table}");

    let error = ends(
        &folder,
        &["export", "--to", "csv", "-o", "tables", "reports.jsonl"],
        1,
    );
    assert!(error.contains("incidents.csv"), "{error}");
    does(
        &folder,
        &[
            "export",
            "--to",
            "csv",
            "-o",
            "tables",
            "--force",
            "reports.jsonl",
        ],
    );

    does(&folder, &["export", "--to", "parquet", "reports.jsonl"]);
    assert!(is_zip(&folder.join("incidents-parquet.zip")));
    does(
        &folder,
        &["export", "--to", "xlsx", "-o", "book.xlsx", "reports.jsonl"],
    );
    assert!(
        is_zip(&folder.join("book.xlsx")),
        "a workbook is an archive too"
    );
}

fn is_zip(path: &Path) -> bool {
    fs::read(path).unwrap().starts_with(b"PK")
}

#[cfg(unix)]
#[test]
fn a_full_export_is_for_its_owner() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = prepared("export-full");
    let options = [
        "export",
        "--to",
        "acled",
        "--profile",
        "full",
        "-o",
        "a.csv",
        "reports.jsonl",
    ];
    does(&folder, &options);
    let mode = fs::metadata(folder.join("a.csv"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn the_ledger_exports_the_same_as_its_reports() {
    let folder = prepared("export-ledger");
    does(&folder, &["add", "reports.jsonl"]);
    let kept = does(&folder, &["export", "--to", "geojson", "-o", "-"]);
    let direct = does(
        &folder,
        &["export", "--to", "geojson", "-o", "-", "reports.jsonl"],
    );
    assert_eq!(kept, direct);
    let none = does(
        &folder,
        &["export", "--to", "geojson", "-o", "-", "--country", "HTI"],
    );
    let json: Value = serde_json::from_str(&none).unwrap();
    assert_eq!(json["features"], Value::Array(Vec::new()));
}

#[test]
fn a_format_that_there_is_not_is_refused_with_those_that_there_are() {
    let folder = prepared("export-format");
    let error = ends(&folder, &["export", "--to", "pdf", "reports.jsonl"], 2);
    assert!(
        error.contains("pdf") && error.contains("annotations"),
        "{error}"
    );
}
