//! `cargo xtask audit`: what is known against the versions in use.
//!
//! The databases of advisories are not on the package registries, and a machine of CI may reach
//! neither. So every one of them ends in a line of its own: nothing found, found, or not run and
//! why. Only what is found fails.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{command, page, root, system};

/// Pinned like every tool that decides whether a commit is good.
const PIP_AUDIT: &str = "pip-audit==2.10.1";

/// Longest that one database is waited for: a network that swallows packets must not hold a test.
const PATIENCE: Duration = Duration::from_secs(90);

/// What became of asking one database about one set of dependencies.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// Every dependency was looked up, and none has an advisory.
    Clean(String),
    /// Advisories, as the database's own program tells them.
    Found(String),
    /// Not looked up, or not all: why.
    NotRun(String),
}

/// The lines that say what was asked and what was not; `cargo xtask test` ends with them.
#[derive(Debug, Default)]
pub(crate) struct Audited {
    lines: Vec<String>,
    found: usize,
}

impl Audited {
    fn note(&mut self, what: &str, outcome: Outcome) {
        let told = match outcome {
            Outcome::Clean(told) => told,
            Outcome::Found(told) => {
                self.found += 1;
                format!("FOUND:\n{told}")
            }
            Outcome::NotRun(why) => format!("NOT RUN: {why}"),
        };
        self.lines.push(format!("audit of {what}: {told}"));
    }

    /// Prints what became of each audit.
    ///
    /// # Errors
    /// Where an advisory was found.
    pub(crate) fn tell(&self) -> Result<()> {
        for line in &self.lines {
            eprintln!("{line}");
        }
        if self.found > 0 {
            bail!(
                "{} of {} audits found something",
                self.found,
                self.lines.len()
            );
        }
        Ok(())
    }
}

/// Asks for Rust's crates, the page's packages, and the Python environments of the tests.
pub(crate) fn run() -> Audited {
    let mut audited = Audited::default();
    audited.note("the crates (RustSec, cargo deny)", crates());
    audited.note("the page's packages (npm audit)", packages());
    let environments = environments();
    if environments.is_empty() {
        let why = "no environment in target/ yet; `cargo xtask test` makes them".to_owned();
        audited.note("Python's packages (pip-audit)", Outcome::NotRun(why));
    }
    for folder in environments {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        audited.note(
            &format!("Python's packages in target/{name} (pip-audit)"),
            environment(&folder),
        );
    }
    audited
}

fn crates() -> Outcome {
    let mut fetch = command("cargo", &["deny", "fetch", "db"]);
    fetch
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_HTTP_LOW_SPEED_LIMIT", "1")
        .env("GIT_HTTP_LOW_SPEED_TIME", "30");
    match system::within(&mut fetch, PATIENCE) {
        Err(error) => return Outcome::NotRun(format!("{error:#}")),
        Ok(fetched) if !fetched.success => {
            return Outcome::NotRun(last_line(&fetched.errors));
        }
        Ok(_) => {}
    }
    let check = ["deny", "--locked", "check", "--disable-fetch", "advisories"];
    match system::within(&mut command("cargo", &check), PATIENCE) {
        Err(error) => Outcome::NotRun(format!("{error:#}")),
        Ok(checked) if checked.success => Outcome::Clean("nothing found".to_owned()),
        Ok(checked) => Outcome::Found(checked.errors),
    }
}

fn packages() -> Outcome {
    let mut npm = Command::new(page::NPM);
    npm.args(["audit", "--json", "--package-lock-only"])
        .args(["--audit-level", "moderate"])
        .current_dir(root().join("web"));
    match system::within(&mut npm, PATIENCE) {
        Err(error) => Outcome::NotRun(format!("{error:#}")),
        Ok(asked) => of_npm(&asked.output),
    }
}

/// What `npm audit --json` says. It exits with 1 where advisories are found and where nobody could
/// be asked: only what it prints tells the two apart.
fn of_npm(printed: &str) -> Outcome {
    let Ok(said) = serde_json::from_str::<Value>(printed) else {
        return Outcome::NotRun("npm's answer is no JSON".to_owned());
    };
    let Some(counts) = said.pointer("/metadata/vulnerabilities") else {
        let why = said.get("message").and_then(Value::as_str);
        return Outcome::NotRun(why.unwrap_or("npm does not say why").to_owned());
    };
    let count = |level: &str| counts.get(level).and_then(Value::as_u64).unwrap_or(0);
    let grave: u64 = ["moderate", "high", "critical"].map(count).iter().sum();
    let slight: u64 = ["info", "low"].map(count).iter().sum();
    let names: Vec<&str> = said
        .get("vulnerabilities")
        .and_then(Value::as_object)
        .map(|by_name| by_name.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let names = names.join(", ");
    match (grave, slight) {
        (0, 0) => Outcome::Clean("nothing found".to_owned()),
        (0, _) => Outcome::Clean(format!(
            "nothing of moderate or above; {slight} below: {names}"
        )),
        _ => Outcome::Found(format!("{grave} of moderate or above: {names}")),
    }
}

/// Python environments below target/, which the tests install by lists with versions.
fn environments() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(root().join("target"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("pyvenv.cfg").is_file() && !path.ends_with("pip-audit"))
        .collect();
    found.sort();
    found
}

fn environment(folder: &std::path::Path) -> Outcome {
    let packages = match system::site_packages(folder) {
        Ok(packages) => packages,
        Err(error) => return Outcome::NotRun(format!("{error:#}")),
    };
    let tool = match system::python_tool("pip-audit", PIP_AUDIT) {
        Ok(tool) => tool,
        Err(error) => return Outcome::NotRun(format!("{error:#}")),
    };
    let mut asking = Command::new(tool);
    asking
        .args(["--format", "json", "--progress-spinner", "off", "--path"])
        .arg(packages);
    match system::within(&mut asking, PATIENCE) {
        Err(error) => Outcome::NotRun(format!("{error:#}")),
        Ok(asked) => of_pip(&asked.output, &asked.errors),
    }
}

/// What `pip-audit --format json` says. Packages that its database does not know are skipped with
/// a reason and a status of success: that is not clean.
fn of_pip(printed: &str, errors: &str) -> Outcome {
    let said = serde_json::from_str::<Value>(printed).unwrap_or_default();
    let Some(asked) = said.get("dependencies").and_then(Value::as_array) else {
        return Outcome::NotRun(last_line(errors));
    };
    let text = |package: &Value, field: &str| {
        let value = package.get(field).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let found: Vec<String> = asked
        .iter()
        .filter_map(|package| {
            let ids: Vec<String> = package
                .get("vulns")?
                .as_array()?
                .iter()
                .map(|known| text(known, "id"))
                .collect();
            (!ids.is_empty()).then(|| {
                let ids = ids.join(", ");
                format!(
                    "{} {}: {ids}",
                    text(package, "name"),
                    text(package, "version")
                )
            })
        })
        .collect();
    if !found.is_empty() {
        return Outcome::Found(found.join("\n"));
    }
    let skipped: Vec<String> = asked
        .iter()
        .filter(|package| package.get("skip_reason").is_some())
        .map(|package| text(package, "skip_reason"))
        .collect();
    match skipped.first() {
        None => Outcome::Clean(format!("nothing found about {} packages", asked.len())),
        Some(why) => Outcome::NotRun(format!(
            "{} of {} packages could not be looked up: {why}",
            skipped.len(),
            asked.len()
        )),
    }
}

/// The last line that says something, which is where programs put the cause.
fn last_line(text: &str) -> String {
    let line = text.lines().rev().find(|line| !line.trim().is_empty());
    line.map_or_else(
        || "it does not say why".to_owned(),
        |line| line.trim().to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_that_could_ask_nobody_is_not_clean() {
        let refused = r#"{"message": "405 Method Not Allowed", "statusCode": 405}"#;
        let why = "405 Method Not Allowed".to_owned();
        assert_eq!(of_npm(refused), Outcome::NotRun(why));
        assert!(matches!(of_npm(""), Outcome::NotRun(_)));
    }

    #[test]
    fn npm_says_what_it_found() {
        let counts = |high: u32, low: u32| {
            format!(
                r#"{{"vulnerabilities": {{"leftish": {{}}}},
                    "metadata": {{"vulnerabilities": {{"low": {low}, "high": {high}}}}}}}"#
            )
        };
        assert!(matches!(of_npm(&counts(0, 0)), Outcome::Clean(_)));
        let slight = "nothing of moderate or above; 3 below: leftish".to_owned();
        assert_eq!(of_npm(&counts(0, 3)), Outcome::Clean(slight));
        let Outcome::Found(told) = of_npm(&counts(2, 0)) else {
            panic!("found nothing");
        };
        assert!(told.contains("leftish"), "{told}");
    }

    #[test]
    fn a_python_package_that_was_not_looked_up_is_not_clean() {
        let known = r#"{"name": "six", "version": "1.17.0", "vulns": []}"#;
        let unknown = r#"{"name": "pyld", "skip_reason": "not found"}"#;
        let bad = r#"{"name": "old", "version": "1", "vulns": [{"id": "PYSEC-1"}]}"#;
        let of = |packages: &[&str]| {
            let all = packages.join(", ");
            of_pip(&format!(r#"{{"dependencies": [{all}]}}"#), "")
        };
        assert!(matches!(of(&[known]), Outcome::Clean(_)));
        let Outcome::NotRun(why) = of(&[known, unknown]) else {
            panic!("taken for clean");
        };
        assert_eq!(why, "1 of 2 packages could not be looked up: not found");
        let found = "old 1: PYSEC-1".to_owned();
        assert_eq!(of(&[unknown, bad]), Outcome::Found(found));
        assert_eq!(
            of_pip("", "no\nroute\n\n"),
            Outcome::NotRun("route".to_owned())
        );
    }

    #[test]
    fn only_what_is_found_fails_and_what_is_not_run_is_said() {
        let mut audited = Audited::default();
        audited.note("a", Outcome::NotRun("no network".to_owned()));
        audited.note("b", Outcome::Clean("nothing found".to_owned()));
        assert!(audited.tell().is_ok());
        assert_eq!(audited.lines[0], "audit of a: NOT RUN: no network");
        audited.note("c", Outcome::Found("x".to_owned()));
        assert!(audited.tell().is_err());
    }
}
