//! Outcomes and their causes: "killing two" belongs to the attack that killed them.

use jiff::civil::Date;
use sayso_lexicon::{EventWord, TriggerPos};

use super::apart;
use super::clause;
use super::merge::{Told, conflicts, is_outcome, share};
use super::trigger::Hit;
use super::words::Words;
use crate::{JoinRule, Status};

/// The mention in the same sentence that brought the outcome `i` about.
pub(super) fn in_sentence(words: &Words<'_>, told: &[Told], i: usize) -> Option<usize> {
    if !words.on(JoinRule::OutcomeOfCause) {
        return None;
    }
    let syntax = words.context.syntax;
    let outcome = &told[i].hit;
    let sentence = words.sentence(outcome.token);
    let subject = clause::subject(words, outcome.token);
    let violent = (0..told.len()).filter(|&j| {
        j != i
            && sentence.contains(&told[j].hit.token)
            && (told[j].hit.frame(words).violent || told[j].hit.frame(words).name == "conflict")
            && !is_outcome(words, &told[j])
            && !apart::other_day(words, outcome, &told[j].hit)
            && !apart::far_apart(words, &told[i].spots, &told[j].spots)
            && !on_other_days(words, &told[i], &told[j])
            && !answers(words, &told[j].hit, outcome)
            && (told[j].aggregate == told[i].aggregate || !words.on(JoinRule::SumsKeepApart))
            && (told[j].standing.status == Status::Planned)
                == (told[i].standing.status == Status::Planned)
    });
    let mut best: Option<(usize, usize)> = None;
    for j in violent {
        let cause = &told[j].hit;
        let is_subject = subject == Some(cause.token)
            || subject.is_some_and(|s| {
                syntax.dominates(s, cause.token)
                    && cause.pos == TriggerPos::Noun
                    && words.weapon(s).is_some()
            });
        let rank = if is_subject {
            5
        } else if set_off(words, cause, outcome) {
            // "killed two gunmen after the attack": another event.
            continue;
        } else if agents_differ(words, cause, outcome) {
            continue;
        } else if syntax.dominates(outcome.token, cause.token)
            || syntax.dominates(cause.token, outcome.token)
        {
            4
        } else if syntax.dominates(cause.predicate, outcome.token) {
            3
        } else if outcome.sides.a.is_empty() {
            2
        } else {
            1
        };
        let distance = usize::MAX - cause.token.abs_diff(outcome.token);
        let better = best.is_none_or(|(b, best_rank)| {
            (rank, distance)
                > (
                    best_rank,
                    usize::MAX - told[b].hit.token.abs_diff(outcome.token),
                )
        });
        if better && rank > 1 {
            best = Some((j, rank));
        }
    }
    best.map(|(j, _)| j)
}

/// "Captured the town on Sunday and killed six soldiers on Monday": each verb has its own day.
fn on_other_days(words: &Words<'_>, one: &Told, other: &Told) -> bool {
    let meet = |a: &(Date, Date), b: &(Date, Date)| a.0 <= b.1 && b.0 <= a.1;
    words.on(JoinRule::OwnDaysDiffer)
        && !one.days.is_empty()
        && !other.days.is_empty()
        && !one
            .days
            .iter()
            .any(|a| other.days.iter().any(|b| meet(a, b)))
}

/// Whether a cause stands in a phrase of before or after relative to the outcome.
fn set_off(words: &Words<'_>, cause: &Hit, outcome: &Hit) -> bool {
    let syntax = words.context.syntax;
    if !words.on(JoinRule::OutcomeSetOff) {
        return false;
    }
    if !outcome.sides.a.is_empty() || outcome.pos == TriggerPos::Noun {
        let mut at = cause.token;
        for _ in 0..3 {
            if words.case_in(at, EventWord::SettingOff) {
                return syntax.dominates(outcome.token, at);
            }
            match words.head(at) {
                Some(head) if head != outcome.token => at = head,
                _ => break,
            }
        }
    }
    false
}

/// Whether a deed answers what `cause` tells: "executed 16 men in retaliation for an ambush".
pub(super) fn answers(words: &Words<'_>, cause: &Hit, deed: &Hit) -> bool {
    let mut heads = words.context.syntax.ancestors(cause.token).take(3);
    words.on(JoinRule::AnswersAnother)
        && heads.any(|at| {
            at != deed.token
                && words.is_noun(at)
                && words.is_in(at, EventWord::AnsweringNoun)
                && words.context.syntax.dominates(deed.token, at)
        })
}

fn agents_differ(words: &Words<'_>, cause: &Hit, outcome: &Hit) -> bool {
    let (x, y) = (&cause.sides.a, &outcome.sides.a);
    words.on(JoinRule::OtherDoer)
        && !x.is_empty()
        && !y.is_empty()
        && !share(words, x, y)
        && !x
            .iter()
            .chain(y)
            .any(|&t| words.upos(t) == sayso_text::Upos::Pron)
}

/// An outcome without its own agent belongs to the violence told before it.
pub(super) fn earlier(
    words: &Words<'_>,
    told: &[Told],
    i: usize,
    groups: &[Vec<usize>],
) -> Option<usize> {
    let one = &told[i];
    if !words.on(JoinRule::OutcomeOfEarlier)
        || one.apart.is_some()
        || one.standing.status == Status::Planned
    {
        return None;
    }
    let reading = words.context.reading;
    let here = reading.sentence_of(one.hit.token);
    let passive = one.hit.sides.a.is_empty();
    // "gave a lower figure of 31 killed": of what has been told, however far back.
    let figure = words.on(JoinRule::FigureOfTold)
        && (words.sentence(one.hit.token).start..one.hit.token)
            .rev()
            .take(6)
            .any(|t| {
                words.is_noun(t) && (words.is_in(t, EventWord::NumberNoun) || words.is(t, "toll"))
            });
    let reach = match (figure, passive) {
        (true, _) => 10,
        (false, true) => 4,
        (false, false) => 2,
    };
    (0..groups.len())
        .filter(|&g| {
            groups[g].iter().any(|&j| {
                let there = reading.sentence_of(told[j].hit.token);
                let violent = told[j].hit.frame(words).violent;
                violent && there < here && here - there <= reach
            })
        })
        .filter(|&g| {
            groups[g].iter().all(|&j| {
                (told[j].aggregate == one.aggregate || !words.on(JoinRule::SumsKeepApart))
                    && told[j].standing.status != Status::Planned
                    && !agents_differ(words, &told[j].hit, &one.hit)
                    && !conflicts_in_time_or_place(words, one, &told[j])
                    && (passive || !conflicts(words, one, &told[j]))
            }) && (passive
                || groups[g]
                    .iter()
                    .any(|&j| share(words, &told[j].hit.sides.a, &one.hit.sides.a)))
        })
        .max_by_key(|&g| groups[g].iter().copied().filter(|&j| j < i).max())
}

fn conflicts_in_time_or_place(words: &Words<'_>, one: &Told, other: &Told) -> bool {
    let places = !one.places.is_empty()
        && !other.places.is_empty()
        && !one.places.iter().any(|p| other.places.contains(p));
    let times = !one.times.is_empty()
        && !other.times.is_empty()
        && !one
            .times
            .iter()
            .any(|a| other.times.iter().any(|b| a.0 <= b.1 && b.0 <= a.1));
    places || times || apart::far_apart(words, &one.spots, &other.spots)
}
