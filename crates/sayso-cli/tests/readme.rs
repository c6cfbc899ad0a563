//! The README shows what the program prints, and every command in it is one.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod running;

use std::fs;
use std::path::{Path, PathBuf};

use running::{does, sayso, stdout};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The indented lines that follow the first line that ends so, without their indentation.
fn block<'a>(text: &'a str, after: &str) -> Vec<&'a str> {
    let mut lines = text.lines().skip_while(|line| !line.ends_with(after));
    assert!(lines.next().is_some(), "the README does not say `{after}`");
    let shown = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    shown
        .map(|line| line.strip_prefix("    ").unwrap_or_default())
        .collect()
}

#[test]
fn the_sample_is_what_the_program_prints() {
    let arguments = [
        "code",
        "samples/camp-cordon.txt",
        "--published",
        "2025-05-12",
    ];
    let printed = does(&root(), &arguments);
    let printed: Vec<&str> = printed.lines().collect();
    let readme = readme();
    let shown = block(&readme, "prints, among others:");
    let parts: Vec<&[&str]> = shown
        .split(|line| line.is_empty())
        .filter(|part| !part.is_empty())
        .collect();
    assert!(parts.len() > 5, "{shown:#?}");
    let mut from = 0;
    for part in parts {
        // Headings have their counts behind them.
        let heading = |line: &str| line == part[0] || line.starts_with(&format!("{}  (", part[0]));
        let same = |at: &[&str]| match part {
            [_] => heading(at[0]),
            _ => at == part,
        };
        let found = printed[from..].windows(part.len()).position(same);
        let Some(at) = found else {
            panic!("not printed, or not in this order:\n{}", part.join("\n"));
        };
        from += at + part.len();
    }
}

#[test]
fn the_words_it_quotes_are_those_of_the_sample() {
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sample = flat(fs::read_to_string(root().join("samples/camp-cordon.txt")).unwrap());
    let readme = readme();
    let quoted = readme.lines().find(|line| line.starts_with("> ")).unwrap();
    for part in quoted.trim_start_matches("> ").split(" […] ") {
        assert!(sample.contains(part), "not in the sample: {part}");
    }
}

#[test]
fn the_demo_counts_as_it_says() {
    let printed = does(&root(), &["incidents", "samples/three-incidents.jsonl"]);
    let readme = readme();
    let (_, counted) = readme
        .split_once("The strike on a market in it has *")
        .unwrap();
    let (counted, _) = counted.split_once('*').unwrap();
    assert!(
        printed.contains(counted),
        "`{counted}` is not in:\n{printed}"
    );
}

/// Subcommands of commands that have some, as in `sayso review correct`.
fn named(words: &[&str]) -> Vec<String> {
    let help = sayso(&root(), &[words[0], "--help"]);
    assert!(help.status.success(), "no command `{}`", words[0]);
    let mut command = vec![words[0].to_owned()];
    if stdout(&help).contains("Commands:") {
        command.push(words[1].to_owned());
    }
    command
}

#[test]
fn every_command_and_option_is_one() {
    let readme = readme();
    let mut tried = 0;
    for line in readme.lines().filter(|line| line.starts_with("    ")) {
        let told = line.split(" # ").next().unwrap_or_default();
        for command in told.split(['|', '&']).map(str::trim) {
            let Some(words) = command.strip_prefix("sayso ") else {
                continue;
            };
            let words: Vec<&str> = words.split_whitespace().collect();
            if words[0] == "--version" {
                assert!(sayso(&root(), &["--version"]).status.success());
                continue;
            }
            let name = named(&words);
            let mut asked: Vec<&str> = name.iter().map(String::as_str).collect();
            asked.push("--help");
            let help = sayso(&root(), &asked);
            assert!(help.status.success(), "no such command: {command}");
            let help = stdout(&help);
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "`{command}` knows no {option}");
            }
            tried += 1;
        }
    }
    assert!(tried > 20, "only {tried} commands found");
}
