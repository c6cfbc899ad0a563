//! The licences of what is in the program: most ask that their text travels with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::target::Target;
use crate::{command, root};

/// How files that hold a licence or a notice begin, in capitals.
const NAMES: [&str; 6] = [
    "LICENSE",
    "LICENCE",
    "COPYING",
    "COPYRIGHT",
    "NOTICE",
    "UNLICENSE",
];

/// Of the page's tools only the one whose code the built page holds.
const IN_THE_PAGE: &str = "svelte";

const HEAD: &str = "\
What sayso holds of others: Rust's crates and, where it holds the page, its packages, with the
licences and notices that they carry. NOTICE gives the sources of model, gazetteer, registry and
lexicon.
";

/// A package with what it states and carries.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    licence: String,
    texts: Vec<String>,
}

/// What cargo knows of the crates that are built for a machine.
///
/// # Errors
/// Where cargo does not list them.
pub(crate) fn metadata(target: &Target) -> Result<Value> {
    let listed = command("cargo", &["metadata", "--locked", "--format-version", "1"])
        .args(["--filter-platform", &target.triple])
        .output()
        .context("cannot start cargo")?;
    if !listed.status.success() {
        bail!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&listed.stderr)
        );
    }
    Ok(serde_json::from_slice(&listed.stdout)?)
}

/// Gathers the texts of every crate that is linked into the program, and of every package of the
/// page.
///
/// # Errors
/// Where a package's folder is missing.
pub(crate) fn of_program(metadata: &Value) -> Result<String> {
    let mut packages = crates(metadata, "sayso-cli")?;
    let web = root().join("web");
    let lock = fs::read_to_string(web.join("package-lock.json"))?;
    packages.extend(of_page(&serde_json::from_str(&lock)?, &web)?);
    packages.sort();
    Ok(laid_out(&packages))
}

/// Gathers the texts of every crate that is linked into the Python package, which holds no page.
///
/// # Errors
/// Where a crate's folder is missing.
pub(crate) fn of_wheel(metadata: &Value) -> Result<String> {
    let mut packages = crates(metadata, "sayso-python")?;
    packages.sort();
    Ok(laid_out(&packages))
}

/// Crates that are linked into a program, and what those carry that come from elsewhere.
fn crates(metadata: &Value, program: &str) -> Result<Vec<Package>> {
    let all = list(metadata, "/packages");
    let nodes = list(metadata, "/resolve/nodes");
    let first = all
        .iter()
        .find(|package| text(package, "name") == program)
        .with_context(|| format!("cargo does not know {program}"))?;
    let mut waiting = vec![text(first, "id")];
    let mut linked = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !linked.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| text(node, "id") == id);
        for edge in node.map(|node| list(node, "/deps")).unwrap_or_default() {
            // The kind of an ordinary dependency is null; others are for building and testing.
            let ordinary = list(edge, "/dep_kinds")
                .iter()
                .any(|kind| kind.get("kind").is_some_and(Value::is_null));
            if ordinary {
                waiting.push(text(edge, "pkg"));
            }
        }
    }
    let mut packages = Vec::new();
    for package in all {
        let foreign = package
            .get("source")
            .is_some_and(|source| !source.is_null());
        if !foreign || !linked.contains(text(package, "id")) {
            continue;
        }
        let manifest = Path::new(text(package, "manifest_path"));
        packages.push(Package {
            name: format!("{} {}", text(package, "name"), text(package, "version")),
            licence: text(package, "license").to_owned(),
            texts: texts(manifest.parent().context("a crate without a folder")?)?,
        });
    }
    Ok(packages)
}

/// Packages whose code the page holds.
fn of_page(lock: &Value, web: &Path) -> Result<Vec<Package>> {
    let folder = |name: &str| format!("node_modules/{name}");
    let entry = |name: &str| lock.get("packages").and_then(|all| all.get(folder(name)));
    let names = |of: &Value| -> Vec<String> {
        let object = of.get("dependencies").and_then(Value::as_object);
        object
            .map(|names| names.keys().cloned().collect())
            .unwrap_or_default()
    };
    let own = lock.pointer("/packages").and_then(|all| all.get(""));
    let mut waiting = own.map(names).unwrap_or_default();
    waiting.push(IN_THE_PAGE.to_owned());
    let mut held = BTreeSet::new();
    let mut packages = Vec::new();
    while let Some(name) = waiting.pop() {
        let Some(entry) = entry(&name) else {
            bail!("web/package-lock.json does not hold {name}");
        };
        if !held.insert(name.clone()) {
            continue;
        }
        waiting.extend(names(entry));
        packages.push(Package {
            name: format!("{name} {} (page)", text(entry, "version")),
            licence: text(entry, "license").to_owned(),
            texts: texts(&web.join(folder(&name)))?,
        });
    }
    Ok(packages)
}

/// The texts of licences and notices that lie in the folder of a package.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if NAMES.iter().any(|start| name.starts_with(start)) && entry.path().is_file() {
            let text = String::from_utf8_lossy(&fs::read(entry.path())?).into_owned();
            found.push(text.replace("\r\n", "\n").trim().to_owned());
        }
    }
    found.sort();
    Ok(found)
}

/// Each text once, after the packages that carry it; first those that carry none.
fn laid_out(packages: &[Package]) -> String {
    let mut by_text: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut bare = String::new();
    for package in packages {
        let named = format!("{}: {}", package.name, package.licence);
        if package.texts.is_empty() {
            let _ = writeln!(bare, "  {named}");
        }
        for text in &package.texts {
            by_text.entry(text).or_default().push(named.clone());
        }
    }
    let mut out = HEAD.to_owned();
    if !bare.is_empty() {
        out.push_str("\nThese state their licence and carry no text of it:\n\n");
        out.push_str(&bare);
    }
    let mut by_text: Vec<(Vec<String>, &str)> = by_text
        .into_iter()
        .map(|(text, names)| (names, text))
        .collect();
    by_text.sort();
    for (names, text) in by_text {
        let _ = writeln!(out, "\n{}\n", "-".repeat(80));
        for name in names {
            let _ = writeln!(out, "  {name}");
        }
        let _ = writeln!(out, "\n{text}");
    }
    out
}

fn list<'a>(of: &'a Value, pointer: &str) -> &'a [Value] {
    let array = of.pointer(pointer).and_then(Value::as_array);
    array.map_or(&[], Vec::as_slice)
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn crates_that_only_build_or_test_are_left_out() {
        let folder = std::env::temp_dir().join(format!("sayso-licences-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("LICENSE-MIT"), "Do as you like.\r\n").unwrap();
        fs::write(folder.join("lib.rs"), "fn f() {}").unwrap();
        let package = |name: &str, source: Value| {
            json!({"name": name, "version": "1", "id": name, "license": "MIT", "source": source,
                   "manifest_path": folder.join("Cargo.toml")})
        };
        let metadata = json!({
            "packages": [package("own", Value::Null), package("linked", "r".into()),
                         package("deep", "r".into()), package("tester", "r".into())],
            "resolve": {"nodes": [
                {"id": "own", "deps": [{"pkg": "linked", "dep_kinds": [{"kind": null}]},
                                       {"pkg": "tester", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "linked", "deps": [{"pkg": "deep", "dep_kinds": [{"kind": "build"},
                                                                        {"kind": null}]}]},
            ]},
        });
        let packages = crates(&metadata, "own").unwrap();
        let names: Vec<&str> = packages
            .iter()
            .map(|package| package.name.as_str())
            .collect();
        assert_eq!(names, ["linked 1", "deep 1"]);
        assert_eq!(packages[0].texts, ["Do as you like."]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_text_stands_once_for_all_that_carry_it() {
        let package = |name: &str, texts: &[&str]| Package {
            name: name.to_owned(),
            licence: "MIT".to_owned(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        };
        let out = laid_out(&[
            package("a 1", &["T"]),
            package("b 2", &["T"]),
            package("c 3", &[]),
        ]);
        assert!(out.ends_with("  a 1: MIT\n  b 2: MIT\n\nT\n"), "{out}");
        assert!(out.contains("no text of it:\n\n  c 3: MIT\n"), "{out}");
    }

    #[test]
    fn the_texts_of_this_program_are_gathered() {
        if !root().join("web/node_modules").is_dir() {
            // The page is built before the tests are run.
            assert!(std::env::var_os("CI").is_none(), "the page's packages");
            return;
        }
        let metadata = metadata(&Target::of_this_machine().unwrap()).unwrap();
        let out = of_program(&metadata).unwrap();
        for name in ["  ring 0.17", "  serde_json 1", "  svelte 5"] {
            assert!(out.contains(name), "{name} is missing");
        }
        assert!(out.contains("THE SOFTWARE IS PROVIDED \"AS IS\""));
        assert!(!out.contains("  proptest"), "a crate for tests alone");
        let wheel = of_wheel(&metadata).unwrap();
        assert!(wheel.contains("  pyo3 0") && !wheel.contains("  svelte"));
    }

    #[test]
    fn what_the_page_holds_is_listed() {
        let lock = fs::read_to_string(root().join("web/package-lock.json")).unwrap();
        let lock: Value = serde_json::from_str(&lock).unwrap();
        let nowhere = of_page(&lock, Path::new("/nowhere")).unwrap_err();
        assert!(
            nowhere.to_string().contains("node_modules/svelte"),
            "{nowhere}"
        );
    }
}
