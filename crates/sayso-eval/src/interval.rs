//! How far a figure may be off by the choice of documents.
//!
//! Documents are drawn anew from the set, as many as it has, with replacement, [`DRAWS`] times; the
//! interval holds the middle 95% of the figures of the draws (the percentile bootstrap of Efron &
//! Tibshirani 1993). The figures are the scorer's: it is run on each document alone, and what it
//! counts there is added up. Draws are made from a fixed seed, so the page is the same each time.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::coding::Answer;
use crate::parallel;
use crate::scorer::Scorer;
use crate::sets::Set;
use crate::table::Table;

const DRAWS: usize = 2000;
const SEED: u64 = 0x5A15_0000_2026_1125;

/// What one document adds to a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    /// Gold that is found.
    found: f64,
    /// Predictions that are right; not `found` where the two are counted apart.
    right: f64,
    predicted: f64,
    gold: f64,
    /// Of the found, those with an equal value.
    equal: f64,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
        self.equal += other.equal;
    }

    /// F1, times the share of equal values where the figure asks for one.
    fn figure(&self, of_value: bool) -> f64 {
        let rate = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let (p, r) = (
            rate(self.right, self.predicted),
            rate(self.found, self.gold),
        );
        let f1 = rate(2.0 * p * r, p + r);
        if of_value {
            f1 * rate(self.equal, self.found)
        } else {
            f1
        }
    }
}

/// The figures that get an interval, by the scorer's task; others get none.
fn figures_of(set: &Set) -> &'static [&'static str] {
    match (set.name, set.task) {
        ("status", _) => &["marked_status", "marked_toll_status", "event_full_F1"],
        (_, "sheets") => &[
            "statement_full_F1",
            "statement_iou50",
            "event_full_F1",
            "event",
            "toll",
        ],
        (_, "attribution") => &["triple", "content_iou50", "content_iou80"],
        (_, "times") => &["relaxed", "value"],
        _ => &[],
    }
}

/// A table of figures with their intervals; `None` where the set gets none.
///
/// # Errors
/// Where the scorer fails on a document, or its counts do not add up to its figures.
pub(crate) fn table(
    scorer: &Scorer,
    set: &Set,
    gold: &Path,
    output: &Path,
    answers: &[Answer],
) -> Result<Option<String>> {
    let names = figures_of(set);
    if names.is_empty() || answers.len() < 2 || !gold.is_dir() {
        return Ok(None);
    }
    let per_document = parallel::map(answers, |answer| {
        let one = alone(scorer, set, gold, &answer.id)?;
        let figures = scorer.figures(set, &one, output)?;
        names
            .iter()
            .map(|name| counts(&figures, name))
            .collect::<Result<Vec<Counts>>>()
    })
    .into_iter()
    .collect::<Result<Vec<Vec<Counts>>>>()?;
    let whole = scorer.figures(set, gold, output)?;
    let mut table = Table::new(&["", "figure", "95% interval"]);
    for (k, name) in names.iter().enumerate() {
        let of_value = *name == "value";
        let counts: Vec<Counts> = per_document.iter().map(|document| document[k]).collect();
        let here = sum(&counts, 0..counts.len()).figure(of_value);
        let there = whole
            .get(name)
            .and_then(|metric| metric.get("f1"))
            .and_then(Value::as_f64)
            .unwrap_or(0.0);
        ensure!(
            (here - there).abs() < 1e-6,
            "{}: {name} is {there} by the scorer and {here} by its counts of each document",
            set.name
        );
        let [low, high] = interval(&counts, of_value);
        table.row([
            format!("`{name}`"),
            format!("{here:.3}"),
            format!("{low:.2} to {high:.2}"),
        ]);
    }
    let mut text = table.finish();
    let _ = writeln!(
        text,
        "\nOver {} documents, {DRAWS} draws with replacement.",
        answers.len()
    );
    Ok(Some(text))
}

/// The gold of one document alone, in the format of the set.
fn alone(scorer: &Scorer, set: &Set, gold: &Path, id: &str) -> Result<PathBuf> {
    if set.task == "times" {
        return Ok(gold.join(format!("{id}.tml")));
    }
    let folder = scorer.work().join(format!("{}-alone", set.name)).join(id);
    let (texts, ending, annotations) = match set.task {
        "sheets" => ("docs", "json", "annot"),
        _ => ("text", "txt", "attributions"),
    };
    let copy = |below: &str, name: &str| -> Result<()> {
        let to = folder.join(below);
        fs::create_dir_all(&to).with_context(|| format!("cannot make {}", to.display()))?;
        let from = gold.join(below).join(name);
        fs::copy(&from, to.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
        Ok(())
    };
    copy(texts, &format!("{id}.{ending}"))?;
    let from = gold.join(annotations);
    for entry in fs::read_dir(&from).with_context(|| format!("cannot read {}", from.display()))? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
        if stem == id
            || stem
                .rsplit_once('_')
                .is_some_and(|(article, _)| article == id)
        {
            copy(annotations, &name)?;
        }
    }
    Ok(folder)
}

/// What the scorer counted for the figure `name`.
fn counts(figures: &Value, name: &str) -> Result<Counts> {
    let of = |metric: &str, key: &str| {
        figures
            .get(metric)
            .map(|m| m.get(key).and_then(Value::as_f64).unwrap_or(0.0))
            .with_context(|| format!("the scorer has no {metric}"))
    };
    // `value` is relaxed F1 times a share, and the scorer gives its parts there.
    let base = if name == "value" { "relaxed" } else { name };
    let (predicted, gold) = (of(base, "predicted")?, of(base, "gold")?);
    let found = (of(base, "r")? * gold).round();
    let share = if name == "value" {
        of(name, "accuracy")?
    } else {
        0.0
    };
    Ok(Counts {
        found,
        right: (of(base, "p")? * predicted).round(),
        predicted,
        gold,
        equal: (share * found).round(),
    })
}

fn sum(counts: &[Counts], of: impl IntoIterator<Item = usize>) -> Counts {
    let mut all = Counts::default();
    for at in of {
        all.add(&counts[at]);
    }
    all
}

/// The ends of the middle 95% of the figures of all draws.
fn interval(counts: &[Counts], of_value: bool) -> [f64; 2] {
    let mut random = SplitMix::new(SEED);
    let mut figures: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = (0..counts.len()).map(|_| random.below(counts.len()));
            sum(counts, drawn.collect::<Vec<_>>()).figure(of_value)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    let cut = DRAWS / 40;
    [figures[cut], figures[DRAWS - 1 - cut]]
}

/// SplitMix64 (Steele, Lea & Flood 2014): enough for drawing documents, the same everywhere.
pub(crate) struct SplitMix(u64);

impl SplitMix {
    /// The same draws for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// A number of [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(found: f64, predicted: f64, gold: f64) -> Counts {
        Counts {
            found,
            right: found,
            predicted,
            gold,
            equal: found,
        }
    }

    #[test]
    fn documents_that_are_alike_leave_no_doubt() {
        let alike = vec![document(1.0, 2.0, 2.0); 9];
        assert_eq!(interval(&alike, false), [0.5, 0.5]);
    }

    #[test]
    fn documents_that_differ_leave_some_and_the_same_each_time() {
        let mut counts = vec![document(4.0, 4.0, 4.0); 5];
        counts.extend(vec![document(0.0, 4.0, 4.0); 5]);
        let [low, high] = interval(&counts, false);
        assert!(
            low > 0.1 && low < 0.3 && high > 0.7 && high < 0.9,
            "{low} {high}"
        );
        assert_eq!(interval(&counts, false), [low, high]);
    }

    #[test]
    fn the_figure_is_the_scorers() {
        let figures: Value = serde_json::from_str(
            r#"{"relaxed": {"f1": 0.8, "p": 0.8, "r": 0.8, "predicted": 5, "gold": 5},
                "value": {"f1": 0.6, "accuracy": 0.75}}"#,
        )
        .unwrap();
        let value = counts(&figures, "value").unwrap();
        assert!((value.figure(true) - 0.6).abs() < 1e-9);
        assert!(counts(&figures, "triple").is_err());
        assert_eq!(Counts::default().figure(true), 0.0);
    }
}
