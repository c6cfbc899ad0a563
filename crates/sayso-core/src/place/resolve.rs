//! Which place a toponym means: by what the report is about and by what the place is.
//!
//! One toponym has one sense a report. Each possible sense has a weight of its own (population,
//! kind, renown) and one from the report: its country's and province's share of the text, what
//! stands behind a comma or "in", and how near it is to the other places. The weights are added up
//! three times, each time with the others as resolved before.

use std::collections::BTreeMap;

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Kind, Match, PlaceId, fold};

use super::recognise::{Evidence, Toponym};
use super::rival::{is_denied, is_overshadowed, is_stray, names_alike};
use super::sense::{Origin, Sense, distance_km, senses};
use crate::{Context, Level};

/// Rounds of weighing.
const ROUNDS: usize = 3;
/// How near two places support each other, in kilometres.
const NEAR_KM: f64 = 120.0;
/// How near two senses keep each other company, in kilometres.
const COMPANY_KM: f64 = 50.0;
/// A name with more senses than this keeps nobody company.
const MOST_COMPANY: usize = 40;
/// People of a city that is known by all its names.
pub(super) const GREAT_CITY: u64 = 3_000_000;
/// What a small town loses to a city of its name.
const OVERSHADOWED: f64 = 3.0;
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

/// Shares of countries and provinces in the report, each from 0 to 1.
#[derive(Debug, Default)]
pub(super) struct Shares {
    pub(super) countries: BTreeMap<PlaceId, f64>,
    pub(super) provinces: BTreeMap<PlaceId, f64>,
}

/// Toponyms with the same words.
pub(super) struct Group {
    pub(super) members: Vec<usize>,
    best: Option<usize>,
    rule: &'static str,
}

/// Decides for every toponym; `None` where nothing tells.
pub(super) fn resolve(context: &Context<'_>, toponyms: &[Toponym]) -> Vec<Option<Decision>> {
    let mut keys: BTreeMap<(String, bool), Vec<usize>> = BTreeMap::new();
    for (number, toponym) in toponyms.iter().enumerate() {
        let adjective = toponym.evidence == Evidence::Demonym;
        keys.entry((fold(&toponym.words), adjective))
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
    let outside = outside_shares(context);
    let holders = holders(context, toponyms);
    for round in 0..ROUNDS {
        let shares = shares(toponyms, &groups, &outside);
        let places: Vec<(usize, Sense)> = groups
            .iter()
            .enumerate()
            .filter_map(|(at, group)| Some((at, chosen(toponyms, group)?)))
            .filter(|(_, sense)| is_spot(sense))
            .collect();
        let near = if round == 0 { &[][..] } else { &places[..] };
        let weighed: Vec<_> = (0..groups.len())
            .map(|at| weigh(context, toponyms, &groups, at, &shares, near, &holders))
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

/// Whether a place is small enough to be near another: no country, sea or region.
fn is_spot(sense: &Sense) -> bool {
    !matches!(
        sense.feature,
        Feature::Country | Feature::Continent | Feature::Disputed | Feature::Region | Feature::Sea
    )
}

fn first_of(group: &Group) -> usize {
    group.members.first().copied().unwrap_or(0)
}

fn chosen(toponyms: &[Toponym], group: &Group) -> Option<Sense> {
    let toponym = toponyms.get(first_of(group))?;
    toponym.senses.get(group.best?).copied()
}

/// What the title, the outlet and its address say.
fn outside_shares(context: &Context<'_>) -> Shares {
    let mut shares = Shares::default();
    let knowledge = context.knowledge;
    let report = &context.reading.report;
    if let Some(outlet) = &report.outlet {
        let iso3 = knowledge
            .lexicon
            .outlets
            .get(outlet)
            .filter(|known| known.kind != sayso_lexicon::OutletKind::Agency)
            .and_then(|known| known.country.as_deref());
        if let Some(id) = iso3.and_then(|iso3| knowledge.gazetteer.country_by_iso3(iso3)) {
            *shares.countries.entry(id).or_default() += 0.5;
        }
    }
    for address in [&report.outlet, &report.url].into_iter().flatten() {
        if let Some(id) = country_of_address(address, context) {
            *shares.countries.entry(id).or_default() += 2.0;
            break;
        }
    }
    for word in report
        .title
        .iter()
        .flat_map(|title| title.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.starts_with(char::is_uppercase))
    {
        let country = knowledge
            .lexicon
            .places
            .demonym(word)
            .and_then(|place| knowledge.gazetteer.country_by_iso3(place))
            .or_else(|| {
                senses(word, knowledge, false)
                    .iter()
                    .find(|sense| sense.feature == Feature::Country)
                    .and_then(|sense| sense.country)
            });
        if let Some(id) = country {
            *shares.countries.entry(id).or_default() += 2.0;
        }
    }
    shares
}

/// The country of a web address by its last label ("example.co.uk").
fn country_of_address(address: &str, context: &Context<'_>) -> Option<PlaceId> {
    let host = address.split("://").last()?.split('/').next()?;
    let label = host.rsplit('.').next()?;
    if !host.contains('.') || label.len() != 2 {
        return None;
    }
    let iso2 = match label.to_ascii_uppercase().as_str() {
        "UK" => "GB".to_owned(),
        // Sold as words to anybody.
        "IO" | "TV" | "ME" | "CO" | "FM" | "AI" | "GG" | "LY" | "TO" | "CC" | "WS" => return None,
        other => other.to_owned(),
    };
    let gazetteer = context.knowledge.gazetteer;
    (0..300)
        .map(PlaceId)
        .map_while(|id| gazetteer.country(id).filter(|country| country.id == id))
        .find(|country| country.iso2 == iso2)
        .map(|country| country.id)
}

/// Shares by what is decided so far; before the first round, by the names that mean one country.
fn shares(toponyms: &[Toponym], groups: &[Group], outside: &Shares) -> Shares {
    let mut shares = Shares {
        countries: outside.countries.clone(),
        provinces: outside.provinces.clone(),
    };
    for group in groups {
        let Some(toponym) = toponyms.get(first_of(group)) else {
            continue;
        };
        let mentions = (group.members.len() as f64).sqrt();
        let country = toponym
            .senses
            .iter()
            .find(|sense| sense.feature == Feature::Country);
        let decided = chosen(toponyms, group);
        let is_country = decided.is_none_or(|sense| sense.feature == Feature::Country);
        if let Some(sense) = country.filter(|_| is_country) {
            if let Some(id) = sense.country {
                // "Georgia", "Jordan", "Lebanon" are towns and states elsewhere.
                let doubtful = decided.is_none()
                    && toponym.evidence != Evidence::Demonym
                    && toponym.senses.iter().any(|other| {
                        other.country != sense.country
                            && (other.population > 5_000 || other.feature == Feature::Admin1)
                    });
                let weight = match toponym.evidence {
                    Evidence::Demonym => 1.2,
                    _ if doubtful => 0.4,
                    _ => 2.0,
                };
                *shares.countries.entry(id).or_default() += weight * mentions;
            }
            continue;
        }
        let sure = match decided {
            Some(sense) => Some(sense),
            None if toponym.evidence == Evidence::Abbreviation => toponym.senses.first().copied(),
            None => None,
        };
        if let Some(sense) = sure {
            let only = toponym.senses.len() == 1 || sense.is_prominent();
            let weight = if only { 1.0 } else { 0.5 };
            if let Some(id) = sense.country {
                *shares.countries.entry(id).or_default() += weight * mentions;
            }
            if let Some(id) = sense.admin1 {
                let own = matches!(sense.feature, Feature::Admin1)
                    || toponym.evidence == Evidence::Abbreviation;
                *shares.provinces.entry(id).or_default() +=
                    weight * mentions * if own { 1.5 } else { 1.0 };
            }
        }
    }
    for all in [&mut shares.countries, &mut shares.provinces] {
        let sum: f64 = all.values().sum();
        if sum > 0.0 {
            for share in all.values_mut() {
                *share /= sum.max(2.0);
            }
        }
    }
    shares
}

/// For each toponym, the one behind it that holds it: "Harim, Idlib", "Harim in Idlib province".
fn holders(context: &Context<'_>, toponyms: &[Toponym]) -> Vec<Option<usize>> {
    let reading = context.reading;
    toponyms
        .iter()
        .enumerate()
        .map(|(number, toponym)| {
            let next = toponyms.get(number + 1)?;
            if next.evidence == Evidence::Demonym
                || toponym.evidence == Evidence::Demonym
                || reading.sentence_of(toponym.tokens.start)
                    != reading.sentence_of(next.tokens.start)
            {
                return None;
            }
            let between: Vec<String> = (toponym.tokens.end..next.tokens.start)
                .map(|token| reading.word(token).to_lowercase())
                .collect();
            let noun = |word: &str| context.knowledge.lexicon.places.noun(word).is_some();
            let holds = match &between.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["," | "("] | [",", "in"] => true,
                words => {
                    words.len() <= 8
                        && words.iter().any(|&w| matches!(w, "in" | "of"))
                        && words.iter().all(|&w| {
                            matches!(w, "in" | "of" | "," | "the" | "'s" | "’s")
                                || noun(w)
                                || super::sense::is_part_word(w)
                        })
                }
            };
            holds.then_some(number + 1)
        })
        .collect()
}

/// Population, kind and renown.
fn own_weight(sense: &Sense, toponym: &Toponym) -> f64 {
    let people = (sense.population as f64).ln_1p() / std::f64::consts::LN_10;
    let feature = match (sense.origin, sense.feature) {
        (_, Feature::Country) => 6.0,
        // What lies in no country can have no share of one.
        (Origin::Named(_), _) if sense.country.is_none() => 11.0,
        // The user has said what the name means.
        (Origin::Named(_), _) if sense.own => 14.0,
        (Origin::Named(_), _) => 5.5,
        (_, Feature::Admin1) => 2.0,
        (_, Feature::Capital) => 2.5,
        (_, Feature::Seat1) => 1.2,
        (_, Feature::Seat2) => 0.6,
        (_, Feature::Seat3) => 0.3,
        (_, Feature::Admin2) => 0.2,
        (_, Feature::Section | Feature::Hamlet) => -0.6,
        (_, Feature::Lake | Feature::River) => 0.5,
        (_, Feature::Disputed) => 3.0,
        _ => 0.0,
    };
    // Of a division, people count less: that a province is populous does not make it spoken of.
    let people = if sense.feature.is_division() {
        0.35 * people
    } else {
        0.6 * people
    };
    let renown = 0.45 * f64::from(sense.renown).ln_1p();
    // Of the greatest cities every name is a usual one.
    let primary =
        if sense.primary || sense.population >= GREAT_CITY && sense.feature.is_settlement() {
            1.2
        } else {
            0.0
        };
    let how = match sense.how {
        Match::Exact => 0.0,
        Match::Article => -0.3,
        Match::Generic => -0.4,
        Match::Loose => -1.5,
    };
    people + feature + renown + primary + how + noun_weight(sense, toponym)
}

/// Whether the place is of the kind that the words beside it name.
fn noun_weight(sense: &Sense, toponym: &Toponym) -> f64 {
    let settled = sense.feature.is_settlement() || sense.feature == Feature::Section;
    let kind = match sense.kind {
        Kind::Settlement if settled => 1.0,
        Kind::Settlement if sense.feature.is_division() => -1.0,
        Kind::Division if sense.feature.is_division() => 1.5,
        Kind::Division if settled => -0.5,
        _ => 0.0,
    };
    let noun = match toponym.noun {
        Some(PlaceNoun::Province) => match sense.level() {
            Level::Province => 2.0,
            Level::District => 0.5,
            _ => 0.0,
        },
        Some(PlaceNoun::District) => match sense.level() {
            Level::District => 2.0,
            Level::Neighbourhood => 1.0,
            Level::Province => -0.5,
            _ => 0.0,
        },
        Some(PlaceNoun::Settlement) if settled => 1.5,
        Some(PlaceNoun::Settlement) if sense.feature.is_division() => -1.5,
        Some(PlaceNoun::Neighbourhood) if sense.feature == Feature::Section => 1.5,
        Some(PlaceNoun::Camp) if sense.feature == Feature::Camp => 2.0,
        Some(PlaceNoun::Crossing) if sense.feature == Feature::Crossing => 2.0,
        Some(PlaceNoun::Base) if sense.feature == Feature::Base => 2.0,
        _ => 0.0,
    };
    kind + noun
}

fn weigh(
    context: &Context<'_>,
    toponyms: &[Toponym],
    groups: &[Group],
    at: usize,
    shares: &Shares,
    places: &[(usize, Sense)],
    holders: &[Option<usize>],
) -> (Option<usize>, &'static str) {
    let group = &groups[at];
    let Some(toponym) = toponyms.get(first_of(group)) else {
        return (None, "");
    };
    // The clearest member tells what kind of place is meant.
    let toponym = group
        .members
        .iter()
        .filter_map(|&member| toponyms.get(member))
        .find(|member| member.noun.is_some())
        .unwrap_or(toponym);
    let mut weights: Vec<(f64, &'static str)> = Vec::new();
    for sense in &toponym.senses {
        let own = own_weight(sense, toponym);
        let country = sense
            .country
            .and_then(|id| shares.countries.get(&id))
            .map_or(0.0, |share| 5.0 * share);
        let province = sense
            .admin1
            .and_then(|id| shares.provinces.get(&id))
            .map_or(0.0, |share| 4.0 * share);
        let near: f64 = places
            .iter()
            // The same place under a longer name is no second witness.
            .filter(|(other, place)| *other != at && place.origin != sense.origin)
            .map(|(_, place)| (-distance_km(sense, place) / NEAR_KM).exp())
            .sum();
        let near = 1.8 * near.min(2.0) + company(toponyms, groups, at, sense);
        let held = held_weight(context, toponyms, group, sense, holders);
        let is_country = sense.feature == Feature::Country;
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
        ]
        .into_iter()
        .filter(|(weight, _)| *weight >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or("best-known", |(_, rule)| rule);
        // A capital is called like its country in some language: the country is meant.
        let shadowed = !is_country
            && !sense.primary
            && toponym.senses.iter().any(|other| {
                other.feature == Feature::Country && other.primary && other.country == sense.country
            });
        let own = if shadowed { own - 5.0 } else { own };
        // A name that only sounds alike must at least lie where the report is about.
        let own = if sense.how == Match::Loose && country < 0.5 {
            RULED_OUT
        } else {
            own
        };
        let own = own + names_alike(sense, toponym, held);
        let own = if held < 0.5 && is_overshadowed(sense, toponym, shares) {
            own - OVERSHADOWED
        } else {
            own
        };
        let own = if is_denied(context, toponyms, group, sense, holders) {
            RULED_OUT
        } else {
            own
        };
        let own = if is_stray(sense, shares) && near < 0.5 && held < 0.5 {
            RULED_OUT
        } else {
            own
        };
        weights.push((own + country + province + near + held, rule));
    }
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

/// Senses of other names that are near, decided or not: small towns of one county stand together
/// in a report. A name with many senses says little, and one of a country nothing.
fn company(toponyms: &[Toponym], groups: &[Group], at: usize, sense: &Sense) -> f64 {
    if toponyms.is_empty() || sense.feature == Feature::Country {
        return 0.0;
    }
    let support: f64 = groups
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .filter_map(|(_, group)| toponyms.get(first_of(group)))
        .filter(|toponym| {
            toponym.evidence != Evidence::Demonym && toponym.senses.len() <= MOST_COMPANY
        })
        .map(|toponym| {
            let nearest = toponym
                .senses
                .iter()
                .filter(|other| other.feature != Feature::Country && other.origin != sense.origin)
                .map(|other| distance_km(sense, other))
                .fold(f64::INFINITY, f64::min);
            (-nearest / COMPANY_KM).exp() / (toponym.senses.len() as f64).sqrt()
        })
        .sum();
    2.0 * support.min(1.5)
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
    (told || rival.is_none() || senses[best].population > 5_000).then_some(best)
}

fn held_weight(
    context: &Context<'_>,
    toponyms: &[Toponym],
    group: &Group,
    sense: &Sense,
    holders: &[Option<usize>],
) -> f64 {
    let mut weight: f64 = 0.0;
    for &member in &group.members {
        let Some(holder) = holders
            .get(member)
            .copied()
            .flatten()
            .and_then(|holder| toponyms.get(holder))
        else {
            continue;
        };
        let inside = holder
            .senses
            .iter()
            .any(|outer| sense.is_inside(outer, context.knowledge));
        weight = weight.max(if inside { 5.0 } else { 0.0 });
    }
    // The place that holds another is the one that holds it.
    for (inner, holder) in holders.iter().enumerate() {
        if holder.is_some_and(|holder| group.members.contains(&holder))
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
