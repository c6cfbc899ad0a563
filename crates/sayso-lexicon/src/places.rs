//! `places/`: demonyms, places that gazetteers lack or misplace, nouns for kinds of places, and
//! abbreviations.

use std::collections::BTreeMap;

use crate::{LexiconError, Table, name_key};

/// What is known of places beside the gazetteer.
#[derive(Clone, Debug)]
pub struct Places {
    demonyms: BTreeMap<String, String>,
    named: Vec<NamedPlace>,
    by_name: BTreeMap<String, usize>,
    kinds: BTreeMap<String, PlaceNoun>,
    /// By lemma.
    verbs: BTreeMap<String, PlaceVerb>,
    abbreviations: BTreeMap<String, Abbreviation>,
    countries: Vec<Country>,
    /// By GeoNames id of the division.
    pcodes: BTreeMap<u32, String>,
}

/// A country or territory of `places/countries.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub iso3: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    /// Degrees north of its usual point.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Usual English name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// A camp, crossing, base, region or sea of `places/named.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPlace {
    /// Usual English name.
    pub name: String,
    /// What it is, one of [`FEATURES`].
    pub feature: String,
    /// ISO 3166-1 alpha-3; `None` where it lies in several countries or in none.
    pub iso3: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Whether the user added it: its name then means it, unless the text says otherwise.
    pub own: bool,
}

/// What a place of `places/named.tsv` may be.
pub const FEATURES: &[&str] = &[
    "base",
    "camp",
    "continent",
    "country",
    "crossing",
    "district",
    "neighbourhood",
    "province",
    "region",
    "sea",
    "settlement",
    "site",
];

/// What a noun beside a name says of the place ("Idlib province", "the Harim area").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceNoun {
    /// Something around the named place: area, countryside, outskirts.
    Area,
    /// A military base.
    Base,
    /// A border, which is a line.
    Border,
    /// A camp.
    Camp,
    /// A crossing or checkpoint.
    Crossing,
    /// A second-order division.
    District,
    /// A lake.
    Lake,
    /// A hill, a mountain or a range.
    Mountain,
    /// A part of a town.
    Neighbourhood,
    /// A first-order division.
    Province,
    /// A river.
    River,
    /// A road between places.
    Route,
    /// A city, town or village.
    Settlement,
    /// A building or another single spot.
    Site,
    /// A street in a town.
    Street,
    /// A valley.
    Valley,
}

impl PlaceNoun {
    /// Whether it is a river, a lake, a mountain or a valley: what bears the name of a town or a
    /// state and is neither.
    pub fn is_natural(self) -> bool {
        matches!(
            self,
            Self::River | Self::Lake | Self::Mountain | Self::Valley
        )
    }
}

/// What the object of a verb is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceVerb {
    /// A place: "entered Harim".
    Place,
    /// A place or somebody: "captured Harim".
    PlaceOrPerson,
    /// A town of some size or somebody, whom the verb is said of as often: "took Harim".
    TownOrPerson,
}

/// A short form such as `Ala.` or `DRC`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// The full name.
    pub name: String,
    /// ISO 3166-1 alpha-3 of its country.
    pub iso3: String,
    /// Whether it is one only behind another place and a comma ("Gary, Ind.").
    pub after_comma: bool,
}

impl Places {
    /// Parses the seven files, given by their content.
    ///
    /// # Errors
    /// [`LexiconError`] names file, line and value.
    pub fn parse(
        demonyms: &str,
        named: &str,
        kinds: &str,
        verbs: &str,
        abbreviations: &str,
        countries: &str,
        pcodes: &str,
    ) -> Result<Self, LexiconError> {
        let demonyms = Table::parse("places/demonyms.tsv", demonyms)?
            .rows
            .iter()
            .map(|row| (row.get(0).to_owned(), row.get(1).to_owned()))
            .collect();
        let (named, by_name) = parse_named(&Table::parse("places/named.tsv", named)?)?;
        let table = Table::parse("places/kinds.tsv", kinds)?;
        let mut kinds = BTreeMap::new();
        for row in &table.rows {
            let kind = parse_kind(row.get(1))
                .ok_or_else(|| error(&table, row.line, row.get(1), "a kind of place"))?;
            kinds.insert(row.get(0).to_owned(), kind);
        }
        let table = Table::parse("places/verbs.tsv", verbs)?;
        let mut verbs = BTreeMap::new();
        for row in &table.rows {
            let object = match row.get(1) {
                "place" => PlaceVerb::Place,
                "place-or-person" => PlaceVerb::PlaceOrPerson,
                "town-or-person" => PlaceVerb::TownOrPerson,
                other => {
                    let allowed = "place, place-or-person or town-or-person";
                    return Err(error(&table, row.line, other, allowed));
                }
            };
            verbs.insert(row.get(0).to_owned(), object);
        }
        let table = Table::parse("places/abbreviations.tsv", abbreviations)?;
        let mut abbreviations = BTreeMap::new();
        for row in &table.rows {
            let after_comma = match row.get(3) {
                "after-comma" => true,
                "written" => false,
                other => return Err(error(&table, row.line, other, "after-comma or written")),
            };
            abbreviations.insert(
                row.get(0).to_owned(),
                Abbreviation {
                    name: row.get(1).to_owned(),
                    iso3: row.get(2).to_owned(),
                    after_comma,
                },
            );
        }
        Ok(Self {
            demonyms,
            named,
            by_name,
            kinds,
            verbs,
            abbreviations,
            countries: parse_countries(&Table::parse("places/countries.tsv", countries)?)?,
            pcodes: parse_pcodes(&Table::parse("places/pcodes.tsv", pcodes)?)?,
        })
    }

    /// Adds places with their other names; a name that is known already stands for the new place.
    #[must_use]
    pub fn with_own(mut self, places: Vec<(NamedPlace, Vec<String>)>) -> Self {
        for (place, others) in places {
            let number = self.named.len();
            for name in std::iter::once(&place.name).chain(&others) {
                self.by_name.insert(name_key(name), number);
            }
            self.named.push(place);
        }
        self
    }

    /// Where people or things so called are from: an alpha-3 code, or a place's name behind `=`.
    pub fn demonym(&self, word: &str) -> Option<&str> {
        self.demonyms.get(word).map(String::as_str)
    }

    /// The place with this name, and its number.
    pub fn named(&self, name: &str) -> Option<(usize, &NamedPlace)> {
        let &at = self.by_name.get(&name_key(name))?;
        Some((at, self.named.get(at)?))
    }

    /// The place with this number.
    pub fn named_at(&self, number: usize) -> Option<&NamedPlace> {
        self.named.get(number)
    }

    /// The P-code of the division with this GeoNames id.
    pub fn pcode(&self, geonames: u32) -> Option<&str> {
        self.pcodes.get(&geonames).map(String::as_str)
    }

    /// All countries and territories, in the order of their codes.
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// What this lower-case noun says of the place beside it.
    pub fn noun(&self, noun: &str) -> Option<PlaceNoun> {
        self.kinds.get(noun).copied()
    }

    /// What the object of the verb with this lemma is, where it is known to take places.
    pub fn verb(&self, lemma: &str) -> Option<PlaceVerb> {
        self.verbs.get(lemma).copied()
    }

    /// The full form of `written`.
    pub fn abbreviation(&self, written: &str) -> Option<&Abbreviation> {
        self.abbreviations.get(written)
    }
}

fn error(table: &Table, line: usize, value: &str, allowed: &str) -> LexiconError {
    LexiconError {
        file: table.file.to_owned(),
        line,
        value: value.to_owned(),
        allowed: allowed.to_owned(),
    }
}

type Named = (Vec<NamedPlace>, BTreeMap<String, usize>);

fn parse_named(table: &Table) -> Result<Named, LexiconError> {
    let given = |text: &str| (text != "-" && !text.is_empty()).then(|| text.to_owned());
    let mut named = Vec::new();
    let mut by_name = BTreeMap::new();
    for row in &table.rows {
        let degrees = |column: usize, most: f64| {
            row.get(column)
                .parse::<f64>()
                .ok()
                .filter(|degrees| degrees.abs() <= most)
                .ok_or_else(|| error(table, row.line, row.get(column), "degrees"))
        };
        if !FEATURES.contains(&row.get(2)) {
            return Err(error(table, row.line, row.get(2), &FEATURES.join(", ")));
        }
        by_name.insert(name_key(row.get(0)), named.len());
        for alias in given(row.get(1)).iter().flat_map(|all| all.split(';')) {
            by_name.entry(name_key(alias)).or_insert(named.len());
        }
        named.push(NamedPlace {
            name: row.get(0).to_owned(),
            feature: row.get(2).to_owned(),
            iso3: given(row.get(3)),
            admin1: given(row.get(4)),
            lat: degrees(5, 90.0)?,
            lon: degrees(6, 180.0)?,
            own: false,
        });
    }
    Ok((named, by_name))
}

fn parse_countries(table: &Table) -> Result<Vec<Country>, LexiconError> {
    table
        .rows
        .iter()
        .map(|row| {
            let degrees = |column: usize| {
                row.get(column)
                    .parse::<f64>()
                    .map_err(|_| error(table, row.line, row.get(column), "degrees"))
            };
            Ok(Country {
                iso3: row.get(0).to_owned(),
                iso2: row.get(1).to_owned(),
                lat: degrees(2)?,
                lon: degrees(3)?,
                name: row.get(4).to_owned(),
                aliases: row
                    .get(5)
                    .split(';')
                    .filter(|&alias| alias != "-" && !alias.is_empty())
                    .map(str::to_owned)
                    .collect(),
            })
        })
        .collect()
}

fn parse_pcodes(table: &Table) -> Result<BTreeMap<u32, String>, LexiconError> {
    table
        .rows
        .iter()
        .map(|row| {
            let id = row.get(0).parse().map_err(|_| {
                error(
                    table,
                    row.line,
                    row.get(0),
                    "a GeoNames id, which is a number",
                )
            })?;
            Ok((id, row.get(1).to_owned()))
        })
        .collect()
}

fn parse_kind(text: &str) -> Option<PlaceNoun> {
    Some(match text {
        "area" => PlaceNoun::Area,
        "base" => PlaceNoun::Base,
        "border" => PlaceNoun::Border,
        "camp" => PlaceNoun::Camp,
        "crossing" => PlaceNoun::Crossing,
        "district" => PlaceNoun::District,
        "lake" => PlaceNoun::Lake,
        "mountain" => PlaceNoun::Mountain,
        "neighbourhood" => PlaceNoun::Neighbourhood,
        "province" => PlaceNoun::Province,
        "river" => PlaceNoun::River,
        "route" => PlaceNoun::Route,
        "settlement" => PlaceNoun::Settlement,
        "site" => PlaceNoun::Site,
        "street" => PlaceNoun::Street,
        "valley" => PlaceNoun::Valley,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Lexicon, PlaceNoun};

    #[test]
    fn places_are_found() {
        let places = Lexicon::builtin().unwrap().places;
        assert_eq!(places.demonym("Sudanese"), Some("SDN"));
        assert_eq!(places.demonym("Gazans"), Some("=Gaza Strip"));
        assert_eq!(places.demonym("sudanese"), None);
        assert_eq!(places.pcode(170_652), Some("SY03"), "Rural Damascus");
        let (_, crossing) = places.named("Bab al-Hawa").unwrap();
        assert_eq!(
            (crossing.feature.as_str(), crossing.iso3.as_deref()),
            ("crossing", Some("SYR"))
        );
        assert_eq!(places.noun("outskirts"), Some(PlaceNoun::Area));
        assert!(places.abbreviation("LA").unwrap().after_comma);
        assert!(!places.abbreviation("DRC").unwrap().after_comma);
    }

    fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
    }

    /// Each point has a source that can be opened, or a rule that this test follows.
    #[test]
    fn named_places_say_where_their_points_come_from() {
        let countries: std::collections::BTreeMap<&str, (f64, f64)> =
            rows(include_str!("../../../lexicon/places/countries.tsv"))
                .map(|row| (row[0], (row[2].parse().unwrap(), row[3].parse().unwrap())))
                .collect();
        let sources = [
            "GeoNames ",
            "Natural Earth, GeoNames ",
            "Who's On First ",
            "Wikipedia: ",
            "airportsdata ",
            "mean of Natural Earth, GeoNames ",
            "mean of Who's On First ",
            "centroid of the area of Natural Earth, GeoNames ",
            "geographical centre by the IGN ",
        ];
        for row in rows(include_str!("../../../lexicon/places/named.tsv")) {
            let (lat, lon): (f64, f64) = (row[5].parse().unwrap(), row[6].parse().unwrap());
            let source = row[7];
            if let Some(codes) = source.strip_prefix("mean of countries: ") {
                let points: Vec<_> = codes.split(' ').map(|code| countries[code]).collect();
                let n = points.len() as f64;
                let mean = |part: fn(&(f64, f64)) -> f64| points.iter().map(part).sum::<f64>() / n;
                assert!((lat - mean(|p| p.0)).abs() < 1e-3, "{row:?}");
                assert!((lon - mean(|p| p.1)).abs() < 1e-3, "{row:?}");
            } else if source.starts_with("whole degrees, in open water") {
                assert!(
                    row[3] == "-" && lon.abs() <= 180.0 && lat.abs() < 90.0,
                    "{row:?}"
                );
            } else {
                assert!(
                    sources.iter().any(|known| source.starts_with(known)),
                    "{row:?}"
                );
            }
        }
    }

    #[test]
    fn demonyms_name_a_country_or_a_place() {
        let text = include_str!("../../../lexicon/places/demonyms.tsv");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (_, place) = line.split_once('\t').unwrap();
            let code = place.len() == 3 && place.bytes().all(|b| b.is_ascii_uppercase());
            assert!(code || place.starts_with('='), "{line}");
        }
    }
}
