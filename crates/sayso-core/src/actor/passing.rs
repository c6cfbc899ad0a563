//! Groups that are named only in front of a noun: "Ansarullah fighters", "the Houthi-run ministry".
//!
//! Such a name heads no phrase, so that it is no mention of its own; but whom the phrase means
//! belongs to the group all the same. Only what the registry knows is taken, since any adjective
//! may stand there.

use sayso_lexicon::{ActorWord, Agent};
use sayso_text::{NameKind, Span};

use super::named::About;
use super::{because, membership, named};
use crate::mention::{name_of, noun_of};
use crate::{
    Actor, ActorKind, ActorRule as Rule, Context, EntityId, Mention, MentionKind, Mentions,
    PlaceMention, Why, id,
};

/// Whether a noun is one for those who fight for, speak for or belong to a group.
pub(super) fn is_member(context: &Context<'_>, agent: &Agent) -> bool {
    context
        .knowledge
        .lexicon
        .actor_words
        .has(ActorWord::MemberClass, &agent.class)
}

/// Adds the groups that are named only in passing, and says whose members the others are.
pub(super) fn add(
    context: &Context<'_>,
    mentions: &Mentions,
    places: &[PlaceMention],
    about: &About<'_>,
    entities: &[EntityId],
    actors: &mut Vec<Actor>,
) {
    for (i, &entity) in entities.iter().enumerate() {
        let open = actors
            .get(i)
            .is_some_and(|a| a.member_of.is_none() && a.registry.is_none());
        if !open {
            continue;
        }
        let found = super::mentions_of(mentions, entity)
            .filter(|mention| mention.kind != MentionKind::Pronoun)
            .find_map(|mention| named_in(context, places, mention, about));
        let Some((meaning, words, rule)) = found else {
            continue;
        };
        let id = meaning.id();
        let known = actors
            .iter()
            .position(|a| a.registry.as_deref() == Some(id));
        let body = known.unwrap_or_else(|| {
            let mut body = nobody(context, words);
            meaning.give(&mut body, about);
            actors.push(body);
            actors.len() - 1
        });
        // A body that belongs to its own member would be nobody's.
        if leads_to(actors, body, i) {
            continue;
        }
        if let Some(actor) = actors.get_mut(i) {
            actor.member_of = Some(body);
            because(actor, "member_of", rule, Some(words));
        }
    }
}

/// Whether `from` is `to`, or belongs to it, directly or through others.
fn leads_to(actors: &[Actor], from: usize, to: usize) -> bool {
    std::iter::successors(Some(from), |&at| actors.get(at)?.member_of)
        .take(actors.len() + 1)
        .any(|at| at == to)
}

/// The group in front of "-run", or in front of the noun, with its words and the rule.
fn named_in<'k>(
    context: &Context<'k>,
    places: &[PlaceMention],
    mention: &Mention,
    about: &About<'_>,
) -> Option<(named::Meaning<'k>, Span, Rule)> {
    if context.has(Rule::RunBy)
        && let Some(words) = membership::runner(context, mention)
        && let Some(meaning) = meaning(context, words, about)
    {
        return Some((meaning, words, Rule::RunBy));
    }
    if !context.has(Rule::NamedInPassing) {
        return None;
    }
    noun_of(context, mention).filter(|agent| is_member(context, agent))?;
    let reading = context.reading;
    let end = name_of(context, mention).map_or(mention.head, |name| name.start);
    // An adjective of a country in front of a force is none of a group.
    let may_start = |i: usize| {
        reading
            .word(i)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
            && !reading.word(i).eq_ignore_ascii_case("the")
            && !places.iter().any(|p| p.tokens.contains(&i))
    };
    (mention.tokens.start..end)
        .filter(|&i| may_start(i))
        .flat_map(|i| ((i + 1)..=end).rev().map(move |end| i..end))
        .find_map(|tokens| {
            let words = reading.span(&tokens);
            Some((meaning(context, words, about)?, words, Rule::NamedInPassing))
        })
}

/// The armed group that words mean; no state's body, no people, and nobody by sound only.
fn meaning<'k>(
    context: &Context<'k>,
    words: Span,
    about: &About<'_>,
) -> Option<named::Meaning<'k>> {
    let text = context.reading.slice(words);
    named::meaning_of(context, text, words, NameKind::Norp, about).filter(named::Meaning::is_group)
}

/// An actor of whom nothing is known but its words.
fn nobody(context: &Context<'_>, words: Span) -> Actor {
    let reading = context.reading;
    Actor {
        id: id::make('a', &reading.report.id, words, 0),
        name: super::one_line(reading.slice(words)),
        aliases: Vec::new(),
        names: Vec::new(),
        kind: ActorKind::Unknown,
        country: None,
        member_of: None,
        role: None,
        protect: None,
        registry: None,
        sector: None,
        mentions: vec![words],
        why: Why::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_belongs_to_those_who_belong_to_him() {
        let actor = |member_of: Option<usize>| Actor {
            id: String::new(),
            name: String::new(),
            aliases: Vec::new(),
            names: Vec::new(),
            kind: ActorKind::Unknown,
            country: None,
            member_of,
            role: None,
            protect: None,
            registry: None,
            sector: None,
            mentions: Vec::new(),
            why: Why::new(),
        };
        let actors = [actor(Some(1)), actor(Some(2)), actor(None), actor(None)];
        assert!(leads_to(&actors, 0, 2) && leads_to(&actors, 2, 2));
        assert!(!leads_to(&actors, 2, 0) && !leads_to(&actors, 0, 3));
        // Even a circle that is there already comes to an end.
        let circle = [actor(Some(1)), actor(Some(0)), actor(None)];
        assert!(!leads_to(&circle, 0, 2));
    }
}
