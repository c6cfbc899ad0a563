//! Imports a full GeoNames dump (`allCountries.zip`, `alternateNamesV2.zip`) into a gazetteer.
//!
//! The dump is read three times, line by line: once for countries and divisions, which come first
//! in a gazetteer and are few; once for everything else, whose records go straight to a file; and
//! the other names last. Names wait in sorted files ([`spill`]), so that memory is bounded by the
//! budget of [`Import::memory`], two bytes a division, and four bytes a GeoNames id.

mod error;
mod row;
mod source;
mod spill;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use error::ImportError;

use crate::short::with_short_names;
use crate::{Feature, NewPlace, PlaceId};
use row::{Row, is_name, short};
use write::Writer;

/// `isolanguage` values of `alternateNamesV2` that mark no name in a language: links, and codes of
/// airports, postal areas, railway stations and the like.
const NO_LANGUAGE: &[&str] = &[
    "abbr", "faac", "iata", "icao", "link", "phon", "piny", "post", "tcid", "unlc", "wkdt",
];

/// Of so many bad lines it is said what is wrong.
const MOST_TOLD: usize = 20;

/// What to import and where to.
#[derive(Clone, Debug)]
pub struct Import<'a> {
    /// `allCountries.zip`, or any dump of GeoNames' main table, zipped or not.
    pub places: &'a Path,
    /// `alternateNamesV2.zip`, if wanted.
    pub names: Option<&'a Path>,
    /// Countries with their usual points and ISO codes; GeoNames' rows add names to them.
    pub countries: &'a [NewPlace],
    /// The gazetteer to write; scratch files are made in its folder and have no name.
    pub out: &'a Path,
    /// Bytes that names may take while they wait, about: more is faster.
    pub memory: usize,
}

impl Import<'_> {
    /// ISO 3166-1 alpha-2 codes of the countries.
    fn codes(&self) -> BTreeSet<&str> {
        let codes = self.countries.iter().filter_map(|c| c.codes.as_ref());
        codes.map(|(iso2, _)| iso2.as_str()).collect()
    }
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Bytes, or names, done.
    pub done: u64,
    /// Of so many; 0 where that is not known.
    pub of: u64,
}

/// The steps of an import, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Looking for countries and divisions.
    Divisions,
    /// Reading all other places.
    Places,
    /// Reading other names.
    Names,
    /// Sorting names and writing the index.
    Index,
}

/// What was imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Places packed.
    pub places: u64,
    /// Of these, divisions.
    pub divisions: u64,
    /// Lines of kinds that no report takes place at, such as hotels and roads.
    pub left_out: u64,
    /// Lines that could not be read, or have a value that cannot be.
    pub bad: u64,
    /// `FILE, line N: why` of the bad lines, of the first twenty at most.
    pub bad_lines: Vec<String>,
    /// The edition of what was written.
    pub edition: String,
}

/// Imports; `watch` is told how far it is.
///
/// The same dumps give the same bytes, whatever the memory. A line that cannot be read is counted
/// and left out.
///
/// # Errors
/// An [`ImportError`]; the output is then not touched.
pub fn import(
    import: &Import<'_>,
    watch: &mut dyn FnMut(Progress),
) -> Result<Imported, ImportError> {
    let mut inputs = std::iter::once(import.places).chain(import.names);
    if inputs.any(|input| is_same(input, import.out)) {
        return Err(ImportError::Same {
            path: import.out.to_owned(),
        });
    }
    let mut done = Imported::default();
    let known = divisions(import, &mut done, watch)?;
    let mut writer = Writer::new(import.out, import.memory)?;
    let holders = known.write(import, &mut writer)?;
    done.divisions = writer.len();
    places(import, &holders, &mut writer, &mut done, watch)?;
    if let Some(names) = import.names {
        other_names(names, &mut writer, &mut done, watch)?;
    }
    done.places = writer.len();
    done.edition = writer.finish(&known.newest, &mut |n| {
        watch(Progress {
            step: Step::Index,
            done: n,
            of: 0,
        });
    })?;
    Ok(done)
}

/// Countries' other names and the divisions, as the dump has them.
#[derive(Default)]
struct Divisions {
    /// ISO 3166-1 alpha-2 to GeoNames id, population, other names.
    countries: BTreeMap<String, (u32, u64, Vec<String>)>,
    /// Code such as `SY.12` to division.
    admin1: BTreeMap<String, NewPlace>,
    /// Code such as `SY.12.169863` to division.
    admin2: BTreeMap<String, NewPlace>,
    /// The newest date of change.
    newest: String,
}

/// Numbers of countries and divisions by their codes.
struct Holders {
    countries: BTreeMap<String, PlaceId>,
    admin1: BTreeMap<String, PlaceId>,
    admin2: BTreeMap<String, PlaceId>,
}

impl Holders {
    /// The smallest division that holds what has these codes.
    fn of(&self, row: &Row<'_>) -> Option<PlaceId> {
        let first = format!("{}.{}", row.country, row.admin1);
        self.admin2
            .get(&format!("{first}.{}", row.admin2))
            .or_else(|| self.admin1.get(&first))
            .or_else(|| self.countries.get(row.country))
            .copied()
    }
}

impl Imported {
    fn note_bad(&mut self, path: &Path, line: u64, why: &str) {
        self.bad += 1;
        if self.bad_lines.len() < MOST_TOLD {
            let told = format!("{}, line {line}: {why}", path.display());
            self.bad_lines.push(told);
        }
    }
}

fn divisions(
    import: &Import<'_>,
    done: &mut Imported,
    watch: &mut dyn FnMut(Progress),
) -> Result<Divisions, ImportError> {
    let mut found = Divisions::default();
    let codes = import.codes();
    let mut good = 0_u64;
    source::lines(import.places, |line, text, at, of| {
        tell(watch, Step::Divisions, line, at, of);
        let row = match Row::parse(text) {
            Ok(row) => row,
            // Nothing but bad lines at the start: another kind of file.
            Err(why) if good == 0 => {
                return Err(ImportError::NotADump {
                    path: import.places.to_owned(),
                    line,
                    why,
                });
            }
            Err(why) => {
                done.note_bad(import.places, line, &why);
                return Ok(());
            }
        };
        good += 1;
        if let Err(why) = row.check(&codes) {
            done.note_bad(import.places, line, &why);
            return Ok(());
        }
        if row.changed > found.newest.as_str() && row.changed.len() == 10 {
            row.changed.clone_into(&mut found.newest);
        }
        match row.feature {
            Some(Feature::Country) => {
                let names = std::iter::once(row.name).chain(row.other_names());
                let names: Vec<String> = names.map(str::to_owned).collect();
                let entry = found.countries.entry(row.country.to_owned()).or_default();
                // A territory inside a country adds no names to it.
                if entry.1 <= row.population() {
                    *entry = (row.id, row.population(), names);
                }
            }
            Some(Feature::Admin1) => {
                found
                    .admin1
                    .insert(format!("{}.{}", row.country, row.admin1), place(&row));
            }
            Some(Feature::Admin2) => {
                found.admin2.insert(
                    format!("{}.{}.{}", row.country, row.admin1, row.admin2),
                    place(&row),
                );
            }
            _ => {}
        }
        Ok(())
    })?;
    if good == 0 {
        return Err(ImportError::Empty {
            path: import.places.to_owned(),
        });
    }
    Ok(found)
}

impl Divisions {
    fn write(&self, import: &Import<'_>, writer: &mut Writer) -> Result<Holders, ImportError> {
        let mut holders = Holders {
            countries: BTreeMap::new(),
            admin1: BTreeMap::new(),
            admin2: BTreeMap::new(),
        };
        for country in import.countries {
            let mut country = country.clone();
            let Some((iso2, _)) = country.codes.clone() else {
                continue;
            };
            if let Some((id, population, names)) = self.countries.get(&iso2) {
                country.geonames = Some(*id);
                country.population = *population;
                country.other_names.extend(names.iter().cloned());
            }
            country.renown = 255;
            holders.countries.insert(iso2, writer.add(&country)?);
        }
        for (code, division) in &self.admin1 {
            let mut division = division.clone();
            let country = code.split('.').next().unwrap_or("");
            division.parent = holders.countries.get(country).copied();
            holders.admin1.insert(code.clone(), writer.add(&division)?);
        }
        for (code, division) in &self.admin2 {
            let mut division = division.clone();
            let first = code.rsplit_once('.').map_or("", |(first, _)| first);
            let country = code.split('.').next().unwrap_or("");
            division.parent = holders
                .admin1
                .get(first)
                .or_else(|| holders.countries.get(country))
                .copied();
            holders.admin2.insert(code.clone(), writer.add(&division)?);
        }
        Ok(holders)
    }
}

fn place(row: &Row<'_>) -> NewPlace {
    let mut names: Vec<String> = row.other_names().map(str::to_owned).collect();
    if row.feature.is_some_and(Feature::is_division) {
        names.insert(0, row.name.to_owned());
        with_short_names(&mut names);
        names.remove(0);
    }
    NewPlace {
        name: row.name.to_owned(),
        renown: row
            .others
            .split(',')
            .filter(|name| !name.is_empty())
            .count(),
        other_names: names,
        lat: row.lat,
        lon: row.lon,
        geonames: Some(row.id),
        feature: row.feature.unwrap_or(Feature::Other),
        population: row.population(),
        parent: None,
        codes: None,
    }
}

fn places(
    import: &Import<'_>,
    holders: &Holders,
    writer: &mut Writer,
    done: &mut Imported,
    watch: &mut dyn FnMut(Progress),
) -> Result<(), ImportError> {
    let codes = import.codes();
    source::lines(import.places, |line, text, at, of| {
        tell(watch, Step::Places, line, at, of);
        // Bad lines have been counted by the first reading.
        let Some(row) = Row::parse(text)
            .ok()
            .filter(|row| row.check(&codes).is_ok())
        else {
            return Ok(());
        };
        match row.feature {
            None => done.left_out += 1,
            Some(Feature::Country | Feature::Admin1 | Feature::Admin2) => {}
            Some(_) if writer.has(row.id) => {
                let why = format!("column 1, geonameid `{}`: a line before has it", row.id);
                done.note_bad(import.places, line, &why);
            }
            Some(_) => {
                let mut place = place(&row);
                place.parent = holders.of(&row);
                writer.add(&place)?;
            }
        }
        Ok(())
    })
}

/// Reads `alternateNamesV2`: id, GeoNames id, language, name, then marks: preferred, short,
/// colloquial, historic.
fn other_names(
    path: &Path,
    writer: &mut Writer,
    done: &mut Imported,
    watch: &mut dyn FnMut(Progress),
) -> Result<(), ImportError> {
    let mut good = 0_u64;
    source::lines(path, |line, text, at, of| {
        tell(watch, Step::Names, line, at, of);
        let fields: Vec<&str> = text.split('\t').collect();
        let id = fields.get(1).and_then(|id| id.parse::<u32>().ok());
        let (Some(id), Some(&language), Some(&name)) = (id, fields.get(2), fields.get(3)) else {
            let why = match fields.as_slice() {
                [_, id, _, _, ..] => format!(
                    "column 2, geonameid `{}`: a whole number is expected",
                    short(id)
                ),
                _ => format!(
                    "{} tab-separated columns; alternateNameId, geonameid, isolanguage and name are expected",
                    fields.len()
                ),
            };
            if good == 0 {
                return Err(ImportError::NotADump {
                    path: path.to_owned(),
                    line,
                    why,
                });
            }
            done.note_bad(path, line, &why);
            return Ok(());
        };
        good += 1;
        let historic = fields.get(7).is_some_and(|&mark| mark == "1");
        if !historic && NO_LANGUAGE.binary_search(&language).is_err() && is_name(name) {
            writer.add_name(id, name)?;
        }
        Ok(())
    })
}

/// Tells `watch` every few thousand lines.
fn tell(watch: &mut dyn FnMut(Progress), step: Step, line: u64, done: u64, of: u64) {
    if line.is_multiple_of(8192) || done == of {
        watch(Progress { step, done, of });
    }
}

/// Whether both are one file, by whatever names; what is not there is no file.
fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The folder that `path` is in.
fn folder(path: &Path) -> PathBuf {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

#[cfg(test)]
mod tests;
