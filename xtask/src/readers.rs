//! The programs of others that the exports' tests read our files with.

use anyhow::Result;

use crate::system;

/// What is installed, with versions.
const WANTED: &str = "crates/sayso-export/tests/readers/requirements.txt";

/// Installs pandas, pyarrow, openpyxl, geopandas with GDAL, PyLD, libhxl and FollowTheMoney into
/// `target/readers`, a Python environment of the tests' own; again where the list has changed.
///
/// # Errors
/// Where there is no `python3` with `venv`, or the packages cannot be had.
pub(crate) fn install() -> Result<()> {
    system::python_listed("readers", WANTED).map(drop)
}
