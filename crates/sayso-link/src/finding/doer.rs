//! Who denies a deed of its own, and not that it happened: “denied bombing the market”, “rejected
//! accusations that it …”, “our fighters did not …”.

use sayso_api::{ActorJson, EventJson, SideJson, SourceJson, StatementJson};

use super::stance;
use super::told::Told;
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;
use crate::words::{folded, words};

/// Whether the speaker of `statement` denies to have done `event`.
pub(super) fn denies_part(
    report: &Told<'_>,
    event: &EventJson<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let tells = event.statements.contains(&statement.id);
    let is_denied = matches!(event.status.as_ref(), "denied" | "disputed");
    stance::denies_part(statement, attributions)
        || (attributions.has(Rule::OwnDeedDenied)
            && attributions.has(Rule::DoerDenied)
            && tells
            && is_denied
            && stance::of(statement, attributions) == Some("denies")
            && is_of_own_deed(report, event, statement, attributions))
}

/// The denial for whose sake alone a statement of nobody is told: “rejected accusations that …”.
pub(super) fn denial_around<'s>(
    report: &Told<'s>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> Option<&'s StatementJson<'s>> {
    let outer = statement.within.as_ref()?;
    if !statement.sources.is_empty() || !attributions.has(Rule::ToldToDeny) {
        return None;
    }
    let mut all = report.sheet.statements.iter();
    all.find(|other| other.id == *outer && other.act == "deny" && !other.sources.is_empty())
}

/// Whether `side` stands for a speaker who denies its part, who is named as the one that denies it.
pub(super) fn is_named_by_denial(
    report: &Told<'_>,
    event: &EventJson<'_>,
    side: &SideJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    report.statements(event).into_iter().any(|statement| {
        let inside = statement
            .content
            .iter()
            .any(|part| holds(part.span, side.span));
        denies_part(report, event, statement, attributions)
            && statement.sources.first().is_some_and(|source| {
                (inside && is_own(report, source, side, attributions))
                    || overlap(source.span, side.span)
            })
    })
}

/// Whether what is denied is that the speaker did it: who did it is the speaker, in the words of the
/// denial.
fn is_of_own_deed(
    report: &Told<'_>,
    event: &EventJson<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let (Some(speaker), Some(content)) = (statement.sources.first(), statement.content.first())
    else {
        return false;
    };
    if is_possessed(report, event, attributions) {
        return false;
    }
    let told = |side: &&SideJson<'_>| holds(content.span, side.span);
    let by_side = event
        .side_a
        .iter()
        .filter(told)
        .any(|side| is_own(report, speaker, side, attributions));
    by_side
        || is_gerund(&content.quote)
        || names_itself(event, content.span, &content.quote, attributions)
}

/// “Its strike had killed nobody”: the deed itself is owned up to.
fn is_possessed(report: &Told<'_>, event: &EventJson<'_>, attributions: Attributions<'_>) -> bool {
    /// Characters before a word in which the one before it stands.
    const BEFORE: usize = 12;
    let start = event.anchor.span[0];
    let before = report.slice([start.saturating_sub(BEFORE), start]);
    words(&before)
        .last()
        .is_some_and(|word| attributions.phrases.stands_in("own-of", word))
}

/// Whether a side is the speaker: by name, by a pronoun, or as its own people (“its fighters”).
fn is_own(
    report: &Told<'_>,
    speaker: &SourceJson<'_>,
    side: &SideJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let Some(first) = words(&side.quote).next() else {
        return false;
    };
    if attributions.phrases.stands_in("own-of", first) {
        return true;
    }
    let actor = |id: &str| report.sheet.actors.iter().find(|actor| actor.id == id);
    let own = speaker.actor.as_deref();
    let body = own
        .and_then(actor)
        .and_then(|actor| actor.member_of.as_deref());
    let is_speaker = match side.actor.as_deref() {
        None => None,
        // Nobody knows whom the pronoun means.
        Some(id) if actor(id).is_some_and(|actor| actor.name == side.quote) => {
            (own == Some(id)).then_some(true)
        }
        Some(id) => Some(own == Some(id) || body == Some(id)),
    };
    is_speaker.unwrap_or_else(|| attributions.phrases.stands_in("own", first))
}

/// Words of a content before its subject: “that”.
const BEFORE_SUBJECT: usize = 1;

/// The speaker of `statement`, where a side is its own people as the subject of what it says: “said
/// its jets had hit the port”.
pub(super) fn owner<'s>(
    report: &Told<'s>,
    statement: &StatementJson<'_>,
    side: &SideJson<'_>,
    attributions: Attributions<'_>,
) -> Option<&'s ActorJson<'s>> {
    let content = statement.content.first()?;
    let before = report.slice([content.span[0], side.span[0].max(content.span[0])]);
    let is_subject = holds(content.span, side.span) && words(&before).count() <= BEFORE_SUBJECT;
    let first = words(&side.quote).next()?;
    let id = statement.sources.first()?.actor.as_ref()?;
    let speaker = report.sheet.actors.iter().find(|actor| actor.id == *id)?;
    (is_subject && attributions.phrases.stands_in("own-of", first)).then_some(speaker)
}

/// “Denied | bombing the market”; not “denied | shelling had taken place”.
fn is_gerund(content: &str) -> bool {
    let mut words = words(content).map(folded);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    first.len() > 5
        && first.ends_with("ing")
        && !matches!(
            second.as_str(),
            "had" | "has" | "have" | "was" | "were" | "took" | "of" | "occurred" | "happened"
        )
}

/// Words of a denial within which its subject stands: “accusations that its troops …”.
const TO_SUBJECT: usize = 4;

/// Whether a denial begins with the speaker as the one who does it, where the event has its sides
/// from other words: “The army denied that its troops had shelled the town”.
fn names_itself(
    event: &EventJson<'_>,
    [start, end]: [usize; 2],
    content: &str,
    attributions: Attributions<'_>,
) -> bool {
    let phrases = attributions.phrases;
    let told = |side: &&SideJson<'_>| holds([start, end], side.span);
    if event
        .side_a
        .iter()
        .chain(&event.side_b)
        .any(|side| told(&side))
    {
        return false;
    }
    let all: Vec<&str> = words(content).collect();
    // “That its soldiers were killed”: it suffered the deed.
    let passive = all
        .iter()
        .any(|word| matches!(folded(word).as_str(), "been" | "were" | "was" | "being"));
    let subject = all.iter().take(TO_SUBJECT).enumerate().any(|(at, word)| {
        let next = all.get(at + 1);
        phrases.stands_in("own", word)
            || (phrases.stands_in("own-of", word)
                && next.is_some_and(|next| !phrases.stands_in("deed", next)))
    });
    subject && !passive
}

fn holds(outer: [usize; 2], inner: [usize; 2]) -> bool {
    outer[0] <= inner[0] && inner[1] <= outer[1]
}

fn overlap(a: [usize; 2], b: [usize; 2]) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gerund_is_what_somebody_does_and_no_noun() {
        assert!(is_gerund("bombing the mill of Tell Rifaat"));
        assert!(is_gerund("having shelled the mill"));
        assert!(!is_gerund("shelling had taken place"));
        assert!(!is_gerund("any shelling of the mill"));
    }
}
