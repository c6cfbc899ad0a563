//! The UCDP Actor Dataset: governments and organised groups, who split from whom, who joined whom.

use std::path::Path;

use super::countries::Countries;
use super::drafts::{Drafts, Unknown};
use super::{FactsError, read};
use crate::{Body, NewActor};

/// Countries where UCDP lists gangs, cartels and cults among organised groups; one that never fought a
/// state over power there is no rebel group.
const OF_GANGS: &[&str] = &[
    "BRA", "COL", "ECU", "GTM", "GUY", "HND", "HTI", "JAM", "KEN", "MEX", "NGA", "SLV", "TTO",
    "VEN",
];

/// Reads the data set. Followings of parties and persons (organisation 2) are left out; peoples and
/// clans (3) are marked as such.
pub(super) fn read(
    drafts: &mut Drafts,
    path: &Path,
    countries: &Countries,
) -> Result<(), FactsError> {
    read::csv_rows(path, &mut |get| {
        let id = format!("ucdp:{}", get("ActorId"));
        let label = get("NameData");
        if get("Org") == "4" {
            let state = label.strip_prefix("Government of ").unwrap_or(&label);
            if let Some(actor) = countries
                .code(state)
                .and_then(|code| drafts.by_id(&Body::Government.id(code)))
            {
                actor.sources.push(id);
            }
            return;
        }
        // "FDLR, RCD" is two groups on one side of one conflict.
        if !matches!(get("Org").as_str(), "1" | "3") || label.contains(", ") {
            return;
        }
        let mut names: Vec<String> = Vec::new();
        let columns = ["NameOrigFullEng", "NameOrigFull", "NameData", "NameOrig"];
        for name in columns.map(&get) {
            names.extend(usable(&name));
        }
        // Later names come in order, parted by commas.
        for column in ["NewNameFullEng", "NewNameFullMotherTongue", "NewName"] {
            names.extend(get(column).split(", ").filter_map(usable));
        }
        let mut names = names.into_iter();
        let Some(name) = names.next() else {
            return;
        };
        let homes: Vec<String> = get("Location")
            .split(", ")
            .filter_map(|place| countries.code(place))
            // UCDP counts Palestine to Israel.
            .flat_map(|code| {
                if code == "ISR" {
                    vec!["PSE", "ISR"]
                } else {
                    vec![code]
                }
            })
            .map(str::to_owned)
            .collect();
        let gang = get("ConflictId").is_empty()
            && homes.iter().any(|home| OF_GANGS.contains(&home.as_str()));
        let people = get("Org") == "3";
        let (kind, sector) = match (people, gang) {
            (true, _) => ("identity-militia", ""),
            (_, true) => ("political-militia", "CRM"),
            _ => ("rebel-group", ""),
        };
        let links = |column: &str| -> Vec<String> {
            get(column)
                .split(", ")
                .filter(|number| !number.is_empty())
                .map(|number| format!("ucdp:{number}"))
                .collect()
        };
        let actor = NewActor {
            id,
            name,
            aliases: names.collect(),
            kind: kind.to_owned(),
            sector: sector.to_owned(),
            countries: homes,
            before: links("ActorIdPrev"),
            after: links("ActorIdGroup"),
            people,
            ..NewActor::default()
        };
        drafts.put("UCDP Actor Dataset 22.1", actor, Unknown::Add);
    })
}

/// The name without what UCDP adds; nothing where it says that there is none.
fn usable(name: &str) -> Option<String> {
    let name = name.trim();
    let none = name.is_empty() || name.eq_ignore_ascii_case("n/a");
    (!none).then(|| name.to_owned())
}
