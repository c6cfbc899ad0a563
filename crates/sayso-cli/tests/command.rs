//! The command as its users meet it: output, errors, exit status.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod running;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use running::{folder, stderr, stdout};

const REPORT: &str =
    "Gunmen attacked a convoy near Goma on Tuesday, killing three soldiers, the army said.\n";

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .output()
        .unwrap()
}

fn sheets(output: &Output) -> Vec<serde_json::Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../samples")
        .display()
        .to_string()
}

/// The bad file is named, the good one is coded all the same, and the status says so.
fn bad_beside_good(name: &str, bad: &[u8], named: &[&str]) {
    let folder = folder(&format!("bad-{name}"));
    let (good, bad_path) = (folder.join("good.txt"), folder.join(name));
    fs::write(&good, REPORT).unwrap();
    fs::write(&bad_path, bad).unwrap();
    let output = sayso(&[
        "code",
        "--format",
        "jsonl",
        bad_path.to_str().unwrap(),
        good.to_str().unwrap(),
    ]);
    let errors = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert_eq!(
        sheets(&output)
            .iter()
            .filter(|s| s["report"]["text"] == REPORT)
            .count(),
        1
    );
    for words in named.iter().chain(&[name]) {
        assert!(errors.contains(words), "`{words}` is not in: {errors}");
    }
}

#[test]
fn a_wrong_path_is_named_and_the_rest_is_coded() {
    let folder = folder("wrong-path");
    let good = folder.join("good.txt");
    fs::write(&good, REPORT).unwrap();
    let output = sayso(&[
        "code",
        "--format",
        "jsonl",
        "nowhere.txt",
        good.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(sheets(&output).len(), 1);
    assert!(
        stderr(&output).contains("nowhere.txt"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn bad_json_lines_are_named_by_line_and_field() {
    let lines = [
        r#"{"text": "One."}"#,
        r#"{"text": "Two.""#,
        r#"{"title": "no text"}"#,
        r#"{"text": "Four.", "published": "22.10.2025"}"#,
        r#"{"text": "Five."}"#,
    ]
    .join("\n");
    let folder = folder("bad-lines");
    let path = folder.join("reports.jsonl");
    fs::write(&path, lines).unwrap();
    let output = sayso(&["code", "--format", "jsonl", path.to_str().unwrap()]);
    let errors = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    let texts: Vec<String> = sheets(&output)
        .iter()
        .map(|s| s["report"]["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts, ["One.", "Five."]);
    for words in [
        "line 2",
        "line 3",
        "text",
        "line 4",
        "published",
        "22.10.2025",
        "2025-10-22",
    ] {
        assert!(errors.contains(words), "`{words}` is not in: {errors}");
    }
}

#[test]
fn empty_and_binary_files_are_refused_by_name() {
    bad_beside_good("empty.txt", b"", &["empty"]);
    bad_beside_good("empty.jsonl", b"\n\n", &["empty"]);
    bad_beside_good("blank.txt", b" \n\n\t", &["empty"]);
    bad_beside_good(
        "picture.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0",
        &["PNG"],
    );
}

#[test]
fn a_wrong_date_is_refused_before_anything_is_coded() {
    let output = sayso(&["code", "--published", "yesterday", &samples()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let errors = stderr(&output);
    assert!(
        errors.contains("yesterday") && errors.contains("2025-10-22"),
        "{errors}"
    );
}

#[test]
fn the_same_bytes_with_one_job_and_with_eight_and_whatever_else_is_in_the_run() {
    let all = sayso(&["code", "--format", "jsonl", "--jobs", "1", &samples()]);
    assert_eq!(all.status.code(), Some(0), "{}", stderr(&all));
    let eight = sayso(&["code", "--format", "jsonl", "--jobs", "8", &samples()]);
    assert_eq!(all.stdout, eight.stdout);

    let alone = format!("{}/camp-cordon.txt", samples());
    let alone = sayso(&["code", "--format", "jsonl", &alone]);
    assert!(stdout(&all).contains(stdout(&alone).trim_end()));
}

#[test]
fn standard_input_is_read_and_every_quote_is_its_slice() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args([
            "code",
            "--format",
            "jsonl",
            "--published",
            "2025-03-05",
            "-",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(REPORT.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let sheet = &sheets(&output)[0];
    assert_eq!(sheet["schema"], "sayso.sheet/1");
    let text: Vec<char> = sheet["report"]["text"].as_str().unwrap().chars().collect();
    let mut quotes = 0;
    each_quote(sheet, &mut |start, end, quote| {
        quotes += 1;
        assert_eq!(text[start..end].iter().collect::<String>(), quote);
    });
    assert!(quotes > 3, "only {quotes} quotes");
}

/// Calls `check` with every `span` and `quote` that stand together anywhere below `value`.
fn each_quote(value: &serde_json::Value, check: &mut impl FnMut(usize, usize, &str)) {
    match value {
        serde_json::Value::Array(all) => all.iter().for_each(|one| each_quote(one, check)),
        serde_json::Value::Object(fields) => {
            if let (Some(span), Some(quote)) = (
                fields.get("span").and_then(|s| s.as_array()),
                fields.get("quote").and_then(|q| q.as_str()),
            ) {
                let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
                check(at(0), at(1), quote);
            }
            fields.values().for_each(|one| each_quote(one, check));
        }
        _ => {}
    }
}

#[test]
fn a_report_in_another_language_gets_a_note_and_no_error() {
    let folder = folder("french");
    let path = folder.join("rapport.txt");
    fs::write(
        &path,
        "Des hommes armés ont attaqué un village près de Gao mardi soir, tuant plusieurs civils, \
         selon des sources locales. L'armée n'a pas encore réagi à cette attaque.\n",
    )
    .unwrap();
    let output = sayso(&["code", "--format", "jsonl", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let sheet = &sheets(&output)[0];
    assert_eq!(sheet["report"]["language"], "fr");
    assert!(
        sheet["notes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|n| n["code"] == "language-not-read")
    );
    assert!(sheet["statements"].as_array().unwrap().is_empty());
}

#[test]
fn json_is_one_document_even_when_nothing_is_coded() {
    let output = sayso(&["code", "--format", "json", "nowhere.txt"]);
    assert_eq!(stdout(&output).trim(), "[]");
    let output = sayso(&["code", "--format", "json", &samples()]);
    let sheets: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(sheets.as_array().unwrap().len() >= 6);
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["code", "--format", "jsonl", &samples()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("error"), "{}", stderr(&output));
    assert!(output.status.success());
}

/// What a command shows that has a terminal for all it prints; `script` (util-linux) gives it one.
#[cfg(target_os = "linux")]
fn on_a_terminal(folder: &Path, arguments: &str) -> Option<String> {
    let sayso = env!("CARGO_BIN_EXE_sayso");
    let started = Command::new("script")
        .args([
            "-qec",
            &format!("stty cols 100 rows 30; '{sayso}' {arguments}"),
            "/dev/null",
        ])
        .env("TERM", "xterm")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        assert!(std::env::var_os("CI").is_none(), "not run: no `script`");
        eprintln!("NOT RUN: there is no `script` here (util-linux)");
        return None;
    };
    // Open until it has ended: the end of its input would be the end of the terminal.
    let input = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert!(output.status.success(), "{arguments}: {output:?}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Sheets on a terminal are their own progress; all else that takes long draws a bar.
#[cfg(target_os = "linux")]
#[test]
fn a_long_run_draws_a_bar_on_a_terminal() {
    let folder = folder("command-bar");
    let mut lines = String::new();
    for n in 0..30 {
        let line = serde_json::json!({
            "id": format!("report-{n}"),
            "published": "2025-10-22",
            "text": format!("Raiders burned store {n} at Olgrad on Tuesday, the mayor said."),
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    fs::write(folder.join("in.jsonl"), lines).unwrap();
    for arguments in [
        "add in.jsonl",
        "incidents in.jsonl",
        "code in.jsonl --format jsonl > sheets.jsonl",
    ] {
        let Some(shown) = on_a_terminal(&folder, arguments) else {
            return;
        };
        assert!(shown.contains("/30 reports, "), "{arguments}: {shown}");
    }
    let shown = on_a_terminal(&folder, "code in.jsonl --format jsonl").unwrap();
    assert!(!shown.contains("/30 reports, "), "{shown}");
}

#[test]
fn the_help_names_the_schema_that_is_printed() {
    for (command, schema, other) in [
        ("code", "sayso.sheet/1", "sayso.incident/1"),
        ("incidents", "sayso.incident/1", "sayso.sheet/1"),
    ] {
        let help = stdout(&sayso(&[command, "--help"]));
        assert!(
            help.contains(schema) && !help.contains(other),
            "{command}: {help}"
        );
    }
}

#[test]
fn the_version_names_model_lexicon_and_gazetteer() {
    let output = sayso(&["--version"]);
    assert!(output.status.success());
    for part in ["sayso ", "model ", "lexicon ", "gazetteer "] {
        assert!(stdout(&output).contains(part));
    }
}

#[test]
fn explain_names_a_rule_and_the_words() {
    let path = format!("{}/camp-cordon.txt", samples());
    let output = sayso(&["explain", &path]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(
        text.contains("act") && text.contains("by ") && text.contains(" on “"),
        "{text}"
    );
}

/// Nothing is like what no country is: that has to be said, and not that there are no incidents.
#[test]
fn what_is_no_code_of_a_country_is_refused() {
    let folder = folder("no-country");
    for (wrong, told) in [
        ("Syria", "use SYR"),
        ("sy", "use SYR"),
        ("XQ9", "such as SYR"),
    ] {
        let error = running::ends(&folder, &["incidents", "--country", wrong], 2);
        assert!(error.contains(told), "{wrong}: {error}");
    }
    let error = running::ends(&folder, &["incidents", "--country", ""], 2);
    assert!(error.contains("--country"), "{error}");
}
