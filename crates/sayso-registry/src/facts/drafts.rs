//! Actors as they come together from several sources.

use std::collections::BTreeMap;

use super::Counts;
use crate::{NewActor, heard, key};

/// Most names of an actor; lists of sanctions have them in every language of the Union.
const MOST_NAMES: usize = 40;

/// Actors, and their names as written.
#[derive(Default)]
pub(super) struct Drafts {
    all: Vec<NewActor>,
    by_key: BTreeMap<String, Vec<usize>>,
    by_sound: BTreeMap<String, Vec<usize>>,
    counts: Counts,
}

/// What becomes of a record that names nobody who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// An actor of its own.
    Add,
    /// Left out.
    Drop,
}

impl Drafts {
    /// Puts a record in: its names and ids go to the actor that it names, if there is exactly one.
    pub(super) fn put(&mut self, source: &'static str, mut record: NewActor, unknown: Unknown) {
        one_line(&mut record);
        let mut same = self.same(&record);
        if unknown == Unknown::Drop {
            // Lists of sanctions do not name states' own bodies but firms of theirs.
            same = same.filter(|&at| {
                self.all
                    .get(at)
                    .is_some_and(|a| !a.id.starts_with("state:"))
            });
        }
        if same.is_none() && unknown == Unknown::Drop {
            return;
        }
        let count = self.counts.entry(source).or_insert((0, 0));
        count.0 += 1;
        if let Some(at) = same {
            count.1 += 1;
            self.join(at, record);
        } else {
            self.add(record);
        }
    }

    /// Puts an actor in, whoever shares its names.
    pub(super) fn add(&mut self, actor: NewActor) {
        let at = self.all.len();
        self.note(at, std::iter::once(&actor.name).chain(&actor.aliases));
        self.all.push(actor);
    }

    /// As [`Drafts::add`], and counts it to its source.
    pub(super) fn add_counted(&mut self, source: &'static str, actor: NewActor) {
        self.counts.entry(source).or_insert((0, 0)).0 += 1;
        self.add(actor);
    }

    /// The actor with this id.
    pub(super) fn by_id(&mut self, id: &str) -> Option<&mut NewActor> {
        self.all.iter_mut().find(|actor| actor.id == id)
    }

    /// The one actor that a record names: by a full name, in a common country or where one of the
    /// two has none; by an acronym only where the record has no full name and countries agree.
    fn same(&self, record: &NewActor) -> Option<usize> {
        let names = || std::iter::once(&record.name).chain(&record.aliases);
        let full: Vec<String> = names()
            .map(|n| key(n))
            .filter(|k| !k.starts_with('='))
            .collect();
        // What its main name says goes before what an alias does.
        let mut found = agreeing(&self.all, &self.by_key, full.iter().take(1), record, false);
        if found.len() != 1 {
            let by_alias = agreeing(&self.all, &self.by_key, full.iter().skip(1), record, false);
            if found.is_empty() {
                found = by_alias;
            } else {
                found.retain(|at| by_alias.contains(at));
            }
        }
        if found.is_empty() && full.is_empty() {
            let acronyms: Vec<String> = names().map(|n| key(n)).collect();
            found = agreeing(&self.all, &self.by_key, &acronyms, record, true);
        }
        if found.is_empty() {
            // "Lashkar i Jhangvi" and "Lashkar-e-Jhangvi".
            let sounds: Vec<String> = full.first().and_then(|k| heard(k)).into_iter().collect();
            found = agreeing(&self.all, &self.by_sound, &sounds, record, false);
        }
        if found.is_empty() && full.is_empty() {
            // "HAMAS", in a list that is written in capitals.
            let words: Vec<String> = names().map(|n| key(&n.to_lowercase())).collect();
            found = agreeing(&self.all, &self.by_key, &words, record, false);
        }
        if found.len() > 1 {
            // Of several the one whose usual name it is.
            let name = [key(&record.name), key(&record.name.to_lowercase())];
            let keep = |found: &[usize], holds: &dyn Fn(&NewActor) -> bool| -> Vec<usize> {
                let held = |at: &usize| self.all.get(*at).is_some_and(holds);
                found.iter().copied().filter(held).collect()
            };
            // … or which is of its kind.
            let usual = keep(&found, &|known| name.contains(&key(&known.name)));
            let kindred = keep(&found, &|known| known.kind == record.kind);
            found = if usual.len() == 1 { usual } else { kindred };
        }
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    fn join(&mut self, at: usize, record: NewActor) {
        let names: Vec<String> = std::iter::once(record.name)
            .chain(record.aliases)
            .filter(|name| !self.is_taken(name, at))
            .collect();
        self.note(at, names.iter());
        let known = &mut self.all[at];
        known.aliases.extend(names);
        known.sources.extend(record.sources);
        known.before.extend(record.before);
        known.after.extend(record.after);
        known.start = known.start.or(record.start);
        known.end = known.end.or(record.end);
        // The id of a source is more widely known than one of this project.
        if known.id.starts_with("sayso:") && record.id.starts_with("ucdp:") {
            let own = std::mem::replace(&mut known.id, record.id);
            known.sources.push(own);
        } else {
            known.sources.push(record.id);
        }
    }

    /// Whether this project gives a name to another actor of a common country: a list of sanctions
    /// has the names of what a group became beside its own.
    fn is_taken(&self, name: &str, at: usize) -> bool {
        let homes = self.all.get(at).map_or(&[][..], |known| &known.countries);
        let holders = self.by_key.get(&key(name)).map_or(&[][..], Vec::as_slice);
        holders.iter().filter(|&&other| other != at).any(|&other| {
            self.all.get(other).is_some_and(|other| {
                let own = std::iter::once(&other.id)
                    .chain(&other.sources)
                    .any(|id| id.starts_with("sayso:"));
                own && other.countries.iter().any(|home| homes.contains(home))
            })
        })
    }

    fn note<'n>(&mut self, at: usize, names: impl Iterator<Item = &'n String>) {
        for name in names {
            let key = key(name);
            if key.is_empty() {
                continue;
            }
            if let Some(heard) = heard(&key) {
                let known = self.by_sound.entry(heard).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            }
            let known = self.by_key.entry(key).or_default();
            if !known.contains(&at) {
                known.push(at);
            }
        }
    }

    /// The actors, names and ids each once, links to ids that there are; and what came from where.
    pub(super) fn finish(mut self) -> (Vec<NewActor>, Counts) {
        let ids: BTreeMap<String, String> = self
            .all
            .iter()
            .flat_map(|actor| {
                std::iter::once(&actor.id)
                    .chain(&actor.sources)
                    .map(|id| (id.clone(), actor.id.clone()))
            })
            .collect();
        for actor in &mut self.all {
            let mut seen = vec![key(&actor.name)];
            actor.aliases.retain(|name| {
                let key = key(name);
                let new = !key.is_empty() && !seen.contains(&key) && seen.len() <= MOST_NAMES;
                if new {
                    seen.push(key);
                }
                new
            });
            let own = actor.id.clone();
            for list in [&mut actor.before, &mut actor.after] {
                let mut links: Vec<String> =
                    list.iter().filter_map(|id| ids.get(id).cloned()).collect();
                links.sort();
                links.dedup();
                links.retain(|id| *id != own);
                *list = links;
            }
            actor.sources.sort();
            actor.sources.dedup();
            actor.sources.retain(|id| *id != own);
        }
        (self.all, self.counts)
    }
}

/// Line breaks and runs of blanks in names become one blank.
fn one_line(actor: &mut NewActor) {
    for name in std::iter::once(&mut actor.name).chain(&mut actor.aliases) {
        *name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

/// The actors that an index has for one of `keys`, in a country of the record; where not
/// `strictly`, also where one of the two has no country.
fn agreeing<'k>(
    all: &[NewActor],
    index: &BTreeMap<String, Vec<usize>>,
    keys: impl IntoIterator<Item = &'k String>,
    record: &NewActor,
    strictly: bool,
) -> Vec<usize> {
    let mut found: Vec<usize> = keys
        .into_iter()
        .filter_map(|key| index.get(key))
        .flatten()
        .copied()
        .filter(|&at| {
            let Some(known) = all.get(at) else {
                return false;
            };
            let open = known.countries.is_empty() || record.countries.is_empty();
            let shared = known.countries.iter().any(|c| record.countries.contains(c));
            (shared || open && !strictly) && known.people == record.people
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
