//! `sayso incidents` without files: the incidents of the ledger.

use sayso_ledger::Missing;
use sayso_link::LinkKnowledge;

use super::super::Failure;
use super::super::incidents::Printer;
use super::archive::Archive;
use super::{open, runtime};
use crate::arguments::incidents::IncidentsOptions;

/// Prints the incidents that are asked for, one after another; gives how much could not be read.
///
/// # Errors
/// Where the ledger cannot be read, or the output cannot be written.
pub(crate) fn run(options: &IncidentsOptions) -> Result<usize, Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let archive = Archive::open(&book, options.view.bounds(), &knowledge).await?;
        let mut printer = Printer::new(options.format);
        for number in 0..archive.linked().len() {
            if archive.linked().is_withdrawn(number)
                || !options.filter.may_want(&archive.linked().brief(number))
            {
                continue;
            }
            let sheets = archive.sheets(&book, number).await?;
            let incident = archive.incident(number, &sheets);
            if options.filter.wants(&incident) {
                printer.print(&incident)?;
            }
        }
        printer.finish()?;
        book.close().await?;
        Ok(archive.left_out())
    })
}
