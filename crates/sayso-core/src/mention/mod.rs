//! Mentions: the noun phrases, names and pronouns of a text, and which of them are one entity.

mod phrase;

#[allow(unused_imports)] // for the statement and event phases
pub(crate) use phrase::{is_entity, name_at, noun_group, noun_phrase};

use sayso_text::{Span, TokenRange};

use crate::{ActorKind, Context, PlaceMention};

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
}

/// Finds mentions and resolves coreference.
pub(crate) fn find(_context: &Context<'_>, _places: &[PlaceMention]) -> Mentions {
    Mentions::default()
}
