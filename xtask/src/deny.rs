//! `cargo xtask deny`: licences and sources of the dependencies, by `deny.toml`.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::{call, root};

/// Pinned, so that a new lint of the tool does not break an old commit.
const VERSION: &str = "0.20.2";

/// Checks licences, bans and sources; installs cargo-deny where it is missing.
///
/// Advisories are another matter: see `audit`.
pub(crate) fn run() -> Result<()> {
    let installed = Command::new("cargo")
        .args(["deny", "--version"])
        .current_dir(root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !installed {
        // It runs for seconds: building it unoptimised saves minutes.
        call(
            "cargo",
            &[
                "install",
                "--locked",
                "--debug",
                "--version",
                VERSION,
                "cargo-deny",
            ],
        )?;
    }
    call(
        "cargo",
        &["deny", "--locked", "check", "licenses", "bans", "sources"],
    )
}
