//! What kind of source a phrase is: the phrases of `source_kinds.tsv`, each put before an invented
//! report and read with what is shipped.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use sayso_coder::Coder;
use sayso_text::Report;

/// Of each kind at least so many phrases are tested.
const PHRASES: usize = 6;

#[test]
fn phrases_are_of_their_kind() {
    let coder = Coder::shipped().unwrap();
    let lines = include_str!("source_kinds.tsv").lines();
    let rows: Vec<(&str, &str)> = lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for (kind, phrase) in &rows {
        *counts.entry(kind).or_default() += 1;
        let text = format!("{phrase} said on Monday that two mills near Orlu had burned.");
        let coded = coder.code(Report::from_text(text));
        let nearest = coded
            .sheet
            .statements
            .iter()
            .find_map(|s| s.sources.first());
        let found = nearest.map(|source| source.kind.as_str());
        if found != Some(kind) {
            failures.push(format!("{phrase}: {kind}, not {found:?}"));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        rows.len(),
        failures.join("\n")
    );
    assert!(counts.len() >= 9, "{counts:?}");
    assert!(counts.values().all(|&n| n >= PHRASES), "{counts:?}");
}
