//! Persons by their proper names: “Colonel Amadou Keita” is “Keita” where nobody else is.

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{ActorJson, SheetJson, SourceJson};

use crate::words::{is_capitalised, words};

/// The proper names of whoever speaks, word by word: their own, or the one beside their office
/// (“the mayor of Kenscoff, Massillon Jean”). Empty for whoever is no person, or not named.
pub(super) fn proper_names(
    sheet: &SheetJson<'_>,
    source: &SourceJson<'_>,
    actor: Option<&ActorJson<'_>>,
) -> BTreeSet<Vec<String>> {
    let own = actor.into_iter().flat_map(|actor| {
        let bare = (actor.names.is_empty() && is_bare_name(actor)).then(|| actor.name.as_ref());
        actor.names.iter().map(AsRef::as_ref).chain(bare)
    });
    let mut names: BTreeSet<Vec<String>> = own.map(split).collect();
    if let Some((before, behind)) = source.quote.split_once(", ") {
        let beside = sheet.actors.iter().flat_map(|other| &other.names);
        names.extend(
            beside
                .filter(|name| *name == before.trim() || *name == behind.trim())
                .map(|name| split(name)),
        );
    }
    // “UN OCHA” is nobody's name.
    let is_acronym =
        |word: &String| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    names.retain(|name| !name.is_empty() && !name.iter().any(is_acronym));
    names
}

/// Whether somebody of whom nothing else is known is called by what looks like a surname: “Kanja”.
fn is_bare_name(actor: &ActorJson<'_>) -> bool {
    let mut all = words(&actor.name);
    let is_name = |word: &str| is_capitalised(word) && word.chars().any(char::is_lowercase);
    actor.registry.is_none()
        && actor.member_of.is_none()
        && matches!(actor.kind.as_ref(), "person" | "unknown")
        && all.next().is_some_and(is_name)
        && all.next().is_none()
}

/// The words of a name as they are written, articles of Arabic names aside.
pub(super) fn split(name: &str) -> Vec<String> {
    let is_article = |word: &&str| matches!(word.to_lowercase().as_str(), "al" | "el");
    words(name)
        .filter(|word| !is_article(word))
        .map(str::to_owned)
        .collect()
}

/// The persons of one incident.
#[derive(Clone, Debug, Default)]
pub(super) struct Persons {
    /// For each name whose it is; of a short one that several have, all.
    of: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl Persons {
    /// From all their names; with `short`, a name of one word is whose first or last word it is.
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n Vec<String>>, short: bool) -> Self {
        let names: BTreeSet<Vec<String>> = names.cloned().collect();
        let full: Vec<&Vec<String>> = names.iter().filter(|name| name.len() > 1).collect();
        let mut of = BTreeMap::new();
        for name in &names {
            let longer = full.iter().filter(|other| match name.as_slice() {
                [one] => short && (other.first() == Some(one) || other.last() == Some(one)),
                _ => is_longer(other, name),
            });
            // By the fullest of its names: what is a part of another stands for that.
            let mut whose: BTreeSet<String> =
                longer.map(|name| key(fullest(name, &full))).collect();
            if whose.is_empty() {
                whose.insert(key(name));
            }
            of.insert(name.clone(), whose);
        }
        Self { of }
    }

    /// Whose name it is, if it is one person's.
    pub(super) fn one(&self, name: &[String]) -> Option<String> {
        let whose = self.of.get(name)?;
        whose.first().filter(|_| whose.len() == 1).cloned()
    }

    /// Whether a name can be of several.
    pub(super) fn are_several(&self, name: &[String]) -> bool {
        self.of.get(name).is_some_and(|whose| whose.len() > 1)
    }
}

/// Whether `other` has the first and the last word of `name`, and more between them or as many.
fn is_longer(other: &[String], name: &[String]) -> bool {
    other.first() == name.first() && other.last() == name.last() && other.len() >= name.len()
}

/// Of the names with the first and the last word of `name` the longest.
fn fullest<'n>(name: &'n [String], full: &[&'n Vec<String>]) -> &'n [String] {
    let longer = full.iter().filter(|other| is_longer(other, name));
    let longest = longer.rev().max_by_key(|other| other.len());
    longest.map_or(name, |longest| longest.as_slice())
}

fn key(name: &[String]) -> String {
    name.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<Vec<String>> {
        all.iter().map(|name| split(name)).collect()
    }

    #[test]
    fn a_surname_is_the_only_one_who_has_it() {
        let all = names(&[
            "Amadou Keita",
            "Keita",
            "Nabil al-Sabri",
            "al-Sabri",
            "Osman",
        ]);
        let persons = Persons::of(all.iter(), true);
        let one = |name: &str| persons.one(&split(name));
        assert_eq!(one("Keita"), one("Amadou Keita"));
        assert_eq!(one("al-Sabri"), one("Nabil al-Sabri"));
        assert_ne!(one("Osman"), one("Amadou Keita"));
        assert_eq!(one("Nobody"), None);
    }

    #[test]
    fn a_surname_of_two_is_nobodys() {
        let all = names(&["Amadou Keita", "Fanta Keita", "Keita"]);
        let persons = Persons::of(all.iter(), true);
        assert_eq!(persons.one(&split("Keita")), None);
        assert!(persons.are_several(&split("Keita")));
        assert!(!persons.are_several(&split("Fanta Keita")));
    }

    #[test]
    fn a_name_may_lack_what_stands_in_its_middle() {
        let all = names(&["Hazrat Wali Kakar", "Hazrat Kakar", "Kakar", "Wali Khan"]);
        let persons = Persons::of(all.iter(), true);
        let one = |name: &str| persons.one(&split(name));
        assert_eq!(one("Hazrat Kakar"), one("Hazrat Wali Kakar"));
        assert_eq!(one("Kakar"), one("Hazrat Wali Kakar"));
        assert_ne!(one("Wali Khan"), one("Hazrat Wali Kakar"));
    }
}
