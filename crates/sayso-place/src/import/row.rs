//! One line of a GeoNames dump.

use std::collections::BTreeSet;

use crate::Feature;

/// Columns of `allCountries.txt`, as its readme lists them.
pub(super) const COLUMNS: usize = 19;

/// A place of `allCountries.txt`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row<'a> {
    pub(super) id: u32,
    pub(super) name: &'a str,
    pub(super) ascii: &'a str,
    pub(super) others: &'a str,
    pub(super) lat: f64,
    pub(super) lon: f64,
    /// What it is; `None` for kinds that no report takes place at (streams, roads, hotels).
    pub(super) feature: Option<Feature>,
    pub(super) country: &'a str,
    pub(super) admin1: &'a str,
    pub(super) admin2: &'a str,
    /// As it stands there.
    population: &'a str,
    pub(super) changed: &'a str,
}

impl<'a> Row<'a> {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, for people to read.
    pub(super) fn parse(line: &'a str) -> Result<Self, String> {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != COLUMNS {
            return Err(format!(
                "{} tab-separated columns, and a GeoNames dump has {COLUMNS}",
                fields.len()
            ));
        }
        let degrees = |field: usize, name: &str, most: f64| {
            fields[field]
                .parse::<f64>()
                .ok()
                .filter(|degrees| degrees.abs() <= most)
                .ok_or_else(|| {
                    format!(
                        "column {}, {name} `{}`: a number from -{most} to {most} is expected",
                        field + 1,
                        short(fields[field])
                    )
                })
        };
        Ok(Self {
            id: fields[0].parse().map_err(|_| {
                format!(
                    "column 1, geonameid `{}`: a whole number is expected",
                    short(fields[0])
                )
            })?,
            name: fields[1],
            ascii: fields[2],
            others: fields[3],
            lat: degrees(4, "latitude", 90.0)?,
            lon: degrees(5, "longitude", 180.0)?,
            feature: feature(fields[6], fields[7]),
            country: fields[8],
            admin1: fields[10],
            admin2: fields[11],
            population: fields[14],
            changed: fields[18],
        })
    }

    /// How many people live there; 0 where that is not said.
    pub(super) fn population(&self) -> u64 {
        self.population.parse().unwrap_or(0)
    }

    /// Whether its values are such as the dump has them; `countries` are the ISO 3166-1 alpha-2 codes
    /// that are known.
    ///
    /// # Errors
    /// What is wrong with it, for people to read.
    pub(super) fn check(&self, countries: &BTreeSet<&str>) -> Result<(), String> {
        if !self.population.is_empty() && self.population.parse::<u64>().is_err() {
            return Err(format!(
                "column 15, population `{}`: a whole number or nothing is expected",
                short(self.population)
            ));
        }
        // Seas and what lies in Antarctica's waters have no country.
        if !self.country.is_empty() && !countries.contains(self.country) {
            return Err(format!(
                "column 9, country code `{}`: a code of ISO 3166-1 alpha-2 such as SY, or nothing, is expected",
                short(self.country)
            ));
        }
        Ok(())
    }

    /// Its other names that are written as a name is.
    pub(super) fn other_names(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.ascii)
            .chain(self.others.split(','))
            .filter(|name| is_name(name))
    }
}

/// The start of a wrong value, for a message.
pub(super) fn short(value: &str) -> &str {
    &value[..value.floor_char_boundary(40)]
}

/// Whether `name` is a name, and no link, code of an airport, or number.
pub(super) fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && !name.contains("://")
        && name.chars().filter(char::is_ascii_digit).count() <= 2
        && !(letters <= 4 && name.chars().all(|c| c.is_ascii_uppercase()))
}

/// What a feature class and code of GeoNames mean here.
fn feature(class: &str, code: &str) -> Option<Feature> {
    Some(match (class, code) {
        ("A", "PCLH" | "ADM1H" | "ADM2H" | "ADM3H" | "ADM4H" | "ADMDH") | ("P", "PPLCH") => {
            return None;
        }
        ("A", code) if code.starts_with("PCL") => Feature::Country,
        ("A", "TERR") => Feature::Country,
        ("A", "ADM1") => Feature::Admin1,
        ("A", "ADM2") => Feature::Admin2,
        ("A", "ADM3" | "ADM4" | "ADM5" | "ADMD") => Feature::Admin3,
        ("P", "PPLC" | "PPLG") => Feature::Capital,
        ("P", "PPLA") => Feature::Seat1,
        ("P", "PPLA2") => Feature::Seat2,
        ("P", "PPLA3" | "PPLA4" | "PPLA5") => Feature::Seat3,
        ("P", "PPLX") => Feature::Section,
        ("P", "PPLL" | "PPLF" | "PPLQ" | "PPLH" | "PPLW" | "PPLR") => Feature::Hamlet,
        ("P", _) => Feature::Populated,
        ("S", "AIRP" | "AIRB" | "AIRF" | "AIRQ") => Feature::Airport,
        ("S", "CMPRF" | "CMP" | "CMPMN") | ("L", "CMPRF") => Feature::Camp,
        ("S", "PSTB" | "CTRB" | "CSTM") => Feature::Crossing,
        ("L", "MILB" | "NVB" | "AIRB") | ("S", "MILB" | "FT" | "PSTP") => Feature::Base,
        (
            "S",
            "PRN" | "HSP" | "DAM" | "PS" | "PSH" | "PSN" | "OILR" | "OILT" | "BDG" | "MFG" | "MNQ"
            | "MN" | "UNIV" | "MSQE" | "PAL" | "GOVL" | "DIP",
        )
        | ("L", "OILF" | "PRT")
        | ("H", "HBR" | "PRT") => Feature::Site,
        ("T", code) if code.starts_with("ISL") || code == "ATOL" => Feature::Island,
        ("T", "MT" | "MTS" | "PK" | "PASS" | "HLL" | "HLLS" | "RDGE" | "PLAT") => Feature::Mountain,
        ("H", code) if code.starts_with("LK") || code.starts_with("RSV") => Feature::Lake,
        ("H", "STM" | "STMS" | "CNL") => Feature::River,
        ("H", "SEA" | "OCN" | "GULF" | "STRT" | "BAY") => Feature::Sea,
        ("L", "CONT") => Feature::Continent,
        ("L", "RGN" | "RGNE" | "RGNH" | "AREA" | "CST") | ("T", "VAL" | "DSRT" | "PLN" | "PEN") => {
            Feature::Region
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "169866\tḨārim\tHarim\tHarem,Harim,IDL,https://x.org,حارم\t36.20767\t36.51924\tP\tPPLA2\tSY\t\t12\t169863\t\t\t21934\t\t167\tAsia/Damascus\t2023-02-09";

    #[test]
    fn reads_a_place() {
        let row = Row::parse(LINE).unwrap();
        assert_eq!(
            (
                row.id,
                row.name,
                row.feature,
                row.country,
                row.admin1,
                row.admin2,
                row.population()
            ),
            (
                169_866,
                "Ḩārim",
                Some(Feature::Seat2),
                "SY",
                "12",
                "169863",
                21_934
            )
        );
        let names: Vec<_> = row.other_names().collect();
        assert_eq!(names, ["Harim", "Harem", "Harim", "حارم"]);
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        assert!(
            Row::parse("a\tb")
                .unwrap_err()
                .contains("2 tab-separated columns")
        );
        let error = Row::parse(&LINE.replace("36.20767", "96.2")).unwrap_err();
        assert!(
            error.contains("latitude `96.2`") && error.contains("90"),
            "{error}"
        );
        let error = Row::parse(&LINE.replace("169866", "x")).unwrap_err();
        assert!(error.contains("column 1, geonameid `x`"), "{error}");
    }

    #[test]
    fn says_what_is_wrong_with_a_value() {
        let known = BTreeSet::from(["SY"]);
        let check = |line: &str| Row::parse(line).unwrap().check(&known);
        assert_eq!(check(LINE), Ok(()));
        // What lies in no country, and a place of which nobody has counted the people.
        assert_eq!(check(&LINE.replace("\tSY\t", "\t\t")), Ok(()));
        assert_eq!(check(&LINE.replace("\t21934\t", "\t\t")), Ok(()));
        let error = check(&LINE.replace("\tSY\t", "\tZZ\t")).unwrap_err();
        assert!(
            error.contains("column 9, country code `ZZ`") && error.contains("such as SY"),
            "{error}"
        );
        let error = check(&LINE.replace("\t21934\t", "\tmany\t")).unwrap_err();
        assert!(error.contains("column 15, population `many`"), "{error}");
    }

    #[test]
    fn kinds_without_news_are_left_out() {
        assert_eq!(feature("S", "HTL"), None);
        assert_eq!(feature("R", "RD"), None);
        assert_eq!(feature("A", "PCLH"), None);
        assert_eq!(feature("S", "CMPRF"), Some(Feature::Camp));
        assert_eq!(feature("A", "PCLI"), Some(Feature::Country));
    }
}
