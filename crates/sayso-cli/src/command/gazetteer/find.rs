//! `sayso gazetteer find`: the places that a name may mean.

use std::io::{self, Write as _};

use sayso_lexicon::{Lexicon, NamedPlace};
use sayso_place::{Gazetteer, Match, PlaceId};

use crate::arguments::FindOptions;
use crate::command::Failure;
use crate::show::style::{FAINT, paint, safe};

/// Places that are shown of a name; more of them help nobody.
const SHOWN: usize = 50;

/// One place as it is shown.
#[derive(Debug, PartialEq)]
struct Found {
    name: String,
    kind: String,
    /// From the smallest division to the country.
    within: Vec<String>,
    country: Option<String>,
    lat: f64,
    lon: f64,
    population: Option<u64>,
    geonames: Option<u32>,
    how: &'static str,
}

/// Prints every place that the name may mean; 1 bad input where there is none.
///
/// # Errors
/// The gazetteer or the places of the user cannot be used, or the output not written.
pub(crate) fn run(options: &FindOptions) -> Result<usize, Failure> {
    let name = options.name.join(" ");
    let own = options.own.own();
    let gazetteer = own.gazetteer()?;
    let lexicon = own.lexicon()?;
    let mut found = find(&gazetteer, &lexicon, &name);
    let more = found.len().saturating_sub(SHOWN);
    if !options.json {
        found.truncate(SHOWN);
    }
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    for place in &found {
        if options.json {
            writeln!(out, "{}", json(place))?;
        } else {
            writeln!(out, "{}", line(place))?;
        }
    }
    if found.is_empty() {
        anstream::eprintln!(
            "no place of gazetteer {} is called `{}`",
            gazetteer.edition(),
            safe(&name)
        );
        return Ok(1);
    }
    if more > 0 && !options.json {
        anstream::eprintln!("and {more} more; --json shows all");
    }
    Ok(0)
}

fn find(gazetteer: &Gazetteer, lexicon: &Lexicon, name: &str) -> Vec<Found> {
    let mut found: Vec<Found> = lexicon
        .places
        .named(name)
        .map(|(_, place)| named(place))
        .into_iter()
        .collect();
    let mut candidates = gazetteer.find(name);
    if candidates.is_empty() && found.is_empty() {
        candidates = gazetteer.find_loosely(name);
    }
    let mut places: Vec<Found> = candidates
        .into_iter()
        .filter_map(|candidate| entry(gazetteer, candidate.id, candidate.how))
        .collect();
    // The best known first; of equal ones, those of smaller numbers, which are the larger kinds.
    places.sort_by_key(|place| std::cmp::Reverse(place.population));
    found.extend(places);
    found
}

fn named(place: &NamedPlace) -> Found {
    Found {
        name: place.name.clone(),
        kind: place.feature.clone(),
        within: place.admin1.iter().cloned().collect(),
        country: place.iso3.clone(),
        lat: place.lat,
        lon: place.lon,
        population: None,
        geonames: None,
        how: if place.own { "your own" } else { "lexicon" },
    }
}

fn entry(gazetteer: &Gazetteer, id: PlaceId, how: Match) -> Option<Found> {
    let place = gazetteer.entry(id)?;
    let country = gazetteer.country(id);
    let within = gazetteer
        .holders(id)
        .filter(|&holder| country.is_none_or(|country| country.id != holder))
        .map(|holder| gazetteer.name(holder))
        .collect();
    Some(Found {
        name: gazetteer.name(id),
        kind: format!("{:?}", place.feature).to_lowercase(),
        within,
        country: country.map(|country| country.iso3.to_owned()),
        lat: place.lat,
        lon: place.lon,
        // Unknown is not zero.
        population: (place.population > 0).then_some(place.population),
        geonames: place.geonames,
        how: match how {
            Match::Exact => "by this name",
            Match::Article => "with another article",
            Match::Generic => "without the word for its kind",
            Match::Loose => "by a similar name",
        },
    })
}

fn line(place: &Found) -> String {
    let mut within = place.within.clone();
    within.extend(place.country.clone());
    let mut more = vec![place.kind.clone()];
    if let Some(people) = place.population {
        more.push(format!("about {people} people"));
    }
    if let Some(id) = place.geonames {
        more.push(format!("GeoNames {id}"));
    }
    more.push(place.how.to_owned());
    format!(
        "{}, {} ({:.4}, {:.4})  {}",
        safe(&place.name),
        safe(&within.join(", ")),
        place.lat,
        place.lon,
        paint(FAINT, &more.join(", "))
    )
}

fn json(place: &Found) -> serde_json::Value {
    serde_json::json!({
        "name": place.name,
        "kind": place.kind,
        "within": place.within,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "population": place.population,
        "geonames": place.geonames,
        "how": place.how,
    })
}
