//! `cargo xtask test`: the command of the README and of CI.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{
    api, audit, call, command, deny, fuzz, page, portable, postgres, python, readers, run_to_end,
    system, tidy, workflows,
};

/// Runs every check, the quick ones first, and says how long each took.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::default();
    let outcome = checks(&mut steps);
    eprint!("{}", steps.told());
    outcome
}

fn checks(steps: &mut Steps) -> Result<()> {
    // The program holds the page.
    steps.run("page built", page::build)?;
    steps.run("format", || call("cargo", &["fmt", "--all", "--check"]))?;
    steps.run("tidy", tidy::run)?;
    steps.run("licences", deny::run)?;
    steps.run("workflows", workflows::check)?;
    steps.run("lints", || call("cargo", &LINTS))?;
    steps.run("other systems", portable::check)?;
    steps.run("programs of others", programs)?;
    steps.run("tests built", || run_to_end(tests().arg("--no-run")))?;
    steps.run("tests", || run_to_end(&mut tests()))?;
    steps.run("random input", fuzz::check)?;
    steps.run("API", api::run)?;
    steps.run("Python", python::run)?;
    steps.run("page", page::check)?;
    steps.run("advisories", || audit::run().tell())
}

const LINTS: [&str; 7] = [
    "clippy",
    "--workspace",
    "--all-targets",
    "--locked",
    "--",
    "-D",
    "warnings",
];

/// What was run, and how long it took.
#[derive(Debug, Default)]
struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
    fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        let started = Instant::now();
        let outcome = step();
        self.0.push((name, started.elapsed()));
        outcome
    }

    /// One line a step, and one for all of them.
    fn told(&self) -> String {
        let line = |name: &str, took: Duration| format!("{:>6} s  {name}\n", took.as_secs());
        let all = self.0.iter().map(|(_, took)| *took).sum();
        let steps = self.0.iter().map(|(name, took)| line(name, *took));
        steps.chain([line("in all", all)]).collect()
    }
}

/// The programs that the tests run or compare with.
fn programs() -> Result<()> {
    postgres::install()?;
    readers::install()?;
    poppler()
}

/// What PDFs are read with.
fn poppler() -> Result<()> {
    if system::answers_to("pdftotext", "-v") {
        return Ok(());
    }
    system::install(&["poppler-utils"])
}

/// The tests. As on a server of CI, one that lacks what it needs fails there: `CI` says so.
fn tests() -> Command {
    let mut command = command("cargo", &["test", "--workspace", "--locked"]);
    command.env("CI", "1");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_its_time_and_a_failing_one_too() {
        let mut steps = Steps::default();
        assert!(steps.run("good", || Ok(())).is_ok());
        assert!(steps.run("bad", || anyhow::bail!("no")).is_err());
        assert_eq!(
            steps.told(),
            "     0 s  good\n     0 s  bad\n     0 s  in all\n"
        );
    }

    #[test]
    fn no_test_passes_by_because_something_is_missing() {
        let command = tests();
        let set = command.get_envs().find(|(name, _)| *name == "CI");
        assert!(set.is_some_and(|(_, value)| value.is_some()));
    }
}
