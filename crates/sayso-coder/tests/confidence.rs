//! Confidence is a probability that tells findings apart, and the same each time.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use sayso_coder::{Coded, Coder};
use sayso_text::Report;

fn samples(coder: &Coder) -> Vec<Coded> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| coder.code(Report::from_text(std::fs::read_to_string(path).unwrap())))
        .collect()
}

/// Confidence of each statement and each event, in hundredths as they are printed.
fn hundredths(coded: &[Coded]) -> (Vec<u8>, Vec<u8>) {
    let part = |value: f32| {
        assert!((0.0..=1.0).contains(&value), "{value}");
        (value * 100.0).round() as u8
    };
    let sheets = || coded.iter().map(|c| &c.sheet);
    (
        sheets()
            .flat_map(|s| s.statements.iter().map(|x| part(x.confidence)))
            .collect(),
        sheets()
            .flat_map(|s| s.events.iter().map(|x| part(x.confidence)))
            .collect(),
    )
}

#[test]
fn confidence_spreads_and_is_the_same_each_time() {
    let coder = Coder::shipped().unwrap();
    let coded = samples(&coder);
    let (statements, events) = hundredths(&coded);
    assert_eq!(
        hundredths(&samples(&coder)),
        (statements.clone(), events.clone())
    );
    for found in [statements, events] {
        let values: BTreeSet<u8> = found.iter().copied().collect();
        assert!(found.len() > 20, "{} findings in the samples", found.len());
        assert!(values.len() * 3 > found.len().min(60), "{values:?}");
        let spread = values.last().unwrap() - values.first().unwrap();
        assert!(spread >= 30, "{values:?}");
    }
}

#[test]
fn every_finding_has_signs_each_once_and_some_are_weighed() {
    let coder = Coder::shipped().unwrap();
    let weights = &coder.knowledge().lexicon.confidence;
    for coded in samples(&coder) {
        let statements = coded
            .sheet
            .statements
            .iter()
            .map(|s| (&s.signs, &weights.statement));
        let events = coded
            .sheet
            .events
            .iter()
            .map(|e| (&e.signs, &weights.event));
        for (signs, weights) in statements.chain(events) {
            let names: BTreeSet<&str> = signs.iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), signs.iter().count(), "a sign stands twice");
            let weighed = names.iter().filter(|name| weights.of(name) != 0.0).count();
            assert!(weighed >= 8, "{names:?}");
        }
    }
}
