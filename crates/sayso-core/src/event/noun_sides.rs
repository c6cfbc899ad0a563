//! The sides of an event around a noun trigger: possessors, modifiers, prepositional phrases,
//! participles, and the verb that carries the noun ("carried out an attack").

use sayso_lexicon::{Args, LightSubject, NounSide, Trigger};
use sayso_text::{NameKind, Rel, Upos, Xpos};

use super::clause;
use super::sides::{Sides, between, is_time};
use super::words::Words;

/// The verb that carries a noun trigger, and what its subject is to the event.
pub(crate) fn light_verb(words: &Words<'_>, noun: usize) -> Option<(usize, LightSubject)> {
    let mut at = noun;
    // "a series of attacks", "a wave of strikes": the verb carries the first noun.
    for _ in 0..2 {
        let head = words.head(at)?;
        if words.rel(at) == Rel::Nmod
            && words.case(at) == Some("of")
            && words.is_any(
                head,
                &[
                    "series", "wave", "string", "spate", "number", "round", "campaign", "act",
                    "part", "series", "kind", "chain", "barrage", "dozens", "hundreds",
                ],
            )
        {
            at = head;
        } else {
            break;
        }
    }
    // Coordinated nouns share their verb.
    if words.rel(at) == Rel::Conj {
        at = words.head(at)?;
    }
    let verb = words.head(at)?;
    if !words.is_verb(verb) && !words.is_any(verb, &["involved", "engaged", "locked"]) {
        return None;
    }
    let governed = matches!(
        words.rel(at),
        Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::Xcomp
    );
    if !governed {
        return None;
    }
    let follows = |word: &str| {
        (verb + 1..(verb + 5).min(words.sentence(verb).end)).any(|t| words.is(t, word))
            || words.children(verb).iter().any(|&c| words.is(c, word))
    };
    let role = words.lexicon().light_verbs.subject(
        words
            .lexicon()
            .verb_lemma(words.form(verb))
            .unwrap_or(words.lemma(verb)),
        follows,
    )?;
    // An oblique needs a verb that takes it by a preposition of its own.
    if words.rel(at) == Rel::Obl
        && !matches!(
            words.case(at),
            Some("in" | "under" | "with" | "to" | "behind" | "out" | "into" | "for")
        )
    {
        return None;
    }
    Some((verb, role))
}

/// Sides of a noun trigger.
pub(crate) fn of_noun(words: &Words<'_>, noun: usize, trigger: &Trigger) -> Sides {
    let syntax = words.context.syntax;
    let mut sides = Sides::default();
    let poss_is_patient = trigger.noun_side == NounSide::Patient || trigger.args == Args::Victim;
    let of_is_patient = matches!(trigger.noun_side, NounSide::Patient | NounSide::Split);
    for &child in syntax.children(noun) {
        match words.rel(child) {
            Rel::NmodPoss => {
                if words.is_place(child) && !words.is_country(child) || is_time(words, child) {
                } else if poss_is_patient {
                    sides.undergo(words, child);
                } else {
                    sides.act(words, child);
                }
            }
            Rel::Nmod | Rel::Obl => {
                noun_phrase_side(words, child, trigger, of_is_patient, &mut sides);
            }
            Rel::Compound | Rel::Amod | Rel::NmodDesc => modifier(words, child, &mut sides),
            Rel::Acl => participle(words, child, &mut sides),
            Rel::AclRelcl => {
                let below = clause::read(words, child);
                if below.agent == Some(noun)
                    && words.is_any(
                        child,
                        &[
                            "target", "hit", "kill", "strike", "wound", "injure", "destroy",
                        ],
                    )
                    && let Some(patient) = below.patient
                {
                    sides.undergo(words, patient);
                }
            }
            _ => {}
        }
    }
    if sides.a.is_empty() {
        by_below(words, noun, &mut sides);
    }
    governor(words, noun, trigger, &mut sides);
    if trigger.args == Args::Territory {
        sides.b.retain(|&t| !words.is_place(t));
    }
    sides
}

/// "The murder of the mayor of San Telmo by hitmen": trees hang the doer below the victim or the
/// place, but people and places are by nobody. What a participle does ("a lorry driven by a
/// miner") is its own.
fn by_below(words: &Words<'_>, noun: usize, sides: &mut Sides) {
    if !words.on(crate::EventRule::DoerBelowVictim) {
        return;
    }
    let syntax = words.context.syntax;
    let mut doers = syntax
        .children_by(noun, &[Rel::Nmod])
        .filter(|&child| words.case(child) == Some("of"))
        .flat_map(|child| syntax.reach(child))
        .filter(|&t| words.rel(t) == Rel::Nmod && words.case(t) == Some("by"));
    if let Some(doer) = doers.next() {
        sides.act(words, doer);
    }
}

fn noun_phrase_side(
    words: &Words<'_>,
    child: usize,
    trigger: &Trigger,
    of_is_patient: bool,
    sides: &mut Sides,
) {
    let Some(case) = words.case(child) else {
        return;
    };
    match case {
        "by" => sides.act(words, child),
        "between" | "among" => between(words, child, sides),
        // "an ambush on the highway" says where.
        "on" | "upon" | "at" if super::sides::is_ground(words, child) => {}
        "against" | "on" | "targeting" | "upon" | "at" | "toward" | "towards" => {
            sides.undergo(words, child);
        }
        "with" if trigger.args == Args::Reciprocal => sides.undergo(words, child),
        "involving" => sides.act(words, child),
        "from" if words.is_armed(child) || words.actor_kind(child).is_some() => {
            sides.act(words, child);
        }
        "of" => {
            if of_is_patient {
                if !(trigger.args == Args::Reciprocal && words.is_place(child)) {
                    sides.undergo(words, child);
                }
            } else if trigger.noun_side == NounSide::Agent {
                sides.act(words, child);
            }
        }
        _ => {}
    }
}

/// "IS attacks", "Russian airstrikes", "the U.S.-led invasion", "rebel shelling".
fn modifier(words: &Words<'_>, child: usize, sides: &mut Sides) {
    let syntax = words.context.syntax;
    if words.is_any(
        child,
        &["back", "backed", "backe", "sponsored", "supported"],
    ) {
        // Whoever backs an offensive does not wage it.
        return;
    }
    if words.is_any(child, &["lead", "led"]) {
        // "U.S.-led": the leader is below or right before the participle.
        if let Some(leader) = syntax
            .children(child)
            .iter()
            .copied()
            .find(|&c| words.is_noun(c))
        {
            sides.act(words, leader);
        } else if let Some(before) = child
            .checked_sub(2)
            .filter(|&b| words.is_noun(b) && matches!(words.form(b + 1), "-" | "–" | "‐"))
        {
            sides.act(words, before);
        }
        return;
    }
    // "car bomb": the modifier belongs to the weapon.
    let part_of_weapon = words
        .head(child)
        .and_then(|head| words.weapon(head))
        .is_some_and(|(range, _, _)| range.contains(&child));
    if part_of_weapon {
        return;
    }
    let kind = words.name_kind(child);
    let demonym = kind == Some(NameKind::Norp)
        || words
            .places
            .iter()
            .any(|p| p.demonym && p.tokens.contains(&child));
    let acts = demonym
        || kind == Some(NameKind::Org)
        || words.is_country(child)
        || words
            .actor_kind(child)
            .is_some_and(|_| words.is_armed(child))
        || words.is_any(
            child,
            &[
                "army",
                "government",
                "rebel",
                "militant",
                "militia",
                "insurgent",
                "police",
                "regime",
                "guerrilla",
                "jihadist",
                "jihadi",
                "mob",
                "gang",
                "cartel",
                "terrorist",
                "coalition",
                "settler",
                "military",
            ],
        ) && words.upos(child) != Upos::Adj;
    // "Islamist attacks" by adherents, but not "Islamic new year".
    if acts && !sides.a.contains(&child) && words.weapon(child).is_none() {
        sides.a.push(child);
    }
}

/// "an attack carried out by X", "a raid targeting Y", "a strike that hit Z".
fn participle(words: &Words<'_>, child: usize, sides: &mut Sides) {
    let below = clause::read(words, child);
    if words.xpos(child) == Xpos::VBN || below.passive {
        if let Some(agent) = below.agent {
            sides.act(words, agent);
        }
    } else if words.is_any(
        child,
        &[
            "target", "kill", "hit", "strike", "wound", "injure", "destroy", "involve",
        ],
    ) && let Some(patient) = below.patient
    {
        sides.undergo(words, patient);
    }
}

/// Sides that stand with the verb over the noun.
fn governor(words: &Words<'_>, noun: usize, trigger: &Trigger, sides: &mut Sides) {
    if let Some((verb, role)) = light_verb(words, noun) {
        let clause = clause::read(words, verb);
        match role {
            LightSubject::Agent => {
                // "is involved in an offensive", "has been locked in battle"
                let inside = words.rel(noun) == Rel::Obl && clause.passive;
                let agent = clause.agent.or(clause.patient.filter(|_| inside));
                if let Some(agent) = agent {
                    sides.act(words, agent);
                }
                for (case, token) in &clause.oblique {
                    let direct = matches!(case.as_str(), "against" | "on" | "at")
                        && !(case != "against" && super::sides::is_ground(words, *token));
                    if direct || (case == "with" && trigger.args == Args::Reciprocal) {
                        sides.undergo(words, *token);
                    }
                }
            }
            LightSubject::Patient => {
                if let Some(agent) = clause.agent
                    && (words.is_armed(agent) || !words.is_country(agent))
                {
                    sides.undergo(words, agent);
                }
                for (case, token) in &clause.oblique {
                    if matches!(case.as_str(), "by" | "from" | "at") && words.is_armed(*token) {
                        sides.act(words, *token);
                    }
                }
            }
            LightSubject::Occur => {
                if matches!(words.rel(noun), Rel::Nsubj | Rel::NsubjPass)
                    && !clause.passive
                    && let Some(patient) = clause.patient
                {
                    sides.undergo(words, patient);
                }
                for (case, token) in &clause.oblique {
                    if case == "between" {
                        between(words, *token, sides);
                    } else if case == "against" {
                        sides.undergo(words, *token);
                    }
                }
            }
        }
        return;
    }
    let Some(verb) = words.head(noun).filter(|&h| words.is_verb(h)) else {
        return;
    };
    let case = words.case(noun);
    let clause = clause::read(words, verb);
    if trigger.args == Args::Blast && words.rel(noun) == Rel::Nsubj {
        // "a bomb detonated under a convoy", "a mine killed two herders"
        for (prep, token) in &clause.oblique {
            if super::sides::is_blown_at(words, prep, *token) {
                sides.undergo(words, *token);
            }
        }
        if let Some(patient) = clause.patient.filter(|_| !clause.passive) {
            sides.undergo(words, patient);
        }
    }
    let harmed = words
        .lexicon()
        .effects
        .of(words.form(verb))
        .iter()
        .any(|e| {
            matches!(
                e.kind,
                sayso_lexicon::EffectKind::Verb | sayso_lexicon::EffectKind::Undergo
            )
        });
    if words.rel(noun) == Rel::Obl {
        if harmed && matches!(case, Some("in" | "by" | "during" | "from")) {
            // "44 people were killed in an attack", "five died in the blast".
            let victim = if clause.passive {
                clause.patient
            } else {
                clause::subject(words, verb)
            };
            if let Some(victim) =
                victim.filter(|_| clause.passive || words.is_any(verb, &["die", "perish"]))
            {
                sides.undergo(words, victim);
            } else if let Some(agent) = clause.agent {
                sides.act(words, agent);
                if let Some(patient) = clause.patient {
                    sides.undergo(words, patient);
                }
            }
        } else if matches!(case, Some("in" | "into")) && trigger.args == Args::Reciprocal {
            // "The alliance is locked in battle".
            let subject = clause.agent.or(clause.patient);
            if let Some(subject) = subject.filter(|&s| words.is_armed(s)) {
                sides.act(words, subject);
            }
        }
    }
    if words.is_any(verb, &["blame", "attribute", "pin", "claim", "accuse"]) {
        // "The attack was blamed on / claimed by X".
        if let Some(agent) = clause.agent.filter(|_| words.is(verb, "claim")) {
            sides.act(words, agent);
        }
        for (prep, token) in &clause.oblique {
            if matches!(prep.as_str(), "on" | "to") && words.rel(noun) == Rel::NsubjPass {
                sides.act(words, *token);
            }
        }
        if words.is_any(verb, &["blame", "accuse"])
            && matches!(case, Some("for" | "of"))
            && let Some(blamed) = clause.patient
        {
            sides.act(words, blamed);
        }
    }
}
