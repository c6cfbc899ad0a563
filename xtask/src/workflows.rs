//! `cargo xtask workflows`: what runs on machines of others is right before it gets there.

use std::process::Command;

use anyhow::Result;

use crate::{root, run_to_end, system};

/// The form of workflows, by the schema that comes with the package, and what attackers make of
/// them: neither asks the network.
const WANTED: &str = "zizmor==1.32.0 check-jsonschema==0.39.0";

/// Checks `.github/workflows/`.
///
/// # Errors
/// Where there is no `python3` with `venv`, the packages cannot be had, or something is wrong.
pub(crate) fn check() -> Result<()> {
    let zizmor = system::python_tool("zizmor", WANTED)?;
    let schema = zizmor.with_file_name("check-jsonschema");
    run_to_end(
        Command::new(schema)
            .args(["--builtin-schema", "vendor.github-workflows"])
            .arg(".github/workflows/release.yml")
            .current_dir(root()),
    )?;
    run_to_end(
        Command::new(zizmor)
            .args(["--offline", "--pedantic", "--quiet", ".github/workflows"])
            .current_dir(root()),
    )
}
