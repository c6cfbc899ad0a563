//! Counts that are told as a figure: the toll that rises to it, the number of killed, the men lost.

use sayso_lexicon::{EffectKind, EventWord};
use sayso_text::Rel;

use super::counted::{self, Counted, Singles};
use super::effect::{effect_at, is_unreal, push};
use crate::event::words::Words;
use crate::{Effect, Toll, TollRule};

/// "put the death toll at 16", "brought the toll to 58", "the number of dead rose to 12".
pub(super) fn of_toll(words: &Words<'_>, token: usize) -> Option<Counted> {
    if !words.on(TollRule::TollAt) {
        return None;
    }
    let sentence = words.sentence(token);
    let stop = (token + 1..sentence.end)
        .find(|&t| words.form(t) == ";" || words.form(t) == ",")
        .unwrap_or(sentence.end)
        .min(token + 40);
    (token + 1..stop)
        .filter(|&t| counted::is_count(words, t))
        .filter_map(|t| super::number::at(words, t).filter(|n| n.low > 0))
        .find_map(|number| {
            let before = number.tokens.start.checked_sub(1)?;
            let leads = words.form_in(before, EventWord::BeforeFigure)
                || words.is_in(before, EventWord::Reaching);
            // "rose from 12 to 16": the last figure is the toll.
            let near = before <= token + 6
                || (token + 1..=before).any(|t| words.is_in(t, EventWord::Reaching));
            if !leads || !near {
                return None;
            }
            let tokens = before.max(token).min(number.tokens.start)..number.tokens.end;
            Some(Counted {
                span: words.context.reading.span(&tokens),
                token: number.last,
                number,
                who: crate::Who::People,
            })
        })
}

/// "The number of civilians killed since March rises to 1,767", "the total number of detained
/// staff to 53": the figure of a number of harmed people.
pub(super) fn of_number(words: &Words<'_>, tolls: &mut Vec<Toll>) {
    if !words.on(TollRule::TollAt) {
        return;
    }
    for token in 0..words.context.reading.tokens.len() {
        if !words.is_in(token, EventWord::NumberNoun) || !words.is_noun(token) {
            continue;
        }
        let end = words.sentence(token).end.min(token + 12);
        let harm = (token + 1..end).find_map(|t| {
            let (word, effect) = effect_at(words, t)?;
            (word.kind != EffectKind::Toll).then_some((t, effect))
        });
        let Some((effect_token, effect)) = harm.filter(|_| words.form_in(token + 1, EventWord::Of))
        else {
            continue;
        };
        if let Some(counted) = of_toll(words, token)
            && counted.token > effect_token
        {
            push(words, tolls, &counted, effect_token, effect, false);
        }
    }
}

/// "while losing three of its own men", "the rebels lost nine fighters".
pub(super) fn lost(words: &Words<'_>, tolls: &mut Vec<Toll>) {
    if !words.on(TollRule::LostLife) {
        return;
    }
    for verb in 0..words.context.reading.tokens.len() {
        if !words.is(verb, "lose") || !words.is_verb(verb) || is_unreal(words, verb) {
            continue;
        }
        let Some(object) = words.context.syntax.child(verb, &[Rel::Obj]) else {
            continue;
        };
        for counted in counted::in_phrases(words, object, Singles::No) {
            if words.people_deep(counted.token).is_some() && counted.number.low > 0 {
                push(words, tolls, &counted, verb, Effect::Killed, false);
            }
        }
    }
}
