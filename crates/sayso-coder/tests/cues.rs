//! Every line of `lexicon/cues.tsv` carries an invented sentence in which its cue makes a
//! statement of its act; here they are read with what is shipped.

use sayso_coder::Coder;
use sayso_lexicon::Lexicon;
use sayso_text::Report;

/// Of 100 examples this many may be read wrongly: the trees come from a model that errs.
const ERRORS_IN_100: usize = 6;

#[test]
fn examples_of_cues_make_the_statements_they_stand_for() {
    let coder = Coder::shipped().unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let cues = lexicon.cues.all();
    let mut failures = Vec::new();
    for cue in cues {
        let coded = coder.code(Report::from_text(cue.example.clone()));
        let said: Vec<String> = coded
            .sheet
            .statements
            .iter()
            .map(|s| format!("{} by {}", s.act.as_str(), s.why["cue"].rule))
            .collect();
        let found = coded
            .sheet
            .statements
            .iter()
            .any(|s| s.act.as_str() == cue.act && s.why["cue"].rule.ends_with(&cue.name));
        if !found {
            failures.push(format!(
                "{} ({}): {} -> {}",
                cue.name,
                cue.act,
                cue.example,
                said.join(", ")
            ));
        }
    }
    assert!(
        failures.len() * 100 <= cues.len() * ERRORS_IN_100,
        "{} of {}:\n{}",
        failures.len(),
        cues.len(),
        failures.join("\n")
    );
}

/// Every line of `lexicon/lookalikes.tsv` carries an invented sentence in which nobody says
/// anything.
#[test]
fn examples_of_lookalikes_make_no_statement() {
    let coder = Coder::shipped().unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let mut failures = Vec::new();
    for line in lexicon.lookalikes.all() {
        let coded = coder.code(Report::from_text(line.example.clone()));
        for statement in &coded.sheet.statements {
            failures.push(format!(
                "{}: {} -> {} by {}",
                line.cue,
                line.example,
                statement.act.as_str(),
                statement.why["cue"].rule
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
