//! Model, gazetteer and registry files that are damaged, cut off, empty or of another version are
//! refused, with what to do.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use sayso_coder::{Coder, Own};
use sayso_place::{Builder, Feature, NewPlace};
use sayso_registry::Registry;

/// A fresh folder below the system's folder for such things.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("sayso-damaged-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The bytes with one changed, cut short, and followed by more.
fn damaged(bytes: &[u8], places: impl IntoIterator<Item = usize>) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new(), [bytes, b"x"].concat()];
    for at in places {
        let mut changed = bytes.to_vec();
        changed[at] ^= 0x5a;
        all.push(changed);
        all.push(bytes[..at].to_vec());
    }
    all
}

#[test]
fn gazetteers() {
    let mut builder = Builder::new();
    for (name, feature) in [("Tarra Land", Feature::Country), ("Tarra", Feature::Seat1)] {
        builder.add(&NewPlace {
            name: name.to_owned(),
            other_names: vec!["Osk".to_owned()],
            lat: 10.0,
            lon: 20.0,
            geonames: None,
            feature,
            population: 5_000,
            renown: 1,
            parent: None,
            codes: (feature == Feature::Country).then(|| ("TL".to_owned(), "TLL".to_owned())),
        });
    }
    let sound = builder.finish("2026-09").unwrap();
    let folder = folder("gazetteer");
    let path = folder.join("own.gaz");
    let own = Own {
        gazetteer: Some(path.clone()),
        ..Own::default()
    };
    fs::write(&path, &sound).unwrap();
    assert!(own.gazetteer().is_ok());
    // Four bytes of the header mean nothing: what is not read cannot be told from what it was.
    let read = (0..sound.len()).filter(|at| !(12..16).contains(at) && !(44..48).contains(at));
    for bytes in damaged(&sound, read) {
        fs::write(&path, &bytes).unwrap();
        let error = own.gazetteer().unwrap_err().to_string();
        assert!(error.contains("own.gaz"), "{error}");
        assert!(error.contains("sayso gazetteer import"), "{error}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn models() {
    let folder = folder("model");
    let names = ["labels.json", "vocab.txt", "sayso-en.onnx"];
    let sound = names.map(|name| fs::read(root().join("model").join(name)).unwrap());
    let gazetteer = root().join("gazetteer/places.gaz");
    let write_all = || {
        for (name, bytes) in names.iter().zip(&sound) {
            fs::write(folder.join(name), bytes).unwrap();
        }
    };
    write_all();
    assert!(Coder::open(&folder, &gazetteer).is_ok());
    for (name, bytes) in names.iter().zip(&sound) {
        let length = bytes.len();
        // A byte of a number deep in the weights, and of a word of the vocabulary, among them.
        for changed in damaged(bytes, [0, length / 3, length - 1]) {
            // More white space behind a JSON object, or other letters in a key, is another matter.
            if *name == "labels.json"
                && serde_json::from_slice::<serde_json::Value>(&changed).is_ok()
            {
                continue;
            }
            fs::write(folder.join(name), &changed).unwrap();
            let error = Coder::open(&folder, &gazetteer).unwrap_err().to_string();
            assert!(error.contains("model folder"), "{name}: {error}");
        }
        write_all();
    }
    let text = String::from_utf8(sound[0].clone()).unwrap();
    fs::write(folder.join(names[0]), text.replace("en-1", "en-7")).unwrap();
    let error = Coder::open(&folder, &gazetteer).unwrap_err().to_string();
    assert!(
        error.contains("en-7") && error.contains("came with the program"),
        "{error}"
    );
    fs::remove_file(folder.join(names[1])).unwrap();
    write_all();
    fs::remove_file(folder.join(names[2])).unwrap();
    let error = Coder::open(&folder, &gazetteer).unwrap_err().to_string();
    assert!(error.contains("sayso-en.onnx"), "{error}");
    fs::remove_dir_all(&folder).unwrap();
}

/// What travels in the program is not read through at every start; it is here.
#[test]
fn registries() {
    let sound = fs::read(root().join("registry/actors.reg")).unwrap();
    assert!(Registry::from_bytes(sound.clone()).is_ok());
    // The header, and the index of names, which begins behind the line that names the edition.
    for bytes in damaged(&sound, [0, 9, 14, 17, 200, 5_000, 60_000])
        .into_iter()
        .skip(1)
    {
        if let Err(error) = Registry::from_bytes(bytes) {
            let error = error.to_string();
            assert!(error.contains("install the program again"), "{error}");
        }
    }
    for at in [0, 9, 5_000, 60_000] {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x5a;
        assert!(Registry::from_bytes(bytes).is_err(), "byte {at}");
    }
    for length in [0, 7, 60, 70, 5_000, sound.len() - 1] {
        assert!(
            Registry::from_bytes(sound[..length].to_vec()).is_err(),
            "{length}"
        );
    }
}
