//! Who claims an event or is blamed for it, where the words stand apart from the event's.

use sayso_lexicon::EventWord;
use sayso_text::Rel;

use super::clause;
use super::trigger::Hit;
use super::words::Words;
use crate::EventRule;

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
    (0..words.context.reading.tokens.len())
        .filter_map(|token| {
            let held = words.on(EventRule::BlamedIsSide);
            let claims = words.on(EventRule::ClaimantIsSide);
            if words.is_verb(token) {
                claimed(words, token)
                    .filter(|_| claims)
                    .or_else(|| blamed(words, token).filter(|_| held))
                    .or_else(|| ascribed(words, token).filter(|_| held))
                    .or_else(|| tied(words, token).filter(|_| held))
            } else {
                None
            }
            .or_else(|| described(words, token).filter(|_| held))
        })
        .collect()
}

/// "X claimed responsibility for D", "X took credit for D".
fn claimed(words: &Words<'_>, verb: usize) -> Option<Claim> {
    let syntax = words.context.syntax;
    if !words.is_any(verb, &["claim", "take", "accept", "admit", "acknowledge"]) {
        return None;
    }
    let object = syntax.child(verb, &[Rel::Obj]).filter(|&o| {
        words.is_any(o, &["responsibility", "authorship"])
            || (words.is(o, "credit") && words.is_any(verb, &["claim", "take"]))
    })?;
    let actor = clause::subject(words, verb).filter(|&a| !is_nobody(words, a))?;
    let negated = words
        .children(verb)
        .iter()
        .any(|&c| matches!(words.form(c), "not" | "n't" | "never"));
    if negated {
        return None;
    }
    let deed = syntax
        .children_by(object, &[Rel::Nmod, Rel::Acl])
        .chain(syntax.children_by(verb, &[Rel::Obl, Rel::Advcl]))
        .find(|&c| matches!(words.case(c), Some("for" | "of")))
        .map(|deed| {
            // "attacks for which it claimed responsibility"
            let above = (words.rel(verb) == Rel::AclRelcl).then(|| words.head(verb));
            if words.is(deed, "which") {
                above.flatten().unwrap_or(deed)
            } else {
                deed
            }
        });
    Some(Claim {
        actor,
        verb,
        deed,
        blamed: false,
    })
}

/// "Y blamed X for D", "Y pointed to the rebels".
fn blamed(words: &Words<'_>, verb: usize) -> Option<Claim> {
    if words.is(verb, "point") {
        let clause = clause::read(words, verb);
        let armed = |&(ref case, t): &(String, usize)| {
            matches!(case.as_str(), "to" | "at") && words.is_armed(t)
        };
        let actor = clause.oblique.iter().find(|o| armed(o))?.1;
        return Some(Claim {
            actor,
            verb,
            deed: None,
            blamed: true,
        });
    }
    if !words.is(verb, "blame") {
        return None;
    }
    let clause = clause::read(words, verb);
    let actor = clause
        .patient
        .filter(|&actor| super::sides::can_act(words, actor))?;
    let deed = clause
        .oblique
        .iter()
        .find(|(case, _)| case == "for")
        .map(|(_, t)| *t);
    Some(Claim {
        actor,
        verb,
        deed,
        blamed: true,
    })
}

/// "Y attributed D to X", "Y blamed D on X".
fn ascribed(words: &Words<'_>, verb: usize) -> Option<Claim> {
    if !words.is_in(verb, EventWord::Ascribing) {
        return None;
    }
    let clause = clause::read(words, verb);
    let actor = clause
        .oblique
        .iter()
        .filter(|(case, _)| matches!(case.as_str(), "to" | "on"))
        .map(|&(_, t)| t)
        .find(|&t| super::sides::can_act(words, t) && !is_nobody(words, t))?;
    Some(Claim {
        actor,
        verb,
        deed: Some(clause.patient?),
        blamed: true,
    })
}

/// "X is accused of D", "X, suspected in D", "Y implicated X in D": the deed must be named.
fn tied(words: &Words<'_>, verb: usize) -> Option<Claim> {
    let clause = clause::read(words, verb);
    let held = words.is(verb, "hold").then(|| {
        words
            .context
            .syntax
            .children_by(verb, &[Rel::Xcomp, Rel::Obj, Rel::Advmod])
            .find(|&c| words.is_any(c, &["responsible", "accountable"]))
    });
    let below = match held {
        Some(found) => Some(found?),
        None if words.is_in(verb, EventWord::Sentencing) => None,
        None => return None,
    };
    let actor = clause
        .patient
        .filter(|&a| super::sides::can_act(words, a) && !is_nobody(words, a))?;
    let deed = deed_below(words, verb, &["of", "in", "with", "for", "over"])
        .or_else(|| deed_below(words, below?, &["for"]))?;
    Some(Claim {
        actor,
        verb,
        deed: Some(deed),
        blamed: true,
    })
}

/// "X is responsible for D", "X was the mastermind of D".
fn described(words: &Words<'_>, token: usize) -> Option<Claim> {
    let said = words.is_any(token, &["responsible", "guilty"])
        || words.is_any(
            token,
            &[
                "perpetrator",
                "mastermind",
                "author",
                "culprit",
                "organizer",
                "organiser",
            ],
        );
    if !said || words.is_verb(token) {
        return None;
    }
    let actor = words
        .context
        .syntax
        .child(token, &[Rel::Nsubj])
        .filter(|&a| super::sides::can_act(words, a) && !is_nobody(words, a))?;
    let negated = words
        .children(token)
        .iter()
        .any(|&c| matches!(words.form(c), "not" | "n't" | "never"));
    if negated {
        return None;
    }
    let deed = deed_below(words, token, &["for", "of"])?;
    Some(Claim {
        actor,
        verb: token,
        deed: Some(deed),
        blamed: true,
    })
}

fn deed_below(words: &Words<'_>, token: usize, cases: &[&str]) -> Option<usize> {
    words
        .context
        .syntax
        .children_by(token, &[Rel::Obl, Rel::Nmod, Rel::Advcl, Rel::OblAgent])
        .find(|&c| words.case(c).is_some_and(|case| cases.contains(&case)) && words.is_noun(c))
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
