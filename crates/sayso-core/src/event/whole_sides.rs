//! The sides of an event as a whole: what its mentions, claims, tolls and the nouns around them
//! add to one another.

use std::collections::BTreeSet;

use sayso_lexicon::{Args, EventFrame, EventWord, People};
use sayso_text::{Rel, Span, Upos, Xpos};

use super::claim::Claim;
use super::merge::{Told, share};
use super::sides;
use super::words::Words;
use crate::sheet::Reason;
use crate::{ActorKind, Effect, EventRule, Toll, Who, Why};

/// The most noun phrases on one side.
const MOST: usize = 6;

/// Head tokens of the two sides of an event.
#[derive(Default)]
pub(super) struct Both {
    pub(super) a: Vec<usize>,
    pub(super) b: Vec<usize>,
}

/// What is known of an event beside its mentions.
pub(super) struct Given<'a> {
    /// Claims of and blame for it.
    pub(super) claims: &'a [Claim],
    /// Its counts.
    pub(super) tolls: &'a [Toll],
    /// The sentences of the text that tell violence.
    pub(super) violent: &'a BTreeSet<usize>,
}

/// Gathers the sides of the event that `mentions` tell, `main` best of all, and says why in `why`.
pub(super) fn of(
    words: &Words<'_>,
    frame: &EventFrame,
    main: &Told,
    mentions: &[&Told],
    given: &Given<'_>,
    why: &mut Why,
) -> Both {
    let mut both = Both::default();
    // The mention that names the event says which way round its sides stand.
    let (first, rest): (Vec<&Told>, Vec<&Told>) = mentions
        .iter()
        .partition(|told| told.hit.token == main.hit.token && frame.name == "armed-clash");
    for told in first.into_iter().chain(rest) {
        // Those who flee from an attack are no side of it.
        if frame.violent && !told.hit.frame(words).violent {
            continue;
        }
        let sides = &told.hit.sides;
        if frame.name == "armed-clash" && faces_other_way(words, &both, &sides.a, &sides.b) {
            add(words, &mut both.a, &sides.b);
            add(words, &mut both.b, &sides.a);
        } else {
            add(words, &mut both.a, &sides.a);
            add(words, &mut both.b, &sides.b);
        }
    }
    add_claimants(words, given.claims, &mut both, why);
    if frame.violent && frame.name != "armed-clash" && words.on(EventRule::HarmedIsNoDoer) {
        // "One civilian killed in rocket attack": a participle, and no verb whose subject kills.
        let harmed = |token: usize| {
            given
                .tolls
                .iter()
                .any(|t| t.token == token && matches!(t.effect, Effect::Killed | Effect::Injured))
        };
        both.a
            .retain(|&t| !harmed(t) || words.is_in(t, EventWord::Perpetrator));
    }
    let counted = given.tolls.iter().filter(|t| is_harmed(t));
    // "injuring four workers, one of whom died": nor does a bare number say who.
    let unsaid = both
        .b
        .iter()
        .all(|&t| matches!(words.upos(t), Upos::Num | Upos::Pron) && !is_number_of(words, t));
    let war = frame.name == "conflict" && words.on(EventRule::WarHasNoVictim);
    if frame.violent && unsaid && !war && words.on(EventRule::CountedIsSide) {
        // Those who are counted as harmed are whom it was done to.
        let first = counted
            .map(|t| t.token)
            .find(|&t| sides::can_undergo(words, t) && words.upos(t) != Upos::Num);
        if let Some(first) = first {
            both.b.push(first);
            why.insert("side_b", reason(words, "side:toll", first));
        }
    }
    if frame.violent && frame.name != "armed-clash" && words.on(EventRule::NamedByDeed) {
        fallen_doer(words, &mut both);
    }
    if frame.violent
        && both.a.is_empty()
        && let Some(doer) = named_by_deed(words, frame, mentions, &both.b, given.violent)
    {
        both.a.push(doer);
        both.b.retain(|&t| t != doer);
        why.insert("side_a", reason(words, "side:perpetrator", doer));
    }
    if war {
        // "Rovenia's civil war": the country is where it is fought.
        both.a.retain(|&t| {
            !words.is_country(t) && words.name_kind(t) != Some(sayso_text::NameKind::Norp)
        });
        both.b.clear();
    }
    if words.is_in(main.hit.token, EventWord::Deploying) && words.on(EventRule::DeployedAct) {
        deployed(words, &mut both);
    }
    if frame.acled == Some("Agreement") && both.b.is_empty() && words.on(EventRule::PartiesApart) {
        // "Orlu and Dorn exchange prisoners".
        let first = both.a.first().copied();
        let joined = first.map(|t| words.context.syntax.conjuncts(t));
        let (one, rest) = both
            .a
            .iter()
            .partition(|&&t| Some(t) == first || !joined.as_ref().is_some_and(|j| j.contains(&t)));
        both.a = one;
        both.b = rest;
    }
    name_relatives(words, &mut both.a);
    name_relatives(words, &mut both.b);
    if frame.name == "armed-clash" && is_mutual(words, main) {
        super::owner::of_things(words, &mut both.a);
        super::owner::of_things(words, &mut both.b);
    }
    let Both { a, b } = &mut both;
    b.retain(|t| !a.contains(t));
    if words.on(EventRule::OthersAreNoSide) && b.iter().any(|&t| words.form(t) != "others") {
        // "Five people were killed and 13 others injured": who else is no more than a number.
        b.retain(|&t| words.form(t) != "others");
    }
    prefer_nouns(words, a);
    prefer_nouns(words, b);
    both
}

/// Whether the word that names the clash says that both sides fight, and not that one attacks.
fn is_mutual(words: &Words<'_>, main: &Told) -> bool {
    main.hit.trigger(words).args == Args::Reciprocal
}

/// "Two of its vehicles": a number that says of what.
fn is_number_of(words: &Words<'_>, token: usize) -> bool {
    words.on(EventRule::NumberOfThings)
        && words.upos(token) == Upos::Num
        && words
            .context
            .syntax
            .children_by(token, &[Rel::Nmod])
            .any(|c| words.case(c) == Some("of") && words.is_noun(c))
}

fn reason(words: &Words<'_>, rule: &str, token: usize) -> Reason {
    let span: Option<Span> = words.context.reading.tokens.get(token).map(|t| t.span);
    Reason {
        rule: rule.to_owned(),
        span,
    }
}

fn is_harmed(toll: &Toll) -> bool {
    matches!(
        toll.effect,
        Effect::Killed | Effect::Injured | Effect::Abducted
    )
}

/// Whether a second mention of a clash has its sides the other way round: "troops stormed the
/// camp … the rebels fired at the troops".
fn faces_other_way(words: &Words<'_>, both: &Both, a: &[usize], b: &[usize]) -> bool {
    if !words.on(EventRule::ClashEitherWay) || both.a.is_empty() && both.b.is_empty() {
        return false;
    }
    let straight = share(words, &both.a, a) || share(words, &both.b, b);
    let crossed = share(words, &both.a, b) || share(words, &both.b, a);
    if straight || crossed {
        return crossed && !straight;
    }
    let alike = |x: &[usize], y: &[usize]| {
        let rebels = |side: &[usize]| side.iter().any(|&t| words.is_rebel(t));
        let state = |side: &[usize]| {
            side.iter()
                .any(|&t| words.is_state(t) && !words.is_rebel(t))
        };
        state(x) && state(y) && !rebels(x) && !rebels(y)
            || rebels(x) && rebels(y) && !state(x) && !state(y)
    };
    (alike(&both.a, b) || alike(&both.b, a)) && !alike(&both.a, a) && !alike(&both.b, b)
}

/// Adds the tokens of `more` that name nobody who is there already.
fn add(words: &Words<'_>, side: &mut Vec<usize>, more: &[usize]) {
    for &token in more {
        let known = side.iter().any(|&t| {
            let one = words.mentions.entity_at(t);
            (one.is_some() && one == words.mentions.entity_at(token))
                || words.form(t) == words.form(token)
        });
        if !known {
            side.push(token);
        }
    }
}

fn add_claimants(words: &Words<'_>, claims: &[Claim], both: &mut Both, why: &mut Why) {
    for claim in claims {
        if claim.blamed && !both.a.is_empty() {
            continue;
        }
        let before = both.a.len();
        add(words, &mut both.a, &[claim.actor]);
        if both.a.len() > before {
            let rule = if claim.blamed {
                "side:blamed"
            } else {
                "side:claimed"
            };
            why.insert("side_a", reason(words, rule, claim.verb));
        }
    }
}

/// "The attackers fled", "two died, including the gunman": where nobody is said to have done it,
/// a noun that names somebody by such a deed, in the same sentence or the next two.
fn named_by_deed(
    words: &Words<'_>,
    frame: &EventFrame,
    mentions: &[&Told],
    b: &[usize],
    violent: &BTreeSet<usize>,
) -> Option<usize> {
    if !words.on(EventRule::NamedByDeed) {
        return None;
    }
    let reading = words.context.reading;
    let sentences = mentions
        .iter()
        .map(|t| reading.sentence_of(t.hit.token))
        .collect::<Vec<_>>();
    let (&from, &last) = (sentences.iter().min()?, sentences.iter().max()?);
    let abducts = frame.name == "abduction";
    let mut to = last;
    while to < last + 2 && !violent.contains(&(to + 1)) {
        to += 1;
    }
    let tokens = reading.sentences.get(from)?.tokens.start
        ..reading
            .sentences
            .get(to.min(reading.sentences.len() - 1))?
            .tokens
            .end;
    tokens.into_iter().find(|&t| {
        let included = t >= 2 && words.form(t - 2) == "including"
            || t >= 3 && words.form(t - 3) == "including";
        let class = if abducts {
            words.is_in(t, EventWord::Abductor)
        } else {
            words.is_in(t, EventWord::Perpetrator)
                || included && words.is_in(t, EventWord::SuspectNoun)
        };
        let definite = words
            .children(t)
            .iter()
            .any(|&c| words.rel(c) == Rel::Det && words.form(c) == "the");
        let acts = matches!(words.rel(t), Rel::Nsubj | Rel::NsubjPass);
        class
            && definite
            && (acts || included)
            && words.is_noun(t)
            && words.rel(t) != Rel::Compound
            && words.mentions.headed_by(t).is_some()
            && !b.contains(&t)
    })
}

/// "Twenty people and the attacker were killed": the attacker did it, and died of it.
fn fallen_doer(words: &Words<'_>, both: &mut Both) {
    let did = |&t: &usize| {
        words.is_in(t, EventWord::Perpetrator)
            && words.xpos(t) == Xpos::NN
            && words.children(t).iter().any(|&c| words.form(c) == "the")
    };
    if both.b.iter().all(did) {
        return;
    }
    let doers: Vec<usize> = both.b.iter().copied().filter(did).collect();
    both.b.retain(|t| !doers.contains(t));
    if both.a.is_empty() {
        both.a = doers;
    }
}

/// "The deployment of 300 troops", "two battalions were deployed": whoever is sent acts, and
/// nothing is done to them.
fn deployed(words: &Words<'_>, both: &mut Both) {
    let sent = |&t: &usize| words.is_armed(t) || words.is_state(t);
    let troops: Vec<usize> = both.b.iter().copied().filter(sent).collect();
    both.b.retain(|t| !troops.contains(t));
    if both.a.is_empty() {
        both.a = troops;
    }
}

/// A relative pronoun gives way to the noun it stands for; any other pronoun is the local word for
/// a side and stays, its name being the actor's (SCHEMA.md).
fn name_relatives(words: &Words<'_>, side: &mut [usize]) {
    if !words.on(EventRule::RelativeForNoun) {
        return;
    }
    let mentions = words.mentions;
    let reading = words.context.reading;
    for token in side.iter_mut() {
        let xpos = reading.tokens.get(*token).map(|t| t.xpos);
        // "its operations": a determiner is no noun phrase either.
        if !matches!(xpos, Some(Xpos::WDT | Xpos::WP | Xpos::WPS | Xpos::PRPS)) {
            continue;
        }
        let here = reading.sentence_of(*token);
        let noun = mentions
            .entity_at(*token)
            .and_then(|e| mentions.entities.get(e.0))
            .and_then(|entity| {
                entity
                    .mentions
                    .iter()
                    .filter_map(|&m| mentions.all.get(m))
                    .rev()
                    .find(|m| {
                        let there = reading.sentence_of(m.head);
                        m.head < *token
                            && here - there <= 2
                            && !matches!(m.kind, crate::MentionKind::Pronoun)
                    })
            });
        if let Some(noun) = noun {
            *token = noun.head;
        }
    }
}

/// Pronouns and bare numbers give way to nouns on the same side, and a weapon to whoever uses it;
/// at most [`MOST`] remain.
fn prefer_nouns(words: &Words<'_>, side: &mut Vec<usize>) {
    let mut yields = |weak: &dyn Fn(usize) -> bool| {
        if side.iter().any(|&t| !weak(t)) {
            side.retain(|&t| !weak(t));
        }
    };
    yields(&|t| words.upos(t) == Upos::Pron);
    if words.on(EventRule::NounBeforeNumber) {
        yields(&|t| words.upos(t) == Upos::Num);
    }
    if words.on(EventRule::UserBeforeWeapon) {
        yields(&|t| words.weapon(t).is_some() && words.people(t).is_none());
    }
    side.truncate(MOST);
}

/// Whether what the mentions call a clash has only one armed side: those it is done to are
/// civilians, a person, or things that nobody holds in arms. It is an attack then.
pub(super) fn is_one_sided(words: &Words<'_>, main: &Told, both: &Both, tolls: &[Toll]) -> bool {
    if is_mutual(words, main) {
        return false;
    }
    words.on(EventRule::ClashTakesTwo)
        // A search of offices by the police is neither.
        && !(words.is(main.hit.token, "raid") && both.a.iter().any(|&t| words.is_state(t)))
        && !both.b.is_empty()
        && both.b.iter().any(|&t| bears_arms(words, t) == Some(false))
        && both.b.iter().all(|&t| bears_arms(words, t) != Some(true))
        && !tolls
            .iter()
            .any(|t| is_harmed(t) && matches!(t.who, Who::Soldiers | Who::Police | Who::Fighters))
}

/// Whether `token` bears arms or is held by those who do; `None` where it cannot be told.
pub(super) fn bears_arms(words: &Words<'_>, token: usize) -> Option<bool> {
    let syntax = words.context.syntax;
    let below = |rels| syntax.children_by(token, rels);
    if matches!(words.upos(token), Upos::Pron | Upos::Num) {
        return None;
    }
    // "a convoy of aid trucks"
    let civil = below(&[Rel::Compound, Rel::Amod, Rel::Nmod]).any(|c| {
        words.is_in(c, EventWord::CivilLoad)
            || words.people(c) == Some(People::Civilians) && words.case(c) == Some("of")
    });
    if civil && words.is_in(token, EventWord::Convoy) {
        return Some(false);
    }
    // A mayor or a minister is of the government and bears no arms.
    let person = words.name_kind(token) == Some(sayso_text::NameKind::Person)
        || words.etype(token) == "person";
    if person && words.actor_kind(token) == Some(ActorKind::Government) {
        return Some(false);
    }
    let armed = words.is_armed(token)
        || words.is_state(token)
        || words.is_in(token, EventWord::MilitaryGround)
        || below(&[Rel::Compound, Rel::Amod, Rel::NmodPoss])
            .any(|c| words.is_armed(c) || words.is_in(c, EventWord::ArmedModifier))
        || below(&[Rel::Nmod]).any(|c| words.case(c) == Some("of") && words.is_armed(c));
    if armed {
        return Some(true);
    }
    let people = matches!(
        words.people(token),
        Some(People::Civilians | People::Children | People::Women | People::Protesters)
    );
    let kind = matches!(
        words.actor_kind(token),
        Some(ActorKind::Civilians | ActorKind::Protesters | ActorKind::Media | ActorKind::Person)
    );
    let things = &words.lexicon().things;
    let thing = things.has(words.lemma(token)) || things.has(words.form(token));
    let named = words.name_kind(token) == Some(sayso_text::NameKind::Person);
    (people || kind || thing || named).then_some(false)
}
