//! Exact spots of civilians, and the divisions that stand for them.

use sayso_api::{ActorJson, EventJson, PlaceJson, SheetJson};

use crate::district::{Centre, Districts};

/// Levels that are finer than a settlement.
const EXACT: &[&str] = &["site", "neighbourhood"];

/// Kinds of actors that bear arms.
const ARMED: &[&str] = &[
    "state-forces",
    "rebel-group",
    "political-militia",
    "identity-militia",
    "external-forces",
];

/// Whom a toll may count where no civilian is among them.
const FORCES: &[&str] = &["soldiers", "police", "fighters"];

/// A spot that is not shown, with what stands for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// What the text and the gazetteer call it.
    pub(crate) names: Vec<String>,
    /// Its usual name, by which places are compared.
    pub(crate) name: String,
    /// What stands for it.
    pub(crate) coarse: Coarse,
}

/// A division in the place of a spot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Coarse {
    pub(crate) name: String,
    pub(crate) level: &'static str,
    /// UCDP's precision.
    pub(crate) where_prec: u8,
    pub(crate) country: Option<String>,
    pub(crate) admin1: Option<String>,
    pub(crate) admin2: Option<String>,
    pub(crate) centre: Option<Centre>,
}

/// The spots of a sheet where civilians were, or may have been.
pub(crate) fn of_sheet(sheet: &SheetJson<'_>, districts: &dyn Districts) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for event in &sheet.events {
        let Some(place) = &event.place else { continue };
        if !is_exact(&place.level) || is_of_forces(event, &sheet.actors) {
            continue;
        }
        match spots.iter_mut().find(|spot| spot.name == place.name) {
            Some(spot) if spot.names.contains(&place.quote.as_ref().to_owned()) => {}
            Some(spot) => spot.names.push(place.quote.as_ref().to_owned()),
            None => spots.push(Spot {
                names: vec![place.name.to_string(), place.quote.to_string()],
                name: place.name.to_string(),
                coarse: coarse(place, districts),
            }),
        }
    }
    spots
}

/// Whether a level is finer than a settlement.
pub(crate) fn is_exact(level: &str) -> bool {
    EXACT.contains(&level)
}

/// Whether nobody but forces and fighters had to do with an event, by all that is said of it. What
/// is not known may be civilians.
fn is_of_forces(event: &EventJson<'_>, actors: &[ActorJson<'_>]) -> bool {
    let armed = |id: &Option<std::borrow::Cow<'_, str>>| {
        let actor = id
            .as_ref()
            .and_then(|id| actors.iter().find(|actor| actor.id == *id));
        actor.is_some_and(|actor| ARMED.contains(&actor.kind.as_ref()) && actor.protect.is_none())
    };
    let sides = event.side_a.iter().chain(&event.side_b);
    !event.side_b.is_empty()
        && sides.map(|side| &side.actor).all(armed)
        && event
            .tolls
            .iter()
            .all(|toll| FORCES.contains(&toll.who.as_ref()))
}

fn coarse(place: &PlaceJson<'_>, districts: &dyn Districts) -> Coarse {
    let country = place.country.as_ref().map(ToString::to_string);
    let admin1 = place.admin1.as_ref().map(ToString::to_string);
    let admin2 = place.admin2.as_ref().map(ToString::to_string);
    let (name, level, where_prec) = match (&admin2, &admin1, &country) {
        (Some(name), _, _) => (name.clone(), "district", 3),
        (None, Some(name), _) => (name.clone(), "province", 4),
        (None, None, Some(code)) => (code.clone(), "country", 6),
        (None, None, None) => ("[place]".to_owned(), "country", 7),
    };
    let within = admin2.as_ref().and(admin1.as_deref());
    let centre = country
        .as_deref()
        .filter(|_| level != "country")
        .and_then(|country| districts.centre(country, within, &name));
    Coarse {
        name,
        level,
        where_prec,
        country,
        admin1,
        admin2,
        centre,
    }
}
