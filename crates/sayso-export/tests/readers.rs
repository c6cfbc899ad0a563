//! Every format is read by a program that is not ours: `readers/check.py` with pandas, pyarrow,
//! openpyxl, geopandas over GDAL, libhxl, PyLD and FollowTheMoney. `cargo xtask test` installs them.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod coded;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sayso_coder::Coder;
use sayso_export::{Dataset, Format, Profile, export, tables};
use serde_json::Value;

/// The Python with the readers; `None` where it was not installed, which fails in CI.
fn python() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let python = root.join("target/readers/bin/python");
    if python.exists() {
        return Some(python);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "no {}: `cargo xtask test` installs it",
        python.display()
    );
    eprintln!("NOT RUN: `cargo xtask test` installs the readers of files");
    None
}

#[test]
fn programs_of_others_read_every_format() {
    let Some(python) = python() else { return };
    let coder = Coder::shipped().unwrap();
    let mut reports = coded::demo();
    reports.extend(coded::protect());
    let parts = coded::linked(&coder, reports);
    for profile in [Profile::Public, Profile::Full] {
        let dataset = Dataset::new(profile, parts.clone(), coder.knowledge().gazetteer);
        let folder = tempfile::tempdir().unwrap();
        for format in Format::ALL {
            let own = folder.path().join(format.name());
            fs::create_dir(&own).unwrap();
            for file in export(format, &dataset).unwrap() {
                fs::write(own.join(file.name), file.bytes).unwrap();
            }
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/check.py");
        let output = Command::new(&python)
            .arg(script)
            .arg(folder.path())
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{profile:?}: {errors}");
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        compare(&found, &dataset);
    }
}

/// What the others found is what we have: rows and columns of each table.
fn compare(found: &Value, dataset: &Dataset) {
    let ours = tables(dataset);
    for table in &ours {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        for format in ["csv", "parquet", "xlsx", "gpkg"] {
            let theirs = &found[format][table.name];
            assert_eq!(theirs["rows"], table.rows.len(), "{format} {}", table.name);
            let columns: Vec<&str> = theirs["columns"]
                .as_array()
                .unwrap()
                .iter()
                .map(|name| name.as_str().unwrap())
                .filter(|name| *name != "fid")
                .collect();
            assert_eq!(columns, names, "{format} {}", table.name);
        }
    }
    let count = |name: &str| ours.iter().find(|t| t.name == name).unwrap().rows.len();
    for format in ["geojson", "hxl", "ftm"] {
        assert_eq!(
            found[format]["incidents"]["rows"],
            count("incidents"),
            "{format}"
        );
    }
    assert!(found["geojson"]["incidents"]["points"].as_u64().unwrap() > 20);
    assert_eq!(
        found["geojson"]["incidents"]["points"],
        found["gpkg"]["incidents"]["points"]
    );
    assert_eq!(found["plover"]["events"]["rows"], count("events"));
    assert_eq!(
        found["annotations"]["statements"]["rows"],
        count("statements")
    );
    assert!(found["styles"]["acled"]["rows"].as_u64().unwrap() > 20);
    assert!(found["styles"]["ged"]["rows"].as_u64().unwrap() > 10);
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let coder = Coder::shipped().unwrap();
    let parts = coded::linked(&coder, coded::demo());
    let dataset = Dataset::new(Profile::Public, parts, coder.knowledge().gazetteer);
    for format in Format::ALL {
        let first = export(format, &dataset).unwrap();
        let second = export(format, &dataset).unwrap();
        assert!(first == second, "{}", format.name());
    }
}
