//! What is in each part that is handed out, as CycloneDX lists (<https://cyclonedx.org>).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::data;
use super::target::Target;
use crate::{call, command, page, root, run_to_end, system};

/// Pinned, so that a list changes only when what it lists does.
const VERSION: &str = "0.5.9";

/// What cargo-cyclonedx calls its files: it writes one beside the manifest of every member.
const WRITTEN: &str = "release.cdx";

/// Writes the lists of what is in these parts, crates and data: the crate that the part is made from,
/// and the name of the part. `metadata` is cargo's. Installs cargo-cyclonedx where it is missing.
///
/// # Errors
/// Where the tool cannot be had, or its lists do not hold what they should.
pub(crate) fn of_crates(
    folder: &Path,
    target: &Target,
    metadata: &Value,
    parts: &[(&str, &str)],
) -> Result<Vec<PathBuf>> {
    if !command("cargo", &["cyclonedx", "--version"])
        .output()?
        .status
        .success()
    {
        let install = [
            "install",
            "--locked",
            "--version",
            VERSION,
            "cargo-cyclonedx",
        ];
        call("cargo", &install)?;
    }
    let mut write = command("cargo", &["cyclonedx", "--quiet", "--format", "json"]);
    write
        .args(["--spec-version", "1.5", "--no-build-deps"])
        .args(["--target", &target.triple, "--override-filename", WRITTEN])
        .env("SOURCE_DATE_EPOCH", target.epoch.to_string());
    let outcome = run_to_end(&mut write);
    let mut written = Vec::new();
    for manifest in manifests()? {
        let Some(beside) = manifest.parent() else {
            continue;
        };
        let list = beside.join(format!("{WRITTEN}.json"));
        let Ok(text) = fs::read_to_string(&list) else {
            continue;
        };
        fs::remove_file(&list)?;
        let mut list: Value = serde_json::from_str(&target.rewritten(&text))?;
        let about = list
            .pointer("/metadata/component/name")
            .and_then(Value::as_str);
        let part = parts.iter().find(|(name, _)| about == Some(name));
        if let Some((name, part)) = part {
            let data = data::components(&list, metadata)?;
            if let Some(components) = list.get_mut("components").and_then(Value::as_array_mut) {
                components.extend(data);
            }
            let part = format!("{part}-{}", target.triple);
            written.push(save(folder, &part, name, list)?);
        }
    }
    outcome?;
    if written.len() != parts.len() {
        bail!(
            "cargo-cyclonedx wrote {} of {} lists",
            written.len(),
            parts.len()
        );
    }
    Ok(written)
}

/// Writes the list of the page's packages, its tools included.
///
/// # Errors
/// Where npm is too old or does not answer.
pub(crate) fn of_page(folder: &Path) -> Result<PathBuf> {
    let mut npm = Command::new(page::NPM);
    npm.args(["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"])
        .args(["--sbom-type", "application"])
        .current_dir(root().join("web"));
    let asked = system::within(&mut npm, Duration::from_mins(2))?;
    if !asked.success {
        bail!("npm sbom (npm 10 or later): {}", asked.errors.trim());
    }
    let list = serde_json::from_str(&asked.output).context("npm's list is no JSON")?;
    // npm calls it by its folder.
    save(folder, "page", "web", list)
}

/// Keeps a list, without what is different each time it is made.
fn save(folder: &Path, part: &str, about: &str, mut list: Value) -> Result<PathBuf> {
    let components = list.get("components").and_then(Value::as_array);
    let count = components.map_or(0, Vec::len);
    let named = list
        .pointer("/metadata/component/name")
        .and_then(Value::as_str);
    if list.get("bomFormat").and_then(Value::as_str) != Some("CycloneDX")
        || named != Some(about)
        || count == 0
    {
        bail!("the list of {about} is none: about {named:?}, with {count} components");
    }
    if let Some(list) = list.as_object_mut() {
        list.remove("serialNumber");
        if let Some(metadata) = list.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.remove("timestamp");
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    let path = folder.join(format!("sayso-{version}-{part}.cdx.json"));
    fs::write(&path, serde_json::to_string_pretty(&list)? + "\n")
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// The manifests of all crates.
fn manifests() -> Result<Vec<PathBuf>> {
    let listed = command("git", &["ls-files", "-z", "--", "*Cargo.toml"])
        .output()
        .context("cannot list the crates: is git installed?")?;
    let listed = String::from_utf8(listed.stdout)?;
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    Ok(paths.map(|path| root().join(path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_differs_each_time_is_left_out() {
        let folder = std::env::temp_dir().join(format!("sayso-sbom-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let list = |serial: &str, time: &str| {
            json!({"bomFormat": "CycloneDX", "serialNumber": serial,
                   "metadata": {"timestamp": time, "component": {"name": "part"}},
                   "components": [{"name": "serde", "version": "1"}]})
        };
        let mut texts = Vec::new();
        for list in [
            list("urn:uuid:1", "2026-01-01"),
            list("urn:uuid:2", "2026-01-02"),
        ] {
            let path = save(&folder, "x", "part", list).unwrap();
            texts.push(fs::read_to_string(path).unwrap());
        }
        assert_eq!(texts[0], texts[1]);
        assert!(texts[0].contains("serde"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_list_of_nothing_or_of_something_else_is_refused() {
        let component = json!({"component": {"name": "part"}});
        let empty = json!({"bomFormat": "CycloneDX", "metadata": component, "components": []});
        assert!(save(Path::new("/nowhere"), "x", "part", empty.clone()).is_err());
        let refused = save(Path::new("/nowhere"), "x", "other", empty).unwrap_err();
        assert!(refused.to_string().contains("other"), "{refused}");
    }

    #[test]
    fn the_program_is_among_the_manifests() {
        let manifest = root().join("crates/sayso-cli/Cargo.toml");
        assert!(manifests().unwrap().contains(&manifest));
    }

    #[test]
    fn the_page_is_listed_from_its_lock_file_alone() {
        // Node.js is there wherever the page is built; npm 9 has no lists.
        if !system::answers(page::NPM) {
            assert!(std::env::var_os("CI").is_none(), "npm is missing");
            return;
        }
        let folder = std::env::temp_dir().join(format!("sayso-page-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        match of_page(&folder) {
            Ok(path) => assert!(
                fs::read_to_string(path)
                    .unwrap()
                    .contains("pkg:npm/svelte@")
            ),
            Err(error) => assert!(error.to_string().contains("npm 10"), "{error:#}"),
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
