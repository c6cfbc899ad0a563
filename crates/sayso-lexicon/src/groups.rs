//! `groups.tsv`: armed groups, forces and well-known bodies by name; `outlets.tsv`: news outlets.

use std::collections::BTreeMap;

use crate::agents::KINDS;
use crate::{LexiconError, Table};

/// One group, force or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Usual English name.
    pub name: String,
    /// ACLED's kind of actor, or sayso's.
    pub kind: String,
    /// ISO 3166-1 alpha-3 codes of where it is at home or active, the main one first.
    pub countries: Vec<String>,
    /// Other names and acronyms.
    pub aliases: Vec<String>,
}

/// One outlet or platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Usual name.
    pub name: String,
    /// Agency, broadcaster, press or platform.
    pub kind: OutletKind,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// Kind of outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutletKind {
    /// A wire service.
    Agency,
    /// Radio or television.
    Broadcaster,
    /// Newspaper, magazine or site.
    Press,
    /// A platform that carries other people's posts: a medium, no source of its own.
    Platform,
}

/// Named things that are found by any of their names.
#[derive(Clone, Debug)]
pub struct Registry<T> {
    rows: Vec<T>,
    by_key: BTreeMap<String, usize>,
}

impl<T> Registry<T> {
    /// The entry with this name or alias, whatever its article, hyphens and apostrophes.
    ///
    /// Acronyms match in capitals only ("FACT", not "fact").
    pub fn get(&self, name: &str) -> Option<&T> {
        self.by_key
            .get(&name_key(name))
            .and_then(|&i| self.rows.get(i))
    }

    /// All entries, sorted by name.
    pub fn all(&self) -> &[T] {
        &self.rows
    }

    fn new(named: Vec<(Vec<String>, T)>) -> Self {
        let mut by_key = BTreeMap::new();
        for (i, (names, _)) in named.iter().enumerate() {
            // A main name takes precedence over an alias, an earlier line over a later one.
            if let Some(name) = names.first() {
                by_key.insert(name_key(name), i);
            }
        }
        for (i, (names, _)) in named.iter().enumerate() {
            for name in names.iter().skip(1) {
                by_key.entry(name_key(name)).or_insert(i);
            }
        }
        Self {
            rows: named.into_iter().map(|(_, row)| row).collect(),
            by_key,
        }
    }
}

/// The form under which a name is looked up: lower case (acronyms stay in capitals), without
/// leading article, with plain apostrophes, and blanks for hyphens.
pub fn name_key(name: &str) -> String {
    let plain: String = name
        .trim()
        .chars()
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            '-' | '–' | '‑' => ' ',
            other => other,
        })
        .filter(|c| !matches!(c, '“' | '”' | '"' | ',' | '.'))
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let words = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && first.eq_ignore_ascii_case("the") => rest,
        _ => &words[..],
    };
    let joined = words.join(" ");
    let letters = joined.chars().filter(|c| c.is_alphabetic()).count();
    let acronym = letters <= 5
        && words.len() == 1
        && joined.chars().all(|c| !c.is_lowercase())
        && letters > 0;
    if acronym {
        joined
    } else {
        joined.to_lowercase()
    }
}

fn list(field: &str) -> Vec<String> {
    field
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "-")
        .map(str::to_owned)
        .collect()
}

fn names(name: &str, aliases: &[String]) -> Vec<String> {
    std::iter::once(name.to_owned())
        .chain(aliases.iter().cloned())
        .collect()
}

fn check_country(table: &Table, line: usize, code: &str) -> Result<(), LexiconError> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(LexiconError {
        file: table.file.to_owned(),
        line,
        value: code.to_owned(),
        allowed: "an ISO 3166-1 alpha-3 code or -".to_owned(),
    })
}

/// Parses the content of `groups.tsv`.
///
/// # Errors
/// As [`Table::parse`], and a value that a column does not allow.
pub(crate) fn parse_groups(text: &str) -> Result<Registry<Group>, LexiconError> {
    let table = Table::parse("groups.tsv", text)?;
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        if !KINDS.contains(&row.get(1)) {
            return Err(LexiconError {
                file: table.file.to_owned(),
                line: row.line,
                value: row.get(1).to_owned(),
                allowed: KINDS.join(", "),
            });
        }
        let countries = list(row.get(2));
        for code in &countries {
            check_country(&table, row.line, code)?;
        }
        let group = Group {
            name: row.get(0).to_owned(),
            kind: row.get(1).to_owned(),
            countries,
            aliases: list(row.get(3)),
        };
        rows.push((names(&group.name, &group.aliases), group));
    }
    Ok(Registry::new(rows))
}

/// Parses the content of `outlets.tsv`.
///
/// # Errors
/// As [`Table::parse`], and a value that a column does not allow.
pub(crate) fn parse_outlets(text: &str) -> Result<Registry<Outlet>, LexiconError> {
    let table = Table::parse("outlets.tsv", text)?;
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let kind = match row.get(1) {
            "agency" => OutletKind::Agency,
            "broadcaster" => OutletKind::Broadcaster,
            "press" => OutletKind::Press,
            "platform" => OutletKind::Platform,
            other => {
                return Err(LexiconError {
                    file: table.file.to_owned(),
                    line: row.line,
                    value: other.to_owned(),
                    allowed: "agency, broadcaster, press, platform".to_owned(),
                });
            }
        };
        let country = list(row.get(2)).into_iter().next();
        if let Some(code) = &country {
            check_country(&table, row.line, code)?;
        }
        let outlet = Outlet {
            name: row.get(0).to_owned(),
            kind,
            country,
            aliases: list(row.get(3)),
        };
        rows.push((names(&outlet.name, &outlet.aliases), outlet));
    }
    Ok(Registry::new(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_written() {
        let groups = parse_groups(
            "# origin: t\n# licence: t\n# columns: name\tkind\tcountry\taliases\tsince\tuntil\tbefore\n\
             People's Army\trebel-group\tMMR;THA\tPA;FACT\t-\t2020\t-\n",
        )
        .unwrap();
        assert_eq!(groups.get("the People’s Army").unwrap().countries[0], "MMR");
        assert!(groups.get("FACT").is_some());
        assert!(groups.get("fact").is_none());
    }

    #[test]
    fn a_wrong_country_is_named() {
        let error = parse_outlets(
            "# origin: t\n# licence: t\n# columns: name\tkind\tcountry\taliases\n\
             X\tpress\tfr\t-\n",
        )
        .unwrap_err();
        assert_eq!(error.value, "fr");
    }
}
