//! Counts beside a count: its parts, those who share its effect, and those counted before.

use sayso_lexicon::EventWord;
use sayso_text::Upos;

use super::counted::{self, Counted, Singles};
use super::effect::of_one;
use crate::event::words::Words;
use crate::{Effect, Toll, TollRule};

/// "nine children and 14 others": a second count that the tree has lost.
pub(super) fn and_more(words: &Words<'_>, last: &Counted) -> Option<Counted> {
    let and = last.token.max(last.number.last) + 1;
    let sentence = words.sentence(last.token);
    if !words.form_in(and, EventWord::Coordinator) || !words.on(TollRule::AndMore) {
        return None;
    }
    let more = counted::starting_at(words, and + 1, sentence.end)
        .filter(|more| more.number.tokens.start == and + 1)?;
    let people =
        words.is_in(more.token, EventWord::CountedAlone) || words.people(more.token).is_some();
    people.then_some(more)
}

/// Who shares the effect behind "along with", "together with", "as well as".
pub(super) fn along(words: &Words<'_>, verb: usize, effect: Effect) -> Vec<Counted> {
    if !of_one(effect) || !words.is_verb(verb) || !words.on(TollRule::AlongWith) {
        return Vec::new();
    }
    let end = words.sentence(verb).end;
    let opens = (verb + 1..end)
        .take_while(|&t| !words.is_verb(t) && words.form(t) != ";")
        .find(|&t| {
            words.form_in(t, EventWord::AlongWith) && words.form(t + 1) == "with"
                || words.form(t) == "as" && words.form(t + 1) == "well" && words.form(t + 2) == "as"
        });
    let Some(opens) = opens else {
        return Vec::new();
    };
    first_phrase(words, opens + 2, end)
}

/// The counts of the first noun phrase behind `from`, single persons among them.
fn first_phrase(words: &Words<'_>, from: usize, end: usize) -> Vec<Counted> {
    let Some(start) = words
        .context
        .reading
        .tokens
        .get(from)
        .map(|t| t.span.start())
    else {
        return Vec::new();
    };
    (from..end.min(from + 14))
        .take_while(|&t| !words.is_verb(t) || words.is_noun(t))
        .filter(|&t| words.is_noun(t) && !words.is_noun(t + 1))
        .map(|t| counted::in_phrases(words, t, Singles::Known))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
        .into_iter()
        .filter(|c| c.span.start() >= start)
        .collect()
}

/// "including three children", "among them two women", "the dead included four women".
pub(super) fn sub_counts(words: &Words<'_>, tolls: &mut Vec<Toll>) {
    let mut more: Vec<Toll> = Vec::new();
    for t in 0..words.context.reading.tokens.len() {
        if let Some(counted) = of_them(words, t) {
            let whole = tolls
                .iter()
                .filter(|toll| words.sentence(t).contains(&toll.token) && toll.token < t)
                .max_by_key(|toll| toll.token);
            let known = tolls.iter().any(|toll| toll.span.overlaps(counted.span));
            if let Some(whole) = whole.filter(|w| !known && w.low >= counted.number.low) {
                more.push(part(whole, &counted));
            }
            continue;
        }
        let opens = words.is_in(t, EventWord::Including)
            && (words.form(t) == "including" || words.is_verb(t))
            || words.form(t) == "among" && words.form_in(t + 1, EventWord::PluralPronoun);
        if !opens || !words.on(TollRule::SubCount) {
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
            .find(|&e| words.is_verb(e) && words.upos(e) != Upos::Aux || words.form(e) == ";")
            .unwrap_or(sentence.end);
        // "including the suspect", "among them a nurse"
        let mut singles = first_phrase(words, t + 1, end);
        singles.retain(|c| c.number.high == Some(1) && c.number.tokens.start <= t + 4);
        let mut at = t + 1;
        for counted in singles {
            let known = |toll: &Toll| toll.span.overlaps(counted.span);
            if !tolls.iter().chain(&more).any(known) {
                more.push(part(&whole, &counted));
            }
        }
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
            more.push(part(&whole, &counted));
        }
    }
    tolls.extend(more);
}

/// "three of them children", "most of them" not: a part told by what its people are.
fn of_them(words: &Words<'_>, t: usize) -> Option<Counted> {
    if words.form(t) != "of"
        || !words.form_in(t + 1, EventWord::PluralPronoun)
        || !words.on(TollRule::SubCount)
    {
        return None;
    }
    let number = t
        .checked_sub(1)
        .filter(|&n| counted::is_count(words, n))
        .and_then(|n| super::number::at(words, n))
        .filter(|n| n.tokens.end == t)?;
    let noun = (t + 2..(t + 5).min(words.sentence(t).end))
        .find(|&n| words.is_noun(n) && words.people(n).is_some())?;
    let end = noun + 1;
    let tokens = number.tokens.start..end;
    Some(Counted {
        span: words.context.reading.span(&tokens),
        token: noun,
        who: counted::who(words, noun),
        number,
    })
}

/// A part of a count: it shares the whole's effect.
fn part(whole: &Toll, counted: &Counted) -> Toll {
    Toll {
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
    }
}

/// One who is named or meant again is not counted again.
pub(super) fn once_for_each(words: &Words<'_>, tolls: &mut Vec<Toll>) {
    if !words.on(TollRule::OnceForEach) {
        return;
    }
    let mut seen = Vec::new();
    tolls.sort_by_key(|t| t.token);
    tolls.retain(|t| {
        if t.high != Some(1) {
            return true;
        }
        let Some(entity) = words.mentions.entity_at(t.token) else {
            return true;
        };
        let new = !seen.contains(&(entity, t.effect));
        seen.push((entity, t.effect));
        new
    });
}
