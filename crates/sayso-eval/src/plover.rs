//! PLOVER's gold standard records: one sentence and one event each.
//!
//! The scorers have no task for them, so the measure is this one. The sheet of a sentence gives the
//! set of PLOVER events that its events and statements are coded with (threats, accusations,
//! demands and rejections are statements). The record's event, under its name in PLOVER 2
//! (`data/plover-names.tsv`), is found if it is in the set; any other in the set is wrong. The
//! records are examples of the CAMEO manual and meant to be hard; actors are not compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::coding::Answer;
use crate::scorer::Document;
use crate::table::{Table, share};

const NAMES: &str = include_str!("../data/plover-names.tsv");

/// One sentence with its event.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The sentence as a report.
    pub(crate) document: Document,
    /// PLOVER 2 event.
    pub(crate) event: &'static str,
}

#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    event: String,
    #[serde(default)]
    text: String,
    date: Option<String>,
}

/// Reads the records; those without a sentence are left out.
///
/// # Errors
/// Where the file is no list of records, or names an event that the mapping lacks.
pub(crate) fn read(gold: &Path) -> Result<Vec<Record>> {
    let text = fs::read_to_string(gold).with_context(|| format!("no gold {}", gold.display()))?;
    parse(&text).with_context(|| format!("in {}", gold.display()))
}

fn parse(text: &str) -> Result<Vec<Record>> {
    let lines: Vec<Line> = serde_json::from_str(text).context("no list of records")?;
    let mut records = Vec::new();
    for line in lines {
        let event = renamed(&line.event)
            .with_context(|| format!("{}: the mapping has no event {}", line.id, line.event))?;
        if event != "-" && !line.text.trim().is_empty() {
            records.push(Record {
                document: Document {
                    id: line.id,
                    title: None,
                    text: line.text,
                    published: line.date,
                    outlet: None,
                },
                event,
            });
        }
    }
    Ok(records)
}

/// The name in PLOVER 2 of an event of PLOVER 0.5b1; `-` is no event.
fn renamed(old: &str) -> Option<&'static str> {
    NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let mut fields = line.split('\t');
            (fields.next() == Some(old))
                .then(|| fields.next())
                .flatten()
        })
}

/// The events that a sheet is coded with.
fn coded(answer: &Answer) -> BTreeSet<&'static str> {
    let sheet = &answer.coded.sheet;
    let events = sheet.events.iter().map(|event| event.plover);
    let said = sheet.statements.iter().filter_map(|said| said.plover);
    events.chain(said).collect()
}

/// Found and printed by event.
///
/// # Errors
/// Where records and answers are not the same in number.
pub(crate) fn table(records: &[Record], answers: &[Answer]) -> Result<String> {
    ensure!(records.len() == answers.len(), "a record was not coded");
    let mut tallies: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut silent = 0;
    for (record, answer) in records.iter().zip(answers) {
        let found = coded(answer);
        silent += usize::from(found.is_empty());
        let tally = tallies.entry(record.event).or_default();
        tally[0] += 1;
        tally[1] += usize::from(found.contains(record.event));
        for event in found {
            tallies.entry(event).or_default()[2] += 1;
        }
    }
    let mut table = Table::new(&["", "gold", "found", "printed", "recall", "precision", "F1"]);
    let mut sum = [0; 3];
    for (event, tally) in &tallies {
        table.row(cells(event, *tally));
        for (all, one) in sum.iter_mut().zip(tally) {
            *all += one;
        }
    }
    table.row(cells("all", sum));
    Ok(format!(
        "{} records; nothing is coded in {silent} of them.\n\n{}",
        records.len(),
        table.finish()
    ))
}

fn cells(name: &str, [gold, found, printed]: [usize; 3]) -> [String; 7] {
    [
        name.to_owned(),
        gold.to_string(),
        found.to_string(),
        printed.to_string(),
        share(found, gold),
        share(found, printed),
        share(2 * found, gold + printed),
    ]
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::PLOVER;

    use super::*;
    use crate::statement::tests::answer;

    #[test]
    fn every_new_name_is_one_of_plover_2() {
        let rows: Vec<Vec<&str>> = NAMES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        assert_eq!(rows.len(), 19);
        for row in &rows {
            assert!(row.len() == 3 && !row[2].is_empty(), "{row:?}");
            assert!(row[1] == "-" || PLOVER.contains(&row[1]), "{row:?}");
        }
        assert_eq!(renamed("FIGHT"), Some("ASSAULT"));
        assert_eq!(renamed("fight"), None);
    }

    #[test]
    fn records_are_read_and_counted() {
        let sentence = "The army shelled the village of Orla on Monday.";
        let text = format!(
            r#"[{{"id": "d", "event": "DOCUMENT"}},
                {{"id": "a", "event": "FIGHT", "text": "{sentence}", "date": "2000-01-01"}}]"#
        );
        let records = parse(&text).unwrap();
        assert_eq!(records.len(), 1);
        let table = table(&records, &[answer(sentence)]).unwrap();
        assert!(table.starts_with("1 records; nothing is coded in 0"));
        assert!(
            table.contains("| ASSAULT | 1 | 1 | 1 | 1.00 | 1.00 | 1.00 |"),
            "{table}"
        );
        let wrong = r#"[{"id": "w7", "event": "DANCE", "text": "x"}]"#;
        assert!(parse(wrong).unwrap_err().to_string().contains("w7"));
    }
}
