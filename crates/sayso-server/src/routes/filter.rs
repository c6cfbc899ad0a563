//! Which incidents a list, a file or a published view has, and in which order.

use std::sync::Arc;

use sayso_archive::asked::{self, Unknown};
use sayso_core::Knowledge;
use sayso_place::Asked;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::archive::{Brief, BriefJson, Snapshot};
use crate::problem::Problem;

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
    /// Only what happened at a place or in a first-order division of this name: of the gazetteer's, of
    /// what anybody says, or as a report spells it. Marks, hyphens and case do not count.
    pub(crate) place: Option<String>,
    /// Only what happened in this country (ISO 3166-1 alpha-3); what is no such code is refused.
    pub(crate) country: Option<String>,
    /// Only this ACLED sub-event type; what is none is refused.
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

/// The incidents that are asked for, in the order that is asked for.
pub(crate) fn wanted(
    snapshot: &Snapshot,
    filter: &Filter,
    knowledge: &Knowledge<'_>,
) -> Result<Vec<Arc<Brief>>, Problem> {
    let fits = filter.read(knowledge)?;
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
            return Err(Problem::filter("sort", sort, allowed));
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
    place: Option<Asked>,
    country: Option<String>,
    acled: Option<String>,
    actor: Option<String>,
    status: Option<String>,
    bbox: Option<[f64; 4]>,
}

impl Filter {
    fn read(&self, knowledge: &Knowledge<'_>) -> Result<Fits, Problem> {
        let asked = |field: &Option<String>| field.clone().filter(|field| !field.is_empty());
        let countries = knowledge.lexicon.places.countries();
        let country = |code: String| asked::country(&code, countries).map_err(unknown);
        let acled = |name: String| asked::acled(&name).map_err(unknown);
        let status = |status: String| asked::status(&status).map_err(unknown);
        let place = |name: String| Asked::of(&name, knowledge.gazetteer);
        Ok(Fits {
            words: self
                .q
                .iter()
                .flat_map(|q| q.split_whitespace())
                .map(str::to_lowercase)
                .collect(),
            since: day("since", asked(&self.since))?,
            until: day("until", asked(&self.until))?,
            place: asked(&self.place).map(place),
            country: asked(&self.country).map(country).transpose()?,
            acled: asked(&self.r#type).map(acled).transpose()?,
            actor: asked(&self.actor).map(|actor| actor.to_lowercase()),
            status: asked(&self.status).map(status).transpose()?,
            bbox: asked(&self.bbox).map(|bbox| corners(&bbox)).transpose()?,
        })
    }
}

fn unknown(unknown: Unknown) -> Problem {
    let Unknown {
        what,
        value,
        allowed,
    } = unknown;
    Problem::filter(what, &value, allowed)
}

fn day(field: &str, written: Option<String>) -> Result<Option<String>, Problem> {
    match written {
        Some(day) if day.parse::<jiff::civil::Date>().is_err() || day.len() != 10 => {
            Err(Problem::filter(field, &day, "a day such as 2025-10-21"))
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
            let allowed = "west,south,east,north in degrees";
            Problem::filter("bbox", bbox, allowed)
        })
}

impl Fits {
    /// Whether an incident is what was asked for. What is not known is not what was asked for.
    fn fits(&self, brief: &Brief) -> bool {
        let json = &brief.json;
        let place = json.place.as_ref();
        let is = |asked: &Option<String>, found: Option<&str>| {
            let mut asked = asked.iter();
            asked.all(|asked| found.is_some_and(|found| found.eq_ignore_ascii_case(asked)))
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
            && self.place.as_ref().is_none_or(|asked| {
                let names = brief.places.iter().map(String::as_str);
                asked.is(names, brief.geonames)
            })
            && is(
                &self.country,
                place.and_then(|place| place.country.as_deref()),
            )
            && is(&self.acled, json.acled.as_deref())
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
