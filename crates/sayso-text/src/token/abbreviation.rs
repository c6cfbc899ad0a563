//! The abbreviations of `data/abbreviations.tsv`.

use std::sync::LazyLock;

/// How an abbreviation behaves before the next word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name (`Gen.`, `Dr.`); never ends a sentence.
    Title,
    /// Never ends a sentence (`vs.`, `e.g.`).
    Mid,
    /// May end a sentence and then carries its full stop (`Inc.`, `p.m.`).
    End,
    /// A month or day that is no other word (`Sept.`).
    Date,
    /// A month or day that is also a word (`Sun.`); needs a capital and a date after it.
    Weekday,
    /// Needs a digit after it (`No. 5`).
    Number,
    /// A unit; its full stop ends the sentence unless a small letter follows.
    Unit,
    /// A state or province after a town (`Calif.`); needs a capital.
    State,
}

static TABLE: LazyLock<Vec<(&'static str, Abbreviation)>> =
    LazyLock::new(|| parse(include_str!("../../data/abbreviations.tsv")));

/// Lines that name an unknown kind are left out; a test reads the whole file.
fn parse(text: &'static str) -> Vec<(&'static str, Abbreviation)> {
    let mut table: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(form, kind)| {
            let kind = match kind.trim() {
                "title" => Abbreviation::Title,
                "mid" => Abbreviation::Mid,
                "end" => Abbreviation::End,
                "date" => Abbreviation::Date,
                "weekday" => Abbreviation::Weekday,
                "number" => Abbreviation::Number,
                "unit" => Abbreviation::Unit,
                "state" => Abbreviation::State,
                _ => return None,
            };
            Some((form, kind))
        })
        .collect();
    table.sort_unstable_by_key(|(form, _)| *form);
    table
}

/// Longest abbreviation of the table, in bytes.
const LONGEST: usize = 8;

/// Looks up `word` without its full stop, in any case.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0_u8; LONGEST];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let lower: &[u8] = lower;
    TABLE
        .binary_search_by(|(form, _)| form.as_bytes().cmp(lower))
        .ok()
        .and_then(|at| TABLE.get(at))
        .map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_sorted() {
        let text = include_str!("../../data/abbreviations.tsv");
        let lines: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(TABLE.len(), lines.len());
        assert!(lines.is_sorted());
        assert!(TABLE.iter().all(|(form, _)| form.len() <= LONGEST));
    }

    #[test]
    fn looks_up_in_any_case() {
        assert_eq!(abbreviation("GEN"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("Ph.D"), Some(Abbreviation::End));
        assert_eq!(abbreviation("killed"), None);
    }
}
