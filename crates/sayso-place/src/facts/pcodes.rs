//! P-codes of divisions: the list of HDX, matched by name with the divisions of a gazetteer.

use std::collections::BTreeMap;
use std::path::Path;

use super::FactsError;
use crate::{Candidate, Feature, Gazetteer, PlaceId};

/// What names alone do not match.
const BY_HAND: &str = include_str!("pcodes-by-hand.tsv");

/// Divisions with their P-codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pcodes {
    /// GeoNames id to P-code.
    pub found: BTreeMap<u32, String>,
    /// Rows that no division of the gazetteer has the name of, or several have.
    pub unmatched: usize,
}

/// Reads HDX's "Global P-Code List" (`Location`, `Admin Level`, `P-Code`, `Name`,
/// `Parent P-Code`) and finds each division in `gazetteer` by country, level, name and the
/// division that holds it. A name that several divisions share is left out.
///
/// # Errors
/// The file cannot be read, or lacks a column.
pub fn match_pcodes(path: &Path, gazetteer: &Gazetteer) -> Result<Pcodes, FactsError> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| csv_error(path, error))?;
    let header = reader
        .headers()
        .map_err(|error| csv_error(path, error))?
        .clone();
    let mut at = [0; 5];
    let columns = ["Location", "Admin Level", "P-Code", "Name", "Parent P-Code"];
    for (column, name) in at.iter_mut().zip(columns) {
        *column = header
            .iter()
            .position(|found| found == name)
            .ok_or_else(|| FactsError::Column {
                path: path.to_owned(),
                column: name,
            })?;
    }
    let mut rows: Vec<[String; 5]> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| csv_error(path, error))?;
        rows.push(at.map(|column| record.get(column).unwrap_or("").to_owned()));
    }
    // First-order divisions first: they hold the others.
    rows.sort_by(|a, b| a[1].cmp(&b[1]).then(a[2].cmp(&b[2])));
    let mut pcodes = Pcodes::default();
    let mut by_code: BTreeMap<String, PlaceId> = BTreeMap::new();
    for [iso3, level, code, name, parent] in &rows {
        let feature = match level.as_str() {
            "1" => Feature::Admin1,
            "2" => Feature::Admin2,
            _ => continue,
        };
        let holder = by_code.get(parent).copied();
        let fits = |candidate: &Candidate| {
            gazetteer
                .entry(candidate.id)
                .is_some_and(|place| place.feature == feature)
                && gazetteer
                    .country(candidate.id)
                    .is_some_and(|country| country.iso3 == iso3)
                && (feature == Feature::Admin1
                    || holder.is_none_or(|holder| gazetteer.holds(holder, candidate.id)))
        };
        let only = |mut found: Vec<Candidate>| {
            found.retain(|candidate| fits(candidate));
            if found.len() > 1 {
                found.retain(|candidate| candidate.primary);
            }
            match found[..] {
                [only] => Some(only.id),
                _ => None,
            }
        };
        let id = by_hand(gazetteer, iso3, name)
            .or_else(|| only(gazetteer.find(name)))
            .or_else(|| only(gazetteer.find_loosely(name)));
        let geonames = id
            .and_then(|id| gazetteer.entry(id))
            .and_then(|p| p.geonames);
        match (id, geonames) {
            (Some(id), Some(geonames)) => {
                by_code.insert(code.clone(), id);
                pcodes.found.entry(geonames).or_insert_with(|| code.clone());
            }
            _ => pcodes.unmatched += 1,
        }
    }
    Ok(pcodes)
}

/// The first-order division that a person has matched.
fn by_hand(gazetteer: &Gazetteer, iso3: &str, name: &str) -> Option<PlaceId> {
    let geonames: u32 = BY_HAND
        .lines()
        .filter_map(|line| line.strip_prefix(iso3)?.strip_prefix('\t'))
        .find_map(|rest| rest.strip_prefix(name)?.strip_prefix('\t'))?
        .parse()
        .ok()?;
    (0..gazetteer.len() as u32)
        .map(PlaceId)
        .map_while(|id| gazetteer.entry(id).filter(|p| p.feature <= Feature::Admin1))
        .find(|place| place.geonames == Some(geonames))
        .map(|place| place.id)
}

fn csv_error(path: &Path, error: csv::Error) -> FactsError {
    FactsError::Read {
        path: path.to_owned(),
        source: std::io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builder::tests::small;

    #[test]
    fn divisions_are_matched_by_name_and_country() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(
            &path,
            "Location,Admin Level,P-Code,Name,Parent P-Code\n\
             SYR,1,SY07,Idleb,SYR\nSYR,1,SY09,Nowhere,SYR\nTUR,1,TR99,Idlib,TUR\n",
        )
        .unwrap();
        let pcodes = match_pcodes(&path, &small()).unwrap();
        assert_eq!(pcodes.found.get(&169_866).map(String::as_str), Some("SY07"));
        assert_eq!((pcodes.found.len(), pcodes.unmatched), (1, 2));
    }
}
