//! What an adjective of a country says: where something is ("the Syrian town"), or only who acts
//! ("a Turkish drone", "Israeli strikes").
//!
//! Forces act abroad as often as at home, so that who acts tells no place: UCDP and ACLED place an
//! event by where it happened, and code the actors apart.

use sayso_lexicon::{PlaceNoun, PlaceWord};
use sayso_text::{Rel, TokenRange, Upos};

use crate::mention::lemma;
use crate::{Context, PlaceRule};

/// Most steps from an adjective up to the noun that it belongs to.
const STEPS: usize = 4;

/// Whether the demonym at `tokens` modifies who acts, what strikes, or the deed itself, and so does
/// not say where it was done.
pub(super) fn is_of_actor(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let Some(noun) = noun_of(context, tokens) else {
        return false;
    };
    let (reading, syntax) = (context.reading, context.syntax);
    // "The Syrian border town", "Sudanese territory": where it is.
    let of_place = context
        .knowledge
        .lexicon
        .places
        .noun(&lemma(reading, noun))
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
    let acts = matches!(
        syntax.rel(noun),
        Rel::Nsubj | Rel::OblAgent | Rel::NsubjOuter
    );
    acts || by || is_deed_or_thing(context, noun, tokens)
}

/// Whether the demonym at `tokens` says no more than whose forces, weapons or deeds they are, or with
/// whom a border is: nothing then places an event in that country, nor a town without a point.
pub(super) fn is_of_forces(context: &Context<'_>, tokens: &TokenRange) -> bool {
    let Some(noun) = noun_of(context, tokens) else {
        return false;
    };
    let reading = context.reading;
    let lexicon = context.knowledge.lexicon;
    let (word, form) = (lemma(reading, noun), reading.word(noun).to_lowercase());
    let border = lexicon.places.noun(&word) == Some(PlaceNoun::Border);
    let agent = lexicon.agents.get(&word).or(lexicon.agents.get(&form));
    let sent = match agent {
        Some(agent) => lexicon.place_words.has(PlaceWord::SentAbroad, &agent.class),
        None => is_deed_or_thing(context, noun, tokens),
    };
    border || sent && is_of_actor(context, tokens)
}

/// An event noun or a weapon: "Israeli strikes", "a Turkish drone".
fn is_deed_or_thing(context: &Context<'_>, noun: usize, tokens: &TokenRange) -> bool {
    let word = lemma(context.reading, noun);
    let events = &context.knowledge.lexicon.events;
    let deed = !tokens.contains(&noun) && !events.frames.patterns(&word).is_empty();
    deed || events.things.has(&word) || events.weapons.find(&word, &[]).is_some()
}

/// The noun that the demonym belongs to, itself where it is one: "Israeli air strikes", "the Turkish
/// defence ministry's drones". `None` where nothing is to be told by it.
fn noun_of(context: &Context<'_>, tokens: &TokenRange) -> Option<usize> {
    let syntax = context.syntax;
    if !context.reading.annotated || !context.has(PlaceRule::ActorsDemonym) {
        return None;
    }
    let last = tokens.end.checked_sub(1)?;
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
    Some(noun)
}
