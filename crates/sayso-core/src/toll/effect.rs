//! Counts found by the word that says what became of the people.

use sayso_lexicon::{EffectKind, EffectWord};
use sayso_text::{Rel, Upos, Xpos};

use super::counted::{self, Counted};
use crate::event::words::Words;
use crate::event::{is_passive, subject, sum_cue};
use crate::{Bound, Effect, EventRule, Toll};

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
            EffectKind::Adjective => of_adjective(words, token),
            EffectKind::Noun | EffectKind::Body => of_noun(words, token),
            EffectKind::Toll => of_toll(words, token).into_iter().collect(),
        };
        let joint = joined_effect(words, token);
        for counted in found {
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
    sub_counts(words, &mut tolls);
    tolls
}

fn push(
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
        bound: if joint && counted.number.bound == Bound::Exact {
            Bound::AtMost
        } else {
            counted.number.bound
        },
        by: None,
        aggregate: sum_cue(words, effect_token).is_some(),
    });
}

/// The effect word at `token`, with all its parts in place.
fn effect_at<'a>(words: &Words<'a>, token: usize) -> Option<(&'a EffectWord, Effect)> {
    let sentence = words.sentence(token);
    let word = words
        .lexicon()
        .effects
        .of(words.form(token))
        .iter()
        .find(|word| {
            let parts = match word.kind {
                EffectKind::Verb | EffectKind::Undergo => word.rest.iter().all(|part| {
                    (token + 1..(token + 9).min(sentence.end)).any(|t| words.is(t, part))
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
                            || words.xpos(token) == Xpos::VBN
                            || words.xpos(token) == Xpos::VBD
                    }
                    _ => words.is_noun(token),
                }
        })?;
    // "killed" is a verb before it is an adjective.
    Effect::parse(&word.effect).map(|effect| (word, effect))
}

/// "Killed eight displaced people": what they had become before is no toll of this.
fn is_told_before(words: &Words<'_>, token: usize) -> bool {
    words.on(EventRule::DisplacedBefore)
        && words.rel(token) == Rel::Amod
        && words.head(token).is_some_and(|noun| {
            matches!(words.rel(noun), Rel::Obj | Rel::NsubjPass)
                && words
                    .head(noun)
                    .is_some_and(|verb| words.is_verb(verb) && effect_at(words, verb).is_some())
        })
}

/// Modals and negation: "could kill hundreds", "did not kill".
fn is_unreal(words: &Words<'_>, token: usize) -> bool {
    words.children(token).iter().any(|&c| {
        let form = words.form(c);
        match words.rel(c) {
            Rel::Aux => {
                matches!(
                    form,
                    "could" | "may" | "might" | "would" | "will" | "can" | "should"
                ) && !words
                    .children(token)
                    .iter()
                    .any(|&h| words.is(h, "have") && words.rel(h) == Rel::Aux)
            }
            Rel::Advmod => matches!(form, "not" | "n't" | "n’t" | "never"),
            Rel::Mark => matches!(form, "if" | "unless"),
            _ => false,
        }
    })
}

/// "killed and wounded", "dead or injured": the other effect of the same count.
fn joined_effect(words: &Words<'_>, token: usize) -> Option<Effect> {
    let joint = token + 2;
    if !matches!(words.form(token + 1), "or" | "and") {
        return None;
    }
    let (_, effect) = effect_at(words, joint)?;
    let own = effect_at(words, token)?.1;
    // "16 killed and 40 wounded" has a number between; "killed and wounded 12" shares one.
    let shares = effect != own
        && words
            .context
            .syntax
            .child(joint, &[Rel::Nsubj, Rel::NsubjPass, Rel::Nummod])
            .is_none();
    shares.then_some(effect)
}

fn of_verb(words: &Words<'_>, verb: usize, effect: Effect) -> Vec<Counted> {
    let syntax = words.context.syntax;
    let singular = matches!(effect, Effect::Killed | Effect::Injured);
    let mut found = Vec::new();
    let passive = is_passive(words, verb);
    let target = if passive {
        syntax
            .child(verb, &[Rel::NsubjPass, Rel::Nsubj])
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
    if found.is_empty() {
        // "20 killed": the participle is counted itself.
        if let Some(number) = syntax.child(verb, &[Rel::Nummod])
            && let Some(counted) = counted::in_phrase(words, number, false)
        {
            found.push(counted);
        }
    }
    if found.is_empty() {
        found.extend(shallow(words, verb, passive));
    }
    found
}

/// Without help from the tree: a number right behind the verb, or right before a passive.
fn shallow(words: &Words<'_>, verb: usize, passive: bool) -> Option<Counted> {
    let sentence = words.sentence(verb);
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
        let form = words.form(at);
        if matches!(form, "," | ";" | ":" | "and" | "but" | "or") {
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
            return counted::in_phrase(words, head, false)
                .or_else(|| counted::starting_at(words, at, verb));
        }
        if words.is_verb(at) && words.upos(at) != Upos::Aux {
            break;
        }
    }
    None
}

fn of_undergoing(words: &Words<'_>, verb: usize, effect: Effect) -> Vec<Counted> {
    let singular = effect == Effect::Killed;
    let mut found = Vec::new();
    if let Some(subject) = subject(words, verb) {
        found.extend(counted::in_phrases(words, subject, singular));
    }
    if found.is_empty() && effect == Effect::Displaced {
        // "forced 13,000 residents to flee", "evacuated 300 people"
        if let Some(object) = words.context.syntax.child(verb, &[Rel::Obj]) {
            found.extend(counted::in_phrases(words, object, false));
        }
    }
    if found.is_empty() {
        found.extend(shallow(words, verb, true));
    }
    found
}

fn of_adjective(words: &Words<'_>, token: usize) -> Vec<Counted> {
    let syntax = words.context.syntax;
    let mut found = Vec::new();
    // "16 dead", "the 20 wounded": counted itself.
    if syntax.child(token, &[Rel::Nummod]).is_some() {
        found.extend(counted::in_phrase(words, token, false));
    }
    if found.is_empty() {
        match words.rel(token) {
            // "15 wounded civilians"
            Rel::Amod => {
                if let Some(head) = words.head(token) {
                    found.extend(counted::in_phrase(words, head, false));
                }
            }
            // "15 of the wounded"
            Rel::Nmod if words.case(token) == Some("of") => {
                if let Some(head) = words.head(token) {
                    found.extend(counted::in_phrase(words, head, false));
                }
            }
            // "left three people dead"
            Rel::Xcomp => {
                if let Some(head) = words.head(token) {
                    let object = syntax.child(head, &[Rel::Obj, Rel::NsubjPass]);
                    if let Some(object) = object {
                        found.extend(counted::in_phrases(words, object, true));
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
        found.extend(counted::in_phrases(words, subject, false));
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

fn of_noun(words: &Words<'_>, token: usize) -> Vec<Counted> {
    let syntax = words.context.syntax;
    let mut found = Vec::new();
    // "claimed 12 lives", "16 deaths", "17 hostages"
    let own = counted::in_phrase(words, token, false);
    if let Some(own) = own {
        found.push(own);
    }
    if found.is_empty() {
        // "the deaths of 12 people", "the lives of five", "the abduction of eleven students"
        for child in syntax.children_by(token, &[Rel::Nmod]) {
            if words.case(child) == Some("of") {
                // "the murder of a teacher" has one victim; "the deaths of a family" do not.
                let one = words.is_any(
                    token,
                    &[
                        "assassination",
                        "beheading",
                        "execution",
                        "killing",
                        "lynching",
                        "murder",
                        "slaying",
                        "stoning",
                    ],
                ) && words.xpos(token) == Xpos::NN
                    && words.on(EventRule::OneVictim);
                found.extend(counted::in_phrases(words, child, one));
            }
        }
    }
    found
}

/// "put the death toll at 16", "brought the toll to 58", "the death toll stands at 12".
fn of_toll(words: &Words<'_>, token: usize) -> Option<Counted> {
    let sentence = words.sentence(token);
    let stop = (token + 1..sentence.end)
        .find(|&t| matches!(words.form(t), "," | ";" | "as" | "since" | "from"))
        .unwrap_or(sentence.end)
        .min(token + 12);
    let at = (token + 1..stop).find(|&t| {
        counted::is_count(words, t) && super::number::at(words, t).is_some_and(|n| n.low > 0)
    })?;
    let number = super::number::at(words, at)?;
    let before = number.tokens.start.checked_sub(1)?;
    let leads = matches!(
        words.form(before),
        "to" | "at"
            | "of"
            | "is"
            | "was"
            | "reached"
            | "stands"
            | "stood"
            | "as"
            | "hit"
            | ":"
            | "exceeded"
            | "be"
            | "now"
            | "passed"
            | "topped"
    );
    if !leads {
        return None;
    }
    let first = before.min(token);
    let tokens = first.min(number.tokens.start)..number.tokens.end;
    let span = words.context.reading.span(&tokens);
    let last = number.last;
    Some(Counted {
        span,
        token: last,
        number,
        who: crate::Who::People,
    })
}

/// "including three children", "among them two women", "the dead included four women".
fn sub_counts(words: &Words<'_>, tolls: &mut Vec<Toll>) {
    let mut more: Vec<Toll> = Vec::new();
    for t in 0..words.context.reading.tokens.len() {
        let opens = words.is(t, "including")
            || words.is(t, "include") && words.is_verb(t)
            || words.form(t) == "among" && words.is_any(t + 1, &["them", "whom"]);
        if !opens {
            continue;
        }
        let sentence = words.sentence(t);
        let whole = tolls
            .iter()
            .chain(&more)
            .filter(|toll| sentence.contains(&toll.token) && toll.token < t)
            .max_by_key(|toll| toll.token)
            .cloned();
        let Some(whole) = whole else {
            continue;
        };
        let end = (t + 1..sentence.end)
            .find(|&e| {
                words.is_verb(e) && words.upos(e) != Upos::Aux || matches!(words.form(e), ";" | ".")
            })
            .unwrap_or(sentence.end);
        let mut at = t + 1;
        while at < end {
            let Some(counted) = counted::is_count(words, at)
                .then(|| counted::starting_at(words, at, end))
                .flatten()
            else {
                at += 1;
                continue;
            };
            at = counted.token.max(counted.number.tokens.end).max(at + 1);
            let known = |toll: &Toll| toll.span.overlaps(counted.span);
            if counted.number.low == 0 || tolls.iter().chain(&more).any(known) {
                continue;
            }
            more.push(Toll {
                span: counted.span,
                token: counted.token,
                effect_token: whole.effect_token,
                effect: whole.effect,
                who: counted.who,
                low: counted.number.low,
                high: counted.number.high,
                bound: counted.number.bound,
                by: None,
                aggregate: whole.aggregate,
            });
        }
    }
    tolls.extend(more);
}
