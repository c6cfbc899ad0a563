//! Which event a count belongs to.

use crate::event::words::Words;
use crate::{Toll, TollRule};

/// What is needed to know of a mention of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) token: usize,
    pub(crate) predicate: usize,
    /// Index of its frame.
    pub(crate) frame: usize,
    pub(crate) aggregate: bool,
    pub(crate) planned: bool,
    /// Said not to have happened by the words around it.
    pub(crate) negated: bool,
}

/// For each toll, the group of mentions (an event) that it belongs to.
///
/// The nearest by syntax in the same sentence, else the violent event told last before it.
pub(crate) fn attach(
    words: &Words<'_>,
    tolls: &[Toll],
    anchors: &[Anchor],
    groups: &[Vec<usize>],
) -> Vec<Option<usize>> {
    let mut group_of = vec![None; anchors.len()];
    for (g, group) in groups.iter().enumerate() {
        for &i in group {
            if let Some(slot) = group_of.get_mut(i) {
                *slot = Some(g);
            }
        }
    }
    tolls
        .iter()
        .map(|toll| {
            in_sentence(words, toll, anchors)
                .or_else(|| before(words, toll, anchors))
                .and_then(|i| group_of[i])
        })
        .collect()
}

/// How well the type of an event goes with an effect: 2 its own, 1 possible, 0 not.
fn fits(words: &Words<'_>, toll: &Toll, anchor: &Anchor) -> u8 {
    use crate::Effect::{Abducted, Detained, Displaced, Injured, Killed, Missing};
    let frame = &words.lexicon().frames.all[anchor.frame];
    let name = frame.name.as_str();
    match toll.effect {
        Killed | Injured => match (frame.violent, name) {
            (true, "abduction" | "looting" | "sexual-violence") => 1,
            (true, _) => 2,
            (false, "protest-intervention" | "campaign" | "conflict") => 1,
            (false, "peaceful-protest") => 1,
            _ => 0,
        },
        Missing => 2 * u8::from(frame.violent),
        Abducted => match name {
            "abduction" => 2,
            _ => u8::from(frame.violent || name == "prisoner-release"),
        },
        Detained => match name {
            "arrests" => 2,
            "campaign" | "protest-intervention" | "peaceful-protest" | "violent-demonstration" => 1,
            _ => 0,
        },
        Displaced => match name {
            "evacuation" | "mass-expulsion" => 2,
            _ => u8::from(frame.violent),
        },
    }
}

fn in_sentence(words: &Words<'_>, toll: &Toll, anchors: &[Anchor]) -> Option<usize> {
    let syntax = words.context.syntax;
    let sentence = words.sentence(toll.effect_token);
    if !words.on(TollRule::TollInSentence) {
        return None;
    }
    let real = |a: &Anchor| !a.planned || !words.on(TollRule::UnrealHasNoToll);
    anchors
        .iter()
        .enumerate()
        .filter(|(_, a)| sentence.contains(&a.token) && real(a))
        .filter_map(|(i, a)| {
            let fit = fits(words, toll, a);
            if a.token == toll.effect_token {
                return Some(((fit.max(1), 9, 0), i));
            }
            if fit == 0 {
                return None;
            }
            let near = if syntax.dominates(toll.effect_token, a.token)
                || syntax.dominates(a.token, toll.effect_token)
            {
                3
            } else if syntax.dominates(a.predicate, toll.effect_token) {
                2
            } else {
                1
            };
            let distance = usize::MAX - a.token.abs_diff(toll.effect_token);
            Some(((fit, near, distance), i))
        })
        .max()
        .map(|(_, i)| i)
}

fn before(words: &Words<'_>, toll: &Toll, anchors: &[Anchor]) -> Option<usize> {
    let reading = words.context.reading;
    let here = reading.sentence_of(toll.effect_token);
    // What did not happen, or not yet, hurt nobody.
    let real = |a: &Anchor| !words.on(TollRule::UnrealHasNoToll) || (!a.planned && !a.negated);
    let candidate = |reach: usize| {
        anchors
            .iter()
            .enumerate()
            .filter(|(_, a)| {
                let there = reading.sentence_of(a.token);
                // A count told against a denial is of what is denied.
                let against = a.negated && !a.planned && there < here && here - there <= 2;
                fits(words, toll, a) == 2
                    && (real(a) || against)
                    && a.aggregate == toll.aggregate
                    && there <= here
                    && here - there <= reach
            })
            .map(|(i, _)| i)
            .next_back()
    };
    let after = words.on(TollRule::TollAfterEvent);
    if toll.aggregate {
        return after.then(|| candidate(2)).flatten();
    }
    after.then(|| candidate(4)).flatten().or_else(|| {
        // The lead may give the toll before the event.
        anchors
            .iter()
            .position(|a| fits(words, toll, a) == 2 && real(a) && !a.aggregate)
            .filter(|_| words.on(TollRule::TollBeforeEvent))
    })
}
