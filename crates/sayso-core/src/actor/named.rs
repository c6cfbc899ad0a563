//! Whom a name means: the entry of the registry.
//!
//! The fullest name of an entity is asked first, so that an acronym does not give a group that the
//! text spells out to another one. Whom nobody lists stays as the text has it, and so does a name
//! of several that neither day nor country tells apart.

use std::collections::BTreeSet;

use sayso_registry::{Day, Entry, How, Match};
use sayso_text::{NameKind, Span};

use super::because;
use crate::mention::{name_at, name_of};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, MentionKind, Mentions, PlaceMention,
};

/// An entry that an entity's name means.
pub(super) struct Meaning<'k> {
    entry: Entry<'k>,
    rule: Rule,
    span: Span,
}

impl Meaning<'_> {
    /// Gives the actor what the entry tells: id, sector, kind, and country, of several the one that
    /// the report speaks of.
    pub(super) fn give(&self, actor: &mut Actor, about: &BTreeSet<&str>) {
        let (entry, span) = (self.entry, Some(self.span));
        actor.registry = Some(entry.id().to_owned());
        actor.sector = entry.sector();
        because(actor, "registry", self.rule, span);
        // The name of a people says nothing of arms.
        let kind = ActorKind::parse(entry.kind()).filter(|_| !entry.is_people());
        if let Some(kind) = kind.filter(|kind| *kind != ActorKind::Unknown) {
            actor.kind = kind;
            because(actor, "kind", self.rule, span);
        }
        let country = entry
            .countries()
            .find(|code| about.contains(code))
            .or_else(|| entry.countries().next());
        if let Some(country) = country {
            actor.country = Some(country.to_owned());
            because(actor, "country", self.rule, span);
        }
    }
}

/// The countries of which the text speaks.
pub(super) fn countries_of(places: &[PlaceMention]) -> BTreeSet<&str> {
    places
        .iter()
        .filter_map(|p| p.place.country.as_deref())
        .collect()
}

/// The entry that the entity's names mean, if they mean one.
pub(super) fn of<'k>(
    context: &Context<'k>,
    mentions: &Mentions,
    entity: EntityId,
    about: &BTreeSet<&str>,
) -> Option<Meaning<'k>> {
    let mut names: Vec<(&str, Span, NameKind)> = super::mentions_of(mentions, entity)
        .filter(|mention| mention.kind == MentionKind::Name)
        .filter_map(|mention| {
            let span = context.reading.span(&name_of(context, mention)?);
            let kind = name_at(context.reading, mention.head).map_or(NameKind::Other, |n| n.kind);
            Some((context.reading.slice(span), span, kind))
        })
        .collect();
    names.sort_by_key(|(text, span, _)| {
        let words = text.split_whitespace().count();
        (std::cmp::Reverse(words), *span)
    });
    // A full name that nobody lists is not known better by its acronym.
    let mut unlisted = false;
    for (text, span, kind) in names {
        if let Some((entry, rule)) = meant(context, text, kind, about) {
            let acronym = rule == Rule::RegistryAcronym;
            return (!acronym || !unlisted).then_some(Meaning { entry, rule, span });
        }
        unlisted |= text.contains(char::is_whitespace);
    }
    None
}

/// The entry that one name means, and the rule that decides.
fn meant<'k>(
    context: &Context<'k>,
    text: &str,
    kind: NameKind,
    about: &BTreeSet<&str>,
) -> Option<(Entry<'k>, Rule)> {
    let known = context.knowledge.lexicon.groups.get(text).is_some();
    let mut found: Vec<Match<'k>> = context.knowledge.registry.find(text);
    // Places and persons are no groups, whatever their names, unless somebody says so.
    if matches!(kind, NameKind::Person | NameKind::Gpe | NameKind::Loc) && !known {
        found.retain(|m| m.entry.is_own());
    }
    found.retain(|m| match m.how {
        How::Name | How::Alias => context.has(Rule::RegistryName),
        How::Heard => context.has(Rule::RegistrySound),
        How::Acronym => {
            let at_home = m.entry.countries().any(|code| about.contains(code));
            let anywhere = known || m.entry.is_own() || m.entry.countries().next().is_none();
            at_home && context.has(Rule::RegistryAcronym)
                || anywhere && context.has(Rule::RegistryName)
        }
    });
    let rule = match found.first()?.how {
        How::Name | How::Alias => Rule::RegistryName,
        How::Acronym => Rule::RegistryAcronym,
        How::Heard => Rule::RegistrySound,
    };
    if let [one] = &found[..] {
        return Some((one.entry, rule));
    }
    let mut rule = rule;
    if context.has(Rule::RegistryDay)
        && let Some(day) = day_of(context)
        && found.iter().any(|m| m.entry.is_valid(day))
    {
        found.retain(|m| m.entry.is_valid(day));
        rule = Rule::RegistryDay;
    }
    if found.len() > 1 && context.has(Rule::RegistryCountry) {
        let at_home = |m: &Match<'_>| m.entry.countries().any(|code| about.contains(code));
        if found.iter().any(at_home) {
            found.retain(at_home);
            rule = Rule::RegistryCountry;
        }
    }
    // A usual name goes before what is another one's alias.
    if found.iter().any(|m| m.how == How::Name) {
        found.retain(|m| m.how == How::Name);
    }
    match &found[..] {
        [one] => Some((one.entry, rule)),
        _ => None,
    }
}

/// The day of the report.
fn day_of(context: &Context<'_>) -> Option<Day> {
    let date = context.reading.report.published.as_ref()?.date();
    Day::new(
        u32::try_from(date.year()).ok()?,
        u32::try_from(date.month()).ok()?,
        u32::try_from(date.day()).ok()?,
    )
}
