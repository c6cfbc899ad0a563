//! The page of the desk, which travels in the program.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{root, run_to_end, system};

/// What npm is called; on Windows it is a script, which has to be named whole.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// What is needed, and where it is had.
const NEEDED: &str = "the page of the desk needs Node.js 20.19 or later of 20, or 22.12 or later, \
                      with npm. Debian 12 and Ubuntu up to 24.04 have an older one: take it from \
                      https://nodejs.org/en/download and put it on the path";

/// Builds `web/dist` from `web/`, as its lock file says. Installs Node.js where it is missing and
/// `apt-get` can.
///
/// # Errors
/// Where Node.js cannot be had or is too old, or the page cannot be built.
pub(crate) fn build() -> Result<()> {
    if !system::answers(NPM) || !system::answers("node") {
        system::install(&["nodejs", "npm"]).context(NEEDED)?;
    }
    let asked = Command::new("node").arg("--version").output();
    let version = asked.context(NEEDED)?.stdout;
    let version = String::from_utf8_lossy(&version);
    if !is_new_enough(&version) {
        bail!("{NEEDED}; the one here is `{}`", version.trim());
    }
    npm(&["ci", "--no-audit", "--no-fund"])?;
    npm(&["run", "build"])
}

/// Whether a version, as `node --version` prints it, is one that Vite runs on; its
/// `package.json` says `^20.19.0 || >=22.12.0`.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), Some(_)) => major > 22,
        _ => false,
    }
}

/// Types, format, unit tests, and the tests in a browser, against the program in `target/debug`,
/// which has to hold the page. Installs Chromium where it is missing and `apt-get` can.
///
/// # Errors
/// Where Chromium cannot be had, or anything fails.
pub(crate) fn check() -> Result<()> {
    if !system::answers("chromium") && std::env::var_os("CHROMIUM").is_none() {
        system::install(&["chromium", "fonts-noto-core"]).context(
            "the page is tested in Chromium, which is no package of Ubuntu's apt-get: install it or \
             Google Chrome, and name its program in CHROMIUM",
        )?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_is_told_before_npm_stumbles_over_it() {
        for good in ["v20.19.0\n", "v20.20.1", "v22.12.0", "v24.0.0", "v23.1.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        // Debian 12, Ubuntu 22.04 and 24.04; what Vite leaves out; what is no version.
        for bad in [
            "v18.20.4", "v12.22.9", "v18.19.1", "v20.18.9", "v21.7.3", "v22.11.0", "", "v",
        ] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_needed_is_what_the_tools_of_the_page_say() {
        let lock = std::fs::read_to_string(root().join("web/package-lock.json")).unwrap();
        let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
        let vite = &lock["packages"]["node_modules/vite"]["engines"]["node"];
        assert_eq!(vite, "^20.19.0 || >=22.12.0");
        let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
        assert!(readme.contains("Node.js 20.19"), "the README names another");
    }
}
