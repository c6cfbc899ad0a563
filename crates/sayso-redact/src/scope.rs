//! Who must not be named, gathered over reports, and what of it holds for some of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use sayso_api::{ActorJson, SheetJson};
use sha2::{Digest as _, Sha256};

use crate::district::{Districts, Nowhere};
use crate::fold::{folded_words, words};
use crate::matching::{Patterns, Search, parts};
use crate::spot::{self, Spot};
use crate::{LeftOut, Rewritten, Rule};

/// Whom and what the gathered reports must not show.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    reports: BTreeMap<String, OfReport>,
    /// Names of several words: they hold for every report.
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
}

/// What must not be seen of some reports that are seen together.
///
/// Names of several words hold for every gathered report; their parts, and names of one word, hold
/// where somebody of that name is protected in one of these.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    full: Arc<Patterns>,
    names: Patterns,
    kept: Patterns,
    spots: BTreeMap<String, Spot>,
    /// Names that are presumed private in one report and known to be public from another.
    lifted: BTreeSet<Vec<String>>,
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
            ..OfReport::default()
        };
        let mut persons: Vec<[usize; 2]> = Vec::new();
        for actor in &sheet.actors {
            let names = names(actor);
            if let Some(rule) = rule_of(actor) {
                persons.extend(actor.mentions.iter().copied());
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
        let free = |span: [usize; 2]| {
            !persons
                .iter()
                .any(|person| span[0] < person[1] && person[0] < span[1])
        };
        for place in sheet.places.iter().filter(|place| free(place.span)) {
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
        self.reports.insert(sheet.report.id.to_string(), of);
    }

    /// What holds for some reports that are seen together: one, or those of an incident.
    pub fn scope<'i>(&self, reports: impl IntoIterator<Item = &'i str>) -> Scope {
        let own: Vec<&OfReport> = reports
            .into_iter()
            .filter_map(|id| self.reports.get(id))
            .collect();
        let mut scope = Scope {
            full: Arc::clone(&self.full),
            ..Scope::default()
        };
        let public: BTreeSet<&Vec<String>> = own.iter().flat_map(|of| &of.public).collect();
        let presumed = own.iter().flat_map(|of| &of.protected);
        for (name, rule) in presumed {
            let folded = folded_words(name);
            if *rule == Rule::Private && folded.len() > 1 && public.contains(&folded) {
                scope.lifted.insert(folded);
            }
        }
        for of in &own {
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

    /// An id as it may be seen: itself, or a hash of it where it spells a protected name.
    pub fn id(&self, id: &str) -> String {
        if !self.is_spelt_in(id) {
            return id.to_owned();
        }
        let hash = Sha256::digest(id.as_bytes());
        hash.iter().take(8).fold("r:".to_owned(), |mut all, byte| {
            let _ = write!(all, "{byte:02x}");
            all
        })
    }

    /// Everything that must not be found in what is seen of these reports: folded to lower case
    /// without marks, words joined by one blank. For tests of outputs.
    pub fn strings(&self) -> Vec<String> {
        let all = self.names.all();
        let free = all.filter(|(words, _)| words.len() > 1 || !self.kept.has(words));
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
        }
    }

    fn is_lifted(&self, folded: &[String], rule: Rule) -> bool {
        rule == Rule::Private && self.lifted.contains(folded)
    }
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
