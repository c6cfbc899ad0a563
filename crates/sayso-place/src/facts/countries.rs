//! Countries: points and names of this project's table, more names of CLDR.

use super::select::{Rank, keeps_name};
use super::{Facts, FactsError, Known, bare, json, table};
use crate::{Builder, Feature};

/// Languages of CLDR whose names of countries are kept.
const LANGUAGES: &[&str] = &[
    "ar", "de", "en", "es", "fa", "fr", "he", "ha", "my", "ps", "pt", "ru", "so", "sw", "tr", "uk",
    "ur",
];

pub(super) fn add(
    facts: &Facts,
    builder: &mut Builder,
    known: &mut Known,
) -> Result<(), FactsError> {
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let path = facts.at(format!("country-names/cldr/{language}.json"));
        let mut value = json(&path)?;
        let territories = value["main"][language]["localeDisplayNames"]["territories"].take();
        languages.push(territories);
    }
    let info = table(&facts.at("geonames-admin/countryInfo.txt"), false)?;
    let numbers: std::collections::BTreeMap<&str, (u64, Option<u32>)> = info
        .rows()
        .filter(|row| row.len() > 16)
        .map(|row| (row[0], (row[7].parse().unwrap_or(0), row[16].parse().ok())))
        .collect();
    for row in table(&facts.countries, false)?.rows() {
        let [iso3, iso2, lat, lon, name, aliases] = row[..] else {
            continue;
        };
        let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else {
            continue;
        };
        let mut place = bare(name, lat, lon, Feature::Country);
        place.codes = Some((iso2.to_owned(), iso3.to_owned()));
        if let Some(&(population, geonames)) = numbers.get(iso2) {
            place.population = population;
            place.geonames = geonames;
        }
        place.other_names = aliases
            .split(';')
            .filter(|&alias| alias != "-")
            .map(str::to_owned)
            .collect();
        for territories in &languages {
            for key in [iso2.to_owned(), format!("{iso2}-alt-variant")] {
                if let Some(name) = territories[&key].as_str()
                    && (keeps_name(name, iso2, Rank::World) || !name.is_ascii())
                {
                    place.other_names.push(name.to_owned());
                }
            }
        }
        place.renown = 255;
        known.countries.insert(iso2.to_owned(), builder.add(&place));
    }
    Ok(())
}
