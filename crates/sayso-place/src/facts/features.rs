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

/// Air bases; airports with an airline code of countries with villages, international ones of the
/// others.
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
        let served = keeps_villages(country) || name.contains("International");
        if !military && (iata.is_empty() || !served) {
            continue;
        }
        let mut place = bare(name, lat, lon, Feature::Airport);
        place.renown = 5;
        place.parent = holder(lat, lon).or_else(|| known.countries.get(country).copied());
        let usual = if military { "Air Base" } else { "Airport" };
        place.other_names = vec![name.replace(" International", "")];
        if !city.is_empty() {
            place.other_names.push(format!("{city} {usual}"));
            place
                .other_names
                .push(format!("{city} International Airport"));
        }
        if military {
            place.other_names.push(name.replace("Air Base", "Airbase"));
        }
        place.other_names.extend(by_surname(name));
        builder.add(&place);
    }
    Ok(())
}

/// "Ilan and Asaf Ramon Airport" is "Ramon Airport" for short: an airport that is named after
/// people, by the last of their names.
fn by_surname(name: &str) -> Option<String> {
    let usual = [" International Airport", " Airport"]
        .into_iter()
        .find(|usual| name.ends_with(usual))?;
    let people: Vec<&str> = name.strip_suffix(usual)?.split(' ').collect();
    let initial = |word: &&str| word.len() == 2 && word.ends_with('.');
    let of_people = people.contains(&"and") || people.iter().any(initial);
    let surname = people.last().filter(|_| of_people && people.len() > 2)?;
    Some(format!("{surname}{usual}"))
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

/// Lakes at the mean of their shore, rivers at their mouth: the point that the United States
/// Board on Geographic Names and GeoNames give a river.
fn add_waters(facts: &Facts, builder: &mut Builder) -> Result<(), FactsError> {
    for (file, feature) in [
        ("natural-earth/ne_10m_lakes.geojson.gz", Feature::Lake),
        (
            "natural-earth/ne_10m_rivers_lake_centerlines.geojson.gz",
            Feature::River,
        ),
    ] {
        let value = json(&facts.at(file))?;
        let mut by_name: BTreeMap<String, (f64, Vec<Line>)> = BTreeMap::new();
        for item in value["features"].as_array().into_iter().flatten() {
            let properties = &item["properties"];
            let Some(name) = properties["name_en"]
                .as_str()
                .or(properties["name"].as_str())
            else {
                continue;
            };
            let rank = number(&properties["scalerank"]).unwrap_or(9.0);
            let lines = lines(&item["geometry"]["coordinates"]);
            if fold(name).len() < 3 || lines.is_empty() {
                continue;
            }
            let all = by_name.entry(name.to_owned()).or_insert((rank, Vec::new()));
            all.0 = all.0.min(rank);
            all.1.extend(lines);
        }
        for (name, (rank, lines)) in by_name {
            let Some(line) = lines.iter().max_by_key(|line| line.len()) else {
                continue;
            };
            let point = if feature == Feature::Lake {
                let n = line.len() as f64;
                let sum = line.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
                Some((sum.0 / n, sum.1 / n))
            } else {
                mouth(line, &lines)
            };
            let Some((lat, lon)) = point else { continue };
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

/// Points of a line as latitude and longitude.
type Line = Vec<(f64, f64)>;

/// All lists of points in nested coordinates.
fn lines(value: &serde_json::Value) -> Vec<Line> {
    let Some(items) = value.as_array() else {
        return Vec::new();
    };
    let points: Line = items
        .iter()
        .filter_map(|item| Some((item.get(1)?.as_f64()?, item.get(0)?.as_f64()?)))
        .collect();
    if points.is_empty() {
        items.iter().flat_map(lines).collect()
    } else {
        vec![points]
    }
}

/// Where a river ends: Natural Earth draws each piece downstream, so the pieces are followed from
/// the longest one on, each time by the longest that begins where the last one ended.
fn mouth(longest: &Line, pieces: &[Line]) -> Option<(f64, f64)> {
    const JOINED: f64 = 0.03;
    let mut end = *longest.last()?;
    // A ring of pieces would be followed for ever.
    for _ in 0..pieces.len() {
        let next = pieces
            .iter()
            .filter(|piece| {
                piece.first().is_some_and(|first| {
                    (first.0 - end.0).abs() < JOINED && (first.1 - end.1).abs() < JOINED
                })
            })
            .max_by_key(|piece| piece.len())
            .filter(|piece| piece.len() > 2);
        match next.and_then(|piece| piece.last()) {
            Some(&further) if further != end => end = further,
            _ => break,
        }
    }
    Some(end)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_river_is_at_its_mouth() {
        let upper = vec![(5.0, 1.0), (4.0, 1.0), (3.0, 1.0), (2.5, 1.0)];
        let lower = vec![(2.5, 1.01), (2.0, 1.0), (1.0, 1.0)];
        let arm = vec![(2.0, 1.0), (1.9, 1.5)];
        let pieces = [lower, arm, upper.clone()];
        assert_eq!(mouth(&upper, &pieces), Some((1.0, 1.0)));
        assert_eq!(mouth(&Vec::new(), &pieces), None);
    }

    #[test]
    fn an_airport_is_called_by_the_last_of_its_names() {
        assert_eq!(
            by_surname("Ilan and Asaf Ramon Airport").as_deref(),
            Some("Ramon Airport")
        );
        assert_eq!(
            by_surname("John F. Smith International Airport").as_deref(),
            Some("Smith International Airport")
        );
        assert_eq!(by_surname("Port Sudan New International Airport"), None);
    }
}
