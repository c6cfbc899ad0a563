//! The Python wheels: that of the package, and that for Spark.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use zip::ZipArchive;

use super::leaks;
use super::target::Target;
use crate::{root, run_to_end, system};

/// What builds them.
const MATURIN: &str = "maturin==1.16.0";
const HATCHLING: &str = "hatchling==1.33.0";

/// Licences and notices that lie at the root of the repository.
const OWN: [&str; 2] = ["LICENSE", "NOTICE"];

/// What the licences of others are called in a wheel: builders take whatever begins with `NOTICE`.
const OF_OTHERS: &str = "NOTICE-THIRD-PARTY.txt";

/// Builds the wheel into a folder. Its tag says which systems it runs on: maturin reads off the
/// library which version of the C library it needs, and refuses to promise more. Its licences have to
/// be laid beside it ([`lay_licences`]).
///
/// # Errors
/// Where maturin cannot be had, the build fails, or the wheel lacks a licence.
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
    let wheels = with_end(folder, &["whl"])?;
    let [wheel] = &wheels[..] else {
        bail!("maturin has built {} wheels and not one", wheels.len());
    };
    if libraries.is_empty() {
        bail!("maturin has built no library");
    }
    for library in libraries {
        leaks::none(&library, target)?;
    }
    holds(wheel, &[&OWN[..], &[OF_OTHERS]].concat())
}

/// Lays beside the sources of the package what its wheel holds of licences and notices: maturin takes
/// files by these names. `of_others` are the licences of what is linked into it.
///
/// # Errors
/// Where a file cannot be written.
pub(crate) fn lay_licences(of_others: &str) -> Result<()> {
    let folder = root().join("bindings/python");
    for (name, text) in own()? {
        lay(&folder.join(name), text.as_bytes())?;
    }
    lay(&folder.join(OF_OTHERS), of_others.as_bytes())
}

/// Writes a file where it holds something else: a link to the file itself is left as it is, and one
/// that a system without links has as text is not written through.
fn lay(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|held| held == bytes) {
        return Ok(());
    }
    if fs::symlink_metadata(path).is_ok() {
        fs::remove_file(path).with_context(|| format!("cannot replace {}", path.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Builds the wheel for Spark into a folder: Python alone, the same for every system.
///
/// # Errors
/// As [`build`].
pub(crate) fn build_for_spark(folder: &Path, target: &Target) -> Result<()> {
    let hatchling = system::python_tool("hatchling", HATCHLING)?;
    let package = root().join("bindings/spark");
    let beside = Beside::lay(&package, &own()?)?;
    let before = with_end(folder, &["whl"])?;
    run_to_end(
        Command::new(hatchling)
            .args(["build", "--target", "wheel", "--directory"])
            .arg(folder)
            .env("SOURCE_DATE_EPOCH", target.epoch.to_string())
            .current_dir(&package),
    )?;
    drop(beside);
    let mut made = with_end(folder, &["whl"])?;
    made.retain(|wheel| !before.contains(wheel));
    let [wheel] = &made[..] else {
        bail!("hatchling has built {} wheels and not one", made.len());
    };
    holds(wheel, &OWN)
}

fn own() -> Result<Vec<(&'static str, String)>> {
    let read = |name: &'static str| {
        let text = fs::read_to_string(root().join(name));
        Ok((name, text.with_context(|| format!("no {name}"))?))
    };
    OWN.into_iter().map(read).collect()
}

/// Files that lie in the folder of a package while it is built: builders take licences from there
/// alone. Those that are there already stay.
struct Beside(Vec<PathBuf>);

impl Beside {
    fn lay(folder: &Path, files: &[(&str, String)]) -> Result<Self> {
        let mut laid = Self(Vec::new());
        for (name, text) in files {
            let path = folder.join(name);
            if !path.exists() {
                laid.0.push(path.clone());
                fs::write(&path, text)
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        Ok(laid)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        for path in &self.0 {
            // What is left would be seen as not committed.
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a wheel has these files, wherever.
///
/// # Errors
/// Where one is missing.
fn holds(wheel: &Path, names: &[&str]) -> Result<()> {
    let file = File::open(wheel).with_context(|| format!("no {}", wheel.display()))?;
    let archive = ZipArchive::new(file)?;
    let held: Vec<String> = archive
        .file_names()
        .map(|name| name.map(std::borrow::Cow::into_owned).unwrap_or_default())
        .collect();
    for name in names {
        let end = format!("/{name}");
        if !held.iter().any(|held| held.ends_with(&end)) {
            bail!("{} holds no {name}", wheel.display());
        }
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

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let folder = std::env::temp_dir().join(format!("sayso-lay-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (own, link) = (folder.join("OWN"), folder.join("LINK"));
        fs::write(&own, "A").unwrap();
        std::os::unix::fs::symlink(&own, &link).unwrap();
        lay(&link, b"A").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        lay(&link, b"B").unwrap();
        assert_eq!(fs::read(&own).unwrap(), b"A");
        assert_eq!(fs::read(&link).unwrap(), b"B");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn licences_lie_beside_a_package_while_it_is_built() {
        let folder = std::env::temp_dir().join(format!("sayso-beside-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("LICENSE"), "theirs").unwrap();
        let laid = Beside::lay(&folder, &own().unwrap()).unwrap();
        assert!(folder.join("NOTICE").exists());
        drop(laid);
        assert!(!folder.join("NOTICE").exists());
        assert_eq!(fs::read(folder.join("LICENSE")).unwrap(), b"theirs");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_wheel_without_a_licence_is_not_handed_out() {
        let path = std::env::temp_dir().join(format!("sayso-{}.whl", std::process::id()));
        let mut wheel = zip::ZipWriter::new(File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        wheel
            .start_file("sayso-0.1.0.dist-info/licenses/LICENSE", options)
            .unwrap();
        wheel.finish().unwrap();
        assert!(holds(&path, &["LICENSE"]).is_ok());
        let missing = holds(&path, &OWN).unwrap_err();
        assert!(missing.to_string().contains("no NOTICE"), "{missing}");
        fs::remove_file(&path).unwrap();
    }
}
