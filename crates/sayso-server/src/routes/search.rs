//! Reports and statements by their words.

use axum::Json;
use axum::extract::State;
use sayso_api::StatementJson;
use sayso_ledger::{Bounds, Hit};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use crate::asked::{Asked, When};
use crate::auth::Reader;
use crate::problem::Problem;
use crate::state::Desk;

/// As many reports are given where nothing is asked, and at most.
const MANY: usize = 50;
const MOST: usize = 200;

/// Which words.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Words {
    /// Words that all stand in a report, in any order; case and accents do not count.
    q: String,
    /// How many reports at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HitsJson {
    /// The reports, the latest published first.
    items: Vec<HitJson>,
    /// Always `null`: of more reports than are asked for, those that came in last are given.
    next: Option<String>,
    /// How many are given.
    total: usize,
    /// Whether there are, or may be, more.
    more: bool,
}

/// A report in which every word stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HitJson {
    /// Its id.
    report: String,
    /// Headline.
    title: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// When, as it was given.
    published: Option<String>,
    /// Where the words stand first: `[start, end)` in code points of the text.
    spans: Vec<[usize; 2]>,
    /// The text around the first of them.
    snippet: String,
    /// The statements in which every word stands.
    statements: Vec<StatementJson<'static>>,
    /// Ids of the incidents that it is about.
    incidents: Vec<String>,
}

/// Finds reports and statements by their words.
#[utoipa::path(get, path = "/search", tag = "search", params(Words, When),
    responses((status = 200, body = HitsJson), Refused))]
pub(crate) async fn search(
    State(desk): State<Desk>,
    _: Reader,
    Asked(words): Asked<Words>,
    Asked(when): Asked<When>,
) -> Result<Json<HitsJson>, Problem> {
    let limit = words.limit.unwrap_or(MANY);
    if !(1..=MOST).contains(&limit) {
        let allowed = format!("1 to {MOST}");
        return Err(Problem::field(
            "limit",
            format!("{limit} is not allowed"),
            allowed,
        ));
    }
    let book = &desk.0.archive.book;
    let bounds = when.bounds()?;
    let found = book.search_latest(&words.q, bounds, limit).await?;
    for (id, error) in &found.left_out {
        crate::log(&format!("left out of what is found: {id}: {error}"));
    }
    let hits = found.hits;
    let snapshot = desk.0.archive.within(bounds, None).await?;
    let more = hits.len() == limit;
    // What was taken back with its import is in no view, be it of a moment before that.
    let mut there = Vec::with_capacity(hits.len());
    for hit in hits {
        let reference = book.name_of(&hit.about.id).await?;
        if bounds == Bounds::ALL || snapshot.reports.contains_key(&reference) {
            there.push(hit);
        }
    }
    let items: Vec<HitJson> = there
        .into_iter()
        .map(|hit| {
            let Hit {
                about,
                spans,
                snippet,
                statements,
            } = hit;
            let incident = snapshot.incident_of(&about.id);
            HitJson {
                incidents: incident
                    .into_iter()
                    .map(|number| snapshot.id(number))
                    .collect(),
                report: about.id,
                title: about.title,
                outlet: about.outlet,
                published: about.published,
                spans,
                snippet,
                statements,
            }
        })
        .collect();
    Ok(Json(HitsJson {
        total: items.len(),
        items,
        next: None,
        more,
    }))
}
