//! `sayso diff`: what changed in an incident between two times.

use std::collections::BTreeSet;
use std::io::{self, Write as _};

use sayso_api::{DIFF_SCHEMA, DiffJson, IncidentJson, OriginJson};
use sayso_ledger::{Book, Bounds, KeptReport, Missing, Moment};
use sayso_link::{LinkKnowledge, changed_fields, changed_findings};

use super::super::Failure;
use super::archive::{self, Archive};
use super::{open, runtime};
use crate::arguments::incidents::DiffOptions;
use crate::arguments::ledger::Shown;
use crate::show::{self, change};

/// Prints what changed.
///
/// # Errors
/// Where neither time knows the incident, or the ledger cannot be read.
pub(crate) fn run(options: &DiffOptions) -> Result<usize, Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let bounds = |time: Option<Moment>| {
            if options.published {
                Bounds {
                    as_of: None,
                    published_by: time,
                }
            } else {
                Bounds {
                    as_of: time,
                    published_by: None,
                }
            }
        };
        let before = archive::open(&book, bounds(Some(options.from)), &knowledge).await?;
        let after = archive::open(&book, bounds(options.to), &knowledge).await?;
        let by = if options.published {
            "published"
        } else {
            "recorded"
        };
        let times = (options.from.to_string(), written(options.to), by);
        let diff = between(&book, &options.incident, (&before, &after), times).await?;
        let mut out = anstream::AutoStream::auto(io::stdout());
        match options.format {
            Shown::Text => write!(out, "{}", change::page(&diff, show::width()))?,
            Shown::Json => writeln!(out, "{}", serde_json::to_string_pretty(&diff)?)?,
        }
        book.close().await?;
        Ok(0)
    })
}

/// A time as it is printed.
pub(super) fn written(time: Option<Moment>) -> String {
    time.map_or_else(|| "now".to_owned(), |time| time.to_string())
}

/// What is different in the incident `id` between two views; `times` are the two, and what they
/// are times of.
pub(super) async fn between(
    book: &Book,
    id: &str,
    (before, after): (&Archive<'_>, &Archive<'_>),
    (from, to, by): (String, String, &str),
) -> Result<DiffJson, Failure> {
    let new = after.linked().find(id);
    let old = match (new, before.linked().find(id)) {
        (Some(new), old) => old.or_else(|| largest(before, &after.main_ids(new))),
        // What the later time has lost, the earlier one may know.
        (None, Some(old)) => Some(old),
        (None, None) => archive::find(after, id).map(Some)?,
    };
    let new = new.or_else(|| largest(after, &old.map(|old| before.main_ids(old))?));
    let incident = async |archive: &Archive<'_>, number: Option<usize>| {
        let Some(number) = number else {
            return Ok::<_, Failure>(None);
        };
        let sheets = archive.sheets(book, number).await?;
        Ok(Some(archive.incident(number, &sheets)))
    };
    let (was, is) = (incident(before, old).await?, incident(after, new).await?);
    let (old_ids, new_ids) = (
        old.map_or_else(Vec::new, |old| before.main_ids(old)),
        new.map_or_else(Vec::new, |new| after.main_ids(new)),
    );
    let only = |here: &[String], there: &[String]| -> Vec<String> {
        let missing = here.iter().filter(|id| !there.contains(id));
        missing.cloned().collect()
    };
    let both: Vec<&String> = new_ids.iter().filter(|id| old_ids.contains(id)).collect();
    let differ = |differs: &dyn Fn(&KeptReport, &KeptReport) -> bool| -> Vec<String> {
        both.iter()
            .filter(|id| match (kept(before, id), kept(after, id)) {
                (Some(was), Some(is)) => differs(was, is),
                _ => false,
            })
            .map(|id| (*id).clone())
            .collect()
    };
    let title = is.as_ref().or(was.as_ref());
    Ok(DiffJson {
        schema: DIFF_SCHEMA.to_owned(),
        from,
        to,
        by: by.to_owned(),
        before: holders(before, &new_ids, old),
        after: holders(after, &old_ids, new),
        title: title.map_or_else(String::new, |incident| incident.title.clone()),
        fields: changed_fields(was.as_ref(), is.as_ref()),
        added: only(&new_ids, &old_ids),
        gone: only(&old_ids, &new_ids),
        corrected: differ(&|was, is| {
            let version = |report: &KeptReport| report.version().map(|v| v.entry);
            version(was) != version(is)
        }),
        withdrawn: differ(&|was, is| was.withdrawal.is_none() && is.withdrawal.is_some()),
        reinstated: differ(&|was, is| was.withdrawal.is_some() && is.withdrawal.is_none()),
        findings: changed_findings(was.as_ref(), is.as_ref()),
        origins: origins(was.as_ref(), is.as_ref()),
    })
}

/// Ids of the incidents that hold any of `reports`, and of incident `number`.
fn holders(archive: &Archive<'_>, reports: &[String], number: Option<usize>) -> Vec<String> {
    let linked = archive.linked();
    let mut numbers: BTreeSet<usize> = reports
        .iter()
        .filter_map(|id| linked.incident_of(id))
        .collect();
    numbers.extend(number);
    numbers
        .into_iter()
        .map(|number| linked.id(number))
        .collect()
}

/// The incident that holds most of `reports`, the first of several.
fn largest(archive: &Archive<'_>, reports: &[String]) -> Option<usize> {
    let linked = archive.linked();
    let mut numbers: Vec<usize> = reports
        .iter()
        .filter_map(|id| linked.incident_of(id))
        .collect();
    numbers.sort_unstable();
    numbers
        .chunk_by(|a, b| a == b)
        .max_by_key(|same| (same.len(), std::cmp::Reverse(same.first().copied())))
        .and_then(|same| same.first().copied())
}

fn kept<'a>(archive: &'a Archive<'_>, id: &str) -> Option<&'a KeptReport> {
    archive.report(archive.linked().number(id)?)
}

/// The origins of both, each once.
fn origins(was: Option<&IncidentJson>, is: Option<&IncidentJson>) -> Vec<OriginJson> {
    let mut origins: Vec<OriginJson> = is.map_or_else(Vec::new, |is| is.origins.clone());
    for origin in was.iter().flat_map(|was| &was.origins) {
        if !origins.iter().any(|known| known.id == origin.id) {
            origins.push(origin.clone());
        }
    }
    origins
}
