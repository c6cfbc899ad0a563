//! The conditions that frames put on a trigger's surroundings (`needs`, `not`, `when`).
//!
//! A condition is `name`, `name:value`, or several joined by `+`, all of which must hold:
//! `agent`, `patient`, `sides`, `toll`, `weapon` and `weapon-subject`, `weapon-object` (optionally
//! with a class), `agent:` or `patient:` with a class of people, `subject:place`,
//! `oblique:place`, `victims:armed`, `word:`, `verb:` and `object:` with a lemma.

use sayso_lexicon::{EffectKind, EventWord, People, WeaponClass};
use sayso_text::Rel;

use super::clause::Clause;
use super::sides::Sides;
use super::weapons::{Found, Place};
use super::words::Words;

/// A trigger with everything a condition may ask about.
pub(crate) struct Around<'a> {
    pub(crate) token: usize,
    pub(crate) sides: &'a Sides,
    pub(crate) clause: Option<&'a Clause>,
    pub(crate) weapons: &'a [Found],
}

/// Whether any of `conditions` holds; true when there is none.
pub(crate) fn any(words: &Words<'_>, conditions: &[String], around: &Around<'_>) -> bool {
    conditions.is_empty() || conditions.iter().any(|c| holds(words, c, around, true))
}

/// Whether `condition` holds. `wide` lets a weapon stand anywhere in the sentence.
pub(crate) fn holds(words: &Words<'_>, condition: &str, around: &Around<'_>, wide: bool) -> bool {
    condition
        .split('+')
        .all(|part| holds_one(words, part, around, wide))
}

fn holds_one(words: &Words<'_>, condition: &str, around: &Around<'_>, wide: bool) -> bool {
    let (name, value) = condition
        .split_once(':')
        .map_or((condition, None), |(n, v)| (n, Some(v)));
    let class = |found: &Found| value.is_none_or(|v| found.class.as_str() == v);
    match name {
        "agent" => match value {
            None => !around.sides.a.is_empty(),
            Some(value) => around.sides.a.iter().any(|&t| is_kind(words, t, value)),
        },
        "patient" => match value {
            None => !around.sides.b.is_empty(),
            Some("place") => around
                .clause
                .and_then(|c| c.patient)
                .into_iter()
                .chain(of_phrase(words, around.token))
                .any(|t| {
                    words.is_place(t)
                        || words
                            .context
                            .syntax
                            .children_by(t, &[Rel::Nmod])
                            .any(|c| words.case(c) == Some("of") && words.is_place(c))
                }),
            Some(value) => around
                .sides
                .b
                .iter()
                .copied()
                .chain(
                    // "soldiers involved in the massacre of priests": theirs is not the harm.
                    around
                        .clause
                        .and_then(|c| c.patient)
                        // "carried out an armed attack": the deed is not whom it was done to.
                        .filter(|&p| p != around.token)
                        .filter(|_| words.is_verb(around.token) || around.sides.b.is_empty()),
                )
                .any(|t| is_kind(words, t, value)),
        },
        "oblique" => around.clause.is_some_and(|c| {
            value == Some("place") && c.oblique.iter().any(|(_, t)| words.is_place(*t))
        }),
        "subject" => super::clause::subject(words, around.token)
            .is_some_and(|t| value == Some("place") && words.is_place(t)),
        // "demonstrates that" says what it shows.
        "intransitive" => {
            around.clause.is_some_and(|c| c.patient.is_none())
                && words
                    .context
                    .syntax
                    .child(around.token, &[Rel::Ccomp])
                    .is_none()
        }
        // "attempted to seize": ground that is fought over is not yet taken.
        "attempted" => {
            let above = words.head(around.token);
            words.rel(around.token) == Rel::Xcomp
                && above.is_some_and(|h| words.is_in(h, EventWord::StrivingVerb))
        }
        "sides" => !around.sides.a.is_empty() || !around.sides.b.is_empty(),
        "toll" => words.sentence(around.token).any(|t| {
            words.lexicon().effects.of(words.form(t)).iter().any(|e| {
                e.effect == "killed" || e.effect == "injured" && e.kind != EffectKind::Noun
            })
        }),
        "victims" => victims_armed(words, around.token),
        "weapon" => {
            // What is blown up is no weapon ("blew up an aeroplane").
            around
                .weapons
                .iter()
                .any(|f| class(f) && (wide || f.place != Place::Object || !is_craft(f)))
                || (wide
                    && words.sentence(around.token).any(|t| {
                        words
                            .weapon(t)
                            .is_some_and(|(_, c, _)| value.is_none_or(|v| c.as_str() == v))
                    }))
        }
        "weapon-subject" => around
            .weapons
            .iter()
            .any(|f| f.place == Place::Subject && class(f)),
        "weapon-object" => around
            .weapons
            .iter()
            .any(|f| f.place == Place::Object && class(f) && f.class != WeaponClass::Aerial),
        "word" => value.is_some_and(|v| words.sentence_has(around.token, v)),
        "verb" => value.is_some_and(|v| governing_verb(words, around.token, v)),
        "object" => value.is_some_and(|v| {
            around
                .clause
                .and_then(|c| c.patient)
                .is_some_and(|t| words.is(t, v))
        }),
        _ => false,
    }
}

fn is_craft(found: &Found) -> bool {
    matches!(found.class, WeaponClass::Aerial | WeaponClass::Drone)
}

fn of_phrase(words: &Words<'_>, token: usize) -> Vec<usize> {
    words
        .context
        .syntax
        .children_by(token, &[Rel::Nmod])
        .filter(|&c| words.case(c) == Some("of"))
        .collect()
}

/// Whether the verb over a noun (or the participle below it) is `verb`.
fn governing_verb(words: &Words<'_>, noun: usize, verb: &str) -> bool {
    let mut at = noun;
    for _ in 0..3 {
        let Some(head) = words.head(at) else {
            break;
        };
        if words.is_verb(head) {
            return words.is(head, verb);
        }
        at = head;
    }
    words
        .context
        .syntax
        .children_by(noun, &[Rel::Acl, Rel::AclRelcl])
        .any(|c| words.is(c, verb))
}

fn is_kind(words: &Words<'_>, token: usize, kind: &str) -> bool {
    match kind {
        "armed" => words.is_armed(token),
        "state" => words.is_state(token) && !words.is_rebel(token),
        "rebel" => words.is_rebel(token),
        "fighters" => words.is_rebel(token) || words.people_deep(token) == Some(People::Fighters),
        "soldiers" => {
            words.people_deep(token) == Some(People::Soldiers)
                || words.is_state(token) && words.is_armed(token)
        }
        "protesters" => {
            words.people_deep(token) == Some(People::Protesters)
                || words.actor_kind(token) == Some(crate::ActorKind::Protesters)
        }
        "rioters" => {
            words.people_deep(token) == Some(People::Rioters)
                || words.actor_kind(token) == Some(crate::ActorKind::Rioters)
                || (words.is(token, "crowd")
                    && words.children(token).iter().any(|&c| words.is(c, "angry")))
        }
        "police" => words.people_deep(token) == Some(People::Police),
        "country" => words.is_country(token) || words.is_nation(token),
        "unarmed" => words.is_unarmed(token),
        "ship" => words.is_in(token, EventWord::Ship),
        "person" => words.name_kind(token) == Some(sayso_text::NameKind::Person),
        "people" => words.people_deep(token).is_some(),
        "private" => {
            !words.is_state(token)
                && (words.actor_kind(token) == Some(crate::ActorKind::Person)
                    || words.name_kind(token) == Some(sayso_text::NameKind::Person)
                    || words.is_in(token, EventWord::PrivatePerson))
        }
        _ => false,
    }
}

/// Whether the people whom the sentence counts as killed or wounded bear arms.
fn victims_armed(words: &Words<'_>, token: usize) -> bool {
    let syntax = words.context.syntax;
    words.sentence(token).any(|t| {
        let effect = words.lexicon().effects.of(words.form(t)).iter().any(|e| {
            matches!(e.effect.as_str(), "killed" | "injured") && e.kind == EffectKind::Verb
        });
        effect
            && words.is_verb(t)
            && (syntax.dominates(t, token)
                || syntax.dominates(token, t)
                || super::clause::subject(words, t) == Some(token))
            && {
                let clause = super::clause::read(words, t);
                // "killed the men behind the attack": theirs was another one.
                clause
                    .patient
                    .is_some_and(|p| words.is_armed(p) && !syntax.dominates(p, token))
            }
    })
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::EventLexicon;

    /// Whether the phase knows the condition; one it does not know never holds.
    fn is_known(part: &str) -> bool {
        const KINDS: [&str; 15] = [
            "armed",
            "country",
            "fighters",
            "people",
            "person",
            "place",
            "police",
            "private",
            "protesters",
            "rebel",
            "rioters",
            "ship",
            "soldiers",
            "state",
            "unarmed",
        ];
        const WEAPONS: [&str; 10] = [
            "aerial",
            "chemical",
            "crowd-control",
            "drone",
            "explosive",
            "firearm",
            "grenade",
            "heavy",
            "primitive",
            "suicide",
        ];
        match part.split_once(':') {
            None => matches!(
                part,
                "agent"
                    | "patient"
                    | "intransitive"
                    | "attempted"
                    | "sides"
                    | "toll"
                    | "weapon"
                    | "weapon-subject"
                    | "weapon-object"
            ),
            Some(("agent" | "patient", kind)) => KINDS.contains(&kind),
            Some(("victims", kind)) => kind == "armed",
            Some(("subject" | "oblique", kind)) => kind == "place",
            Some(("weapon" | "weapon-subject" | "weapon-object", class)) => {
                WEAPONS.contains(&class)
            }
            Some(("word" | "verb" | "object", lemma)) => !lemma.is_empty(),
            Some(_) => false,
        }
    }

    #[test]
    fn every_condition_of_a_frame_is_known() {
        let lexicon = EventLexicon::builtin().unwrap();
        for frame in &lexicon.frames.all {
            let needs = frame.triggers.iter().flat_map(|t| &t.needs);
            let when = frame.refine.iter().map(|r| &r.when);
            let leaves = frame.leaves.iter().map(|l| &l.when);
            for part in needs.chain(when).chain(leaves).flat_map(|c| c.split('+')) {
                assert!(is_known(part), "{}: {part}", frame.name);
            }
        }
    }
}
