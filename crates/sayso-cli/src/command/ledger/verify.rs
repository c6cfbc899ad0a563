//! `sayso verify`: is the ledger as it was written?

use std::io::{self, Write as _};

use sayso_ledger::Missing;

use super::super::Failure;
use super::{open, runtime};
use crate::arguments::ledger::VerifyOptions;
use crate::show::style::{ERROR, NOTE, paint, safe};

/// Looks at every entry, and opens whatever is sealed where the keys are at hand; gives how many
/// faults there are.
///
/// # Errors
/// Where the ledger cannot be read.
pub(crate) fn run(options: &VerifyOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let verdict = book.verify(options.head.clone()).await?;
        for fault in &verdict.faults {
            let fault = safe(&fault.to_string());
            anstream::eprintln!("{}: {fault}", paint(ERROR, "fault"));
        }
        if !verdict.has_opened {
            anstream::eprintln!(
                "{}: contents not checked: no keys. What is sealed may be there or not; name the file \
                 of the keys with --keys",
                paint(NOTE, "note")
            );
        }
        if verdict.faults.is_empty() {
            let entries = verdict.head.number;
            let kept = match verdict.kept {
                Some(number) => format!("; the head you kept is entry {number}"),
                None => String::new(),
            };
            writeln!(io::stdout(), "sound: {entries} entries{kept}")?;
        }
        book.close().await?;
        Ok(verdict.faults.len())
    })
}
