//! `sayso search`: reports and statements by their words.

use std::io::{self, Write as _};

use sayso_ledger::{Found, Missing};
use serde_json::json;

use super::super::Failure;
use super::{open, runtime};
use crate::arguments::ledger::{SearchOptions, Shown};
use crate::show::style::{ERROR, FAINT, HEADING, QUOTE, paint, safe};

/// Prints what is found, the newest first; JSON is one object a line. Gives how many reports that may
/// have the words could not be read.
///
/// # Errors
/// Where the ledger cannot be read.
pub(crate) fn run(options: &SearchOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let words = options.words.join(" ");
        let bounds = options.view.bounds();
        let Found { hits, left_out } = book.search_latest(&words, bounds, usize::MAX).await?;
        let mut out = anstream::AutoStream::auto(io::stdout());
        for hit in &hits {
            let about = &hit.about;
            if options.format == Shown::Json {
                let line = json!({
                    "report": about, "spans": hit.spans, "snippet": hit.snippet,
                    "statements": hit.statements,
                });
                writeln!(out, "{line}")?;
                continue;
            }
            let title = about.title.as_deref().unwrap_or("(no title)");
            writeln!(out, "{}", paint(HEADING, &safe(title)))?;
            let facts = [&about.published, &about.outlet];
            let facts: Vec<String> = facts.into_iter().flatten().map(|fact| safe(fact)).collect();
            let facts = format!("{}  {}", safe(&about.id), facts.join(" · "));
            writeln!(out, "  {}", paint(FAINT, &facts))?;
            writeln!(out, "  {}", safe(&hit.snippet))?;
            for statement in &hit.statements {
                let content: Vec<String> = statement
                    .content
                    .iter()
                    .map(|part| safe(&part.quote))
                    .collect();
                let speaker = statement
                    .sources
                    .first()
                    .map_or_else(|| "(nobody named)".to_owned(), |source| safe(&source.quote));
                let content = paint(QUOTE, &format!("“{}”", content.join(" … ")));
                writeln!(out, "    {} {speaker}: {content}", safe(&statement.id))?;
            }
            writeln!(out)?;
        }
        if hits.is_empty() {
            anstream::eprintln!("no report has these words");
        }
        for (id, error) in &left_out {
            let why = safe(&error.to_string());
            anstream::eprintln!("{}: {}: {why}", paint(ERROR, "left out"), safe(id));
        }
        book.close().await?;
        Ok(left_out.len())
    })
}
