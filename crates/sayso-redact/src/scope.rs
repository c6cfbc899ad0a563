//! Who must not be named, gathered over reports, and what of it holds for some of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use sayso_api::{ActorJson, SheetJson};
use sha2::{Digest as _, Sha256};

use crate::district::{Districts, Nowhere};
use crate::fold::{folded_words, words};
use crate::matching::{Patterns, Search, Told, parts};
use crate::spot::{self, Spot};
use crate::{LeftOut, Rewritten, Rule};

/// Whom and what the gathered reports must not show.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    reports: BTreeMap<String, OfReport>,
    /// Names of several words, and houses by their numbers: they hold for every report.
    full: Arc<Patterns>,
}

/// What one report tells.
#[derive(Clone, Debug, Default)]
struct OfReport {
    /// Names of the protected, with the rule.
    protected: Vec<(String, Rule)>,
    /// Names of persons who are not.
    public: BTreeSet<Vec<String>>,
    /// Names that a part of a protected name may be part of: places, groups, offices' holders.
    kept: Vec<String>,
    spots: Vec<Spot>,
    /// Houses among them by their numbers.
    houses: Vec<Vec<String>>,
    /// Single words that are all there is of a protected name.
    whole: BTreeSet<String>,
    /// Whose message it passes on, and who wrote it; and who published it.
    passed_on: Vec<Vec<String>>,
    outlet: Option<Vec<String>>,
    /// Hash of its text, which only whoever has the report can make.
    seal: [u8; 32],
}

/// What must not be seen of some reports that are seen together.
///
/// Names of several words hold for every gathered report, but where somebody of that name is public in
/// one of these and protected in none; their parts, and names of one word, hold where somebody of that
/// name is protected in one of these.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    full: Arc<Patterns>,
    names: Patterns,
    kept: Patterns,
    spots: BTreeMap<String, Spot>,
    /// Names that are presumed private in one report and known to be public from another; and public
    /// ones that only reports outside protect, where they may be somebody else's.
    lifted: Patterns,
    whole: BTreeSet<String>,
    /// Names that only whose message is passed on, or who writes, is known by.
    passed_on: Patterns,
    /// Hashes of the texts of its reports, by their ids.
    seals: BTreeMap<String, [u8; 32]>,
}

impl Redaction {
    /// Takes what a sheet tells of who and what must not be shown; of a report that is gathered again
    /// the newer sheet holds, but names of several words stay protected elsewhere. Spots lose their coordinates; see
    /// [`Redaction::gather_with`].
    pub fn gather(&mut self, sheet: &SheetJson<'_>) {
        self.gather_with(sheet, &Nowhere);
    }

    /// As [`Redaction::gather`]; spots get the coordinates of their districts.
    pub fn gather_with(&mut self, sheet: &SheetJson<'_>, districts: &dyn Districts) {
        let mut of = OfReport {
            spots: spot::of_sheet(sheet, districts),
            seal: Sha256::digest(sheet.report.text.as_bytes()).into(),
            outlet: sheet.report.outlet.as_deref().map(folded_words),
            ..OfReport::default()
        };
        of.houses = spot::houses(sheet, &of.spots);
        let report = &sheet.report;
        let passed_on = [&report.forwarded_from, &report.author];
        let passed_on = passed_on.into_iter().flatten();
        of.passed_on = passed_on.map(|name| folded_words(name)).collect();
        let mut persons: Vec<[usize; 2]> = Vec::new();
        for actor in &sheet.actors {
            let names = names(actor);
            if let Some(rule) = rule_of(actor) {
                persons.extend(actor.mentions.iter().copied());
                let folded: Vec<Vec<String>> =
                    names.iter().map(|name| folded_words(name)).collect();
                if folded.iter().all(|name| name.len() < 2) {
                    of.whole.extend(folded.into_iter().flatten());
                }
                of.protected
                    .extend(names.into_iter().map(|name| (name, rule)));
                continue;
            }
            of.public
                .extend(actor.names.iter().map(|name| folded_words(name)));
            if is_known(actor) {
                let others = std::iter::once(&actor.name).chain(&actor.aliases);
                of.kept.extend(others.map(ToString::to_string));
            }
        }
        // What the gazetteer reads into a protected name is no place.
        let places = sheet.places.iter();
        for place in places.filter(|place| !overlaps(&persons, place.span)) {
            if !of.spots.iter().any(|spot| spot.name == place.name) {
                of.kept.push(place.name.to_string());
                of.kept.push(place.quote.to_string());
            }
        }
        for spot in &of.spots {
            of.kept.push(spot.coarse.name.clone());
            of.kept.extend(spot.coarse.admin1.clone());
        }
        let full = Arc::make_mut(&mut self.full);
        for (name, rule) in &of.protected {
            let folded = folded_words(name);
            if folded.len() > 1 {
                full.add_words(folded, *rule);
            }
        }
        for house in &of.houses {
            full.add_words(house.clone(), Rule::ExactSpot);
        }
        self.reports.insert(sheet.report.id.to_string(), of);
    }

    /// What holds for some reports that are seen together: one, or those of an incident.
    pub fn scope<'i>(&self, reports: impl IntoIterator<Item = &'i str>) -> Scope {
        let (own_ids, own): (Vec<String>, Vec<&OfReport>) = reports
            .into_iter()
            .filter_map(|id| Some((id.to_owned(), self.reports.get(id)?)))
            .unzip();
        let mut scope = Scope {
            full: Arc::clone(&self.full),
            ..Scope::default()
        };
        // The strictest rule by which a report here protects a name.
        let mut protected: BTreeMap<Vec<String>, Rule> = BTreeMap::new();
        for (name, rule) in own.iter().flat_map(|of| &of.protected) {
            let strictest = protected.entry(folded_words(name)).or_insert(*rule);
            *strictest = (*strictest).min(*rule);
        }
        let public = own.iter().flat_map(|of| &of.public);
        for name in public.filter(|name| name.len() > 1) {
            if protected
                .get(name)
                .is_none_or(|rule| *rule == Rule::Private)
            {
                scope.lifted.add_words(name.clone(), Rule::Private);
            }
        }
        let reports = own_ids.iter().zip(&own);
        scope.seals = reports.map(|(id, of)| (id.clone(), of.seal)).collect();
        let outlets: BTreeSet<&Vec<String>> =
            own.iter().filter_map(|of| of.outlet.as_ref()).collect();
        let passed_on = own.iter().flat_map(|of| &of.passed_on);
        let passed_on = passed_on.filter(|name| !name.is_empty() && !outlets.contains(name));
        for name in passed_on {
            scope.passed_on.add_words(name.clone(), Rule::ForwardedFrom);
        }
        for of in &own {
            scope.whole.extend(of.whole.iter().cloned());
            for name in &of.kept {
                scope.kept.add(name, Rule::Private);
            }
        }
        for of in &own {
            for (name, rule) in &of.protected {
                let folded = folded_words(name);
                if scope.is_lifted(&folded, *rule) {
                    continue;
                }
                if folded.len() > 1 {
                    for part in parts(name) {
                        scope.names.add_words(vec![part], *rule);
                    }
                }
                scope.names.add_words(folded, *rule);
            }
            for spot in &of.spots {
                for name in &spot.names {
                    let proper = words(name).iter().any(|word| word.is_capital);
                    let folded = folded_words(name);
                    if proper && !scope.kept.has(&folded) {
                        scope.names.add_words(folded, Rule::ExactSpot);
                    }
                }
                scope.spots.insert(spot.name.clone(), spot.clone());
            }
            for house in &of.houses {
                scope.names.add_words(house.clone(), Rule::ExactSpot);
            }
        }
        scope
    }
}

impl Scope {
    /// `text` with placeholders for what must not be seen.
    pub fn text(&self, text: &str) -> String {
        self.rewritten(text).text()
    }

    /// As [`Scope::text`], counting what was left out as things of a kind.
    pub fn text_of(&self, kind: &'static str, text: &str, left_out: &mut LeftOut) -> String {
        let new = self.rewritten(text);
        new.note(kind, left_out);
        new.text()
    }

    /// `text` with placeholders, and where its characters have gone.
    pub fn rewritten(&self, text: &str) -> Rewritten {
        Rewritten::of(text, &self.search().find(text))
    }

    /// Whether something that must not be seen is spelt in an address, an id or a file name, in
    /// whatever case and however its words are joined.
    pub fn is_spelt_in(&self, address: &str) -> bool {
        self.search().is_spelt_in(&decoded(address))
    }

    /// An id of a report as it may be seen: itself, or where it spells a protected name a hash of it
    /// and the report's text. Of the id alone whoever guesses the name could make the hash too.
    pub fn id(&self, id: &str) -> String {
        if self.is_spelt_in(id) {
            self.renewed("r:", id, id, 8)
        } else {
            id.to_owned()
        }
    }

    /// The id of a finding or actor of a report as it may be seen: it is a hash of the report's id,
    /// and where that is made anew so is this.
    pub(crate) fn part_id(&self, report: &str, id: &str) -> String {
        match id.split_at_checked(2) {
            Some((kind, _)) if self.is_spelt_in(report) => self.renewed(kind, report, id, 6),
            _ => id.to_owned(),
        }
    }

    /// An id of so many bytes, hashed with the text of a report that is not for everybody.
    pub(crate) fn renewed(&self, kind: &str, report: &str, id: &str, bytes: usize) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.seals.get(report).copied().unwrap_or_default());
        hasher.update(id.as_bytes());
        let hash = hasher.finalize();
        hash.iter()
            .take(bytes)
            .fold(kind.to_owned(), |mut all, byte| {
                let _ = write!(all, "{byte:02x}");
                all
            })
    }

    /// Whether a report is gathered here.
    pub(crate) fn knows(&self, report: &str) -> bool {
        self.seals.contains_key(report)
    }

    /// The name of an origin as it may be seen: whose message is passed on may be the origin, or
    /// stand beside one whom others quote too (“residents (to …)”).
    pub(crate) fn origin(&self, name: &str, left_out: &mut LeftOut) -> String {
        let (nothing, nobody) = (Patterns::default(), BTreeSet::new());
        let search = Search {
            own: &self.passed_on,
            full: &nothing,
            lifted: &nothing,
            kept: &nothing,
            whole: &nobody,
        };
        let told = Told {
            persons: vec![[0, name.len()]],
            places: Vec::new(),
        };
        let new = Rewritten::of(name, &search.find_where(name, &told));
        new.note("origin", left_out);
        self.text_of("origin", &new.text(), left_out)
    }

    /// The name of a place as it may be seen: a town that somebody is called by is still a town.
    pub(crate) fn place_name(&self, name: &str) -> String {
        let told = Told {
            persons: Vec::new(),
            places: vec![[0, name.len()]],
        };
        Rewritten::of(name, &self.search().find_where(name, &told)).text()
    }

    /// The text of a sheet, which tells where its persons and places stand.
    pub(crate) fn rewritten_sheet(&self, sheet: &SheetJson<'_>) -> Rewritten {
        let text = sheet.report.text.as_ref();
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        let bytes = |[start, end]: [usize; 2]| {
            let at = |point: usize| starts.get(point).copied().unwrap_or(text.len());
            [at(start), at(end)]
        };
        let protected = sheet.actors.iter();
        let protected = protected.filter(|actor| self.protects(actor).is_some());
        let persons: Vec<[usize; 2]> = protected
            .flat_map(|actor| actor.mentions.iter().copied())
            .map(bytes)
            .collect();
        let places = sheet.places.iter().map(|place| bytes(place.span));
        let places = places.filter(|place| !overlaps(&persons, *place)).collect();
        let told = Told { persons, places };
        Rewritten::of(text, &self.search().find_where(text, &told))
    }

    /// Everything that must not be found in what is seen of these reports: folded to lower case
    /// without marks, words joined by one blank. For tests of outputs.
    pub fn strings(&self) -> Vec<String> {
        let all = self.names.all();
        let is_whole = |words: &[String]| words.iter().all(|word| self.whole.contains(word));
        let free =
            all.filter(|(words, _)| words.len() > 1 || is_whole(words) || !self.kept.has(words));
        free.map(|(words, _)| words.join(" ")).collect()
    }

    /// Why an actor is not named here; `None` for whoever may be.
    pub(crate) fn protects(&self, actor: &ActorJson<'_>) -> Option<Rule> {
        let rule = rule_of(actor)?;
        let names = names(actor);
        let public = names
            .iter()
            .any(|name| self.is_lifted(&folded_words(name), rule));
        (!public).then_some(rule)
    }

    /// The spot of this name, where it must not be shown.
    pub(crate) fn spot(&self, name: &str) -> Option<&Spot> {
        self.spots.get(name)
    }

    /// Every spot that must not be shown.
    pub(crate) fn spots(&self) -> impl Iterator<Item = &Spot> {
        self.spots.values()
    }

    fn search(&self) -> Search<'_> {
        Search {
            own: &self.names,
            full: &self.full,
            lifted: &self.lifted,
            kept: &self.kept,
            whole: &self.whole,
        }
    }

    fn is_lifted(&self, folded: &[String], rule: Rule) -> bool {
        rule == Rule::Private && self.lifted.has(folded)
    }
}

fn overlaps(spans: &[[usize; 2]], [start, end]: [usize; 2]) -> bool {
    let mut spans = spans.iter();
    spans.any(|span| start < span[1] && span[0] < end)
}

/// Whether an actor has a name that is known in public: a person's, a listed one, or a body's. “The
/// beach of Orlu” is none, though somebody shelled it.
fn is_known(actor: &ActorJson<'_>) -> bool {
    let body = !matches!(actor.kind.as_ref(), "unknown" | "civilians" | "person");
    let proper = words(&actor.name)
        .first()
        .is_some_and(|word| word.is_capital);
    actor.registry.is_some() || !actor.names.is_empty() || body && proper
}

/// Why an actor is protected by its own sheet.
fn rule_of(actor: &ActorJson<'_>) -> Option<Rule> {
    actor.protect.as_deref().and_then(Rule::of_protect)
}

/// The proper names of a person; sheets of older versions do not tell them from common nouns, and
/// there capitals do.
fn names(actor: &ActorJson<'_>) -> Vec<String> {
    let told = !actor.names.is_empty() || actor.why.contains_key("protect");
    let proper = |name: &&std::borrow::Cow<'_, str>| {
        let words = words(name);
        let last_is_capital = words.last().is_some_and(|word| word.is_capital);
        last_is_capital && (words.len() > 1 || !actor.aliases.is_empty())
    };
    let all = std::iter::once(&actor.name).chain(&actor.aliases);
    if told {
        let known = actor.names.iter();
        let aliases = actor.aliases.iter().filter(|_| !actor.names.is_empty());
        known.chain(aliases).map(ToString::to_string).collect()
    } else {
        all.filter(proper).map(ToString::to_string).collect()
    }
}

/// An address with its `%..` read as letters, where that gives a text.
fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| address.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        plain.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_addresses_are_read() {
        assert_eq!(decoded("a/%C3%91a%20Yu?x=%zz"), "a/Ña Yu?x=%zz");
    }
}
