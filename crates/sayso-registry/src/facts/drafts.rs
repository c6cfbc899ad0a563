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
        // A rebel army is no state's, unless it has become that: the name is then one and the same.
        same = same.filter(|&at| {
            self.all.get(at).is_some_and(|known| {
                !known.id.starts_with("state:")
                    || known.kind == record.kind
                    || key(&known.name) == key(&record.name)
            })
        });
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

    /// Whether the actor with this id has a name, however it is written.
    pub(super) fn bears(&self, id: &str, name: &str) -> bool {
        let wanted = key(name);
        self.all.iter().filter(|actor| actor.id == id).any(|actor| {
            std::iter::once(&actor.name)
                .chain(&actor.aliases)
                .any(|known| key(known) == wanted)
        })
    }

    /// Takes an alias from the actor with this id, which another one bears from here on.
    pub(super) fn take_name(&mut self, id: &str, name: &str) {
        let taken = key(name);
        let Some(at) = self.all.iter().position(|actor| actor.id == id) else {
            return;
        };
        self.all[at].aliases.retain(|alias| key(alias) != taken);
        if key(&self.all[at].name) != taken
            && let Some(known) = self.by_key.get_mut(&taken)
        {
            known.retain(|&other| other != at);
        }
    }

    /// Makes the names that were given to the actor with this id known to the records that follow.
    pub(super) fn note_names(&mut self, id: &str) {
        if let Some(at) = self.all.iter().position(|actor| actor.id == id) {
            let actor = &self.all[at];
            let names: Vec<String> = std::iter::once(&actor.name)
                .chain(&actor.aliases)
                .cloned()
                .collect();
            self.note(at, names.iter());
        }
    }

    /// Puts in an actor of a state's own kind and of a time of its own: it is the one that there is
    /// of the same days and country, if one of its names is.
    pub(super) fn put_of_time(&mut self, source: &'static str, record: NewActor) {
        let names: Vec<String> = std::iter::once(&record.name)
            .chain(&record.aliases)
            .map(|name| key(name))
            .collect();
        let mut same = agreeing(&self.all, &self.by_key, &names, &record, true);
        same.retain(|&at| {
            self.all.get(at).is_some_and(|known| {
                known.kind == record.kind && (known.start, known.end) == (record.start, record.end)
            })
        });
        if let [one] = same[..] {
            let count = self.counts.entry(source).or_insert((0, 0));
            count.0 += 1;
            count.1 += 1;
            self.join(one, record);
        } else {
            self.add_counted(source, record);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;

    fn actor(id: &str, name: &str, aliases: &[&str], kind: &str) -> NewActor {
        NewActor {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
            kind: kind.to_owned(),
            countries: vec!["XAA".to_owned()],
            ..NewActor::default()
        }
    }

    fn army() -> Drafts {
        let mut drafts = Drafts::default();
        let id = "state:XAA:armed-forces";
        drafts.add(actor(
            id,
            "Armed Forces of Aa",
            &["Aan army"],
            "state-forces",
        ));
        let known = drafts.by_id(id).unwrap();
        known.aliases.insert(0, "Aa Defence Forces".to_owned());
        drafts.note_names(id);
        drafts
    }

    fn ids(drafts: Drafts) -> Vec<String> {
        drafts.finish().0.into_iter().map(|a| a.id).collect()
    }

    #[test]
    fn a_record_joins_the_body_by_a_name_that_it_was_given_later() {
        let mut drafts = army();
        let record = actor("own:adf", "Aa Defense Forces", &["AADF"], "state-forces");
        drafts.put("own", record, Unknown::Add);
        let (all, counts) = drafts.finish();
        assert_eq!(all.len(), 1);
        assert_eq!(counts["own"], (1, 1));
        assert!(all[0].aliases.contains(&"AADF".to_owned()));
        assert_eq!(all[0].sources, ["own:adf"]);
    }

    #[test]
    fn a_rebel_army_is_no_states_but_one_that_became_it() {
        let mut drafts = army();
        let alias = actor("x:1", "Aa Defence Forces", &[], "rebel-group");
        drafts.put("x", alias, Unknown::Add);
        assert_eq!(ids(drafts), ["state:XAA:armed-forces", "x:1"]);
        let mut drafts = army();
        let became = actor("x:1", "Armed Forces of Aa", &[], "rebel-group");
        drafts.put("x", became, Unknown::Add);
        assert_eq!(ids(drafts), ["state:XAA:armed-forces"]);
    }

    #[test]
    fn what_is_of_the_same_days_is_one() {
        let of_time = |id: &str, since: u32| NewActor {
            start: Day::new(since, 1, 1),
            end: Day::new(2024, 12, 8),
            ..actor(id, "Aan Guard", &[], "state-forces")
        };
        let mut drafts = Drafts::default();
        drafts.add(of_time("state:XAA:armed-forces:1971", 1971));
        drafts.put_of_time("own", of_time("own:guard", 1971));
        drafts.put_of_time("own", of_time("own:other", 1999));
        assert_eq!(ids(drafts), ["state:XAA:armed-forces:1971", "own:other"]);
    }

    #[test]
    fn a_name_of_one_time_is_no_longer_the_bodys_of_all() {
        let mut drafts = army();
        assert!(drafts.bears("state:XAA:armed-forces", "the Aan Army"));
        drafts.take_name("state:XAA:armed-forces", "Aan Army");
        assert!(!drafts.bears("state:XAA:armed-forces", "Aan Army"));
        drafts.put(
            "x",
            actor("x:1", "Aan army", &[], "state-forces"),
            Unknown::Add,
        );
        assert_eq!(ids(drafts), ["state:XAA:armed-forces", "x:1"]);
    }
}
