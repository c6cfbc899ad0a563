use std::io::Write as _;

use super::*;
use crate::{Gazetteer, Match};

const DUMP: &str = "\
163843\tSyrian Arab Republic\tSyrian Arab Republic\tSyria,Siria,سوريا\t35\t38.5\tA\tPCLI\tSY\t\t00\t\t\t\t22125249\t\t502\tAsia/Damascus\t2026-01-02
173578\tIdlib Governorate\tIdlib Governorate\tIdleb\t35.8\t36.7\tA\tADM1\tSY\t\t12\t\t\t\t1464000\t\t400\tAsia/Damascus\t2025-03-01
169863\tHarim District\tHarim District\t\t36.2\t36.5\tA\tADM2\tSY\t\t12\t169863\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01
169866\tḨārim\tHarim\tHarem,حارم,https://example.org/x,HRM\t36.20767\t36.51924\tP\tPPLA2\tSY\t\t12\t169863\t\t\t21934\t\t167\tAsia/Damascus\t2023-02-09
170000\tHotel Harim\tHotel Harim\t\t36.2\t36.5\tS\tHTL\tSY\t\t12\t169863\t\t\t0\t\t167\tAsia/Damascus\t2023-02-09
170001\tAtmah\tAtmah\t\t36.3\t36.7\tP\tPPL\tSY\t\t12\t\t\t\t5000\t\t400\tAsia/Damascus\t2024-02-09
broken line
";
const NAMES: &str = "\
1\t170001\ten\tAtme Camp Town\t\t\t\t
2\t170001\tlink\thttps://example.org/atmah\t\t\t\t
3\t170001\tiata\tATM\t\t\t\t
4\t170001\ten\tOld Name Of It\t\t\t\t1
5\t999\ten\tNowhere\t\t\t\t
";

fn syria() -> NewPlace {
    let mut syria = crate::builder::tests::place("Syria", &[], Feature::Country);
    syria.codes = Some(("SY".to_owned(), "SYR".to_owned()));
    syria.geonames = None;
    syria
}

fn run(dump: &str, memory: usize) -> (Result<Imported, ImportError>, Option<Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let dump_at = folder.path().join("allCountries.txt");
    let names_at = folder.path().join("alternateNamesV2.zip");
    let out = folder.path().join("places.gaz");
    std::fs::write(&dump_at, dump).unwrap();
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&names_at).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("iso-languagecodes.txt", "x"),
        ("alternateNamesV2.txt", NAMES),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let result = import(
        &Import {
            places: &dump_at,
            names: Some(&names_at),
            countries: &[syria()],
            out: &out,
            memory,
        },
        &mut |_| {},
    );
    // Nothing but the inputs and the output is left behind.
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2 + usize::from(out.exists()));
    (result, std::fs::read(&out).ok())
}

#[test]
fn imports_a_dump_and_its_names() {
    let (done, bytes) = run(DUMP, 1 << 20);
    let done = done.unwrap();
    assert_eq!(
        (done.places, done.divisions, done.left_out, done.bad),
        (5, 3, 1, 1)
    );
    assert!(
        done.bad_lines[0].contains("line 7: 1 tab-separated columns"),
        "{:?}",
        done.bad_lines
    );
    assert!(done.edition.starts_with("2026-01-02 "), "{}", done.edition);

    let gazetteer = Gazetteer::from_bytes(bytes.unwrap()).unwrap();
    let only = |name: &str| {
        let found = gazetteer.find(name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0]
    };
    // The district has the town's usual name too, without the word for what it is.
    for name in ["Harem", "حارم"] {
        assert_eq!(gazetteer.name(only(name).id), "Ḩārim");
    }
    let harim = gazetteer
        .find("Harim")
        .into_iter()
        .find(|c| c.how == Match::Exact && c.primary)
        .unwrap();
    assert_eq!(
        gazetteer.name(gazetteer.admin1(harim.id).unwrap()),
        "Idlib Governorate"
    );
    assert_eq!(gazetteer.country(harim.id).unwrap().iso3, "SYR");
    assert_eq!(gazetteer.name(only("Idlib").id), "Idlib Governorate");
    assert_eq!(gazetteer.name(only("Siria").id), "Syria");
    assert_eq!(gazetteer.name(only("Atme Camp Town").id), "Atmah");
    for name in ["Hotel Harim", "HRM", "Old Name Of It", "Nowhere", "ATM"] {
        assert!(gazetteer.find(name).is_empty(), "{name}");
    }
}

#[test]
fn every_bad_value_is_told_with_its_line_and_column() {
    let town = DUMP.lines().nth(5).unwrap();
    let other = |id: &str, from: &str, to: &str| town.replace("170001", id).replace(from, to);
    let lines = [
        town.to_owned(),
        other("170002", "\tSY\t", "\tZZ\t"),
        other("170003", "\t5000\t", "\tmany\t"),
    ];
    let (done, _) = run(&format!("{DUMP}{}\n", lines.join("\n")), 1 << 20);
    let done = done.unwrap();
    assert_eq!((done.places, done.bad), (5, 4), "{:?}", done.bad_lines);
    for what in [
        "line 7: 1 tab-separated columns",
        "line 8: column 1, geonameid `170001`: a line before has it",
        "line 9: column 9, country code `ZZ`: a code of ISO 3166-1",
        "line 10: column 15, population `many`: a whole number",
    ] {
        let told = done.bad_lines.iter().any(|line| line.contains(what));
        assert!(told, "{what}: {:?}", done.bad_lines);
    }

    // Of very many the first are told.
    let (done, _) = run(&format!("{DUMP}{}", "half a line\n".repeat(30)), 1 << 20);
    let done = done.unwrap();
    assert_eq!((done.bad, done.bad_lines.len()), (31, MOST_TOLD));
}

#[test]
fn a_dump_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("SY.txt"), DUMP).unwrap();
    std::fs::write(at("names.txt"), NAMES).unwrap();
    for out in ["SY.txt", "names.txt"] {
        let error = import(
            &Import {
                places: &at("SY.txt"),
                names: Some(&at("names.txt")),
                countries: &[syria()],
                out: &at(".").join(out),
                memory: 1 << 20,
            },
            &mut |_| {},
        )
        .unwrap_err()
        .to_string();
        assert!(error.contains(out) && error.contains("--out"), "{error}");
    }
    assert_eq!(std::fs::read_to_string(at("SY.txt")).unwrap(), DUMP);
    assert_eq!(std::fs::read_to_string(at("names.txt")).unwrap(), NAMES);
}

#[test]
fn memory_changes_no_byte() {
    let (_, plenty) = run(DUMP, 1 << 20);
    for memory in [1, 300, 900] {
        let (done, bytes) = run(DUMP, memory);
        done.unwrap();
        assert!(bytes == plenty, "{memory} bytes of memory");
    }
}

#[test]
fn another_file_is_refused_and_nothing_written() {
    for (dump, what) in [
        (
            "name,lat,lon\nx,1,2\n",
            "line 1: this is not a GeoNames dump: 1 tab-separated columns",
        ),
        ("", "no place"),
    ] {
        let (done, bytes) = run(dump, 1 << 20);
        let error = done.unwrap_err().to_string();
        assert!(
            error.contains("allCountries.txt") && error.contains(what),
            "{error}"
        );
        assert!(bytes.is_none());
    }
}

#[test]
fn a_file_that_is_no_archive_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let places = folder.path().join("allCountries.zip");
    std::fs::write(&places, "PK, but not really").unwrap();
    let error = import(
        &Import {
            places: &places,
            names: None,
            countries: &[],
            out: &folder.path().join("out.gaz"),
            memory: 1 << 20,
        },
        &mut |_| {},
    )
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("allCountries.zip is not a zip archive"),
        "{error}"
    );
}
