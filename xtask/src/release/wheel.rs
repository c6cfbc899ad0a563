//! The Python wheel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::leaks;
use super::target::Target;
use crate::{root, run_to_end, system};

/// What builds it.
const MATURIN: &str = "maturin==1.16.0";

/// Builds the wheel into a folder. Its tag says which systems it runs on: maturin reads off the
/// library which version of the C library it needs, and refuses to promise more.
///
/// # Errors
/// Where maturin cannot be had, or the build fails.
pub(crate) fn build(folder: &Path, target: &Target) -> Result<()> {
    let maturin = system::python_tool("maturin", MATURIN)?;
    let mut build = Command::new(maturin);
    build
        .args(["build", "--locked", "--profile", "dist", "--strip"])
        .args(["--target", &target.triple])
        .args(["--manifest-path", "bindings/python/Cargo.toml", "--out"])
        .arg(folder)
        .current_dir(root());
    target.prepare(&mut build);
    run_to_end(&mut build)?;
    // In the wheel it is compressed.
    let built = root().join("target").join(&target.triple).join("dist");
    let libraries = with_end(&built, &["so", "dylib", "dll"])?;
    if libraries.is_empty() || with_end(folder, &["whl"])?.len() != 1 {
        bail!(
            "maturin has built {} libraries and not one wheel",
            libraries.len()
        );
    }
    for library in libraries {
        leaks::none(&library, target)?;
    }
    Ok(())
}

/// Files of a folder whose names end so.
fn with_end(folder: &Path, ends: &[&str]) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let paths = listed.flatten().map(|entry| entry.path());
    let end = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        ends.contains(&extension.as_ref())
    };
    Ok(paths.filter(end).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_ends() {
        let folder = std::env::temp_dir().join(format!("sayso-wheel-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for name in ["a.so", "a.d", "b.dylib", "so"] {
            fs::write(folder.join(name), "").unwrap();
        }
        let mut found = with_end(&folder, &["so", "dylib"]).unwrap();
        found.sort();
        assert_eq!(found, [folder.join("a.so"), folder.join("b.dylib")]);
        fs::remove_dir_all(&folder).unwrap();
        assert!(with_end(&folder, &["so"]).is_err());
    }
}
