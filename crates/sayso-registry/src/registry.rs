//! Looking actors up.

use fst::Map;

use crate::format::{
    Data, HEADER, MAGIC, RECORD, RegistryError, SECTIONS, Section, VERSION, number,
};
use crate::kind::{KINDS, SECTORS};
use crate::name::{acronym, heard, is_acronym, key};
use crate::{Body, Day};

/// Words that say what a name names and may be missing from it: "the Islamic State group".
const GENERIC: &[&str] = &[
    "group",
    "movement",
    "militia",
    "organization",
    "network",
    "gang",
    "cartel",
    "rebels",
    "fighters",
    "militants",
    "faction",
    "coalition",
    "alliance",
];

/// Actors by name: those of the program, and before them those of the user's own.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    shipped: Option<Table>,
    own: Option<Table>,
}

/// One file of them.
#[derive(Clone, Debug)]
struct Table {
    edition: Section,
    count: usize,
    names: Map<Section>,
    heard: Map<Section>,
    ids: Map<Section>,
    postings: Section,
    entries: Section,
    strings: Section,
}

/// How a name led to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is the usual name.
    Name,
    /// It is another name of it.
    Alias,
    /// It is its acronym.
    Acronym,
    /// It sounds like a name of it.
    Heard,
}

/// An entry that a name may mean.
#[derive(Clone, Copy, Debug)]
pub struct Match<'r> {
    /// The entry.
    pub entry: Entry<'r>,
    /// How the name led to it.
    pub how: How,
}

/// One actor.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'r> {
    table: &'r Table,
    number: usize,
    own: bool,
}

impl Registry {
    /// The registry in the bytes of a program; nothing is copied or parsed.
    ///
    /// # Errors
    /// Where the bytes are no registry.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, RegistryError> {
        Ok(Self {
            shipped: Some(Table::of(&Data::Static(bytes))?),
            own: None,
        })
    }

    /// The registry in bytes that were made or read.
    ///
    /// # Errors
    /// Where the bytes are no registry.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, RegistryError> {
        Ok(Self {
            shipped: Some(Table::of(&Data::Owned(bytes.into()))?),
            own: None,
        })
    }

    /// This registry with a user's own before it: a name that is in both means the user's, and so
    /// does an id.
    ///
    /// # Errors
    /// Where the bytes are no registry.
    pub fn with_own(mut self, bytes: Vec<u8>) -> Result<Self, RegistryError> {
        self.own = Some(Table::of(&Data::Owned(bytes.into()))?);
        Ok(self)
    }

    /// What facts it is made of, with the user's own behind `+`; empty where there is nothing.
    pub fn edition(&self) -> String {
        let edition = |table: &Option<Table>| -> String {
            table.as_ref().map_or(String::new(), |table| {
                let end = table.edition.as_ref().len();
                table.edition.text(0..end).to_owned()
            })
        };
        match &self.own {
            Some(_) => format!("{}+{}", edition(&self.shipped), edition(&self.own)),
            None => edition(&self.shipped),
        }
    }

    /// How many actors there are.
    pub fn len(&self) -> usize {
        self.tables().map(|(table, _)| table.count).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many different written names the shipped part has.
    pub fn name_count(&self) -> usize {
        self.shipped.as_ref().map_or(0, |table| table.names.len())
    }

    /// All actors, the user's own first, then by id.
    pub fn all(&self) -> impl Iterator<Item = Entry<'_>> {
        self.tables().flat_map(|(table, own)| {
            (0..table.count).map(move |number| Entry { table, number, own })
        })
    }

    /// The actors that `name` is written for: by its letters, else with its generic last word left
    /// out ("the Dawn group") or an acronym written as a word ("Unita"), else by its sound. Usual
    /// names first; none that the user's own of that name stand for.
    pub fn find(&self, name: &str) -> Vec<Match<'_>> {
        let key = key(name);
        if key.is_empty() {
            return Vec::new();
        }
        let found = self.written(&key);
        if !found.is_empty() {
            return found;
        }
        for other in other_keys(name, &key) {
            let found = self.written(&other);
            if !found.is_empty() {
                return found;
            }
        }
        self.sounding(&key)
    }

    /// As [`Registry::find`], by the letters of the name alone.
    pub fn find_written(&self, name: &str) -> Vec<Match<'_>> {
        let key = key(name);
        if key.is_empty() {
            return Vec::new();
        }
        self.written(&key)
    }

    /// The actor with this id, its own or one of a source.
    pub fn by_id(&self, id: &str) -> Option<Entry<'_>> {
        self.tables().find_map(|(table, own)| {
            let number = table.ids.get(id)? as usize;
            (number < table.count).then_some(Entry { table, number, own })
        })
    }

    /// The body of a state (ISO 3166-1 alpha-3).
    pub fn body(&self, country: &str, body: Body) -> Option<Entry<'_>> {
        self.by_id(&body.id(country))
    }

    fn tables(&self) -> impl Iterator<Item = (&Table, bool)> {
        let own = self.own.as_ref().map(|table| (table, true));
        let shipped = self.shipped.as_ref().map(|table| (table, false));
        own.into_iter().chain(shipped)
    }

    fn written(&self, key: &str) -> Vec<Match<'_>> {
        let how = |alias| match (key.starts_with('='), alias) {
            (true, _) => How::Acronym,
            (false, true) => How::Alias,
            (false, false) => How::Name,
        };
        self.look_up(|table| table.names.get(key), how)
    }

    fn sounding(&self, key: &str) -> Vec<Match<'_>> {
        let Some(heard) = heard(key) else {
            return Vec::new();
        };
        let mut found = self.look_up(|table| table.heard.get(&heard), |_| How::Heard);
        // Adjectives of states are written one way: the Karenni army is not the Korean one.
        found.retain(|m| !m.entry.id().starts_with("state:"));
        found
    }

    fn look_up(
        &self,
        value: impl Fn(&Table) -> Option<u64>,
        how: impl Fn(bool) -> How,
    ) -> Vec<Match<'_>> {
        for (table, own) in self.tables() {
            let Some(value) = value(table) else {
                continue;
            };
            let (first, count) = ((value >> 8) as usize, (value & 255) as usize);
            let mut found: Vec<Match<'_>> = (first..first + count)
                .map(|at| table.postings.number(at))
                .filter(|posting| ((posting >> 1) as usize) < table.count)
                .map(|posting| Match {
                    entry: Entry {
                        table,
                        number: (posting >> 1) as usize,
                        own,
                    },
                    how: how(posting & 1 == 1),
                })
                .collect();
            // An entry that the user has put in the place of a shipped one stands for it.
            if !own {
                let replaced = |m: &Match<'_>| self.by_id(m.entry.id()).is_some_and(|e| e.own);
                found.retain(|m| !replaced(m));
            }
            found.sort_by_key(|m| m.how);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// Keys to try where the name's own leads to nothing.
fn other_keys(name: &str, key: &str) -> Vec<String> {
    let mut others = Vec::new();
    if let Some((rest, last)) = key.rsplit_once(' ')
        && GENERIC.contains(&last)
    {
        // "the DLF group": what is left may be an acronym.
        let before = name.trim().rsplit_once(char::is_whitespace);
        others.extend(before.map(|(before, _)| crate::name::key(before)));
        others.push(rest.to_owned());
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let one_word = !name.trim().contains(char::is_whitespace);
    let capital = name.trim().chars().next().is_some_and(char::is_uppercase);
    if one_word && capital && letters >= 4 {
        if is_acronym(name.trim()) {
            // A headline in capitals.
            others.push(crate::name::key(&name.trim().to_lowercase()));
        } else if name.is_ascii() {
            // "Unita", "Farc".
            others.push(acronym(name.trim()));
        }
    }
    others
}

impl Table {
    fn of(data: &Data) -> Result<Self, RegistryError> {
        let bytes = data.bytes();
        if bytes.len() < HEADER || bytes.get(..8) != Some(&MAGIC[..]) {
            return Err(RegistryError::NoRegistry);
        }
        let version = number(bytes, 8);
        if version != VERSION {
            return Err(RegistryError::Version(version));
        }
        let count = number(bytes, 12) as usize;
        let section = |at: usize| {
            let start = number(bytes, 16 + at * 8) as usize;
            let length = number(bytes, 20 + at * 8) as usize;
            let end = start.checked_add(length).ok_or(RegistryError::NoRegistry)?;
            Section::new(data, start..end).ok_or(RegistryError::NoRegistry)
        };
        let map = |at: usize| {
            let map = Map::new(section(at)?).map_err(RegistryError::Index)?;
            // An index that is damaged may lead anywhere; what is part of the program is not read
            // through for that at every start, a test does.
            if matches!(data, Data::Owned(_)) {
                map.as_fst().verify().map_err(RegistryError::Index)?;
            }
            Ok(map)
        };
        let table = Self {
            edition: section(0)?,
            count,
            names: map(1)?,
            heard: map(2)?,
            ids: map(3)?,
            postings: section(4)?,
            entries: section(5)?,
            strings: section(SECTIONS - 1)?,
        };
        if Some(table.entries.as_ref().len()) != count.checked_mul(RECORD * 4) {
            return Err(RegistryError::NoRegistry);
        }
        Ok(table)
    }
}

impl<'r> Entry<'r> {
    fn field(self, at: usize) -> u32 {
        self.table.entries.number(self.number * RECORD + at)
    }

    fn text(self, at: usize) -> &'r str {
        let (start, length) = (self.field(at * 2) as usize, self.field(at * 2 + 1) as usize);
        self.table.strings.text(start..start + length)
    }

    fn lines(self, at: usize) -> impl Iterator<Item = &'r str> {
        self.text(at).split('\n').filter(|line| !line.is_empty())
    }

    /// Stable id.
    pub fn id(self) -> &'r str {
        self.text(0)
    }

    /// Usual English name.
    pub fn name(self) -> &'r str {
        self.text(1)
    }

    /// Where it is at home, ISO 3166-1 alpha-3, the main one first.
    pub fn countries(self) -> impl Iterator<Item = &'r str> {
        self.lines(2)
    }

    /// Other names.
    pub fn aliases(self) -> impl Iterator<Item = &'r str> {
        self.lines(3)
    }

    /// Ids in the sources.
    pub fn sources(self) -> impl Iterator<Item = &'r str> {
        self.lines(4)
    }

    /// Ids of what it came from.
    pub fn before(self) -> impl Iterator<Item = &'r str> {
        self.lines(5)
    }

    /// Ids of what it became or joined.
    pub fn after(self) -> impl Iterator<Item = &'r str> {
        self.lines(6)
    }

    /// Kind of actor.
    pub fn kind(self) -> &'static str {
        let at = self.field(14) as usize & 0xff;
        KINDS.get(at).copied().unwrap_or("unknown")
    }

    /// PLOVER sector.
    pub fn sector(self) -> Option<&'static str> {
        let at = self.field(14) as usize >> 8 & 0xff;
        SECTORS.get(at.checked_sub(1)?).copied()
    }

    /// Whether it is a people, clan or following, whose name alone says nothing of arms.
    pub fn is_people(self) -> bool {
        self.field(14) >> 16 & 1 == 1
    }

    /// First day on which its names mean it, where one is known.
    pub fn start(self) -> Option<Day> {
        Day::from_number(self.field(15))
    }

    /// Last such day.
    pub fn end(self) -> Option<Day> {
        Day::from_number(self.field(16))
    }

    /// Whether its names mean it on `day`.
    pub fn is_valid(self, day: Day) -> bool {
        self.start().is_none_or(|start| start <= day) && self.end().is_none_or(|end| day <= end)
    }

    /// Whether it is the user's own.
    pub fn is_own(self) -> bool {
        self.own
    }
}

impl PartialEq for Entry<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id() && self.own == other.own
    }
}

impl Eq for Entry<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Builder, NewActor};

    fn actor(id: &str, name: &str, aliases: &[&str], kind: &str, country: &str) -> NewActor {
        NewActor {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
            kind: kind.to_owned(),
            countries: vec![country.to_owned()],
            ..NewActor::default()
        }
    }

    fn bytes(actors: &[NewActor]) -> Vec<u8> {
        let mut builder = Builder::new();
        for actor in actors {
            builder.add(actor.clone());
        }
        builder.finish("test 1").unwrap()
    }

    fn some() -> Vec<NewActor> {
        let mut dawn = actor(
            "t:1",
            "Dawn Liberation Front",
            &["DLF", "Jabhat al-Fajr", "جبهة الفجر"],
            "rebel-group",
            "SYR",
        );
        dawn.sources = vec!["x:77".to_owned()];
        dawn.after = vec!["t:2".to_owned()];
        dawn.end = Day::parse("2020-05-01", false);
        vec![
            dawn,
            actor("t:2", "Dusk Front", &["DLF"], "political-militia", "IRQ"),
            actor(
                "state:SYR:police",
                "Police of Syria",
                &["Syrian Gendarmerie"],
                "state-forces",
                "SYR",
            ),
        ]
    }

    fn ids(registry: &Registry, name: &str) -> Vec<String> {
        registry
            .find(name)
            .iter()
            .map(|m| m.entry.id().to_owned())
            .collect()
    }

    #[test]
    fn finds_by_every_kind_of_name() {
        let registry = Registry::from_bytes(bytes(&some())).unwrap();
        assert_eq!((registry.len(), registry.edition().as_str()), (3, "test 1"));
        for name in [
            "the Dawn Liberation Front",
            "Jabhat Al Fajr",
            "Jabhet el-Fajr",
            "جبهة الفجر",
            "Dawn Liberation Front group",
        ] {
            assert_eq!(ids(&registry, name), ["t:1"], "{name}");
        }
        assert_eq!(ids(&registry, "DLF"), ["t:1", "t:2"]);
        assert_eq!(registry.find("DLF")[0].how, How::Acronym);
        assert_eq!(registry.find("Jabhet el-Fajr")[0].how, How::Heard);
        assert_eq!(ids(&registry, "Syrian gendarmerie"), ["state:SYR:police"]);
        // A state's body is not found by sound, though it would be heard.
        for sound in ["Siriyan Gendarmery", "Suriyan Gendarmerie"] {
            assert_eq!(
                heard(&key(sound)),
                heard(&key("Syrian gendarmerie")),
                "{sound}"
            );
            assert!(registry.find(sound).is_empty(), "{sound}");
        }
        assert!(registry.find("dlf").is_empty());
        assert!(registry.find("the").is_empty() && registry.find("").is_empty());
    }

    #[test]
    fn an_entry_tells_what_was_put_in() {
        let registry = Registry::from_bytes(bytes(&some())).unwrap();
        let dawn = registry.by_id("x:77").unwrap();
        assert_eq!(dawn.id(), "t:1");
        assert_eq!((dawn.kind(), dawn.sector()), ("rebel-group", Some("REB")));
        assert_eq!(dawn.countries().collect::<Vec<_>>(), ["SYR"]);
        assert_eq!(dawn.aliases().count(), 3);
        assert_eq!(dawn.after().collect::<Vec<_>>(), ["t:2"]);
        assert!(dawn.is_valid(Day::new(2020, 5, 1).unwrap()));
        assert!(!dawn.is_valid(Day::new(2020, 5, 2).unwrap()));
        let police = registry.body("SYR", Body::Police).unwrap();
        assert_eq!(police.name(), "Police of Syria");
        assert!(registry.body("IRQ", Body::Police).is_none());
    }

    #[test]
    fn the_order_of_input_does_not_matter() {
        let mut other = some();
        other.reverse();
        assert_eq!(bytes(&some()), bytes(&other));
    }

    #[test]
    fn the_users_own_come_first() {
        let registry = Registry::from_bytes(bytes(&some())).unwrap();
        let own = bytes(&[
            actor("own:1", "Our Front", &["DLF"], "organisation", "TUR"),
            actor("t:2", "Dusk Front of Old", &["Dusk"], "rebel-group", "IRQ"),
        ]);
        let registry = registry.with_own(own).unwrap();
        assert_eq!(ids(&registry, "DLF"), ["own:1"]);
        assert_eq!(registry.by_id("t:2").unwrap().kind(), "rebel-group");
        assert!(
            ids(&registry, "Dusk Front").is_empty(),
            "its entry is replaced"
        );
        assert_eq!(ids(&registry, "Dawn Liberation Front"), ["t:1"]);
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(Registry::from_bytes(b"places".to_vec()).is_err());
        let mut short = bytes(&some());
        short.truncate(HEADER + 10);
        assert!(Registry::from_bytes(short).is_err());
        let mut newer = bytes(&some());
        newer[8] = 9;
        let error = Registry::from_bytes(newer).unwrap_err().to_string();
        assert!(error.contains('9') && error.contains('1'), "{error}");
        assert!(Registry::default().find("DLF").is_empty());
    }
}
