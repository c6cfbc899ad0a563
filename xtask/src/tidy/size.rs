//! The shipped data stay small enough to be part of every program.

use std::fs;
use std::path::Path;

use super::Untidy;

/// The files that hold the world's places and actors.
const SHIPPED: [&str; 2] = ["gazetteer/places.gaz", "registry/actors.reg"];

/// Most bytes of them together.
const MOST: u64 = 30_000_000;

/// Checks that the shipped data are there and together within 30 MB.
pub(crate) fn check(root: &Path) -> Vec<Untidy> {
    let sizes = SHIPPED.map(|file| (file, fs::metadata(root.join(file)).map(|m| m.len()).ok()));
    let mut found: Vec<Untidy> = sizes
        .iter()
        .filter(|(_, size)| size.is_none())
        .map(|(file, _)| untidy(file, "is missing".to_owned()))
        .collect();
    let all: u64 = sizes.iter().filter_map(|(_, size)| *size).sum();
    if all > MOST {
        let what = format!("and {} are {all} bytes together, over {MOST}", SHIPPED[1]);
        found.push(untidy(SHIPPED[0], what));
    }
    found
}

fn untidy(file: &str, what: String) -> Untidy {
    Untidy {
        file: file.to_owned(),
        line: 0,
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_and_too_little_are_found() {
        let root = std::env::temp_dir().join(format!("sayso-size-{}", std::process::id()));
        fs::create_dir_all(root.join("gazetteer")).unwrap();
        fs::create_dir_all(root.join("registry")).unwrap();
        let make = |file: &str, bytes: u64| {
            fs::File::create(root.join(file))
                .unwrap()
                .set_len(bytes)
                .unwrap();
        };
        make(SHIPPED[0], MOST - 5);
        assert_eq!(check(&root).len(), 1, "one is missing");
        make(SHIPPED[1], 5);
        assert_eq!(check(&root), []);
        make(SHIPPED[1], 6);
        assert_eq!(check(&root).len(), 1, "one byte too many");
        fs::remove_dir_all(&root).unwrap();
    }
}
