//! `cargo xtask release --check`: the same commit, built in two folders, gives the same bytes. They are
//! the release then.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::{FILES, sums};
use crate::{command, root, run_to_end};

/// Builds the last commit in two folders of different lengths, compares what comes out, and keeps it
/// as the release.
///
/// # Errors
/// Where a build fails or the two differ.
pub(crate) fn check() -> Result<()> {
    let place = root().join("target/release-check");
    if place.exists() {
        fs::remove_dir_all(&place).context("cannot empty target/release-check")?;
    }
    fs::create_dir_all(&place).context("cannot make target/release-check")?;
    let mut all = Vec::new();
    for folder in ["a", "another-folder/with-a-longer-name"] {
        let clone = place.join(folder);
        run_to_end(command("git", &["clone", "--quiet", "--no-hardlinks", "."]).arg(&clone))?;
        run_to_end(
            Command::new("cargo")
                .args(["xtask", "release"])
                .env_remove("CARGO_TARGET_DIR")
                .current_dir(&clone),
        )?;
        let kept = place.join(format!("files-{}", all.len() + 1));
        fs::rename(clone.join(FILES), &kept).context("cannot keep what was built")?;
        fs::remove_dir_all(&clone).with_context(|| format!("cannot remove {}", clone.display()))?;
        all.push(sums_of(&kept)?);
    }
    let [one, two] = &all[..] else {
        bail!("built {} times", all.len());
    };
    let differences = differences(one, two);
    if !differences.is_empty() {
        bail!(
            "built twice, and not the same (target/release-check): {}",
            differences.join(", ")
        );
    }
    let files = root().join(FILES);
    if files.exists() {
        fs::remove_dir_all(&files).with_context(|| format!("cannot empty {FILES}"))?;
    }
    fs::rename(place.join("files-1"), &files).context("cannot keep what was built")?;
    eprint!("built twice, byte for byte the same, now in {FILES}:\n{one}");
    Ok(())
}

/// The checksums that were written, which have to be those of the files.
fn sums_of(folder: &Path) -> Result<String> {
    let written = fs::read_to_string(folder.join(sums::NAME))?;
    if sums::of(folder)? != written {
        bail!("{} does not hold for its files", sums::NAME);
    }
    Ok(written)
}

/// Names of files that are not the same in both, or only in one.
fn differences<'a>(one: &'a str, two: &'a str) -> Vec<&'a str> {
    let name = |line: &'a str| line.split_once("  ").map_or(line, |(_, name)| name);
    let missing = |from: &'a str, other: &'a str| {
        from.lines()
            .filter(move |line| !other.lines().any(|there| there == *line))
            .map(name)
    };
    let mut names: Vec<&str> = missing(one, two).chain(missing(two, one)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named() {
        let one = "aa  sayso.tar.gz\nbb  sayso.whl\n";
        assert!(differences(one, one).is_empty());
        assert_eq!(
            differences(one, "aa  sayso.tar.gz\ncc  sayso.whl\n"),
            ["sayso.whl"]
        );
        assert_eq!(differences(one, "aa  sayso.tar.gz\n"), ["sayso.whl"]);
    }
}
