//! `sayso recode`: what other versions coded is coded again; reviews stay with their findings.

use sayso_api::sheet_json;
use sayso_coder::Coder;
use sayso_ledger::{About, Added, Bounds, Missing};
use sayso_text::{Note, Published, Report};

use super::super::Failure;
use super::{now, open, runtime};
use crate::arguments::ledger::RecodeOptions;

/// Codes again; the former sheets stay in the ledger.
///
/// # Errors
/// Where the ledger cannot be read or written.
pub(crate) fn run(options: &RecodeOptions) -> Result<usize, Failure> {
    let coder = Coder::with(&options.own.own())?;
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let view = book.view(Bounds::ALL).await?;
        let (mut recoded, mut current) = (0, 0);
        for kept in view.readable() {
            let made_by_us = kept
                .sheet()
                .is_some_and(|sheet| sheet.made_by == *coder.made_by());
            let (Some(version), false) = (kept.version(), made_by_us) else {
                current += 1;
                continue;
            };
            let content = book.content(kept, version.entry).await?;
            let coded = coder.code(report(&version.about, content.text));
            let sheet = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
            match book.recode(&sheet, now()).await? {
                Added::Recoded => recoded += 1,
                Added::New | Added::Known | Added::Corrected | Added::Superseded => current += 1,
            }
        }
        anstream::eprintln!("{recoded} coded again, {current} up to date");
        book.close().await?;
        Ok(0)
    })
}

/// The report as it was read when it came in.
fn report(about: &About, text: String) -> Report {
    Report {
        id: about.id.clone(),
        title: about.title.clone(),
        text,
        published: about
            .published
            .as_deref()
            .and_then(|p| Published::parse(p).ok()),
        outlet: about.outlet.clone(),
        url: about.url.clone(),
        language: about.language.clone(),
        versioned: about.versioned,
        author: about.author.clone(),
        updated: about
            .updated
            .as_deref()
            .and_then(|updated| Published::parse(updated).ok()),
        forwarded_from: about.forwarded_from.clone(),
        reply_to: about.reply_to.clone(),
        summary: about.summary,
        notes: about.summary.then(Note::summary_only).into_iter().collect(),
    }
}
