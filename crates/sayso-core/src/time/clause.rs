//! Clauses as the dating of events sees them.

use sayso_lexicon::{CueKind, Frame};
use sayso_text::{Rel, TokenRange, Upos, Xpos};

use crate::{Context, Event, TollRule};

/// The token of a range whose head lies outside it.
pub(super) fn head_of(context: &Context<'_>, tokens: &TokenRange) -> usize {
    tokens
        .clone()
        .find(|&t| context.syntax.head(t).is_none_or(|h| !tokens.contains(&h)))
        .unwrap_or(tokens.start)
}

/// Whether `token` heads a clause of its own.
pub(super) fn is_clause(context: &Context<'_>, token: usize) -> bool {
    let syntax = context.syntax;
    match syntax.rel(token) {
        Rel::Root
        | Rel::Ccomp
        | Rel::Advcl
        | Rel::AdvclRelcl
        | Rel::Acl
        | Rel::AclRelcl
        | Rel::Parataxis
        | Rel::Csubj
        | Rel::CsubjPass => true,
        Rel::Conj => matches!(syntax.upos(token), Upos::Verb | Upos::Aux),
        _ => false,
    }
}

/// The head of the clause that `token` stands in.
pub(crate) fn clause_of(context: &Context<'_>, token: usize) -> usize {
    let mut at = token;
    for _ in 0..context.reading.tokens.len() {
        if is_clause(context, at) {
            break;
        }
        match context.syntax.head(at) {
            Some(up) => at = up,
            None => break,
        }
    }
    at
}

/// Whether a clause's head is a verb of speech with something said under it or around it.
pub(super) fn speaks(context: &Context<'_>, clause: usize) -> bool {
    let Some(token) = context.reading.tokens.get(clause) else {
        return false;
    };
    // "were reported to have fired": the time is that of the firing.
    let syntax = context.syntax;
    if syntax.child(clause, &[Rel::NsubjPass]).is_some()
        && syntax.child(clause, &[Rel::Xcomp]).is_some()
    {
        return false;
    }
    // "The raid claimed 14 lives on Monday".
    let lives = syntax.child(clause, &[Rel::Obj]).is_some_and(|object| {
        matches!(
            context.reading.word(object).to_lowercase().as_str(),
            "life" | "lives"
        )
    });
    if lives && context.has(TollRule::LifeIsTaken) {
        return false;
    }
    let cue = context
        .knowledge
        .lexicon
        .cues
        .starting_with(&token.lemma.to_lowercase())
        .any(|c| {
            c.kind == CueKind::Verb
                && c.words.len() == 1
                && (c.takes(Frame::Clause) || c.takes(Frame::Quote))
        });
    cue && (context.syntax.rel(clause) == Rel::Parataxis
        || context
            .syntax
            .child(clause, &[Rel::Ccomp, Rel::Parataxis, Rel::Obj, Rel::Xcomp])
            .is_some())
}

/// Whether a clause passes on what somebody says, and does not only tell of an act of speech
/// ("demanded support").
pub(super) fn passes_on(context: &Context<'_>, clause: usize) -> bool {
    let said = context.syntax.child(clause, &[Rel::Ccomp, Rel::Parataxis]);
    speaks(context, clause) && (said.is_some() || context.syntax.rel(clause) == Rel::Parataxis)
}

/// Whether the event's verb is a past perfect ("had seized"), which goes back behind the story, or
/// behind the report's first sentences a perfect ("have declared"), which tells of what has come
/// about at some time.
pub(super) fn told_earlier(context: &Context<'_>, event: &Event) -> bool {
    let lead = context.reading.sentence_of(event.anchor_token) < 3;
    let verb = clause_of(context, event.anchor_token);
    let under = |token: usize| context.syntax.children(token).iter().copied();
    under(verb).chain(under(event.anchor_token)).any(|child| {
        context.reading.tokens.get(child).is_some_and(|t| {
            t.upos == Upos::Aux && t.lemma == "have" && (t.xpos == Xpos::VBD || !lead)
        })
    })
}

/// Whether a clause is in the present, so that a past time beside it does not date it.
pub(super) fn in_present(context: &Context<'_>, clause: usize) -> bool {
    let finite = |token: usize| {
        context
            .reading
            .tokens
            .get(token)
            .is_some_and(|t| matches!(t.xpos, Xpos::VBZ | Xpos::VBP))
    };
    let auxiliary = |token: usize| {
        finite(token)
            && context
                .reading
                .tokens
                .get(token)
                .is_some_and(|t| t.lemma != "have")
    };
    finite(clause)
        || context
            .syntax
            .children_by(clause, &[Rel::Aux, Rel::AuxPass, Rel::Cop])
            .any(auxiliary)
}
