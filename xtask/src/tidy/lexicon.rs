//! Every file of lexicon/ names its origin and licence and is sorted.

use std::path::Path;

use super::{Tracked, Untidy};

/// Checks headers of all files and the order of tab-separated ones.
pub(crate) fn check(files: &[Tracked]) -> Vec<Untidy> {
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("lexicon/"))
    {
        if is(file, "md") {
            continue;
        }
        for header in ["# origin:", "# licence:"] {
            let header_lines = file.text.lines().take_while(|line| line.starts_with('#'));
            let stated = header_lines.into_iter().any(|line| {
                line.strip_prefix(header)
                    .is_some_and(|value| !value.trim().is_empty())
            });
            if !stated {
                let what = format!("has no header line `{header} …`");
                found.push(Untidy {
                    file: file.path.clone(),
                    line: 0,
                    what,
                });
            }
        }
        if is(file, "tsv") {
            found.extend(unsorted(file));
        }
    }
    found
}

fn is(file: &Tracked, extension: &str) -> bool {
    Path::new(&file.path)
        .extension()
        .is_some_and(|end| end == extension)
}

fn unsorted(file: &Tracked) -> Option<Untidy> {
    let lines: Vec<(usize, &str)> = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .collect();
    let pair = lines.windows(2).find(|pair| pair[0].1 >= pair[1].1)?;
    Some(Untidy {
        file: file.path.clone(),
        line: pair[1].0 + 1,
        what: format!("`{}` is out of order or doubled", pair[1].1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Untidy> {
        check(&[Tracked {
            path: "lexicon/cues.tsv".to_owned(),
            text: text.to_owned(),
        }])
    }

    #[test]
    fn sorted_with_a_header_is_tidy() {
        assert!(found("# origin: own\n# licence: Apache-2.0\na\nb\n").is_empty());
    }

    #[test]
    fn says_what_is_missing_and_where_the_order_breaks() {
        assert!(found("# origin: own\na\n")[0].what.contains("licence"));
        let out_of_order = found("# origin: own\n# licence: Apache-2.0\nb\na\n");
        assert_eq!(out_of_order[0].line, 4);
    }
}
