//! The sides of an event around its trigger.
//!
//! A side is a noun phrase that can act or be acted on: people, bodies, things that belong to
//! them. Places, times, weapons and other events are none, wherever they stand.

use sayso_lexicon::{Args, EventWord, Trigger, WeaponClass};
use sayso_text::{NameKind, Rel, Upos};

use super::clause::{self, Clause};
use super::words::Words;
use crate::{EventRule, Level};

/// Head tokens of the two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) a: Vec<usize>,
    pub(crate) b: Vec<usize>,
}

impl Sides {
    /// Adds who does it, with those coordinated with it.
    pub(super) fn act(&mut self, words: &Words<'_>, token: usize) {
        add(words, token, &mut self.a, can_act);
        if self.a.is_empty() {
            self.a.extend(owner_of_weapon(words, token));
        }
    }

    /// Adds whom it is done to, with those coordinated with it.
    pub(super) fn undergo(&mut self, words: &Words<'_>, token: usize) {
        add(words, token, &mut self.b, can_undergo);
    }
}

/// "an army drone", "rebel rockets", "a drone operated by the army": a weapon does nothing by
/// itself, but the words around it may say whose it is.
fn owner_of_weapon(words: &Words<'_>, token: usize) -> Option<usize> {
    words.weapon(token)?;
    let syntax = words.context.syntax;
    syntax
        .children_by(token, &[Rel::Compound, Rel::Amod, Rel::NmodPoss])
        .find(|&c| {
            words.weapon(c).is_none()
                && (words.is_armed(c)
                    || words.is_country(c)
                    || words.name_kind(c) == Some(NameKind::Norp))
        })
        .or_else(|| {
            syntax
                .children_by(token, &[Rel::Acl])
                .filter(|_| words.on(EventRule::WeaponInHands))
                .filter(|&c| words.is_in(c, EventWord::WeaponHandling))
                .find_map(|c| clause::read(words, c).agent)
                .filter(|&owner| can_act(words, owner))
        })
}

fn add(words: &Words<'_>, token: usize, side: &mut Vec<usize>, can: fn(&Words<'_>, usize) -> bool) {
    for token in words.context.syntax.conjuncts(token) {
        if can(words, token) && !side.contains(&token) {
            side.push(token);
        }
    }
}

pub(super) fn is_time(words: &Words<'_>, token: usize) -> bool {
    matches!(
        words.name_kind(token),
        Some(NameKind::Date | NameKind::Time)
    ) || words.etype(token) == "time"
        || words.is_in(token, EventWord::TimeNoun)
}

/// Whether what goes off with this preposition goes off at `token` to harm it: "under a convoy",
/// "in a restaurant", but not "in the north".
pub(super) fn is_blown_at(words: &Words<'_>, case: &str, token: usize) -> bool {
    if !words.on(EventRule::BlastAt) {
        return matches!(case, "against" | "targeting");
    }
    match case {
        "against" | "targeting" | "under" | "underneath" | "beneath" => true,
        "on" => !is_ground(words, token),
        "at" | "in" | "inside" | "outside" | "aboard" => {
            words.place(token).is_none() && {
                let things = &words.lexicon().things;
                things.has(words.lemma(token)) || things.has(words.form(token))
            }
        }
        _ => false,
    }
}

/// Whether `token` names the ground on which something happens and that is nobody's own: a road,
/// a river, the outskirts.
pub(super) fn is_ground(words: &Words<'_>, token: usize) -> bool {
    words.on(EventRule::GroundIsNoSide)
        && words.people(token).is_none()
        && words.is_in(token, EventWord::GroundNoun)
}

/// Whether `token` names an area, a district or a town, and not those who hold it or live there:
/// "rebel-held areas", "civilian areas".
fn is_area(words: &Words<'_>, token: usize) -> bool {
    words.on(EventRule::AreaIsNoSide)
        && words.people(token).is_none()
        && words.is_in(token, EventWord::AreaNoun)
        && !words
            .context
            .syntax
            .children_by(token, &[Rel::Amod, Rel::Compound, Rel::Acl])
            .any(|c| {
                words.is_in(c, EventWord::Inhabited)
                    || words.people(c).is_some()
                    || words.is_armed(c)
            })
}

/// Whether the trigger at `token` has an area or a place of the map for its object: it is done to
/// something, though to nobody.
pub(super) fn has_ground(words: &Words<'_>, token: usize) -> bool {
    words
        .context
        .syntax
        .children_by(token, &[Rel::Obj, Rel::Nmod, Rel::Obl])
        .any(|c| is_area(words, c) || words.place(c).is_some())
}

/// Whether `token` is a place of the map where people may be hit, but which is nobody.
fn is_toponym(words: &Words<'_>, token: usize) -> bool {
    if words.is_country(token) {
        return false;
    }
    let named = matches!(words.name_kind(token), Some(NameKind::Gpe | NameKind::Loc))
        && !words.places.is_empty();
    let known = words.on(EventRule::AreaIsNoSide)
        && words.actor_kind(token).is_none()
        && words
            .place(token)
            .is_some_and(|p| !matches!(p.place.level, Level::Site | Level::Country));
    named || known
}

fn is_happening(words: &Words<'_>, token: usize) -> bool {
    if words.etype(token) == "event" {
        return words.people(token).is_none();
    }
    if words.is_country(token) {
        return false;
    }
    // "Shelling killed eight people": the model may take the gerund for somebody.
    let unsure = words.form(token).ends_with("ing");
    (unsure || !matches!(words.etype(token), "person" | "organization"))
        && words
            .lexicon()
            .frames
            .patterns(words.form(token))
            .iter()
            .any(|p| {
                p.pos == sayso_lexicon::TriggerPos::Noun
                    && p.before.is_empty()
                    && p.after.is_empty()
            })
        && words.people(token).is_none()
}

/// Whether the phrase that `token` heads can do something.
pub(crate) fn can_act(words: &Words<'_>, token: usize) -> bool {
    if words.is_in(token, EventWord::EmptyPronoun) && words.people(token).is_none() {
        // "It" may be a group; the mention phase knows.
        return words.is(token, "it") && words.actor_kind(token).is_some();
    }
    let nobody = words
        .children(token)
        .iter()
        .any(|&c| words.rel(c) == Rel::Det && matches!(words.form(c), "no" | "neither"));
    if nobody || is_time(words, token) || is_happening(words, token) {
        return false;
    }
    if let Some((_, class, acts)) = words.weapon(token) {
        // "an Israeli drone", "army drones": those who fly them are named.
        let flown = class == WeaponClass::Drone
            && words
                .context
                .syntax
                .children_by(token, &[Rel::Amod, Rel::Compound, Rel::NmodPoss])
                .any(|c| {
                    words.is_armed(c)
                        || words.is_country(c)
                        || words.name_kind(c) == Some(NameKind::Norp)
                        || words.is_in(c, EventWord::WeaponOwner)
                });
        return flown || acts && words.people(token).is_none() || words.people(token).is_some();
    }
    match words.upos(token) {
        Upos::Noun | Upos::Propn => {
            if matches!(words.etype(token), "abstract" | "substance" | "plant") {
                return words.people(token).is_some() || words.actor_kind(token).is_some();
            }
            if words.etype(token) == "place" {
                return words.is_country(token)
                    || words.actor_kind(token).is_some()
                    || words.people(token).is_some()
                    || stands_for_government(words, token);
            }
            true
        }
        Upos::Pron => !words.form_in(token, EventWord::RelativePronoun),
        Upos::Num => true,
        Upos::Adj => {
            words.people(token).is_some() || words.name_kind(token) == Some(NameKind::Norp)
        }
        _ => false,
    }
}

/// "Dawnland releases fifteen prisoners": as the subject of a deed done to somebody, the name of a
/// region stands for those who govern it.
fn stands_for_government(words: &Words<'_>, token: usize) -> bool {
    words.on(EventRule::GovernmentByPlace)
        && words.rel(token) == Rel::Nsubj
        && words.name_kind(token) == Some(NameKind::Gpe)
        && words.head(token).is_some_and(|verb| {
            // A place line ("LIMA, 25 Oct (EFE) –") governs nothing.
            words.is_verb(verb)
                && (token + 1..verb).all(|t| words.upos(t) != Upos::Punct)
                && words
                    .context
                    .syntax
                    .child(verb, &[Rel::Obj])
                    .is_some_and(|o| !is_happening(words, o))
        })
}

/// Whether something can be done to what `token` heads.
pub(crate) fn can_undergo(words: &Words<'_>, token: usize) -> bool {
    if is_time(words, token) || is_happening(words, token) {
        return false;
    }
    if words.weapon(token).is_some_and(|(_, _, acts)| !acts) && words.people(token).is_none() {
        return false;
    }
    if words.is_in(token, EventWord::NobodyHurt) || is_area(words, token) {
        return false;
    }
    if is_toponym(words, token) {
        return false;
    }
    if is_much_of_arms(words, token) {
        return false;
    }
    match words.upos(token) {
        Upos::Noun | Upos::Propn | Upos::Num => {
            words.people(token).is_some()
                || !matches!(words.etype(token), "abstract" | "substance" | "plant")
        }
        Upos::Pron => {
            !words.form_in(token, EventWord::RelativePronoun)
                && !words.form_in(token, EventWord::Reflexive)
        }
        Upos::Adj => words.people(token).is_some(),
        _ => false,
    }
}

/// "launched hundreds of drones at the port": a number of weapons is no more than a weapon, nor is
/// one of rounds of artillery, or a wave of strikes.
fn is_much_of_arms(words: &Words<'_>, token: usize) -> bool {
    let of = |t: usize| {
        words
            .context
            .syntax
            .children_by(t, &[Rel::Nmod])
            .find(|&c| words.case(c) == Some("of"))
    };
    let measure = |t: usize| words.upos(t) == Upos::Num || words.is_in(t, EventWord::Measure);
    let Some(first) = of(token) else {
        return false;
    };
    if words.weapon(first).is_some() {
        return !words.is_any(token, &["convoy", "shipment"]);
    }
    if !words.on(EventRule::WaveOfArms) || !measure(token) {
        return false;
    }
    is_happening(words, first)
        || measure(first) && of(first).is_some_and(|second| words.weapon(second).is_some())
}

/// Sides of a verb trigger.
pub(crate) fn of_verb(words: &Words<'_>, verb: usize, trigger: &Trigger, clause: &Clause) -> Sides {
    let mut sides = Sides::default();
    match trigger.args {
        Args::Blast => {
            for (case, token) in &clause.oblique {
                if is_blown_at(words, case, *token) {
                    sides.undergo(words, *token);
                }
            }
            if let Some(agent) = clause.agent {
                // "Militants set off a bomb": somebody acts only if there is something set off.
                if clause.patient.is_some() && words.weapon(agent).is_none() {
                    sides.act(words, agent);
                } else if words.weapon(agent).is_some() && words.on(EventRule::WeaponStrikes) {
                    // "An army drone struck a school": the owner acts, and what it hits undergoes.
                    sides.act(words, agent);
                    let into = clause.oblique.iter().filter(|(case, _)| case == "into");
                    for target in clause.patient.into_iter().chain(into.map(|(_, t)| *t)) {
                        sides.undergo(words, target);
                    }
                }
            }
        }
        Args::Victim => {
            if let Some(subject) = clause::subject(words, verb) {
                sides.undergo(words, subject);
            }
            for (case, token) in &clause.oblique {
                if case == "by" {
                    sides.act(words, *token);
                }
            }
        }
        Args::Found => {
            // "The bodies of three men": they are the men's.
            if let Some(found) = clause.patient {
                let whose = words
                    .context
                    .syntax
                    .children_by(found, &[Rel::Nmod])
                    .find(|&c| words.case(c) == Some("of"));
                sides.undergo(words, whose.unwrap_or(found));
            }
        }
        Args::Reciprocal => {
            reciprocal(words, clause, &mut sides);
        }
        Args::Territory => {
            if let Some(agent) = clause.agent {
                sides.act(words, agent);
            }
            for (case, token) in &clause.oblique {
                if matches!(case.as_str(), "from" | "to" | "against") && !words.is_place(*token) {
                    sides.undergo(words, *token);
                }
            }
            // "captured areas of territory from the militia": the phrase hangs below the object.
            let mut below = clause.patient;
            for _ in 0..3 {
                let Some(noun) = below else {
                    break;
                };
                for child in words.context.syntax.children_by(noun, &[Rel::Nmod]) {
                    if words.case(child) == Some("from") && !words.is_place(child) {
                        sides.undergo(words, child);
                    }
                }
                below = words
                    .context
                    .syntax
                    .children_by(noun, &[Rel::Nmod])
                    .find(|&c| words.case(c) == Some("of"));
            }
            if sides.b.is_empty()
                && let Some(ground) = clause.patient
            {
                sides.b.extend(holder(words, ground));
            }
            if sides.b.is_empty() {
                sides.b.extend(leaver(words, verb, clause.patient));
            }
        }
        Args::Actor => {
            if let Some(agent) = clause.agent {
                sides.act(words, agent);
            }
            for (case, token) in &clause.oblique {
                if matches!(case.as_str(), "against" | "over" | "at") {
                    sides.undergo(words, *token);
                }
            }
            if let Some(patient) = clause.patient.filter(|&p| words.people(p).is_some()) {
                sides.undergo(words, patient);
            }
            if sides.b.is_empty() && words.on(EventRule::AimOfMarch) {
                aim_of_march(words, verb, &mut sides);
            }
        }
        Args::Attack => {
            if let Some(agent) = clause.agent {
                sides.act(words, agent);
            }
            if let Some(patient) = clause.patient {
                sides.undergo(words, patient);
                // "Air defences shot down 41 drones".
                if sides.b.is_empty()
                    && words.is_in(verb, EventWord::ShootingDown)
                    && words.on(EventRule::CraftShotDown)
                    && words.weapon(patient).is_some_and(|(_, class, _)| {
                        matches!(class, WeaponClass::Drone | WeaponClass::Aerial)
                    })
                {
                    sides.b.push(patient);
                }
            }
            for (case, token) in &clause.oblique {
                let listed = |class| words.lexicon().words.has(class, case);
                let direct = listed(EventWord::DirectPreposition);
                // With an object, "at" and "on" say where: "killed two men at a checkpoint".
                let where_only = listed(EventWord::WherePreposition)
                    && !sides.b.is_empty()
                    && words.on(EventRule::ObjectBeforePlace);
                // "fired missiles into Rovenia": aimed at something there.
                let across = listed(EventWord::AimedAcross)
                    && words.is_country(*token)
                    && words.on(EventRule::CountryAimedInto);
                if direct
                    && !across
                    && !where_only
                    && !is_time(words, *token)
                    && !is_ground(words, *token)
                {
                    sides.undergo(words, *token);
                }
                if case == "from" && sides.a.is_empty() && words.is_armed(*token) {
                    sides.act(words, *token);
                }
            }
        }
    }
    patterns_of_passive_fire(words, verb, clause, &mut sides);
    sides
}

/// "Captured Islamic State's last stronghold", "took a rebel position": who holds the ground.
fn holder(words: &Words<'_>, ground: usize) -> Option<usize> {
    if !words.on(EventRule::HolderOfGround) {
        return None;
    }
    words
        .context
        .syntax
        .children_by(
            ground,
            &[Rel::NmodPoss, Rel::Compound, Rel::NmodDesc, Rel::Nmod],
        )
        .find(|&c| {
            (words.rel(c) != Rel::Nmod || words.case(c) == Some("of"))
                && words.weapon(c).is_none()
                && words.is_armed(c)
        })
}

/// "Captured Orlu after the army withdrew", "took Orlu, which the rebels had held since May": whoever
/// left or had the ground.
fn leaver(words: &Words<'_>, verb: usize, ground: Option<usize>) -> Option<usize> {
    if !words.on(EventRule::LeaverHeld) {
        return None;
    }
    let syntax = words.context.syntax;
    let left = syntax
        .children_by(verb, &[Rel::Advcl])
        .filter(|&c| words.is_in(c, EventWord::GivingUp));
    let had = ground.into_iter().flat_map(|ground| {
        syntax
            .children_by(ground, &[Rel::AclRelcl])
            .filter(|&c| words.is_in(c, EventWord::HavingGround))
    });
    left.chain(had)
        .filter_map(|clause| clause::read(words, clause).agent)
        .find(|&t| words.is_armed(t) || words.is_state(t))
}

/// "Marched to protest against the minister": whom the march is against.
fn aim_of_march(words: &Words<'_>, verb: usize, sides: &mut Sides) {
    let below = words
        .context
        .syntax
        .children_by(verb, &[Rel::Advcl, Rel::Xcomp])
        .filter(|&c| words.is_any(c, &["demonstrate", "march", "protest", "rally"]));
    for purpose in below {
        for (case, token) in clause::read(words, purpose).oblique {
            if case == "against" {
                sides.undergo(words, token);
            }
        }
    }
}

/// "Came under fire", "came under attack": the subject undergoes it.
fn patterns_of_passive_fire(words: &Words<'_>, verb: usize, clause: &Clause, sides: &mut Sides) {
    let comes_under =
        words.is(verb, "come") && clause.oblique.iter().any(|(case, _)| case == "under");
    let takes = words.is_any(verb, &["take", "receive"])
        && clause.patient.is_some_and(|p| words.is(p, "fire"));
    if comes_under || takes {
        sides.b = std::mem::take(&mut sides.a);
        for (case, token) in &clause.oblique {
            if matches!(case.as_str(), "from" | "by") {
                sides.act(words, *token);
            }
        }
    }
}

/// "between A and B": A on one side, the rest on the other.
pub(super) fn between(words: &Words<'_>, first: usize, sides: &mut Sides) {
    let syntax = words.context.syntax;
    let mut others = syntax.conjuncts(first).split_off(1);
    if others.is_empty() {
        // "between the guard of the council and a band": the tree may hang B below "council".
        others = syntax
            .reach(first)
            .filter(|&t| t > first && words.rel(t) == Rel::Conj)
            .take(1)
            .collect();
    }
    if others.is_empty() {
        // Or above it, beside the event noun: what follows the "and" is the other side all the same.
        let and = syntax.reach(first).end;
        let sentence = words.sentence(first);
        if and < sentence.end && words.form(and) == "and" {
            others = (and + 1..(and + 8).min(sentence.end))
                .find(|&t| words.is_noun(t) && words.rel(t) == Rel::Conj)
                .into_iter()
                .collect();
        }
    }
    if can_act(words, first) {
        sides.a.clear();
        sides.a.push(first);
    }
    for other in others {
        if can_undergo(words, other) && !sides.b.contains(&other) {
            sides.b.push(other);
        }
    }
}

fn reciprocal(words: &Words<'_>, clause: &Clause, sides: &mut Sides) {
    let syntax = words.context.syntax;
    if let Some(agent) = clause.agent {
        sides.act(words, agent);
    }
    let mut others = false;
    if let Some(patient) = clause.patient.filter(|&p| !words.is_place(p)) {
        sides.undergo(words, patient);
        others = !sides.b.is_empty();
    }
    for (case, token) in &clause.oblique {
        if case == "between" {
            between(words, *token, sides);
            others = true;
        } else if matches!(case.as_str(), "with" | "against") {
            sides.undergo(words, *token);
            others = others || !sides.b.is_empty();
        }
    }
    if !others && clause.agent.is_some_and(|a| syntax.conjuncts(a).len() > 1) {
        // "Soldiers and rebels clashed": the first against the rest.
        sides.b = sides.a.split_off(1.min(sides.a.len()));
    }
}
