//! The sides of an event around its trigger.
//!
//! A side is a noun phrase that can act or be acted on: people, bodies, things that belong to
//! them. Places, times, weapons and other events are none, wherever they stand.

use sayso_lexicon::{Args, Trigger};
use sayso_text::{NameKind, Rel, Upos};

use super::clause::{self, Clause};
use super::words::Words;

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

/// "an army drone", "rebel rockets": a weapon does nothing by itself, but the words before it may
/// say whose it is.
fn owner_of_weapon(words: &Words<'_>, token: usize) -> Option<usize> {
    words.weapon(token)?;
    words
        .context
        .syntax
        .children_by(token, &[Rel::Compound, Rel::Amod, Rel::NmodPoss])
        .find(|&c| {
            words.weapon(c).is_none()
                && (words.is_armed(c)
                    || words.is_country(c)
                    || words.name_kind(c) == Some(NameKind::Norp))
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
    ) || matches!(
        words.form(token),
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun"
    ) || words.etype(token) == "time"
        || words.is_any(
            token,
            &[
                "day",
                "week",
                "month",
                "year",
                "night",
                "morning",
                "hour",
                "time",
                "january",
                "february",
                "april",
                "june",
                "july",
                "august",
                "september",
                "october",
                "november",
                "december",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "today",
                "yesterday",
                "weekend",
            ],
        )
}

/// Whether what goes off with this preposition goes off at `token` to harm it: "under a convoy",
/// "in a restaurant", but not "in the north".
pub(super) fn is_blown_at(words: &Words<'_>, case: &str, token: usize) -> bool {
    if !words.on(crate::EventRule::BlastAt) {
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
    words.on(crate::EventRule::GroundIsNoSide)
        && words.people(token).is_none()
        && words.is_any(
            token,
            &[
                "area",
                "avenue",
                "boulevard",
                "border",
                "canyon",
                "coast",
                "corner",
                "creek",
                "desert",
                "freeway",
                "frontier",
                "highway",
                "hill",
                "hillside",
                "intersection",
                "lake",
                "motorway",
                "mountain",
                "outskirts",
                "path",
                "periphery",
                "ravine",
                "river",
                "riverbank",
                "road",
                "roadside",
                "route",
                "sea",
                "shore",
                "slope",
                "stream",
                "street",
                "stretch",
                "suburb",
                "track",
                "trail",
                "valley",
                "volcano",
                "waters",
                "way",
                "zone",
            ],
        )
}

fn is_happening(words: &Words<'_>, token: usize) -> bool {
    if words.etype(token) == "event" {
        return words.people(token).is_none();
    }
    // "Shelling killed eight people": the model may take the gerund for somebody.
    let unsure = words.form(token).ends_with("ing");
    (unsure || !matches!(words.etype(token), "person" | "organization"))
        && words
            .lexicon()
            .frames
            .patterns(words.form(token))
            .iter()
            .any(|p| p.pos == sayso_lexicon::TriggerPos::Noun && p.before.is_empty())
        && words.people(token).is_none()
}

/// Whether the phrase that `token` heads can do something.
pub(crate) fn can_act(words: &Words<'_>, token: usize) -> bool {
    if words.is_any(
        token,
        &[
            "it",
            "there",
            "what",
            "this",
            "these",
            "those",
            "everything",
            "no",
        ],
    ) && words.people(token).is_none()
    {
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
        let flown = class == sayso_lexicon::WeaponClass::Drone
            && words
                .context
                .syntax
                .children_by(token, &[Rel::Amod, Rel::Compound, Rel::NmodPoss])
                .any(|c| {
                    words.is_armed(c)
                        || words.is_country(c)
                        || words.name_kind(c) == Some(NameKind::Norp)
                        || words.is_any(c, &["army", "military", "government"])
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
                    || words.people(token).is_some();
            }
            true
        }
        Upos::Pron => !matches!(words.form(token), "that" | "which" | "who" | "whom"),
        Upos::Num => true,
        Upos::Adj => {
            words.people(token).is_some() || words.name_kind(token) == Some(NameKind::Norp)
        }
        _ => false,
    }
}

/// Whether something can be done to what `token` heads.
pub(crate) fn can_undergo(words: &Words<'_>, token: usize) -> bool {
    if is_time(words, token) || is_happening(words, token) {
        return false;
    }
    if words.weapon(token).is_some_and(|(_, _, acts)| !acts) && words.people(token).is_none() {
        return false;
    }
    if words.is_any(
        token,
        &[
            "casualty",
            "casualties",
            "place",
            "part",
            "spot",
            "scene",
            "location",
            "injury",
            "damage",
            "responsibility",
            "death",
            "loss",
            "side",
            "way",
            "fire",
        ],
    ) {
        return false;
    }
    if words.is_any(
        token,
        &[
            "it", "there", "what", "this", "that", "which", "rise", "number",
        ],
    ) {
        return false;
    }
    if matches!(words.name_kind(token), Some(NameKind::Gpe | NameKind::Loc))
        && !words.is_country(token)
        && (words.place(token).is_some() || !words.places.is_empty())
    {
        return false;
    }
    match words.upos(token) {
        Upos::Noun | Upos::Propn | Upos::Num => {
            words.people(token).is_some()
                || !matches!(words.etype(token), "abstract" | "substance" | "plant")
        }
        Upos::Pron => !matches!(
            words.form(token),
            "that" | "which" | "who" | "whom" | "himself" | "herself" | "themselves" | "itself"
        ),
        Upos::Adj => words.people(token).is_some(),
        _ => false,
    }
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
        }
        Args::Attack => {
            if let Some(agent) = clause.agent {
                sides.act(words, agent);
            }
            if let Some(patient) = clause.patient {
                sides.undergo(words, patient);
            }
            for (case, token) in &clause.oblique {
                let direct = matches!(
                    case.as_str(),
                    "on" | "upon"
                        | "at"
                        | "against"
                        | "into"
                        | "toward"
                        | "towards"
                        | "target"
                        | "targeting"
                );
                // With an object, "at" and "on" say where: "killed two men at a checkpoint".
                let where_only = matches!(case.as_str(), "on" | "upon" | "at" | "into")
                    && !sides.b.is_empty()
                    && words.on(crate::EventRule::ObjectBeforePlace);
                if direct && !where_only && !is_time(words, *token) && !is_ground(words, *token) {
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
