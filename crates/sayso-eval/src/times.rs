//! Time expressions by kind: which kinds are found, and whose value is right.
//!
//! The kind is decided from the gold and its words alone, by the first of [`KINDS`] that holds, so
//! that the rows are the same for every version of the program.

use std::path::Path;

use anyhow::{Result, ensure};
use sayso_core::TimeMention;
use sayso_text::Span;

use crate::coding::Answer;
use crate::gold::timeml::{self, GoldTime};
use crate::table::{Table, share};

/// A gold expression, its words in lower case, and whether it is joined to another as a range.
struct Wanted<'a> {
    gold: &'a GoldTime,
    words: String,
    joined: bool,
}

/// A kind's name and what is of it.
type Kind = (&'static str, fn(&Wanted<'_>) -> bool);

/// In the order in which they are tried.
const KINDS: [Kind; 14] = [
    ("set (every Friday, daily)", |w| {
        w.gold.kind == "SET"
            || w.value().starts_with("XXXX-")
            || w.has(&["every", "each", "daily", "annually"])
    }),
    ("duration (three days, the past week)", |w| {
        w.gold.kind == "DURATION" || w.value().starts_with('P') && !w.value().ends_with("_REF")
    }),
    ("now, once, later (no date)", |w| {
        w.value().ends_with("_REF")
    }),
    ("range (either end)", |w| w.joined),
    ("part of the day, clock time", |w| w.value().contains('T')),
    ("season, feast", |w| {
        ["-SP", "-SU", "-FA", "-WI"]
            .iter()
            .any(|season| w.value().contains(season))
            || w.has(&["christmas", "easter", "ramadan", "eid", "passover", "eve"])
    }),
    ("weekday", |w| {
        !w.words.contains(|c: char| c.is_ascii_digit())
            && w.words
                .split(|c: char| !c.is_alphabetic())
                .any(|word| word.ends_with("day") && word.len() >= 6 && !word.contains("today"))
            && !w.has(&["yesterday", "holiday"])
    }),
    ("part of a period (early May, the end of 2019)", |w| {
        w.has(&[
            "early",
            "late",
            "mid",
            "middle",
            "beginning",
            "end",
            "start",
            "half",
            "earlier",
            "later",
            "close",
            "part",
            "turn",
        ]) && !w.has(&[
            "days", "weeks", "months", "years", "hours", "day", "week", "month",
        ])
    }),
    ("seen from another time (two days later, last year)", |w| {
        w.has(&[
            "ago",
            "later",
            "earlier",
            "before",
            "after",
            "next",
            "last",
            "previous",
            "following",
            "preceding",
            "this",
            "that",
            "same",
            "today",
            "yesterday",
            "tomorrow",
            "then",
            "time",
            "from",
            "prior",
            "past",
            "coming",
            "current",
            "now",
        ])
    }),
    ("decade, century", |w| {
        w.value().trim_start_matches("BC").len() < 4
    }),
    ("full date", |w| w.year_given() && w.value().len() >= 10),
    ("day and month without a year", |w| w.value().len() >= 10),
    ("month", |w| w.value().trim_start_matches("BC").len() == 7),
    ("year and the rest", |_| true),
];

impl Wanted<'_> {
    fn value(&self) -> &str {
        &self.gold.value
    }

    fn has(&self, words: &[&str]) -> bool {
        self.words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word))
    }

    /// Whether the words give a year of four digits.
    fn year_given(&self) -> bool {
        self.words
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() == 4)
    }
}

/// What became of the expressions of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    gold: usize,
    found: usize,
    right: usize,
}

/// The table of kinds for the answers to a folder of TimeML files, or to one.
///
/// # Errors
/// Where a file of the gold cannot be read, or its text is not the one that was coded.
pub(crate) fn table(gold: &Path, answers: &[Answer]) -> Result<String> {
    let mut counts = [Count::default(); KINDS.len()];
    for answer in answers {
        let path = if gold.is_dir() {
            gold.join(format!("{}.tml", answer.id))
        } else {
            gold.to_owned()
        };
        let (text, wanted) = timeml::read(&path)?;
        ensure!(
            text == answer.coded.reading.text(),
            "{}: the gold has another text than was coded",
            answer.id
        );
        count(&text, &wanted, &answer.coded.sheet.times, &mut counts);
    }
    let mut table = Table::new(&["kind", "gold", "found", "value right", "found", "value"]);
    let mut all = Count::default();
    let mut row = |name: &str, count: &Count| {
        table.row([
            name.to_owned(),
            count.gold.to_string(),
            count.found.to_string(),
            count.right.to_string(),
            share(count.found, count.gold),
            share(count.right, count.gold),
        ]);
    };
    for ((name, _), count) in KINDS.iter().zip(&counts) {
        row(name, count);
        all.gold += count.gold;
        all.found += count.found;
        all.right += count.right;
    }
    row("all", &all);
    Ok(table.finish())
}

/// Adds what was found of `wanted`, matched as the scorer matches: an expression with the same span
/// counts, or else the first that overlaps.
fn count(text: &str, wanted: &[GoldTime], found: &[TimeMention], counts: &mut [Count]) {
    for (i, gold) in wanted.iter().enumerate() {
        let after = wanted.get(i + 1).map(|next| (gold.span, next.span));
        let before = i
            .checked_sub(1)
            .and_then(|at| wanted.get(at))
            .map(|last| (last.span, gold.span));
        let one = Wanted {
            gold,
            words: gold.span.of(text).to_lowercase(),
            joined: [before, after]
                .into_iter()
                .flatten()
                .any(|(first, second)| joins(text, first, second)),
        };
        let Some(count) = KINDS
            .iter()
            .position(|(_, is)| is(&one))
            .and_then(|kind| counts.get_mut(kind))
        else {
            continue;
        };
        count.gold += 1;
        let mut near = found.iter().filter(|mine| {
            mine.span.start() < gold.span.end() && gold.span.start() < mine.span.end()
        });
        let first = near.clone().next();
        let best = near.find(|mine| mine.span == gold.span).or(first);
        count.found += usize::from(best.is_some());
        count.right += usize::from(best.is_some_and(|mine| mine.value == gold.value));
    }
}

/// Whether two expressions are the ends of one stretch.
fn joins(text: &str, first: Span, second: Span) -> bool {
    first.end() <= second.start()
        && matches!(
            Span::new(first.end(), second.start()).of(text).trim(),
            "-" | "–" | "—" | "to" | "until" | "through"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(words: &str, kind: &str, value: &str) -> &'static str {
        let gold = GoldTime {
            span: Span::default(),
            kind: kind.to_owned(),
            value: value.to_owned(),
        };
        let wanted = Wanted {
            gold: &gold,
            words: words.to_lowercase(),
            joined: false,
        };
        KINDS.iter().find(|(_, is)| is(&wanted)).unwrap().0
    }

    #[test]
    fn kinds_are_told_by_words_and_value() {
        for (words, of, value, expected) in [
            ("every Friday", "SET", "XXXX-WXX-5", "set"),
            ("three days", "DURATION", "P3D", "duration"),
            ("the past", "DATE", "PAST_REF", "now"),
            ("Tuesday night", "TIME", "2025-10-21TNI", "part of the day"),
            ("that spring", "DATE", "1914-SP", "season"),
            ("Tuesday", "DATE", "2025-10-21", "weekday"),
            ("early May", "DATE", "2025-05", "part of a period"),
            ("two days later", "DATE", "2025-10-21", "seen from"),
            ("the 1990s", "DATE", "199", "decade"),
            ("3 May 1914", "DATE", "1914-05-03", "full date"),
            ("3 May", "DATE", "1914-05-03", "day and month"),
            ("May", "DATE", "1914-05", "month"),
            ("1914", "DATE", "1914", "year"),
            ("480 BC", "DATE", "BC0480", "year"),
        ] {
            assert!(kind(words, of, value).starts_with(expected), "{words}");
        }
    }

    #[test]
    fn the_same_span_counts_before_one_that_overlaps() {
        let text = "late May 1914";
        let gold = [GoldTime {
            span: Span::new(0, 13),
            kind: "DATE".to_owned(),
            value: "1914-05".to_owned(),
        }];
        let mine = |start: usize, value: &str| TimeMention {
            tokens: 0..1,
            span: Span::new(start, 13),
            kind: sayso_core::TimeType::Date,
            value: value.to_owned(),
            start: None,
            end: None,
            rule: sayso_core::TimeRule::CalendarDate,
        };
        let mut counts = [Count::default(); KINDS.len()];
        count(
            text,
            &gold,
            &[mine(5, "1914"), mine(0, "1914-05")],
            &mut counts,
        );
        let all: Vec<&Count> = counts.iter().filter(|c| c.gold > 0).collect();
        assert_eq!(
            all,
            [&Count {
                gold: 1,
                found: 1,
                right: 1
            }]
        );
    }
}
