//! `cargo xtask release`: what is handed out, and that anybody gets the same bytes from a commit.

mod archive;
mod data;
mod elf;
mod leaks;
mod licences;
mod lookups;
mod sbom;
mod sums;
mod target;
mod twice;
mod wheel;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{command, page, root, run_to_end};
use archive::Packed;
use target::Target;

/// Where everything goes; emptied first.
const FILES: &str = "target/release-files";

/// Makes the release, or, with `--check`, makes it twice and compares.
///
/// # Errors
/// Where a part cannot be built, holds a path of this machine, or differs the second time.
pub(crate) fn run(option: Option<&str>) -> Result<()> {
    match option {
        None => make(),
        Some("--check") => twice::check(),
        Some(other) => bail!("`{other}` is no option of release; there is: --check"),
    }
}

fn make() -> Result<()> {
    let files = root().join(FILES);
    if files.exists() {
        fs::remove_dir_all(&files).with_context(|| format!("cannot empty {FILES}"))?;
    }
    fs::create_dir_all(&files).with_context(|| format!("cannot make {FILES}"))?;
    page::build()?;
    // Before the paths are gathered that the compilers must not write down.
    run_to_end(&mut command("cargo", &["fetch", "--locked"]))?;
    let target = Target::of_this_machine()?;
    let program = program(&target)?;
    let name = format!("sayso-{}-{}", env!("CARGO_PKG_VERSION"), target.triple);
    leaks::none(&program, &target)?;
    let metadata = licences::metadata(&target)?;
    let contents = contents(&licences::of_program(&metadata)?, &program)?;
    archive::write(&files, &name, target.epoch, &contents)?;
    wheel::lay_licences(&licences::of_wheel(&metadata)?)?;
    wheel::build(&files, &target)?;
    if target.is_linux() {
        // As the list of what is in the page, it is the same for every system, and handed out once.
        wheel::build_for_spark(&files, &target)?;
    }
    let parts = [("sayso-cli", "program"), ("sayso-python", "wheel")];
    let mut lists = sbom::of_crates(&files, &target, &metadata, &parts)?;
    if target.is_linux() {
        lists.push(sbom::of_page(&files)?);
    }
    for list in lists {
        leaks::none(&list, &target)?;
    }
    sums::write(&files)
}

/// Lays the licences of the Python package beside its sources, where its builders take them from.
///
/// # Errors
/// Where cargo does not list the crates, or a file cannot be written.
pub(crate) fn lay_licences_of_wheel() -> Result<()> {
    let metadata = licences::metadata(&Target::of_this_machine()?)?;
    wheel::lay_licences(&licences::of_wheel(&metadata)?)
}

/// Builds the program; on Linux one that needs nothing of the system it runs on.
fn program(target: &Target) -> Result<PathBuf> {
    let package = ["rustc", "--locked", "--profile", "dist", "-p", "sayso-cli"];
    let mut build = command("cargo", &package);
    build.args(["--bin", "sayso", "--target", &target.triple]);
    target.prepare(&mut build);
    if target.is_linux() {
        // Of the program alone: the wheel is made of the same crates, but cannot be static.
        let folder = root().join("target").join(&target.triple).join("lookups");
        let lookups = lookups::object(&folder, target)?;
        build.args(["--", "-Ctarget-feature=+crt-static"]);
        build.arg(format!("-Clink-arg={}", lookups.display()));
    }
    run_to_end(&mut build)?;
    let folder = root().join("target").join(&target.triple).join("dist");
    let program = folder.join(format!("sayso{}", std::env::consts::EXE_SUFFIX));
    if target.is_linux() {
        let bytes = fs::read(&program)?;
        if elf::loader(&bytes).context("the program is no ELF file")? {
            bail!("{} asks for a loader: it is not static", program.display());
        }
    }
    // What was built has to run, and to code.
    let sample = "samples/camp-cordon.txt";
    run_to_end(
        Command::new(&program)
            .args(["code", sample, "--format", "json"])
            .stdout(std::process::Stdio::null())
            .current_dir(root()),
    )?;
    Ok(program)
}

/// What travels with the program: licences, guides and samples.
fn contents(of_others: &str, program: &Path) -> Result<Vec<Packed>> {
    let name = format!("sayso{}", std::env::consts::EXE_SUFFIX);
    let mut contents = vec![
        Packed::program(&name, fs::read(program)?),
        Packed::file("THIRD-PARTY.txt", of_others.as_bytes().to_vec()),
    ];
    let listed = command(
        "git",
        &["ls-files", "-z", "--", "*.md", "LICENSE", "NOTICE"],
    )
    .args([
        "docs",
        "samples",
        "model/*.md",
        "gazetteer/*.md",
        "registry/*.md",
    ])
    .output()
    .context("cannot list the guides: is git installed?")?;
    let listed = String::from_utf8(listed.stdout)?;
    for path in listed.split('\0').filter(|path| travels(path)) {
        let bytes = fs::read(root().join(path)).with_context(|| format!("cannot read {path}"))?;
        contents.push(Packed::file(path, bytes));
    }
    Ok(contents)
}

/// Whether a file of the repository goes with the program.
fn travels(path: &str) -> bool {
    let folders = ["docs/", "samples/", "model/", "gazetteer/", "registry/"];
    let beside = !path.contains('/') && path != "CONTRIBUTING.md";
    !path.is_empty() && (beside || folders.iter().any(|folder| path.starts_with(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides_and_samples_travel_and_sources_do_not() {
        for path in [
            "LICENSE",
            "NOTICE",
            "docs/DESK.md",
            "model/CARD.md",
            "samples/ceasefire.txt",
        ] {
            assert!(travels(path), "{path}");
        }
        for path in [
            "",
            "CONTRIBUTING.md",
            "cases/README.md",
            "crates/sayso-cli/src/main.rs",
        ] {
            assert!(!travels(path), "{path}");
        }
    }

    #[test]
    fn no_option_but_check() {
        assert!(
            run(Some("--fast"))
                .unwrap_err()
                .to_string()
                .contains("--check")
        );
    }
}
