//! The incidents of a ledger, with a bar while it is read and a list of what could not be.

use sayso_archive::LeftOut;
use sayso_ledger::{Book, Bounds};
use sayso_link::LinkKnowledge;

use super::super::Failure;
use crate::show::progress::Progress;
use crate::show::style::{ERROR, paint, safe};

pub(super) use sayso_archive::Archive;

/// Reads and links every report within `bounds`.
pub(super) async fn open<'k>(
    book: &Book,
    bounds: Bounds,
    knowledge: &'k LinkKnowledge,
) -> Result<Archive<'k>, Failure> {
    let mut progress: Option<Progress> = None;
    let archive = Archive::open(book, bounds, knowledge, |total| {
        progress.get_or_insert_with(|| Progress::over(total)).step();
    })
    .await?;
    if let Some(progress) = progress {
        progress.finish(0);
    }
    for what in archive.left_out() {
        let what = match what {
            LeftOut::Report(id, error) => format!("{}: {}", safe(id), safe(&error.to_string())),
            LeftOut::Locked(_) => what.to_string(),
        };
        anstream::eprintln!("{}: {what}", paint(ERROR, "left out"));
    }
    Ok(archive)
}

/// The number of the incident that has, or once had, this id.
pub(super) fn find(archive: &Archive<'_>, id: &str) -> Result<usize, Failure> {
    archive.linked().find(id).ok_or_else(|| Failure::Word {
        what: "incident in this view of the ledger",
        word: id.to_owned(),
        allowed: "an id that `sayso incidents` shows (i:…)".to_owned(),
    })
}
