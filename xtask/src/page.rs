//! The page of the desk, which travels in the program.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{root, run_to_end, system};

/// What npm is called; on Windows it is a script, which has to be named whole.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Builds `web/dist` from `web/`, as its lock file says. Installs npm where it is missing and
/// `apt-get` can.
///
/// # Errors
/// Where npm cannot be had, or the page cannot be built.
pub(crate) fn build() -> Result<()> {
    if !system::answers(NPM) {
        system::install(&["nodejs", "npm"])
            .context("the page of the desk needs Node.js 20 or later, with npm")?;
    }
    npm(&["ci", "--no-audit", "--no-fund"])?;
    npm(&["run", "build"])
}

/// Types, format, unit tests, and the tests in a browser, against the program in `target/debug`,
/// which has to hold the page. Installs Chromium where it is missing and `apt-get` can.
///
/// # Errors
/// Where Chromium cannot be had, or anything fails.
pub(crate) fn check() -> Result<()> {
    if !system::answers("chromium") && std::env::var_os("CHROMIUM").is_none() {
        system::install(&["chromium", "fonts-noto-core"])
            .context("the page is tested in Chromium; CHROMIUM names another one's program")?;
    }
    npm(&["run", "ci"])
}

fn npm(arguments: &[&str]) -> Result<()> {
    run_to_end(
        Command::new(NPM)
            .args(arguments)
            .current_dir(root().join("web")),
    )
}
