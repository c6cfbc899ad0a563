//! The sides of an event around its trigger.
//!
//! A side is a noun phrase that can act or be acted on: people, bodies, things that belong to
//! them. Places, times, weapons and other events are none, wherever they stand.

use sayso_lexicon::{Args, LightSubject, NounSide, Trigger};
use sayso_text::{NameKind, Rel, Upos, Xpos};

use super::clause::{self, Clause};
use super::words::Words;

/// Head tokens of the two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) a: Vec<usize>,
    pub(crate) b: Vec<usize>,
}

impl Sides {
    fn act(&mut self, words: &Words<'_>, token: usize) {
        add(words, token, &mut self.a, can_act);
    }

    fn undergo(&mut self, words: &Words<'_>, token: usize) {
        add(words, token, &mut self.b, can_undergo);
    }
}

fn add(words: &Words<'_>, token: usize, side: &mut Vec<usize>, can: fn(&Words<'_>, usize) -> bool) {
    for token in words.context.syntax.conjuncts(token) {
        if can(words, token) && !side.contains(&token) {
            side.push(token);
        }
    }
}

fn is_time(words: &Words<'_>, token: usize) -> bool {
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

fn is_happening(words: &Words<'_>, token: usize) -> bool {
    if words.etype(token) == "event" {
        return words.people(token).is_none();
    }
    !matches!(words.etype(token), "person" | "organization")
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
    if let Some((_, _, acts)) = words.weapon(token) {
        return acts && words.people(token).is_none() || words.people(token).is_some();
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
                if matches!(case.as_str(), "against" | "targeting" | "under" | "on") {
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
                if direct && !is_time(words, *token) {
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
fn between(words: &Words<'_>, first: usize, sides: &mut Sides) {
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
    if !matches!(
        words.rel(at),
        Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::Xcomp
    ) && !(words.rel(verb) == Rel::Acl && words.head(verb) == Some(at))
    {
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
                noun_phrase_side(words, noun, child, trigger, of_is_patient, &mut sides)
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
                {
                    if let Some(patient) = below.patient {
                        sides.undergo(words, patient);
                    }
                }
            }
            _ => {}
        }
    }
    governor(words, noun, trigger, &mut sides);
    if trigger.args == Args::Territory {
        sides.b.retain(|&t| !words.is_place(t));
    }
    sides
}

fn noun_phrase_side(
    words: &Words<'_>,
    noun: usize,
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
    let _ = noun;
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
                    if matches!(case.as_str(), "against" | "on" | "at")
                        || (case == "with" && trigger.args == Args::Reciprocal)
                    {
                        sides.undergo(words, *token);
                    }
                }
            }
            LightSubject::Patient => {
                if let Some(agent) = clause.agent {
                    if words.is_armed(agent) || !words.is_country(agent) {
                        sides.undergo(words, agent);
                    }
                }
                for (case, token) in &clause.oblique {
                    if matches!(case.as_str(), "by" | "from" | "at") && words.is_armed(*token) {
                        sides.act(words, *token);
                    }
                }
            }
            LightSubject::Occur => {
                if matches!(words.rel(noun), Rel::Nsubj | Rel::NsubjPass) && !clause.passive {
                    if let Some(patient) = clause.patient {
                        sides.undergo(words, patient);
                    }
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
            if matches!(prep.as_str(), "under" | "against" | "targeting" | "on") {
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
