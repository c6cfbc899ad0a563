//! Which place a toponym means: by what the report is about and by what the place is.
//!
//! One toponym has one sense a report. Each possible sense has a weight of its own (population,
//! kind, renown) and one from the report: its country's and province's share of the text, what
//! stands behind a comma or "in", and how near it is to the other places. The weights are added up
//! three times, each time with the others as resolved before.

use std::collections::{BTreeMap, BTreeSet};

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Match, PlaceId, fold};

use super::actors::{home_weight, homes};
use super::holder::{Neighbours, held_weight, is_far_from_said, neighbours};
use super::recognise::{Evidence, Toponym};
use super::rival::{
    abroad_of_state, is_by_name, is_denied, is_outsounded, is_stray, is_unsound,
    is_unsupported_site, names_alike, overshadowed,
};
use super::sense::{Sense, distance_km};
use super::shares::{Shares, Votes, outside};
use super::weight::{company, kin, near_weight, noun_weight, own_weight};
use crate::{Context, PlaceRule};

/// Rounds of weighing.
const ROUNDS: usize = 3;
/// People of a city that is known by all its names.
pub(super) const GREAT_CITY: u64 = 3_000_000;
/// Weight that no sense recovers from.
const RULED_OUT: f64 = -100.0;
/// A sense must lead another place of the name by this much, unless they are near each other.
const LEAD: f64 = 0.25;

/// What was decided for one toponym.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) sense: Sense,
    /// Name of the rule that tipped it.
    pub(super) rule: &'static str,
}

/// Toponyms with the same words.
pub(super) struct Group {
    pub(super) members: Vec<usize>,
    best: Option<usize>,
    rule: &'static str,
}

/// What one group is weighed by.
#[derive(Clone, Copy)]
struct Scales<'a, 'b> {
    context: &'a Context<'b>,
    toponyms: &'a [Toponym],
    groups: &'a [Group],
    neighbours: &'a Neighbours,
    /// The places that are decided so far, by group.
    places: &'a [(usize, Sense)],
    /// The countries that the sentences of this group's members name.
    beside: &'a [PlaceId],
    /// The countries where the groups that the text names are at home.
    homes: &'a BTreeSet<PlaceId>,
}

/// Decides for every toponym; `None` where nothing tells.
pub(super) fn resolve(context: &Context<'_>, toponyms: &[Toponym]) -> Vec<Option<Decision>> {
    // Of one name, the adjective, the division and the river are apart.
    let mut keys: BTreeMap<(String, bool, bool, bool), Vec<usize>> = BTreeMap::new();
    for (number, toponym) in toponyms.iter().enumerate() {
        let adjective = toponym.evidence == Evidence::Demonym;
        let division = context.has(PlaceRule::DivisionApart)
            && matches!(
                toponym.noun,
                Some(PlaceNoun::Province | PlaceNoun::District)
            );
        let natural =
            context.has(PlaceRule::NaturalKind) && toponym.noun.is_some_and(PlaceNoun::is_natural);
        keys.entry((fold(&toponym.words), adjective, division, natural))
            .or_default()
            .push(number);
    }
    let mut groups: Vec<Group> = keys
        .into_values()
        .map(|members| Group {
            members,
            best: None,
            rule: "",
        })
        .collect();
    let outside = outside(context);
    let homes = homes(context);
    let neighbours = neighbours(context, toponyms);
    let kin: Vec<Vec<bool>> = (0..groups.len())
        .map(|at| kin(toponyms, &groups, at))
        .collect();
    let beside: Vec<Vec<PlaceId>> = groups
        .iter()
        .map(|group| countries_beside(context, toponyms, group))
        .collect();
    for round in 0..ROUNDS {
        let votes = Votes::count(toponyms, &groups, &outside);
        let places: Vec<(usize, Sense)> = groups
            .iter()
            .enumerate()
            .filter(|_| round > 0)
            .filter_map(|(at, group)| Some((at, chosen(toponyms, group)?)))
            .filter(|(_, sense)| is_spot(sense))
            .collect();
        let scales = Scales {
            context,
            toponyms,
            groups: &groups,
            neighbours: &neighbours,
            places: &places,
            beside: &[],
            homes: &homes,
        };
        let weighed: Vec<_> = (0..groups.len())
            .map(|at| {
                let scales = Scales {
                    beside: &beside[at],
                    ..scales
                };
                weigh(&scales, at, &votes.without(at), &kin[at])
            })
            .collect();
        for (group, (best, rule)) in groups.iter_mut().zip(weighed) {
            group.best = best;
            group.rule = rule;
        }
    }
    let mut decisions: Vec<Option<Decision>> = vec![None; toponyms.len()];
    for group in &groups {
        let Some(sense) = chosen(toponyms, group) else {
            continue;
        };
        for &member in &group.members {
            decisions[member] = Some(Decision {
                sense,
                rule: group.rule,
            });
        }
    }
    decisions
}

/// The countries that are named in the sentences of a group's members.
fn countries_beside(context: &Context<'_>, toponyms: &[Toponym], group: &Group) -> Vec<PlaceId> {
    let sentence = |toponym: &Toponym| context.reading.sentence_of(toponym.tokens.start);
    let own: BTreeSet<usize> = group
        .members
        .iter()
        .filter_map(|&member| toponyms.get(member).map(sentence))
        .collect();
    let mut countries: Vec<PlaceId> = toponyms
        .iter()
        .enumerate()
        .filter(|(number, toponym)| {
            !group.members.contains(number)
                && toponym.evidence != Evidence::Demonym
                && own.contains(&sentence(toponym))
        })
        .filter_map(|(_, toponym)| {
            let country = toponym
                .senses
                .iter()
                .find(|sense| sense.feature == Feature::Country && sense.primary)?;
            country.country
        })
        .collect();
    countries.sort_unstable();
    countries.dedup();
    countries
}

/// What the countries named in its sentences say for a sense: "In Yemen, a drone struck Hays".
fn sentence_weight(beside: &[PlaceId], sense: &Sense) -> f64 {
    if sense.country.is_some_and(|id| beside.contains(&id)) {
        2.0 / beside.len() as f64
    } else {
        0.0
    }
}

/// Whether a place is small enough to be near another: no country, sea or region.
fn is_spot(sense: &Sense) -> bool {
    !matches!(
        sense.feature,
        Feature::Country | Feature::Continent | Feature::Disputed | Feature::Region | Feature::Sea
    )
}

pub(super) fn first_of(group: &Group) -> usize {
    group.members.first().copied().unwrap_or(0)
}

pub(super) fn chosen(toponyms: &[Toponym], group: &Group) -> Option<Sense> {
    let toponym = toponyms.get(first_of(group))?;
    toponym.senses.get(group.best?).copied()
}

/// The best sense of group `at`, and the rule that tipped it.
fn weigh(
    scales: &Scales<'_, '_>,
    at: usize,
    shares: &Shares,
    kin: &[bool],
) -> (Option<usize>, &'static str) {
    let group = &scales.groups[at];
    let members = || {
        let toponyms = scales.toponyms;
        group
            .members
            .iter()
            .filter_map(|&member| toponyms.get(member))
    };
    // The clearest member tells what kind of place is meant.
    let Some(toponym) = members().find(|m| m.noun.is_some()).or(members().next()) else {
        return (None, "");
    };
    let weights: Vec<(f64, &'static str)> = toponym
        .senses
        .iter()
        .map(|sense| weigh_sense(scales, group, toponym, sense, shares, kin))
        .collect();
    let best = best_of(&weights, &toponym.senses);
    let rule = match (best, toponym.senses.len(), toponym.evidence) {
        (_, _, Evidence::Demonym) => "demonym",
        (_, _, Evidence::Abbreviation) => "abbreviation",
        (Some(_), 1, _) => "only-place-of-the-name",
        (Some(best), _, _) => weights.get(best).map_or("", |weight| weight.1),
        (None, _, _) => "",
    };
    (best, rule)
}

fn weigh_sense(
    scales: &Scales<'_, '_>,
    group: &Group,
    toponym: &Toponym,
    sense: &Sense,
    shares: &Shares,
    kin: &[bool],
) -> (f64, &'static str) {
    let (context, toponyms) = (scales.context, scales.toponyms);
    let has = |rule: PlaceRule| context.has(rule);
    let when = |rule: PlaceRule, weight: f64| if has(rule) { weight } else { 0.0 };
    let country = when(
        PlaceRule::CountryOfReport,
        5.0 * shares.of_country(sense.country),
    );
    let province = when(
        PlaceRule::ProvinceOfReport,
        4.0 * shares.of_province(sense.admin1),
    );
    let near = when(
        PlaceRule::NearOthers,
        near_weight(sense, scales.places, kin),
    ) + when(
        PlaceRule::InCompany,
        company(toponyms, scales.groups, sense, kin),
    );
    let held = held_weight(context, toponyms, group, sense, scales.neighbours);
    let country = country
        + when(
            PlaceRule::CountryOfSentence,
            sentence_weight(scales.beside, sense),
        );
    let is_country = sense.feature == Feature::Country;
    let home = home_weight(scales.homes, shares, sense);
    let (country, near) = if is_country {
        (country * 0.4, 0.0)
    } else {
        (country, near)
    };
    let rule = [
        (held, "containment"),
        (near, "near-other-places"),
        (province, "province-of-report"),
        (country, "country-of-report"),
        (home, "home-of-actors"),
    ]
    .into_iter()
    .filter(|(weight, _)| *weight >= 0.8)
    .max_by(|a, b| a.0.total_cmp(&b.0))
    .map_or("best-known", |(_, rule)| rule);
    // A name that only sounds alike must at least lie where the report is about.
    let elsewhere = has(PlaceRule::SoundAtHome) && sense.how == Match::Loose && country < 0.5;
    let lonely = near < 0.5 && held < 0.5;
    let ruled_out = elsewhere
        || has(PlaceRule::ExactBeforeSound) && is_outsounded(toponym, sense)
        || has(PlaceRule::SoundFitsWords)
            && is_unsound(toponyms, group, sense, &scales.neighbours.holders)
        || has(PlaceRule::OwnPoint) && is_by_name(toponym, sense, shares)
        || is_denied(context, toponyms, group, sense, &scales.neighbours.holders)
        || has(PlaceRule::SaidNear) && is_far_from_said(toponyms, group, sense, scales.neighbours)
        || has(PlaceRule::StrayIsNone)
            && lonely
            && is_stray(
                toponym,
                sense,
                shares,
                scales.beside,
                &context.knowledge.lexicon.place_words,
            )
        || has(PlaceRule::SiteInItsTown) && lonely && is_unsupported_site(toponym, sense, shares);
    if ruled_out {
        return (RULED_OUT, rule);
    }
    // A capital is called like its country in some language: the country is meant.
    let shadowed = !is_country
        && !sense.primary
        && toponym.senses.iter().any(|other| {
            other.feature == Feature::Country && other.primary && other.country == sense.country
        });
    let against = [
        if shadowed { 5.0 } else { 0.0 },
        when(
            PlaceRule::GreaterCity,
            if held < 0.5 {
                overshadowed(sense, toponym, shares)
            } else {
                0.0
            },
        ),
        abroad_of_state(sense, toponym, shares),
    ];
    let own = own_weight(sense)
        + when(PlaceRule::KindBeside, noun_weight(sense, toponym))
        + when(PlaceRule::SameName, names_alike(sense, toponym, held))
        - against.iter().sum::<f64>();
    (own + country + province + near + held + home, rule)
}

/// The index of the heaviest sense, if it leads.
fn best_of(weights: &[(f64, &'static str)], senses: &[Sense]) -> Option<usize> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| weights[b].0.total_cmp(&weights[a].0).then(a.cmp(&b)));
    let &best = order.first()?;
    if weights[best].0 < RULED_OUT / 2.0 {
        return None;
    }
    let told = weights[best].1 != "best-known" || senses[best].is_prominent();
    let rival = order.iter().skip(1).copied().find(|&other| {
        weights[best].0 - weights[other].0 < LEAD
            && distance_km(&senses[best], &senses[other]) > 50.0
    });
    let clear = told || rival.is_none() || senses[best].population > 5_000;
    clear.then_some(best)
}
