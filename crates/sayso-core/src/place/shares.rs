//! What a report is about: the shares that countries and provinces have of its toponyms.
//!
//! Each name has one vote a report, more where it stands often, and none on itself: that "Georgia"
//! is read as the country must not be the reason to read it so.

use std::collections::BTreeMap;

use sayso_place::{Feature, PlaceId};

use super::recognise::{Evidence, Toponym};
use super::resolve::{Group, chosen, first_of};
use super::sense::senses;
use crate::{Context, PlaceRule};

/// Shares of countries and provinces in the report, each from 0 to 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Shares {
    pub(super) countries: BTreeMap<PlaceId, f64>,
    /// As `countries`, without what only adjectives of who acts tell.
    pub(super) placed: BTreeMap<PlaceId, f64>,
    pub(super) provinces: BTreeMap<PlaceId, f64>,
}

impl Shares {
    /// The share of a country, 0 for none.
    pub(super) fn of_country(&self, id: Option<PlaceId>) -> f64 {
        id.and_then(|id| self.countries.get(&id))
            .copied()
            .unwrap_or(0.0)
    }

    /// The share of a province, 0 for none.
    pub(super) fn of_province(&self, id: Option<PlaceId>) -> f64 {
        id.and_then(|id| self.provinces.get(&id))
            .copied()
            .unwrap_or(0.0)
    }
}

/// The votes of one name.
#[derive(Clone, Copy, Debug, Default)]
struct Vote {
    /// Whether it is an adjective of who acts, wherever it stands.
    acts: bool,
    country: Option<(PlaceId, f64)>,
    province: Option<(PlaceId, f64)>,
}

/// All votes of one round.
pub(super) struct Votes<'a> {
    outside: &'a Shares,
    of_groups: Vec<Vote>,
}

impl<'a> Votes<'a> {
    /// By what is decided so far; before the first round, by the names that mean one country.
    pub(super) fn count(toponyms: &[Toponym], groups: &[Group], outside: &'a Shares) -> Self {
        Self {
            outside,
            of_groups: groups.iter().map(|group| vote(toponyms, group)).collect(),
        }
    }

    /// The shares as all names but group `at` have them.
    pub(super) fn without(&self, at: usize) -> Shares {
        let mut shares = self.outside.clone();
        for (_, vote) in self.of_groups.iter().enumerate().filter(|(n, _)| *n != at) {
            if let Some((id, weight)) = vote.country {
                *shares.countries.entry(id).or_default() += weight;
                if !vote.acts {
                    *shares.placed.entry(id).or_default() += weight;
                }
            }
            if let Some((id, weight)) = vote.province {
                *shares.provinces.entry(id).or_default() += weight;
            }
        }
        for all in [
            &mut shares.countries,
            &mut shares.placed,
            &mut shares.provinces,
        ] {
            let sum: f64 = all.values().sum();
            if sum > 0.0 {
                for share in all.values_mut() {
                    *share /= sum.max(2.0);
                }
            }
        }
        shares
    }
}

fn vote(toponyms: &[Toponym], group: &Group) -> Vote {
    let Some(toponym) = toponyms.get(first_of(group)) else {
        return Vote::default();
    };
    let mentions = (group.members.len() as f64).sqrt();
    let country = toponym
        .senses
        .iter()
        .find(|sense| sense.feature == Feature::Country);
    let decided = chosen(toponyms, group);
    let is_country = decided.is_none_or(|sense| sense.feature == Feature::Country);
    if let Some(sense) = country.filter(|_| is_country) {
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
        return Vote {
            acts: group
                .members
                .iter()
                .all(|&member| toponyms.get(member).is_some_and(|t| t.acts)),
            country: sense.country.map(|id| (id, weight * mentions)),
            province: None,
        };
    }
    let sure = match decided {
        Some(sense) => Some(sense),
        None if toponym.evidence == Evidence::Abbreviation => toponym.senses.first().copied(),
        None => None,
    };
    let Some(sense) = sure else {
        return Vote::default();
    };
    let only = toponym.senses.len() == 1 || sense.is_prominent();
    let weight = if only { 1.0 } else { 0.5 };
    let own =
        matches!(sense.feature, Feature::Admin1) || toponym.evidence == Evidence::Abbreviation;
    Vote {
        acts: false,
        country: sense.country.map(|id| (id, weight * mentions)),
        province: sense
            .admin1
            .map(|id| (id, weight * mentions * if own { 1.5 } else { 1.0 })),
    }
}

/// What the title, the outlet and its address say.
pub(super) fn outside(context: &Context<'_>) -> Shares {
    let mut shares = Shares::default();
    if !context.has(PlaceRule::OutletAndTitle) {
        return shares;
    }
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
            *shares.placed.entry(id).or_default() += 0.5;
        }
    }
    for address in [&report.outlet, &report.url].into_iter().flatten() {
        if let Some(id) = country_of_address(address, context) {
            *shares.countries.entry(id).or_default() += 2.0;
            *shares.placed.entry(id).or_default() += 2.0;
            break;
        }
    }
    for word in report
        .title
        .iter()
        .flat_map(|title| title.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.starts_with(char::is_uppercase))
    {
        let demonym = knowledge
            .lexicon
            .places
            .demonym(word)
            .and_then(|place| knowledge.gazetteer.country_by_iso3(place));
        let country = demonym.or_else(|| {
            senses(word, knowledge, false)
                .iter()
                .find(|sense| sense.feature == Feature::Country)
                .and_then(|sense| sense.country)
        });
        if let Some(id) = country {
            *shares.countries.entry(id).or_default() += 2.0;
            if demonym.is_none() {
                *shares.placed.entry(id).or_default() += 2.0;
            }
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
