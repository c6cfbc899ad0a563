//! The time that a report is about, and what shares it.

use jiff::civil::Date;

use super::clause::{clause_of, in_present, told_earlier};
use super::dating::Choice;
use super::spans::{Dating, Sense, is_current};
use crate::{AttachRule, Context, Event, Status};

/// A report says what it is about in so many first sentences.
const LEAD: usize = 6;

/// The events of a text and its times.
pub(super) struct Dated<'a> {
    pub(super) events: &'a [Event],
    pub(super) datings: &'a [Dating],
    /// The times that could not be placed.
    pub(super) unplaced: &'a [Dating],
    /// The events that such a time dates.
    pub(super) open: &'a [bool],
}

/// The days that the report is about: those of its first event that lies near the publication.
pub(super) fn main_time(
    context: &Context<'_>,
    dated: &Dated<'_>,
    choices: &[Option<Choice>],
    published: Option<Date>,
) -> Option<(usize, Dating)> {
    if !context.has(AttachRule::MainTime) {
        return None;
    }
    (0..dated.events.len())
        .filter(|&i| dated.events[i].status != Status::Planned && !dated.events[i].aggregate)
        .filter(|&i| context.reading.sentence_of(dated.events[i].anchor_token) < LEAD)
        // "On Friday" without a day to see it from: the report's time is not known.
        .take_while(|&i| published.is_some() || !dated.open[i])
        .filter_map(|i| Some((i, choices[i].as_ref()?)))
        .find(|(_, choice)| {
            let Dating {
                start, end, sense, ..
            } = choice.dating;
            sense == Sense::Within && is_current(start, end, published)
        })
        .map(|(i, choice)| (i, choice.dating.clone()))
}

/// Whether an event without a time of its own is of what the report is about: no sum over many,
/// not told as what had been before, nor behind the first sentences as what is so at all times.
pub(super) fn belongs(context: &Context<'_>, event: &Event) -> bool {
    let clause = clause_of(context, event.anchor_token);
    let lead = context.reading.sentence_of(event.anchor_token) < 2;
    let earlier = told_earlier(context, event) && context.has(AttachRule::ToldEarlierApart);
    !event.aggregate && !earlier && (lead || !in_present(context, clause))
}
