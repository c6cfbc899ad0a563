//! The project's own chores, run as `cargo xtask NAME`.

mod accuracy;
mod api;
mod audit;
mod deny;
mod fuzz;
mod page;
mod portable;
mod postgres;
mod python;
mod readers;
mod release;
mod spark;
mod system;
mod test;
mod tidy;
mod workflows;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

const HELP: &str = "\
cargo xtask test    everything that has to pass: format, lints, licences, tidy, tests (installs
                    npm, PostgreSQL and Chromium, where apt-get can, and Python's readers of files
                    for the exports')
cargo xtask tidy    the checks that no compiler makes: paths in ARCHITECTURE.md, lexicon files,
                    length of files, what must not be committed
cargo xtask deny    licences and sources of every dependency (installs cargo-deny)
cargo xtask audit   advisories about crates, npm's and Python's packages, where their databases can
                    be reached; what could not be asked is said
cargo xtask release what is handed out, into target/release-files: the program, the Python wheel,
                    lists of what is in them, checksums; with --check it is built twice in two
                    folders and compared (installs maturin and cargo-cyclonedx)
cargo xtask workflows
                    form and safety of .github/workflows/ (installs check-jsonschema and zizmor)
cargo xtask portable
                    the tests that macOS and Windows pass as well
cargo xtask page    builds the page of the desk from web/ (npm); the program then holds it
cargo xtask api     asks a running desk whatever its document allows (installs Schemathesis)
cargo xtask python  builds the Python package, installs it into target/python and tests it
cargo xtask spark   tests the package for Apache Spark on a small cluster of this machine, with the
                    wheel of `cargo xtask python` (installs Spark and Java)
cargo xtask fuzz [SECONDS [TARGET …]]
                    throws random input at every reader, 60 seconds each (installs a C++ compiler)
cargo xtask accuracy PATH
                    scores the program on gold and writes docs/ACCURACY.md (sayso-eval)";

fn main() -> ExitCode {
    if fuzz::is_compiler() {
        return fuzz::compile();
    }
    let task = std::env::args().nth(1).unwrap_or_default();
    let outcome = match task.as_str() {
        "test" => test::run(),
        "tidy" => tidy::run(),
        "deny" => deny::run(),
        "audit" => audit::run().tell(),
        "release" => release::run(std::env::args().nth(2).as_deref()),
        "workflows" => workflows::check(),
        "page" => page::build(),
        "portable" => portable::run(),
        "api" => api::run(),
        "python" => python::run(),
        "spark" => spark::run(),
        "fuzz" => fuzz::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        "accuracy" => accuracy::run(std::env::args().nth(2).as_deref()),
        other => Err(anyhow::anyhow!("`{other}` is no task; there are:\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Runs a command in the root of the repository, its output going to ours.
fn call(program: &str, arguments: &[&str]) -> Result<()> {
    run_to_end(&mut command(program, arguments))
}

/// A command that is started in the root of the repository.
fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command, says which, and fails where it fails.
fn run_to_end(command: &mut Command) -> Result<()> {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    let words = words.join(" ");
    eprintln!("$ {words}");
    let status = command
        .status()
        .with_context(|| format!("cannot start `{words}`"))?;
    if !status.success() {
        bail!("`{words}` failed ({status})");
    }
    Ok(())
}
