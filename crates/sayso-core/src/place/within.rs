//! Where a spot is that no gazetteer has: streets, markets, hospitals, quarters, in the town that
//! the text puts them in.
//!
//! UCDP's where_prec 2 is for what is near a known point or in a part of the town around it. Only a
//! town lends its point: a village "in Idlib province" that nobody knows stays without one.

use std::collections::BTreeMap;

use sayso_lexicon::PlaceNoun;
use sayso_place::PlaceId;

use super::recognise::{Evidence, Toponym};
use super::resolve::Decision;
use super::sense::Sense;
use crate::{Context, Level, PlaceRule};

/// How many sentences back the town may have been named.
const SENTENCES_BACK: usize = 2;

/// The town of each spot that could not be resolved; `None` for all others.
pub(super) fn towns(
    context: &Context<'_>,
    toponyms: &[Toponym],
    decisions: &[Option<Decision>],
) -> Vec<Option<Decision>> {
    toponyms
        .iter()
        .enumerate()
        .map(|(number, toponym)| {
            let lacks = decisions.get(number).is_some_and(Option::is_none);
            let spot = toponym.evidence == Evidence::Within && is_spot(toponym);
            if !lacks || toponym.evidence != Evidence::Model && !spot {
                return None;
            }
            let town = |other: usize| {
                decisions
                    .get(other)?
                    .as_ref()
                    .map(|decision| decision.sense)
                    .filter(is_town)
            };
            let (sense, rule) = said(context, toponyms, number)
                .filter(|_| context.has(PlaceRule::InTownBeside))
                .and_then(town)
                .map(|sense| (sense, "in-town-named-beside"))
                .or_else(|| {
                    (is_spot(toponym) && context.has(PlaceRule::InTownSpokenOf)).then_some(())?;
                    last_town(context, toponyms, decisions, number, &town)
                        .map(|sense| (sense, "in-town-spoken-of"))
                })?;
            Some(Decision { sense, rule })
        })
        .collect()
}

fn is_town(sense: &Sense) -> bool {
    matches!(sense.level(), Level::Settlement | Level::Neighbourhood)
}

/// Whether the words say that it is a single spot or a part of a town.
fn is_spot(toponym: &Toponym) -> bool {
    matches!(
        toponym.noun,
        Some(PlaceNoun::Site | PlaceNoun::Street | PlaceNoun::Neighbourhood)
    )
}

/// The toponym that the words themselves name as the holder: "Hampton Avenue in St. Louis",
/// "Seoul's Jamsil Stadium".
fn said(context: &Context<'_>, toponyms: &[Toponym], number: usize) -> Option<usize> {
    let reading = context.reading;
    let toponym = toponyms.get(number)?;
    if let Some(next) = toponyms.get(number + 1)
        && reading.sentence_of(next.tokens.start) == reading.sentence_of(toponym.tokens.start)
    {
        let between: Vec<&str> = (toponym.tokens.end..next.tokens.start)
            .map(|token| reading.word(token))
            .collect();
        let links = between
            .iter()
            .all(|word| matches!(*word, "," | "in" | "of" | "at" | "the" | "(" | "central"))
            && between.len() <= 3
            && !between.is_empty();
        if links && next.evidence != Evidence::Demonym {
            return Some(number + 1);
        }
    }
    let before = number.checked_sub(1)?;
    let other = toponyms.get(before)?;
    let possessive = toponym
        .tokens
        .start
        .checked_sub(1)
        .filter(|&token| other.tokens.end == token)
        .is_some_and(|token| matches!(reading.word(token), "'s" | "’s" | "'" | "’"));
    possessive.then_some(before)
}

/// The country that most places of the report are in: "Moscow said" puts no street into Moscow.
fn home(decisions: &[Option<Decision>]) -> Option<PlaceId> {
    let mut counts: BTreeMap<PlaceId, usize> = BTreeMap::new();
    for decision in decisions.iter().flatten() {
        if let Some(country) = decision.sense.country
            && decision.sense.level() < Level::Country
        {
            *counts.entry(country).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|&(country, count)| (count, std::cmp::Reverse(country)))
        .map(|(country, _)| country)
}

/// The town that was named last, in this sentence or shortly before; else the next of the sentence.
fn last_town(
    context: &Context<'_>,
    toponyms: &[Toponym],
    decisions: &[Option<Decision>],
    number: usize,
    town: &dyn Fn(usize) -> Option<Sense>,
) -> Option<Sense> {
    let reading = context.reading;
    let home = home(decisions);
    let town = |other: usize| town(other).filter(|sense| sense.country == home);
    let here = reading.sentence_of(toponyms.get(number)?.tokens.start);
    let away = |other: usize| {
        let there = toponyms
            .get(other)
            .map_or(0, |other| reading.sentence_of(other.tokens.start));
        here.abs_diff(there)
    };
    let back = (0..number)
        .rev()
        .take_while(|&other| away(other) <= SENTENCES_BACK)
        .filter(|&other| toponyms[other].evidence != Evidence::Demonym)
        .find_map(&town);
    back.or_else(|| {
        (number + 1..toponyms.len())
            .take_while(|&other| away(other) == 0)
            .find_map(&town)
    })
}
