//! What a program holds that is no crate: the model, the places, the actors, the words, and the C of
//! SQLite. Whoever reads the list of what is in it finds them there, with licence and checksum.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{command, root};

/// The crate that carries SQLite's own source.
const SQLITE: &str = "libsqlite3-sys";

/// Files of `model/`, `gazetteer/` and `registry/` that are compiled in, what each is to CycloneDX,
/// its licence by SPDX, and the page that says so.
const MADE: [(&str, &str, &str, &str); 5] = [
    (
        "model/sayso-en.onnx",
        "machine-learning-model",
        "CC-BY-SA-4.0",
        "model/CARD.md",
    ),
    ("model/vocab.txt", "data", "CC-BY-SA-4.0", "model/CARD.md"),
    ("model/labels.json", "data", "CC-BY-SA-4.0", "model/CARD.md"),
    (
        "gazetteer/places.gaz",
        "data",
        "CC-BY-4.0",
        "gazetteer/CARD.md",
    ),
    (
        "registry/actors.reg",
        "data",
        "CC-BY-4.0",
        "registry/CARD.md",
    ),
];

/// Components for a list of what is in a program: its data, and SQLite in the version that the crates
/// of the list bring. `metadata` is cargo's.
///
/// # Errors
/// Where a file is missing or says no licence, or SQLite no version.
pub(crate) fn components(list: &Value, metadata: &Value) -> Result<Vec<Value>> {
    let mut components = Vec::new();
    for (path, kind, licence, card) in MADE {
        let stated = fs::read_to_string(root().join(card)).with_context(|| format!("no {card}"))?;
        let edition = edition(&stated);
        let mut component = of_file(path, kind, &json!({"license": {"id": licence}}))?;
        component["version"] = json!(edition.with_context(|| format!("{card} names no edition"))?);
        components.push(component);
    }
    for path in lexicon()? {
        let text = fs::read_to_string(root().join(&path))?;
        let licence = text
            .lines()
            .find_map(|line| line.strip_prefix("# licence:"))
            .with_context(|| format!("{path} states no licence"))?;
        let licence = json!({"license": {"name": licence.trim()}});
        components.push(of_file(&path, "data", &licence)?);
    }
    components.extend(sqlite(list, metadata)?);
    Ok(components)
}

fn of_file(path: &str, kind: &str, licence: &Value) -> Result<Value> {
    let bytes = fs::read(root().join(path)).with_context(|| format!("cannot read {path}"))?;
    let sum = Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut sum, byte| {
            let _ = write!(sum, "{byte:02x}");
            sum
        });
    Ok(json!({
        "type": kind,
        "bom-ref": format!("sayso:{path}"),
        "name": path,
        "hashes": [{"alg": "SHA-256", "content": sum}],
        "licenses": [licence],
    }))
}

/// What a card calls the file's version or edition, between backticks or after the word.
fn edition(card: &str) -> Option<String> {
    let after = |word: &str| card.split_once(word).map(|(_, rest)| rest);
    if let Some(rest) = after("edition `") {
        return Some(rest.split('`').next()?.to_owned());
    }
    let version = after("version ")?.split_whitespace().next()?;
    Some(version.trim_matches(['`', '.', ',']).to_owned())
}

/// The files of the lexicon.
fn lexicon() -> Result<Vec<String>> {
    let listed = command("git", &["ls-files", "-z", "--", "lexicon"])
        .output()
        .context("cannot list the lexicon: is git installed?")?;
    let listed = String::from_utf8(listed.stdout)?;
    let is_data = |path: &&str| {
        let end = Path::new(path).extension();
        end.is_some_and(|end| end == "tsv" || end == "toml")
    };
    let paths: Vec<String> = listed
        .split('\0')
        .filter(is_data)
        .map(str::to_owned)
        .collect();
    if paths.is_empty() {
        bail!("git lists no file of the lexicon");
    }
    Ok(paths)
}

/// SQLite, where a crate of the list carries it.
fn sqlite(list: &Value, metadata: &Value) -> Result<Option<Value>> {
    let array = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned();
    let carrier = array(list, "components")
        .into_iter()
        .flatten()
        .find(|component| component["name"] == SQLITE);
    let Some(carrier) = carrier else {
        return Ok(None);
    };
    let package = array(metadata, "packages")
        .into_iter()
        .flatten()
        .find(|package| package["name"] == SQLITE && package["version"] == carrier["version"])
        .with_context(|| format!("cargo does not know {SQLITE} {}", carrier["version"]))?;
    let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let header = manifest.with_file_name("sqlite3").join("sqlite3.h");
    let header =
        fs::read_to_string(&header).with_context(|| format!("cannot read {}", header.display()))?;
    let version = header
        .lines()
        .find_map(|line| line.strip_prefix("#define SQLITE_VERSION "))
        .map(|version| version.trim().trim_matches('"'))
        .with_context(|| format!("{SQLITE} does not say which SQLite it carries"))?;
    Ok(Some(json!({
        "type": "library",
        "bom-ref": format!("sayso:sqlite@{version}"),
        "name": "sqlite",
        "version": version,
        "purl": format!("pkg:generic/sqlite@{version}"),
        // What SQLite has in the place of a licence.
        "licenses": [{"license": {"id": "blessing"}}],
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_listed_with_licence_and_checksum() {
        let none = json!({"components": []});
        let components = components(&none, &Value::Null).unwrap();
        let named = |name: &str| components.iter().find(|part| part["name"] == name).unwrap();
        let model = named("model/sayso-en.onnx");
        assert_eq!(model["version"], "en-1");
        assert_eq!(named("gazetteer/places.gaz")["type"], "data");
        let sum = model["hashes"][0]["content"].as_str().unwrap();
        // The same sum that the program checks the weights by.
        let labels = fs::read_to_string(root().join("model/labels.json")).unwrap();
        assert!(labels.contains(sum), "{sum}");
        assert!(named("lexicon/cues.tsv")["licenses"][0]["license"]["name"] == "Apache-2.0");
        assert!(components.len() > 40, "{}", components.len());
    }

    #[test]
    fn licences_are_those_of_the_cards() {
        for (path, _, licence, card) in MADE {
            let card = fs::read_to_string(root().join(card)).unwrap();
            let written = licence.trim_start_matches("CC-").replace('-', " ");
            // SPDX writes CC-BY-SA-4.0 for CC BY-SA 4.0.
            let written = format!("CC {}", written.replace("BY SA", "BY-SA"));
            assert!(card.contains(&written), "{path}: no {written}");
        }
    }

    #[test]
    fn the_sqlite_that_a_crate_carries_is_a_part_of_its_own() {
        let folder = std::env::temp_dir().join(format!("sayso-sqlite-{}", std::process::id()));
        fs::create_dir_all(folder.join("sqlite3")).unwrap();
        let header = "/* x */\n#define SQLITE_VERSION        \"3.50.4\"\n";
        fs::write(folder.join("sqlite3/sqlite3.h"), header).unwrap();
        let list = json!({"components": [{"name": SQLITE, "version": "0.40.0"}]});
        let package = |version: &str, folder: &Path| json!({"name": SQLITE, "version": version, "manifest_path": folder.join("Cargo.toml")});
        let metadata = json!({"packages": [package("0.37.0", Path::new("/nowhere")),
                                           package("0.40.0", &folder)]});
        let found = sqlite(&list, &metadata).unwrap().unwrap();
        assert_eq!(found["version"], "3.50.4");
        assert!(sqlite(&list, &Value::Null).is_err());
        assert_eq!(sqlite(&json!({"components": []}), &metadata).unwrap(), None);
        fs::remove_dir_all(&folder).unwrap();
    }
}
