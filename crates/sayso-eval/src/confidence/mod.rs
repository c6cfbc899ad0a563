//! Confidence: learned from annotated reports, and measured on them.
//!
//! `lexicon/confidence.tsv` is fitted on all reports that are given; what is said of it on reports
//! it has not seen comes from folds: the reports are parted into [`FOLDS`], and each is judged by
//! weights from the others. Harder still, each set is judged by weights from the other sets alone.

mod fit;
mod reliability;
pub(crate) mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use sayso_lexicon::SignWeights;

use crate::scorer::Scorer;
use crate::table::Table;
use reliability::{Judged, Reliability};
use rows::{Kind, Row};

/// Parts of the reports that are judged in turn by the rest.
const FOLDS: usize = 10;

/// Everything found in the whole sheets of the development set and in the folders `more`.
///
/// # Errors
/// Where a set cannot be scored.
pub(crate) fn learn(scorer: &Scorer, more: &[PathBuf]) -> Result<Vec<Row>> {
    let mut sources = vec![rows::Source::of_set(scorer, "sheets")?];
    sources.extend(more.iter().map(|folder| rows::Source::of_folder(folder)));
    let mut all = Vec::new();
    for source in &sources {
        all.extend(rows::of(scorer, source)?);
    }
    Ok(all)
}

/// The file that `rows` teach.
pub(crate) fn file(rows: &[Row]) -> String {
    let mut text = String::from(
        "# How much each sign of a statement or an event being right counts, in log odds: logistic regression,\n\
         # written by `sayso-eval confidence` (crates/sayso-eval/src/confidence). The signs are those of\n\
         # crates/sayso-core/src/confidence; `right` is what the scorer of whole sheets counts as fully right.\n",
    );
    for (set, documents) in sets(rows) {
        let count = |kind| {
            rows.iter()
                .filter(|r| r.set == set && r.kind == kind)
                .count()
        };
        let _ = writeln!(
            text,
            "# learned from: {set}, {documents} reports, {} statements, {} events",
            count(Kind::Statement),
            count(Kind::Event)
        );
    }
    text.push_str(
        "# origin: learned from reports annotated by people; docs/ACCURACY.md says how far it can be trusted\n\
         # licence: Apache-2.0\n# keys: repeat\n# columns: of\tsign\tweight\n",
    );
    let mut lines: Vec<String> = Vec::new();
    for kind in Kind::ALL {
        let own: Vec<&Row> = rows.iter().filter(|r| r.kind == kind).collect();
        let weights = fit::fit(&own);
        lines.extend(
            weights
                .iter()
                .filter(|(_, weight)| *weight != 0.0)
                .map(|(sign, weight)| format!("{}\t{sign}\t{weight}", kind.as_str())),
        );
    }
    lines.sort_unstable();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Each set with the number of its reports, in the order of its first row.
fn sets(rows: &[Row]) -> Vec<(String, usize)> {
    let mut order: Vec<String> = Vec::new();
    let mut documents: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        if !order.contains(&row.set) {
            order.push(row.set.clone());
        }
        documents.entry(&row.set).or_default().insert(&row.document);
    }
    order
        .into_iter()
        .map(|set| {
            let count = documents.get(set.as_str()).map_or(0, BTreeSet::len);
            (set, count)
        })
        .collect()
}

/// What weights learned from the rows of other parts say of each row; `part` names the part.
fn judged_by_others<'r, P: Ord>(rows: &[&'r Row], part: impl Fn(&'r Row) -> P) -> Vec<Judged> {
    let parts: BTreeSet<P> = rows.iter().map(|row| part(row)).collect();
    let weights: BTreeMap<P, SignWeights> = parts
        .into_iter()
        .map(|one| {
            let others: Vec<&Row> = rows
                .iter()
                .copied()
                .filter(|row| part(row) != one)
                .collect();
            (one, fit::fit(&others))
        })
        .collect();
    rows.iter()
        .filter_map(|row| {
            let signs = row
                .signs
                .iter()
                .map(|(name, value)| (name.as_str(), *value));
            Some((weights.get(&part(row))?.probability(signs), row.right))
        })
        .collect()
}

/// Tables of how far confidence comes true on reports that it has not seen.
pub(crate) fn tables(rows: &[Row]) -> String {
    let documents: BTreeSet<&str> = rows.iter().map(|row| row.document.as_str()).collect();
    let fold: BTreeMap<&str, usize> = documents
        .into_iter()
        .enumerate()
        .map(|(number, document)| (document, number % FOLDS))
        .collect();
    let mut text = String::new();
    for kind in Kind::ALL {
        let own: Vec<&Row> = rows.iter().filter(|row| row.kind == kind).collect();
        let by_fold = judged_by_others(&own, |row| fold.get(row.document.as_str()).copied());
        let by_set = judged_by_others(&own, |row| row.set.as_str());
        let mut table = new_table();
        add(&mut table, "all, by reports of other folds", &by_fold);
        add(&mut table, "all, by reports of other sets", &by_set);
        for (set, _) in sets(rows) {
            for (how, judged) in [("folds", &by_fold), ("sets", &by_set)] {
                let of_set: Vec<Judged> = own
                    .iter()
                    .zip(judged)
                    .filter(|(row, _)| row.set == set)
                    .map(|(_, judged)| *judged)
                    .collect();
                add(&mut table, &format!("{set}, by other {how}"), &of_set);
            }
        }
        let _ = write!(
            text,
            "{} of reports that the weights have not seen:\n\n{}\n",
            title(kind),
            table.finish()
        );
        let _ = writeln!(text, "{}", bins(&by_fold));
    }
    text
}

/// What the program itself said of the findings of one set, against what came true.
pub(crate) fn told(rows: &[Row]) -> String {
    let mut table = new_table();
    let mut text = String::new();
    for kind in Kind::ALL {
        let judged: Vec<Judged> = rows
            .iter()
            .filter(|row| row.kind == kind)
            .map(|row| (row.told, row.right))
            .collect();
        if !judged.is_empty() {
            add(&mut table, title(kind), &judged);
        }
    }
    text.push_str(&table.finish());
    text
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Statement => "Statements",
        Kind::Event => "Events",
    }
}

fn new_table() -> Table {
    Table::new(&[
        "",
        "found",
        "right",
        "confidence",
        "ECE",
        "by chance",
        "Brier",
        "order",
    ])
}

fn add(table: &mut Table, name: &str, judged: &[Judged]) {
    let Reliability {
        count,
        right,
        told,
        error,
        chance,
        brier,
        order,
    } = reliability::of(judged);
    if count > 0 {
        table.row([
            name.to_owned(),
            count.to_string(),
            format!("{right:.3}"),
            format!("{told:.3}"),
            format!("{error:.3}"),
            format!("{chance:.3}"),
            format!("{brier:.3}"),
            format!("{order:.3}"),
        ]);
    }
}

/// Confidence and share of the right ones, bin by bin.
fn bins(judged: &[Judged]) -> String {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut table = Table::new(&["confidence", "found", "mean confidence", "right"]);
    for bin in reliability::bins(&sorted) {
        let (right, told) = reliability::of_bin(bin);
        table.row([
            format!("{:.2} to {:.2}", bin[0].0, bin[bin.len() - 1].0),
            bin.len().to_string(),
            format!("{told:.2}"),
            format!("{right:.2}"),
        ]);
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fit::tests::row;

    /// Reports of three findings each: clear ones are right three times in four, others once.
    fn reports() -> Vec<Row> {
        (0..600)
            .map(|i| {
                let clear = i % 2 == 0;
                let right = (i / 2) % 4 < if clear { 3 } else { 1 };
                let signs: &[(&str, f64)] = if clear {
                    &[("base", 1.0), ("clear", 1.0)]
                } else {
                    &[("base", 1.0)]
                };
                row(i / 3, signs, right)
            })
            .collect()
    }

    #[test]
    fn what_is_learned_comes_true_on_other_reports() {
        let rows = reports();
        let own: Vec<&Row> = rows.iter().collect();
        let judged = judged_by_others(&own, |row| row.document.clone());
        let found = reliability::of(&judged);
        // Three in four and one in four are right: 0.1875 is the best that can be said of them.
        assert!(found.brier < 0.2, "{found:?}");
        assert!((found.told - found.right).abs() < 0.01, "{found:?}");
    }

    #[test]
    fn the_file_is_read_back() {
        let text = file(&reports());
        let weights = sayso_lexicon::ConfidenceWeights::parse(&text).unwrap();
        assert!(weights.event.of("clear") > 1.0);
        assert_eq!(weights.statement, SignWeights::default());
        assert!(text.contains("# learned from: made-up, 200 reports, 0 statements, 600 events"));
    }
}
