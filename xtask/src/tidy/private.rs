//! Nothing of one machine is committed.

use super::{Tracked, Untidy};

/// Paths and hosts that only make sense on the machine they were written on.
const OF_ONE_MACHINE: [&str; 5] = ["/home/", "/Users/", "/root/", "\"/work/", "`/work/"];

/// Checks every text file for absolute paths of somebody's machine.
pub(crate) fn check(files: &[Tracked]) -> Vec<Untidy> {
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.path.starts_with("xtask/src/tidy/"))
    {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(path) = OF_ONE_MACHINE.iter().find(|path| line.contains(**path)) {
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
    }
}
