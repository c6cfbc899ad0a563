//! A gigabyte of lines, and a report of ten thousand.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sayso_ledger::{About, Book, Content, Missing, Moment, Place};

use super::running::{command, folder};
use super::{added, archive};

/// Runs a command to its end; gives its exit status, its outputs, and the most memory that it had at
/// any time, in MB (`VmHWM`).
fn measured(folder: &Path, arguments: &[&str]) -> (i32, String, String, u64) {
    let (out, err) = (folder.join("out"), folder.join("err"));
    let mut child = command(folder, arguments)
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    let code = loop {
        if let Ok(status) = fs::read_to_string(&status) {
            let line = status.lines().find(|line| line.starts_with("VmHWM"));
            let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            most = most.max(kilobytes.unwrap_or(0));
        }
        if let Some(ended) = child.try_wait().unwrap() {
            break ended.code().unwrap_or(-1);
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let (out, err) = (
        fs::read_to_string(out).unwrap(),
        fs::read_to_string(err).unwrap(),
    );
    (code, out, err, most / 1_000)
}

/// Writes `lines`, with `between` so many times after each of them.
fn spread(path: &Path, lines: &str, between: &str, times: usize) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    for line in lines.lines() {
        file.write_all(line.as_bytes()).unwrap();
        file.write_all(b"\n").unwrap();
        for _ in 0..times {
            file.write_all(between.as_bytes()).unwrap();
            file.write_all(b"\n").unwrap();
        }
    }
    file.flush().unwrap();
}

fn sheet_ids(out: &str) -> Vec<String> {
    let sheet = |line: &str| -> serde_json::Value { serde_json::from_str(line).unwrap() };
    let id = |line: &str| sheet(line)["report"]["id"].as_str().unwrap().to_owned();
    out.lines().map(id).collect()
}

/// A gigabyte of which all but four lines are no reports: each of the four is coded, each of the
/// others told, and memory does not grow with the file.
#[test]
fn a_gigabyte_of_lines_takes_no_more_memory_than_a_few() {
    let folder = folder("bad-gigabyte");
    let lines = archive(4);
    fs::write(folder.join("few.jsonl"), &lines).unwrap();
    let code = |file| ["code", file, "--format", "jsonl", "--jobs", "2"];
    let (status, few, told, usual) = measured(&folder, &code("few.jsonl"));
    assert_eq!(status, 0, "{told}");
    // A dump of some archive, with the pages and without their texts.
    let page = serde_json::json!({"id": "page", "html": "x".repeat(1_000_000)}).to_string();
    let path = folder.join("dump.jsonl");
    spread(&path, &lines, &page, 250);
    assert!(fs::metadata(&path).unwrap().len() > 1_000_000_000);
    let begun = Instant::now();
    let (status, out, told, most) = measured(&folder, &code("dump.jsonl"));
    eprintln!("1 GB: {:?}, {most} MB, usually {usual} MB", begun.elapsed());
    fs::remove_file(&path).unwrap();
    assert_eq!(status, 2);
    assert_eq!(
        sheet_ids(&out),
        sheet_ids(&few),
        "in their order, none lost"
    );
    assert_eq!(out, few);
    let refused = told.lines().filter(|line| line.contains("line ")).count();
    assert_eq!(refused, 1_000, "each that was left out is told");
    assert!(most < usual + 200, "{most} MB, usually {usual}");
}

/// The same for what is in the ledger already: long reports, most of them known.
#[test]
fn a_large_archive_that_is_known_is_passed_over_in_bounded_memory() {
    let folder = folder("bad-known");
    let text = vec!["The road to Wadi Sefra was open."; 15_000].join(" ");
    let about = About {
        id: "long-1".to_owned(),
        ..About::default()
    };
    let known = serde_json::json!({"id": "long-1", "text": text}).to_string();
    let path = folder.join("sayso.db");
    let place = Place::parse(path.to_str().unwrap(), None);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let book = Book::open(&place, Missing::Make).await.unwrap();
        let content = Content {
            text: text.clone(),
            bytes: Vec::new(),
        };
        let now = Moment::latest("2025-10-22").unwrap();
        book.receive(&about, &content, false, now).await.unwrap();
        book.close().await.unwrap();
    });
    spread(&folder.join("few.jsonl"), &archive(3), &known, 1);
    let add = |file| ["add", file, "--jobs", "2"];
    let (status, _, told, usual) = measured(&folder, &add("few.jsonl"));
    assert_eq!((status, added(&told)), (0, 3), "{told}");
    let more = archive(6);
    let new = more.lines().skip(3).fold(String::new(), |mut new, line| {
        let _ = writeln!(new, "{line}");
        new
    });
    let path = folder.join("many.jsonl");
    spread(&path, &new, &known, 100);
    let begun = Instant::now();
    let (status, _, told, most) = measured(&folder, &add("many.jsonl"));
    eprintln!(
        "150 MB known: {:?}, {most} MB, usually {usual} MB",
        begun.elapsed()
    );
    fs::remove_file(&path).unwrap();
    assert_eq!((status, added(&told)), (0, 3), "{told}");
    assert!(told.contains("300 known"), "{told}");
    assert!(most < usual + 200, "{most} MB, usually {usual}");
}

/// Ten thousand lines in one report: it is coded whole, in a time and with a memory that are bounded.
#[test]
fn a_report_of_ten_thousand_lines_is_coded() {
    let folder = folder("bad-long");
    let mut text = String::new();
    for n in 0..10_000 {
        let _ = match n % 1_000 {
            500 => writeln!(
                text,
                "Raiders burned store {n} at Olgrad on Tuesday, the mayor said."
            ),
            _ => writeln!(text, "Item {n}: flour."),
        };
    }
    fs::write(folder.join("long.txt"), text).unwrap();
    let code = [
        "code",
        "long.txt",
        "--published",
        "2025-10-22",
        "--format",
        "jsonl",
    ];
    let begun = Instant::now();
    let (status, out, told, most) = measured(&folder, &code);
    let took = begun.elapsed();
    eprintln!("10,000 lines: {took:?}, {most} MB");
    assert_eq!(status, 0, "{told}");
    let sheet: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    let statements = sheet["statements"].as_array().unwrap().len();
    assert!(statements >= 10, "{statements} statements of ten");
    let last = sheet["report"]["text"].as_str().unwrap();
    assert!(last.trim_end().ends_with("Item 9999: flour."));
    assert!(most < 3_000, "{most} MB");
    assert!(took < Duration::from_mins(10), "{took:?}");
}
