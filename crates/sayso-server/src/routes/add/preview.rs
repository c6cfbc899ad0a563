//! What would be kept, before anything is.

use std::sync::Arc;

use sayso_api::sheet_json;
use sayso_ledger::{About, Known};
use tokio::sync::mpsc;

use super::files::{Item, Read};
use super::{AddedJson, PreviewJson, RefusedJson};
use crate::problem::Problem;
use crate::state::Desk;

/// As many reports are coded for a preview; more are only read.
const PREVIEWED: usize = 30;

/// How much of a text is shown, in characters.
const BEGINNING: usize = 240;

/// Reads what came in, asks the ledger about each report, and codes the first of them.
///
/// # Errors
/// Where the ledger cannot be read.
pub(super) async fn preview(
    desk: &Desk,
    mut items: mpsc::Receiver<Item>,
    corrections: bool,
) -> Result<AddedJson, Problem> {
    let book = &desk.0.archive.book;
    let mut answer = AddedJson::default();
    let mut number = 0;
    while let Some(item) = items.recv().await {
        let one = match item {
            Item::Report(read) => *read,
            Item::Refused(refused) => {
                answer.refused.push(refused);
                continue;
            }
        };
        let about = About::of(&one.report);
        let known = match book.has(&about, &one.report.text, corrections).await {
            Ok(known) => known,
            Err(error) if error.is_of_one_report() => {
                let refused = RefusedJson::of_ledger(&one.file, &about.id, &error);
                answer.refused.push(refused);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let is_coded = number < PREVIEWED && known != Known::Kept;
        answer.previewed.push(if is_coded {
            coded(desk, one, about, known).await?
        } else {
            shown(&one, about, known)
        });
        number += 1;
    }
    Ok(answer)
}

fn shown(one: &Read, about: About, known: Known) -> PreviewJson {
    let notes = one.report.notes.iter();
    PreviewJson {
        file: one.file.clone(),
        id: about.id,
        title: about.title,
        outlet: about.outlet,
        published: about.published,
        beginning: one.report.text.chars().take(BEGINNING).collect(),
        statements: None,
        events: None,
        types: Vec::new(),
        notes: notes.map(|note| note.message.clone()).collect(),
        known: known == Known::Kept,
        back: known == Known::TakenBack,
    }
}

/// A text that breaks the program is shown as one that was not coded.
async fn coded(desk: &Desk, one: Read, about: About, known: Known) -> Result<PreviewJson, Problem> {
    let mut shown = shown(&one, about, known);
    let coder = Arc::clone(&desk.0.coder);
    let coding = tokio::task::spawn_blocking(move || {
        let coded = coder.code(one.report);
        let sheet = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
        let types = sheet.events.iter().filter_map(|event| event.acled.as_ref());
        let types: Vec<String> = types.map(ToString::to_string).collect();
        let notes = sheet.notes.iter().map(|note| note.message.to_string());
        let counts = (sheet.statements.len(), sheet.events.len());
        (counts, types, notes.collect::<Vec<String>>())
    });
    match coding.await {
        Ok(((statements, events), types, notes)) => {
            shown.statements = Some(statements);
            shown.events = Some(events);
            shown.types = types;
            shown.notes = notes;
        }
        Err(error) => {
            crate::log(&format!(
                "a report could not be coded for a preview: {error}"
            ));
            let told = "the program broke on this report: it can be kept, and will not be coded";
            shown.notes.push(told.to_owned());
        }
    }
    Ok(shown)
}
