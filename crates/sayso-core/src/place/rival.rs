//! What speaks against a sense: that another place of the name is meant where nothing is said, or
//! that the text puts the name elsewhere.

use sayso_lexicon::PlaceNoun;
use sayso_place::{Feature, Kind, PlaceId};

use super::recognise::Toponym;
use super::resolve::{GREAT_CITY, Group, Shares};
use super::sense::{Origin, Sense};
use crate::Context;

/// How much a bare name means the city before the province of the same name.
const SEAT_BEFORE_PROVINCE: f64 = 2.0;
/// People of a city that may be meant where a province of its name is.
const KNOWN_CITY: u64 = 50_000;
/// A city is far greater with so many times the people.
const FAR_GREATER: u64 = 20;
/// A country with this share is one that the report is about.
const AT_HOME: f64 = 0.3;
/// A country with this share is what the report is about.
const CLEAR_SHARE: f64 = 0.5;
/// People of a city that news abroad names without its country.
const WELL_KNOWN: u64 = 300_000;

/// What tells a division from its seat and from its country, where they have one name: the bare
/// name is the country's before a division's ("Mexico"), and the city's before the province's
/// ("Kharkiv", "New York"), unless a noun or what it holds says otherwise.
pub(super) fn names_alike(sense: &Sense, toponym: &Toponym, held: f64) -> f64 {
    let said = toponym.noun.is_some() || sense.kind == Kind::Division;
    if sense.feature != Feature::Admin1 || said {
        return 0.0;
    }
    let same = |other: &&Sense| other.country == sense.country && other.origin != sense.origin;
    let rivals = || toponym.senses.iter().filter(same);
    let country = rivals().any(|other| other.feature == Feature::Country && other.primary);
    let seat = rivals().any(|other| {
        matches!(other.feature, Feature::Capital | Feature::Seat1)
            || other.feature.is_settlement() && other.population >= GREAT_CITY
    });
    match (country, seat) {
        // The country holds whatever its division holds.
        (true, _) => -5.0 - held,
        (false, true) if held <= 0.0 => -SEAT_BEFORE_PROVINCE,
        (false, _) => 0.0,
    }
}

/// Whether a far greater city has the name, and the report is not about the country of this one.
pub(super) fn is_overshadowed(sense: &Sense, toponym: &Toponym, shares: &Shares) -> bool {
    let at_home = sense
        .country
        .and_then(|id| shares.countries.get(&id))
        .is_some_and(|&share| share >= AT_HOME);
    let small = sense.feature.is_settlement() || sense.feature == Feature::Section;
    small
        && !at_home
        && toponym.senses.iter().any(|other| {
            other.feature.is_settlement()
                && other.how <= sense.how
                && other.population >= WELL_KNOWN
                && other.population / FAR_GREATER > sense.population
        })
}

/// Whether the text puts the name in another country: "Injar, Tillabéri Region", where the only
/// Injar that the gazetteer knows is in Afghanistan. What the world knows is spared: "in Moscow,
/// Ukraine's minister said".
pub(super) fn is_denied(
    context: &Context<'_>,
    toponyms: &[Toponym],
    group: &Group,
    sense: &Sense,
    holders: &[Option<usize>],
) -> bool {
    if sense.population >= WELL_KNOWN
        || matches!(
            sense.feature,
            Feature::Country | Feature::Capital | Feature::Continent | Feature::Sea
        )
    {
        return false;
    }
    group.members.iter().any(|&member| {
        let Some(holder) = holders.get(member).copied().flatten() else {
            return false;
        };
        toponyms.get(holder).is_some_and(|holder| {
            if !is_apposed(context, &toponyms[member], holder) {
                return false;
            }
            holder.senses.iter().any(|outer| {
                outer.is_prominent()
                    && (outer.feature.is_division() || outer.feature == Feature::Country)
            }) && holder.senses.iter().all(|outer| {
                outer.country != sense.country && !sense.is_inside(outer, context.knowledge)
            })
        })
    })
}

/// Whether the holder can be nothing else: it is a country, or is called a province, or no city has
/// its name; and behind a comma it is closed by a mark too, for "in Idlib, Turkey has" puts Idlib
/// nowhere.
fn is_apposed(context: &Context<'_>, toponym: &Toponym, holder: &Toponym) -> bool {
    let reading = context.reading;
    let divided = matches!(holder.noun, Some(PlaceNoun::Province | PlaceNoun::District))
        || holder
            .senses
            .iter()
            .any(|sense| sense.feature == Feature::Country)
        || !holder
            .senses
            .iter()
            .any(|sense| sense.feature.is_settlement() && sense.population >= KNOWN_CITY);
    let comma = reading.word(toponym.tokens.end) == ",";
    let noun = |token: usize| {
        context
            .knowledge
            .lexicon
            .places
            .noun(&reading.word(token).to_lowercase())
            .is_some()
    };
    let behind = holder.tokens.end + usize::from(noun(holder.tokens.end));
    let closed = !reading
        .word(behind)
        .chars()
        .any(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
    divided && (!comma || closed)
}

/// Whether a place is nobody's guess in this report: a town that few have heard of, in a country
/// that the report, which is about another, does not speak of. The gazetteer then lacks the place
/// that is meant, and no answer is better than one on another continent.
pub(super) fn is_stray(sense: &Sense, shares: &Shares) -> bool {
    let share = |id: &PlaceId| shares.countries.get(id).copied().unwrap_or(0.0);
    let clear = shares.countries.values().any(|&share| share >= CLEAR_SHARE);
    let known = matches!(
        sense.feature,
        Feature::Country | Feature::Admin1 | Feature::Capital | Feature::Continent | Feature::Sea
    ) || sense.population >= WELL_KNOWN
        || matches!(sense.origin, Origin::Named(_));
    clear && !known && sense.country.as_ref().is_none_or(|id| share(id) < 0.05)
}
