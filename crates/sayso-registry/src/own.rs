//! Actors of the user's own, from a CSV or a TOML file.
//!
//! The columns of the CSV and the keys of a TOML `[[actor]]` are the same: `name` and `kind` must be
//! there, `country` (SYR;IRQ), `other_names` (parted by `;`, in TOML also a list), `sector`, `since`,
//! `until` and `id` may be. With the `id` of a shipped actor, which `sayso actors find` shows, a
//! line takes its place; without one it is an actor of its own.

use sayso_lexicon::own::{OwnError, OwnErrors};
use toml::de::{DeTable, DeValue};

use crate::{Day, KINDS, NewActor, SECTORS, key};

/// Columns and keys; the first two must be there.
const COLUMNS: [&str; 8] = [
    "name",
    "kind",
    "country",
    "other_names",
    "sector",
    "since",
    "until",
    "id",
];

/// One line or table: for each of [`COLUMNS`] its line and value.
type Row = [(u64, String); COLUMNS.len()];

/// Collects mistakes.
struct Mistakes<'f> {
    file: &'f str,
    found: Vec<OwnError>,
}

impl Mistakes<'_> {
    fn add(&mut self, line: u64, column: &str, value: &str, allowed: &str) {
        self.found.push(OwnError {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.chars().take(60).collect(),
            allowed: allowed.to_owned(),
        });
    }
}

/// Reads the actors of `text`: TOML where the name of `file` ends in `.toml`, else CSV.
///
/// # Errors
/// Every mistake in the file, with line, column, value and what is allowed; nothing is left out in
/// silence.
pub fn read_actors(file: &str, text: &str) -> Result<Vec<NewActor>, OwnErrors> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut mistakes = Mistakes {
        file,
        found: Vec::new(),
    };
    let is_toml = file
        .rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case("toml"));
    let rows = if is_toml {
        toml_rows(text, &mut mistakes)
    } else {
        csv_rows(text, &mut mistakes)
    };
    let mut actors: Vec<NewActor> = Vec::with_capacity(rows.len());
    for row in rows {
        let line = row[0].0;
        let actor = actor(row, &mut mistakes);
        if actors.iter().any(|known| known.id == actor.id) {
            mistakes.add(line, "id", &actor.id, "each id once; give one of your own");
        }
        actors.push(actor);
    }
    if actors.is_empty() && mistakes.found.is_empty() {
        mistakes.add(
            1,
            "",
            "",
            "at least one actor: a line of CSV or a table [[actor]]",
        );
    }
    if mistakes.found.is_empty() {
        Ok(actors)
    } else {
        mistakes.found.sort_by_key(|error| error.line);
        Err(OwnErrors(mistakes.found))
    }
}

/// Checks the values of one row.
fn actor(row: Row, mistakes: &mut Mistakes<'_>) -> NewActor {
    let [name, kind, country, others, sector, since, until, id] = row;
    if key(&name.1).chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        mistakes.add(name.0, "name", &name.1, "a name");
    }
    let one_of = |codes: &[&str]| format!("one of {}", codes.join(", "));
    if !KINDS.contains(&kind.1.as_str()) {
        mistakes.add(kind.0, "kind", &kind.1, &one_of(KINDS));
    }
    if !sector.1.is_empty() && !SECTORS.contains(&sector.1.as_str()) {
        mistakes.add(sector.0, "sector", &sector.1, &one_of(&SECTORS));
    }
    let countries = list(&country.1);
    for code in &countries {
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            let allowed = "ISO 3166-1 alpha-3 codes such as SYR, parted by ;";
            mistakes.add(country.0, "country", code, allowed);
        }
    }
    let mut day = |(line, text): &(u64, String), column, first| {
        let day = Day::parse(text, first);
        if day.is_none() && !text.is_empty() {
            mistakes.add(*line, column, text, "a day such as 2021-08-15, or a year");
        }
        day
    };
    let (start, end) = (day(&since, "since", true), day(&until, "until", false));
    if let (Some(first), Some(last)) = (start, end)
        && last < first
    {
        mistakes.add(until.0, "until", &until.1, "no day before `since`");
    }
    NewActor {
        id: if id.1.is_empty() {
            format!("own:{}", sayso_place::fold(&name.1).replace(' ', "-"))
        } else {
            id.1
        },
        aliases: list(&others.1),
        name: name.1,
        kind: kind.1,
        sector: sector.1,
        countries,
        start,
        end,
        ..NewActor::default()
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn csv_rows(text: &str, mistakes: &mut Mistakes<'_>) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let mut at = [None; COLUMNS.len()];
    for (number, name) in header.iter().enumerate() {
        match COLUMNS.iter().position(|&column| column == name) {
            Some(column) if at[column].is_none() => at[column] = Some(number),
            Some(_) => mistakes.add(1, name, name, "each column once"),
            None => mistakes.add(1, name, name, &format!("one of {}", COLUMNS.join(", "))),
        }
    }
    for (column, name) in COLUMNS.iter().enumerate().take(2) {
        if at[column].is_none() {
            let found: Vec<&str> = header.iter().collect();
            let allowed = format!("a header with the column `{name}`");
            mistakes.add(1, "", &found.join(","), &allowed);
        }
    }
    if !mistakes.found.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                mistakes.add(line, "", &error.to_string(), "a line of CSV");
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            let found = format!("{} values", record.len());
            let allowed = format!("{}, as in the header", header.len());
            mistakes.add(line, "", &found, &allowed);
            continue;
        }
        rows.push(at.map(|column| {
            let value = column.and_then(|n| record.get(n)).unwrap_or_default();
            (line, value.to_owned())
        }));
    }
    rows
}

fn toml_rows(text: &str, mistakes: &mut Mistakes<'_>) -> Vec<Row> {
    let line_of = |at: usize| {
        let before = text.get(..at).unwrap_or(text);
        before.matches('\n').count() as u64 + 1
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(span.start));
            mistakes.add(line, "", error.message(), "TOML");
            return Vec::new();
        }
    };
    let mut rows = Vec::new();
    for (name, value) in table.get_ref() {
        let line = line_of(name.span().start);
        let list = match value.get_ref() {
            DeValue::Array(list) if name.get_ref() == "actor" => list,
            _ => {
                mistakes.add(line, "", name.get_ref(), "tables [[actor]]");
                continue;
            }
        };
        for item in list {
            let start = line_of(item.span().start);
            let DeValue::Table(fields) = item.get_ref() else {
                mistakes.add(start, "actor", "", "a table [[actor]]");
                continue;
            };
            let mut row: Row = std::array::from_fn(|_| (start, String::new()));
            for (field, value) in fields {
                let line = line_of(field.span().start);
                let name: &str = field.get_ref();
                let Some(column) = COLUMNS.iter().position(|&column| column == name) else {
                    mistakes.add(line, name, name, &format!("one of {}", COLUMNS.join(", ")));
                    continue;
                };
                match words(value.get_ref()) {
                    Some(words) => row[column] = (line, words),
                    None => mistakes.add(line, name, "", "text in quotation marks"),
                }
            }
            rows.push(row);
        }
    }
    rows
}

/// A text, or a list of texts joined with `;`.
fn words(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Array(list) => {
            let each: Option<Vec<String>> = list.iter().map(|one| words(one.get_ref())).collect();
            each.map(|all| all.join(";"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_csv_and_toml_alike() {
        let csv = "\u{FEFF}name,kind,country,other_names,since\n\
                   Dawn Front,rebel-group,SYR;IRQ,DF; جبهة الفجر,2019\n";
        let toml = "[[actor]]\nname = \"Dawn Front\"\nkind = \"rebel-group\"\n\
                    country = [\"SYR\", \"IRQ\"]\nother_names = \"DF; جبهة الفجر\"\nsince = \"2019-01-01\"\n";
        let from_csv = read_actors("mine.csv", csv).unwrap();
        assert_eq!(from_csv, read_actors("mine.TOML", toml).unwrap());
        let dawn = &from_csv[0];
        assert_eq!(dawn.id, "own:dawn-front");
        assert_eq!(dawn.aliases, ["DF", "جبهة الفجر"]);
        assert_eq!(dawn.countries, ["SYR", "IRQ"]);
        assert_eq!(dawn.start, Day::new(2019, 1, 1));
    }

    #[test]
    fn names_every_mistake() {
        let csv = "name,kind,country,since,until,sector\n\
                   A Front,rebels,SYR,2019,2018,REB\n\
                   ,rebel-group,Syria,x,,ARMY\n\
                   B,rebel-group\n";
        let shown = read_actors("mine.csv", csv).unwrap_err().to_string();
        for part in [
            "mine.csv, line 2, column `kind`: `rebels` is not allowed here; expected one of state-forces",
            "line 2, column `until`: `2018`",
            "line 3, column `name`",
            "line 3, column `country`: `Syria`",
            "line 3, column `since`: `x`",
            "line 3, column `sector`: `ARMY`",
            "line 4: `2 values`",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        let toml = "[[actor]]\nname = \"Dawn\"\nkind = 3\nage = \"x\"\n[group]\nx = 1\n";
        let shown = read_actors("mine.toml", toml).unwrap_err().to_string();
        for part in [
            "line 3, column `kind`",
            "line 4, column `age`",
            "line 5: `group`",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        for (file, text) in [
            ("x.csv", ""),
            ("x.toml", "[["),
            ("x.toml", ""),
            ("x.csv", "name,kind\n"),
        ] {
            assert!(read_actors(file, text).is_err(), "{file}: {text:?}");
        }
    }

    #[test]
    fn an_id_names_one_actor() {
        let twice = "name,kind\nDawn,rebel-group\nDAWN,unknown\n";
        let shown = read_actors("x.csv", twice).unwrap_err().to_string();
        assert!(shown.contains("line 3, column `id`: `own:dawn`"), "{shown}");
    }
}
