//! Mentions: the noun phrases, names and pronouns of a text, and which of them are one entity.
//!
//! Coreference goes in passes from the surest to the least sure, each over the whole text, after
//! Lee et al. 2013, "Deterministic coreference resolution based on entity-centric,
//! precision-ranked rules": what the tree says, names, definite nouns, pronouns. A chain keeps
//! what all its mentions tell, and nothing joins two chains that disagree.

mod apposition;
mod candidate;
mod chain;
mod exact;
mod issuer;
mod kind;
mod name;
mod nominal;
mod phrase;
mod pronoun;
mod whole;

#[allow(unused_imports)] // for the statement and event phases
pub(crate) use candidate::lemma;
#[allow(unused_imports)] // for the statement and event phases
pub(crate) use issuer::issuer;
#[allow(unused_imports)] // for the statement and event phases
pub(crate) use phrase::{is_entity, name_at, noun_group, noun_phrase};
pub(crate) use whole::joined;

use sayso_lexicon::Agent;
use sayso_text::{NameKind, Span, TokenRange};

use crate::{ActorKind, Context, PlaceMention};
use candidate::{Candidate, Count, Sort};
use chain::{Chain, Chains};
use name::NameWords;

/// Index into [`Mentions::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// How a mention is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// A proper name.
    Name,
    /// A common noun phrase ("the group", "local sources").
    Nominal,
    /// A pronoun ("he", "they", "its").
    Pronoun,
}

/// One mention.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The noun phrase without trailing relative clauses.
    pub tokens: TokenRange,
    /// Its characters.
    pub span: Span,
    /// Head token.
    pub head: usize,
    /// How it is worded.
    pub kind: MentionKind,
    /// Who or what it is.
    pub entity: EntityId,
}

/// One person, group or thing.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Fullest name in the text (its longest name mention, else its first nominal).
    pub name: Span,
    /// Indexes into [`Mentions::all`], in text order.
    pub mentions: Vec<usize>,
    /// What kind of actor it is; `Unknown` where it is none or cannot be told.
    pub kind: ActorKind,
}

/// All mentions of a text and their entities.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// In text order of their first token, longer first.
    pub all: Vec<Mention>,
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// For each token: the mention it heads.
    pub by_head: Vec<Option<usize>>,
}

impl Mentions {
    /// The mention headed by `token`.
    pub fn headed_by(&self, token: usize) -> Option<&Mention> {
        self.by_head
            .get(token)
            .copied()
            .flatten()
            .and_then(|m| self.all.get(m))
    }

    /// The entity of the mention headed by `token`.
    pub fn entity_at(&self, token: usize) -> Option<EntityId> {
        self.headed_by(token).map(|m| m.entity)
    }

    /// The entity with this number.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0)
    }
}

/// The lexicon's noun for a mention: its head noun with what stands before it ("security source"),
/// or the title before a person's name. Tells kind of actor, kind of source, shape and class.
pub(crate) fn noun_of<'a>(context: &Context<'a>, mention: &Mention) -> Option<&'a Agent> {
    if mention.kind == MentionKind::Pronoun {
        return None;
    }
    let name = NameWords::in_phrase(context, &mention.tokens, mention.head);
    kind::agent_of(context, &mention.tokens, mention.head, name.as_ref())
}

/// The tokens of the proper name in a mention, without article, title and quotation marks.
pub(crate) fn name_of(context: &Context<'_>, mention: &Mention) -> Option<TokenRange> {
    if mention.kind != MentionKind::Name {
        return None;
    }
    NameWords::in_phrase(context, &mention.tokens, mention.head).map(|name| name.tokens)
}

/// Finds mentions and resolves coreference.
pub(crate) fn find(context: &Context<'_>, places: &[PlaceMention]) -> Mentions {
    let candidates = candidate::all(context, places);
    let mut by_head = vec![None; context.reading.tokens.len()];
    for (i, candidate) in candidates.iter().enumerate() {
        if let Some(slot) = by_head.get_mut(candidate.head) {
            *slot = Some(i);
        }
    }
    let mut chains = Chains::new(context.knowledge.lexicon, &candidates);
    apposition::link(context, &candidates, &by_head, &mut chains);
    exact::link(&candidates, &mut chains);
    nominal::link(context, &candidates, &mut chains);
    pronoun::link(context, &candidates, &mut chains);
    assemble(context, &candidates, by_head, &chains)
}

fn assemble(
    context: &Context<'_>,
    candidates: &[Candidate<'_>],
    by_head: Vec<Option<usize>>,
    chains: &Chains<'_>,
) -> Mentions {
    let mut entity_of = vec![EntityId(0); candidates.len()];
    let mut entities = Vec::new();
    let mut ordered: Vec<&Chain> = chains.all().collect();
    ordered.sort_by_key(|chain| chain.members.first().copied());
    for chain in ordered {
        for &member in &chain.members {
            entity_of[member] = EntityId(entities.len());
        }
        entities.push(Entity {
            name: fullest_name(context, candidates, chain),
            mentions: chain.members.clone(),
            kind: settle_kind(candidates, chain),
        });
    }
    let all = candidates
        .iter()
        .zip(&entity_of)
        .map(|(candidate, &entity)| Mention {
            tokens: candidate.tokens.clone(),
            span: context.reading.span(&candidate.tokens),
            head: candidate.head,
            kind: candidate.kind,
            entity,
        })
        .collect();
    Mentions {
        all,
        entities,
        by_head,
    }
}

/// The name with most words; of several the first. Without a name the first nominal that says
/// more than an article and a noun, else the first mention.
fn fullest_name(context: &Context<'_>, candidates: &[Candidate<'_>], chain: &Chain) -> Span {
    let reading = context.reading;
    let named = chain
        .members
        .iter()
        .filter_map(|&m| candidates[m].name.as_ref().map(|name| (m, name)))
        .max_by_key(|(m, name)| (name.words.len(), std::cmp::Reverse(*m)));
    if let Some((m, name)) = named {
        // "Directorate of the Interim Government" belongs to a body's name, not to a person's.
        let whole = &candidates[m].tokens;
        let goes_on = candidates[m].sort == Sort::Group
            && name.kind != NameKind::Norp
            && reading.word(name.tokens.end) == "of"
            && whole.end > name.tokens.end;
        let end = if goes_on { whole.end } else { name.tokens.end };
        return reading.span(&(name.tokens.start..end));
    }
    chain
        .members
        .iter()
        .filter(|&&m| candidates[m].pronoun.is_none())
        .max_by_key(|&&m| (candidates[m].words.len().min(1), std::cmp::Reverse(m)))
        .or(chain.members.first())
        .map_or_else(Span::default, |&m| reading.span(&candidates[m].tokens))
}

/// A chain of people is a person where nothing tells more; a unit that is elsewhere called an
/// armed group is one.
fn settle_kind(candidates: &[Candidate<'_>], chain: &Chain) -> ActorKind {
    let registered = chain
        .members
        .iter()
        .map(|&m| &candidates[m])
        .find(|c| c.name.as_ref().is_some_and(|name| name.registered))
        .map(|c| c.actor);
    if let Some(kind) = registered {
        return kind;
    }
    match (chain.actor, chain.sort) {
        // Several people of whom nothing is told may be anybody.
        (ActorKind::Unknown, Sort::Person) if chain.named() || chain.count == Count::One => {
            ActorKind::Person
        }
        (kind, _) => kind,
    }
}

#[cfg(test)]
mod tests;
