//! What a relative pronoun stands for, and who can speak.

use sayso_text::{NameKind, Upos};

use super::source::full;
use super::view::View;
use crate::mention;

/// The noun that the relative pronoun `pronoun` stands for: the largest phrase that ends right
/// before it, and for "who" one that can speak.
pub(super) fn antecedent(view: &View<'_>, pronoun: usize) -> Option<usize> {
    let sentence = view.sentence(pronoun);
    let ends_here = |end: usize| {
        end <= pronoun && pronoun - end <= 2 && (end..pronoun).all(|i| view.is_punct(i))
    };
    let nouns = || {
        (sentence.start..pronoun)
            .rev()
            .take(16)
            .filter(|&i| matches!(view.upos(i), Upos::Noun | Upos::Propn))
            .filter(|&i| view.lower(pronoun) != "who" || is_person(view, i))
    };
    nouns()
        .map(|i| (i, full(view, i).tokens))
        .filter(|(_, tokens)| ends_here(tokens.end))
        .max_by_key(|(_, tokens)| tokens.len())
        .map(|(i, _)| i)
        // "doctors in the town, who": the tree may hang the town elsewhere.
        .or_else(|| nouns().next().filter(|_| view.lower(pronoun) == "who"))
}

/// Whether `noun` can speak, by its word or by what the model takes it for.
pub(super) fn can_speak(view: &View<'_>, noun: usize) -> bool {
    is_speaker(view, noun) || is_person(view, noun)
}

/// Whether `noun` is a person or people, whom "who" can stand for.
pub(super) fn is_person(view: &View<'_>, noun: usize) -> bool {
    let reading = view.context.reading;
    match mention::name_at(reading, noun) {
        Some(name) => matches!(name.kind, NameKind::Person | NameKind::Norp),
        None => {
            reading
                .tokens
                .get(noun)
                .is_some_and(|t| t.etype == "person")
                || view
                    .lexicon()
                    .agents
                    .get(view.lemma(noun))
                    .is_some_and(|agent| agent.source.is_some())
        }
    }
}

/// Whether `noun` can speak or be spoken to: a person, a body, a name, a pronoun.
pub(super) fn is_speaker(view: &View<'_>, noun: usize) -> bool {
    let reading = view.context.reading;
    if let Some(name) = mention::name_at(reading, noun) {
        return matches!(
            name.kind,
            NameKind::Person | NameKind::Org | NameKind::Gpe | NameKind::Norp
        );
    }
    view.upos(noun) == Upos::Pron
        || view.upos(noun) == Upos::Propn
        || view
            .lexicon()
            .agents
            .get(view.lemma(noun))
            .is_some_and(|agent| agent.source.is_some())
}
