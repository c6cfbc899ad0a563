//! Incidents.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sayso_api::{IncidentJson, StepJson};
use sayso_ledger::ReportRef;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use crate::archive::{Brief, BriefJson, Opened, Snapshot};
use crate::asked::{Asked, Listed, Named, Part, When};
use crate::auth::Reader;
use crate::problem::Problem;
use crate::state::Desk;

/// How many a list gives where nothing is asked.
const MANY: usize = 100;

/// Which incidents.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Words that all stand in the title, the place, the sides or the outlets.
    pub(crate) q: Option<String>,
    /// Only what ended on this day or later (2025-10-21).
    pub(crate) since: Option<String>,
    /// Only what began on this day or earlier.
    pub(crate) until: Option<String>,
    /// Only what happened at a place or in a first-order division of this name.
    pub(crate) place: Option<String>,
    /// Only what happened in this country (ISO 3166-1 alpha-3).
    pub(crate) country: Option<String>,
    /// Only this ACLED sub-event type.
    pub(crate) r#type: Option<String>,
    /// Only where this name stands among the sides.
    pub(crate) actor: Option<String>,
    /// Only where some finding stands so: corroborated, single-source, disputed, denied, unknown.
    pub(crate) status: Option<String>,
    /// Only within this box: west,south,east,north in degrees; east of the date line where west is
    /// greater than east.
    pub(crate) bbox: Option<String>,
    /// Order: `-updated` (where nothing is asked), `start`, `title`, `reports`, `origins`,
    /// `disputed`, `unknown`, `killed`; with `-` the greatest first.
    pub(crate) sort: Option<String>,
}

/// Incidents of one view.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct IncidentsJson {
    /// The incidents.
    items: Vec<BriefJson>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
}

/// An incident in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentView {
    #[serde(flatten)]
    incident: IncidentJson,
    /// What the reports of each day changed.
    history: Vec<StepJson>,
    /// When the ledger last recorded anything about it.
    updated: String,
    /// What `If-Match` of a decision has to name.
    etag: String,
    /// The moment that the view is of, where one was asked for.
    as_of: Option<String>,
    /// What had been published by this moment, where one was asked for.
    published_by: Option<String>,
}

/// Moments at which an incident changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct MomentsJson {
    /// The moments, oldest first.
    items: Vec<MomentJson>,
}

/// A moment at which something was recorded about an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub(crate) struct MomentJson {
    /// When it was recorded.
    at: String,
    /// `report`, `correction`, `withdrawal`, `coding`, `review`, `addition`, `merge` or `split`.
    what: String,
    /// The report that it is about, where it is about one.
    report: Option<String>,
    /// When the report had been published, as it was given.
    published: Option<String>,
    /// By whom, where a person did it.
    by: Option<String>,
}

/// The incidents that are asked for.
#[utoipa::path(get, path = "/incidents", tag = "incidents", params(Filter, When, Part),
    responses((status = 200, body = IncidentsJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
    Asked(filter): Asked<Filter>,
    Asked(when): Asked<When>,
    Asked(part): Asked<Part>,
) -> Result<Json<Listed<BriefJson>>, Problem> {
    let snapshot = desk.0.archive.within(when.bounds()?, None).await?;
    let wanted = wanted(&snapshot, &filter)?;
    let of = |brief: &Arc<Brief>| brief.json.id.clone();
    part.of(&wanted, MANY, of, |brief| brief.json.clone())
        .map(Json)
}

/// One incident with its history, by an id that it has or ever had.
#[utoipa::path(get, path = "/incidents/{id}", tag = "incidents",
    params(("id" = String, Path), When),
    responses((status = 200, body = IncidentView, headers(("ETag" = String))), Refused))]
pub(crate) async fn one(
    State(desk): State<Desk>,
    _: Reader,
    Named(id): Named<String>,
    Asked(when): Asked<When>,
) -> Result<Response, Problem> {
    let bounds = when.bounds()?;
    let now = desk.0.archive.now();
    let only: Option<BTreeSet<ReportRef>> = now
        .find(&id)
        .map(|number| now.references(number).into_iter().collect());
    let snapshot = desk.0.archive.within(bounds, only).await?;
    let opened = open(&desk, &snapshot, &id).await?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", opened.version));
    let tag = tag.map_err(|error| Problem::failed(&error))?;
    let view = IncidentView {
        incident: opened.incident,
        history: opened.history,
        updated: opened.updated,
        etag: opened.version,
        as_of: bounds.as_of.map(|moment| moment.to_string()),
        published_by: bounds.published_by.map(|moment| moment.to_string()),
    };
    Ok(([(header::ETAG, tag)], Json(view)).into_response())
}

/// When anything was recorded about an incident: the moments that `as_of` can usefully name.
#[utoipa::path(get, path = "/incidents/{id}/history", tag = "incidents",
    params(("id" = String, Path)),
    responses((status = 200, body = MomentsJson), Refused))]
pub(crate) async fn history(
    State(desk): State<Desk>,
    _: Reader,
    Named(id): Named<String>,
) -> Result<Json<MomentsJson>, Problem> {
    let snapshot = desk.0.archive.now();
    let number = snapshot.find(&id).ok_or_else(|| no_such(&id))?;
    let mut items = Vec::new();
    for reference in snapshot.references(number) {
        let Some(kept) = snapshot.reports.get(&reference) else {
            continue;
        };
        let about = kept.about();
        let at = |recorded: &sayso_ledger::Moment, what: &str, by: Option<&str>| MomentJson {
            at: recorded.to_string(),
            what: what.to_owned(),
            report: about.map(|about| about.id.clone()),
            published: about.and_then(|about| about.published.clone()),
            by: by.map(str::to_owned),
        };
        for version in &kept.versions {
            let what = if version.correction {
                "correction"
            } else {
                "report"
            };
            items.push(at(&version.recorded, what, None));
        }
        items.extend(
            kept.coded
                .iter()
                .map(|recorded| at(recorded, "coding", None)),
        );
        let reviews = kept.reviews.iter();
        items.extend(reviews.map(|(s, _)| at(&s.recorded, "review", Some(&s.by))));
        let own = kept.own.iter();
        items.extend(own.map(|(s, ..)| at(&s.recorded, "addition", Some(&s.by))));
        let withdrawn = kept.withdrawal.iter();
        items.extend(withdrawn.map(|(s, _)| at(&s.recorded, "withdrawal", Some(&s.by))));
    }
    for decision in snapshot.decisions_on(number) {
        items.push(MomentJson {
            at: decision.recorded,
            what: decision.kind,
            report: None,
            published: None,
            by: Some(decision.by),
        });
    }
    items.sort();
    Ok(Json(MomentsJson { items }))
}

/// An incident in full, or that there is none.
pub(crate) async fn open(desk: &Desk, snapshot: &Snapshot, id: &str) -> Result<Opened, Problem> {
    let number = snapshot.find(id).ok_or_else(|| no_such(id))?;
    let archive = &desk.0.archive;
    Ok(snapshot
        .open(&archive.book, &archive.sheets, number)
        .await?)
}

pub(crate) fn no_such(id: &str) -> Problem {
    Problem::not_found(format!("there is no incident `{id}` in this view"))
}

/// The incidents that are asked for, in the order that is asked for.
pub(crate) fn wanted(snapshot: &Snapshot, filter: &Filter) -> Result<Vec<Arc<Brief>>, Problem> {
    let fits = filter.read()?;
    let mut wanted: Vec<Arc<Brief>> = snapshot
        .briefs
        .iter()
        .filter(|brief| fits.fits(brief))
        .cloned()
        .collect();
    let sort = filter.sort.as_deref().unwrap_or("-updated");
    let (name, down) = sort
        .strip_prefix('-')
        .map_or((sort, false), |name| (name, true));
    let key: fn(&BriefJson) -> (Option<&str>, u64) = match name {
        "updated" => |brief| (Some(&brief.updated), 0),
        "start" => |brief| (brief.start.as_deref(), 0),
        "title" => |brief| (Some(&brief.title), 0),
        "reports" => |brief| (None, brief.reports as u64),
        "origins" => |brief| (None, brief.origins as u64),
        "disputed" => |brief| (None, brief.disputed as u64),
        "unknown" => |brief| (None, brief.unknown as u64),
        "killed" => |brief| {
            let high = brief.killed.as_ref().and_then(|killed| killed.high);
            (None, high.map_or(0, |high| high.saturating_add(1)))
        },
        _ => {
            let allowed = "updated, start, title, reports, origins, disputed, unknown or killed, \
                           with - before it for the greatest first";
            let detail = format!("`{sort}` is no order");
            return Err(Problem::field("sort", detail, allowed.to_owned()));
        }
    };
    wanted.sort_by(|a, b| {
        let order = key(&a.json).cmp(&key(&b.json));
        let order = if down { order.reverse() } else { order };
        order.then_with(|| a.json.id.cmp(&b.json.id))
    });
    Ok(wanted)
}

/// A filter that was read.
struct Fits {
    words: Vec<String>,
    since: Option<String>,
    until: Option<String>,
    place: Option<String>,
    country: Option<String>,
    acled: Option<String>,
    actor: Option<String>,
    status: Option<String>,
    bbox: Option<[f64; 4]>,
}

const STATUSES: [&str; 5] = [
    "corroborated",
    "single-source",
    "disputed",
    "denied",
    "unknown",
];

impl Filter {
    fn read(&self) -> Result<Fits, Problem> {
        let asked = |field: &Option<String>| field.clone().filter(|field| !field.is_empty());
        let lower = |field: &Option<String>| asked(field).map(|field| field.to_lowercase());
        let status = asked(&self.status);
        if let Some(status) = &status
            && !STATUSES.contains(&status.as_str())
        {
            let detail = format!("`{status}` is no status");
            return Err(Problem::field("status", detail, STATUSES.join(", ")));
        }
        Ok(Fits {
            words: self
                .q
                .iter()
                .flat_map(|q| q.split_whitespace())
                .map(str::to_lowercase)
                .collect(),
            since: day("since", asked(&self.since))?,
            until: day("until", asked(&self.until))?,
            place: lower(&self.place),
            country: lower(&self.country),
            acled: lower(&self.r#type),
            actor: lower(&self.actor),
            status,
            bbox: asked(&self.bbox).map(|bbox| corners(&bbox)).transpose()?,
        })
    }
}

fn day(field: &str, written: Option<String>) -> Result<Option<String>, Problem> {
    match written {
        Some(day) if day.parse::<jiff::civil::Date>().is_err() || day.len() != 10 => {
            let allowed = "a day such as 2025-10-21".to_owned();
            Err(Problem::field(field, format!("`{day}` is no day"), allowed))
        }
        day => Ok(day),
    }
}

fn corners(bbox: &str) -> Result<[f64; 4], Problem> {
    let numbers: Vec<f64> = bbox
        .split(',')
        .filter_map(|number| number.trim().parse().ok())
        .filter(|number: &f64| number.is_finite())
        .collect();
    <[f64; 4]>::try_from(numbers)
        .ok()
        .filter(|[west, south, east, north]| {
            south <= north && west.abs() <= 180.0 && east.abs() <= 180.0
        })
        .ok_or_else(|| {
            let allowed = "west,south,east,north in degrees".to_owned();
            Problem::field("bbox", format!("`{bbox}` is no box"), allowed)
        })
}

impl Fits {
    /// Whether an incident is what was asked for. What is not known is not what was asked for.
    fn fits(&self, brief: &Brief) -> bool {
        let json = &brief.json;
        let place = json.place.as_ref();
        let is = |asked: &Option<String>, found: &[Option<&str>]| {
            asked.as_ref().is_none_or(|asked| {
                let mut found = found.iter().flatten();
                found.any(|found| found.to_lowercase() == *asked)
            })
        };
        self.words
            .iter()
            .all(|word| brief.words.contains(word.as_str()))
            && self.since.as_ref().is_none_or(|since| {
                let last = json.end.as_ref().or(json.start.as_ref());
                last.is_some_and(|last| last >= since)
            })
            && self.until.as_ref().is_none_or(|until| {
                let first = json.start.as_ref().or(json.end.as_ref());
                first.is_some_and(|first| first <= until)
            })
            && is(
                &self.place,
                &[
                    place.map(|place| place.name.as_str()),
                    place.and_then(|place| place.admin1.as_deref()),
                ],
            )
            && is(
                &self.country,
                &[place.and_then(|place| place.country.as_deref())],
            )
            && is(&self.acled, &[json.acled.as_deref()])
            && self
                .actor
                .as_ref()
                .is_none_or(|actor| brief.sides.iter().any(|side| side.contains(actor.as_str())))
            && self
                .status
                .as_ref()
                .is_none_or(|status| brief.statuses.contains(status))
            && self.bbox.is_none_or(|[west, south, east, north]| {
                let Some((lat, lon)) = place.and_then(|place| Some((place.lat?, place.lon?)))
                else {
                    return false;
                };
                let along = if west <= east {
                    (west..=east).contains(&lon)
                } else {
                    lon >= west || lon <= east
                };
                along && (south..=north).contains(&lat)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_four_corners_on_the_globe() {
        assert_eq!(
            corners("35,32.5, 42 ,37.5").unwrap(),
            [35.0, 32.5, 42.0, 37.5]
        );
        for wrong in [
            "",
            "1,2,3",
            "1,5,2,3",
            "NaN,1,2,3",
            "200,1,2,3",
            "1,2,3,4,5",
        ] {
            assert!(corners(wrong).is_err(), "{wrong}");
        }
    }
}
