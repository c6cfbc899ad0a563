//! The incidents of the ledger: for `sayso incidents` without files, and for `sayso export`.

use sayso_api::{IncidentJson, SheetJson};
use sayso_ledger::Missing;
use sayso_link::LinkKnowledge;

use super::super::Failure;
use super::super::incidents::Printer;
use super::archive;
use super::{open, runtime};
use crate::arguments::incidents::{IncidentsOptions, WhichOptions};

/// Prints the incidents that are asked for, one after another; gives how much could not be read.
///
/// # Errors
/// Where the ledger cannot be read, or the output cannot be written.
pub(crate) fn run(options: &IncidentsOptions) -> Result<usize, Failure> {
    let mut printer = Printer::new(options.format);
    let left_out = each(&options.which, |incident, _| printer.print(&incident))?;
    printer.finish()?;
    Ok(left_out)
}

/// Hands over the incidents that are asked for, each with the sheets of its reports; gives how much
/// could not be read.
///
/// # Errors
/// Where the ledger cannot be read, or what it is handed to fails.
pub(in super::super) fn each(
    which: &WhichOptions,
    mut take: impl FnMut(IncidentJson, Vec<SheetJson<'static>>) -> Result<(), Failure>,
) -> Result<usize, Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    let wanted = which.filter.read(&which.own.own())?;
    runtime()?.block_on(async {
        let book = open(&which.ledger, Missing::Refuse).await?;
        let archive = archive::open(&book, which.view.bounds(), &knowledge).await?;
        for number in 0..archive.linked().len() {
            if archive.linked().is_withdrawn(number)
                || !wanted.may_want(&archive.linked().brief(number))
            {
                continue;
            }
            let sheets = archive.sheets(&book, number).await?;
            let incident = archive.incident(number, &sheets);
            if wanted.wants(&incident) {
                take(incident, sheets.into_values().collect())?;
            }
        }
        book.close().await?;
        Ok(archive.left_out().len())
    })
}
