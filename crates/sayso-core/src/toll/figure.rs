//! Counts that are told as a figure: the toll that rises to it, the number of killed, the men lost.

use sayso_lexicon::{EffectKind, EventWord};
use sayso_text::{Rel, Xpos};

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
    let reaching = reaching(words, token);
    (token + 1..sentence.end.min(token + 40))
        .filter(|&t| counted::is_count(words, t))
        // "The toll of the raid on Kelm, Orland, rose to 14": beyond a comma, what the verb has.
        .filter(|&t| t < stop || reaching.is_some_and(|verb| hangs_on(words, t, verb, token)))
        .filter_map(|t| super::number::at(words, t).filter(|n| n.low > 0))
        .find_map(|number| {
            let before = number.tokens.start.checked_sub(1)?;
            let leads = words.form_in(before, EventWord::BeforeFigure)
                || words.is_in(before, EventWord::Reaching);
            // "rose from 12 to 16": the last figure is the toll.
            let near = before <= token + 6
                || (token + 1..=before).any(|t| words.is_in(t, EventWord::Reaching))
                || reaching.is_some();
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

/// What brings the toll of `token` to its figure: the verb of rising that it is the subject of, the
/// verb of putting that it is the object of, or the figure itself ("is now 40").
fn reaching(words: &Words<'_>, token: usize) -> Option<usize> {
    let head = words.head(token)?;
    let verb = words.is_in(head, EventWord::Reaching);
    match words.rel(token) {
        Rel::Nsubj => (head > token && (verb || counted::is_count(words, head))).then_some(head),
        Rel::Obj | Rel::NsubjPass => verb.then_some(head),
        _ => None,
    }
}

/// Whether the figure at `number` is what `verb` says of `toll`: its own words and nothing else's.
fn hangs_on(words: &Words<'_>, number: usize, verb: usize, toll: usize) -> bool {
    let mut at = number;
    for _ in 0..3 {
        if at == verb {
            return true;
        }
        match words.head(at) {
            Some(head) if head != toll => at = head,
            _ => return false,
        }
    }
    at == verb
}

/// "Deaths from Sunday's raid rose to 171", "injuries reached 40": what rises is the toll.
pub(super) fn of_deaths(words: &Words<'_>, token: usize) -> Option<Counted> {
    let rises = words.rel(token) == Rel::Nsubj
        && words
            .head(token)
            .is_some_and(|verb| verb > token && words.is_in(verb, EventWord::Reaching));
    (words.xpos(token) == Xpos::NNS && rises)
        .then(|| of_toll(words, token))
        .flatten()
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
