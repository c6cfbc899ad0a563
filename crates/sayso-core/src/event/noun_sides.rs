//! The sides of an event around a noun trigger: possessors, modifiers, prepositional phrases,
//! participles, and the verb that carries the noun ("carried out an attack").

use sayso_lexicon::{Args, EventWord, LightSubject, NounSide, People, Trigger};
use sayso_text::{NameKind, Rel, Upos, Xpos};

use super::clause;
use super::sides::{Sides, between, is_time};
use super::words::Words;
use crate::EventRule;

/// The verb that carries a noun trigger, and what its subject is to the event.
pub(crate) fn light_verb(words: &Words<'_>, noun: usize) -> Option<(usize, LightSubject)> {
    let mut at = noun;
    // "a series of attacks", "a wave of strikes": the verb carries the first noun.
    for _ in 0..2 {
        let head = words.head(at)?;
        if words.rel(at) == Rel::Nmod
            && words.case(at) == Some("of")
            && words.is_in(head, EventWord::SeriesNoun)
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
    if !words.is_verb(verb) && !words.is_in(verb, EventWord::TakingPart) {
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
        && !words.case(at).is_some_and(|case| {
            words
                .lexicon()
                .words
                .has(EventWord::CarryingPreposition, case)
        })
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
                    && words.is_in(child, EventWord::HarmingVerb)
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
    drop_demonym_of_doer(words, &mut sides);
    super::fight::drop_demonym(words, noun, &mut sides);
    if !headline(words, noun, &mut sides) {
        governor(words, noun, trigger, &mut sides);
    }
    if trigger.args == Args::Reciprocal {
        part(words, &mut sides);
    }
    if trigger.args == Args::Territory {
        sides.b.retain(|&t| !words.is_place(t));
    }
    sides
}

/// "The murder of the mayor of San Telmo by hitmen": trees hang the doer below the victim or the
/// place, but people and places are by nobody. What a participle does ("a lorry driven by a
/// miner") is its own.
fn by_below(words: &Words<'_>, noun: usize, sides: &mut Sides) {
    if !words.on(EventRule::DoerBelowVictim) {
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

/// "Haitian police operation": the demonym only says whose police they are.
fn drop_demonym_of_doer(words: &Words<'_>, sides: &mut Sides) {
    if !words.on(EventRule::DemonymOfDoer) {
        return;
    }
    let doers = sides.a.clone();
    sides.a.retain(|&t| {
        words.name_kind(t) != Some(NameKind::Norp)
            || words.rel(t) != Rel::Amod
            || !doers
                .iter()
                .any(|&d| d > t && words.rel(d) == Rel::Compound && words.head(d) == words.head(t))
    });
}

/// "Police arrest 26 suspects", "Drone strikes a clinic in Orlu": a verb in the present tense that
/// the model takes for a noun. A noun phrase behind it with no preposition between is its object,
/// and the noun before it its subject.
fn headline(words: &Words<'_>, noun: usize, sides: &mut Sides) -> bool {
    if !words.on(EventRule::HeadlineVerb) {
        return false;
    }
    let syntax = words.context.syntax;
    let subject = syntax
        .children_by(noun, &[Rel::Compound, Rel::Nsubj, Rel::NmodDesc, Rel::Nmod])
        .filter(|&s| s < noun && words.is_noun(s) && words.case(s).is_none())
        .filter(|&s| is_somebody(words, s))
        .last();
    let next = noun + 1;
    // Without an article the noun must be all that the clause has for a verb.
    let opens = words.sentence(noun).contains(&next)
        && (matches!(words.upos(next), Upos::Det | Upos::Num)
            || words.rel(noun) == Rel::Root && subject.is_some_and(|s| s + 1 == noun))
        && !matches!(words.form(next), "that" | "this" | "these" | "those");
    let object = syntax
        .children_by(noun, &[Rel::Obj, Rel::NmodDesc])
        .find(|&o| o > noun && words.is_noun(o) && words.case(o).is_none())
        .or_else(|| {
            let last = opens.then(|| super::trigger::noun_behind(words, next))??;
            // "former minister Bado Lunt": the common noun heads the phrase.
            let common = (next..=last)
                .rev()
                .find(|&t| words.upos(t) == Upos::Noun && words.is_noun(t));
            common.or(Some(last))
        })
        .filter(|&o| !is_time(words, o));
    let (Some(subject), Some(object)) = (subject, object) else {
        return false;
    };
    let mut done = Sides::default();
    done.undergo(words, object);
    if done.b.is_empty() {
        return false;
    }
    if words.weapon(subject).is_none() {
        sides.a.clear();
        sides.act(words, subject);
    }
    sides.b = done.b;
    true
}

/// "A truce signed by the president and the movement", "Orlu and Dorn sign a treaty": the first
/// against those coordinated with it.
fn part(words: &Words<'_>, sides: &mut Sides) {
    let Some(&first) = sides.a.first().filter(|_| sides.b.is_empty()) else {
        return;
    };
    let joined = words.context.syntax.conjuncts(first);
    if sides.a.len() > 1
        && words.on(EventRule::PartiesApart)
        && sides.a.iter().all(|t| joined.contains(t))
    {
        sides.b = sides.a.split_off(1);
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
        "by" => {
            sides.act(words, child);
            targets_below(words, child, sides);
            if of_is_patient && let Some(victim) = victim_of_doer(words, child) {
                sides.undergo(words, victim);
            }
        }
        "between" | "among" => between(words, child, sides),
        // "an ambush on the highway" says where.
        "on" | "upon" | "at" if super::sides::is_ground(words, child) => {}
        // "a shooting at a school"
        "at" if trigger.args != Args::Blast
            && is_building(words, child)
            && words.on(EventRule::AtPlaceIsWhere) => {}
        "against" | "on" | "targeting" | "upon" | "at" | "toward" | "towards" => {
            sides.undergo(words, child);
        }
        "with" if trigger.args == Args::Reciprocal => sides.undergo(words, child),
        "involving" => sides.act(words, child),
        // "the capture of a district from the army"
        "from" if trigger.args == Args::Territory && words.is_place(child) => {}
        "from" if trigger.args == Args::Territory => sides.undergo(words, child),
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

/// Whether a noun names people, a body or a weapon: the smell that "assaults the nose" does not.
fn is_somebody(words: &Words<'_>, token: usize) -> bool {
    matches!(words.etype(token), "person" | "organization")
        || words.people(token).is_some()
        || words.actor_kind(token).is_some()
        || words.name_kind(token).is_some()
        || words.weapon(token).is_some()
}

fn is_building(words: &Words<'_>, token: usize) -> bool {
    let things = &words.lexicon().things;
    matches!(words.etype(token), "place" | "organization")
        && (things.has(words.lemma(token)) || things.has(words.form(token)))
}

/// "An attack by rebels on a checkpoint": trees hang the target below the doer.
fn targets_below(words: &Words<'_>, doer: usize, sides: &mut Sides) {
    if !words.on(EventRule::TargetBelowDoer) {
        return;
    }
    let upon = |t: usize| matches!(words.case(t), Some("on" | "upon" | "against" | "targeting"));
    let nouns = words.context.syntax.children_by(doer, &[Rel::Nmod]);
    for target in nouns.filter(|&t| upon(t)) {
        if !is_time(words, target) && !super::sides::is_ground(words, target) {
            sides.undergo(words, target);
        }
    }
}

/// "A truce brokered by monks": somebody is named, though no party to it.
pub(super) fn is_mediated(words: &Words<'_>, noun: usize) -> bool {
    words
        .context
        .syntax
        .children_by(noun, &[Rel::Acl])
        .any(|c| words.is_in(c, EventWord::Mediating))
}

/// "The killing by police of a student": trees hang the victim below the doer, but police are not
/// of a student.
pub(super) fn victim_of_doer(words: &Words<'_>, doer: usize) -> Option<usize> {
    if !words.on(EventRule::VictimBelowDoer) || !words.is_armed(doer) {
        return None;
    }
    words
        .context
        .syntax
        .children_by(doer, &[Rel::Nmod])
        .find(|&c| {
            words.case(c) == Some("of")
                && !words.is_armed(c)
                && matches!(
                    words.people(c),
                    Some(People::People | People::Civilians | People::Children | People::Women)
                )
        })
}

/// "IS attacks", "Russian airstrikes", "the U.S.-led invasion", "rebel shelling".
fn modifier(words: &Words<'_>, child: usize, sides: &mut Sides) {
    let syntax = words.context.syntax;
    if words.is_in(child, EventWord::Backing) {
        // Whoever backs an offensive does not wage it.
        return;
    }
    let hyphen = |t: usize| matches!(words.form(t), "-" | "–" | "‐");
    let waged = words.is_in(child, EventWord::Waging)
        && (words.is(child, "lead")
            || child.checked_sub(1).is_some_and(hyphen) && words.on(EventRule::HyphenedDoer));
    if waged {
        // "U.S.-led", "rebel-launched": the leader is below or right before the participle.
        if let Some(leader) = syntax
            .children(child)
            .iter()
            .copied()
            .find(|&c| words.is_noun(c))
        {
            sides.act(words, leader);
        } else if let Some(before) = child
            .checked_sub(2)
            .filter(|&b| words.is_noun(b) && hyphen(b + 1))
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
    // "the police academy bombing": what was hit, not who did it.
    if words.is_in(child, EventWord::HitModifier) && words.on(EventRule::HitModifier) {
        sides.undergo(words, child);
        return;
    }
    // "the Israeli and American campaign": each of them.
    let all = if words.on(EventRule::JoinedModifiers) {
        syntax.conjuncts(child)
    } else {
        vec![child]
    };
    for token in all {
        // "Islamist attacks" by adherents, but not "Islamic new year".
        if names_doer(words, token) && !sides.a.contains(&token) && words.weapon(token).is_none() {
            sides.a.push(token);
        }
    }
}

/// Whether the modifier of an event noun says who does it.
fn names_doer(words: &Words<'_>, token: usize) -> bool {
    let kind = words.name_kind(token);
    // "CAR BOMB": what the tagger takes for a name may be a thing.
    if words.lexicon().things.has(words.lemma(token)) && words.people(token).is_none() {
        return false;
    }
    kind == Some(NameKind::Norp)
        || kind == Some(NameKind::Org)
        || words
            .places
            .iter()
            .any(|p| p.demonym && p.tokens.contains(&token))
        || words.is_country(token)
        || (words.actor_kind(token).is_some() && words.is_armed(token))
        || (words.is_in(token, EventWord::DoerModifier) && words.upos(token) != Upos::Adj)
}

/// "an attack carried out by X", "a raid targeting Y", "a strike that hit Z".
fn participle(words: &Words<'_>, child: usize, sides: &mut Sides) {
    let below = clause::read(words, child);
    if words.xpos(child) == Xpos::VBN || below.passive {
        let mediated =
            words.is_in(child, EventWord::Mediating) && words.on(EventRule::MediatorIsNoSide);
        if let Some(agent) = below.agent.filter(|_| !mediated) {
            sides.act(words, agent);
        }
        // "an air strike carried out by the navy against a boat"
        let upon = |case: &str| words.lexicon().words.has(EventWord::UponPreposition, case);
        for (case, token) in &below.oblique {
            if words.on(EventRule::TargetOfParticiple)
                && upon(case)
                && !words.is_in(child, EventWord::BlamingVerb)
                && !is_time(words, *token)
                && !super::sides::is_ground(words, *token)
                && words.place(*token).is_none()
            {
                sides.undergo(words, *token);
            }
        }
    } else if (words.is_in(child, EventWord::HarmingVerb) || words.is(child, "involve"))
        && let Some(patient) = below.patient
    {
        sides.undergo(words, patient);
    }
}

/// Sides that stand with the verb over the noun.
fn governor(words: &Words<'_>, noun: usize, trigger: &Trigger, sides: &mut Sides) {
    // "The hospital was subject to shelling".
    if let Some(above) = words.head(noun)
        && words.is_in(above, EventWord::Exposed)
        && words.case(noun) == Some("to")
        && words.on(EventRule::SubjectTo)
        && let Some(hit) = clause::subject(words, above)
    {
        sides.undergo(words, hit);
        return;
    }
    // "The institutes were the target of bomb attacks".
    if words.case(noun) == Some("of")
        && let Some(target) = words.head(noun)
        && words.is_in(target, EventWord::TargetNoun)
        && words.on(EventRule::SubjectTo)
        && let Some(hit) = words.context.syntax.child(target, &[Rel::Nsubj])
    {
        sides.undergo(words, hit);
        return;
    }
    // "killed in a shootout" tells of those killed, not that a shootout was.
    let outcome = |verb| {
        words.rel(noun) == Rel::Obl
            && clause::is_passive(words, verb)
            && words.on(EventRule::FallenFought)
    };
    let light = light_verb(words, noun)
        .filter(|&(verb, role)| role != LightSubject::Occur || !outcome(verb));
    if let Some((verb, role)) = light {
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
                victim.filter(|_| clause.passive || words.is_in(verb, EventWord::DyingVerb))
            {
                // "Five gunmen were killed in a shootout with troops": they fought the troops.
                let fought = trigger.args == Args::Reciprocal
                    && sides.a.is_empty()
                    && !sides.b.is_empty()
                    && words.is_armed(victim)
                    && words.on(EventRule::FallenFought);
                if fought {
                    sides.act(words, victim);
                } else {
                    sides.undergo(words, victim);
                }
            } else if let Some(loser) = clause.agent.filter(|_| is_loss(words, verb, &clause)) {
                sides.undergo(words, loser);
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
    if words.is_in(verb, EventWord::BlamingVerb) {
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

/// "The army lost 14 men in the ambush": whoever loses people suffers it.
fn is_loss(words: &Words<'_>, verb: usize, clause: &clause::Clause) -> bool {
    words.on(EventRule::LoserUndergoes)
        && words.is(verb, "lose")
        && clause
            .patient
            .is_some_and(|lost| words.people_deep(lost).is_some())
}
