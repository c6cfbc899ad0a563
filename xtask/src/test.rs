//! `cargo xtask test`: the command of the README and of CI.

use std::process::Command;

use anyhow::Result;

use crate::{
    api, audit, call, command, deny, fuzz, page, portable, postgres, python, readers, run_to_end,
    system, tidy, workflows,
};

/// Runs every check, the quick ones first.
pub(crate) fn run() -> Result<()> {
    // The program holds the page.
    page::build()?;
    call("cargo", &["fmt", "--all", "--check"])?;
    tidy::run()?;
    deny::run()?;
    workflows::check()?;
    call(
        "cargo",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    )?;
    portable::check()?;
    postgres::install()?;
    readers::install()?;
    poppler()?;
    run_to_end(&mut tests())?;
    fuzz::check()?;
    api::run()?;
    python::run()?;
    page::check()?;
    audit::run().tell()
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
    fn no_test_passes_by_because_something_is_missing() {
        let command = tests();
        let set = command.get_envs().find(|(name, _)| *name == "CI");
        assert!(set.is_some_and(|(_, value)| value.is_some()));
    }
}
