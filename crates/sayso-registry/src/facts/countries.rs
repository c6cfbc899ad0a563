//! Countries by name and adjective, as sources write them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{FactsError, below, read};

/// Names of sources that the lists do not have.
const MORE: &[(&str, &str)] = &[
    ("bosnia-herzegovina", "BIH"),
    ("burma", "MMR"),
    ("cape verde", "CPV"),
    ("congo", "COG"),
    ("democratic republic of congo", "COD"),
    ("dr congo", "COD"),
    ("eswatini", "SWZ"),
    ("ivory coast", "CIV"),
    ("kingdom of eswatini", "SWZ"),
    ("kosovo", "XKX"),
    ("macedonia, fyr", "MKD"),
    ("north macedonia", "MKD"),
    ("palestine", "PSE"),
    ("russia", "RUS"),
    ("serbia", "SRB"),
    ("south vietnam", "VNM"),
    ("south yemen", "YEM"),
    ("vietnam", "VNM"),
    ("united states of america", "USA"),
];

/// States that NGEC's list does not have.
const YOUNG: &[&str] = &["ESH", "PSE", "SSD", "TWN", "XKX"];

/// Countries by name, code and adjective.
pub(super) struct Countries {
    by_name: BTreeMap<String, String>,
    adjectives: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, String>,
    two: BTreeMap<String, String>,
}

impl Countries {
    /// Reads `places/countries.tsv` of the lexicon and NGEC's list of nationalities.
    pub(super) fn read(lexicon: &Path, nations: &Path) -> Result<Self, FactsError> {
        let mut countries = Self {
            by_name: BTreeMap::new(),
            adjectives: BTreeMap::new(),
            names: BTreeMap::new(),
            two: BTreeMap::new(),
        };
        for row in read::lexicon_rows(&below(lexicon, "places/countries.tsv"))? {
            let [code, two, _, _, name, aliases] = &row[..] else {
                continue;
            };
            for name in std::iter::once(name.clone()).chain(read::list(aliases)) {
                countries.by_name.insert(name.to_lowercase(), code.clone());
            }
            countries.names.insert(code.clone(), name.clone());
            countries.two.insert(two.clone(), code.clone());
        }
        for (name, code) in MORE {
            countries
                .by_name
                .insert((*name).to_owned(), (*code).to_owned());
        }
        read::csv_rows(nations, &mut |get| {
            let (code, name) = (get("CCA3"), get("Name"));
            countries
                .by_name
                .entry(name.to_lowercase())
                .or_insert(code.clone());
            let mut all: Vec<String> = get("Nationality")
                .split(',')
                .map(str::trim)
                .filter(|word| word.split(' ').count() <= 2 && !word.contains(['[', '.']))
                .map(str::to_owned)
                .collect();
            // "Afghans" beside "Afghan" is the noun.
            let plural: Vec<String> = all.iter().map(|word| format!("{word}s")).collect();
            all.retain(|word| !plural.contains(word) && !word.starts_with(&name));
            all.dedup();
            countries.adjectives.insert(code, all);
        })?;
        for code in YOUNG {
            countries.adjectives.entry((*code).to_owned()).or_default();
        }
        for row in read::lexicon_rows(&below(lexicon, "places/demonyms.tsv"))? {
            if let [word, place] = &row[..]
                && let Some(known) = countries.adjectives.get_mut(place)
                && !known
                    .iter()
                    .any(|adjective| format!("{adjective}s") == *word)
                && !known.contains(word)
            {
                known.push(word.clone());
            }
        }
        Ok(countries)
    }

    /// The code of a country as UCDP writes it: "DR Congo (Zaire)", "Yemen (North Yemen)".
    pub(super) fn code(&self, name: &str) -> Option<&str> {
        let whole = name.trim().to_lowercase();
        let bare = whole.split('(').next().unwrap_or_default().trim();
        self.by_name
            .get(&whole)
            .or_else(|| self.by_name.get(bare))
            .map(String::as_str)
    }

    /// Codes and adjectives of the states that news tell of.
    pub(super) fn states(&self) -> impl Iterator<Item = (&str, &str, &[String])> {
        self.adjectives.iter().filter_map(|(code, adjectives)| {
            let name = self.names.get(code)?;
            Some((code.as_str(), name.as_str(), adjectives.as_slice()))
        })
    }

    /// The code of a country by its two letters.
    pub(super) fn of_two(&self, two: &str) -> Option<&str> {
        self.two.get(two).map(String::as_str)
    }

    /// Whether these three letters are a country's.
    pub(super) fn is_code(&self, code: &str) -> bool {
        self.names.contains_key(code)
    }
}
