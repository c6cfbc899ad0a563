//! Who stands behind a document: "the statement" speaks for whoever issued it.

use sayso_lexicon::Shape;
use sayso_text::{Rel, Upos};

use super::candidate::lemma;
use super::{EntityId, MentionKind, Mentions};
use crate::Context;

/// The entity that issued the document that `head` names; `None` where `head` is no document or
/// nobody can be told.
///
/// "its analysis", "the ministry's statement", "a statement by the army" and "the army statement"
/// tell it; "the statement" is that of the last speaker who is said to have issued one.
pub(crate) fn issuer(context: &Context<'_>, mentions: &Mentions, head: usize) -> Option<EntityId> {
    if !is_document(context, head) {
        return None;
    }
    if let Some(found) = told(context, mentions, head) {
        return Some(found);
    }
    let definite = mentions.headed_by(head).is_some_and(|m| {
        m.kind == MentionKind::Nominal
            && matches!(
                context.reading.word(m.tokens.start).to_lowercase().as_str(),
                "the" | "this" | "that" | "it"
            )
    });
    if !definite {
        return None;
    }
    // Backwards over earlier documents with the same noun.
    let noun = lemma(context.reading, head);
    (0..head)
        .rev()
        .filter(|&token| lemma(context.reading, token) == noun)
        .find_map(|token| {
            told(context, mentions, token).or_else(|| subject_of(context, mentions, token))
        })
}

fn is_document(context: &Context<'_>, head: usize) -> bool {
    context
        .knowledge
        .lexicon
        .agents
        .get(&lemma(context.reading, head))
        .is_some_and(|agent| agent.shape == Shape::Document)
}

/// The owner or author in the phrase itself.
fn told(context: &Context<'_>, mentions: &Mentions, head: usize) -> Option<EntityId> {
    let syntax = context.syntax;
    if let Some(owner) = syntax.child(head, &[Rel::NmodPoss]) {
        return mentions.entity_at(owner);
    }
    let author = syntax.children_by(head, &[Rel::Nmod]).find(|&child| {
        syntax.children_by(child, &[Rel::Case]).any(|case| {
            matches!(
                context.reading.word(case).to_lowercase().as_str(),
                "by" | "from" | "of"
            )
        })
    });
    if let Some(author) = author.filter(|&a| actor_noun(context, mentions, a)) {
        return mentions.entity_at(author);
    }
    // The same by the words alone, where the tree hangs the author elsewhere.
    if matches!(context.reading.word(head + 1), "by" | "from") {
        let author = mentions
            .all
            .iter()
            .filter(|m| m.tokens.start == head + 2)
            .max_by_key(|m| m.tokens.len());
        if let Some(author) = author.filter(|m| actor_noun(context, mentions, m.head)) {
            return Some(author.entity);
        }
    }
    // "the army statement": the compound is a mention only where it is a name; otherwise an
    // earlier mention with that head will do.
    let compound = syntax
        .children_by(head, &[Rel::Compound])
        .filter(|&c| c < head)
        .last()?;
    if let Some(entity) = mentions.entity_at(compound) {
        return Some(entity);
    }
    let noun = lemma(context.reading, compound);
    context.knowledge.lexicon.agents.get(&noun)?;
    mentions
        .all
        .iter()
        .rev()
        .find(|m| m.head < head && lemma(context.reading, m.head) == noun)
        .map(|m| m.entity)
}

/// "X issued a statement", "X said in a statement".
fn subject_of(context: &Context<'_>, mentions: &Mentions, document: usize) -> Option<EntityId> {
    let syntax = context.syntax;
    if !matches!(syntax.rel(document), Rel::Obj | Rel::Obl | Rel::NsubjPass) {
        return None;
    }
    let mut verb = syntax.head(document)?;
    for _ in 0..3 {
        let subject = syntax.child(verb, &[Rel::Nsubj, Rel::OblAgent]);
        if let Some(subject) = subject.filter(|&s| s != document) {
            return mentions.entity_at(subject);
        }
        verb = match syntax.rel(verb) {
            Rel::Conj | Rel::Xcomp | Rel::Advcl => syntax.head(verb)?,
            _ => return None,
        };
        if syntax.upos(verb) != Upos::Verb {
            return None;
        }
    }
    None
}

fn actor_noun(context: &Context<'_>, mentions: &Mentions, token: usize) -> bool {
    mentions
        .headed_by(token)
        .is_some_and(|m| m.kind != MentionKind::Nominal)
        || context
            .knowledge
            .lexicon
            .agents
            .get(&lemma(context.reading, token))
            .is_some()
}
