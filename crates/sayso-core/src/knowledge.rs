//! What the core knows about language and the world, handed in by the shell.

use jiff::civil::Date;
use sayso_lexicon::Lexicon;
use sayso_place::Gazetteer;
use sayso_registry::{Day, Registry};

use crate::{ActorKind, Rules};

/// Lexicon, gazetteer, registry and the rules in force for one run.
#[derive(Clone, Copy)]
pub struct Knowledge<'a> {
    /// Cue verbs, event frames, agents and the other files of `lexicon/`.
    pub lexicon: &'a Lexicon,
    /// Places of the world.
    pub gazetteer: &'a Gazetteer,
    /// Groups, forces and bodies of the world.
    pub registry: &'a Registry,
    /// What it decides by.
    pub rules: Rules,
}

/// A day as the registry counts it; `None` before the year 1.
pub(crate) fn registry_day(date: Date) -> Option<Day> {
    Day::new(
        u32::try_from(date.year()).ok()?,
        u32::try_from(date.month()).ok()?,
        u32::try_from(date.day()).ok()?,
    )
}

/// A listed group, force or body, whichever of several of that name a report means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listed<'a> {
    /// Its usual name, or its id where that is not known: equal for two names of one.
    pub(crate) name: &'a str,
    /// What kind of actor it is.
    pub(crate) kind: ActorKind,
}

impl<'a> Knowledge<'a> {
    /// The group, force or body that is listed under a name, whose letters must agree: a user's own
    /// first, then a line of the lexicon, then the registry. A name of a whole people or of several
    /// actors of different kinds is none, nor is an acronym that the lexicon does not know: whom
    /// those mean is decided where the report's countries are known.
    pub(crate) fn listed(&self, name: &str) -> Option<Listed<'a>> {
        let found = self.registry.find_written(name);
        let own = found.iter().find(|m| m.entry.is_own());
        if own.is_none()
            && let Some(group) = self.lexicon.groups.get(name)
        {
            return Some(Listed {
                name: &group.name,
                kind: ActorKind::parse(&group.kind)?,
            });
        }
        let first = own.or(found.first())?.entry;
        let one_kind = found
            .iter()
            .all(|m| m.entry.kind() == first.kind() && !m.entry.is_people());
        let acronym = found.iter().all(|m| m.how == sayso_registry::How::Acronym);
        // Bodies of states are common nouns with an adjective ("the Syrian army").
        let usable = own.is_some()
            || one_kind && !acronym && !first.id().starts_with("state:") && first.kind() != "media";
        Some(Listed {
            name: first.id(),
            kind: ActorKind::parse(first.kind()).filter(|_| usable)?,
        })
    }
}
