//! First- and second-order divisions: codes of GeoNames, points and names of Natural Earth and
//! Who's On First.

use std::collections::BTreeMap;

use super::select::{DIVISIONS, Rank, VILLAGES, keeps_name};
use super::settlements::City;
use super::{Facts, FactsError, Known, bare, json, table};
use crate::short::with_short_names;
use crate::{Builder, Feature, fold};

/// A division that Who's On First knows.
struct Shape {
    id: String,
    country: String,
    region: String,
    name: String,
    names: Vec<String>,
    lat: f64,
    lon: f64,
    geonames: Option<u32>,
}

fn shapes(facts: &Facts, kind: &str) -> Result<Vec<Shape>, FactsError> {
    let mut shapes = Vec::new();
    for country in VILLAGES.iter().chain(DIVISIONS) {
        let table = table(&facts.at(format!("wof-places/{country}.tsv.gz")), true)?;
        let columns = [
            "wof_id",
            "placetype",
            "name",
            "lat",
            "lon",
            "region_id",
            "geonames_id",
            "names",
        ];
        let mut at = [0; 8];
        for (column, name) in at.iter_mut().zip(columns) {
            *column = table.column(name)?;
        }
        for row in table.rows() {
            let get = |i: usize| row.get(at[i]).copied().unwrap_or("");
            if get(1) != kind {
                continue;
            }
            let (Ok(lat), Ok(lon)) = (get(3).parse(), get(4).parse()) else {
                continue;
            };
            shapes.push(Shape {
                id: get(0).to_owned(),
                country: (*country).to_owned(),
                region: get(5).to_owned(),
                name: get(2).to_owned(),
                names: super::settlements::wof_names(get(7)),
                lat,
                lon,
                geonames: get(6).parse().ok(),
            });
        }
    }
    Ok(shapes)
}

/// Natural Earth's divisions.
fn natural_earth(facts: &Facts) -> Result<serde_json::Value, FactsError> {
    json(&facts.at("natural-earth/ne_10m_admin_1_states_provinces.geojson.gz"))
}

/// Natural Earth's properties of each division with a GeoNames id.
fn by_geonames(earth: &serde_json::Value) -> BTreeMap<u32, &serde_json::Value> {
    let mut by_id = BTreeMap::new();
    for feature in earth["features"].as_array().into_iter().flatten() {
        let properties = &feature["properties"];
        if let Some(id) = number(&properties["gn_id"]).filter(|&id| id > 0.0) {
            by_id.insert(id as u32, properties);
        }
    }
    by_id
}

/// Mean point of the cities of each division.
fn means(cities: &[City], key: impl Fn(&City) -> String) -> BTreeMap<String, (f64, f64)> {
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for city in cities {
        let sum = sums.entry(key(city)).or_default();
        *sum = (sum.0 + city.lat, sum.1 + city.lon, sum.2 + 1.0);
    }
    sums.into_iter()
        .map(|(key, (lat, lon, n))| (key, (lat / n, lon / n)))
        .collect()
}

pub(super) fn first(
    facts: &Facts,
    cities: &[City],
    builder: &mut Builder,
    known: &mut Known,
) -> Result<(), FactsError> {
    let earth = natural_earth(facts)?;
    let by_id = by_geonames(&earth);
    let shapes = shapes(facts, "region")?;
    let mean = means(cities, |city| format!("{}.{}", city.country, city.admin1));
    let mut population: BTreeMap<String, u64> = BTreeMap::new();
    for city in cities {
        *population
            .entry(format!("{}.{}", city.country, city.admin1))
            .or_default() += city.population;
    }
    let codes = table(&facts.at("geonames-admin/admin1CodesASCII.txt"), false)?;
    let mut rows: Vec<_> = codes.rows().filter(|row| row.len() == 4).collect();
    rows.sort_unstable();
    for row in rows {
        let Some((country, _)) = row[0].split_once('.') else {
            continue;
        };
        let id: Option<u32> = row[3].parse().ok();
        let shape = shapes.iter().find(|shape| {
            shape.country == country
                && (id.is_some() && shape.geonames == id
                    || shape.names.iter().any(|name| fold(name) == fold(row[1])))
        });
        let map = id.and_then(|id| by_id.get(&id).copied());
        let point = shape
            .map(|s| (s.lat, s.lon))
            .or_else(|| map.and_then(point_of))
            .or_else(|| mean.get(row[0]).copied());
        let Some((lat, lon)) = point else { continue };
        let mut place = bare(row[1], lat, lon, Feature::Admin1);
        place.geonames = id;
        place.parent = known.countries.get(country).copied();
        place.population = population.get(row[0]).copied().unwrap_or(0);
        let mut names = vec![row[2].to_owned(), row[1].to_owned()];
        if let Some(properties) = map.and_then(|p| p.as_object()) {
            let languages = [
                "name", "name_en", "name_fr", "name_es", "name_ar", "name_ru", "name_uk",
                "name_fa", "name_he", "name_tr",
            ];
            names.extend(
                languages
                    .iter()
                    .filter_map(|&key| properties.get(key)?.as_str())
                    .map(str::to_owned),
            );
        }
        if let Some(shape) = shape {
            names.push(shape.name.clone());
            names.extend(shape.names.iter().cloned());
        }
        with_short_names(&mut names);
        place.renown = 60 + names.len();
        names.retain(|name| keeps_name(name, country, Rank::World));
        place.other_names = names;
        let added = builder.add(&place);
        known.admin1.insert(row[0].to_owned(), added);
        if let Some(shape) = shape {
            known.wof.insert(shape.id.clone(), added);
        }
    }
    Ok(())
}

pub(super) fn second(
    facts: &Facts,
    cities: &[City],
    builder: &mut Builder,
    known: &mut Known,
) -> Result<(), FactsError> {
    let shapes = shapes(facts, "county")?;
    let earth = natural_earth(facts)?;
    let mut on_map = by_geonames(&earth);
    // What is a first-order division to GeoNames is in the file already.
    let codes = table(&facts.at("geonames-admin/admin1CodesASCII.txt"), false)?;
    for row in codes.rows().filter(|row| row.len() == 4) {
        if let Ok(id) = row[3].parse() {
            on_map.remove(&id);
        }
    }
    let mut by_id: BTreeMap<u32, &Shape> = BTreeMap::new();
    let mut by_name: BTreeMap<(String, String), &Shape> = BTreeMap::new();
    for shape in &shapes {
        if let Some(id) = shape.geonames {
            by_id.insert(id, shape);
        }
        for name in std::iter::once(&shape.name).chain(&shape.names) {
            by_name.insert((shape.country.clone(), bare_name(name)), shape);
        }
    }
    let mean = means(cities, |city| {
        format!("{}.{}.{}", city.country, city.admin1, city.admin2)
    });
    let mut population: BTreeMap<String, u64> = BTreeMap::new();
    for city in cities {
        *population
            .entry(format!("{}.{}.{}", city.country, city.admin1, city.admin2))
            .or_default() += city.population;
    }
    let codes = table(&facts.at("geonames-admin/admin2Codes.txt.gz"), false)?;
    let mut rows: Vec<_> = codes.rows().filter(|row| row.len() == 4).collect();
    rows.sort_unstable();
    for row in rows {
        let Some((first, _)) = row[0].rsplit_once('.') else {
            continue;
        };
        let Some((country, _)) = first.split_once('.') else {
            continue;
        };
        let id: Option<u32> = row[3].parse().ok();
        let shape = id
            .and_then(|id| by_id.get(&id))
            .or_else(|| by_name.get(&(country.to_owned(), bare_name(row[1]))))
            .copied()
            .filter(|shape| !known.wof.contains_key(&shape.id));
        let map = id.and_then(|id| on_map.remove(&id));
        let Some((lat, lon)) = shape
            .map(|s| (s.lat, s.lon))
            .or_else(|| map.and_then(point_of))
            .or_else(|| mean.get(row[0]).copied())
        else {
            continue;
        };
        let mut place = bare(row[1], lat, lon, Feature::Admin2);
        place.geonames = id;
        place.population = population.get(row[0]).copied().unwrap_or(0);
        place.parent = known
            .admin1
            .get(first)
            .or_else(|| known.countries.get(country))
            .copied();
        place.other_names = other_names(row[2], shape, country);
        place.renown = 4 + place.other_names.len();
        let added = builder.add(&place);
        known.admin2.insert(row[0].to_owned(), added);
        if let Some(shape) = shape {
            known.wof.insert(shape.id.clone(), added);
        }
    }
    for shape in &shapes {
        if known.wof.contains_key(&shape.id) || shape.name.is_empty() {
            continue;
        }
        let mut place = bare(&shape.name, shape.lat, shape.lon, Feature::Admin2);
        place.geonames = shape.geonames;
        place.parent = known
            .wof
            .get(&shape.region)
            .or_else(|| known.countries.get(&shape.country))
            .copied();
        place.other_names = other_names(&shape.name, Some(shape), &shape.country);
        place.renown = 4 + place.other_names.len();
        let added = builder.add(&place);
        known.wof.insert(shape.id.clone(), added);
    }
    // Counties that have lost their office and kept their name ("Northamptonshire"), and groups of
    // provinces: on Natural Earth's map, and no longer in GeoNames' list of codes.
    for (id, properties) in on_map {
        let (Some(name), Some((lat, lon))) = (properties["name"].as_str(), point_of(properties))
        else {
            continue;
        };
        let country = properties["iso_a2"].as_str().unwrap_or("");
        let Some(&parent) = known.countries.get(country) else {
            continue;
        };
        let mut place = bare(name, lat, lon, Feature::Admin2);
        place.geonames = Some(id);
        place.parent = Some(parent);
        place.other_names = other_names(name, None, country);
        place
            .other_names
            .extend(properties["name_en"].as_str().map(str::to_owned));
        place.renown = 4;
        builder.add(&place);
    }
    Ok(())
}

/// The label point of one of Natural Earth's divisions.
fn point_of(properties: &serde_json::Value) -> Option<(f64, f64)> {
    Some((
        number(&properties["latitude"])?,
        number(&properties["longitude"])?,
    ))
}

/// A division's name, folded, without the word for what it is.
fn bare_name(name: &str) -> String {
    let mut names = vec![name.to_owned()];
    with_short_names(&mut names);
    names.last().map(|name| fold(name)).unwrap_or_default()
}

fn other_names(ascii: &str, shape: Option<&Shape>, country: &str) -> Vec<String> {
    let mut names = vec![ascii.to_owned()];
    if let Some(shape) = shape {
        names.push(shape.name.clone());
        names.extend(shape.names.iter().cloned());
    }
    with_short_names(&mut names);
    names.retain(|name| name == ascii || keeps_name(name, country, Rank::Town));
    names
}

/// A number that is written as one or as a string.
pub(super) fn number(value: &serde_json::Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}
