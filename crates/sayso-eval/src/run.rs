//! A set as it was coded, and its gold beside it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use sayso_coder::Coder;
use serde_json::Value;

use crate::coding::{self, Answer};
use crate::gold::{GoldStatement, polnear, sheets};
use crate::scorer::Scorer;
use crate::sets::Set;
use crate::{event, statement};

/// The reports of one set, coded, and the file their sheets are in.
pub(crate) struct Run<'a> {
    scorer: &'a Scorer,
    set: &'a Set,
    /// Where the gold is in the form that the scorer reads.
    pub(crate) gold: PathBuf,
    /// In the order of the gold.
    pub(crate) answers: Vec<Answer>,
    /// The sheets.
    pub(crate) output: PathBuf,
    figures: Value,
}

/// The gold statements and events of one report.
pub(crate) struct Gold {
    statements: Vec<GoldStatement>,
    events: Vec<sheets::EventRecord>,
}

impl<'a> Run<'a> {
    /// Codes the reports of `set` with its gold at `gold`.
    ///
    /// # Errors
    /// Where the gold is missing or the scorer fails.
    pub(crate) fn of(scorer: &'a Scorer, set: &'a Set, gold: &Path) -> Result<Self> {
        let gold = unfolded(scorer, gold)?;
        let coder = Coder::shipped()?;
        let documents = scorer.prepare(set, &gold)?;
        let answers = coding::code(&coder, &documents, set.name)?;
        let output = scorer.work().join(format!("{}.jsonl", set.name));
        coding::write(&coder, &answers, &output)?;
        let figures = scorer.figures(set, &gold, &output)?;
        Ok(Self {
            scorer,
            set,
            gold,
            answers,
            output,
            figures,
        })
    }

    /// The scorer's table.
    ///
    /// # Errors
    /// Where the scorer fails.
    pub(crate) fn table(&self) -> Result<String> {
        self.scorer.table(self.set, &self.gold, &self.output)
    }

    /// The gold of each report; empty where the set has no gold statements.
    ///
    /// # Errors
    /// Where a file of the gold cannot be read.
    pub(crate) fn golds(&self) -> Result<Vec<Gold>> {
        let read = |answer: &Answer| -> Result<Gold> {
            let text = answer.coded.reading.text();
            if self.set.task == "sheets" {
                let annotation = sheets::read(&self.gold, &answer.id)?;
                return Ok(Gold {
                    statements: sheets::statements(&annotation, text)?,
                    events: annotation.events,
                });
            }
            Ok(Gold {
                statements: polnear::read(&self.gold, &answer.id, text)?,
                events: Vec::new(),
            })
        };
        if !matches!(self.set.task, "sheets" | "attribution") {
            return Ok(Vec::new());
        }
        self.answers
            .iter()
            .map(|answer| read(answer).with_context(|| format!("in the gold of {}", answer.id)))
            .collect()
    }

    /// Statements beside the gold's; checked against the scorer's counts.
    ///
    /// # Errors
    /// Where the counts are not the scorer's.
    pub(crate) fn statements<'g>(
        &'g self,
        golds: &'g [Gold],
    ) -> Result<Vec<statement::Compared<'g>>> {
        let compared: Vec<_> = self
            .answers
            .iter()
            .zip(golds)
            .map(|(answer, gold)| statement::Compared::new(answer, &gold.statements))
            .collect();
        let (found, full) = match self.set.task {
            "sheets" => ("statement_iou50", "statement_full_F1"),
            _ => ("content_iou50", "triple"),
        };
        let pairs = compared.iter().flat_map(|c| &c.pairs);
        self.agrees(found, pairs.clone().count())?;
        self.agrees(full, pairs.filter(|pair| pair.full).count())?;
        Ok(compared)
    }

    /// Events beside the gold's; checked against the scorer's counts. Empty where the gold has none.
    ///
    /// # Errors
    /// Where the counts are not the scorer's, or words of the gold are not in the text.
    pub(crate) fn events<'g>(&'g self, golds: &[Gold]) -> Result<Vec<event::Compared<'g>>> {
        if self.set.task != "sheets" {
            return Ok(Vec::new());
        }
        let compared = self
            .answers
            .iter()
            .zip(golds)
            .map(|(answer, gold)| {
                event::Compared::new(answer, &gold.events)
                    .with_context(|| format!("in the gold of {}", answer.id))
            })
            .collect::<Result<Vec<_>>>()?;
        let pairs = compared.iter().flat_map(|c| &c.pairs);
        self.agrees("event", pairs.clone().count())?;
        self.agrees("event_full_F1", pairs.filter(|pair| pair.full).count())?;
        Ok(compared)
    }

    /// Of how many the scorer asks `name`, and the share that is right.
    ///
    /// # Errors
    /// Where the scorer has no such figure.
    pub(crate) fn share(&self, name: &str) -> Result<(usize, f64)> {
        let metric = self
            .figures
            .get(name)
            .with_context(|| format!("the scorer has no {name}"))?;
        let number = |key: &str| metric.get(key).and_then(Value::as_f64).unwrap_or(0.0);
        Ok((number("n") as usize, number("accuracy")))
    }

    /// Checks that `here` is what the scorer counts as right in `name`, so that tables and headline
    /// tell of the same thing.
    fn agrees(&self, name: &str, here: usize) -> Result<()> {
        let there = right(&self.figures, name)?;
        ensure!(
            here == there,
            "{}: the scorer counts {there} in {name}, the analysis {here}",
            self.set.name
        );
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

/// `gold` itself, or the folder that its `unfold.py` makes of it: this project's own gold is kept
/// in one file.
fn unfolded(scorer: &Scorer, gold: &Path) -> Result<PathBuf> {
    let script = gold.join("unfold.py");
    if !script.is_file() {
        return Ok(gold.to_owned());
    }
    let folder = scorer.work().join("unfolded");
    let done = Command::new("python3")
        .arg(&script)
        .arg(&folder)
        .output()
        .context("cannot start python3")?;
    if !done.status.success() {
        bail!(
            "{} failed ({}): {}",
            script.display(),
            done.status,
            String::from_utf8_lossy(&done.stderr).trim()
        );
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_is_recall_times_gold() {
        let figures: Value =
            serde_json::from_str(r#"{"event": {"r": 0.3333333333, "gold": 9}, "x": {"r": null}}"#)
                .unwrap();
        assert_eq!(right(&figures, "event").unwrap(), 3);
        assert_eq!(right(&figures, "x").unwrap(), 0);
        assert!(right(&figures, "toll").is_err());
    }
}
