//! Asks a running desk whatever the document of its API allows, and much that it does not.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

use crate::{call, root, run_to_end, system};

/// What is installed, with its version.
const WANTED: &str = "crates/sayso-server/tests/schemathesis.txt";

/// Cases for each operation, beside those that its limits ask for.
const CASES: &str = "12";

/// Never: a server error, a status or a kind of body that the document does not name, or a body of
/// another form.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance";

/// Runs Schemathesis against the demo.
///
/// # Errors
/// Where there is no `python3` with `venv`, the package cannot be had, or a case fails.
pub(crate) fn run() -> Result<()> {
    let schemathesis = system::python_tool_listed("schemathesis", WANTED)?;
    // Of the whole workspace, with the features of the tests.
    let build = ["build", "--locked", "--workspace", "--bin", "sayso"];
    call("cargo", &build)?;
    let desk = Desk::open()?;
    let document = root().join("web/openapi.json").display().to_string();
    run_to_end(
        Command::new(schemathesis)
            .args(["run", &document, "--url", &desk.address])
            .args(["--header", &format!("Authorization: Bearer {}", desk.key)])
            // Listening has no end.
            .args(["--exclude-path", "/api/v1/events"])
            .args(["--checks", CHECKS, "--max-examples", CASES])
            .args(["--phases", "examples,coverage,fuzzing"])
            .current_dir(root().join("target")),
    )
}

/// The demo, on a port that is free; it ends with this.
struct Desk {
    child: Child,
    address: String,
    key: String,
}

impl Desk {
    fn open() -> Result<Self> {
        let mut child = Command::new(root().join("target/debug/sayso"))
            .args(["desk", "--demo", "--no-open"])
            .stdout(Stdio::piped())
            .spawn()
            .context("the desk does not start")?;
        let output = child.stdout.take().context("the desk says nothing")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let (address, key) = line
            .trim()
            .split_once("/open?key=")
            .with_context(|| format!("the desk prints no address but `{}`", line.trim()))?;
        Ok(Self {
            child,
            address: address.to_owned(),
            key: key.to_owned(),
        })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
