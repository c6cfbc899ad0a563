//! `docs/EXPORTS.md` lists every column of every table. After a change, look at the difference that
//! `SAYSO_WRITE_DOCS=1 cargo test -p sayso-export --test documented` writes.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sayso_export::{Format, Kind, columns};

const MARK: &str = "<!-- columns -->\n";

fn listed() -> String {
    let mut page = String::new();
    for (title, format) in [
        ("The tidy tables", Format::Csv),
        ("`acled`", Format::Acled),
        ("`ged`", Format::Ged),
    ] {
        for (name, columns) in columns(format) {
            let _ = write!(page, "\n### {title}");
            if format == Format::Csv {
                let _ = write!(page, ": `{name}`");
            }
            page.push_str("\n\n| column | holds | HXL | |\n|---|---|---|---|\n");
            for column in columns {
                let kind = match column.kind {
                    Kind::Text => "words",
                    Kind::Int => "whole number",
                    Kind::Float => "number",
                    Kind::Bool => "true or false",
                    Kind::Day => "day",
                };
                let hxl = match column.hxl {
                    "" => String::new(),
                    tag => format!("`{tag}`"),
                };
                let _ = writeln!(
                    page,
                    "| `{}` | {kind} | {hxl} | {} |",
                    column.name, column.says
                );
            }
        }
    }
    page
}

#[test]
fn every_column_is_in_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/EXPORTS.md");
    let page = fs::read_to_string(&path).unwrap();
    let (head, found) = page.split_once(MARK).unwrap();
    let wanted = listed();
    if std::env::var_os("SAYSO_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{head}{MARK}{wanted}")).unwrap();
        return;
    }
    assert!(
        found == wanted,
        "docs/EXPORTS.md does not list the columns as they are"
    );
}

#[test]
fn names_are_unique_and_every_column_is_explained() {
    for format in Format::ALL {
        for (table, columns) in columns(format) {
            let mut names: Vec<&str> = columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), columns.len(), "{table}");
            for column in columns {
                assert!(column.says.len() > 2, "{table}.{}", column.name);
                assert!(column.hxl.is_empty() || column.hxl.starts_with('#'));
            }
        }
    }
}
