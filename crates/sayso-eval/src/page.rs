//! The page, section by section.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use sayso_coder::Coder;
use sayso_lexicon::Lexicon;
use serde_json::Value;

use crate::coding::{self, Answer};
use crate::gold::{GoldStatement, polnear, sheets};
use crate::scorer::Scorer;
use crate::sets::{SETS, Set};
use crate::statement::kinds::{self, Fault};
use crate::statement::{Compared, tables};

/// How many kinds of error a table shows.
const KINDS: usize = 20;

const HEAD: &str = include_str!("../text/head.md");
const CONSTRUCTIONS: &str = include_str!("../text/constructions.md");
const ERRORS: &str = include_str!("../text/errors.md");
const LEFT: &str = include_str!("../text/left.md");

/// The whole page.
///
/// # Errors
/// Where a set cannot be scored. Sets whose gold is not there are left out, with a line on
/// standard error.
pub(crate) fn whole(scorer: &Scorer) -> Result<String> {
    let mut page = String::from(HEAD);
    for set in &SETS {
        let gold = scorer.gold(set.gold);
        if !gold.exists() {
            eprintln!("left out: {} is not there", gold.display());
            continue;
        }
        page.push('\n');
        page.push_str(&section(scorer, set, &gold)?);
    }
    let _ = write!(page, "\n{LEFT}");
    Ok(page)
}

/// The part of the page about one set.
///
/// # Errors
/// Where it cannot be scored.
pub(crate) fn section(scorer: &Scorer, set: &Set, gold: &Path) -> Result<String> {
    let run = Run::of(scorer, set, gold)?;
    let table = scorer.table(set, gold, &run.output)?;
    let mut text = format!(
        "## {}\n\n`{}`\n\n```text\n{}\n```\n",
        set.title,
        set.gold,
        table.trim_end()
    );
    if let Some(golds) = run.statements(set, gold)? {
        let compared = run.compare(&golds);
        run.agree(scorer, set, gold, &compared)?;
        let faults: Vec<Fault> = faults(&compared, &Lexicon::builtin()?)
            .map(|(_, f)| f)
            .collect();
        let _ = write!(
            text,
            "\n### Statements by construction ({name})\n\n{CONSTRUCTIONS}\n{}\n### Statements by rule ({name})\n\n{}\n### Commonest errors in statements ({name})\n\n{ERRORS}\n{}",
            tables::constructions(&compared),
            tables::rules(&compared),
            tables::commonest(&faults, KINDS),
            name = set.name,
        );
    }
    Ok(text)
}

/// Every error whose kind starts with `kind`, with its words. For a terminal, never for the page:
/// the words are a publisher's.
///
/// # Errors
/// Where the set cannot be scored or has no gold statements.
pub(crate) fn errors(scorer: &Scorer, set: &Set, gold: &Path, kind: &str) -> Result<String> {
    let run = Run::of(scorer, set, gold)?;
    let golds = run
        .statements(set, gold)?
        .with_context(|| format!("{} has no gold statements", set.name))?;
    let compared = run.compare(&golds);
    let mut text = String::new();
    for (compared, fault) in faults(&compared, &Lexicon::builtin()?) {
        if !fault.kind.starts_with(kind) {
            continue;
        }
        let _ = writeln!(text, "{} — {}", compared.answer.id, fault.kind);
        for (name, span) in [("gold ", fault.gold), ("found", fault.found)] {
            if let Some(span) = span {
                let words: Vec<&str> = span.of(compared.text()).split_whitespace().collect();
                let _ = writeln!(text, "    {name} {}", words.join(" "));
            }
        }
    }
    Ok(text)
}

fn faults<'c, 'a>(
    compared: &'c [Compared<'a>],
    lexicon: &Lexicon,
) -> impl Iterator<Item = (&'c Compared<'a>, Fault)> {
    compared
        .iter()
        .flat_map(|c| kinds::of(c, lexicon).into_iter().map(move |f| (c, f)))
}

/// A set as it was coded.
struct Run {
    answers: Vec<Answer>,
    output: std::path::PathBuf,
}

impl Run {
    fn of(scorer: &Scorer, set: &Set, gold: &Path) -> Result<Self> {
        let coder = Coder::shipped()?;
        let documents = scorer.prepare(set, gold)?;
        let answers = coding::code(&coder, &documents, set.name)?;
        let output = scorer.work().join(format!("{}.jsonl", set.name));
        coding::write(&coder, &answers, &output)?;
        Ok(Self { answers, output })
    }

    /// The gold statements, one list a report, where the set has some.
    fn statements(&self, set: &Set, gold: &Path) -> Result<Option<Vec<Vec<GoldStatement>>>> {
        let read = |answer: &Answer| {
            let text = answer.coded.reading.text();
            match set.task {
                "sheets" => sheets::statements(&sheets::read(gold, &answer.id)?, text),
                _ => polnear::read(gold, &answer.id, text),
            }
            .with_context(|| format!("in the gold of {}", answer.id))
        };
        match set.task {
            "sheets" | "attribution" => self
                .answers
                .iter()
                .map(read)
                .collect::<Result<_>>()
                .map(Some),
            _ => Ok(None),
        }
    }

    fn compare<'a>(&'a self, golds: &'a [Vec<GoldStatement>]) -> Vec<Compared<'a>> {
        self.answers
            .iter()
            .zip(golds)
            .map(|(answer, gold)| Compared::new(answer, gold))
            .collect()
    }

    /// Checks that the pairs found here are as many as the scorer's, so that tables and headline
    /// tell of the same thing.
    fn agree(
        &self,
        scorer: &Scorer,
        set: &Set,
        gold: &Path,
        compared: &[Compared<'_>],
    ) -> Result<()> {
        let (found, full) = match set.task {
            "sheets" => ("statement_iou50", "statement_full_F1"),
            _ => ("content_iou50", "triple"),
        };
        let figures = scorer.figures(set, gold, &self.output)?;
        let pairs = compared.iter().flat_map(|c| &c.pairs);
        for (name, here) in [
            (found, pairs.clone().count()),
            (full, pairs.filter(|pair| pair.full).count()),
        ] {
            let there = right(&figures, name)?;
            ensure!(
                here == there,
                "{}: the scorer counts {there} in {name}, the analysis {here}",
                set.name
            );
        }
        Ok(())
    }
}

/// How many are right in the F1 called `name`: recall times gold.
fn right(figures: &Value, name: &str) -> Result<usize> {
    let metric = figures
        .get(name)
        .with_context(|| format!("the scorer has no {name}"))?;
    let number = |key: &str| metric.get(key).and_then(Value::as_f64).unwrap_or(0.0);
    Ok((number("r") * number("gold")).round() as usize)
}
