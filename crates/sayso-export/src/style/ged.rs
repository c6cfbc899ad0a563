//! The columns of UCDP's georeferenced event dataset (codebook 23.1).

use sayso_api::ReportJson;

use crate::cell::columns;
use crate::country;
use crate::facts::{Facts, Party};

/// A deadly incident as UCDP lays one out.
pub(super) struct Ged<'d>(pub(super) Facts<'d>);

const CIVILIANS: [&str; 3] = ["civilians", "children", "women"];
const OF_STATE: [&str; 2] = ["soldiers", "police"];
const OF_GROUP: [&str; 1] = ["fighters"];

impl<'d> Ged<'d> {
    fn side_a(&self) -> Vec<Party<'d>> {
        self.0.parties(|event| &event.side_a)
    }

    fn side_b(&self) -> Vec<Party<'d>> {
        self.0.parties(|event| &event.side_b)
    }

    /// 1 state-based, 2 between non-state groups, 3 against civilians; empty where a side is unknown.
    fn type_of_violence(&self) -> Option<i64> {
        let a = sort(self.side_a().first()?.kind())?;
        let b = sort(self.side_b().first()?.kind())?;
        Some(match (a, b) {
            (_, Sort::Civilian) => 3,
            (Sort::State, _) | (_, Sort::State) => 1,
            (Sort::Armed, Sort::Armed) => 2,
            (Sort::Civilian, Sort::Armed) => return None,
        })
    }

    /// The dead of some kinds, as the main event counts them.
    fn counted(&self, who: &[&str]) -> Option<u64> {
        let tolls = &self.0.event()?.tolls;
        let counted = tolls
            .iter()
            .filter(|toll| toll.effect == "killed" && who.contains(&toll.who.as_ref()));
        counted.map(|toll| toll.low).max()
    }

    /// The dead of a side: soldiers and police of a state's, fighters of a group's, where the other
    /// side cannot have them too.
    fn fallen(&self, second: bool) -> Option<u64> {
        let sorts = [self.side_a(), self.side_b()];
        let sorts = sorts.map(|side| side.first().and_then(|party| sort(party.kind())));
        let [own, other] = if second { [sorts[1], sorts[0]] } else { sorts };
        if own == other {
            return None;
        }
        match own? {
            Sort::State => self.counted(&OF_STATE),
            Sort::Armed => self.counted(&OF_GROUP),
            Sort::Civilian => None,
        }
    }

    /// The dead of `best` that nobody ascribes to a side or to civilians.
    fn unknown(&self) -> Option<u64> {
        let best = self.0.number("killed")[1]?;
        let told = [
            self.fallen(false),
            self.fallen(true),
            self.counted(&CIVILIANS),
        ];
        Some(best.saturating_sub(told.into_iter().flatten().sum()))
    }

    fn first_source(
        &self,
        of: for<'x> fn(&'x ReportJson<'static>) -> Option<&'x str>,
    ) -> Option<String> {
        let sheet = self.0.first_report()?;
        of(&sheet.report).map(str::to_owned)
    }

    fn date_prec(&self) -> Option<u8> {
        self.0.event()?.time.as_ref().map(|time| time.date_prec)
    }
}

/// What sort of party a kind of actor is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    State,
    Armed,
    Civilian,
}

fn sort(kind: &str) -> Option<Sort> {
    Some(match kind {
        "state-forces" | "government" | "external-forces" => Sort::State,
        "rebel-group" | "political-militia" | "identity-militia" => Sort::Armed,
        "civilians" | "protesters" | "rioters" | "person" | "media" => Sort::Civilian,
        _ => return None,
    })
}

/// UCDP's number of an actor, where the registry has it from UCDP.
fn number(parties: &[Party<'_>]) -> Option<i64> {
    let id = parties.first()?.actor?.registry.as_deref()?;
    id.strip_prefix("ucdp:")?.parse().ok()
}

fn name(parties: &[Party<'_>]) -> Option<String> {
    parties.first().map(|party| party.name().to_owned())
}

/// The cell of half a degree of PRIO's grid, counted from the south-west.
fn grid((lat, lon): (f64, f64)) -> Option<i64> {
    let inside = (-90.0..90.0).contains(&lat) && (-180.0..180.0).contains(&lon);
    let row = ((lat + 90.0) * 2.0).floor() as i64;
    let column = ((lon + 180.0) * 2.0).floor() as i64;
    inside.then_some(row * 720 + column + 1)
}

columns! { row: Ged<'_> {
    "id" Text "" "Id of the incident, not UCDP's own" => &row.0.incident.id;
    "year" Int "" "Year" => row.0.days().0.map(|day| i64::from(day.year()));
    "type_of_violence" Int "" "1 state-based, 2 non-state, 3 one-sided; empty where a side is not known" => row.type_of_violence();
    "side_a_new_id" Int "" "UCDP's number of side a, where it is in the registry" => number(&row.side_a());
    "side_a" Text "" "Side a of the main event" => name(&row.side_a());
    "side_b_new_id" Int "" "UCDP's number of side b" => number(&row.side_b());
    "side_b" Text "" "Side b" => name(&row.side_b());
    "number_of_sources" Int "" "Independent origins, not prints" => row.0.incident.origins.len();
    "source_article" Text "" "Addresses of the reports" => row.0.addresses();
    "source_office" Text "" "Outlets" => row.0.outlets();
    "source_date" Text "" "Publication of the first report" => row.first_source(|report| report.published.as_deref());
    "source_headline" Text "" "Headline of the first report" => row.first_source(|report| report.title.as_deref());
    "source_original" Text "" "On whose say-so it rests" => row.0.origins();
    "where_prec" Int "" "1 exact to 7" => row.0.incident.place.as_ref().map(|p| p.where_prec);
    "where_coordinates" Text "" "Name of the place" => row.0.incident.place.as_ref().map(|p| p.name.as_str());
    "adm_1" Text "" "First-order division" => row.0.incident.place.as_ref().and_then(|p| p.admin1.as_deref());
    "adm_2" Text "" "Second-order division" => row.0.admin2();
    "latitude" Float "" "Degrees north" => row.0.point().map(|point| point.0);
    "longitude" Float "" "Degrees east" => row.0.point().map(|point| point.1);
    "geom_wkt" Text "" "The point as well-known text" => row.0.point().map(|(lat, lon)| format!("POINT ({lon} {lat})"));
    "priogrid_gid" Int "" "Cell of PRIO-GRID" => row.0.point().and_then(grid);
    "country" Text "" "Name of the country" => row.0.incident.place.as_ref().and_then(|p| p.country.as_deref()).map(|code| country::name(code).unwrap_or(code));
    "event_clarity" Int "" "1 one event, 2 a sum over several" => row.0.event().map(|event| if event.aggregate { 2_i64 } else { 1 });
    "date_prec" Int "" "1 day to 5" => row.date_prec();
    "date_start" Day "" "First day" => row.0.days().0;
    "date_end" Day "" "Last day" => row.0.days().1;
    "deaths_a" Int "" "Dead of side a: soldiers and police of a state, fighters of a group, as the main event counts them; empty where it does not" => row.fallen(false);
    "deaths_b" Int "" "Dead of side b, likewise" => row.fallen(true);
    "deaths_civilians" Int "" "Dead that the main event counts as civilians, children or women; empty where it does not" => row.counted(&CIVILIANS);
    "deaths_unknown" Int "" "The others of `best`, of whom nobody says which side they were on" => row.unknown();
    "best" Int "" "The lowest figure that an origin still stands by; UCDP's best is a judgement" => row.0.number("killed")[1];
    "high" Int "" "The highest of the latest figures" => row.0.number("killed")[2];
    "low" Int "" "The lowest of the latest figures" => row.0.number("killed")[0];
    "deaths_status" Text "" "How the figure stands; no column of UCDP's" => row.0.status("killed");
}}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbered_as_prio_does() {
        // Two rows of GED 23.1: Rami village in Syria, and its cell.
        assert_eq!(grid((35.763_369, 36.558_974)), Some(181_154));
        assert_eq!(grid((91.0, 0.0)), None);
    }
}
