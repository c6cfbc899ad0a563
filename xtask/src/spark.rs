//! Archives on Apache Spark: bindings/spark on a small cluster of this machine.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{call, command, python, root, run_to_end, system};

/// What is installed, with versions.
const WANTED: &str = "bindings/spark/requirements.txt";

/// Builds the wheel of `sayso` and tests `sayso_spark` with it: [`check`].
///
/// # Errors
/// As [`check`], and where the wheel cannot be built.
pub(crate) fn run() -> Result<()> {
    python::install()?;
    check()
}

/// Types and tests of `sayso_spark`, with the wheel that the step of the Python package has made, on a
/// cluster of two workers. Installs Spark, and Java where it is missing and `apt-get` can.
///
/// # Errors
/// Where Java or the packages cannot be had, or a check fails.
fn check() -> Result<()> {
    if !system::answers("java") {
        system::install(&["openjdk-17-jre-headless"])
            .context("Spark needs Java 17 or later on the path")?;
    }
    let environment = system::python_listed("spark", WANTED)?;
    let program = system::scripts(&environment).join("python");
    let program = program.display().to_string();
    let wheels = environment.join("wheels");
    build(&program, &wheels)?;
    let own = python::only_wheel(&wheels)?;
    for wheel in [python::wheel()?, own] {
        let pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index"];
        let mut install = command(&program, &pip);
        run_to_end(install.arg("--force-reinstall").arg(wheel))?;
    }
    // Of the whole workspace: asked for by packages, the features of what they need would be others than
    // those of the tests, and nearly all of it would be compiled once more.
    let build = ["build", "--locked", "--workspace"];
    let programs = ["--bin", "sayso", "--bin", "sayso-bench"];
    call("cargo", &[&build[..], &programs].concat())?;
    for check in [&["-m", "mypy"][..], &["-m", "pytest", "-q", "tests"]] {
        let mut check = command(&program, check);
        run_to_end(check.current_dir(root().join("bindings/spark")))?;
    }
    Ok(())
}

/// Makes the wheel of `sayso_spark` in a folder, and leaves no other of it there: Python alone, for
/// every system.
///
/// # Errors
/// Where what builds it cannot be had.
fn build(program: &str, folder: &Path) -> Result<()> {
    for old in python::wheels(folder).unwrap_or_default() {
        let name = old.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("sayso_spark-") {
            std::fs::remove_file(&old).with_context(|| format!("cannot clear {name}"))?;
        }
    }
    let pip = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
    ];
    let mut build = command(program, &pip);
    run_to_end(build.arg("--wheel-dir").arg(folder).arg("./bindings/spark"))
}
