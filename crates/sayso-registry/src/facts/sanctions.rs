//! Names of groups on lists of sanctions: the UN's, the EU's and the UK's.
//!
//! They give names and ids to actors that are there; nobody comes in by them alone, since most of
//! whom they list are firms and persons.

use std::path::Path;

use super::drafts::{Drafts, Unknown};
use super::text::{is_name, usual_case, with_acronym};
use super::{FactsError, read};
use crate::{NewActor, key};

/// Aliases that are words of any text.
const PLAIN: &[&str] = &[
    "base",
    "dawn",
    "family",
    "firm",
    "group",
    "hope",
    "islamic army",
    "islamic youth",
    "jihad",
    "living together",
    "movement",
    "party",
    "security",
    "the youth",
    "victory",
    "youth",
    "youth wing",
    "council",
    "armed forces",
    "special forces",
    "national guard",
    "army",
];

/// Words of firms, charities and units that a list names beside the group that it means.
const BUSINESS: &[&str] = &[
    "llc",
    "ltd",
    "bank",
    "company",
    "trading",
    "trust",
    "foundation",
    "co",
    "inc",
    "corporation",
    "university",
    "factory",
    "plant",
    "institute",
    "shipping",
    "airlines",
    "exchange",
    "sarl",
    "clinic",
    "hospital",
    "relief",
    "charity",
    "committee",
    "association",
    "center",
    "services",
];

/// Reads the three lists.
pub(super) fn read(drafts: &mut Drafts, path: &Path) -> Result<(), FactsError> {
    let text = read::text(path)?;
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [list, id, "organization", name, aliases, ..] = &fields[..] else {
            continue;
        };
        let source = match *list {
            "un" => "UN consolidated list",
            "eu" => "EU consolidated list",
            "uk" => "UK sanctions list",
            // Their terms of reuse are not stated with the data.
            _ => continue,
        };
        let mut names = names_in(name);
        for alias in aliases.split('|') {
            names.extend(names_in(alias));
        }
        names.retain(|name| is_name(name) && !is_plain(name));
        let mut names = names.into_iter();
        let Some(name) = names.next() else {
            continue;
        };
        let actor = NewActor {
            id: format!("{list}:{id}"),
            name,
            aliases: names.collect(),
            ..NewActor::default()
        };
        drafts.put(source, actor, Unknown::Drop);
    }
    Ok(())
}

/// The names in a field: with the acronym in brackets, and with names in original script, which
/// the UN puts in brackets behind.
fn names_in(field: &str) -> Vec<String> {
    let field = field
        .replace("(original script)", "")
        .replace(" - sub-unit name", "");
    let mut names = Vec::new();
    for part in field.split([';', '(', ')', '/']) {
        let part = part.trim().trim_matches(['"', '“', '”', '„', ',', ' ']);
        if part.chars().count() >= 2 {
            names.extend(with_acronym(&usual_case(part)));
        }
    }
    names
}

/// Whether a name would find what it does not mean.
fn is_plain(name: &str) -> bool {
    let key = key(name);
    let business = key.split(' ').any(|word| BUSINESS.contains(&word));
    let lower = name.chars().next().is_some_and(|c| c.is_ascii_lowercase())
        && !name.starts_with("al")
        && name.is_ascii();
    business || lower || PLAIN.contains(&key.as_str()) || key.len() < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn native_names_come_out_of_brackets() {
        let names = names_in("Hay’at al-Fajr (HAF) (هيئة الفجر (original script); Fajr Body)");
        assert_eq!(names, ["Hay’at al-Fajr", "HAF", "هيئة الفجر", "Fajr Body"]);
        assert!(is_plain("The Youth") && is_plain("Dawn Trading LLC"));
        assert!(!is_plain("al-Fajr Front"));
    }
}
