//! How a whole event stands, by all its mentions, and what is known of its toll.

use std::collections::BTreeSet;

use sayso_text::Span;

use super::merge::Told;
use super::words::Words;
use crate::toll::Standing as TollStanding;
use crate::{Statement, Status, StatusRule, Toll, TollRule, TollStatus};

/// The status of the event from those of its mentions: status, rule, deciding words.
pub(super) fn together(
    words: &Words<'_>,
    mentions: &[&Told],
    statements: &[Statement],
) -> (Status, String, Option<Span>) {
    let with = |status: Status| mentions.iter().find(|t| t.standing.status == status);
    let of = |t: &Told, status: Status| (status, t.standing.rule.clone(), t.standing.span);
    if let Some(disputed) = with(Status::Disputed) {
        return of(disputed, Status::Disputed);
    }
    let asserted = with(Status::Asserted);
    let alleged = with(Status::Alleged);
    if let Some(denied) = with(Status::Denied) {
        let speaker = |t: &Told| {
            let said = statements.get(t.standing.statement?)?;
            said.sources.first()?.entity
        };
        let denier = speaker(denied);
        // The same speaker may say what was done in the same breath as what was not.
        let contradicts = asserted.or(alleged).is_some_and(|t| {
            denier.is_none() || speaker(t) != denier || !words.on(StatusRule::OneBreath)
        });
        return if contradicts && words.on(StatusRule::DeniedAndAsserted) {
            (
                Status::Disputed,
                StatusRule::DeniedAndAsserted.name().to_owned(),
                denied.standing.span,
            )
        } else {
            of(denied, Status::Denied)
        };
    }
    if let Some(asserted) = asserted {
        return of(asserted, Status::Asserted);
    }
    if let Some(alleged) = alleged {
        return of(alleged, Status::Alleged);
    }
    mentions
        .first()
        .map_or((Status::Asserted, String::new(), None), |t| {
            of(t, t.standing.status)
        })
}

/// What is known of the event's toll: status, rule, deciding words.
///
/// `violent` holds the sentences that tell of violence.
pub(super) fn of_toll(
    words: &Words<'_>,
    mentions: &[&Told],
    tolls: &[Toll],
    standing: &[TollStanding],
    violent: &BTreeSet<usize>,
) -> (TollStatus, String, Option<Span>) {
    if !tolls.is_empty() {
        return (
            TollStatus::Counted,
            "toll:counted".to_owned(),
            tolls.first().map(|t| t.span),
        );
    }
    let reading = words.context.reading;
    // What is planned has hurt nobody yet, and that nobody was shot at tells of no toll.
    let planned = mentions
        .iter()
        .all(|t| t.standing.status == Status::Planned)
        && words.on(TollRule::UnrealHasNoToll);
    let denied = |s: &TollStanding| {
        mentions
            .iter()
            .any(|t| t.hit.token == s.token && t.standing.status == Status::Denied)
    };
    let later = if words.on(TollRule::TollStandsLater) {
        3
    } else {
        0
    };
    let found = standing
        .iter()
        .filter(|s| !planned && !denied(s))
        .find(|s| {
            let there = reading.sentence_of(s.token);
            mentions.iter().any(|t| {
                let here = reading.sentence_of(t.hit.token);
                let frame = t.hit.frame(words);
                // What violence is told between has a toll of its own.
                let between = |from: usize| violent.range(from..=there).next().is_some();
                if frame.violent {
                    here == there || (here < there && there - here <= later && !between(here + 1))
                } else {
                    frame.acled.is_some() && here <= there && there - here < later && !between(here)
                }
            })
        });
    found.map_or(
        (TollStatus::NotStated, "toll:not-stated".to_owned(), None),
        |s| (s.status, s.rule.to_owned(), Some(s.span)),
    )
}
