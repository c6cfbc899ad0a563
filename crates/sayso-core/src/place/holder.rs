//! What a text says of two names together: that one holds the other ("Harim, Idlib", "Harim in
//! Idlib province"), or that it is near ("Harim, a town near Sarmada").

use sayso_place::Feature;
use sayso_text::Upos;

use super::recognise::{Evidence, Toponym};
use super::resolve::Group;
use super::sense::{Sense, distance_km, is_part_word};
use crate::{Context, PlaceRule};

/// Most tokens between a place and the one that it is said to be near.
const MOST_BETWEEN: usize = 10;
/// Of the holders of the next name in a list, so many are passed on: a division and its country.
const OUTERMOST: usize = 2;
/// What is said to be near is no farther, in kilometres.
const NEAR_KM: f64 = 75.0;
/// What is said to be near cannot be so far, in kilometres.
const NOT_NEAR_KM: f64 = 150.0;

/// For each toponym, the one behind it that stands in some relation to it.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// Those that hold it, the nearest first.
    pub(super) holders: Vec<Vec<usize>>,
    /// The one that it is said to be near.
    pub(super) beside: Vec<Option<usize>>,
}

/// Reads what stands between each toponym and the next of its sentence.
pub(super) fn neighbours(context: &Context<'_>, toponyms: &[Toponym]) -> Neighbours {
    let reading = context.reading;
    let next = |number: usize| {
        let (toponym, next) = (toponyms.get(number)?, toponyms.get(number + 1)?);
        let both = next.evidence != Evidence::Demonym
            && toponym.evidence != Evidence::Demonym
            && reading.sentence_of(toponym.tokens.start) == reading.sentence_of(next.tokens.start);
        both.then_some(toponym.tokens.end..next.tokens.start)
    };
    let pick = |reads: &dyn Fn(std::ops::Range<usize>) -> bool| {
        (0..toponyms.len())
            .map(|number| {
                next(number)
                    .filter(|b| reads(b.clone()))
                    .map(|_| number + 1)
            })
            .collect()
    };
    let direct: Vec<Option<usize>> =
        pick(&|between| context.has(PlaceRule::HeldByNext) && says_within(context, between));
    Neighbours {
        holders: with_further(context, toponyms, &direct),
        beside: pick(&|between| context.has(PlaceRule::SaidNear) && says_near(context, between)),
    }
}

/// The holders of each toponym with those beyond the next: of "Salem, in Yemen's Marib province" both,
/// and of "Kafr Nabl and Saraqib in Idlib" the province for both towns.
fn with_further(
    context: &Context<'_>,
    toponyms: &[Toponym],
    direct: &[Option<usize>],
) -> Vec<Vec<usize>> {
    let word = |token: usize| context.reading.word(token);
    let mut all: Vec<Vec<usize>> = direct
        .iter()
        .map(|holder| holder.iter().copied().collect())
        .collect();
    if !context.has(PlaceRule::HeldBeyondNext) {
        return all;
    }
    for number in (0..all.len()).rev() {
        let (Some(toponym), Some(next)) = (toponyms.get(number), toponyms.get(number + 1)) else {
            continue;
        };
        let between = toponym.tokens.end..next.tokens.start;
        let listed = (1..=2).contains(&between.len())
            && between
                .clone()
                .all(|token| matches!(word(token), "," | "and" | "or"))
            && next.evidence != Evidence::Demonym
            && toponym.evidence != Evidence::Demonym;
        let owner = direct.get(number).copied().flatten().is_some_and(|holder| {
            toponyms
                .get(holder)
                .is_some_and(|holder| matches!(word(holder.tokens.end), "'s" | "’s"))
        });
        if owner {
            all[number].push(number + 2);
        } else if listed {
            // The outermost of a long list hold it, not every name in it.
            let next = all.get(number + 1).map_or(&[][..], Vec::as_slice);
            let further = next[next.len().saturating_sub(OUTERMOST)..].to_vec();
            all[number].extend(further);
        }
    }
    for holders in &mut all {
        holders.retain(|&holder| holder < toponyms.len());
        holders.dedup();
    }
    all
}

pub(super) fn says_within(context: &Context<'_>, between: std::ops::Range<usize>) -> bool {
    let reading = context.reading;
    let words: Vec<String> = between.map(|t| reading.word(t).to_lowercase()).collect();
    let noun = |word: &str| context.knowledge.lexicon.places.noun(word).is_some();
    match &words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["," | "("] | [",", "in"] => true,
        words => {
            words.len() <= 8
                && words.iter().any(|&w| matches!(w, "in" | "of"))
                && words.iter().all(|&w| {
                    matches!(w, "in" | "of" | "," | "the" | "'s" | "’s")
                        || noun(w)
                        || is_part_word(&context.knowledge.lexicon.place_words, w)
                })
        }
    }
}

/// ", a village near", "near", ", some 10 km north of", "on the outskirts of".
fn says_near(context: &Context<'_>, between: std::ops::Range<usize>) -> bool {
    let reading = context.reading;
    if !reading.annotated || between.is_empty() || between.len() > MOST_BETWEEN {
        return false;
    }
    let words: Vec<String> = between
        .clone()
        .map(|token| reading.word(token).to_lowercase())
        .collect();
    let noun = |word: &str| context.knowledge.lexicon.places.noun(word).is_some();
    let unit = |word: &str| {
        matches!(
            word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'),
            "km" | "kilometres" | "kilometers" | "miles" | "kms"
        )
    };
    let count = words.len();
    let last = words.last().map_or("", String::as_str);
    let before = count.checked_sub(2).map_or("", |at| words[at].as_str());
    let closes = match last {
        "near" | "outside" => true,
        "of" => {
            is_part_word(&context.knowledge.lexicon.place_words, before)
                || matches!(before, "outskirts" | "vicinity")
        }
        "from" => words.iter().any(|word| unit(word)),
        _ => false,
    };
    closes
        && between.zip(&words).all(|(token, word)| {
            matches!(
                word.as_str(),
                "," | "near" | "outside" | "of" | "from" | "on"
            ) || noun(word)
                || unit(word)
                || is_part_word(&context.knowledge.lexicon.place_words, word)
                || matches!(
                    context.syntax.upos(token),
                    Upos::Det | Upos::Num | Upos::Adj | Upos::Adv
                )
        })
}

/// How much what is said of the group's members speaks for `sense`.
pub(super) fn held_weight(
    context: &Context<'_>,
    toponyms: &[Toponym],
    group: &Group,
    sense: &Sense,
    neighbours: &Neighbours,
) -> f64 {
    let mut weight: f64 = 0.0;
    for &member in &group.members {
        let holders = neighbours.holders.get(member).into_iter().flatten();
        let inside = holders
            .filter_map(|&holder| toponyms.get(holder))
            .flat_map(|holder| &holder.senses)
            .any(|outer| sense.is_inside(outer, context.knowledge));
        let other = neighbours.beside.get(member).copied().flatten();
        let near = other
            .and_then(|other| toponyms.get(other))
            .is_some_and(|other| {
                spots(other)
                    .any(|spot| spot.origin != sense.origin && distance_km(spot, sense) < NEAR_KM)
            });
        if inside {
            weight = weight.max(5.0);
        }
        if near {
            weight = weight.max(4.0);
        }
    }
    // The place that holds another is the one that holds it.
    for (inner, holders) in neighbours.holders.iter().enumerate() {
        if holders.iter().any(|holder| group.members.contains(holder))
            && let Some(inner) = toponyms.get(inner)
            && inner
                .senses
                .iter()
                .any(|place| place.is_inside(sense, context.knowledge))
        {
            weight = weight.max(2.5);
        }
    }
    weight
}

/// Whether the text puts the name near a place that this sense is far from.
pub(super) fn is_far_from_said(
    toponyms: &[Toponym],
    group: &Group,
    sense: &Sense,
    neighbours: &Neighbours,
) -> bool {
    is_point(sense)
        && group.members.iter().any(|&member| {
            neighbours
                .beside
                .get(member)
                .copied()
                .flatten()
                .and_then(|other| toponyms.get(other))
                .is_some_and(|other| {
                    let mut known = spots(other).peekable();
                    known.peek().is_some()
                        && known.all(|spot| distance_km(spot, sense) > NOT_NEAR_KM)
                })
        })
}

/// The senses that are points: near a country or a sea says nothing.
fn spots(toponym: &Toponym) -> impl Iterator<Item = &Sense> {
    toponym.senses.iter().filter(|sense| is_point(sense))
}

fn is_point(sense: &Sense) -> bool {
    !matches!(
        sense.feature,
        Feature::Country
            | Feature::Continent
            | Feature::Region
            | Feature::Sea
            | Feature::Disputed
            | Feature::Admin1
    )
}
