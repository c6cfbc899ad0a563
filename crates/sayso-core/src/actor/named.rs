//! Whom a name means: the entry of the registry.
//!
//! The fullest name of an entity is asked first, so that an acronym does not give a group that the
//! text spells out to another one. Whom nobody lists stays as the text has it, and so does a name
//! of several that neither day nor country tells apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_lexicon::ActorWord;
use sayso_registry::{Day, Entry, How, Match};
use sayso_text::{NameKind, Rel, Span};

use super::because;
use crate::mention::{name_at, name_of};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Mention, MentionKind, Mentions,
    PlaceMention, registry_day,
};

/// An entry that an entity's name means.
pub(super) struct Meaning<'k> {
    entry: Entry<'k>,
    rule: Rule,
    /// Whether the name only sounds like it.
    heard: bool,
    span: Span,
}

impl<'k> Meaning<'k> {
    fn of(found: &Match<'k>, rule: Rule, span: Span) -> Self {
        Self {
            entry: found.entry,
            rule,
            heard: found.how == How::Heard,
            span,
        }
    }

    /// Id of the entry.
    pub(super) fn id(&self) -> &'k str {
        self.entry.id()
    }

    /// Whether it is a group, force or organisation with a name of its own: no state's body, no
    /// medium, and no people.
    pub(super) fn is_group(&self) -> bool {
        let armed = matches!(
            self.entry.kind(),
            "rebel-group" | "political-militia" | "identity-militia" | "external-forces"
        );
        let own = self.entry.kind() == "state-forces" && !self.entry.id().starts_with("state:");
        (armed || own) && !self.entry.is_people() && !self.heard
    }

    /// Gives the actor what the entry tells: id, sector, kind, and country, of several the one that
    /// the report speaks of.
    pub(super) fn give(&self, actor: &mut Actor, about: &About<'_>) {
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
            .find(|code| about.countries.contains(code))
            .or_else(|| entry.countries().next());
        // Whoever is at home nowhere is not of a country that stands beside its name.
        actor.country = country.map(str::to_owned);
        if country.is_some() {
            because(actor, "country", self.rule, span);
        }
    }
}

/// What tells names apart that several groups bear.
pub(super) struct About<'p> {
    /// The countries of which the text speaks.
    pub(super) countries: BTreeSet<&'p str>,
    /// The day that it was written on.
    day: Option<Day>,
}

impl<'p> About<'p> {
    pub(super) fn of(places: &'p [PlaceMention], written: Option<Date>) -> Self {
        Self {
            countries: places
                .iter()
                .filter_map(|p| p.place.country.as_deref())
                .collect(),
            day: written.and_then(registry_day),
        }
    }
}

/// The entry that the entity's names mean, if they mean one.
pub(super) fn of<'k>(
    context: &Context<'k>,
    mentions: &Mentions,
    entity: EntityId,
    about: &About<'_>,
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
        if let Some((found, rule)) = meant(context, text, kind, about) {
            let acronym = found.how == How::Acronym;
            return (!acronym || !unlisted).then(|| Meaning::of(&found, rule, span));
        }
        unlisted |= text.contains(char::is_whitespace);
    }
    None
}

/// What some words mean that are a name of this kind.
pub(super) fn meaning_of<'k>(
    context: &Context<'k>,
    text: &str,
    span: Span,
    kind: NameKind,
    about: &About<'_>,
) -> Option<Meaning<'k>> {
    let (found, rule) = meant(context, text, kind, about)?;
    Some(Meaning::of(&found, rule, span))
}

/// Wants the groups, forces and bodies that are named and listed, though they neither speak nor
/// act. States and persons are none of them.
pub(super) fn add_listed(
    context: &Context<'_>,
    mentions: &Mentions,
    about: &About<'_>,
    wanted: &mut BTreeMap<EntityId, Option<usize>>,
) {
    for entity in (0..mentions.entities.len()).map(EntityId) {
        let stands =
            |m: &Mention| m.kind == MentionKind::Name && stands_for_itself(context, mentions, m);
        if wanted.contains_key(&entity) || !super::mentions_of(mentions, entity).any(stands) {
            continue;
        }
        let listed = of(context, mentions, entity, about)
            .is_some_and(|meaning| meaning.is_group() || meaning.entry.kind() == "organisation");
        if listed {
            wanted.insert(entity, None);
        }
    }
}

/// Whether a name names somebody and not what is called after it: no hotel, family or street.
fn stands_for_itself(context: &Context<'_>, mentions: &Mentions, mention: &Mention) -> bool {
    let attribute = matches!(
        context.syntax.rel(mention.head),
        Rel::Compound | Rel::Amod | Rel::Flat | Rel::NmodDesc
    );
    let noun = context.syntax.head(mention.head).filter(|_| attribute);
    noun.and_then(|noun| mentions.headed_by(noun))
        .is_none_or(|of| {
            crate::mention::noun_of(context, of)
                .is_some_and(|agent| super::passing::is_member(context, agent))
        })
}

/// Gives an actor that nobody lists the kind of the family of groups that its name begins or ends
/// with: "Mai-Mai Zuberi", "Kale PDF". What else is in the name must be a name too, so that a
/// street or hotel that is called after a group is none.
pub(super) fn of_family(
    context: &Context<'_>,
    mentions: &Mentions,
    entity: EntityId,
    actor: &mut Actor,
) {
    if !context.has(Rule::GroupOfFamily)
        || !matches!(actor.kind, ActorKind::Organisation | ActorKind::Unknown)
    {
        return;
    }
    let lexicon = context.knowledge.lexicon;
    let is_name = |word: &str| {
        let lower = word.to_lowercase();
        word.chars().next().is_some_and(char::is_uppercase)
            && lexicon.agents.get(&lower).is_none()
            && !lexicon.events.things.has(&lower)
            && !lexicon.actor_words.has(ActorWord::PublicPlace, &lower)
    };
    let family = |words: &str| {
        let group = lexicon.groups.get(words)?;
        let kind = ActorKind::parse(&group.kind)?;
        let armed = matches!(kind, ActorKind::RebelGroup | ActorKind::IdentityMilitia);
        armed.then(|| (kind, group.countries.first().cloned()))
    };
    let found = super::mentions_of(mentions, entity)
        .filter(|mention| mention.kind == MentionKind::Name)
        .find_map(|mention| {
            let span = context.reading.span(&name_of(context, mention)?);
            let words: Vec<&str> = context.reading.slice(span).split_whitespace().collect();
            (1..words.len())
                .find_map(|cut| {
                    let (first, last) = words.split_at(cut);
                    let by = |group: &[&str], other: &[&str]| {
                        family(&group.join(" ")).filter(|_| other.iter().all(|word| is_name(word)))
                    };
                    by(first, last).or_else(|| by(last, first))
                })
                .map(|told| (told, span))
        });
    if let Some(((kind, country), span)) = found {
        actor.kind = kind;
        because(actor, "kind", Rule::GroupOfFamily, Some(span));
        if actor.country.is_none() {
            actor.country = country;
            because(actor, "country", Rule::GroupOfFamily, Some(span));
        }
    }
}

/// The entry that one name means, and the rule that decides.
fn meant<'k>(
    context: &Context<'k>,
    text: &str,
    kind: NameKind,
    about: &About<'_>,
) -> Option<(Match<'k>, Rule)> {
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
            let at_home = m
                .entry
                .countries()
                .any(|code| about.countries.contains(code));
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
    let mut rule = rule;
    if context.has(Rule::RegistryDay)
        && let Some(day) = about.day
        && !found.iter().all(|m| m.entry.is_valid(day))
    {
        found.retain(|m| m.entry.is_valid(day));
        rule = Rule::RegistryDay;
    }
    if found.len() > 1 && context.has(Rule::RegistryCountry) {
        let at_home = |m: &Match<'_>| {
            m.entry
                .countries()
                .any(|code| about.countries.contains(code))
        };
        if found.iter().any(at_home) {
            found.retain(at_home);
            rule = Rule::RegistryCountry;
        }
    }
    // A usual name goes before what is another one's alias.
    if found.iter().any(|m| m.how == How::Name) {
        found.retain(|m| m.how == How::Name);
    }
    match found.len() {
        1 => found.pop().map(|one| (one, rule)),
        _ => None,
    }
}
