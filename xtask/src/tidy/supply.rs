//! Everything comes from where everybody gets it.

use super::{Tracked, Untidy};

/// Where the lock file of each language may say that packages come from.
const LOCKS: [(&str, &str, &str); 2] = [
    (
        "Cargo.lock",
        "source = \"",
        "registry+https://github.com/rust-lang/crates.io-index",
    ),
    (
        "package-lock.json",
        "\"resolved\": \"",
        "https://registry.npmjs.org/",
    ),
];

/// What only names another registry, in whatever file.
const ELSEWHERE: [&str; 6] = [
    "--index-url",
    "--extra-index-url",
    "--find-links http",
    "replace-with",
    "npm config set registry",
    "artifactory",
];

/// Checks lock files, and every other file for settings that name a registry.
pub(crate) fn check(files: &[Tracked]) -> Vec<Untidy> {
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.path.starts_with("xtask/src/tidy/"))
    {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let lock = LOCKS.iter().find(|(lock, ..)| *lock == name);
        for (number, line) in file.text.lines().enumerate() {
            let foreign = lock.is_some_and(|(_, field, registry)| {
                let value = line.trim().strip_prefix(field);
                value.is_some_and(|value| !value.starts_with(registry))
            });
            if foreign || ELSEWHERE.iter().any(|word| line.contains(word)) {
                found.push(Untidy {
                    file: file.path.clone(),
                    line: number + 1,
                    what: format!("names a registry of its own: `{}`", line.trim()),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let file = Tracked {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        check(&[file])
            .into_iter()
            .map(|untidy| untidy.line)
            .collect()
    }

    #[test]
    fn locks_name_the_public_registries_alone() {
        let cargo = "name = \"a\"\nsource = \"registry+https://mirror.example/index\"\n\
                     source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        assert_eq!(lines("fuzz/Cargo.lock", cargo), [2]);
        let npm = "\"resolved\": \"https://registry.npmjs.org/a.tgz\",\n\
                   \"resolved\": \"https://mirror.example/a.tgz\",\n";
        assert_eq!(lines("web/package-lock.json", npm), [2]);
    }

    #[test]
    fn settings_that_name_a_registry_are_found() {
        let text = "six==1.17.0\n--index-url https://mirror.example/simple\n";
        assert_eq!(lines("bindings/python/requirements.txt", text), [2]);
        assert!(lines("README.md", "the index of words\n").is_empty());
    }
}
