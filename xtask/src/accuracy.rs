//! `cargo xtask accuracy PATH`: `sayso-eval` on the whole of the gold.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::call;

/// Writes `docs/ACCURACY.md` with the release build.
///
/// # Errors
/// Where no path is given, where it is none, or where `sayso-eval` fails.
pub(crate) fn run(shared: Option<&str>) -> Result<()> {
    let Some(shared) = shared else {
        bail!("say where scorers and gold lie: cargo xtask accuracy PATH");
    };
    let shared = Path::new(shared)
        .canonicalize()
        .with_context(|| format!("no folder {shared}"))?;
    let shared = shared
        .to_str()
        .context("the path of scorers and gold must be UTF-8")?;
    let run = ["run", "--release", "--locked", "--package", "sayso-eval"];
    call("cargo", &[&run[..], &["--", "page", shared]].concat())
}
