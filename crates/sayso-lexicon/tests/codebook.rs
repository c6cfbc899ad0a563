//! The frames of `lexicon/frames` and the cues of `lexicon/cues.tsv` against the codebooks: which
//! type, event or mode has no file, which trigger or exclusion no sentence.
//!
//! The files are read as they lie in the tree, so that a change shows without a build.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use sayso_lexicon::{
    ACLED, EventFrame, EventLexicon, Lexicon, PLOVER, PLOVER_MODES, Trigger, TriggerPos, VerbForms,
};

/// PLOVER's events that are said, not done: their codes stand on statements.
const VERBAL: [&str; 4] = ["ACCUSE", "REJECT", "REQUEST", "THREATEN"];

fn frames() -> Vec<EventFrame> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon/frames");
    let files: Vec<(String, String)> = fs::read_dir(folder)
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
    EventLexicon::with_frames(&files).unwrap().frames.all
}

fn none_of(missing: &[String], what: &str) {
    assert!(
        missing.is_empty(),
        "{} {what}:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

#[test]
fn every_acled_type_has_a_file_with_an_example() {
    let frames = frames();
    let shown = |kind: &str| {
        let mut of_kind = frames.iter().filter(|f| f.acled == Some(kind));
        of_kind.any(|f| !f.examples.is_empty())
    };
    let missing: Vec<String> = ACLED
        .iter()
        .filter(|kind| !shown(kind))
        .map(ToString::to_string)
        .collect();
    none_of(&missing, "types without an example");
}

#[test]
fn every_plover_event_and_mode_has_an_example() {
    let frames = frames();
    let shown = |code: &str| {
        let mut examples = frames.iter().flat_map(|f| &f.examples);
        examples.any(|e| e.plover == code)
    };
    let mut missing = Vec::new();
    for event in PLOVER.iter().filter(|e| !VERBAL.contains(e)) {
        let modes = PLOVER_MODES.iter().find(|(of, _)| of == event);
        match modes {
            None => missing.push((*event).to_owned()),
            Some((_, modes)) => missing.extend(modes.iter().map(|mode| format!("{event} {mode}"))),
        }
    }
    missing.retain(|code| !shown(code));
    none_of(&missing, "events and modes without an example");
}

/// The verbal events stand on cues, their modes on what is said; an inquiry is an act, a frame.
#[test]
fn every_verbal_plover_event_and_mode_is_a_code_of_statements() {
    let lexicon = Lexicon::builtin().unwrap();
    for event in VERBAL {
        let cues = lexicon.cues.all().iter();
        assert!(
            cues.filter(|c| c.plover == Some(event)).count() >= 3,
            "{event}"
        );
    }
    let modes = PLOVER_MODES.iter().filter(|(of, _)| VERBAL.contains(of));
    let missing: Vec<String> = modes
        .flat_map(|(event, modes)| modes.iter().map(move |mode| (*event, *mode)))
        .filter(|code| !matches!(code, ("ACCUSE", "disapprove" | "investigate")))
        .filter(|(event, mode)| {
            let mut rows = lexicon.speech_codes.all().iter();
            !rows.any(|row| row.plover == *event && row.mode == *mode)
        })
        .map(|(event, mode)| format!("{event} {mode}"))
        .collect();
    none_of(&missing, "modes without a word");
}

/// Whether the words of `phrase` follow each other in `text`, each in any of its forms.
fn stands_in(text: &str, phrase: &str, pos: TriggerPos, forms: &VerbForms) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let mut at = 0;
    for part in phrase.split([' ', '-']) {
        let mut known = VerbForms::noun(part);
        if pos == TriggerPos::Verb {
            known.extend(forms.verb(part));
        }
        let rest = words.get(at..).unwrap_or_default();
        let Some(found) = rest.iter().position(|w| known.iter().any(|k| k == w)) else {
            return false;
        };
        at += found + 1;
    }
    true
}

fn phrases(trigger: &Trigger) -> impl Iterator<Item = (&String, TriggerPos)> {
    let verbs = trigger.verbs.iter().map(|v| (v, TriggerPos::Verb));
    verbs.chain(trigger.nouns.iter().map(|n| (n, TriggerPos::Noun)))
}

fn verb_forms() -> VerbForms {
    VerbForms::parse(include_str!("../../../lexicon/verb-forms.tsv")).unwrap()
}

#[test]
fn every_trigger_has_an_example() {
    let forms = verb_forms();
    let mut missing = Vec::new();
    for frame in frames() {
        for (phrase, pos) in frame.triggers.iter().flat_map(phrases) {
            let mut examples = frame.examples.iter();
            if !examples.any(|e| stands_in(&e.text, phrase, pos, &forms)) {
                missing.push(format!("{}: {phrase} ({pos:?})", frame.name));
            }
        }
    }
    none_of(&missing, "triggers without an example");
}

#[test]
fn every_exclusion_has_a_counterexample() {
    let forms = verb_forms();
    let mut missing = Vec::new();
    for frame in frames() {
        for trigger in &frame.triggers {
            let beside = trigger.not_before.iter().chain(&trigger.not_after);
            for word in trigger.not.iter().chain(beside) {
                let shown = frame.counterexamples.iter().any(|text| {
                    let has = |phrase: &str, pos| stands_in(text, phrase, pos, &forms);
                    has(word, TriggerPos::Verb) && phrases(trigger).any(|(p, pos)| has(p, pos))
                });
                if !shown {
                    let first = phrases(trigger).next().map_or("", |(p, _)| p);
                    missing.push(format!("{}/{first}: {word}", frame.name));
                }
            }
        }
    }
    none_of(&missing, "exclusions without a counterexample");
}
