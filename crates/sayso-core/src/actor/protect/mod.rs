//! Who must not be exposed in a public export: minors, victims, witnesses, private persons.
//!
//! One question a file, asked in this order: of age? of the public? harmed? a witness? private?
//! Reasons are read off what the text calls somebody (`beside`: the nouns around a name) and
//! off what it says of them (the tree above the name). The word lists are
//! `lexicon/protect-words.tsv`.

mod beside;
mod called;
mod harmed;
mod minor;
mod nobody;
mod office;
mod witness;

use sayso_text::{NameKind, Rel, Span, TokenRange, Xpos};

use crate::mention::{name_at, name_of, noun_of};
use crate::{
    Actor, ActorKind, Context, EntityId, Event, Mention, MentionKind, Mentions, Protect,
    ProtectRule as Rule, Statement,
};

pub(super) use called::{is_person as is_called_a_person, whole as whole_name};
pub(super) use harmed::is_violent;
pub(super) use nobody::is_nobody;

/// Where one person is named.
pub(super) struct Named {
    /// The name without title and article.
    pub(super) tokens: TokenRange,
    /// Its head token.
    pub(super) head: usize,
}

/// Somebody, with the places where the text speaks of them.
pub(super) struct Subject<'m> {
    /// After coreference; `None` where only the name is known.
    pub(super) entity: Option<EntityId>,
    /// Names and common nouns, no pronouns.
    pub(super) mentions: Vec<&'m Mention>,
    /// Where a person's name stands.
    pub(super) named: Vec<Named>,
}

impl<'m> Subject<'m> {
    /// Of an entity.
    pub(super) fn of(context: &Context<'_>, mentions: &'m Mentions, entity: EntityId) -> Self {
        let own: Vec<&Mention> = super::mentions_of(mentions, entity)
            .filter(|m| m.kind != MentionKind::Pronoun)
            .collect();
        let named = own
            .iter()
            .filter(|m| m.kind == MentionKind::Name && !plural(context, m))
            .filter_map(|m| {
                let named = Named {
                    tokens: name_of(context, m)?,
                    head: m.head,
                };
                let kind = name_at(context.reading, m.head).map(|name| name.kind);
                let person = kind == Some(NameKind::Person) || called::is_person(context, &named);
                (person && !is_nobody(context, &named.tokens)).then_some(named)
            })
            .collect();
        Self {
            entity: Some(entity),
            mentions: own,
            named,
        }
    }

    /// Of a name that is no mention.
    pub(super) fn of_name(context: &Context<'_>, tokens: TokenRange) -> Self {
        let head = tokens
            .clone()
            .find(|&t| {
                context
                    .syntax
                    .head(t)
                    .is_none_or(|head| !tokens.contains(&head))
            })
            .unwrap_or(tokens.start);
        Self {
            entity: None,
            mentions: Vec::new(),
            named: vec![Named { tokens, head }],
        }
    }

    /// The person's names as they are written, each once.
    pub(super) fn names(&self, context: &Context<'_>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for named in &self.named {
            let span = context.reading.span(&called::whole(context, &named.tokens));
            let name = super::one_line(context.reading.slice(span));
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn heads(&self) -> impl Iterator<Item = usize> + '_ {
        let of_mentions = self.mentions.iter().map(|m| m.head);
        of_mentions.chain(self.named.iter().map(|named| named.head))
    }
}

/// A reason to protect somebody: what they are, the rule, and the words that it rests on.
pub(super) type Found = (Protect, Rule, Option<Span>);

/// Why a public export leaves the actor out; the strictest reason first.
pub(super) fn reason(
    context: &Context<'_>,
    subject: &Subject<'_>,
    actor: &Actor,
    statements: &[Statement],
    events: &[Event],
) -> Option<Found> {
    if let Some((rule, span)) = minor::of(context, subject) {
        return Some((Protect::Minor, rule, span));
    }
    let person = !subject.named.is_empty();
    let human = matches!(
        actor.kind,
        ActorKind::Person | ActorKind::Civilians | ActorKind::Protesters | ActorKind::Unknown
    );
    let one_noun = human
        && subject
            .mentions
            .first()
            .is_some_and(|m| !plural(context, m) && is_one(context, m));
    let office = context.has(Rule::OfficeIsPublic) && office::holds(context, subject, actor);
    if actor.registry.is_some() || office {
        return None;
    }
    if let Some((rule, span)) = harmed::of(context, subject, person || one_noun, events) {
        return Some((Protect::Victim, rule, span));
    }
    if let Some((rule, span)) = witness::of(context, subject, human || person, statements) {
        return Some((Protect::Witness, rule, span));
    }
    let private = person
        && context.has(Rule::PrivateByDefault)
        && !office::speaks_for_body(context, subject, actor, statements);
    private.then_some((Protect::Private, Rule::PrivateByDefault, None))
}

fn plural(context: &Context<'_>, mention: &Mention) -> bool {
    context
        .reading
        .tokens
        .get(mention.head)
        .is_some_and(|t| matches!(t.xpos, Xpos::NNS | Xpos::NNPS))
}

fn is_one(context: &Context<'_>, mention: &Mention) -> bool {
    noun_of(context, mention).is_some_and(|agent| agent.shape == sayso_lexicon::Shape::Person)
}

/// Whether the token is an apposition or stands in a row behind another one: what is said of the
/// first of them is said of it too.
fn goes_with_head(rel: Rel) -> bool {
    matches!(
        rel,
        Rel::Conj | Rel::Appos | Rel::Flat | Rel::Compound | Rel::List | Rel::Parataxis
    )
}
