//! Runs `cases/times.txt`: invented texts with the times they hold.

use std::fmt::Write as _;

use sayso_lexicon::Lexicon;
use sayso_place::{Builder, Gazetteer};
use sayso_text::{Published, Report, read};

use crate::{Context, Knowledge, Syntax};

const CASES: &str = include_str!("../../../../cases/times.txt");

/// One text under its date of publication, with the lines expected below it.
struct Case<'a> {
    published: Option<&'a str>,
    text: &'a str,
    expected: String,
}

fn cases() -> Vec<Case<'static>> {
    let mut published = None;
    let mut all: Vec<Case<'static>> = Vec::new();
    for line in CASES.lines() {
        if let Some(day) = line.strip_prefix("## published ") {
            published = Some(day).filter(|d| *d != "none");
        } else if line.starts_with("  ") {
            let case = all.last_mut().expect("a text before its times");
            let _ = writeln!(case.expected, "{line}");
        } else if !line.is_empty() && !line.starts_with('#') {
            all.push(Case {
                published,
                text: line,
                expected: String::new(),
            });
        }
    }
    all
}

/// The times of a text as the case file writes them.
fn found(case: &Case<'_>, knowledge: &Knowledge<'_>) -> String {
    let mut report = Report::from_text(case.text);
    report.published = case.published.map(|day| Published::parse(day).unwrap());
    let reading = read(report);
    let mut out = String::new();
    let syntax = Syntax::of(&reading);
    let context = Context {
        reading: &reading,
        syntax: &syntax,
        knowledge,
    };
    for time in super::find(&context) {
        let tokens = reading.span(&time.tokens);
        assert!(
            tokens.contains(time.span),
            "{tokens:?} holds {:?}",
            time.span
        );
        let days = match (time.start, time.end) {
            (Some(start), Some(end)) if start == end => start.to_string(),
            (Some(start), Some(end)) => format!("{start}..{end}"),
            _ => "-".to_owned(),
        };
        let (quote, kind) = (reading.slice(time.span), time.kind.as_str());
        let _ = writeln!(out, "  {quote} | {kind} {} | {days}", time.value);
    }
    out
}

#[test]
fn times_are_read_as_the_cases_say() {
    let cases = cases();
    let empty = Builder::new().finish("2025-01-01").unwrap();
    let gazetteer = Gazetteer::from_bytes(empty).unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let knowledge = Knowledge {
        lexicon: &lexicon,
        gazetteer: &gazetteer,
        registry: &sayso_registry::Registry::default(),
        rules: crate::Rules::all(),
    };
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| found(case, &knowledge) != case.expected)
        .map(|case| {
            format!(
                "{}\nexpected\n{}found\n{}",
                case.text,
                case.expected,
                found(case, &knowledge)
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cases differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Words that rules hang on, so that random texts reach deep into them.
const WORDS: [&str; 64] = [
    "the",
    "of",
    "in",
    "on",
    "and",
    "to",
    "from",
    "between",
    "March",
    "May",
    "Oct",
    "Sunday",
    "Tuesday",
    "night",
    "morning",
    "early",
    "late",
    "end",
    "last",
    "next",
    "this",
    "that",
    "previous",
    "following",
    "year",
    "month",
    "weeks",
    "days",
    "hours",
    "decades",
    "century",
    "ago",
    "later",
    "before",
    "after",
    "three",
    "half",
    "a",
    "999999",
    "2025",
    "480",
    "BC",
    "31",
    "12",
    "22",
    "1990",
    "s",
    "-",
    ",",
    ".",
    ":",
    "/",
    "'",
    "\n\n",
    "will",
    "until",
    "since",
    "summer",
    "Ramadan",
    "Eid",
    "every",
    "into",
    "overnight",
    "first",
];

proptest::proptest! {
    #[test]
    fn any_words_give_times_whose_days_are_in_order(
        picks in proptest::collection::vec((0..WORDS.len(), proptest::bool::ANY), 0..40),
        published in proptest::bool::ANY,
    ) {
        let mut text = String::new();
        for (pick, glued) in picks {
            if !glued {
                text.push(' ');
            }
            text.push_str(WORDS[pick]);
        }
        check(&text, published);
    }

    #[test]
    fn any_text_gives_times_within_it(text in "\\PC{0,60}", published in proptest::bool::ANY) {
        check(&text, published);
    }
}

fn check(text: &str, published: bool) {
    static LEXICON: std::sync::LazyLock<Lexicon> =
        std::sync::LazyLock::new(|| Lexicon::builtin().unwrap());
    let scan = super::Scan::of(text, &LEXICON.times);
    let day = published.then(|| jiff::civil::date(2025, 10, 22));
    for narrative in [false, true] {
        let found = super::grammar::find(&scan, narrative);
        let resolved = super::Resolver::new(&scan, day, narrative).all(&found);
        assert_eq!(found.len(), resolved.len());
        let mut last = 0;
        for (found, resolved) in found.iter().zip(&resolved) {
            let span = scan.span(found.atoms.start, found.atoms.end);
            assert!(last <= span.start() && !span.is_empty() && !span.of(text).is_empty());
            last = span.end();
            assert!(!resolved.value.is_empty());
            if let Some((start, end)) = resolved.interval {
                assert!(start <= end, "{:?} {resolved:?}", span.of(text));
            }
        }
    }
}
