//! What an adjective of a country says: where something is ("the Syrian town"), or only who acts
//! ("a Turkish drone", "Israeli strikes").
//!
//! Forces act abroad as often as at home, so that who acts tells no place: UCDP and ACLED place an
//! event by where it happened, and code the actors apart.

use sayso_lexicon::PlaceNoun;
use sayso_text::{Rel, TokenRange, Upos};

use crate::mention::lemma;
use crate::{Context, PlaceRule};

/// Most steps from an adjective up to the noun that it belongs to.
const STEPS: usize = 4;

/// Whether the demonym at `tokens` modifies who acts, what strikes, or the deed itself, and so does
/// not say where it was done.
pub(super) fn is_of_actor(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let (reading, syntax) = (context.reading, context.syntax);
    if !reading.annotated || !context.has(PlaceRule::ActorsDemonym) {
        return false;
    }
    let Some(last) = tokens.end.checked_sub(1) else {
        return false;
    };
    // "Israeli air strikes", "the Turkish defence ministry's drones".
    let mut noun = last;
    for _ in 0..STEPS {
        let inner = matches!(
            syntax.rel(noun),
            Rel::Amod | Rel::Compound | Rel::Flat | Rel::NmodDesc | Rel::Conj | Rel::Appos
        ) || syntax.rel(noun) == Rel::NmodPoss && noun != last;
        match syntax.head(noun).filter(|_| inner) {
            Some(above) if syntax.upos(above) != Upos::Verb => noun = above,
            _ => break,
        }
    }
    let word = lemma(reading, noun);
    let places = &context.knowledge.lexicon.places;
    // "The Syrian border town", "Sudanese territory": where it is.
    let of_place = places
        .noun(&word)
        .is_some_and(|noun| !matches!(noun, PlaceNoun::Base | PlaceNoun::Site | PlaceNoun::Street));
    if of_place {
        return false;
    }
    let by = syntax.children_by(noun, &[Rel::Case]).any(|case| {
        matches!(
            reading.word(case).to_lowercase().as_str(),
            "by" | "from" | "with" | "between" | "against"
        )
    });
    let events = &context.knowledge.lexicon.events;
    let deed = noun != last && !events.frames.patterns(&word).is_empty();
    let acts = matches!(
        syntax.rel(noun),
        Rel::Nsubj | Rel::OblAgent | Rel::NsubjOuter
    );
    acts || by || deed || events.things.has(&word)
}
