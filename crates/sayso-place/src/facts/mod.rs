//! Makes the shipped gazetteer from public facts: GeoNames, Who's On First, Natural Earth, CLDR,
//! airportsdata.
//!
//! The order of this module is the order of the file: countries, first-order divisions,
//! second-order divisions, settlements, then airports, lakes, rivers and disputed areas.

mod countries;
mod divisions;
mod features;
mod grid;
pub mod pcodes;
mod read;
mod select;
mod settlements;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::{Builder, NewPlace, PlaceId};

pub(crate) use read::{Table, json, table};

/// Why the facts could not be made into a gazetteer.
#[derive(Debug)]
pub enum FactsError {
    /// A file could not be read or unpacked.
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// A JSON file is malformed.
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// A table lacks a column.
    Column {
        /// The file.
        path: PathBuf,
        /// The column that was looked for.
        column: &'static str,
    },
    /// The index could not be made.
    Index(fst::Error),
}

impl fmt::Display for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::Json { path, .. } => {
                write!(f, "{} is no JSON of the kind expected", path.display())
            }
            Self::Column { path, column } => {
                write!(f, "{} has no column `{column}`", path.display())
            }
            Self::Index(_) => write!(f, "the index of names could not be made"),
        }
    }
}

impl std::error::Error for FactsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Json { source, .. } => Some(source),
            Self::Index(source) => Some(source),
            Self::Column { .. } => None,
        }
    }
}

/// Where the facts lie.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The folder with `geonames-cities500`, `geonames-admin`, `wof-places`, `country-names`,
    /// `natural-earth` and `airports`.
    pub folder: PathBuf,
    /// The table of countries of this project, `lexicon/places/countries.tsv`.
    pub countries: PathBuf,
}

impl Facts {
    pub(crate) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.join(path)
    }
}

/// How many places of each kind were packed, in file order.
pub type Counts = Vec<(&'static str, usize)>;

/// What later steps look earlier places up by.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// ISO 3166-1 alpha-2 to country.
    pub(crate) countries: BTreeMap<String, PlaceId>,
    /// GeoNames code such as `SY.12` to first-order division.
    pub(crate) admin1: BTreeMap<String, PlaceId>,
    /// GeoNames code such as `SY.12.169863` to second-order division.
    pub(crate) admin2: BTreeMap<String, PlaceId>,
    /// Who's On First id of a region or county to the division it is.
    pub(crate) wof: BTreeMap<String, PlaceId>,
}

/// Reads the facts and packs them.
///
/// # Errors
/// A file is missing or not of the kind expected.
pub fn build(facts: &Facts, date: &str) -> Result<(Vec<u8>, Counts), FactsError> {
    let mut builder = Builder::new();
    let mut known = Known::default();
    let mut counts = Vec::new();
    let mut step = |kind, builder: &Builder, before: usize| {
        counts.push((kind, builder.len() - before));
        builder.len()
    };

    let at = 0;
    countries::add(facts, &mut builder, &mut known)?;
    let at = step("countries", &builder, at);
    let cities = settlements::cities(facts)?;
    divisions::first(facts, &cities, &mut builder, &mut known)?;
    let at = step("first-order divisions", &builder, at);
    divisions::second(facts, &cities, &mut builder, &mut known)?;
    let at = step("second-order divisions", &builder, at);
    let mut seen = settlements::find_cities(&cities, facts, &known)?;
    settlements::find_villages(facts, &mut seen, &known)?;
    settlements::pack(seen, &mut builder);
    let at = step("settlements and their sections", &builder, at);
    features::add(facts, &cities, &mut builder, &known)?;
    step("airports, lakes, rivers, disputed areas", &builder, at);

    let bytes = builder.finish(date).map_err(FactsError::Index)?;
    Ok((bytes, counts))
}

/// A place with a name and a point, and nothing else known yet.
pub(crate) fn bare(name: &str, lat: f64, lon: f64, feature: crate::Feature) -> NewPlace {
    NewPlace {
        name: name.to_owned(),
        other_names: Vec::new(),
        lat,
        lon,
        geonames: None,
        feature,
        population: 0,
        renown: 0,
        parent: None,
        codes: None,
    }
}
