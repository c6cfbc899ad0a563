//! Places of the user's own, from a CSV.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{OwnError, OwnErrors};
use crate::{FEATURES, NamedPlace, name_key};

/// Columns that may stand in the header; the first three must.
const COLUMNS: [&str; 7] = [
    "name",
    "lat",
    "lon",
    "kind",
    "country",
    "admin1",
    "other_names",
];

/// Reads places: UTF-8 CSV with a header of [`COLUMNS`] in any order. `kind` is one of
/// [`FEATURES`] (`settlement` where empty), `country` ISO 3166-1 alpha-3, `other_names` are
/// parted by `;`; `admin1` is the name of a first-order division. A name means one place: no two
/// lines may share one, however it is written. Gives each place with its other names, in file order.
///
/// # Errors
/// Every mistake in the file, with line, column, value and what is allowed; nothing is left out
/// in silence.
pub fn read_places(file: &str, text: &str) -> Result<Vec<(NamedPlace, Vec<String>)>, OwnErrors> {
    let mut errors = Vec::new();
    let mut wrong = |line: u64, column: &str, value: &str, allowed: &str| {
        errors.push(OwnError {
            file: file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.chars().take(60).collect(),
            allowed: allowed.to_owned(),
        });
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut at = [None; COLUMNS.len()];
    let header = reader.headers().cloned().unwrap_or_default();
    for (number, name) in header.iter().enumerate() {
        match COLUMNS.iter().position(|&column| column == name) {
            Some(column) if at[column].is_none() => at[column] = Some(number),
            Some(_) => wrong(1, name, name, "each column once"),
            None => wrong(1, name, name, &format!("one of {}", COLUMNS.join(", "))),
        }
    }
    for column in 0..3 {
        if at[column].is_none() {
            let found: Vec<&str> = header.iter().collect();
            let allowed = format!("a header with the column `{}`", COLUMNS[column]);
            wrong(1, "", &found.join(","), &allowed);
        }
    }
    let mut places = Vec::new();
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                wrong(line, "", &error.to_string(), "a line of CSV");
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            let found = format!("{} values", record.len());
            wrong(
                line,
                "",
                &found,
                &format!("{}, as in the header", header.len()),
            );
            continue;
        }
        let get = |column: usize| at[column].and_then(|n| record.get(n)).unwrap_or("");
        let mut degrees = |column: usize, most: f64| {
            let value = get(column);
            let degrees = value.parse::<f64>().ok().filter(|d| d.abs() <= most);
            if degrees.is_none() {
                let allowed = format!("degrees from -{most} to {most}");
                wrong(line, COLUMNS[column], value, &allowed);
            }
            degrees
        };
        let (lat, lon) = (degrees(1, 90.0), degrees(2, 180.0));
        let name = get(0);
        if !name.chars().any(char::is_alphanumeric) {
            wrong(line, "name", name, "a name");
        }
        let feature = Some(get(3)).filter(|kind| !kind.is_empty());
        if let Some(kind) = feature
            && !FEATURES.contains(&kind)
        {
            wrong(
                line,
                "kind",
                kind,
                &format!("one of {}", FEATURES.join(", ")),
            );
        }
        let country = get(4);
        let is_code = country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
        if !country.is_empty() && !is_code {
            wrong(
                line,
                "country",
                country,
                "an ISO 3166-1 alpha-3 code such as SYR",
            );
        }
        let admin1 = get(5);
        if is_code_of_division(admin1) {
            wrong(
                line,
                "admin1",
                admin1,
                "the name of a first-order division, and not its code",
            );
        }
        let others = || get(6).split(';').map(str::trim).filter(|n| !n.is_empty());
        for (column, name) in
            std::iter::once(("name", name)).chain(others().map(|n| ("other_names", n)))
        {
            match lines.entry(name_key(name)) {
                // A place may have a name twice: "Camp 4" and "Camp-4".
                Entry::Occupied(known) if *known.get() != line => {
                    let allowed = format!("a name that line {} does not have", known.get());
                    wrong(line, column, name, &allowed);
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(free) => {
                    free.insert(line);
                }
            }
        }
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        if let (Some(lat), Some(lon)) = (lat, lon) {
            places.push((
                NamedPlace {
                    name: name.to_owned(),
                    feature: feature.unwrap_or("settlement").to_owned(),
                    iso3: given(country),
                    admin1: given(admin1),
                    lat,
                    lon,
                    own: true,
                },
                others().map(str::to_owned).collect(),
            ));
        }
    }
    if errors.is_empty() {
        Ok(places)
    } else {
        errors.sort_by_key(|error| error.line);
        Err(OwnErrors(errors))
    }
}

/// Whether the text is a code such as `SY07`, `SD-NR` or `12`, under which no gazetteer has a name.
fn is_code_of_division(text: &str) -> bool {
    let code =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
    let telling = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_');
    !text.is_empty() && text.chars().all(code) && text.chars().any(telling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_places() {
        let text = "\u{FEFF}name,lon,lat,country,other_names\n\
                    \"Camp 4, north\",36.52,36.21,SYR,Camp Four; المخيم الرابع\n\
                    Tell Samrin,40.7,36.5,,\n";
        let places = read_places("mine.csv", text).unwrap();
        assert_eq!(places.len(), 2);
        let (camp, others) = &places[0];
        assert_eq!(
            (camp.name.as_str(), camp.lat, camp.lon),
            ("Camp 4, north", 36.21, 36.52)
        );
        assert_eq!(camp.iso3.as_deref(), Some("SYR"));
        assert_eq!(others, &["Camp Four", "المخيم الرابع"]);
        assert_eq!(places[1].0.iso3, None);
        assert!(camp.own && camp.feature == "settlement");
    }

    #[test]
    fn names_every_mistake() {
        let text = "name,lat,lon,kind,country\n\
                    A,91,10,camp,SYR\n\
                    B,1,2,tent,Syria\n\
                    C,1,2\n\
                    ,1,2,,\n";
        let errors = read_places("mine.csv", text).unwrap_err();
        let shown = errors.to_string();
        for part in [
            "mine.csv, line 2, column `lat`: `91` is not allowed here; expected degrees from -90 to 90",
            "line 3, column `kind`: `tent`",
            "line 3, column `country`: `Syria`",
            "line 4: `3 values`",
            "line 5, column `name`",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        let shown = read_places("x.csv", "place,lat\n").unwrap_err().to_string();
        assert!(
            shown.contains("`name`") && shown.contains("`lon`"),
            "{shown}"
        );
        assert!(shown.contains("place,lat"), "{shown}");
    }

    #[test]
    fn codes_and_doubles_are_named() {
        let text = "name,lat,lon,admin1,other_names\n\
                    Tell Samrin,36.5,40.7,SY08,Tal Samrin\n\
                    Tall Marun,36.6,40.8,Hasakah,Tell-Samrin\n\
                    Kafr Sema,36.7,40.9,Aleppo,Kafr-Sema; Kfar Sema\n\
                    Kafr Sema,36.7,40.9,Aleppo,\n";
        let shown = read_places("mine.csv", text).unwrap_err().to_string();
        for part in [
            "line 2, column `admin1`: `SY08` is not allowed here; expected the name of a first-order",
            "line 3, column `other_names`: `Tell-Samrin` is not allowed here; expected a name that line 2",
            "line 5, column `name`: `Kafr Sema` is not allowed here; expected a name that line 4",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        assert!(!shown.contains("line 4, column"), "{shown}");
        let named = "name,lat,lon,admin1\nA town,1,2,Al-Hasakah\nB town,1,2,\n";
        assert_eq!(read_places("mine.csv", named).unwrap().len(), 2);
    }
}
