//! Codes the reports of a set, on all cores, in process.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use sayso_coder::{Coded, Coder};
use sayso_text::{Published, Report};

use crate::parallel;
use crate::scorer::Document;

/// One report of the gold and what the program makes of it.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Name of the report in the gold.
    pub(crate) id: String,
    /// Reading and sheet; spans are bytes of the reading's text.
    pub(crate) coded: Coded,
}

/// Codes `documents`; answers come in the same order. Draws a bar on a terminal.
///
/// # Errors
/// Where a day of publication is none.
pub(crate) fn code(coder: &Coder, documents: &[Document], what: &str) -> Result<Vec<Answer>> {
    let reports = documents
        .iter()
        .map(report)
        .collect::<Result<Vec<Report>>>()?;
    let bar = ProgressBar::new(reports.len() as u64).with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:30} {pos}/{len}, {eta} left") {
        bar.set_style(style);
    }
    let answers = parallel::map(&reports, |report| {
        let coded = coder.code(report.clone());
        bar.inc(1);
        coded
    });
    bar.finish_and_clear();
    Ok(answers
        .into_iter()
        .map(|coded| Answer {
            id: coded.reading.report.id.clone(),
            coded,
        })
        .collect())
}

fn report(document: &Document) -> Result<Report> {
    let published = document
        .published
        .as_deref()
        .map(Published::parse)
        .transpose()
        .with_context(|| format!("in report {}", document.id))?;
    Ok(Report {
        id: document.id.clone(),
        title: document.title.clone(),
        published,
        outlet: document.outlet.clone(),
        ..Report::from_text(document.text.clone())
    })
}

/// The sheet of an answer as it is read again from its JSON: it outlives the reading.
///
/// # Errors
/// Never, but for a sheet that is no JSON.
pub(crate) fn kept(coder: &Coder, answer: &Answer) -> Result<sayso_api::SheetJson<'static>> {
    let coded = &answer.coded;
    let json = sayso_api::sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    serde_json::from_str(&serde_json::to_string(&json)?).context("a sheet is no JSON")
}

/// Writes sheets as `sayso code --format jsonl` does.
///
/// # Errors
/// Where the file cannot be written.
pub(crate) fn write<'a>(
    coder: &Coder,
    answers: impl IntoIterator<Item = &'a Answer>,
    path: &Path,
) -> Result<()> {
    let naming = || format!("cannot write {}", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(naming)?);
    for answer in answers {
        let json =
            sayso_api::sheet_json(&answer.coded.reading, &answer.coded.sheet, coder.made_by());
        serde_json::to_writer(&mut file, &json).with_context(naming)?;
        file.write_all(b"\n").with_context(naming)?;
    }
    file.flush().with_context(naming)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, text: &str, published: &str) -> Document {
        Document {
            id: id.to_owned(),
            title: None,
            text: text.to_owned(),
            published: Some(published.to_owned()),
            outlet: None,
        }
    }

    #[test]
    fn answers_stand_in_the_order_of_the_reports() {
        let coder = Coder::shipped().unwrap();
        let documents = [
            document(
                "b",
                "The mayor of Orla said two guards were hurt.",
                "2025-03-02",
            ),
            document("a", "Shells fell on Orla.", "2025-03-02"),
        ];
        let answers = code(&coder, &documents, "test").unwrap();
        let ids: Vec<&str> = answers.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["b", "a"]);
        assert_eq!(answers[0].coded.sheet.statements.len(), 1);
    }

    #[test]
    fn a_wrong_day_is_named_with_its_report() {
        let coder = Coder::shipped().unwrap();
        let error = code(&coder, &[document("x1", "Nothing.", "someday")], "test").unwrap_err();
        assert!(format!("{error:#}").contains("x1") && format!("{error:#}").contains("someday"));
    }
}
