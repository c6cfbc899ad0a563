//! The Python package: built as whoever installs it builds it, and tested.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{command, release, root, run_to_end, system};

/// What is installed, with versions.
const WANTED: &str = "bindings/python/requirements.txt";

/// The profile of the other tests: what they have built is not built again.
const PROFILE: &str = "--profile dev";

/// The oldest Python that the package is for.
const OLDEST: &str = "python3.9";

/// Builds the wheel as `pip install .` does, installs it into `target/python`, and runs its tests: pytest, which runs the
/// examples of the documentation and the notebook too, and mypy over the package and its tests, and
/// against the library itself; and by `pip install .` where nothing else is, and with the oldest Python
/// where that is there. The tests
/// compare with `target/debug/sayso`.
///
/// # Errors
/// Where there is no `python3` with `venv`, the packages cannot be had, or a test fails.
pub(crate) fn run() -> Result<()> {
    let environment = install()?;
    let python = |arguments: &[&str]| {
        let mut python = command(&in_it(&environment), arguments);
        // The page of a notebook's kernel needs no folder of the user's.
        python.env("IPYTHONDIR", environment.join("ipython"));
        run_to_end(&mut python)
    };
    let (settings, package) = ("bindings/python/pyproject.toml", "bindings/python");
    python(&["-m", "pytest", "-c", settings, &format!("{package}/tests")])?;
    let mypy = [
        "-m",
        "mypy",
        "--config-file",
        settings,
        "--cache-dir",
        "target/python/mypy",
    ];
    let checked = ["python", "tests", "tools"].map(|part| format!("{package}/{part}"));
    let checked: Vec<&str> = checked.iter().map(String::as_str).collect();
    python(&[&mypy[..], &checked].concat())?;
    let stubs = [
        "-m",
        "mypy.stubtest",
        "sayso._native",
        // Names that Python keeps to itself.
        "--ignore-missing-stub",
        "--mypy-config-file",
        settings,
    ];
    python(&stubs)?;
    alone(&environment)
}

/// Builds the wheel and installs it with all that its tests need; gives the environment. The wheel
/// lies in `target/python/wheels`.
///
/// # Errors
/// As [`run`].
pub(crate) fn install() -> Result<PathBuf> {
    let environment = system::python_listed("python", WANTED)?;
    let wheels = environment.join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)
            .with_context(|| format!("cannot clear {}", wheels.display()))?;
    }
    release::lay_licences_of_wheel()?;
    // What `pip install .` does, by pip itself; with the packages that are there already, and the
    // profile and the folder of the other tests: what they have built is not built again.
    let arguments = ["-m", "pip", "wheel", "--no-deps", "--no-build-isolation"];
    let mut pip = command(&in_it(&environment), &arguments);
    pip.args(["--quiet", "--wheel-dir"])
        .arg(&wheels)
        .arg("./bindings/python")
        .env("MATURIN_PEP517_ARGS", PROFILE)
        .env("PATH", path_with(&system::scripts(&environment))?);
    run_to_end(&mut pip)?;
    let wheel = only_wheel(&wheels)?;
    let wheel = wheel.display().to_string();
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--force-reinstall",
    ];
    run_to_end(&mut command(
        &in_it(&environment),
        &[&pip[..], &[&wheel]].concat(),
    ))?;
    Ok(environment)
}

/// The wheel that [`install`] has made.
///
/// # Errors
/// Where it has not.
pub(crate) fn wheel() -> Result<PathBuf> {
    only_wheel(&root().join("target/python/wheels"))
}

/// The path of this process, with a folder of programs before all others.
fn path_with(programs: &Path) -> Result<OsString> {
    let known = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(programs.to_path_buf()).chain(env::split_paths(&known));
    env::join_paths(folders).context("a folder of the path has a name that no path can hold")
}

/// Installs the package where nothing else is, and codes a report there: by `pip install .`, with
/// whatever that fetches to build it; and the wheel with the oldest Python that the package promises,
/// where this machine has that.
fn alone(environment: &Path) -> Result<()> {
    in_a_fresh_environment(
        system::PYTHON,
        &environment.join("fresh"),
        &["./bindings/python"],
    )?;
    if !system::answers(OLDEST) {
        eprintln!("not run: the wheel on {OLDEST}, which is not on the path");
        return Ok(());
    }
    let wheel = wheel()?.display().to_string();
    in_a_fresh_environment(OLDEST, &environment.join("oldest"), &["--no-index", &wheel])
}

fn in_a_fresh_environment(python: &str, environment: &Path, given: &[&str]) -> Result<()> {
    let folder = environment.display().to_string();
    run_to_end(&mut command(python, &["-m", "venv", "--clear", &folder]))?;
    let pip = [&["-m", "pip", "install", "--quiet"], given].concat();
    let mut pip = command(&in_it(environment), &pip);
    run_to_end(pip.env("MATURIN_PEP517_ARGS", PROFILE))?;
    // Isolated, so that no other sayso is found.
    run_to_end(&mut command(&in_it(environment), &["-I", "-c", CODES]))
}

/// What has to work with nothing else installed.
const CODES: &str = "\
import sayso
sheet = sayso.code('Rebels shelled Harim on Monday, the army said.', published='2025-05-13')
assert sheet.events[0].place.name == 'Harim'
assert sayso.link([sheet])[0].to_json() and sheet._repr_html_()
try:
    sheet.to_pandas()
except sayso.ConfigError as error:
    assert 'pip install' in error.allowed
else:
    raise AssertionError('pandas is there, and should not be')
";

/// The Python of an environment.
fn in_it(environment: &Path) -> String {
    let python = system::scripts(environment).join("python");
    python.display().to_string()
}

/// The wheels in a folder.
///
/// # Errors
/// Where the folder cannot be read.
pub(crate) fn wheels(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let mut wheels = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "whl") {
            wheels.push(path);
        }
    }
    Ok(wheels)
}

/// The one wheel in a folder.
///
/// # Errors
/// Where there is none, or are several.
pub(crate) fn only_wheel(folder: &Path) -> Result<PathBuf> {
    match <[PathBuf; 1]>::try_from(wheels(folder)?) {
        Ok([wheel]) => Ok(wheel),
        Err(wheels) => bail!(
            "{} holds {} wheels and not one",
            folder.display(),
            wheels.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_installed_has_its_version() {
        let wanted = fs::read_to_string(root().join(WANTED)).unwrap();
        let lines: Vec<&str> = wanted
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.len() > 5);
        assert!(lines.iter().all(|line| line.contains("==")), "{lines:?}");
    }

    #[test]
    fn one_wheel_and_no_other_number_of_them() {
        let folder = std::env::temp_dir().join(format!("sayso-wheels-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(only_wheel(&folder).is_err());
        fs::write(folder.join("a.whl"), b"").unwrap();
        fs::write(folder.join("a.txt"), b"").unwrap();
        assert_eq!(only_wheel(&folder).unwrap(), folder.join("a.whl"));
        fs::write(folder.join("b.whl"), b"").unwrap();
        assert!(only_wheel(&folder).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
