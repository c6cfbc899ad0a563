//! Runs `cases/times.txt`: invented texts with the times they hold.

use std::fmt::Write as _;

use sayso_lexicon::Lexicon;
use sayso_place::{Builder, Gazetteer};
use sayso_text::{Published, Reading, Report, read};

use crate::{Context, Knowledge, Level, Place, PlaceMention, Syntax, TimeRule};

const CASES: &str = include_str!("../../../../cases/times.txt");

/// One text under its date of publication, with the lines expected below it.
struct Case {
    published: Option<&'static str>,
    /// Where its places are.
    country: Option<&'static str>,
    text: String,
    expected: String,
}

fn cases() -> Vec<Case> {
    let (mut published, mut country) = (None, None);
    let mut all: Vec<Case> = Vec::new();
    for line in CASES.lines() {
        if let Some(day) = line.strip_prefix("## published ") {
            published = Some(day).filter(|d| *d != "none");
        } else if let Some(code) = line.strip_prefix("## country ") {
            country = Some(code).filter(|c| *c != "none");
        } else if line.starts_with("  ") {
            let case = all.last_mut().expect("a text before its times");
            let _ = writeln!(case.expected, "{line}");
        } else if !line.is_empty() && !line.starts_with('#') {
            all.push(Case {
                published,
                country,
                text: line.replace('¶', "\n"),
                expected: String::new(),
            });
        }
    }
    all
}

/// The times of a text as the case file writes them.
fn found(case: &Case, reading: &Reading, knowledge: &Knowledge<'_>) -> String {
    let mut out = String::new();
    let syntax = Syntax::of(reading);
    let context = Context {
        reading,
        syntax: &syntax,
        knowledge,
    };
    let place = case.country.map(|code| PlaceMention {
        tokens: 0..1,
        place: place_in(code),
        demonym: false,
        rule: String::new(),
    });
    for time in super::find(&context, place.as_slice()) {
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

/// A place that says nothing but its country.
fn place_in(country: &str) -> Place {
    Place {
        span: sayso_text::Span::default(),
        name: String::new(),
        country: Some(country.to_owned()),
        admin1: None,
        admin2: None,
        lat: Some(0.0),
        lon: Some(0.0),
        geonames: None,
        pcode: None,
        level: Level::Country,
        where_prec: 6,
    }
}

fn reading(case: &Case) -> Reading {
    let mut report = Report::from_text(case.text.as_str());
    report.published = case.published.map(|day| Published::parse(day).unwrap());
    read(report)
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
    assert!(cases.len() >= 300, "{} cases", cases.len());
    let readings: Vec<Reading> = cases.iter().map(reading).collect();
    let wrong: Vec<String> = cases
        .iter()
        .zip(&readings)
        .map(|(case, reading)| (case, found(case, reading, &knowledge)))
        .filter(|(case, found)| *found != case.expected)
        .map(|(case, found)| format!("{}\nexpected\n{}found\n{found}", case.text, case.expected))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cases differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    // What is every rule good for? Each is switched off in turn, and some case must fail.
    let idle: Vec<&str> = TimeRule::ALL
        .iter()
        .filter(|&&rule| {
            let without = Knowledge {
                rules: crate::Rules::all().without(rule),
                ..knowledge
            };
            cases
                .iter()
                .zip(&readings)
                .all(|(case, reading)| found(case, reading, &without) == case.expected)
        })
        .map(|rule| rule.name())
        .collect();
    assert!(idle.is_empty(), "missed by no case: {}", idle.join(", "));
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
    let scan = super::Scan::of(text, &LEXICON.times, &crate::Rules::all());
    let day = published.then(|| jiff::civil::date(2025, 10, 22));
    for narrative in [false, true] {
        let found = super::grammar::find(&scan, narrative);
        let resolved = super::Resolver::new(&scan, day, narrative, Some("SDN")).all(&found);
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
