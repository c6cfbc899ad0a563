//! The columns of ACLED's data files (codebook of 2024).

use crate::cell::columns;
use crate::country;
use crate::facts::{Facts, Party};

/// An incident as ACLED lays one out.
pub(super) struct Acled<'d>(pub(super) Facts<'d>);

/// Sub-event types with the event type and the type of disorder that hold them.
const TYPES: [(&str, &str, &str); 25] = [
    (
        "Abduction/forced disappearance",
        "Violence against civilians",
        POLITICAL,
    ),
    ("Agreement", STRATEGIC, STRATEGIC),
    ("Air/drone strike", REMOTE, POLITICAL),
    ("Armed clash", "Battles", POLITICAL),
    ("Arrests", STRATEGIC, STRATEGIC),
    ("Attack", "Violence against civilians", POLITICAL),
    ("Change to group/activity", STRATEGIC, STRATEGIC),
    ("Chemical weapon", REMOTE, POLITICAL),
    ("Disrupted weapons use", STRATEGIC, STRATEGIC),
    (
        "Excessive force against protesters",
        "Protests",
        "Political violence; Demonstrations",
    ),
    ("Government regains territory", "Battles", POLITICAL),
    ("Grenade", REMOTE, POLITICAL),
    ("Headquarters or base established", STRATEGIC, STRATEGIC),
    ("Looting/property destruction", STRATEGIC, STRATEGIC),
    ("Mob violence", "Riots", POLITICAL),
    ("Non-state actor overtakes territory", "Battles", POLITICAL),
    ("Non-violent transfer of territory", STRATEGIC, STRATEGIC),
    ("Other", STRATEGIC, STRATEGIC),
    ("Peaceful protest", "Protests", "Demonstrations"),
    ("Protest with intervention", "Protests", "Demonstrations"),
    ("Remote explosive/landmine/IED", REMOTE, POLITICAL),
    ("Sexual violence", "Violence against civilians", POLITICAL),
    ("Shelling/artillery/missile attack", REMOTE, POLITICAL),
    ("Suicide bomb", REMOTE, POLITICAL),
    ("Violent demonstration", "Riots", "Demonstrations"),
];
const POLITICAL: &str = "Political violence";
const STRATEGIC: &str = "Strategic developments";
const REMOTE: &str = "Explosions/Remote violence";

impl<'d> Acled<'d> {
    fn types(&self) -> Option<(&'static str, &'static str)> {
        let own = self.0.incident.acled.as_deref()?;
        let found = TYPES.iter().find(|(sub, ..)| *sub == own)?;
        Some((found.1, found.2))
    }

    fn side(&self, second: bool) -> Vec<Party<'d>> {
        if second {
            self.0.parties(|event| &event.side_b)
        } else {
            self.0.parties(|event| &event.side_a)
        }
    }

    fn actor(&self, second: bool, at: usize) -> Option<String> {
        let side = self.side(second);
        if at == 0 {
            return side.first().map(|party| party.name().to_owned());
        }
        let others: Vec<&str> = side.iter().skip(1).map(Party::name).collect();
        (!others.is_empty()).then(|| others.join("; "))
    }

    fn inter(&self, second: bool) -> Option<&'static str> {
        self.side(second)
            .first()
            .and_then(|party| inter(party.kind()))
    }

    fn interaction(&self) -> Option<String> {
        let sides = [self.inter(false), self.inter(true)];
        let names: Vec<&str> = sides.into_iter().flatten().collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(format!("{one} only")),
            many => Some(many.join("-")),
        }
    }

    /// 1 the day, 2 the week, 3 the month.
    fn time_precision(&self) -> Option<i64> {
        let (start, end) = self.0.days();
        let days = (end? - start?).get_days();
        Some(match days {
            0..=1 => 1,
            2..=7 => 2,
            _ => 3,
        })
    }

    /// 1 the town, 2 near it or the district, 3 the province.
    fn geo_precision(&self) -> Option<i64> {
        let place = self.0.incident.place.as_ref()?;
        Some(match place.where_prec {
            1 => 1,
            2 | 3 => 2,
            _ => 3,
        })
    }

    fn civilian_targeting(&self) -> Option<&'static str> {
        let hit = self.side(true);
        hit.iter()
            .any(|party| party.kind() == "civilians")
            .then_some("Civilian targeting")
    }

    /// ISO 3166-1 alpha-3.
    fn country(&self) -> Option<&'d str> {
        self.0.incident.place.as_ref()?.country.as_deref()
    }

    fn notes(&self) -> String {
        let facts = &self.0;
        format!(
            "{}. Happened: {}. Killed: {}.",
            facts.incident.title,
            facts.status("happened"),
            facts.status("killed")
        )
    }
}

/// ACLED's names of kinds of actors.
fn inter(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "state-forces" | "government" => "State forces",
        "rebel-group" => "Rebel group",
        "political-militia" => "Political militia",
        "identity-militia" => "Identity militia",
        "rioters" => "Rioters",
        "protesters" => "Protesters",
        "civilians" | "person" | "media" => "Civilians",
        "external-forces" | "organisation" => "External/Other forces",
        _ => return None,
    })
}

columns! { row: Acled<'_> {
    "event_id_cnty" Text "" "Id of the incident, not ACLED's own" => &row.0.incident.id;
    "event_date" Day "" "First day" => row.0.days().0;
    "year" Int "" "Year of it" => row.0.days().0.map(|day| i64::from(day.year()));
    "time_precision" Int "" "1 day, 2 week, 3 month" => row.time_precision();
    "disorder_type" Text "" "Type of disorder" => row.types().map(|types| types.1);
    "event_type" Text "" "Event type" => row.types().map(|types| types.0);
    "sub_event_type" Text "" "Sub-event type" => row.0.incident.acled.as_deref();
    "actor1" Text "" "First of side a of the main event" => row.actor(false, 0);
    "assoc_actor_1" Text "" "The others of side a" => row.actor(false, 1);
    "inter1" Text "" "Kind of actor 1; empty where it is not known" => row.inter(false);
    "actor2" Text "" "First of side b" => row.actor(true, 0);
    "assoc_actor_2" Text "" "The others of side b" => row.actor(true, 1);
    "inter2" Text "" "Kind of actor 2" => row.inter(true);
    "interaction" Text "" "The kinds of both" => row.interaction();
    "civilian_targeting" Text "" "`Civilian targeting` where civilians are on side b" => row.civilian_targeting();
    "iso" Int "" "ISO 3166-1 numeric" => row.country().and_then(country::numeric);
    "region" Text "" "ACLED's region of the country" => row.country().and_then(country::region);
    "country" Text "" "Name of the country" => row.country().map(|code| country::name(code).unwrap_or(code));
    "iso3" Text "" "ISO 3166-1 alpha-3; no column of ACLED's" => row.country();
    "admin1" Text "" "First-order division" => row.0.incident.place.as_ref().and_then(|p| p.admin1.as_deref());
    "admin2" Text "" "Second-order division" => row.0.admin2();
    "location" Text "" "Place" => row.0.incident.place.as_ref().map(|p| p.name.as_str());
    "latitude" Float "" "Degrees north" => row.0.point().map(|point| point.0);
    "longitude" Float "" "Degrees east" => row.0.point().map(|point| point.1);
    "geo_precision" Int "" "1 town, 2 district, 3 province" => row.geo_precision();
    "source" Text "" "Outlets" => row.0.outlets();
    "notes" Text "" "Title, and how the event and the dead stand" => row.notes();
    "fatalities" Int "" "The lowest figure that an origin still stands by; empty, and not 0, where nobody counts" => row.0.number("killed")[1];
    "fatalities_status" Text "" "How the figure stands; no column of ACLED's" => row.0.status("killed");
    "tags" Text "" "How it stands that it happened; `not corroborated` has no place in ACLED" => row.0.status("happened");
}}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_lexicon_is_laid_out() {
        for name in sayso_lexicon::ACLED {
            assert!(TYPES.iter().any(|(sub, ..)| sub == name), "{name}");
        }
    }
}
