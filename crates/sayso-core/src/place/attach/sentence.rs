//! The toponym of an event's own sentence that is its place.

use sayso_lexicon::EventWord;

use super::cost::{cost, head_of};
use super::finish::finish;
use super::{apart, form_in};
use crate::{AttachRule, Context, Event, Level, Place, PlaceMention};

/// Dearest path that still ties a toponym to an event.
const MOST_COST: f64 = 12.0;
/// A finer place inside the cheapest one may cost this much more.
const FINER_COST: f64 = 3.5;
/// … inside a country, which says so little.
const FINER_IN_COUNTRY: f64 = 5.0;
/// A place with a point may cost this much more than one without.
const RESOLVED_COST: f64 = 8.0;
/// A place that hangs on another event costs so much more.
const OTHERS_COST: f64 = 4.0;
/// A place that is one example of many costs so much more.
const EXAMPLE_COST: f64 = 20.0;

/// The place of the sentence that is nearest to the event, or the finest one in it.
pub(super) fn in_sentence(
    context: &Context<'_>,
    places: &[PlaceMention],
    usable: &[bool],
    anchors: &[usize],
    event: &Event,
) -> Option<(Place, String)> {
    // What hangs on another event says where that was.
    let others: Vec<usize> = anchors
        .iter()
        .copied()
        .filter(|t| !event.mention_tokens.contains(t) && *t != event.anchor_token)
        .filter(|_| context.has(AttachRule::OtherEventsPlace))
        .collect();
    if !context.has(AttachRule::PlaceOfClause) {
        return None;
    }
    let mut apart = vec![false; places.len()];
    let mut costs: Vec<(f64, usize)> = Vec::new();
    for number in (0..places.len()).filter(|&number| usable[number]) {
        if let Some((cost, more)) = cost_of(context, places, number, &others, event) {
            apart[number] = more > 0.0;
            costs.push((cost + more, number));
        }
    }
    let &(cheapest, best) = costs
        .iter()
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    let best = first_of_list(context, places, &costs, best);
    // The finest place inside the cheapest one: Harim, in "in Idlib province, at Harim"; then the
    // finest inside that one, where the two are one phrase.
    let finer = |than: usize, resolved: bool| {
        let reach = |number: usize| {
            if places[than].place.level == Level::Country && !apart[number] {
                FINER_IN_COUNTRY
            } else {
                FINER_COST
            }
        };
        costs
            .iter()
            .filter(|&&(cost, number)| {
                let near = cost <= cheapest + reach(number)
                    || stands_before(context, &places[number], &places[than]);
                let known = !resolved || places[number].place.lat.is_some();
                near && known && is_within(&places[number].place, &places[than].place)
            })
            .min_by(|a, b| (places[a.1].place.level, a.1).cmp(&(places[b.1].place.level, b.1)))
            .map_or(than, |&(_, number)| number)
    };
    let finest = if context.has(AttachRule::FinestInside) {
        finer(finer(best, false), false)
    } else {
        best
    };
    // Words that could not be resolved give way to some that could, if those are near.
    let chosen = if places[finest].place.lat.is_none() && context.has(AttachRule::ResolvedFirst) {
        costs
            .iter()
            .filter(|&&(cost, number)| {
                cost <= cheapest + RESOLVED_COST && places[number].place.lat.is_some()
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(finest, |&(_, number)| finer(number, true))
    } else {
        finest
    };
    let rule = if chosen != best {
        "finest-in-sentence"
    } else if cheapest <= 3.0 {
        "attached"
    } else if context.reading.sentence_of(places[chosen].tokens.start)
        == context.reading.sentence_of(event.anchor_token)
    {
        "same-sentence"
    } else {
        "sentence-of-mention"
    };
    Some(finish(context, places, chosen, rule))
}

/// What the toponym costs the event, by the cheapest of its mentions, and what more because it hangs
/// on another event; `None` where it is too dear.
fn cost_of(
    context: &Context<'_>,
    places: &[PlaceMention],
    number: usize,
    others: &[usize],
    event: &Event,
) -> Option<(f64, f64)> {
    let reading = context.reading;
    let place = &places[number];
    let example = if context.has(AttachRule::ExampleOfMany) && is_example(context, places, number) {
        EXAMPLE_COST
    } else {
        0.0
    };
    std::iter::once(event.anchor_token)
        .chain(event.mention_tokens.iter().copied())
        .filter(|&t| reading.sentence_of(t) == reading.sentence_of(place.tokens.start))
        .map(|token| {
            // Another mention of the event is a little less telling than its anchor.
            let later = if token == event.anchor_token {
                0.0
            } else {
                2.0
            };
            let head = head_of(context, place);
            let of_other = std::iter::once(head)
                .chain(context.syntax.ancestors(head))
                .take_while(|&t| t != token)
                .any(|t| others.contains(&t) && !context.syntax.dominates(t, token));
            let apart = if of_other { OTHERS_COST } else { 0.0 };
            (cost(context, place, token) + later + example, apart)
        })
        .filter(|&(cost, _)| cost <= MOST_COST)
        .min_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)))
}

/// "Raids in 38 provinces, including Nador": the places named are some of many.
fn is_example(context: &Context<'_>, places: &[PlaceMention], number: usize) -> bool {
    let reading = context.reading;
    let mut at = places[number].tokens.start;
    let sentence = reading.sentence_of(at);
    // Back over the places and links of a list to the word that opens it.
    while let Some(before) = at.checked_sub(1) {
        if reading.sentence_of(before) != sentence {
            return false;
        }
        if form_in(context, before, EventWord::Including) {
            let many = before.saturating_sub(3)..before;
            return many.clone().any(|token| {
                let tag = reading.tokens.get(token).map_or("", |t| t.xpos.as_str());
                let lemma = reading.tokens.get(token).map_or("", |t| t.lemma.as_str());
                tag == "NNS" && context.knowledge.lexicon.places.noun(lemma).is_some()
            });
        }
        let listed = matches!(reading.word(before), "," | "and" | "the" | "in")
            || places.iter().any(|place| place.tokens.contains(&before));
        if !listed {
            return false;
        }
        at = before;
    }
    false
}

/// Of places that are listed together ("in Goma and Sake") the first stands for all.
fn first_of_list(
    context: &Context<'_>,
    places: &[PlaceMention],
    costs: &[(f64, usize)],
    best: usize,
) -> usize {
    let mut first = best;
    if !context.has(AttachRule::FirstOfList) {
        return first;
    }
    while let Some(before) = first.checked_sub(1) {
        let (a, b) = (&places[before], &places[first]);
        let between = a.tokens.end..b.tokens.start;
        let listed = a.tokens.end <= b.tokens.start
            && (1..=3).contains(&between.len())
            && between
                .clone()
                .all(|token| matches!(context.reading.word(token), "," | "and" | "or" | "the"))
            && !is_within(&a.place, &b.place)
            && (a.place.level == Level::Country) == (b.place.level == Level::Country)
            && costs.iter().any(|&(_, number)| number == before);
        if !listed {
            break;
        }
        first = before;
    }
    first
}

/// "Harim, Idlib", "Mweso, in Masisi": whatever the tree says, the two are one phrase.
fn stands_before(context: &Context<'_>, inner: &PlaceMention, outer: &PlaceMention) -> bool {
    let between = inner.tokens.end..outer.tokens.start;
    inner.tokens.end <= outer.tokens.start
        && between.len() <= 3
        && between
            .clone()
            .any(|token| form_in(context, token, EventWord::BetweenPlaces))
        && between.clone().all(|token| {
            form_in(context, token, EventWord::BetweenPlaces)
                || context.reading.word(token) == "the"
        })
}

/// Whether `inner` is a finer place that may lie inside `outer`.
fn is_within(inner: &Place, outer: &Place) -> bool {
    if inner.level >= outer.level || inner.country != outer.country || inner.country.is_none() {
        return false;
    }
    match outer.level {
        Level::Country => true,
        _ if inner.admin1.is_some() && outer.admin1.is_some() && inner.admin1 != outer.admin1 => {
            false
        }
        Level::Province => true,
        _ => apart(inner, outer).is_some_and(|away| away < 60.0),
    }
}
