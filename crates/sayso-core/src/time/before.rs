//! Times of what was told or happened before: the day of the event before in the paragraph, and
//! the attack that Monday was a day after.

use sayso_lexicon::{EventWord, Quantity};
use sayso_text::Rel;

use super::clause::{clause_of, head_of, passes_on, told_earlier};
use super::dating::Choice;
use super::figure::dated_count;
use super::report_time::Dated;
use super::spans::{Dating, Sense, precision};
use crate::{AttachRule, Context, TimeRule};

/// "On Monday, a day after rebels attacked": the attack was so many days before the time that the
/// expression comes to.
pub(super) fn days_after(context: &Context<'_>, token: usize, dating: &Dating) -> Option<Dating> {
    let reading = context.reading;
    let words = &context.knowledge.lexicon.events;
    let lower = |t: usize| reading.word(t).to_lowercase();
    let last = dating.tokens.end.checked_sub(1)?;
    let mark = [last, dating.tokens.end]
        .into_iter()
        .find(|&t| lower(t) == "after")
        .filter(|_| context.has(AttachRule::DaysAfterClause))?;
    // "Three days after the truce gunmen killed two": whatever the tree hangs "after" on, what the
    // whole sentence tells of is not what it counts from.
    let governed = context.syntax.head(mark)?;
    let under = governed == token || context.syntax.dominates(governed, token);
    if !under || context.syntax.rel(token) == Rel::Root {
        return None;
    }
    // The clause behind "after" holds the event, and nothing ends it before.
    let between = mark + 1..token;
    if token <= mark
        || reading.sentence_of(token) != reading.sentence_of(mark)
        || between.len() > 12
        || between
            .clone()
            .any(|t| words.words.has(EventWord::CommaMark, &lower(t)))
    {
        return None;
    }
    // "It comes a week after rebels attacked": the expression itself is placed on that day.
    if dating.rule == TimeRule::ComesAfter {
        return Some(Dating {
            sense: Sense::Within,
            ..dating.clone()
        });
    }
    let number = dating.tokens.clone().find_map(|t| {
        let word = lower(t);
        match words.quantities.word(&word) {
            Some(Quantity::Number(n)) => i64::try_from(n).ok(),
            _ if words.words.has(EventWord::Article, &word) => Some(1),
            _ => word.parse::<i64>().ok(),
        }
    });
    // "The day after": one.
    let single = || {
        dating
            .tokens
            .clone()
            .any(|t| matches!(lower(t).as_str(), "day" | "week"))
    };
    let number = number.or_else(|| single().then_some(1))?;
    let unit =
        dating
            .tokens
            .clone()
            .map(lower)
            .find_map(|word| match word.trim_end_matches('s') {
                "day" => Some(1),
                "week" => Some(7),
                _ => None,
            })?;
    let back = jiff::Span::new().days(number.checked_mul(unit).filter(|&n| n < 1000)?);
    Some(Dating {
        start: dating.start.checked_sub(back).ok()?,
        end: dating.end.checked_sub(back).ok()?,
        own_end: dating.own_end.checked_sub(back).ok()?,
        sense: Sense::Within,
        ..dating.clone()
    })
}

/// The dating of the last dated event before event `i` in its paragraph, one sentence back or two,
/// else a day that one of these sentences names for what it tells.
pub(super) fn before_in_paragraph(
    context: &Context<'_>,
    dated: &Dated<'_>,
    choices: &[Option<Choice>],
    i: usize,
) -> Option<(Dating, &'static str)> {
    let reading = context.reading;
    let events = dated.events;
    let here = reading.sentence_of(events[i].anchor_token);
    let paragraph = |sentence: usize| reading.sentences.get(sentence).map(|s| s.paragraph);
    if !context.has(AttachRule::TimeOfParagraph)
        || told_earlier(context, &events[i]) && context.has(AttachRule::ToldEarlierApart)
    {
        return None;
    }
    let near =
        |there: usize| there <= here && here - there <= 2 && paragraph(there) == paragraph(here);
    for j in (0..i).rev() {
        if !near(reading.sentence_of(events[j].anchor_token)) || events[j].aggregate {
            continue;
        }
        // "On Friday" that could not be placed is the last that was told.
        if dated.open[j] {
            return None;
        }
        if let Some(Choice { dating, .. }) = &choices[j]
            && precision(dating.start, dating.end) <= 3
            && dating.sense == Sense::Within
        {
            return Some((dating.clone(), "paragraph"));
        }
    }
    let said = |d: &Dating| {
        let there = reading.sentence_of(d.tokens.start);
        there < here && near(there)
    };
    let open = dated.unplaced.iter().rev().find(|d| said(d));
    dated
        .datings
        .iter()
        .rev()
        .find(|d| {
            said(d)
                && d.sense == Sense::Within
                && precision(d.start, d.end) <= 2
                && !passes_on(context, clause_of(context, head_of(context, &d.tokens)))
                && dated_count(context, &d.tokens).is_none()
        })
        .filter(|d| open.is_none_or(|open| open.tokens.start < d.tokens.start))
        .map(|d| (d.clone(), "paragraph"))
}
