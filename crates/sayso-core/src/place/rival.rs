//! What speaks against a sense: that another place of the name is meant where nothing is said, or
//! that the text puts the name elsewhere.

use sayso_lexicon::{PlaceNoun, PlaceWord, PlaceWords};
use sayso_place::{Feature, Kind, Match, PlaceId};

use super::recognise::{Evidence, Toponym};
use super::resolve::{GREAT_CITY, Group};
use super::sense::{Origin, Sense, distance_km};
use super::shares::Shares;
use crate::{Context, Level};

/// What a small town abroad loses to a city of its name.
const ABROAD_LOSS: f64 = 3.0;
/// People of a capital that the whole world knows.
const GREAT_CAPITAL: u64 = 1_000_000;
/// What a small town at home loses to a city of its name.
const HOME_LOSS: f64 = 2.0;
/// What a country loses to a state at home of its name.
const STATE_BEFORE_COUNTRY: f64 = 4.5;
/// A country with less than this share is one that the report does not speak of.
const UNSPOKEN: f64 = 0.1;
/// How much a bare name means the city before the province of the same name.
const SEAT_BEFORE_PROVINCE: f64 = 2.0;
/// People of a city that may be meant where a province of its name is.
const KNOWN_CITY: u64 = 50_000;
/// A city is far greater with so many times the people.
const FAR_GREATER: u64 = 20;
/// A country with this share is one that the report is about.
const AT_HOME: f64 = 0.3;
/// People of a town that is known where only who acts is told.
const TOWN_ABROAD: u64 = 15_000;
/// So many places of one name in a country leave it clear which is meant.
const MOST_NAMESAKES: usize = 3;
/// Farther than this nothing is a part of a town, in kilometres.
const WITHIN_TOWN_KM: f64 = 40.0;
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
            || other.feature == Feature::Populated && matches!(other.origin, Origin::Named(_))
    });
    match (country, seat) {
        // The country holds whatever its division holds.
        (true, _) => -5.0 - held,
        (false, true) if held <= 0.0 => -SEAT_BEFORE_PROVINCE,
        (false, _) => 0.0,
    }
}

/// What a small town loses to a far greater city of its name: much where the report is not about its
/// country or the whole world knows the city, and less at home, to one of the same country.
pub(super) fn overshadowed(sense: &Sense, toponym: &Toponym, shares: &Shares) -> f64 {
    let small = sense.feature.is_settlement() || sense.feature == Feature::Section;
    if !small {
        return 0.0;
    }
    let at_home = shares.of_country(sense.country) >= AT_HOME;
    let greater = toponym.senses.iter().filter(|other| {
        other.feature.is_settlement()
            && other.how <= sense.how
            && other.population >= WELL_KNOWN
            && other.population / FAR_GREATER > sense.population
    });
    greater
        .map(|other| {
            let of_world = other.primary
                && (other.population >= GREAT_CITY
                    || other.feature == Feature::Capital && other.population >= GREAT_CAPITAL);
            if !at_home || of_world {
                ABROAD_LOSS
            } else if other.country == sense.country {
                HOME_LOSS
            } else {
                0.0
            }
        })
        .fold(0.0, f64::max)
}

/// What a country loses that is called like a state of the country that the report is about: of
/// "Georgia" in a report on American states.
pub(super) fn abroad_of_state(sense: &Sense, toponym: &Toponym, shares: &Shares) -> f64 {
    let unspoken = sense.feature == Feature::Country && shares.of_country(sense.country) < UNSPOKEN;
    let state = toponym.senses.iter().any(|other| {
        other.feature == Feature::Admin1
            && other.primary
            && other.country != sense.country
            && shares.of_country(other.country) >= AT_HOME
    });
    if unspoken && state {
        STATE_BEFORE_COUNTRY
    } else {
        0.0
    }
}

/// Whether a building's name only has the name of a place far from all that the report speaks of:
/// "Meydan Racecourse" is in no town called Meydan because there is one.
pub(super) fn is_unsupported_site(toponym: &Toponym, sense: &Sense, shares: &Shares) -> bool {
    let site = toponym.evidence == Evidence::Within
        && matches!(toponym.noun, Some(PlaceNoun::Site | PlaceNoun::Street))
        && toponym.tokens.len() > 1;
    site && !matches!(sense.feature, Feature::Country | Feature::Capital)
        && !matches!(sense.origin, Origin::Named(_))
        && sense.population < WELL_KNOWN
        && shares.of_country(sense.country) < UNSPOKEN
}

/// Whether the text puts the name in another country: "Injar, Tillabéri Region", where the only
/// Injar that the gazetteer knows is in Afghanistan. What the world knows is spared: "in Moscow,
/// Ukraine's minister said".
pub(super) fn is_denied(
    context: &Context<'_>,
    toponyms: &[Toponym],
    group: &Group,
    sense: &Sense,
    holders: &[Vec<usize>],
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
        let Some(holder) = holders.get(member).and_then(|all| all.first().copied()) else {
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
///
/// Divisions that are called by a direction ("Nord", "del Sur", "Central") are hundreds: the report
/// must speak of their country.
///
/// `beside` are the countries that the sentences of the name speak of.
pub(super) fn is_stray(
    toponym: &Toponym,
    sense: &Sense,
    shares: &Shares,
    beside: &[PlaceId],
    lists: &PlaceWords,
) -> bool {
    let unspoken = shares.of_country(sense.country) < 0.05;
    let own = sense.own || sense.feature == Feature::Country;
    if unspoken && !own && is_direction(lists, &toponym.words) {
        return true;
    }
    // Who acts may act abroad: its adjective keeps no town that is known under this very name.
    let about = if sense.how == Match::Exact && is_known_town(toponym, sense) {
        &shares.placed
    } else {
        &shares.countries
    };
    let clear = !beside.is_empty() || about.values().any(|&share| share >= CLEAR_SHARE);
    let known = matches!(
        sense.feature,
        Feature::Country | Feature::Admin1 | Feature::Capital | Feature::Continent | Feature::Sea
    ) || sense.population >= WELL_KNOWN
        || matches!(sense.origin, Origin::Named(_));
    clear && !known && unspoken
}

/// Whether it is a town of some size, or all places of exactly this name lie in its country.
fn is_known_town(toponym: &Toponym, sense: &Sense) -> bool {
    sense.population >= TOWN_ABROAD
        || toponym
            .senses
            .iter()
            .filter(|other| other.how == Match::Exact)
            .all(|other| other.country == sense.country)
}

/// Whether a name that only sounds alike gives way to a place of the same country that is called so:
/// “Minbya” is no Minbu. A name that many hamlets bear says too little.
pub(super) fn is_outsounded(toponym: &Toponym, sense: &Sense) -> bool {
    let exact = toponym
        .senses
        .iter()
        .filter(|other| other.how == Match::Exact && other.country == sense.country)
        .count();
    sense.how == Match::Loose && (1..=MOST_NAMESAKES).contains(&exact)
}

/// Whether the words beside a name deny what only sounds like it: “the Rimal neighbourhood of Gaza
/// City” is neither a town nor far from Gaza.
pub(super) fn is_unsound(
    toponyms: &[Toponym],
    group: &Group,
    sense: &Sense,
    holders: &[Vec<usize>],
) -> bool {
    if sense.how != Match::Loose {
        return false;
    }
    let other_kind = |toponym: &Toponym| match toponym.noun {
        Some(PlaceNoun::Neighbourhood | PlaceNoun::Street | PlaceNoun::Site) => {
            sense.feature.is_division()
                || sense.level() == Level::Settlement && toponym.evidence != Evidence::Within
        }
        Some(PlaceNoun::Settlement | PlaceNoun::Camp | PlaceNoun::Crossing) => {
            sense.feature.is_division()
        }
        Some(PlaceNoun::Province) => !sense.feature.is_division(),
        _ => false,
    };
    let far_from_holder = |member: usize| {
        holders
            .get(member)
            .into_iter()
            .flatten()
            .filter_map(|&holder| toponyms.get(holder))
            .any(|holder| {
                let mut towns = holder
                    .senses
                    .iter()
                    .filter(|outer| outer.level() == Level::Settlement)
                    .peekable();
                towns.peek().is_some()
                    && holder.senses.iter().all(|outer| {
                        !outer.feature.is_division() && outer.feature != Feature::Country
                    })
                    && towns.all(|outer| distance_km(outer, sense) > WITHIN_TOWN_KM)
            })
    };
    group
        .members
        .iter()
        .any(|&member| toponyms.get(member).is_some_and(other_kind) || far_from_holder(member))
}

/// Whether a name that the lexicon lists by its own name is only a by-name of this place elsewhere:
/// “Moria” is the camp before it is Jerusalem.
pub(super) fn is_by_name(toponym: &Toponym, sense: &Sense, shares: &Shares) -> bool {
    let listed = |other: &Sense| matches!(other.origin, Origin::Named(_));
    !sense.primary
        && !listed(sense)
        && sense.feature != Feature::Country
        && toponym.senses.iter().any(listed)
        && shares.of_country(sense.country) < AT_HOME
}

/// A direction or the middle, as divisions of many countries are called.
fn is_direction(lists: &PlaceWords, words: &str) -> bool {
    lists.has(PlaceWord::Direction, &words.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_no_names() {
        let lists = sayso_lexicon::Lexicon::builtin().unwrap().place_words;
        assert!(is_direction(&lists, "Sur") && is_direction(&lists, "central"));
        assert!(!is_direction(&lists, "Sursk"));
    }
}
