//! Makes the bytes of a registry.

use std::collections::BTreeMap;

use fst::MapBuilder;

use crate::Day;
use crate::format::{HEADER, MAGIC, RegistryError, SECTIONS, VERSION};
use crate::kind::{KINDS, SECTORS, sector_of};
use crate::name::{heard, key};

/// Most actors of one name; what more share is no name.
const MOST: usize = 255;

/// An actor to be put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewActor {
    /// Stable id, `ucdp:1170`; of one source, or of this project.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Other names, acronyms and names in other scripts.
    pub aliases: Vec<String>,
    /// One of [`KINDS`].
    pub kind: String,
    /// One of [`SECTORS`]; of the kind where empty.
    pub sector: String,
    /// ISO 3166-1 alpha-3, the one it is at home in first.
    pub countries: Vec<String>,
    /// First day on which the name means this.
    pub start: Option<Day>,
    /// Last day, inclusive.
    pub end: Option<Day>,
    /// Ids in the sources, by each of which it is found as well.
    pub sources: Vec<String>,
    /// Ids of what it came from: was split from, was called before.
    pub before: Vec<String>,
    /// Ids of what it became or joined.
    pub after: Vec<String>,
    /// A people, clan or following, armed at times: its name alone says nothing of arms.
    pub people: bool,
}

/// Collects actors.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    actors: Vec<NewActor>,
}

impl Builder {
    /// Without any.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts one in.
    pub fn add(&mut self, actor: NewActor) {
        self.actors.push(actor);
    }

    /// The bytes: the same actors give the same ones, whatever order they came in.
    ///
    /// # Errors
    /// Where an index cannot be written.
    pub fn finish(mut self, edition: &str) -> Result<Vec<u8>, RegistryError> {
        self.actors
            .sort_by(|a, b| (&a.id, &a.name).cmp(&(&b.id, &b.name)));
        let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut sounds: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut ids: BTreeMap<&str, u64> = BTreeMap::new();
        let mut strings = Vec::new();
        let mut entries = Vec::new();
        for (number, actor) in self.actors.iter().enumerate() {
            let all = std::iter::once(&actor.name).chain(&actor.aliases);
            for (alias, name) in all.enumerate() {
                let posting = (number as u32) << 1 | u32::from(alias > 0);
                let key = key(name);
                if let Some(heard) = heard(&key).filter(|_| !actor.people) {
                    post(&mut sounds, heard, posting);
                }
                if !key.is_empty() {
                    post(&mut names, key, posting);
                }
            }
            record(actor, &mut strings, &mut entries);
        }
        // An id of its own goes before one that another entry only quotes.
        for (number, actor) in self.actors.iter().enumerate() {
            ids.entry(&actor.id).or_insert(number as u64);
        }
        for (number, actor) in self.actors.iter().enumerate() {
            for source in &actor.sources {
                ids.entry(source).or_insert(number as u64);
            }
        }
        let mut postings = Vec::new();
        let names = index(names, &mut postings)?;
        let sounds = index(sounds, &mut postings)?;
        let ids = map(ids.into_iter())?;
        let sections: [&[u8]; SECTIONS] = [
            edition.as_bytes(),
            &names,
            &sounds,
            &ids,
            &postings,
            &entries,
            &strings,
        ];
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((self.actors.len() as u32).to_le_bytes());
        let mut at = HEADER;
        for section in sections {
            bytes.extend((at as u32).to_le_bytes());
            bytes.extend((section.len() as u32).to_le_bytes());
            at += section.len();
        }
        for section in sections {
            bytes.extend(section);
        }
        Ok(bytes)
    }
}

/// Notes a name's entry once; as the main name where it is both.
fn post(names: &mut BTreeMap<String, Vec<u32>>, key: String, posting: u32) {
    let postings = names.entry(key).or_default();
    if !postings.iter().any(|&known| known >> 1 == posting >> 1) {
        postings.push(posting);
    }
}

/// Writes the record of an actor and its texts.
fn record(actor: &NewActor, strings: &mut Vec<u8>, entries: &mut Vec<u8>) {
    let mut put = |number: u32| entries.extend(number.to_le_bytes());
    for text in [
        actor.id.clone(),
        actor.name.clone(),
        actor.countries.join("\n"),
        actor.aliases.join("\n"),
        actor.sources.join("\n"),
        actor.before.join("\n"),
        actor.after.join("\n"),
    ] {
        put(strings.len() as u32);
        put(text.len() as u32);
        strings.extend(text.as_bytes());
    }
    let place = |codes: &[&str], code: &str| codes.iter().position(|c| *c == code);
    let kind = place(KINDS, &actor.kind).unwrap_or(KINDS.len() - 1);
    let sector = place(&SECTORS, &actor.sector)
        .or_else(|| sector_of(&actor.kind).and_then(|code| place(&SECTORS, code)))
        .map_or(0, |at| at + 1);
    put(kind as u32 | (sector as u32) << 8 | u32::from(actor.people) << 16);
    put(Day::number(actor.start));
    put(Day::number(actor.end));
}

/// Writes the postings of every name and the map that leads to them.
fn index(
    names: BTreeMap<String, Vec<u32>>,
    postings: &mut Vec<u8>,
) -> Result<Vec<u8>, RegistryError> {
    let mut pairs = Vec::with_capacity(names.len());
    for (name, mut found) in names {
        found.truncate(MOST);
        let first = (postings.len() / 4) as u64;
        pairs.push((name, first << 8 | found.len() as u64));
        for posting in found {
            postings.extend(posting.to_le_bytes());
        }
    }
    map(pairs.iter().map(|(name, value)| (name.as_str(), *value)))
}

fn map<'s>(pairs: impl Iterator<Item = (&'s str, u64)>) -> Result<Vec<u8>, RegistryError> {
    let mut builder = MapBuilder::memory();
    for (name, value) in pairs {
        builder.insert(name, value).map_err(RegistryError::Index)?;
    }
    builder.into_inner().map_err(RegistryError::Index)
}
