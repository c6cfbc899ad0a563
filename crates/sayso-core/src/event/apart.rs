//! What keeps two mentions apart whatever their words: another place far away, another day.

use sayso_lexicon::{EventWord, TriggerPos};
use sayso_text::Rel;

use super::trigger::Hit;
use super::words::Words;
use crate::time::clause_of;
use crate::{JoinRule, Level, PlaceMention};

/// Nearer places, in kilometres, may be a town and its outskirts.
const FAR: f64 = 40.0;

/// A point of the ground that the words of a mention themselves name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    lat: f64,
    lon: f64,
}

/// The spots that a mention's own words name: what it hits, and what a preposition says of it in its
/// own clause. Where those live who do or suffer it, or where another clause plays, is none.
pub(super) fn own_spots(words: &Words<'_>, hit: &Hit) -> Vec<Spot> {
    let own: Vec<&PlaceMention> = words
        .places
        .iter()
        .filter(|p| {
            !p.demonym
                && matches!(
                    p.place.level,
                    Level::Settlement | Level::Neighbourhood | Level::Site
                )
                && is_own(words, hit, p)
        })
        .collect();
    // A place that is not known may be anywhere.
    let spots: Option<Vec<Spot>> = own
        .iter()
        .map(|p| {
            let (lat, lon) = (p.place.lat?, p.place.lon?);
            Some(Spot { lat, lon })
        })
        .collect();
    spots.unwrap_or_default()
}

fn is_own(words: &Words<'_>, hit: &Hit, place: &PlaceMention) -> bool {
    let syntax = words.context.syntax;
    let tokens = &place.tokens;
    let Some(head) = tokens
        .clone()
        .find(|&t| words.head(t).is_none_or(|h| !tokens.contains(&h)))
    else {
        return false;
    };
    let placed = words.case_in(head, EventWord::WhereBehindPeople);
    match hit.pos {
        TriggerPos::Noun => {
            placed
                && head > hit.token
                && syntax.dominates(hit.token, head)
                && clause_of(words.context, head) == clause_of(words.context, hit.token)
        }
        TriggerPos::Verb => {
            let hangs = words.head(head);
            let object = hangs == Some(hit.token) && words.rel(head) == Rel::Obj;
            let beside = hangs == Some(hit.token) && placed;
            // "killed two men in Sumy", whatever the tree hangs the town on.
            let behind = placed
                && words.rel(head) == Rel::Nmod
                && hangs.is_some_and(|noun| {
                    words.head(noun) == Some(hit.token) && words.rel(noun) == Rel::Obj
                });
            object || beside || behind
        }
    }
}

/// Whether two mentions name places of their own, each of one far from each of the other.
pub(super) fn far_apart(words: &Words<'_>, one: &[Spot], other: &[Spot]) -> bool {
    words.on(JoinRule::FarApart)
        && !one.is_empty()
        && !other.is_empty()
        && one.iter().all(|a| other.iter().all(|b| km(*a, *b) > FAR))
}

fn km(a: Spot, b: Spot) -> f64 {
    crate::km((a.lat, a.lon), (b.lat, b.lon))
}

/// Whether one of two mentions in a sentence stands in a clause that is so many days before or after
/// what the other tells: "On Monday a bomb killed two, three days after gunmen shot a judge".
pub(super) fn other_day(words: &Words<'_>, one: &Hit, other: &Hit) -> bool {
    words.on(JoinRule::DaysApart)
        && words.sentence(one.token).contains(&other.token)
        && days_clause(words, one.token) != days_clause(words, other.token)
}

/// The word "after" or "before" behind "days" that opens the clause `token` stands in, up to a comma,
/// where that clause tells of somebody of its own. Trees often hang such a clause wrongly, so that
/// only its words count.
fn days_clause(words: &Words<'_>, token: usize) -> Option<usize> {
    let sentence = words.sentence(token);
    let ends = |t: usize| words.form_in(t, EventWord::CommaMark);
    let mark = (sentence.start..token)
        .rev()
        .take_while(|&t| !ends(t))
        .find(|&t| {
            words.form_in(t, EventWord::AfterOrBefore)
                && t.checked_sub(1)
                    .is_some_and(|unit| words.form_in(unit, EventWord::TimeUnit))
        })?;
    let clause = mark + 1..sentence.end;
    // "He died two days after the attack", "two days after he was shot" tell of one.
    let verb = clause
        .clone()
        .take_while(|&t| !ends(t))
        .find(|&t| words.is_verb(t))?;
    let own = (clause.start..verb).any(|t| words.is_noun(t));
    own.then_some(mark)
}
