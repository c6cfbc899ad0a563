//! Counts found by the word that says what became of the people.

use sayso_lexicon::{Complement, EffectKind, EffectWord, EventWord};
use sayso_text::{Rel, Upos, Xpos};

use super::counted::{self, Counted, Singles};
use super::{figure, part};
use crate::event::words::Words;
use crate::event::{is_passive, subject, sum_cue};
use crate::{Bound, Effect, Toll, TollRule};

/// Every count of the text, in order of the words that tell the effect.
pub(crate) fn find(words: &Words<'_>) -> Vec<Toll> {
    let mut tolls: Vec<Toll> = Vec::new();
    for token in 0..words.context.reading.tokens.len() {
        let Some((word, effect)) = effect_at(words, token) else {
            continue;
        };
        if is_unreal(words, token) || is_told_before(words, token) {
            continue;
        }
        let found = match word.kind {
            EffectKind::Verb => of_verb(words, token, effect),
            EffectKind::Undergo => of_undergoing(words, token, effect),
            // "put the dead at two"
            EffectKind::Adjective if words.form(token + 1) == "at" => {
                figure::of_toll(words, token).into_iter().collect()
            }
            EffectKind::Adjective => of_adjective(words, token),
            EffectKind::Noun | EffectKind::Body => match figure::of_deaths(words, token) {
                Some(figure) => vec![figure],
                None => of_noun(words, token),
            },
            EffectKind::Toll => figure::of_toll(words, token).into_iter().collect(),
        };
        let joint = joined_effect(words, token);
        let more = found
            .last()
            .and_then(|last| part::and_more(words, last))
            .into_iter()
            .chain(part::along(words, token, effect));
        let found: Vec<Counted> = found.iter().cloned().chain(more).collect();
        for counted in found {
            if is_of_next(words, &counted, token, effect) {
                continue;
            }
            push(words, &mut tolls, &counted, token, effect, joint.is_some());
            if let Some(other) = joint {
                let twin = tolls.last().cloned();
                if let Some(mut twin) = twin.filter(|t| t.effect_token == token) {
                    twin.effect = other;
                    tolls.push(twin);
                }
            }
        }
    }
    figure::of_number(words, &mut tolls);
    figure::lost(words, &mut tolls);
    part::sub_counts(words, &mut tolls);
    part::once_for_each(words, &mut tolls);
    tolls
}

pub(super) fn push(
    words: &Words<'_>,
    tolls: &mut Vec<Toll>,
    counted: &Counted,
    effect_token: usize,
    effect: Effect,
    joint: bool,
) {
    let taken = |t: &Toll| t.span.overlaps(counted.span) && t.effect == effect;
    if counted.number.low == 0 || tolls.iter().any(taken) {
        return;
    }
    tolls.push(Toll {
        span: counted.span,
        token: counted.token,
        effect_token,
        effect,
        who: counted.who,
        low: counted.number.low,
        high: counted.number.high,
        // "killed or wounded 12": no more than 12 of either.
        bound: if joint && counted.number.bound == Bound::Exact && words.on(TollRule::JointIsMost) {
            Bound::AtMost
        } else {
            counted.number.bound
        },
        by: None,
        aggregate: words.on(TollRule::SumOfTolls) && sum_cue(words, effect_token).is_some(),
    });
}

/// Whether the next word of harm counts them: of "13 were killed and 30 others wounded" the second.
fn is_of_next(words: &Words<'_>, counted: &Counted, token: usize, effect: Effect) -> bool {
    let end = counted.token.max(counted.number.last) + 1;
    // "rose to 12 martyrs and 34 wounded": the wounded are not killed.
    let other = effect_at(words, counted.token).is_some_and(|(word, own)| {
        own != effect && matches!(word.kind, EffectKind::Adjective | EffectKind::Verb)
    });
    if other && counted.token != token && words.on(TollRule::OwnCountFirst) {
        return true;
    }
    words.on(TollRule::OwnCountFirst)
        && counted.token > token
        && effect_at(words, end)
            .is_some_and(|(word, next)| next != effect && word.kind != EffectKind::Noun)
        && words.xpos(end) != Xpos::VBG
}

/// The effect word at `token`, with all its parts in place.
pub(super) fn effect_at<'a>(words: &Words<'a>, token: usize) -> Option<(&'a EffectWord, Effect)> {
    let sentence = words.sentence(token);
    let word = words
        .lexicon()
        .effects
        .of(words.form(token))
        .iter()
        .find(|word| {
            let parts = match word.kind {
                // "fatally shot" as well as "shot dead"
                EffectKind::Verb | EffectKind::Undergo => word.rest.iter().all(|part| {
                    (token.saturating_sub(2).max(sentence.start)..(token + 9).min(sentence.end))
                        .any(|t| t != token && words.is(t, part))
                }),
                EffectKind::Toll => word.rest.iter().all(|part| {
                    (token.saturating_sub(3).max(sentence.start)..(token + 3).min(sentence.end))
                        .any(|t| words.is(t, part))
                }),
                _ => word.rest.is_empty(),
            };
            parts
                && match word.kind {
                    EffectKind::Verb | EffectKind::Undergo => {
                        words.is_verb(token) || matches!(words.upos(token), Upos::Adj)
                    }
                    EffectKind::Adjective => {
                        !words.is_verb(token)
                            || word.effect == "missing"
                            || words.xpos(token) == Xpos::VBN
                            || words.xpos(token) == Xpos::VBD
                    }
                    _ => words.is_noun(token),
                }
        })?;
    // "killed" is a verb before it is an adjective.
    let effect = Effect::parse(&word.effect)?;
    let fatally = effect == Effect::Injured
        && words.on(TollRule::FatallyKills)
        && words
            .children(token)
            .iter()
            .any(|&c| words.form_in(c, EventWord::Fatally));
    Some((word, if fatally { Effect::Killed } else { effect }))
}

/// "Killed eight displaced people": what they had become before is no toll of this.
fn is_told_before(words: &Words<'_>, token: usize) -> bool {
    words.on(TollRule::DisplacedBefore)
        && words.rel(token) == Rel::Amod
        && words.head(token).is_some_and(|noun| {
            matches!(words.rel(noun), Rel::Obj | Rel::NsubjPass)
                && words
                    .head(noun)
                    .is_some_and(|verb| words.is_verb(verb) && effect_at(words, verb).is_some())
        })
}

/// Modals, negation and aims: "could kill hundreds", "did not kill", "wanted to kill him".
pub(super) fn is_unreal(words: &Words<'_>, token: usize) -> bool {
    if !words.on(TollRule::UnrealHarm) {
        return false;
    }
    let perfect = words
        .children(token)
        .iter()
        .any(|&h| words.is(h, "have") && words.rel(h) == Rel::Aux);
    let own = words.children(token).iter().any(|&c| match words.rel(c) {
        Rel::Aux => words.form_in(c, EventWord::Modal) && !perfect,
        Rel::Advmod => words.form_in(c, EventWord::Negator),
        Rel::Mark => words.form_in(c, EventWord::Condition),
        _ => false,
    });
    let infinitive = words
        .children(token)
        .iter()
        .any(|&c| words.form(c) == "to" && matches!(words.rel(c), Rel::Mark | Rel::Aux));
    let aimed = infinitive
        && !perfect
        && words.head(token).is_some_and(|head| {
            let class = words.lexicon().complements.of(words.lemma(head));
            // "an attempt was made to kill him"
            let made = words
                .children(head)
                .iter()
                .any(|&c| words.is_noun(c) && words.is_in(c, EventWord::Attempt));
            made || words.is_in(head, EventWord::Attempt)
                || matches!(class, Some(Complement::Planned | Complement::None))
        });
    own || aimed
}

/// "killed and wounded", "dead or injured": the other effect of the same count.
fn joined_effect(words: &Words<'_>, token: usize) -> Option<Effect> {
    let joint = token + 2;
    if !words.form_in(token + 1, EventWord::Coordinator) || !words.on(TollRule::JointEffect) {
        return None;
    }
    let (_, effect) = effect_at(words, joint)?;
    let own = effect_at(words, token)?.1;
    // "16 killed and 40 wounded" has a number between; "killed and wounded 12" shares one.
    // "left 80 dead and drove 50,000 from their homes": the second has an object of its own.
    let apart = !words.is_verb(token) && words.context.syntax.child(joint, &[Rel::Obj]).is_some();
    let shares = effect != own
        && !apart
        && words
            .context
            .syntax
            .child(joint, &[Rel::Nsubj, Rel::NsubjPass, Rel::Nummod])
            .is_none();
    shares.then_some(effect)
}

/// Effects that a single person may be told to have suffered: "arrested a teacher".
pub(super) fn of_one(effect: Effect) -> bool {
    matches!(
        effect,
        Effect::Killed | Effect::Injured | Effect::Detained | Effect::Abducted
    )
}

fn of_verb(words: &Words<'_>, verb: usize, effect: Effect) -> Vec<Counted> {
    let syntax = words.context.syntax;
    let singular = if of_one(effect) {
        Singles::Known
    } else {
        Singles::No
    };
    let mut found = Vec::new();
    // "are confirmed killed"
    let below = words.rel(verb) == Rel::Xcomp
        && words.xpos(verb) == Xpos::VBN
        && syntax.child(verb, &[Rel::Obj]).is_none();
    let passive = is_passive(words, verb) || below;
    if let Some(own) = own_count(words, verb, effect) {
        return vec![own];
    }
    // "and wounded scores", which the tree takes for scores that are wounded
    let counted_head = words
        .head(verb)
        .filter(|&h| words.rel(verb) == Rel::Amod && h > verb && counted::is_count(words, h));
    if let Some(head) = counted_head
        && let Some(counted) = counted::in_phrase(words, head, Singles::No)
    {
        return vec![counted];
    }
    let target = if passive {
        syntax
            .child(verb, &[Rel::NsubjPass, Rel::Nsubj])
            .filter(|&t| !words.form_in(t, EventWord::Relative))
            .or_else(|| subject(words, verb))
    } else {
        syntax.child(verb, &[Rel::Obj])
    };
    if let Some(target) = target {
        found.extend(counted::in_phrases(words, target, singular));
        // "killed 16 and wounded 40": the second count has a verb of its own.
        found.retain(|c| {
            !(verb + 1..c.number.tokens.start)
                .any(|t| words.is_verb(t) && effect_at(words, t).is_some_and(|(_, e)| e != effect))
        });
    }
    // "killed and wounded 12": the object of both.
    if found.is_empty() && joined_effect(words, verb).is_some() {
        return of_verb(words, verb + 2, effect);
    }
    if found.is_empty() && words.on(TollRule::NearNumber) {
        // "20 killed": the participle is counted itself.
        if let Some(number) = syntax.child(verb, &[Rel::Nummod])
            && let Some(counted) = counted::in_phrase(words, number, Singles::No)
        {
            found.push(counted);
        }
    }
    if found.is_empty() {
        found.extend(shallow(words, verb, passive));
    }
    found
}

/// The count between another word of harm and this verb, which the tree may give to the first:
/// "eight are killed, five of them children, and 11 others are injured".
fn own_count(words: &Words<'_>, verb: usize, effect: Effect) -> Option<Counted> {
    if !words.on(TollRule::OwnCountFirst)
        || !matches!(words.xpos(verb), Xpos::VBN | Xpos::VBD)
        || words.context.syntax.child(verb, &[Rel::Obj]).is_some()
    {
        return None;
    }
    let start = words.sentence(verb).start;
    let other = (start..verb)
        .rev()
        .find(|&t| effect_at(words, t).is_some_and(|(_, e)| e != effect))?;
    let joins = (other + 1..verb)
        .rev()
        .find(|&t| words.form_in(t, EventWord::Coordinator))?;
    // Nothing but the noun phrase and auxiliaries may stand between.
    let plain = (joins + 1..verb).all(|t| {
        !words.is_verb(t) || words.upos(t) == Upos::Aux || words.is(t, "be") || words.is(t, "leave")
    });
    let number = (joins + 1..verb)
        .filter(|&t| counted::is_count(words, t))
        .find_map(|t| super::number::at(words, t))
        .filter(|_| plain)?;
    counted::starting_at(words, number.tokens.start, verb)
}

/// Without help from the tree: a number right behind the verb, or right before a passive.
fn shallow(words: &Words<'_>, verb: usize, passive: bool) -> Option<Counted> {
    let sentence = words.sentence(verb);
    if !words.on(TollRule::NearNumber) {
        return None;
    }
    if matches!(
        words.xpos(verb),
        Xpos::VBD | Xpos::VBG | Xpos::VB | Xpos::VBZ | Xpos::VBP | Xpos::VBN
    ) && !passive
        && let Some(counted) = counted::starting_at(words, verb + 1, sentence.end)
    {
        return Some(counted);
    }
    // "16 people were killed", "40 wounded"
    let mut at = verb;
    let mut steps = 0;
    while at > sentence.start && steps < 8 {
        at -= 1;
        steps += 1;
        if words.form_in(at, EventWord::PhraseEnd) {
            break;
        }
        if counted::is_count(words, at)
            && let Some(number) = super::number::at(words, at)
        {
            // Take the number's first token: "two hundred" is met from behind.
            let mut number = number;
            while at > sentence.start
                && counted::is_count(words, at - 1)
                && let Some(longer) = super::number::at(words, at - 1)
                && longer.last >= number.last
            {
                at -= 1;
                number = longer;
            }
            let head = counted::head_after(words, &number, verb);
            let rest = (head + 1..verb).all(|t| {
                matches!(
                    words.upos(t),
                    Upos::Aux
                        | Upos::Adv
                        | Upos::Adp
                        | Upos::Noun
                        | Upos::Propn
                        | Upos::Det
                        | Upos::Adj
                )
            });
            if !rest {
                return None;
            }
            return counted::in_phrase(words, head, Singles::No)
                .or_else(|| counted::starting_at(words, at, verb));
        }
        if words.is_verb(at) && words.upos(at) != Upos::Aux {
            break;
        }
    }
    None
}

fn of_undergoing(words: &Words<'_>, verb: usize, effect: Effect) -> Vec<Counted> {
    let singular = if matches!(effect, Effect::Killed | Effect::Missing) {
        Singles::Indefinite
    } else {
        Singles::No
    };
    let mut found = Vec::new();
    // "Two officers who were evacuating residents" are not displaced.
    let moves = effect == Effect::Displaced
        && words
            .context
            .syntax
            .child(verb, &[Rel::Obj])
            .is_some_and(|moved| words.people_deep(moved).is_some())
        && !is_passive(words, verb)
        && words.on(TollRule::MoversStay);
    if let Some(subject) = subject(words, verb).filter(|_| !moves) {
        found.extend(counted::in_phrases(words, subject, singular));
    }
    if found.is_empty() && effect == Effect::Displaced {
        // "forced 13,000 residents to flee", "evacuated 300 people"
        if let Some(object) = words.context.syntax.child(verb, &[Rel::Obj]) {
            found.extend(counted::in_phrases(words, object, Singles::No));
        }
    }
    if found.is_empty() && !moves {
        found.extend(shallow(words, verb, true));
    }
    found
}

fn of_adjective(words: &Words<'_>, token: usize) -> Vec<Counted> {
    let syntax = words.context.syntax;
    let mut found = Vec::new();
    // "16 dead", "the 20 wounded": counted itself.
    if words.on(TollRule::NearNumber) && syntax.child(token, &[Rel::Nummod]).is_some() {
        found.extend(counted::in_phrase(words, token, Singles::No));
    }
    if found.is_empty() {
        match words.rel(token) {
            // "15 wounded civilians"
            Rel::Amod => {
                if let Some(head) = words.head(token) {
                    found.extend(counted::in_phrase(words, head, Singles::No));
                }
            }
            // "15 of the wounded"
            Rel::Nmod if words.case(token) == Some("of") => {
                if let Some(head) = words.head(token) {
                    found.extend(counted::in_phrase(words, head, Singles::No));
                }
            }
            // "left three people dead"
            Rel::Xcomp => {
                if let Some(head) = words.head(token) {
                    // "with five officers left dead"
                    let left = Some(head)
                        .filter(|&h| words.rel(h) == Rel::Acl)
                        .and_then(|h| words.head(h));
                    let object = syntax.child(head, &[Rel::Obj, Rel::NsubjPass]).or(left);
                    if let Some(object) = object {
                        found.extend(counted::in_phrases(words, object, Singles::Known));
                    }
                }
            }
            _ => {}
        }
    }
    if found.is_empty()
        && let Some(subject) = syntax.child(token, &[Rel::Nsubj])
    {
        // "16 people are missing"
        found.extend(counted::in_phrases(words, subject, Singles::No));
    }
    if found.is_empty()
        && let Some(before) = token.checked_sub(1)
        && words.sentence(token).contains(&before)
        && counted::is_count(words, before)
    {
        // "16 dead" in a headline, or "three people dead".
        found.extend(shallow(words, token, true));
    }
    found
}

/// Whether the noun of life at `token` stands for lives that were taken: "claimed 14 lives", "eight
/// lives were lost", "the loss of nine lives", but not "saved nine lives".
fn is_taken(words: &Words<'_>, token: usize) -> bool {
    let takes = |t: usize| words.is_in(t, EventWord::LifeTaking);
    let above = words.head(token).is_some_and(takes);
    let below = || {
        let mut acl = words.context.syntax.children_by(token, &[Rel::Acl]);
        acl.any(takes)
    };
    above || below()
}

fn of_noun(words: &Words<'_>, token: usize) -> Vec<Counted> {
    let syntax = words.context.syntax;
    let mut found = Vec::new();
    // The model takes "lives" for forms of "live" at times.
    let life = matches!(words.form(token), "life" | "lives");
    if life && words.on(TollRule::LifeIsTaken) && !is_taken(words, token) {
        return found;
    }
    // "six people with bullet wounds": not the wounds are counted.
    if words.is_in(token, EventWord::WoundNoun)
        && words.case(token) == Some("with")
        && words.on(TollRule::WithWounds)
    {
        return words
            .head(token)
            .map(|head| counted::in_phrases(words, head, Singles::Known))
            .unwrap_or_default();
    }
    // "claimed 12 lives", "16 deaths", "17 hostages"
    let own = counted::in_phrase(words, token, Singles::No);
    if let Some(own) = own {
        found.push(own);
    }
    if found.is_empty() {
        found.extend(noun_for_verb(words, token));
    }
    if found.is_empty() {
        // "the deaths of 12 people", "the lives of five", "the abduction of eleven students"
        for child in syntax.children_by(token, &[Rel::Nmod]) {
            if words.case(child) == Some("of") {
                // "the murder of a teacher" has one victim; "the deaths of a family" do not.
                let one = words.is_in(token, EventWord::DeedOnOne)
                    && words.xpos(token) == Xpos::NN
                    && words.on(TollRule::OneVictim);
                let lives = life && words.on(TollRule::LostLife);
                let singular = if one || lives {
                    Singles::Known
                } else {
                    Singles::No
                };
                found.extend(counted::in_phrases(words, child, singular));
            }
        }
    }
    found
}

/// "Police arrest 26 suspects", where the tree takes the headline's present tense for a noun.
fn noun_for_verb(words: &Words<'_>, token: usize) -> Vec<Counted> {
    let is_verb_too = words
        .lexicon()
        .effects
        .of(words.form(token))
        .iter()
        .any(|e| e.kind == EffectKind::Verb);
    let behind_noun = token.checked_sub(1).is_some_and(|b| words.is_noun(b));
    if !is_verb_too || !behind_noun || !words.on(TollRule::NounForVerb) {
        return Vec::new();
    }
    words
        .context
        .syntax
        .children_by(token, &[Rel::Appos, Rel::Nsubj, Rel::Obj])
        .filter(|&c| c > token)
        .map(|c| counted::in_phrases(words, c, Singles::Known))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}
