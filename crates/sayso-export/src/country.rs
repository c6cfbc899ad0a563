//! Countries by their codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sayso_lexicon::Table;

/// What is told of a country.
struct Country {
    /// ISO 3166-1 alpha-2, lower case.
    iso2: String,
    name: String,
    /// ISO 3166-1 numeric; some territories have none.
    numeric: Option<i64>,
    /// Of ACLED's.
    region: String,
}

static COUNTRIES: LazyLock<BTreeMap<String, Country>> = LazyLock::new(|| {
    let rows = |file: &'static str, text: &str| {
        let table = Table::parse(file, text);
        table.map(|table| table.rows).unwrap_or_default()
    };
    let regions = rows(
        "places/acled-regions.tsv",
        include_str!("../../../lexicon/places/acled-regions.tsv"),
    );
    let regions: BTreeMap<&str, (Option<i64>, &str)> = regions
        .iter()
        .map(|row| (row.get(0), (row.get(1).parse().ok(), row.get(2))))
        .collect();
    let countries = rows(
        "places/countries.tsv",
        include_str!("../../../lexicon/places/countries.tsv"),
    );
    countries
        .iter()
        .map(|row| {
            let (numeric, region) = regions.get(row.get(0)).copied().unwrap_or_default();
            let country = Country {
                iso2: row.get(1).to_lowercase(),
                name: row.get(4).to_owned(),
                numeric,
                region: region.to_owned(),
            };
            (row.get(0).to_owned(), country)
        })
        .collect()
});

/// The usual English name of a country by its ISO 3166-1 alpha-3 code.
pub(crate) fn name(iso3: &str) -> Option<&'static str> {
    COUNTRIES.get(iso3).map(|country| country.name.as_str())
}

/// ISO 3166-1 alpha-2 of an alpha-3 code, in lower case as FollowTheMoney writes it.
pub(crate) fn iso2(iso3: &str) -> Option<String> {
    COUNTRIES.get(iso3).map(|country| country.iso2.clone())
}

/// ISO 3166-1 numeric of an alpha-3 code.
pub(crate) fn numeric(iso3: &str) -> Option<i64> {
    COUNTRIES.get(iso3)?.numeric
}

/// The region of ACLED's that a country is in.
pub(crate) fn region(iso3: &str) -> Option<&'static str> {
    COUNTRIES.get(iso3).map(|country| country.region.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names() {
        assert_eq!(name("AFG"), Some("Afghanistan"));
        assert_eq!(iso2("AFG").as_deref(), Some("af"));
        assert_eq!(name("XXX"), None);
    }

    #[test]
    fn every_country_has_a_region_and_but_for_one_a_number() {
        let without = |has: fn(&Country) -> bool| -> Vec<&str> {
            let all = COUNTRIES.iter().filter(|(_, country)| !has(country));
            all.map(|(code, _)| code.as_str()).collect()
        };
        assert!(without(|country| !country.region.is_empty()).is_empty());
        assert_eq!(without(|country| country.numeric.is_some()), ["XKX"]);
        assert_eq!(
            (numeric("SSD"), region("SSD")),
            (Some(728), Some("Eastern Africa"))
        );
        assert_eq!(region("IRN"), Some("Middle East"));
    }
}
