//! What is every line of `lexicon/cues.tsv` and every rule good for? Each is switched off in turn,
//! and some case of `cases/` must fail, or, of a cue, its example must lose the statement that the
//! line makes of it. What nothing misses is listed: it wants a case, or has to go.
//!
//! A rule may also be missed by the example of a cue, whose line then makes no statement of its act,
//! or by a phrase of `source_kinds.tsv`.
//!
//! The model reads every text once; only the core runs again. Since the model's attributions are a
//! second witness, which often sees what the rules see, every text is also read without them: there
//! a line or a rule has to do its work alone.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expect;

use std::collections::BTreeSet;
use std::path::Path;

use expect::Case;
use expect::parallel::in_parallel;
use sayso_coder::Coder;
use sayso_core::{Knowledge, Rule, Sheet, Source, SourceKind, Statement, code};
use sayso_lexicon::{Cue, CueKind};
use sayso_text::{Reading, Report, Span};

/// A case that holds while everything is in force.
struct Held {
    case: Case,
    reading: Reading,
    /// The lines of the lexicon that make its statements, as `why` names them.
    lines: BTreeSet<String>,
    /// What the sheet says of its statements, and the number of its notes.
    base: (Vec<Said>, usize),
}

/// What a case can tell of one statement.
type Said = (
    [&'static str; 3],
    [Option<Span>; 3],
    Vec<Span>,
    Vec<Source>,
    Option<usize>,
    Option<&'static str>,
);

fn said(sheet: &Sheet) -> Vec<Said> {
    let each = sheet.statements.iter().map(|s| {
        (
            [s.act.as_str(), s.polarity.as_str(), s.certainty.as_str()],
            [s.cue, s.to, s.medium],
            s.content.clone(),
            s.sources.clone(),
            s.within,
            s.plover,
        )
    });
    each.collect()
}

impl Held {
    fn fails(&self, coder: &Coder, knowledge: &Knowledge<'_>) -> bool {
        let sheet = code(&self.reading, knowledge);
        // What reads the same cannot fail, and comparing is cheaper than checking.
        if (said(&sheet), sheet.notes.len()) == self.base {
            return false;
        }
        let failures = self
            .case
            .check_sheet(&self.reading, &sheet, coder.made_by());
        !failures.is_empty()
    }
}

/// The reading without the model's attributions.
fn alone(reading: &Reading) -> Reading {
    let mut reading = reading.clone();
    reading.roles.clear();
    reading
}

/// The cases that hold, each with the model's attributions and without.
fn held(coder: &Coder) -> Vec<Held> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut cases = Case::read_all(&folder);
    // Those of events ask for little that a statement says.
    cases.retain(|case| !case.name.starts_with("events"));
    let both = in_parallel(&cases.iter().collect::<Vec<_>>(), |&case| {
        let reading = coder.read(case.report.clone());
        [alone(&reading), reading].map(|reading| {
            let sheet = code(&reading, &coder.knowledge());
            let holds = case
                .check_sheet(&reading, &sheet, coder.made_by())
                .is_empty();
            holds.then(|| Held {
                case: case.clone(),
                lines: sheet
                    .statements
                    .iter()
                    .map(|s| s.why["cue"].rule.clone())
                    .collect(),
                base: (said(&sheet), sheet.notes.len()),
                reading,
            })
        })
    });
    both.into_iter().flatten().flatten().collect()
}

/// The line of a cue as `why` names it.
fn line(cue: &Cue) -> String {
    let rule = match cue.kind {
        CueKind::Verb => "cue-verb",
        CueKind::Noun => "cue-noun",
        CueKind::Adverb => "cue-adverb",
        CueKind::Preposition => "cue-preposition",
        CueKind::Silence => "silence",
    };
    format!("{rule}:{}", cue.name)
}

/// The statements that the line of `cue` makes in a sheet.
fn made_by<'a>(sheet: &'a Sheet, cue: &Cue) -> Option<&'a Statement> {
    let name = line(cue);
    sheet
        .statements
        .iter()
        .find(|s| s.why["cue"].rule == name && s.act.as_str() == cue.act)
}

/// Whether two statements say the same of the same words by the same speakers.
fn alike(a: &Statement, b: &Statement) -> bool {
    let spans = |s: &Statement| s.sources.iter().map(|x| x.span).collect::<Vec<_>>();
    (a.act, a.certainty, a.polarity, a.plover, a.cameo)
        == (b.act, b.certainty, b.polarity, b.plover, b.cameo)
        && (a.cue, &a.content, a.to) == (b.cue, &b.content, b.to)
        && spans(a) == spans(b)
}

/// Why nothing would be missed without the line of `cue`; nothing where something would.
fn idle(coder: &Coder, held: &[Held], cue: &Cue) -> Option<String> {
    let lexicon = coder.knowledge().lexicon.without_cue(cue.kind, &cue.name);
    let without = Knowledge {
        lexicon: &lexicon,
        ..coder.knowledge()
    };
    let example = alone(&coder.read(Report::from_text(cue.example.clone())));
    let with = code(&example, &coder.knowledge());
    let reason = match made_by(&with, cue) {
        None => "its example does not show it",
        Some(own) => {
            let others = code(&example, &without).statements;
            if !others.iter().any(|other| alike(own, other)) {
                return None;
            }
            "its example reads the same without it"
        }
    };
    let missed = held
        .iter()
        .filter(|held| held.lines.contains(&line(cue)))
        .any(|held| held.fails(coder, &without));
    (!missed).then(|| format!("{}, {reason}: {}", line(cue), cue.example))
}

#[test]
fn every_cue_is_missed_when_it_is_gone() {
    let coder = Coder::shipped().unwrap();
    let held = held(&coder);
    let cues = coder.knowledge().lexicon.cues.all();
    let idle: Vec<String> = in_parallel(cues, |cue| idle(&coder, &held, cue))
        .into_iter()
        .flatten()
        .collect();
    assert!(
        idle.is_empty(),
        "{} of {} cues are missed by nothing:\n{}",
        idle.len(),
        cues.len(),
        idle.join("\n")
    );
}

/// The examples of cues whose line makes a statement of its act, read once.
fn examples(coder: &Coder) -> Vec<(&Cue, Reading)> {
    let cues = coder.knowledge().lexicon.cues.all();
    let readings = in_parallel(cues, |cue| {
        alone(&coder.read(Report::from_text(cue.example.clone())))
    });
    cues.iter()
        .zip(readings)
        .filter(|(cue, reading)| made_by(&code(reading, &coder.knowledge()), cue).is_some())
        .collect()
}

/// Reports by the phrases of `source_kinds.tsv`.
fn phrases(coder: &Coder) -> Vec<Reading> {
    include_str!("source_kinds.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(_, phrase)| {
            let text = format!("{phrase} said on Monday that two mills near Orlu had burned.");
            coder.read(Report::from_text(text))
        })
        .collect()
}

/// The kind of the first speaker.
fn kind(reading: &Reading, knowledge: &Knowledge<'_>) -> Option<SourceKind> {
    let sheet = code(reading, knowledge);
    let speaker = sheet.statements.first()?.sources.first()?;
    Some(speaker.kind)
}

#[test]
fn every_rule_is_missed_when_it_is_off() {
    let coder = Coder::shipped().unwrap();
    let held = held(&coder);
    let (examples, phrases) = (examples(&coder), phrases(&coder));
    // The rules of other phases want the cases of their own phase.
    let rules: Vec<Rule> = Rule::all().filter(|r| r.phase() == "statement").collect();
    let idle: Vec<String> = in_parallel(&rules, |&rule| {
        let mut without = coder.knowledge();
        without.rules = without.rules.without(rule);
        let missed = held.iter().any(|held| held.fails(&coder, &without))
            || examples
                .iter()
                .any(|(cue, reading)| made_by(&code(reading, &without), cue).is_none())
            || phrases
                .iter()
                .any(|r| kind(r, &without) != kind(r, &coder.knowledge()));
        (!missed).then(|| format!("{} {rule}: {}", rule.phase(), rule.says()))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(
        idle.is_empty(),
        "{} of {} rules are missed by nothing:\n{}",
        idle.len(),
        rules.len(),
        idle.join("\n")
    );
}
