//! Cities and towns of GeoNames; villages and neighbourhoods of Who's On First.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use super::select::{Rank, VILLAGES, has_parts, keeps_city, keeps_name, keeps_part};
use super::{Facts, FactsError, Known, Table, bare, table};
use crate::loose::skeleton;
use crate::{Builder, Feature, NewPlace, fold};

/// Two settlements of one name that are nearer than this are one.
const SAME_KM: f64 = 3.0;

/// One line of cities500.
pub(super) struct City {
    geonames: u32,
    name: String,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) country: String,
    pub(super) admin1: String,
    pub(super) admin2: String,
    pub(super) population: u64,
    feature: Feature,
    names: Vec<String>,
}

/// What has been added: its GeoNames ids, and by place with its folded name.
pub(super) struct Seen {
    ids: BTreeSet<u32>,
    /// What is to be packed, with its folded name.
    found: Vec<(String, NewPlace)>,
    points: Grid<String>,
}

fn feature(code: &str) -> Feature {
    match code {
        "PPLC" | "PPLG" => Feature::Capital,
        "PPLA" => Feature::Seat1,
        "PPLA2" => Feature::Seat2,
        "PPLA3" | "PPLA4" | "PPLA5" => Feature::Seat3,
        "PPLX" => Feature::Section,
        "PPLL" | "PPLF" | "PPLQ" | "PPLH" | "PPLW" | "PPLR" => Feature::Hamlet,
        _ => Feature::Populated,
    }
}

pub(super) fn cities(facts: &Facts) -> Result<Vec<City>, FactsError> {
    let table = table(&facts.at("geonames-cities500/cities500_2026.tsv.gz"), true)?;
    let columns = [
        "geonameid",
        "name",
        "lat",
        "lon",
        "country",
        "admin1",
        "population",
        "fcode_2023",
        "admin2_2023",
        "asciiname_2023",
        "alternatenames",
    ];
    let mut at = [0; 11];
    for (column, name) in at.iter_mut().zip(columns) {
        *column = table.column(name)?;
    }
    let mut cities: Vec<City> = table
        .rows()
        .filter_map(|row| {
            let get = |i: usize| row.get(at[i]).copied().unwrap_or("");
            let mut names = vec![get(9).to_owned()];
            names.extend(get(10).split(',').map(str::to_owned));
            names.retain(|name| !name.is_empty());
            Some(City {
                geonames: get(0).parse().ok()?,
                name: get(1).to_owned(),
                lat: get(2).parse().ok()?,
                lon: get(3).parse().ok()?,
                country: get(4).to_owned(),
                admin1: get(5).to_owned(),
                admin2: get(8).to_owned(),
                population: get(6).parse().unwrap_or(0),
                feature: feature(get(7)),
                names,
            })
        })
        .collect();
    cities.sort_by_cached_key(|city| (fold(&city.name), city.geonames));
    Ok(cities)
}

/// Names in Who's On First that belong to another place: the column as it stands, and the name.
const WRONG_NAMES: &[(&str, &str)] = &[
    // Ayn al-Arab is called so, not Afrin, whose row has both.
    ("ara:عفرين", "Kobanî"),
];

/// Names of Who's On First's column `lang:name|lang:name`.
pub(super) fn wof_names(column: &str) -> Vec<String> {
    column
        .split('|')
        .filter_map(|pair| pair.split_once(':').map(|(_, name)| name.to_owned()))
        .filter(|name| !name.is_empty())
        .filter(|name| {
            !WRONG_NAMES
                .iter()
                .any(|(mark, wrong)| name == wrong && column.contains(mark))
        })
        .collect()
}

struct Columns([usize; 9]);

impl Columns {
    fn of(table: &Table) -> Result<Self, FactsError> {
        Ok(Self([
            table.column("placetype")?,
            table.column("name")?,
            table.column("lat")?,
            table.column("lon")?,
            table.column("region_id")?,
            table.column("county_id")?,
            table.column("geonames_id")?,
            table.column("population")?,
            table.column("names")?,
        ]))
    }

    fn get<'a>(&self, row: &[&'a str], i: usize) -> &'a str {
        row.get(self.0[i]).copied().unwrap_or("")
    }
}

pub(super) fn find_cities(
    cities: &[City],
    facts: &Facts,
    known: &Known,
) -> Result<Seen, FactsError> {
    // More names and the county of the same place, by GeoNames id.
    let mut more: BTreeMap<u32, (Vec<String>, String)> = BTreeMap::new();
    for country in VILLAGES {
        let table = table(&facts.at(format!("wof-places/{country}.tsv.gz")), true)?;
        let columns = Columns::of(&table)?;
        for row in table.rows() {
            if columns.get(&row, 0) == "locality"
                && let Ok(id) = columns.get(&row, 6).parse()
            {
                let mut names = wof_names(columns.get(&row, 8));
                names.push(columns.get(&row, 1).to_owned());
                more.insert(id, (names, columns.get(&row, 5).to_owned()));
            }
        }
    }
    let mut seen = Seen {
        ids: BTreeSet::new(),
        found: Vec::new(),
        points: Grid::new(),
    };
    for city in cities {
        let seat1 = matches!(city.feature, Feature::Capital | Feature::Seat1);
        let seat2 = city.feature == Feature::Seat2;
        if !keeps_city(&city.country, city.population, seat1 || seat2) {
            continue;
        }
        let rank = Rank::of(city.population, seat1, seat2);
        let mut place = bare(&city.name, city.lat, city.lon, city.feature);
        place.geonames = Some(city.geonames);
        place.population = city.population;
        place.renown = city.names.len();
        place.other_names.clone_from(&city.names);
        let county = more.get(&city.geonames).map(|(names, county)| {
            place.other_names.extend(names.iter().cloned());
            county.as_str()
        });
        place
            .other_names
            .retain(|name| keeps_name(name, &city.country, rank));
        place
            .other_names
            .extend(city.names.first().filter(|n| n.is_ascii()).cloned());
        let first = format!("{}.{}", city.country, city.admin1);
        place.parent = known
            .admin2
            .get(&format!("{first}.{}", city.admin2))
            .or_else(|| county.and_then(|id| known.wof.get(id)))
            .or_else(|| known.admin1.get(&first))
            .or_else(|| known.countries.get(&city.country))
            .copied();
        seen.ids.insert(city.geonames);
        if super::select::keeps_villages(&city.country) {
            for name in std::iter::once(&place.name).chain(&place.other_names) {
                seen.points.add(city.lat, city.lon, fold(name));
            }
        }
        seen.found.push((fold(&place.name), place));
    }
    Ok(seen)
}

pub(super) fn find_villages(
    facts: &Facts,
    seen: &mut Seen,
    known: &Known,
) -> Result<(), FactsError> {
    let mut left_out: BTreeSet<String> = BTreeSet::new();
    for country in VILLAGES {
        let table = table(&facts.at(format!("wof-places/{country}.tsv.gz")), true)?;
        let columns = Columns::of(&table)?;
        let id = table.column("wof_id")?;
        for row in table.rows() {
            if columns.get(&row, 0) == "region" {
                let mut names = wof_names(columns.get(&row, 8));
                names.push(columns.get(&row, 1).to_owned());
                if !keeps_part(country, &names) {
                    left_out.insert(row.get(id).copied().unwrap_or("").to_owned());
                }
            }
        }
        for row in table.rows() {
            let region = columns.get(&row, 4);
            if left_out.contains(region) || !known.wof.contains_key(region) && has_parts(country) {
                continue;
            }
            let feature = match columns.get(&row, 0) {
                "locality" => Feature::Populated,
                "neighbourhood" | "borough" => Feature::Section,
                "campus" => Feature::Campus,
                _ => continue,
            };
            let name = columns.get(&row, 1);
            let (Ok(lat), Ok(lon)) = (
                columns.get(&row, 2).parse::<f64>(),
                columns.get(&row, 3).parse::<f64>(),
            ) else {
                continue;
            };
            let id: Option<u32> = columns.get(&row, 6).parse().ok();
            let folded = fold(name);
            let doubled = id.is_some_and(|id| seen.ids.contains(&id))
                || seen
                    .points
                    .near(lat, lon, SAME_KM)
                    .any(|(_, known)| *known == folded);
            if folded.is_empty() || doubled || lat == 0.0 && lon == 0.0 {
                continue;
            }
            let mut place = bare(name, lat, lon, feature);
            place.geonames = id;
            place.population = columns.get(&row, 7).parse().unwrap_or(0);
            place.other_names = wof_names(columns.get(&row, 8));
            place.renown = place.other_names.len();
            place
                .other_names
                .retain(|name| keeps_name(name, country, Rank::Village));
            drop_alike(&mut place.other_names, &folded);
            place.parent = known
                .wof
                .get(columns.get(&row, 5))
                .or_else(|| known.wof.get(columns.get(&row, 4)))
                .or_else(|| known.countries.get(*country))
                .copied();
            seen.ids.extend(id);
            seen.points.add(lat, lon, folded.clone());
            seen.found.push((folded, place));
        }
    }
    Ok(())
}

/// Packs cities and villages in the order of their names, which makes the index smaller.
pub(super) fn pack(mut seen: Seen, builder: &mut Builder) {
    seen.found.sort_by(|(a, x), (b, y)| {
        let key = |place: &NewPlace| (place.parent, place.geonames);
        (a, key(x))
            .cmp(&(b, key(y)))
            .then(x.lat.total_cmp(&y.lat))
            .then(x.lon.total_cmp(&y.lon))
    });
    for (_, place) in &seen.found {
        builder.add(place);
    }
}

/// Drops the names that a loose search for them would find under the usual one.
fn drop_alike(names: &mut Vec<String>, usual: &str) {
    let usual = skeleton(usual);
    names.retain(|name| {
        let other = skeleton(&fold(name));
        other.is_none() || other != usual
    });
}
