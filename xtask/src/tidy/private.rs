//! Nothing of one machine is committed.

use super::{Tracked, Untidy};
use crate::root;

/// Where systems keep what is somebody's own.
const HOMES: [&str; 3] = ["/home/", "/Users/", "/root/"];

/// Paths that only make sense on one machine: those, and the folder that this checkout lies in,
/// quoted.
fn of_one_machine() -> Vec<String> {
    let mut paths: Vec<String> = HOMES.map(str::to_owned).to_vec();
    let around = root();
    if let Some(around) = around.parent().filter(|around| around.parent().is_some()) {
        paths.extend(["\"", "`"].map(|quote| format!("{quote}{}/", around.display())));
    }
    paths
}

/// Checks every text file for absolute paths of somebody's machine.
pub(crate) fn check(files: &[Tracked]) -> Vec<Untidy> {
    let paths = of_one_machine();
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.path.starts_with("xtask/src/tidy/"))
    {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(path) = paths.iter().find(|path| line.contains(*path)) {
                let what = format!("holds `{path}`, a path of one machine");
                found.push(Untidy {
                    file: file.path.clone(),
                    line: number + 1,
                    what,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_somebodys_machine_is_found() {
        let text = "fine\nlet path = \"/home/me/x\";\n".to_owned();
        let found = check(&[Tracked {
            path: "a.rs".to_owned(),
            text,
        }]);
        assert_eq!(found[0].line, 2);
        let here = format!("read(\"{}/notes\")\n", root().display());
        let found = check(&[Tracked {
            path: "b.rs".to_owned(),
            text: here,
        }]);
        assert_eq!(found[0].line, 1);
    }
}
