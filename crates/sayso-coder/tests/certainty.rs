//! Every line of `lexicon/certainty.tsv` carries an invented sentence whose statement its marker
//! lowers to its certainty; without the line the statement is surer.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used)]

use sayso_coder::Coder;
use sayso_core::{Certainty, Knowledge, code};
use sayso_text::{Reading, Report};

/// The certainty of the first statement, and whether a modal gave it.
fn certainty(reading: &Reading, knowledge: &Knowledge<'_>) -> Option<(Certainty, bool)> {
    let sheet = code(reading, knowledge);
    let first = sheet.statements.first()?;
    let by_marker = first.why["certainty"].rule == "modal-in-content";
    Some((first.certainty, by_marker))
}

#[test]
fn markers_lower_the_certainty_of_their_examples() {
    let coder = Coder::shipped().unwrap();
    let all = coder.knowledge();
    let mut failures = Vec::new();
    for marker in all.lexicon.certainty.all() {
        let reading = coder.read(Report::from_text(marker.example.clone()));
        let wanted = Certainty::parse(&marker.certainty).unwrap();
        let mut lexicon = all.lexicon.clone();
        lexicon.certainty = lexicon.certainty.without(&marker.word);
        let without = Knowledge {
            lexicon: &lexicon,
            ..all
        };
        let found = (certainty(&reading, &all), certainty(&reading, &without));
        let holds =
            found.0 == Some((wanted, true)) && found.1.is_some_and(|(surer, _)| surer < wanted);
        if !holds {
            failures.push(format!("{}: {} -> {found:?}", marker.word, marker.example));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The table of GLOSSARY.md, cell by cell: rows are cues, columns are contents.
#[test]
fn the_table_of_certainty_holds() {
    let coder = Coder::shipped().unwrap();
    let plain = "forty men had crossed the river";
    let likely = "forty men had probably crossed the river";
    let maybe = "forty men might cross the river";
    let mut failures = Vec::new();
    for (cue, cells) in [
        ("The ministry said", ["certain", "probable", "possible"]),
        (
            "The ministry confirmed",
            ["certain", "probable", "possible"],
        ),
        ("The front claimed", ["probable", "probable", "possible"]),
        ("The mission believes", ["probable", "probable", "possible"]),
        ("The union alleged", ["possible", "possible", "possible"]),
        ("The police suspect", ["possible", "possible", "possible"]),
    ] {
        for (content, cell) in [plain, likely, maybe].into_iter().zip(cells) {
            let text = format!("{cue} that {content}.");
            let reading = coder.read(Report::from_text(text.clone()));
            let found = certainty(&reading, &coder.knowledge()).map(|(c, _)| c.as_str());
            if found != Some(cell) {
                failures.push(format!("{text} is {cell}, not {found:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
