//! `cargo xtask test`: the command of the README and of CI.

use anyhow::Result;

use crate::{call, deny, postgres, tidy};

/// Runs every check, the quick ones first.
pub(crate) fn run() -> Result<()> {
    call("cargo", &["fmt", "--all", "--check"])?;
    tidy::run()?;
    deny::run()?;
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
    postgres::install()?;
    call("cargo", &["test", "--workspace", "--locked"])
}
