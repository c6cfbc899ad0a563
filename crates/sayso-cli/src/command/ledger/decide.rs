//! What analysts decide on incidents and origins.

use std::io::{self, Write as _};

use sayso_ledger::{Book, Bounds};
use sayso_link::{Decision, LinkKnowledge};

use super::super::Failure;
use super::archive::{self, Archive};
use super::now;
use crate::arguments::ledger::{OriginOptions, SignedOptions};

/// Records that incidents are one, and says what became of them.
pub(super) async fn merge(
    book: &Book,
    incidents: &[String],
    signed: &SignedOptions,
) -> Result<(), Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    // What is decided after this is not in what is looked at.
    let seen = book.head().await?.number;
    let mut archive = archive::open(book, Bounds::ALL, &knowledge).await?;
    let mut numbers = Vec::new();
    for id in incidents {
        numbers.push(archive::find(&archive, id)?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < 2 {
        return Err(Failure::Word {
            what: "set of incidents to merge",
            word: incidents.join(" "),
            allowed: "two or more that are not one already".to_owned(),
        });
    }
    let ids: Vec<String> = numbers.iter().map(|&n| archive.linked().id(n)).collect();
    let reports: Vec<String> = numbers.iter().flat_map(|&n| archive.main_ids(n)).collect();
    let why = signed.why.as_deref();
    book.merge_at(&ids, &reports, why, (&signed.by, now(), Some(seen)))
        .await?;
    archive.decide(&Decision::Merge { reports });
    told(&archive, &ids)
}

/// Records that reports are not of an incident, and says what became of it.
pub(super) async fn split(
    book: &Book,
    incident: &str,
    reports: &[String],
    signed: &SignedOptions,
) -> Result<(), Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    let seen = book.head().await?.number;
    let mut archive = archive::open(book, Bounds::ALL, &knowledge).await?;
    let number = archive::find(&archive, incident)?;
    let id = archive.linked().id(number);
    let all = archive.main_ids(number);
    if let Some(other) = reports.iter().find(|report| !all.contains(report)) {
        return Err(Failure::Word {
            what: "report of this incident",
            word: other.clone(),
            allowed: all.join(", "),
        });
    }
    let (off, from): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|report| reports.contains(report));
    let why = signed.why.as_deref();
    let decided = (signed.by.as_str(), now(), Some(seen));
    book.split_at(&id, (&off, &from), why, decided).await?;
    let mut ids = vec![id];
    let reports = off.iter().chain(&from);
    ids.extend(reports.map(|report| sayso_link::incident_id(report)));
    archive.decide(&Decision::Split { reports: off, from });
    told(&archive, &ids)
}

/// Records whether an origin is reliable.
pub(super) async fn origin(
    book: &Book,
    options: &OriginOptions,
    reliable: bool,
) -> Result<(), Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    let seen = book.head().await?.number;
    let archive = archive::open(book, Bounds::ALL, &knowledge).await?;
    let number = archive::find(&archive, &options.incident)?;
    let sheets = archive.sheets(book, number).await?;
    let incident = archive.incident(number, &sheets);
    let origin = incident
        .origins
        .iter()
        .find(|origin| origin.id == options.origin)
        .ok_or_else(|| Failure::Word {
            what: "origin of this incident",
            word: options.origin.clone(),
            allowed: incident
                .origins
                .iter()
                .map(|origin| format!("{} ({})", origin.id, origin.name))
                .collect::<Vec<String>>()
                .join(", "),
        })?;
    let signed = &options.signed;
    let why = signed.why.as_deref();
    let judged = (origin.id.as_str(), reliable);
    Ok(book
        .judge_origin_at(
            judged,
            &origin.reports,
            why,
            (&signed.by, now(), Some(seen)),
        )
        .await?)
}

/// Prints which incidents there are now for these ids, and how many reports they have.
fn told(archive: &Archive<'_>, ids: &[String]) -> Result<(), Failure> {
    let linked = archive.linked();
    let mut out = io::stdout();
    let mut shown = Vec::new();
    for id in ids {
        let Some(number) = linked.find(id) else {
            continue;
        };
        let now = linked.id(number);
        if !shown.contains(&number) {
            let reports = archive.main_ids(number).len();
            let s = if reports == 1 { "" } else { "s" };
            writeln!(out, "{now}  {reports} report{s}")?;
            shown.push(number);
        }
        if *id != now && ids.first().is_some_and(|first| first == id) {
            writeln!(out, "{id} is now {now}")?;
        }
    }
    Ok(())
}
