//! Who claims an event or is blamed for it, where the words stand apart from the event's.

use sayso_text::Rel;

use super::clause;
use super::trigger::Hit;
use super::words::Words;

/// Somebody who is tied to a deed by a claim or by blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Head of the noun phrase of who did it.
    pub(crate) actor: usize,
    /// The verb that claims or blames.
    pub(crate) verb: usize,
    /// The deed's noun or verb, where the clause has it.
    pub(crate) deed: Option<usize>,
    /// Blamed by another, not claimed.
    pub(crate) blamed: bool,
}

/// Every claim of responsibility and every blame of the text, in text order.
pub(crate) fn find(words: &Words<'_>) -> Vec<Claim> {
    let syntax = words.context.syntax;
    let mut claims = Vec::new();
    for verb in 0..words.context.reading.tokens.len() {
        if !words.is_verb(verb) {
            continue;
        }
        if words.is_any(verb, &["claim", "take", "accept", "admit"]) {
            let object = syntax
                .child(verb, &[Rel::Obj])
                .filter(|&o| words.is(o, "responsibility"));
            let Some(object) = object else {
                continue;
            };
            let Some(actor) = clause::subject(words, verb).filter(|&a| !is_nobody(words, a)) else {
                continue;
            };
            let negated = words
                .children(verb)
                .iter()
                .any(|&c| matches!(words.form(c), "not" | "n't" | "never"));
            if negated {
                continue;
            }
            let deed = syntax
                .children_by(object, &[Rel::Nmod, Rel::Acl])
                .chain(syntax.children_by(verb, &[Rel::Obl, Rel::Advcl]))
                .find(|&c| words.case(c) == Some("for"))
                .map(|deed| {
                    // "attacks for which it claimed responsibility"
                    let above = (words.rel(verb) == Rel::AclRelcl).then(|| words.head(verb));
                    if words.is(deed, "which") {
                        above.flatten().unwrap_or(deed)
                    } else {
                        deed
                    }
                });
            claims.push(Claim {
                actor,
                verb,
                deed,
                blamed: false,
            });
        } else if words.is(verb, "blame") {
            let clause = clause::read(words, verb);
            if let Some(actor) = clause.patient {
                let deed = clause
                    .oblique
                    .iter()
                    .find(|(case, _)| case == "for")
                    .map(|(_, t)| *t);
                if super::sides::can_act(words, actor) {
                    claims.push(Claim {
                        actor,
                        verb,
                        deed,
                        blamed: true,
                    });
                }
            }
        }
    }
    claims
}

/// Gives those who claim a deed by its noun to the trigger, so that it is told apart by them.
pub(crate) fn give(words: &Words<'_>, claims: &[Claim], hits: &mut [Hit]) {
    for claim in claims.iter().filter(|c| !c.blamed) {
        let Some(deed) = claim.deed else {
            continue;
        };
        if let Some(hit) = hits.iter_mut().find(|h| h.token == deed)
            && super::sides::can_act(words, claim.actor)
            && hit.sides.a.is_empty()
        {
            hit.sides.a.push(claim.actor);
        }
    }
}

fn is_nobody(words: &Words<'_>, token: usize) -> bool {
    matches!(
        words.form(token),
        "nobody" | "none" | "no-one" | "no" | "one"
    ) || words
        .children(token)
        .iter()
        .any(|&c| matches!(words.form(c), "no" | "neither"))
}
