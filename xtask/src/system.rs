//! What the system has, and what it can be asked for.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::call;

/// Whether a program is on the path and says its version.
pub(crate) fn answers(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs packages of Debian and its relatives.
///
/// # Errors
/// Where `apt-get` is not there or does not find them.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let install = ["install", "-q", "-y", "--no-install-recommends"];
    let install = [&install[..], packages].concat();
    for arguments in [&["update", "-q"][..], &install[..]] {
        if answers("sudo") {
            call("sudo", &[&["apt-get"], arguments].concat())?;
        } else {
            call("apt-get", arguments)?;
        }
    }
    Ok(())
}
