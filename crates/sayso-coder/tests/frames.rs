//! Every example of `lexicon/frames` is read with the shipped model: a sentence that tells the
//! frame's event gives that event, one that only has its words gives none of its type; without
//! the file, or without the words that rule a trigger out, some sentence of the file comes out
//! wrong.
//!
//! The files are read as they lie in the tree, so that a change shows without a build.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

use sayso_coder::Coder;
use sayso_core::{Event, Knowledge, Rules, Sheet, Side};
use sayso_lexicon::{EventFrame, EventLexicon, Example, Frames, Lexicon};
use sayso_place::Gazetteer;
use sayso_registry::Registry;
use sayso_text::{Reading, Report, Span};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The shipped registry.
static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    Registry::from_bytes(fs::read(root().join("registry/actors.reg")).unwrap()).unwrap()
});

/// The shipped lexicon with the frames of the tree.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let files: Vec<(String, String)> = fs::read_dir(root().join("lexicon/frames"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Lexicon {
        events: EventLexicon::with_frames(&files).unwrap(),
        ..Lexicon::builtin().unwrap()
    }
});

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::open(&root().join("gazetteer/places.gaz")).unwrap());

/// Every sentence of the files, annotated once.
static READINGS: LazyLock<BTreeMap<String, Reading>> = LazyLock::new(|| {
    let coder = Coder::shipped().unwrap();
    let mut texts: Vec<&String> = frames()
        .all
        .iter()
        .flat_map(|f| f.examples.iter().map(|e| &e.text).chain(&f.counterexamples))
        .collect();
    texts.sort();
    texts.dedup();
    let (front, back) = texts.split_at(texts.len() / 2);
    let read = |texts: &[&String]| -> Vec<(String, Reading)> {
        texts
            .iter()
            .map(|text| {
                let coded = coder.code(Report::from_text((*text).clone()));
                ((*text).clone(), coded.reading)
            })
            .collect()
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| read(back));
        let mut all: BTreeMap<String, Reading> = read(front).into_iter().collect();
        all.extend(other.join().unwrap());
        all
    })
});

fn frames() -> &'static Frames {
    &LEXICON.events.frames
}

fn code(lexicon: &Lexicon, text: &str) -> Sheet {
    let knowledge = Knowledge {
        lexicon,
        gazetteer: &GAZETTEER,
        registry: &REGISTRY,
        rules: Rules::all(),
    };
    sayso_core::code(&READINGS[text], &knowledge)
}

fn overlaps(text: &str, words: &str, spans: &[Span]) -> bool {
    words.is_empty()
        || text.match_indices(words).any(|(at, _)| {
            spans
                .iter()
                .any(|s| s.overlaps(Span::new(at, at + words.len())))
        })
}

fn spans(sides: &[Side]) -> Vec<Span> {
    sides.iter().map(|s| s.span).collect()
}

fn is_of(event: &Event, frame: &EventFrame) -> bool {
    match frame.acled {
        Some(acled) => event.acled == Some(acled),
        None => event.acled.is_none() && rule(event).starts_with(&format!("frame:{}/", frame.name)),
    }
}

fn rule(event: &Event) -> &str {
    event.why.get("type").map_or("", |r| r.rule.as_str())
}

/// What is wrong with the best event for `example`, or nothing.
fn fault(lexicon: &Lexicon, frame: &EventFrame, example: &Example) -> Option<String> {
    let text = &example.text;
    let sheet = code(lexicon, text);
    let told = |e: &&Event| is_of(e, frame) && overlaps(text, &example.anchor, &[e.anchor]);
    let Some(event) = sheet.events.iter().find(told) else {
        let others: Vec<String> = sheet
            .events
            .iter()
            .map(|e| format!("{} at `{}`", rule(e), e.anchor.of(text)))
            .collect();
        return Some(format!("no such event; found {others:?}"));
    };
    let (a, b) = (spans(&event.side_a), spans(&event.side_b));
    let swapped = frame.acled == Some("Armed clash")
        && overlaps(text, &example.a, &b)
        && overlaps(text, &example.b, &a);
    if !swapped {
        for (name, words, spans) in [("side_a", &example.a, &a), ("side_b", &example.b, &b)] {
            if !overlaps(text, words, spans) {
                let found: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
                return Some(format!("{name} lacks `{words}`: {found:?}"));
            }
        }
    }
    let mode = event
        .plover_mode
        .map(|m| format!(" {m}"))
        .unwrap_or_default();
    let plover = format!("{}{mode}", event.plover);
    if !example.plover.is_empty() && example.plover != plover {
        return Some(format!("PLOVER is {plover} by {}", rule(event)));
    }
    if !example.cameo.is_empty() && example.cameo != event.cameo {
        return Some(format!("CAMEO is {}", event.cameo));
    }
    (event.status.as_str() != example.status)
        .then(|| format!("status is {}", event.status.as_str()))
}

/// The words by which `frame` tells an event in `text`, if it does.
fn told_by(lexicon: &Lexicon, frame: &EventFrame, text: &str) -> Option<String> {
    let sheet = code(lexicon, text);
    let own = format!("frame:{}/", frame.name);
    let event = sheet
        .events
        .iter()
        .find(|e| rule(e).starts_with(&own) && (frame.acled.is_none() || is_of(e, frame)))?;
    Some(event.anchor.of(text).to_owned())
}

fn none_of(faults: &[String], of: usize) {
    assert!(
        faults.is_empty(),
        "{} of {of}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn frames_find_what_their_examples_tell() {
    let (mut faults, mut count) = (Vec::new(), 0);
    for frame in &frames().all {
        for example in &frame.examples {
            count += 1;
            if let Some(fault) = fault(&LEXICON, frame, example) {
                faults.push(format!("{}: {}\n    {fault}", frame.name, example.text));
            }
        }
    }
    none_of(&faults, count);
}

#[test]
fn frames_leave_alone_what_only_has_their_words() {
    let (mut faults, mut count) = (Vec::new(), 0);
    for frame in &frames().all {
        for text in &frame.counterexamples {
            count += 1;
            if let Some(anchor) = told_by(&LEXICON, frame, text) {
                faults.push(format!("{}: {text}\n    told by `{anchor}`", frame.name));
            }
        }
    }
    none_of(&faults, count);
}

/// A frame that is switched off leaves some example of its file without its event.
#[test]
fn every_frame_is_needed() {
    let idle: Vec<String> = frames()
        .all
        .iter()
        .filter(|frame| {
            let without = LEXICON.without_frame(&frame.name);
            let mut examples = frame.examples.iter();
            examples.all(|e| fault(&without, frame, e).is_none())
        })
        .map(|frame| frame.name.clone())
        .collect();
    none_of(&idle, frames().all.len());
}

/// Of the frames with exclusions, each has a counterexample that would tell an event without them.
#[test]
fn exclusions_are_needed() {
    let without = LEXICON.without_exclusions();
    let excluding = |f: &&EventFrame| f.triggers.iter().any(|t| !t.not.is_empty());
    let idle: Vec<String> = frames()
        .all
        .iter()
        .filter(excluding)
        .filter(|frame| {
            let mut texts = frame.counterexamples.iter();
            !texts.any(|text| told_by(&without, frame, text).is_some())
        })
        .map(|frame| frame.name.clone())
        .collect();
    none_of(&idle, frames().all.len());
}
