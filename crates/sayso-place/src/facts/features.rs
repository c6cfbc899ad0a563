//! Airports, lakes, rivers and disputed areas.

use std::collections::BTreeMap;

use super::divisions::number;
use super::grid::Grid;
use super::select::keeps_villages;
use super::settlements::{City, wof_names};
use super::{Facts, FactsError, Known, bare, json, table};
use crate::{Builder, Feature, PlaceId, fold};

pub(super) fn add(
    facts: &Facts,
    cities: &[City],
    builder: &mut Builder,
    known: &Known,
) -> Result<(), FactsError> {
    let mut nearest: Grid<PlaceId> = Grid::new();
    for city in cities {
        let first = format!("{}.{}", city.country, city.admin1);
        if let Some(&holder) = known
            .admin2
            .get(&format!("{first}.{}", city.admin2))
            .or_else(|| known.admin1.get(&first))
            .or_else(|| known.countries.get(&city.country))
        {
            nearest.add(city.lat, city.lon, holder);
        }
    }
    let holder = |lat: f64, lon: f64| {
        nearest
            .near(lat, lon, 40.0)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, &holder)| holder)
    };
    add_airports(facts, builder, known, &holder)?;
    add_waters(facts, builder)?;
    add_disputed(facts, builder)
}

/// Airports with an airline code of countries with villages, international ones of the others.
fn add_airports(
    facts: &Facts,
    builder: &mut Builder,
    known: &Known,
    holder: &dyn Fn(f64, f64) -> Option<PlaceId>,
) -> Result<(), FactsError> {
    let table = table(&facts.at("airports/airports.csv.gz"), false)?;
    for row in table.rows() {
        let line = row.join("\t");
        let fields = csv_fields(&line);
        let [_, iata, name, city, _, country, _, lat, lon, ..] = &fields[..] else {
            continue;
        };
        let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else {
            continue;
        };
        let military = name.contains("Air Base") || name.contains("Airbase");
        if !(keeps_villages(country) && (!iata.is_empty() || military)
            || !iata.is_empty() && name.contains("International"))
        {
            continue;
        }
        let mut place = bare(name, lat, lon, Feature::Airport);
        place.renown = 5;
        place.parent = holder(lat, lon).or_else(|| known.countries.get(country).copied());
        let usual = if military { "Air Base" } else { "Airport" };
        place.other_names = vec![
            name.replace(" International", ""),
            format!("{city} {usual}"),
            format!("{city} International Airport"),
        ];
        if military {
            place.other_names.push(name.replace("Air Base", "Airbase"));
        }
        builder.add(&place);
    }
    Ok(())
}

/// The fields of one line of CSV.
fn csv_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => {
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields
}

/// Lakes at the mean of their shore, rivers at the middle of their longest line.
fn add_waters(facts: &Facts, builder: &mut Builder) -> Result<(), FactsError> {
    for (file, feature) in [
        ("natural-earth/ne_10m_lakes.geojson.gz", Feature::Lake),
        (
            "natural-earth/ne_10m_rivers_lake_centerlines.geojson.gz",
            Feature::River,
        ),
    ] {
        let value = json(&facts.at(file))?;
        let mut by_name: BTreeMap<String, (f64, Vec<(f64, f64)>)> = BTreeMap::new();
        for item in value["features"].as_array().into_iter().flatten() {
            let properties = &item["properties"];
            let Some(name) = properties["name_en"]
                .as_str()
                .or(properties["name"].as_str())
            else {
                continue;
            };
            let rank = number(&properties["scalerank"]).unwrap_or(9.0);
            let line = longest_line(&item["geometry"]["coordinates"]);
            if fold(name).len() < 3 || line.is_empty() {
                continue;
            }
            let best = by_name.entry(name.to_owned()).or_insert((rank, Vec::new()));
            if line.len() > best.1.len() {
                *best = (rank.min(best.0), line);
            }
        }
        for (name, (rank, line)) in by_name {
            let (lat, lon) = if feature == Feature::Lake {
                let n = line.len() as f64;
                let sum = line.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
                (sum.0 / n, sum.1 / n)
            } else {
                line[line.len() / 2]
            };
            let mut place = bare(&name, lat, lon, feature);
            place.renown = (60.0 - 6.0 * rank).max(1.0) as usize;
            if feature == Feature::River {
                let bare_name = name.strip_suffix(" River").unwrap_or(&name).to_owned();
                place.other_names =
                    vec![format!("{bare_name} River"), format!("River {bare_name}")];
                // A river's bare name is kept for great rivers only: small ones are called like towns.
                if rank <= 4.0 {
                    place.other_names.push(bare_name);
                }
            }
            builder.add(&place);
        }
    }
    Ok(())
}

/// The longest list of points in nested coordinates, as latitude and longitude.
fn longest_line(value: &serde_json::Value) -> Vec<(f64, f64)> {
    let Some(items) = value.as_array() else {
        return Vec::new();
    };
    let points: Vec<(f64, f64)> = items
        .iter()
        .filter_map(|item| Some((item.get(1)?.as_f64()?, item.get(0)?.as_f64()?)))
        .collect();
    if points.is_empty() {
        return items
            .iter()
            .map(longest_line)
            .max_by_key(Vec::len)
            .unwrap_or_default();
    }
    points
}

/// Disputed areas: Who's On First gives them no country, and neither do we.
fn add_disputed(facts: &Facts, builder: &mut Builder) -> Result<(), FactsError> {
    let table = table(&facts.at("wof-places/XX.tsv.gz"), true)?;
    let kind = table.column("placetype")?;
    let columns = [
        table.column("name")?,
        table.column("lat")?,
        table.column("lon")?,
        table.column("names")?,
        table.column("geonames_id")?,
    ];
    let mut done = std::collections::BTreeSet::new();
    for row in table.rows() {
        let get = |column: usize| row.get(column).copied().unwrap_or("");
        if get(kind) != "disputed" {
            continue;
        }
        let [name, lat, lon, names, id] = columns.map(get);
        let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else {
            continue;
        };
        // Claims on a whole country, and valleys that carry another place's name, are no places.
        if name.starts_with("Near ")
            || ["Israel", "Belize", "Taiwan"].contains(&name)
            || !done.insert(name.to_owned())
        {
            continue;
        }
        let mut place = bare(name, lat, lon, Feature::Disputed);
        place.geonames = id.parse().ok();
        place.other_names = wof_names(names);
        place.renown = place.other_names.len();
        place.other_names.retain(|name| {
            name.chars().any(char::is_uppercase)
                || name
                    .chars()
                    .all(|c| ('\u{600}'..'\u{700}').contains(&c) || c == ' ')
        });
        builder.add(&place);
    }
    Ok(())
}
