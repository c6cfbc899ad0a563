//! The programs of others that the exports' tests read our files with.

use std::fs;

use anyhow::{Context as _, Result};

use crate::{call, root};

/// What is installed, with versions.
const WANTED: &str = "crates/sayso-export/tests/readers/requirements.txt";

/// Installs pandas, pyarrow, openpyxl, geopandas with GDAL, PyLD, libhxl and FollowTheMoney into
/// `target/readers`, a Python environment of the tests' own; again where the list has changed.
///
/// # Errors
/// Where there is no `python3` with `venv`, or the packages cannot be had.
pub(crate) fn install() -> Result<()> {
    let folder = root().join("target/readers");
    let wanted = fs::read_to_string(root().join(WANTED)).with_context(|| format!("no {WANTED}"))?;
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    call("python3", &["-m", "venv", "--clear", "target/readers"])
        .context("the exports' tests need python3 with venv (Debian: python3-venv)")?;
    let pip = ["-m", "pip", "install", "--quiet", "--requirement", WANTED];
    call("target/readers/bin/python", &pip)?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}
