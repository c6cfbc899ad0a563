//! Who the speakers of one incident are, by all the names that its reports give them: a colonel by
//! his full name and by his surname, a committee and its acronym, a spokesman with his body and
//! without.
//!
//! What is told apart here is what one report says of somebody; whether two of these are one depends
//! on what all reports of the incident say, and on nothing else.

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{ActorJson, SheetJson, SourceJson, StatementJson};
use sayso_lexicon::name_key;

use super::person::{Persons, proper_names, split};
use super::{Attributions, Origin, id_of, named};
use crate::rule::JudgingRule as Rule;
use crate::words::{is_capitalised, words};

/// What is known of the speakers of one incident.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// By the key of an origin as one report has it: key and name of whom it stands for, and whether
    /// it may be one of several.
    whole: BTreeMap<String, Whole>,
    /// By the id of an origin of the incident: the ids that it has in reports alone, or has had in
    /// the incident before other reports came in.
    parts: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Clone, Debug)]
struct Whole {
    key: String,
    name: String,
    unclear: bool,
}

/// Somebody as one or several reports have them.
#[derive(Clone, Debug, Default)]
struct Voice {
    /// How they are called, names of persons aside.
    called: BTreeSet<String>,
    /// Names that are theirs alone, as they are compared.
    names: BTreeSet<String>,
    /// Proper names of those who speak, word by word, and as they are written.
    persons: BTreeSet<Vec<String>>,
    written: BTreeSet<String>,
    /// Their offices and ranks.
    roles: BTreeSet<String>,
    /// The office by which alone they are called: “the mayor”.
    office: Option<String>,
}

impl Known {
    /// From the sheets of the reports of an incident, each with who its own words go back to.
    pub(crate) fn of<'s>(
        reports: impl Iterator<Item = (&'s SheetJson<'s>, &'s Origin)>,
        attributions: Attributions<'_>,
    ) -> Self {
        let mut voices: BTreeMap<String, Voice> = BTreeMap::new();
        for (sheet, own) in reports {
            if own.key.starts_with(WHO) {
                let voice = voices.entry(own.key.clone()).or_default();
                voice.called.insert(own.name.clone());
                voice.names.extend(attributions.keys(&own.name));
            }
            for statement in &sheet.statements {
                take(&mut voices, sheet, statement, own, attributions);
            }
        }
        Self::put_together(&voices, attributions)
    }

    /// Whom an origin stands for, as one report has it.
    pub(super) fn whole(&self, origin: Origin) -> Origin {
        match self.whole.get(&origin.key) {
            Some(whole) => Origin {
                key: whole.key.clone(),
                name: whole.name.clone(),
                unclear: origin.unclear || whole.unclear,
                why: origin.why,
            },
            None => origin,
        }
    }

    /// Whether an origin of the incident has one of these ids, or is put together of one that has.
    pub(crate) fn is_among(&self, id: &str, ids: &BTreeSet<String>) -> bool {
        let parts = self.parts.get(id);
        ids.contains(id) || parts.is_some_and(|parts| !parts.is_disjoint(ids))
    }

    /// By the id of an origin the ids that it is put together of.
    pub(crate) fn into_parts(self) -> BTreeMap<String, BTreeSet<String>> {
        self.parts
    }

    fn put_together(voices: &BTreeMap<String, Voice>, attributions: Attributions<'_>) -> Self {
        let all = voices.values().flat_map(|voice| &voice.persons);
        let persons = Persons::of(all, attributions.has(Rule::ShortName));
        let mut joined = Joined::default();
        // Bodies by what leads to them: who speaks for two of them speaks for neither alone.
        let mut bodies: Vec<(&str, Vec<String>)> = Vec::new();
        for (key, voice) in voices {
            let marks = marks(voice, &persons, is_body(key), attributions);
            if is_body(key) {
                bodies.push((key.as_str(), marks));
                continue;
            }
            for mark in &marks {
                joined.join(key, mark);
            }
        }
        if attributions.has(Rule::OfficeHolder) {
            hold_offices(voices, &persons, &mut joined);
        }
        let mut of_body: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (body, marks) in &bodies {
            for mark in marks {
                of_body.entry(joined.root(mark)).or_default().insert(*body);
            }
        }
        let mut members: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for key in voices.keys().filter(|key| !is_body(key)) {
            members
                .entry(joined.root(key))
                .or_default()
                .push(key.as_str());
        }
        let mut whole = BTreeMap::new();
        for (root, keys) in members {
            let body = of_body.get(&root).filter(|bodies| bodies.len() == 1);
            let body = body.and_then(|bodies| bodies.first().copied());
            let key = body.or_else(|| fullest(&keys, voices)).unwrap_or(&root);
            let name = name(key, body.is_some(), &keys, voices);
            for member in keys {
                let several = voices.get(member).is_some_and(|voice| {
                    !voice.persons.is_empty()
                        && voice
                            .persons
                            .iter()
                            .all(|person| persons.are_several(person))
                });
                whole.insert(
                    member.to_owned(),
                    Whole {
                        key: key.to_owned(),
                        name: name.clone(),
                        unclear: several,
                    },
                );
            }
        }
        for (body, _) in bodies {
            let name = name(body, true, &[], voices);
            let key = body.to_owned();
            whole.insert(
                key.clone(),
                Whole {
                    key,
                    name,
                    unclear: false,
                },
            );
        }
        let mut parts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (part, Whole { key, .. }) in &whole {
            parts.entry(id_of(key)).or_default().insert(id_of(part));
        }
        Self { whole, parts }
    }
}

/// How the keys of origins begin that are somebody by name, and of bodies.
pub(super) const WHO: &str = "who ";
const BODY: &str = "body ";

/// Whether the key is of a body that is one by whatever name: an entry of the registry, or what a
/// state has one of. Such bodies are never put together.
pub(super) fn is_body(key: &str) -> bool {
    key.strip_prefix(BODY)
        .and_then(|rest| rest.split(' ').next())
        .is_some_and(|id| id.contains(':'))
}

/// Takes the speaker of a statement in.
fn take(
    voices: &mut BTreeMap<String, Voice>,
    sheet: &SheetJson<'_>,
    statement: &StatementJson<'_>,
    own: &Origin,
    attributions: Attributions<'_>,
) {
    let Some(source) = statement.sources.first() else {
        return;
    };
    let origin = attributions.said_by(sheet, statement, own);
    let is_one = origin.key.starts_with(WHO) || origin.key.starts_with(BODY);
    if source.kind == "media" || origin.unclear || !is_one {
        return;
    }
    let (called, actor) = named(sheet, source);
    let persons = proper_names(sheet, source, actor);
    let voice = voices.entry(origin.key.clone()).or_default();
    voice.roles.extend(actor.and_then(role));
    if persons.contains(&split(&origin.name)) {
        voice.written.insert(origin.name.clone());
    } else {
        voice.called.insert(origin.name.clone());
    }
    if persons.is_empty() {
        voice.office = office(source, actor, called, attributions).or(voice.office.take());
        for name in names(sheet, actor, called, &origin, attributions) {
            voice.names.extend(attributions.keys(name));
        }
    }
    voice.persons.extend(persons);
}

/// The names of a speaker who is no person: of the body that it speaks for, where it is that body.
fn names<'s>(
    sheet: &'s SheetJson<'_>,
    actor: Option<&'s ActorJson<'_>>,
    called: &'s str,
    origin: &'s Origin,
    attributions: Attributions<'_>,
) -> Vec<&'s str> {
    let whole = actor
        .and_then(|actor| actor.member_of.as_ref())
        .and_then(|id| sheet.actors.iter().find(|actor| actor.id == *id))
        .filter(|whole| attributions.of_body(&whole.name, Some(whole)).key == origin.key);
    let actor = whole.or(actor);
    let aliases = actor.into_iter().flat_map(|actor| &actor.aliases);
    let name = whole.map_or(called, |whole| whole.name.as_ref());
    let all = std::iter::once(name).chain(aliases.map(AsRef::as_ref));
    all.chain([origin.name.as_str()])
        .filter(|name| attributions.names(name))
        .collect()
}

/// An office or a rank, without what it is of.
fn role(actor: &ActorJson<'_>) -> Option<String> {
    actor.role.as_deref().map(str::to_lowercase)
}

/// The office by which alone a speaker is called: “the mayor”, not “a mayor” or “the mayor of Bria”.
fn office(
    source: &SourceJson<'_>,
    actor: Option<&ActorJson<'_>>,
    called: &str,
    attributions: Attributions<'_>,
) -> Option<String> {
    let role = role(actor?)?;
    let called = called.to_lowercase();
    let bare = called.strip_prefix("the ").unwrap_or(&called);
    let is_definite = source.quote.to_lowercase().starts_with("the ");
    (bare == role && is_definite && !attributions.speaks_for_somebody(&called)).then_some(role)
}

/// What two voices have in common who are one.
fn marks(
    voice: &Voice,
    persons: &Persons,
    is_body: bool,
    attributions: Attributions<'_>,
) -> Vec<String> {
    let mut marks = Vec::new();
    if attributions.has(Rule::OtherNames) {
        marks.extend(voice.names.iter().map(|name| format!("name {name}")));
    }
    if !is_body || attributions.has(Rule::PersonOfBody) {
        let persons = voice.persons.iter().filter_map(|name| persons.one(name));
        marks.extend(persons.map(|person| format!("person {person}")));
    }
    marks
}

/// Joins “the mayor” to the only one who is named as mayor.
fn hold_offices(voices: &BTreeMap<String, Voice>, persons: &Persons, joined: &mut Joined) {
    for (key, voice) in voices {
        let Some(office) = voice.office.as_ref().filter(|_| !is_body(key)) else {
            continue;
        };
        let holders = voices.iter().filter(|(other, voice)| {
            *other != key && voice.roles.contains(office) && voice.office.is_none()
        });
        let mut holders = holders.map(|(other, voice)| {
            let mut named = voice.persons.iter().filter_map(|name| persons.one(name));
            (other, named.next())
        });
        let Some((first, Some(person))) = holders.next() else {
            continue;
        };
        // One who is nobody by name (“the governor of Jonglei”) may be another.
        if !is_body(first) && holders.all(|(_, other)| other.as_ref() == Some(&person)) {
            joined.join(key, first);
        }
    }
}

/// Of keys of one and the same the one that says most of them.
fn fullest<'k>(keys: &[&'k str], voices: &BTreeMap<String, Voice>) -> Option<&'k str> {
    let words = |key: &str| {
        let persons = voices.get(key).map(|voice| &voice.persons);
        persons.and_then(|persons| persons.iter().map(Vec::len).max())
    };
    // The first of equals: which report came first decides nothing.
    keys.iter()
        .copied()
        .rev()
        .max_by_key(|key| (words(key), key.starts_with(WHO), key.chars().count()))
}

/// What a reader is shown: of a body what it is called itself, of a person the fullest name.
fn name(key: &str, is_body: bool, members: &[&str], voices: &BTreeMap<String, Voice>) -> String {
    let longest = |names: &mut dyn Iterator<Item = &String>| {
        let all: BTreeSet<&String> = names.collect();
        let longest = all
            .into_iter()
            .rev()
            .max_by_key(|name| name.chars().count());
        longest.cloned()
    };
    let voice = voices.get(key);
    let own = longest(&mut voice.into_iter().flat_map(|voice| &voice.called));
    let all = members.iter().copied().chain([key]);
    let all = all.filter_map(|key| voices.get(key));
    let person = longest(&mut all.flat_map(|voice| &voice.written));
    let name = if is_body {
        own.or(person)
    } else {
        person.or(own)
    };
    name.unwrap_or_else(|| key.to_owned())
}

/// Which of many are one, directly or through others.
#[derive(Debug, Default)]
struct Joined {
    up: BTreeMap<String, String>,
}

impl Joined {
    fn root(&self, of: &str) -> String {
        let mut at = of;
        while let Some(up) = self.up.get(at) {
            at = up;
        }
        at.to_owned()
    }

    fn join(&mut self, a: &str, b: &str) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            // Towards the smaller one, whatever the order.
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            self.up.insert(high, low);
        }
    }
}

impl Attributions<'_> {
    /// The keys under which a name is compared with others: itself, the usual name of a body that
    /// the lexicon knows, and the acronym that its words make.
    fn keys(self, name: &str) -> BTreeSet<String> {
        let name = without_possessive(name);
        let mut keys = BTreeSet::from([name_key(name).to_lowercase()]);
        let groups = &self.lexicon.groups;
        let group = groups.get(name).or_else(|| {
            let (first, rest) = without_article(name).split_once(' ')?;
            let of_family = self.phrases.stands_in("family", first);
            groups.get(rest).filter(|_| of_family)
        });
        if let Some(group) = group {
            keys.insert(name_key(&group.name).to_lowercase());
        }
        keys.extend(acronym(name));
        keys
    }
}

/// Words of the shortest name whose first letters say who is meant.
const LEAST_WORDS: usize = 3;

/// The first letters of the words of a long name: “IPOA” of the Independent Policing Oversight
/// Authority.
fn acronym(name: &str) -> Option<String> {
    let capitals: Vec<&str> = words(name).filter(|word| is_capitalised(word)).collect();
    let capitals = match capitals.split_first() {
        Some((first, rest)) if first.eq_ignore_ascii_case("the") => rest,
        _ => &capitals[..],
    };
    let letters = capitals.iter().filter_map(|word| word.chars().next());
    (capitals.len() >= LEAST_WORDS).then(|| letters.collect::<String>().to_lowercase())
}

/// “M23's” is “M23”.
fn without_possessive(name: &str) -> &str {
    name.strip_suffix("'s")
        .or_else(|| name.strip_suffix("’s"))
        .unwrap_or(name)
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_one_by_its_entry_or_its_state() {
        assert!(is_body("body ucdp:1160"));
        assert!(is_body("body state:SDN:armed-forces"));
        assert!(!is_body("body mayor CAF in ndele"));
        assert!(!is_body("who amadou keita"));
    }

    #[test]
    fn long_names_make_acronyms_and_short_ones_do_not() {
        let of = |name: &str| acronym(name);
        assert_eq!(
            of("the Independent Policing Oversight Authority").as_deref(),
            Some("ipoa")
        );
        assert_eq!(
            of("The Bureau of Mines and Quarries").as_deref(),
            Some("bmq")
        );
        assert_eq!(of("Orla Times"), None);
        assert_eq!(of("the governor of Jonglei"), None);
    }

    #[test]
    fn what_is_joined_through_others_is_one_in_any_order() {
        let (mut one, mut other) = (Joined::default(), Joined::default());
        for (a, b) in [("a", "m"), ("b", "n"), ("m", "n")] {
            one.join(a, b);
        }
        for (a, b) in [("n", "m"), ("n", "b"), ("m", "a")] {
            other.join(a, b);
        }
        for each in ["a", "b", "m", "n"] {
            assert_eq!(one.root(each), "a");
            assert_eq!(other.root(each), "a");
        }
        assert_eq!(one.root("z"), "z");
    }
}
