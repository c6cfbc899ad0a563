//! `sayso gazetteer` and a user's own places, as their users meet them.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod running;

use std::fs;
use std::process::Output;

use running::{folder, sayso, stderr, stdout};

/// Events' places and the gazetteer that the sheet names.
fn places(output: &Output) -> (Vec<serde_json::Value>, serde_json::Value) {
    let sheet: serde_json::Value = serde_json::from_str(stdout(output).trim()).unwrap();
    (
        sheet["places"].as_array().unwrap().clone(),
        sheet["made_by"].clone(),
    )
}

#[test]
fn finds_a_place_in_any_spelling() {
    let folder = folder("find");
    for name in ["El Fasher", "Al-Fashir", "الفاشر"] {
        let output = sayso(&folder, &["gazetteer", "find", name]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert!(
            stdout(&output).contains("SDN"),
            "{name}: {}",
            stdout(&output)
        );
    }
    let output = sayso(&folder, &["gazetteer", "find", "--json", "Harim"]);
    let first: serde_json::Value =
        serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(first["country"], "SYR");

    let output = sayso(&folder, &["gazetteer", "find", "Qwxzkjv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).is_empty());
    assert!(stderr(&output).contains("`Qwxzkjv`"), "{}", stderr(&output));
}

#[test]
fn a_dump_becomes_a_gazetteer_that_codes() {
    let folder = folder("import");
    let row = |id: u32, name: &str, lat: f64, lon: f64, kind: &str, admin1: &str, people: u32| {
        format!(
            "{id}\t{name}\t{name}\t\t{lat}\t{lon}\t{kind}\tSY\t\t{admin1}\t\t\t\t{people}\t\t0\tAsia/Damascus\t2026-05-01\n"
        )
    };
    let dump = row(163_843, "Syria", 35.0, 38.0, "A\tPCLI", "00", 22_000_000)
        + &row(
            173_578,
            "Idlib Governorate",
            35.8,
            36.7,
            "A\tADM1",
            "12",
            1_464_000,
        )
        + &row(900_001, "Tell Samrin", 35.91, 36.62, "P\tPPL", "12", 900)
        + &row(900_002, "Samrin Hotel", 35.91, 36.62, "S\tHTL", "12", 0)
        + "half a line\n";
    fs::write(folder.join("SY.txt"), dump).unwrap();
    let output = sayso(
        &folder,
        &["gazetteer", "import", "SY.txt", "--out", "sy.gaz"],
    );
    // The bad line is named, and the rest is there.
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stdout(&output).contains("sy.gaz"), "{}", stdout(&output));
    assert!(
        stdout(&output).contains("2026-05-01"),
        "{}",
        stdout(&output)
    );
    assert!(
        stderr(&output).contains("SY.txt, line 5"),
        "{}",
        stderr(&output)
    );

    fs::write(
        folder.join("report.txt"),
        "Gunmen attacked a patrol in Tell Samrin in Idlib province on Tuesday, residents said.\n",
    )
    .unwrap();
    let code = [
        "code",
        "report.txt",
        "--format",
        "jsonl",
        "--gazetteer",
        "sy.gaz",
    ];
    let (found, made_by) = places(&sayso(&folder, &code));
    let samrin = found.iter().find(|p| p["name"] == "Tell Samrin").unwrap();
    assert_eq!(samrin["geonames"], 900_001);
    assert_eq!(samrin["admin1"], "Idlib Governorate");
    assert!(
        made_by["gazetteer"]
            .as_str()
            .unwrap()
            .starts_with("2026-05-01 ")
    );

    // A file that is no gazetteer is refused, with what to do.
    let code = ["code", "report.txt", "--gazetteer", "SY.txt"];
    let output = sayso(&folder, &code);
    assert_eq!(output.status.code(), Some(1));
    let error = stderr(&output);
    assert!(
        error.contains("SY.txt") && error.contains("gazetteer import"),
        "{error}"
    );
    let output = sayso(&folder, &["code", "report.txt", "--gazetteer", "none.gaz"]);
    assert!(stderr(&output).contains("none.gaz"), "{}", stderr(&output));
}

#[test]
fn a_dump_is_never_written_over_and_every_bad_line_told() {
    let folder = folder("import-same");
    let row = |id: &str, country: &str, people: &str| {
        format!(
            "{id}\tTell Samrin\tTell Samrin\t\t35.9\t36.6\tP\tPPL\t{country}\t\t12\t\t\t\t{people}\t\t0\tAsia/Damascus\t2026-05-01\n"
        )
    };
    let dump = row("1", "SY", "900") + &row("2", "ZZ", "900") + &row("3", "SY", "many");
    fs::write(folder.join("SY.txt"), &dump).unwrap();
    for out in ["SY.txt", "./SY.txt", "../import-same/SY.txt"] {
        let output = sayso(&folder, &["gazetteer", "import", "SY.txt", "--out", out]);
        assert_eq!(output.status.code(), Some(1), "{out}: {}", stderr(&output));
        assert!(stderr(&output).contains("--out"), "{}", stderr(&output));
        assert_eq!(fs::read_to_string(folder.join("SY.txt")).unwrap(), dump);
    }
    let output = sayso(
        &folder,
        &["gazetteer", "import", "SY.txt", "--out", "sy.gaz"],
    );
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    for what in [
        "SY.txt, line 2: column 9, country code `ZZ`",
        "SY.txt, line 3: column 15, population `many`",
    ] {
        assert!(stderr(&output).contains(what), "{}", stderr(&output));
    }
}

#[test]
fn another_file_is_no_dump() {
    let folder = folder("no-dump");
    fs::write(folder.join("places.csv"), "name,lat\nx,1\n").unwrap();
    let output = sayso(&folder, &["gazetteer", "import", "places.csv"]);
    assert_eq!(output.status.code(), Some(1));
    let error = stderr(&output);
    assert!(
        error.contains("places.csv, line 1") && error.contains("19"),
        "{error}"
    );
    assert!(!folder.join("geonames.gaz").exists());
}

#[test]
fn a_place_of_the_users_own_is_meant_by_its_name() {
    let folder = folder("own");
    fs::write(
        folder.join("report.txt"),
        "Shells fell on Camp Zaytuna near Idlib on Tuesday, a medic said. The medic spoke from Gaza.\n",
    )
    .unwrap();
    fs::write(
        folder.join("mine.csv"),
        "name,lat,lon,kind,country,admin1,other_names\nCamp Zaytuna,36.01,36.59,camp,SYR,Idlib,Zaytuna camp\nGaza,36.5,36.9,settlement,SYR,Aleppo,\n",
    )
    .unwrap();
    let code = [
        "code",
        "report.txt",
        "--format",
        "jsonl",
        "--places",
        "mine.csv",
    ];
    let (found, made_by) = places(&sayso(&folder, &code));
    let at = |name: &str| {
        let place = found.iter().find(|p| p["name"] == name).unwrap();
        (place["lat"].as_f64().unwrap(), place["country"].clone())
    };
    assert_eq!(at("Camp Zaytuna"), (36.01, "SYR".into()));
    // The user's Gaza is a village in Syria.
    assert_eq!(at("Gaza"), (36.5, "SYR".into()));
    assert!(made_by["lexicon"].as_str().unwrap().contains("+places-"));

    fs::write(folder.join("bad.csv"), "name,lat,lon\nX,95,1\n").unwrap();
    let output = sayso(&folder, &["code", "report.txt", "--places", "bad.csv"]);
    assert_eq!(output.status.code(), Some(1));
    let error = stderr(&output);
    for part in ["bad.csv", "line 2", "`lat`", "`95`", "-90 to 90"] {
        assert!(error.contains(part), "{part}: {error}");
    }
}
