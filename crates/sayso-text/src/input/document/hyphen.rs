//! Lines joined again, and words that were parted at their ends.

use std::collections::BTreeSet;

/// First parts after which a hyphen is the writer's own, wherever the line ends.
const PREFIXES: &[&str] = &[
    "all", "anti", "co", "cross", "ex", "half", "mid", "multi", "non", "post", "pre", "pro",
    "pseudo", "quasi", "self", "semi", "so", "ultra", "well",
];

/// Joins lines, and knows which words the document writes with a hyphen.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    hyphenated: BTreeSet<String>,
}

impl Joiner {
    /// Learns from lines how words are written within them.
    pub(super) fn of<'l>(lines: impl IntoIterator<Item = &'l str>) -> Self {
        let mut hyphenated = BTreeSet::new();
        for line in lines {
            for word in line.split_whitespace() {
                let word = bare(word);
                if word.contains('-') {
                    hyphenated.insert(word.to_lowercase());
                }
            }
        }
        Self { hyphenated }
    }

    /// Appends the next line to what has been joined so far.
    pub(super) fn join(&self, text: &mut String, line: &str) {
        let line = line.trim();
        if text.is_empty() {
            text.push_str(line);
            return;
        }
        let Some((kept, soft)) = parted(text) else {
            text.push(' ');
            text.push_str(line);
            return;
        };
        let small = line.chars().next().is_some_and(char::is_lowercase);
        let before = kept.rsplit(char::is_whitespace).next().unwrap_or(kept);
        let after = line.split_whitespace().next().unwrap_or_default();
        let whole = format!("{}-{}", bare(before), bare(after)).to_lowercase();
        let own = !soft
            && (!small
                || self.hyphenated.contains(&whole)
                || before.contains('-')
                || PREFIXES.contains(&bare(before).to_lowercase().as_str()));
        let length = kept.len();
        text.truncate(length);
        if own {
            text.push('-');
        }
        text.push_str(line);
    }
}

/// What stands before the hyphen that a line ends with, and whether it is a soft one; `None` where
/// it ends otherwise.
fn parted(text: &str) -> Option<(&str, bool)> {
    let end = text.chars().next_back()?;
    let kept = match end {
        '-' | '\u{2010}' | '\u{ad}' => text.get(..text.len() - end.len_utf8())?,
        _ => return None,
    };
    let letter = kept.chars().next_back().is_some_and(char::is_alphabetic);
    letter.then_some((kept, end == '\u{ad}'))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> String {
        let joiner = Joiner::of(lines.iter().copied());
        let mut text = String::new();
        for line in lines {
            joiner.join(&mut text, line);
        }
        text
    }

    #[test]
    fn words_are_whole_again() {
        assert_eq!(
            joined(&["the district gover-", "nor said"]),
            "the district governor said"
        );
        assert_eq!(joined(&["the gover\u{ad}", "nor"]), "the governor");
        assert_eq!(joined(&["the road,", "the bridge"]), "the road, the bridge");
    }

    #[test]
    fn hyphens_of_the_writer_stay() {
        assert_eq!(
            joined(&["the self-", "styled front"]),
            "the self-styled front"
        );
        assert_eq!(joined(&["the Tarra-", "Gao road"]), "the Tarra-Gao road");
        assert_eq!(
            joined(&["a cease-fire; the cease-", "fire held"]),
            "a cease-fire; the cease-fire held"
        );
        assert_eq!(joined(&["killed 3 -", "the mayor"]), "killed 3 - the mayor");
    }
}
