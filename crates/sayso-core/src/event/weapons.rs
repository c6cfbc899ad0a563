//! Weapons in the words around a trigger.

use sayso_lexicon::{EventWord, WeaponClass};
use sayso_text::{Rel, TokenRange};

use super::clause::Clause;
use super::words::Words;

/// Where a weapon stands to the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The trigger's own words, or a modifier of a noun trigger ("rocket attack").
    Own,
    /// Subject of the verb ("a bomb exploded").
    Subject,
    /// Object of the verb, or subject of a passive ("defused a bomb").
    Object,
    /// A phrase of means ("with rifles", "using drones").
    Means,
}

/// A weapon near a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) tokens: TokenRange,
    pub(crate) class: WeaponClass,
    pub(crate) place: Place,
}

/// The weapons around a verb.
pub(crate) fn around_verb(words: &Words<'_>, verb: usize, clause: &Clause) -> Vec<Found> {
    let mut found = Vec::new();
    let subject = super::clause::subject(words, verb);
    let (subject, object) = if clause.passive {
        (None, subject)
    } else {
        (subject, clause.patient)
    };
    for (token, place) in [(subject, Place::Subject), (object, Place::Object)] {
        if let Some(token) = token {
            phrase(words, token, place, &mut found);
        }
    }
    if let Some(agent) = clause.agent.filter(|_| clause.passive) {
        // "was struck by a rocket": the rocket strikes here as in "a rocket struck".
        phrase(words, agent, Place::Subject, &mut found);
    }
    for (case, token) in &clause.oblique {
        if matches!(
            case.as_str(),
            "with" | "using" | "use" | "by" | "from" | "in" | "via" | "of" | "employing"
        ) {
            phrase(words, *token, Place::Means, &mut found);
        }
    }
    for (case, token) in &clause.oblique {
        // "stepped on a landmine", "drove over a mine"
        if matches!(case.as_str(), "on" | "over") {
            phrase(words, *token, Place::Object, &mut found);
        }
    }
    found
}

/// The weapons around a noun trigger: its own words, modifiers and phrases of means.
pub(crate) fn around_noun(words: &Words<'_>, noun: usize) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some((tokens, class, _)) = words.weapon(noun) {
        found.push(Found {
            tokens,
            class,
            place: Place::Own,
        });
    }
    let syntax = words.context.syntax;
    for &child in syntax.children(noun) {
        match words.rel(child) {
            Rel::Compound | Rel::Amod | Rel::NmodDesc => {
                phrase(words, child, Place::Own, &mut found);
            }
            Rel::Nmod
                if matches!(
                    words.case(child),
                    Some("with" | "using" | "by" | "from" | "involving" | "of")
                ) =>
            {
                phrase(words, child, Place::Means, &mut found);
            }
            Rel::Acl if words.is_any(child, &["use", "involve", "employ"]) => {
                if let Some(object) = syntax.child(child, &[Rel::Obj]) {
                    phrase(words, object, Place::Means, &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

/// Adds the weapons that `token` heads, with its coordinated ones and its modifiers.
fn phrase(words: &Words<'_>, token: usize, place: Place, found: &mut Vec<Found>) {
    let syntax = words.context.syntax;
    for token in syntax.conjuncts(token) {
        let mut add = |token: usize| {
            if let Some((tokens, class, _)) = words.weapon(token) {
                let known = found.iter().any(|f: &Found| f.tokens == tokens);
                if !known {
                    found.push(Found {
                        tokens,
                        class,
                        place,
                    });
                }
            }
        };
        add(token);
        // "an Israeli drone strike", "two drones loaded with explosives".
        for child in syntax.children_by(token, &[Rel::Compound]) {
            add(child);
        }
        // "hundreds of drones and missiles", "a load of rockets"
        if words.is_in(token, EventWord::Batch) {
            let of = syntax
                .children_by(token, &[Rel::Nmod])
                .filter(|&c| words.case(c) == Some("of"));
            for child in of.flat_map(|c| syntax.conjuncts(c)) {
                add(child);
            }
        }
    }
}
