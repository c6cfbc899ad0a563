//! What is told again by its count: a headline and its lead, a figure that is no small one.

use std::collections::BTreeMap;

use super::merge::{Told, conflicts};
use super::words::Words;
use crate::{Bound, Effect, JoinRule, Status, Toll};

/// Whether the sentence of `i` gives the very count of one of the group's: a headline and its lead,
/// or a figure that is no small one.
pub(super) fn retells(
    words: &Words<'_>,
    told: &[Told],
    figures: &Figures,
    i: usize,
    group: &[usize],
) -> bool {
    if !words.on(JoinRule::SameToll) {
        return false;
    }
    let reading = words.context.reading;
    let one = &told[i];
    let at = |t: &Told| reading.sentence_of(t.hit.token);
    let here = at(one);
    let real = |t: &Told| {
        t.hit.frame(words).violent && !t.aggregate && t.standing.status != Status::Planned
    };
    real(one)
        && group.iter().all(|&j| real(&told[j]))
        && group.iter().any(|&j| {
            let other = &told[j];
            let there = at(other);
            if there == here {
                return false;
            }
            let headline = there.min(here) == 0 && there.max(here) <= 2;
            let least = if headline { 3 } else { 10 };
            shares_figure(figures, here, there, least)
                && (headline || !conflicts(words, one, other))
        })
}

/// The counts of each sentence that has some, vague ones left out.
pub(super) type Figures = BTreeMap<usize, Vec<(Effect, u64)>>;

pub(super) fn figures(words: &Words<'_>, tolls: &[Toll]) -> Figures {
    let mut figures = Figures::new();
    for toll in tolls.iter().filter(|t| t.bound != Bound::Vague) {
        let sentence = words.context.reading.sentence_of(toll.effect_token);
        let here = figures.entry(sentence).or_default();
        here.push((toll.effect, toll.low));
    }
    figures
}

/// Whether two sentences give the same count, of `least` or more.
fn shares_figure(figures: &Figures, here: usize, there: usize, least: u64) -> bool {
    let (Some(here), Some(there)) = (figures.get(&here), figures.get(&there)) else {
        return false;
    };
    here.iter().any(|f| f.1 >= least && there.contains(f))
}
