//! `cargo xtask test`: the command of the README and of CI.

use anyhow::Result;

use crate::{call, deny, tidy};

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
    call("cargo", &["test", "--workspace", "--locked"])
}
