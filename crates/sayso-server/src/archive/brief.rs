//! An incident as a list shows it.

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{FindingJson, IncidentJson, OriginJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::queue::{Hangs, hangs};

/// An incident as a list shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BriefJson {
    /// `i:…`, stable.
    pub id: String,
    /// In a few words.
    pub title: String,
    /// ACLED sub-event type that most origins give.
    pub acled: Option<String>,
    /// Where, as most origins give it.
    pub place: Option<BriefPlaceJson>,
    /// First day, ISO 8601.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// How many prints.
    pub reports: usize,
    /// How many origins.
    pub origins: usize,
    /// How many findings are disputed.
    pub disputed: usize,
    /// How many findings are unknown.
    pub unknown: usize,
    /// How many were killed, where anybody gives a number.
    pub killed: Option<RangeJson>,
    /// Whether it happened: `corroborated`, `single-source`, `disputed`, `denied` or `unknown`.
    pub status: Option<String>,
    /// When the ledger last recorded anything about it.
    pub updated: String,
    /// What `If-Match` of a decision, and a merge with it, have to name.
    pub etag: String,
}

/// Where an incident happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BriefPlaceJson {
    /// Usual English name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// `sayso_core::Level` as printed.
    pub level: String,
    /// UCDP, 1 to 7.
    pub where_prec: u8,
}

/// Lowest, publishable and highest figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RangeJson {
    /// The lowest of the latest figures.
    pub low: Option<u64>,
    /// What may be published.
    pub conservative: Option<u64>,
    /// The highest of the latest figures.
    pub high: Option<u64>,
    /// Whether the highest is the least that somebody says: “at least 27”.
    pub open: bool,
}

/// An incident as a list shows it, with what it can be asked for by.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    pub(crate) json: BriefJson,
    /// Who stands among its sides, in lower case.
    pub(crate) sides: Vec<String>,
    /// How its findings stand.
    pub(crate) statuses: BTreeSet<String>,
    /// Every name under which it may be looked for by its place, folded as the gazetteer's are: of the
    /// place and its division, as anybody gives it, and in the words of reports.
    pub(crate) places: BTreeSet<String>,
    /// GeoNames id of the place.
    pub(crate) geonames: Option<u32>,
    /// Title, place, sides and outlets, in lower case.
    pub(crate) words: String,
    /// Who it goes back to, without what their prints share.
    pub(crate) origins: Vec<OriginJson>,
    /// What hangs on which finding of which report.
    pub(crate) hangs: BTreeMap<(String, String), Hangs>,
}

impl Brief {
    pub(crate) fn of(incident: &IncidentJson, updated: String, etag: String) -> Self {
        let findings = &incident.findings;
        let standing = |status: &str| findings.iter().filter(|f| f.status == status).count();
        let asked = |question: &str| findings.iter().find(|f| f.question == question);
        let sides: Vec<String> = findings
            .iter()
            .filter(|f| matches!(f.question.as_str(), "who-did-it" | "to-whom"))
            .flat_map(|finding| &finding.answers)
            .filter_map(|answer| answer.value.as_ref())
            .map(|value| value.to_lowercase())
            .collect();
        let place = incident.place.as_ref();
        let mut words = incident.title.to_lowercase();
        let named = place
            .into_iter()
            .flat_map(|place| [Some(&place.name), place.admin1.as_ref()])
            .flatten();
        let outlets = incident.reports.iter().filter_map(|r| r.outlet.as_ref());
        for name in named.chain(outlets) {
            words.push('\n');
            words.push_str(&name.to_lowercase());
        }
        for side in &sides {
            words.push('\n');
            words.push_str(side);
        }
        Self {
            places: sayso_archive::asked::place_names(incident),
            geonames: place.and_then(|place| place.geonames),
            json: BriefJson {
                id: incident.id.clone(),
                title: incident.title.clone(),
                acled: incident.acled.clone(),
                place: place.map(|place| BriefPlaceJson {
                    name: place.name.clone(),
                    country: place.country.clone(),
                    admin1: place.admin1.clone(),
                    lat: place.lat,
                    lon: place.lon,
                    level: place.level.clone(),
                    where_prec: place.where_prec,
                }),
                start: incident.start.clone(),
                end: incident.end.clone(),
                reports: incident.reports.len(),
                origins: incident.origins.len(),
                disputed: standing("disputed"),
                unknown: standing("unknown"),
                killed: asked("killed").and_then(|killed| range(killed, &incident.origins)),
                status: asked("happened").map(|f| f.status.clone()),
                updated,
                etag,
            },
            sides,
            statuses: findings.iter().map(|f| f.status.clone()).collect(),
            words,
            origins: incident
                .origins
                .iter()
                .map(|origin| OriginJson {
                    passages: Vec::new(),
                    ..origin.clone()
                })
                .collect(),
            hangs: hangs(incident),
        }
    }
}

/// The figures of a finding; `None` where nobody gives any. Origins that count in no range leave none
/// open.
fn range(finding: &FindingJson, origins: &[OriginJson]) -> Option<RangeJson> {
    let is_trusted = |id: &str| !origins.iter().any(|o| o.id == id && o.unreliable);
    let standing = finding.answers.iter();
    let open = standing
        .filter(|answer| !answer.superseded && answer.stance == "asserts")
        .filter(|answer| is_trusted(&answer.origin))
        .filter_map(|answer| answer.value.as_deref()?.strip_suffix(['+', '?']))
        .filter_map(|least| least.parse::<u64>().ok())
        .any(|least| finding.high.is_none_or(|high| least >= high));
    let range = RangeJson {
        open,
        low: finding.low,
        conservative: finding.conservative,
        high: finding.high,
    };
    let is_known = [range.low, range.conservative, range.high]
        .iter()
        .any(Option::is_some);
    is_known.then_some(range)
}
