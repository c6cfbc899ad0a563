//! Runs the literate cases of `cases/` with what is shipped: see `cases/README.md`.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod expect;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect::{Case, Vocabulary};
use sayso_lexicon::{EventFrame, Lexicon};

/// Of `cases/statements` there are at least so many cases, …
const CASES: usize = 120;
/// … from so many parts of the world …
const REGIONS: usize = 8;
/// … and of so many constructions.
const CONSTRUCTIONS: usize = 25;
/// Of `cases/events` there are at least so many cases, …
const EVENT_CASES: usize = 150;
/// … from so many parts of the world.
const EVENT_REGIONS: usize = 8;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn vocabulary() -> Vocabulary {
    Vocabulary::parse(&fs::read_to_string(root().join("cases/README.md")).unwrap())
}

/// Every case holds; all that do not are listed at once.
#[test]
fn every_case_reads_as_expected() {
    let coder = sayso_coder::Coder::shipped().unwrap();
    let cases = Case::read_all(&root().join("cases"));
    let mut failures = Vec::new();
    let mut failed = 0;
    for case in &cases {
        let of_case = case.check(&coder);
        failed += usize::from(!of_case.is_empty());
        failures.extend(of_case);
    }
    assert!(
        failures.is_empty(),
        "{failed} of {} cases:\n{}",
        cases.len(),
        failures.join("\n")
    );
}

/// A header holds words of the lists only, and a statement case has all three of them.
#[test]
fn headers_use_the_listed_words() {
    let vocabulary = vocabulary();
    let mut failures = Vec::new();
    for case in Case::read_all(&root().join("cases")) {
        for word in vocabulary.unknown(&case.header) {
            failures.push(format!("{}: `{word}` is not in cases/README.md", case.name));
        }
        if !case.header.negative.is_empty() && !case.forbids() {
            failures.push(format!("{}: a negative that forbids nothing", case.name));
        }
    }
    let mut described = Case::read_all(&root().join("cases/statements"));
    described.extend(Case::read_all(&root().join("cases/events")));
    for case in described {
        let header = &case.header;
        if header.region.is_empty()
            || header.style.is_empty()
            || (header.construction.is_empty() && header.negative.is_empty())
        {
            failures.push(format!("{}: region, style or construction?", case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Many statement cases, from all over the world, each construction with its lookalike.
#[test]
fn statement_cases_are_many_and_varied() {
    let cases = Case::read_all(&root().join("cases/statements"));
    let (mut regions, mut shown, mut denied) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for case in &cases {
        regions.extend(&case.header.region);
        shown.extend(&case.header.construction);
        denied.extend(&case.header.negative);
    }
    assert!(cases.len() >= CASES, "{} cases", cases.len());
    assert!(regions.len() >= REGIONS, "{regions:?}");
    assert!(shown.len() >= CONSTRUCTIONS, "{shown:?}");
    let alone: Vec<_> = shown.difference(&denied).collect();
    assert!(alone.is_empty(), "without a hard negative: {alone:?}");
}

/// Each word that the README lists is the word of some case.
#[test]
fn listed_words_are_used() {
    let cases = Case::read_all(&root().join("cases"));
    let used: BTreeSet<&String> = cases
        .iter()
        .map(|case| &case.header)
        .flat_map(|h| [&h.region, &h.style, &h.construction, &h.negative])
        .flatten()
        .collect();
    let listed = vocabulary();
    let unused: Vec<&String> = [&listed.regions, &listed.styles, &listed.constructions]
        .into_iter()
        .flatten()
        .filter(|word| !used.contains(word))
        .collect();
    assert!(unused.is_empty(), "listed but never used: {unused:?}");
}

/// Every type of event of ACLED's, from all over the world, each with texts that only look like it.
#[test]
fn event_cases_show_every_type_and_its_lookalikes() {
    let cases = Case::read_all(&root().join("cases/events"));
    let regions: BTreeSet<&String> = cases.iter().flat_map(|c| &c.header.region).collect();
    assert!(cases.len() >= EVENT_CASES, "{} cases", cases.len());
    assert!(regions.len() >= EVENT_REGIONS, "{regions:?}");
    let lexicon = Lexicon::builtin().unwrap();
    let types: BTreeSet<&str> = lexicon
        .events
        .frames
        .all
        .iter()
        .filter_map(|frame| frame.acled)
        .collect();
    assert_eq!(types.len(), 25, "{types:?}");
    let mut few = Vec::new();
    for acled in types {
        let texts = |kind| {
            let of_type = |case: &&Case| case.acled(kind).contains(&acled);
            cases.iter().filter(of_type).count()
        };
        let (shown, lookalikes) = (texts("event"), texts("no-event"));
        if shown < 3 || lookalikes < 2 {
            few.push(format!("{acled}: {shown} shown, {lookalikes} lookalikes"));
        }
    }
    assert!(few.is_empty(), "{}", few.join("\n"));
}

/// Each file of `lexicon/frames` has a hard negative of its own: a case that names it as what it
/// only looks like, and that has the words of one of its triggers.
#[test]
fn every_frame_has_a_lookalike_of_its_own() {
    let cases = Case::read_all(&root().join("cases/events"));
    let lexicon = Lexicon::builtin().unwrap();
    let frames = &lexicon.events.frames.all;
    let mut faults = Vec::new();
    for case in &cases {
        for name in &case.header.lookalike {
            match frames.iter().find(|frame| frame.name == *name) {
                None => faults.push(format!("{}: `{name}` is no frame", case.name)),
                Some(frame) if !has_words_of(&case.report.text, frame) => {
                    faults.push(format!("{}: no word of {name} in it", case.name));
                }
                Some(_) => {}
            }
        }
    }
    for frame in frames {
        let own = |case: &Case| case.header.lookalike == [frame.name.clone()];
        if !cases.iter().any(own) {
            faults.push(format!("{}: no lookalike of its own", frame.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether the words of some trigger of a frame stand in a text, in whatever form and order.
fn has_words_of(text: &str, frame: &EventFrame) -> bool {
    let text = text.to_lowercase();
    let stands = |word: &str| {
        let stem: String = word.chars().take(5).collect();
        let stem = stem.strip_suffix(['e', 'y']).unwrap_or(&stem);
        text.split(|c: char| !c.is_alphanumeric())
            .any(|of_text| of_text.starts_with(stem))
    };
    frame
        .triggers
        .iter()
        .flat_map(|trigger| trigger.verbs.iter().chain(&trigger.nouns))
        .any(|words| words.split([' ', '-']).all(stands))
}

/// Every row of "What one report demands" on the reference report, where it lies beside the
/// repository. Its text is a publisher's and stays out of it, so only short words are named here.
#[test]
fn the_reference_report_reads_as_designed() {
    let path = root().join("../shared/reference/french-camp.txt");
    let Ok(bytes) = fs::read(&path) else {
        eprintln!("the reference report is not here: its twin in cases/ stands in for it");
        return;
    };
    let coder = sayso_coder::Coder::shipped().unwrap();
    let expected = include_str!("reference.toml");
    let case = Case::of_bytes("reference", &bytes, "2025-10-22", expected);
    let failures = case.check(&coder);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
