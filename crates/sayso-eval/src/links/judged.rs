//! Findings on real incidents beside those of a reader: which agree.
//!
//! `data/incidents-2016.tsv` names the reports, `data/findings-2016.tsv` has what a person answered
//! before the program read them. Neither holds any text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use sayso_api::{FindingJson, IncidentJson, SheetJson};
use sayso_coder::Coder;
use sayso_link::{Decision, Decisions, LinkKnowledge, incidents, incidents_decided};

use crate::coding;
use crate::scorer::Document;
use crate::table::{Table, share};

const INCIDENTS: &str = include_str!("../../data/incidents-2016.tsv");
const FINDINGS: &str = include_str!("../../data/findings-2016.tsv");

/// What the reader answered to one question.
struct Answered<'t> {
    question: &'t str,
    status: &'t str,
    /// Low and high, of counts.
    range: Option<(u64, u64)>,
}

/// One incident as the reader saw it.
struct Read<'t> {
    name: &'t str,
    reports: Vec<&'t str>,
    place: &'t str,
    date: &'t str,
    answers: Vec<Answered<'t>>,
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn read() -> Result<Vec<Read<'static>>> {
    let field = |row: &[&'static str], at: usize| row.get(at).copied().unwrap_or_default();
    let mut all: Vec<Read<'static>> = rows(INCIDENTS)
        .map(|row| Read {
            name: field(&row, 0),
            reports: field(&row, 1).split_whitespace().collect(),
            place: field(&row, 2),
            date: field(&row, 3),
            answers: Vec::new(),
        })
        .collect();
    for row in rows(FINDINGS) {
        let incident = all.iter_mut().find(|read| read.name == field(&row, 0));
        let incident = incident.with_context(|| format!("no incident {}", field(&row, 0)))?;
        let range = field(&row, 5).parse().ok().zip(field(&row, 7).parse().ok());
        incident.answers.push(Answered {
            question: field(&row, 1),
            status: field(&row, 3),
            range,
        });
    }
    ensure!(!all.is_empty(), "no incidents in the data of this program");
    Ok(all)
}

/// The tables of the page.
///
/// # Errors
/// Where the reports of `shared` cannot be read.
pub(crate) fn section(shared: &Path) -> Result<String> {
    let all = read()?;
    let sheets = sheets(&shared.join("data/dev/fa-kes/reports.jsonl"), &all)?;
    let knowledge = LinkKnowledge::builtin()?;
    let mut out = String::new();
    let mut table = Table::new(&[
        "incident",
        "reports",
        "statuses that agree",
        "counts that agree",
        "where not",
    ]);
    let mut questions: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut agree, mut asked, mut counts_agree, mut counts) = (0, 0, 0, 0);
    for read in &all {
        let found = linked_as_read(read, &sheets, &knowledge);
        let mut differs = Vec::new();
        let (mut here, mut counted, mut counted_here) = (0, 0, 0);
        for answered in &read.answers {
            let finding = found.as_ref().and_then(|incident| {
                let mut findings = incident.findings.iter();
                findings.find(|finding| finding.question == answered.question)
            });
            // A question that nothing answers is one to which nobody knows the answer.
            let status = finding.map_or("unknown", |finding| finding.status.as_str());
            let question = questions.entry(answered.question).or_default();
            question.1 += 1;
            if status == answered.status {
                question.0 += 1;
                here += 1;
            } else {
                differs.push(format!(
                    "{}: {status}, read {}",
                    answered.question, answered.status
                ));
            }
            if let Some(range) = answered.range {
                counted += 1;
                let told = finding.and_then(range_of);
                if told == Some(range) {
                    counted_here += 1;
                } else {
                    differs.push(format!(
                        "{}: {}, read {} to {}",
                        answered.question,
                        told.map_or("none".to_owned(), |(low, high)| format!("{low} to {high}")),
                        range.0,
                        range.1
                    ));
                }
            }
        }
        table.row([
            format!("{}, {}", read.place, read.date),
            read.reports.len().to_string(),
            format!("{here} of {}", read.answers.len()),
            format!("{counted_here} of {counted}"),
            differs.join("; "),
        ]);
        agree += here;
        asked += read.answers.len();
        counts_agree += counted_here;
        counts += counted;
    }
    let _ = writeln!(
        out,
        "Of {asked} answers {agree} have the reader's status ({}), of {counts} counts {counts_agree} its lowest and highest.",
        share(agree, asked)
    );
    let _ = write!(out, "\n{}", table.finish());
    let mut by_question = Table::new(&["question", "agree", "of"]);
    for (question, (agree, of)) in questions {
        by_question.row([question.to_owned(), agree.to_string(), of.to_string()]);
    }
    let _ = write!(out, "\n{}", by_question.finish());
    let _ = write!(out, "\n{}", together(&all, &sheets, &knowledge));
    Ok(out)
}

/// Every answer of the program to the incident called `name`, for a terminal, never for the page:
/// the words are a publisher's.
///
/// # Errors
/// Where the reports of `shared` cannot be read.
pub(crate) fn show(shared: &Path, name: &str) -> Result<String> {
    let all = read()?;
    let read = all
        .iter()
        .find(|read| read.name == name)
        .with_context(|| format!("no incident {name}"))?;
    let sheets = sheets(&shared.join("data/dev/fa-kes/reports.jsonl"), &all)?;
    let found = linked_as_read(read, &sheets, &LinkKnowledge::builtin()?);
    Ok(serde_json::to_string_pretty(&found)?)
}

fn range_of(finding: &FindingJson) -> Option<(u64, u64)> {
    finding.low.zip(finding.high)
}

/// The incident of the reader's reports alone, joined as the reader joined them: what the linker
/// does is measured beside it.
fn linked_as_read(
    read: &Read<'_>,
    sheets: &[SheetJson<'static>],
    knowledge: &LinkKnowledge,
) -> Option<IncidentJson> {
    let own: Vec<SheetJson<'static>> = sheets
        .iter()
        .filter(|sheet| read.reports.contains(&sheet.report.id.as_ref()))
        .cloned()
        .collect();
    let mut decisions = Decisions::default();
    decisions.take(&Decision::Merge {
        reports: read.reports.iter().map(|&id| id.to_owned()).collect(),
    });
    incidents_decided(&own, knowledge, decisions)
        .into_iter()
        .next()
}

/// How many of the pairs that the reader has in one incident the linker joins by itself, and how
/// many others.
fn together(all: &[Read<'_>], sheets: &[SheetJson<'static>], knowledge: &LinkKnowledge) -> String {
    let mut gold: BTreeSet<(&str, &str)> = BTreeSet::new();
    for read in all {
        for a in &read.reports {
            gold.extend(read.reports.iter().filter(|b| a < *b).map(|b| (*a, *b)));
        }
    }
    let found = incidents(sheets, knowledge);
    let (mut right, mut wrong) = (0, 0);
    for incident in &found {
        let main = incident.reports.iter().filter(|r| r.role == "main");
        let ids: Vec<&str> = main.map(|report| report.id.as_str()).collect();
        for a in &ids {
            for b in ids.iter().filter(|b| a < *b) {
                if gold.contains(&(*a, *b)) {
                    right += 1;
                } else {
                    wrong += 1;
                }
            }
        }
    }
    format!(
        "Without the reader's help the linker joins {right} of the {} pairs of one incident, and {wrong} others.\n",
        gold.len()
    )
}

/// The reports that some incident names, coded; of those that stand twice the first.
fn sheets(path: &Path, all: &[Read<'_>]) -> Result<Vec<SheetJson<'static>>> {
    let wanted: BTreeSet<&str> = all.iter().flat_map(|read| read.reports.clone()).collect();
    let lines =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut documents: Vec<Document> = Vec::new();
    for line in lines.lines() {
        let document: Document = serde_json::from_str(line)?;
        let known = documents.iter().any(|other| other.id == document.id);
        if wanted.contains(document.id.as_str()) && !known {
            documents.push(document);
        }
    }
    ensure!(
        documents.len() == wanted.len(),
        "{} of {} reports are in {}",
        documents.len(),
        wanted.len(),
        path.display()
    );
    let coder = Coder::shipped()?;
    coding::code(&coder, &documents, "findings")?
        .iter()
        .map(|answer| coding::kept(&coder, answer))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_incidents_have_eight_answers_each() {
        let all = read().unwrap();
        assert_eq!(all.len(), 10);
        for read in &all {
            assert_eq!(read.answers.len(), 8, "{}", read.name);
            assert!(read.reports.len() >= 3, "{}", read.name);
        }
    }
}
