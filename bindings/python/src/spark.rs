//! The steps of an archive on a cluster, for `sayso_spark`: each takes and gives strings and numbers.
//!
//! What the steps are, and why together they give the incidents that one machine gives, stands in
//! `sayso_link::archive` and docs/ARCHIVE.md. Nothing here keeps anything between two calls.
#![allow(
    clippy::needless_pass_by_value,
    reason = "lists of Python become the function's own"
)]

use std::num::NonZeroUsize;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use sayso_api::{SheetJson, sheet_json};
use sayso_link::archive::{
    Block, Extract, Family, KEPT_LINKS, Kept, Link, Member, OwnWords, Part, Recalling,
    components_of, groups, incident, links, links_by, outlook, own_words, prints, recalls,
    threshold,
};
use sayso_link::copies::Signature;
use sayso_link::{Digest, Point};
use sayso_text::input::{InputError, Reports, from_line, reports};
use sayso_text::{Note, NoteCode, Report, Span, decode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::code::Outcome;
use crate::fault::{Fault, guarded};
use crate::{link, shipped};

/// Reads what one step wrote for another.
fn read<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    let error = |e| Fault::new("InternalError", format!("another version's step: {e}"));
    serde_json::from_str(json).map_err(error)
}

fn read_all<T: DeserializeOwned>(all: &[String]) -> Result<Vec<T>, Fault> {
    all.iter().map(|json| read(json)).collect()
}

fn written<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::new("InternalError", e.to_string()))
}

/// What reading the bytes of a report has noted, on its way to another task.
#[derive(Serialize, Deserialize)]
struct ReadersNote {
    code: String,
    span: Option<[usize; 2]>,
    message: String,
}

impl From<&Note> for ReadersNote {
    fn from(note: &Note) -> Self {
        Self {
            code: note.code.as_str().to_owned(),
            span: note.span.map(|span| [span.start(), span.end()]),
            message: note.message.clone(),
        }
    }
}

impl ReadersNote {
    fn note(self) -> Option<Note> {
        let codes = NoteCode::OF_READERS.into_iter();
        Some(Note {
            code: codes.into_iter().find(|code| code.as_str() == self.code)?,
            span: self.span.map(|[start, end]| Span::new(start, end)),
            message: self.message,
        })
    }
}

/// A report and what its reader noted, JSON both; or in words what is wrong with it.
type ReadReport = (Option<String>, Option<String>, Option<String>);

/// The reports of one file, in batches: memory does not grow with it.
#[pyclass(unsendable)]
pub(crate) struct ArchiveFile {
    reports: Reports,
}

#[pymethods]
impl ArchiveFile {
    /// Opens a file of any kind that `sayso code` reads; the kind is told by its name.
    #[new]
    fn new(path: &str) -> Self {
        Self {
            reports: reports([path]),
        }
    }

    /// The next reports, `count` at most; none at the end. What is passed over with a notice is left
    /// out.
    fn take(&mut self, count: usize) -> PyResult<Vec<ReadReport>> {
        let reports = &mut self.reports;
        let taken = guarded(|| {
            reports
                .filter(|outcome| !outcome.as_ref().is_err_and(InputError::is_notice))
                .take(count)
                .map(|outcome| match outcome {
                    Ok(report) => sent(&report),
                    // File and line stand in it.
                    Err(error) => Ok((None, None, Some(error.to_string()))),
                })
                .collect()
        });
        Ok(taken?)
    }
}

/// A report as another task reads it, so that it becomes the same sheet there.
fn sent(report: &Report) -> Result<ReadReport, Fault> {
    let date = |date: &sayso_text::Published| date.as_written().to_owned();
    let json = json!({
        "id": report.id,
        "title": report.title,
        "text": report.text,
        "published": report.published.as_ref().map(date),
        "outlet": report.outlet,
        "url": report.url,
        "language": report.language,
        "author": report.author,
        "updated": report.updated.as_ref().map(date),
        "forwarded_from": report.forwarded_from,
        "reply_to": report.reply_to,
    });
    let notes: Vec<ReadersNote> = report.notes.iter().map(ReadersNote::from).collect();
    let notes = if notes.is_empty() {
        None
    } else {
        Some(written(&notes)?)
    };
    Ok((Some(json.to_string()), notes, None))
}

/// Text, what decoding it has noted, as JSON; or what the bytes are that are no text.
type DecodedText = (Option<String>, Option<String>, Option<&'static str>);

/// A field that came as bytes, decoded as the bytes of a file are.
#[pyfunction]
pub(crate) fn archive_decoded(bytes: PyBackedBytes) -> PyResult<DecodedText> {
    let decoded = match decode(&bytes, false) {
        Ok(decoded) => decoded,
        Err(refused) => return Ok((None, None, Some(refused.what))),
    };
    let notes = decoded.replaced.then(|| {
        written(&[ReadersNote {
            code: NoteCode::ReplacedBytes.as_str().to_owned(),
            span: None,
            message: "Some bytes were no text in the column's encoding and stand as U+FFFD."
                .to_owned(),
        }])
    });
    Ok((Some(decoded.text), notes.transpose()?, None))
}

/// Codes reports one after another, each with what its reader noted. A report is the bytes of a line
/// of JSON, in whatever encoding.
#[pyfunction]
pub(crate) fn archive_code(
    py: Python<'_>,
    reports: Vec<(PyBackedBytes, Option<String>)>,
) -> PyResult<Vec<Outcome>> {
    let outcomes = py.detach(|| -> Result<Vec<Outcome>, Fault> {
        let coder = shipped::coder()?;
        let code = |(line, notes): &(PyBackedBytes, Option<String>)| {
            let coded = guarded(|| {
                let mut report = from_line("report", line)?;
                if let Some(notes) = notes {
                    let notes: Vec<ReadersNote> = read(notes)?;
                    report.notes = notes.into_iter().filter_map(ReadersNote::note).collect();
                }
                let coded = coder.code_on(report, NonZeroUsize::MIN);
                written(&sheet_json(&coded.reading, &coded.sheet, coder.made_by()))
            });
            match coded {
                Ok(sheet) => (Some(sheet), None),
                Err(fault) => (None, Some(fault.to_json())),
            }
        };
        Ok(reports.iter().map(code).collect())
    });
    Ok(outcomes?)
}

/// Of each sheet: id and day of its report; for names, people and prints the stretch of time that it
/// is in; for each of these its keys; digest, signature and what else is kept. Or what is wrong with
/// it.
type Extracted = (
    (String, Option<i32>),
    (i32, i32, i32),
    (Vec<i64>, Vec<i64>, Vec<i64>),
    (String, Option<String>, String),
);

/// Takes from each sheet what it is compared by.
#[pyfunction]
pub(crate) fn archive_extracts(
    py: Python<'_>,
    sheets: Vec<String>,
) -> PyResult<Vec<(Option<Extracted>, Option<String>)>> {
    let extracts = py.detach(|| -> Result<Vec<_>, Fault> {
        shipped::knowledge()?;
        let extract = |json: &String| match guarded(|| extract(json)) {
            Ok(extract) => (Some(extract), None),
            Err(fault) => (None, Some(fault.to_json())),
        };
        Ok(sheets.iter().map(extract).collect())
    });
    Ok(extracts?)
}

fn extract(json: &str) -> Result<Extracted, Fault> {
    let extract = Extract::of(&link::sheet("the sheet", json)?, shipped::knowledge()?);
    let day = extract.kept.published;
    let [names, people, prints] = Family::ALL.map(|family| family.stretch(day));
    let [of_names, of_people, of_prints] = Family::ALL.map(|family| extract.keys(family));
    let signature = extract.signature.as_ref().map(written).transpose()?;
    Ok((
        (extract.kept.report.clone(), day),
        (names, people, prints),
        (of_names, of_people, of_prints),
        (
            written(&extract.digest)?,
            signature,
            written(&extract.kept)?,
        ),
    ))
}

/// Which block: into how many parts keys are cut, the part, whether only across chunks.
type BlockOf = (i64, i64, bool);

fn block(family: Family, (cuts, part, across): BlockOf) -> Block {
    Block {
        family,
        cuts,
        part,
        across,
    }
}

fn members<T>(places: &[(bool, i32)], all: Vec<T>) -> Vec<Member<T>> {
    let all = places.iter().zip(all);
    all.map(|(&(home, chunk), of)| Member { home, chunk, of })
        .collect()
}

/// Id and day of one report, of another, and how much they are alike.
type LinkOf = (String, Option<i32>, String, Option<i32>, i32);

/// Links between the reports of a block, which share `names` or `people`. `places` says of each
/// whether it is at home there, and in which chunk; `keys` by which it meets others, where not all of
/// its own count.
#[pyfunction]
#[pyo3(signature = (family, of, places, digests, keys=None))]
pub(crate) fn archive_links(
    py: Python<'_>,
    family: &str,
    of: BlockOf,
    places: Vec<(bool, i32)>,
    digests: Vec<String>,
    keys: Option<Vec<Vec<i64>>>,
) -> PyResult<Vec<LinkOf>> {
    let family = match family {
        "names" => Family::Names,
        "people" => Family::People,
        other => {
            let message = format!("family is `{other}`; give `names` or `people`");
            return Err(PyValueError::new_err(message));
        }
    };
    let found = py.detach(|| {
        guarded(|| {
            let members = members(&places, read_all::<Digest>(&digests)?);
            let (block, knowledge) = (block(family, of), shipped::knowledge()?);
            Ok(match keys {
                None => links(&block, &members, knowledge),
                Some(keys) => links_by(&block, &members, keys, knowledge),
            })
        })
    });
    let found = found?.into_iter();
    Ok(found
        .map(|link| (link.a, link.a_day, link.b, link.b_day, link.score))
        .collect())
}

/// Pairs of reports of a block, by position, by which all prints of one text hang together there.
#[pyfunction]
pub(crate) fn archive_prints(
    py: Python<'_>,
    of: BlockOf,
    places: Vec<(bool, i32)>,
    days: Vec<Option<i32>>,
    signatures: Vec<String>,
) -> PyResult<Vec<(usize, usize)>> {
    let found = py.detach(|| {
        guarded(|| {
            let signatures = read_all::<Signature>(&signatures)?;
            let dated: Vec<_> = days.into_iter().zip(signatures).collect();
            Ok(prints(&block(Family::Prints, of), &members(&places, dated)))
        })
    });
    Ok(found?)
}

/// The least score above which a link ties reports together, and how many links a report keeps.
#[pyfunction]
pub(crate) fn archive_limits() -> PyResult<(i32, usize)> {
    Ok((threshold(shipped::knowledge()?), KEPT_LINKS))
}

/// What hangs together by pairs: of `count` things, numbered in their order, each with the least of
/// those that it hangs together with. Numbers are 32 bits each, the least byte first; pair `i` is of
/// number `i` in `here` and in `there`.
#[pyfunction]
pub(crate) fn archive_components(
    py: Python<'_>,
    count: usize,
    here: PyBackedBytes,
    there: PyBackedBytes,
) -> PyResult<Bound<'_, PyBytes>> {
    let least = py.detach(|| -> Result<Vec<u8>, Fault> {
        if here.len() != there.len() {
            return Err(Fault::new(
                "InternalError",
                "pairs of which one end is missing",
            ));
        }
        let ends = numbers(&here).zip(numbers(&there));
        let least = components_of(count, ends).into_iter();
        // Things are told by 32 bits: so is the least of them.
        Ok(least
            .flat_map(|number| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes())
            .collect())
    });
    Ok(PyBytes::new(py, &least?))
}

/// Numbers of 32 bits, the least byte first.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let each = bytes.as_chunks().0.iter();
    each.map(|&number| u32::from_le_bytes(number) as usize)
}

/// A report, day and id of the first report of its incident, and the report of its incident that it
/// is most like, with the score.
type GroupedOf = (String, Option<i32>, String, Option<String>, Option<i32>);

/// The incidents of reports that hang together.
#[pyfunction]
pub(crate) fn archive_groups(py: Python<'_>, all: Vec<LinkOf>) -> PyResult<Vec<GroupedOf>> {
    let found = py.detach(|| {
        guarded(|| {
            let all = all.into_iter();
            let links: Vec<Link> = all
                .map(|(a, a_day, b, b_day, score)| Link {
                    a,
                    a_day,
                    b,
                    b_day,
                    score,
                })
                .collect();
            Ok(groups(&links, shipped::knowledge()?))
        })
    });
    let found = found?.into_iter();
    Ok(found
        .map(|grouped| {
            let (likest, score) = grouped.likest.unzip();
            (
                grouped.report,
                grouped.first_day,
                grouped.first,
                likest,
                score,
            )
        })
        .collect())
}

/// Whose words the prints of one text are.
#[pyfunction]
pub(crate) fn archive_own_words(py: Python<'_>, kept: Vec<String>) -> PyResult<String> {
    let words = py.detach(|| {
        guarded(|| {
            let prints = read_all::<Kept>(&kept)?;
            written(&own_words(&prints, shipped::knowledge()?))
        })
    });
    Ok(words?)
}

/// Type, days, degrees north and east.
type SpotOf = (String, Vec<i32>, f64, f64);

/// What an incident is about, and what its reports may recall.
type OutlookOf = (Option<SpotOf>, Vec<(String, usize, SpotOf)>);

/// What an incident is about, if that is known, and what its reports may recall of others: report,
/// position of the event, and what it is.
#[pyfunction]
pub(crate) fn archive_outlook(py: Python<'_>, kept: Vec<String>) -> PyResult<OutlookOf> {
    let seen = py.detach(|| guarded(|| Ok(outlook(&read_all::<Kept>(&kept)?))));
    let seen = seen?;
    let spot =
        |spot: sayso_link::archive::Spot| (spot.acled, spot.days, spot.point.lat, spot.point.lon);
    let recalls = seen.recalls.into_iter();
    let recalls = recalls.map(|recall| (recall.report, recall.event, spot(recall.spot)));
    Ok((seen.spot.map(spot), recalls.collect()))
}

/// Whether each event recalls the incident, by where the incident and where the event is: degrees
/// north and east of both.
#[pyfunction]
pub(crate) fn archive_recalls(pairs: Vec<(f64, f64, f64, f64)>) -> Vec<bool> {
    pairs
        .into_iter()
        .map(|(north, east, there_north, there_east)| {
            let here = Point {
                lat: north,
                lon: east,
            };
            let there = Point {
                lat: there_north,
                lon: there_east,
            };
            recalls(here, there)
        })
        .collect()
}

/// A sheet; whose words its text is and what that text is called by, where it is one of several
/// prints; the report that it is most like, with the score; day and id of the first report of its own
/// incident, where it only recalls this one; the events by which it does.
type PartOf = (
    String,
    Option<(String, String)>,
    Option<(String, i32)>,
    Option<(Option<i32>, String)>,
    Vec<usize>,
);

/// An incident from its sheets.
#[pyfunction]
pub(crate) fn archive_incident(py: Python<'_>, parts: Vec<PartOf>) -> PyResult<String> {
    let made = py.detach(|| {
        guarded(|| {
            let parts: Result<Vec<Part<'static>>, Fault> = parts.into_iter().map(part).collect();
            written(&incident(parts?, shipped::knowledge()?))
        })
    });
    Ok(made?)
}

fn part((sheet, text, likest, first, events): PartOf) -> Result<Part<'static>, Fault> {
    let text = text.map(|(own, text)| Ok::<_, Fault>((read::<OwnWords>(&own)?, text)));
    Ok(Part {
        sheet: read::<SheetJson<'static>>(&sheet)?,
        text: text.transpose()?,
        likest,
        recalling: first.map(|first| Recalling { first, events }),
    })
}
