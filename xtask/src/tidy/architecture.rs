//! Every path that a guide names exists: maps rot.

use std::path::Path;

use super::{Tracked, Untidy};

/// The guides whose paths are checked.
const GUIDES: [&str; 6] = [
    "ARCHITECTURE.md",
    "README.md",
    "CONTRIBUTING.md",
    "DESIGN.md",
    "GLOSSARY.md",
    "SECURITY.md",
];

/// Folders that a path in a guide can start with; other words with a slash are no paths.
const TOPS: [&str; 16] = [
    "crates/",
    "xtask/",
    "lexicon/",
    "model/",
    "gazetteer/",
    "registry/",
    "training/",
    "cases/",
    "samples/",
    "docs/",
    ".ci/",
    ".cargo/",
    "fuzz/",
    "web/",
    "bindings/",
    ".github/",
];

/// Checks the paths between back quotes in the guides.
pub(crate) fn check(root: &Path, files: &[Tracked]) -> Vec<Untidy> {
    let mut found = Vec::new();
    for guide in GUIDES {
        let Some(file) = files.iter().find(|file| file.path == guide) else {
            found.push(Untidy {
                file: guide.to_owned(),
                line: 0,
                what: "is missing".to_owned(),
            });
            continue;
        };
        for (line, path) in named_paths(&file.text) {
            if !root.join(path).exists() {
                let what = format!("names `{path}`, which does not exist");
                found.push(Untidy {
                    file: guide.to_owned(),
                    line,
                    what,
                });
            }
        }
    }
    found
}

/// Paths between back quotes, with the line they stand in; patterns (`*`, `<…>`) are left out.
fn named_paths(text: &str) -> Vec<(usize, &str)> {
    let mut paths = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for quoted in line.split('`').skip(1).step_by(2) {
            let path = quoted.split_whitespace().next().unwrap_or_default();
            let is_path = TOPS.iter().any(|top| path.starts_with(top));
            if is_path && !path.contains(['*', '<', '{', '…']) && !path.contains("::") {
                paths.push((number + 1, path.trim_end_matches([',', '.', ';'])));
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_and_only_paths() {
        let text = "see `crates/sayso-core/src/lib.rs` and\n`and/or`, `model/`, `cases/*.md`";
        let named = named_paths(text);
        assert_eq!(named, [(1, "crates/sayso-core/src/lib.rs"), (2, "model/")]);
    }

    #[test]
    fn a_path_that_is_gone_is_reported() {
        let file = |path: &str, text: &str| Tracked {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let mut files: Vec<Tracked> = GUIDES.iter().map(|guide| file(guide, "")).collect();
        files[0].text = "the rules are in `crates/gone/`".to_owned();
        let found = check(Path::new("/nowhere"), &files);
        assert_eq!(found.len(), 1);
        assert!(found[0].what.contains("crates/gone/"));
    }
}
