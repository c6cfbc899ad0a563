//! Archives on Apache Spark: bindings/spark on a small cluster of this machine.

use anyhow::{Context as _, Result};

use crate::{call, command, python, root, run_to_end, system};

/// What is installed, with versions.
const WANTED: &str = "bindings/spark/requirements.txt";

/// Types and tests of `sayso_spark`, with the wheel that the step of the Python package has made, on a
/// cluster of two workers. Installs Spark, and Java where it is missing and `apt-get` can.
///
/// # Errors
/// Where Java or the packages cannot be had, or a check fails.
pub(crate) fn run() -> Result<()> {
    if !system::answers("java") {
        system::install(&["openjdk-17-jre-headless"])
            .context("Spark needs Java 17 or later on the path")?;
    }
    let environment = system::python_listed("spark", WANTED)?;
    let wheel = python::wheel()?.display().to_string();
    let program = system::scripts(&environment).join("python");
    let program = program.display().to_string();
    for package in [wheel.as_str(), "./bindings/spark"] {
        let pip = ["-m", "pip", "install", "--quiet", "--no-deps"];
        let install = [&pip[..], &["--force-reinstall", package]].concat();
        run_to_end(&mut command(&program, &install))?;
    }
    let programs = ["build", "--locked", "-p", "sayso-cli", "-p", "sayso-bench"];
    call("cargo", &programs)?;
    for check in [&["-m", "mypy"][..], &["-m", "pytest", "-q", "tests"]] {
        let mut check = command(&program, check);
        run_to_end(check.current_dir(root().join("bindings/spark")))?;
    }
    Ok(())
}
