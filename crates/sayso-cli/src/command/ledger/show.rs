//! `sayso show`: one incident of the ledger.

use std::io::{self, Write as _};

use sayso_api::{DiffJson, IncidentJson, StepJson};
use sayso_archive::OriginMark;
use sayso_ledger::{Bounds, Missing};
use sayso_link::LinkKnowledge;
use serde::Serialize;

use super::super::Failure;
use super::archive;
use super::{diff, open, runtime};
use crate::arguments::incidents::ShowOptions;
use crate::arguments::ledger::Shown;
use crate::show::{self, change, incident};

/// An incident with its history.
#[derive(Serialize)]
struct ShownJson {
    #[serde(flatten)]
    incident: IncidentJson,
    /// What analysts said of how reliable its origins are.
    marks: Vec<MarkJson>,
    history: Vec<StepJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<DiffJson>,
}

/// A mark on an origin.
#[derive(Serialize)]
struct MarkJson {
    origin: String,
    reliable: bool,
    recorded: String,
    by: String,
    why: Option<String>,
}

impl From<OriginMark> for MarkJson {
    fn from(mark: OriginMark) -> Self {
        Self {
            origin: mark.origin,
            reliable: mark.reliable,
            recorded: mark.recorded,
            by: mark.by,
            why: mark.why,
        }
    }
}

/// Prints an incident: what is known, who says it, on whose say-so, what changed.
///
/// # Errors
/// Where there is no such incident, or the ledger cannot be read.
pub(crate) fn run(options: &ShowOptions) -> Result<usize, Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let bounds = options.view.bounds();
        let archive = archive::open(&book, bounds, &knowledge).await?;
        let number = archive::find(&archive, &options.incident)?;
        let sheets = archive.sheets(&book, number).await?;
        let found = archive.incident(number, &sheets);
        if found.id != options.incident {
            anstream::eprintln!("{} is now {}", options.incident, found.id);
        }
        let marks = archive.marks(number, &sheets, &found);
        let history = archive
            .linked()
            .history(number, |report| sheets.get(&report));
        let since = match options.since {
            Some(since) => {
                let earlier = Bounds {
                    as_of: Some(since),
                    ..bounds
                };
                let before = archive::open(&book, earlier, &knowledge).await?;
                let times = (since.to_string(), diff::written(bounds.as_of), "recorded");
                Some(diff::between(&book, &found.id, (&before, &archive), times).await?)
            }
            None => None,
        };
        let mut out = anstream::AutoStream::auto(io::stdout());
        match options.format {
            Shown::Text => {
                let width = show::width();
                write!(out, "{}", incident::page(&found, &marks, width))?;
                write!(out, "{}", change::history(&found, &history, width))?;
                if let Some(since) = &since {
                    write!(out, "\n{}", change::page(since, width))?;
                }
            }
            Shown::Json => {
                let shown = ShownJson {
                    incident: found,
                    marks: marks.into_iter().map(MarkJson::from).collect(),
                    history,
                    since,
                };
                writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
            }
        }
        book.close().await?;
        Ok(archive.left_out().len())
    })
}
