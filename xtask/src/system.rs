//! What the system has, and what it can be asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::{call, root};

/// What Python is called.
pub(crate) const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };

/// Whether a program is on the path and says its version.
pub(crate) fn answers(program: &str) -> bool {
    answers_to(program, "--version")
}

/// Whether a program is on the path and has an answer to `question`.
pub(crate) fn answers_to(program: &str, question: &str) -> bool {
    Command::new(program)
        .arg(question)
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

/// How a command ended, and what it wrote.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) success: bool,
    pub(crate) output: String,
    pub(crate) errors: String,
}

/// Runs a command, without input, for so long at most.
///
/// # Errors
/// Where it cannot be started, or does not end in time.
pub(crate) fn within(command: &mut Command, most: Duration) -> Result<Ended> {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let name = command.get_program().to_string_lossy().into_owned();
    // Files rather than pipes: what is full would hold the command up.
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("sayso-xtask-{}-{run}", std::process::id()));
    let (output, errors) = (path.with_extension("out"), path.with_extension("err"));
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(fs::File::create(&output)?)
        .stderr(fs::File::create(&errors)?)
        .spawn()
        .with_context(|| format!("cannot start `{name}`"))?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if started.elapsed() > most {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into();
    let (written, complained) = (text(&output), text(&errors));
    for path in [output, errors] {
        fs::remove_file(path)?;
    }
    let Some(status) = status else {
        bail!("`{name}` did not end within {} seconds", most.as_secs());
    };
    Ok(Ended {
        success: status.success(),
        output: written,
        errors: complained,
    })
}

/// A program written in Python, in an environment of its own; `wanted` is what pip installs, with
/// versions.
///
/// # Errors
/// As [`python_environment`].
pub(crate) fn python_tool(program: &str, wanted: &str) -> Result<PathBuf> {
    let pip: Vec<&str> = wanted.split_whitespace().collect();
    let folder = python_environment(program, wanted, &pip)?;
    Ok(scripts(&folder).join(program))
}

/// A program written in Python, in an environment by a list of requirements.
///
/// # Errors
/// As [`python_listed`].
pub(crate) fn python_tool_listed(program: &str, list: &str) -> Result<PathBuf> {
    Ok(scripts(&python_listed(program, list)?).join(program))
}

/// An environment `target/NAME` with what a list of requirements names: the path from the root.
///
/// # Errors
/// Where the list cannot be read, and as [`python_environment`].
pub(crate) fn python_listed(name: &str, list: &str) -> Result<PathBuf> {
    let wanted = fs::read_to_string(root().join(list)).with_context(|| format!("no {list}"))?;
    python_environment(name, &wanted, &["--requirement", list])
}

/// The environment `target/NAME`, with what `pip install` gets by these arguments; made anew where
/// `wanted`, which says what that is, has changed.
///
/// # Errors
/// Where there is no `python3` with `venv`, or the packages cannot be had.
fn python_environment(name: &str, wanted: &str, pip: &[&str]) -> Result<PathBuf> {
    let environment = format!("target/{name}");
    let folder = root().join(&environment);
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    call(PYTHON, &["-m", "venv", "--clear", &environment])
        .context("needs python3 with venv (Debian: python3-venv)")?;
    let python = scripts(&folder).join("python").display().to_string();
    let install = ["-m", "pip", "install", "--quiet"];
    call(&python, &[&install, pip].concat())?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(folder)
}

/// Where an environment keeps its programs.
pub(crate) fn scripts(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts" } else { "bin" })
}

/// Where an environment keeps its packages.
///
/// # Errors
/// Where its Python does not answer.
pub(crate) fn site_packages(environment: &Path) -> Result<PathBuf> {
    let ask = "import sysconfig; print(sysconfig.get_path('purelib'))";
    let mut python = Command::new(scripts(environment).join("python"));
    let asked = within(python.args(["-c", ask]), Duration::from_secs(30))?;
    if !asked.success {
        bail!("{}: {}", environment.display(), asked.errors.trim());
    }
    Ok(PathBuf::from(asked.output.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_ends_or_is_ended() {
        let minute = Duration::from_mins(1);
        let ended = within(Command::new("cargo").arg("--version"), minute).unwrap();
        assert!(ended.success && ended.output.starts_with("cargo"));
        let ended = within(Command::new("cargo").arg("no-such-thing"), minute).unwrap();
        assert!(!ended.success && !ended.errors.is_empty());
        let missing = within(&mut Command::new("no-such-program"), minute).unwrap_err();
        assert!(missing.to_string().contains("no-such-program"));
        let waits = "import time; time.sleep(60)";
        let started = Instant::now();
        let most = Duration::from_millis(200);
        let late = within(Command::new(PYTHON).args(["-c", waits]), most).unwrap_err();
        assert!(late.to_string().contains("did not end"), "{late}");
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
