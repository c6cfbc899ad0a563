//! What is every line of `lexicon/cues.tsv` and every rule good for? Each is switched off in turn,
//! and some case of `cases/` must fail, or, of a cue, its example must lose the statement that the
//! line makes of it. What nothing misses is listed: it wants a case, or has to go.
//!
//! The model reads every text once; only the core runs again.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expect;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use expect::Case;
use sayso_coder::Coder;
use sayso_core::{Knowledge, Rule, Sheet, Statement, code};
use sayso_lexicon::{Cue, CueKind};
use sayso_text::{Reading, Report};

/// Core runs share the machine among so many threads.
const THREADS: usize = 2;

/// A case that holds while everything is in force.
struct Held {
    case: Case,
    reading: Reading,
    /// The lines of the lexicon that make its statements, as `why` names them.
    lines: BTreeSet<String>,
}

impl Held {
    fn fails(&self, coder: &Coder, knowledge: &Knowledge<'_>) -> bool {
        let sheet = code(&self.reading, knowledge);
        let failures = self
            .case
            .check_sheet(&self.reading, &sheet, coder.made_by());
        !failures.is_empty()
    }
}

fn held(coder: &Coder) -> Vec<Held> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let cases = Case::read_all(&folder);
    in_parallel(&cases.iter().collect::<Vec<_>>(), |case| {
        coder.read(case.report.clone())
    })
    .into_iter()
    .zip(cases)
    .map(|(reading, case)| {
        let sheet = code(&reading, &coder.knowledge());
        let lines = sheet.statements.iter();
        Held {
            lines: lines.map(|s| s.why["cue"].rule.clone()).collect(),
            case,
            reading,
        }
    })
    .filter(|held| !held.fails(coder, &coder.knowledge()))
    .collect()
}

/// Maps in order, on [`THREADS`] threads.
fn in_parallel<T: Sync, R: Send>(items: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let mut found: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut own = Vec::new();
                    while let Some((at, item)) = {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        items.get(at).map(|item| (at, item))
                    } {
                        own.push((at, each(item)));
                    }
                    own
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|w| w.join().unwrap())
            .collect()
    });
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, result)| result).collect()
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
    (
        a.act,
        a.certainty,
        a.polarity,
        &a.content,
        a.to,
        a.plover,
        a.cameo,
    ) == (
        b.act,
        b.certainty,
        b.polarity,
        &b.content,
        b.to,
        b.plover,
        b.cameo,
    ) && spans(a) == spans(b)
}

/// Why nothing would be missed without the line of `cue`; nothing where something would.
fn idle(coder: &Coder, held: &[Held], cue: &Cue) -> Option<String> {
    let lexicon = coder.knowledge().lexicon.without_cue(cue.kind, &cue.name);
    let without = Knowledge {
        lexicon: &lexicon,
        ..coder.knowledge()
    };
    let example = coder.read(Report::from_text(cue.example.clone()));
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

#[test]
fn every_rule_is_missed_when_it_is_off() {
    let coder = Coder::shipped().unwrap();
    let held = held(&coder);
    let rules: Vec<Rule> = Rule::all().collect();
    let idle: Vec<String> = in_parallel(&rules, |&rule| {
        let mut without = coder.knowledge();
        without.rules = without.rules.without(rule);
        let missed = held.iter().any(|held| held.fails(&coder, &without));
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
