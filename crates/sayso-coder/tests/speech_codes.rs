//! Every line of `lexicon/speech-codes.tsv` carries an invented sentence whose statement has its
//! codes; here they are read with what is shipped.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use sayso_coder::Coder;
use sayso_lexicon::Lexicon;
use sayso_text::Report;

#[test]
fn examples_have_the_codes_of_their_lines() {
    let coder = Coder::shipped().unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let mut failures = Vec::new();
    for line in lexicon.speech_codes.all() {
        let coded = coder.code(Report::from_text(line.example.clone()));
        let codes: Vec<_> = coded
            .sheet
            .statements
            .iter()
            .map(|s| (s.plover, s.plover_mode, s.cameo))
            .collect();
        if !codes.contains(&(Some(line.plover), Some(line.mode), Some(line.cameo))) {
            failures.push(format!(
                "{} {}: {} -> {codes:?}",
                line.plover, line.cameo, line.example
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
