//! No source file over 600 lines without a reason.

use super::{Tracked, Untidy};

const MOST: usize = 600;

/// Ends of the names of sources; what a program wrote is none.
const SOURCES: [&str; 7] = ["rs", "py", "pyi", "ts", "mjs", "js", "svelte"];

/// A longer file says so near its top: `Long because …`.
const REASON: &str = "Long because";

/// Checks the sources of every language.
pub(crate) fn check(files: &[Tracked]) -> Vec<Untidy> {
    files
        .iter()
        .filter(|file| {
            let name = std::path::Path::new(&file.path);
            let end = name.extension().unwrap_or_default().to_string_lossy();
            SOURCES.contains(&end.as_ref())
        })
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let excused = file.text.lines().take(20).any(|line| line.contains(REASON));
            (lines > MOST && !excused).then(|| Untidy {
                file: file.path.clone(),
                line: 0,
                what: format!("has {lines} lines; over {MOST} it says why (`{REASON} …`)"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_need_a_reason() {
        let file = |text: String| {
            [Tracked {
                path: "a.rs".to_owned(),
                text,
            }]
        };
        assert!(check(&file("x\n".repeat(600))).is_empty());
        assert_eq!(check(&file("x\n".repeat(601))).len(), 1);
        assert!(check(&file(format!("//! {REASON} it is.\n{}", "x\n".repeat(700)))).is_empty());
    }
}
