//! What a statement is about that tells of no event of its sheet: a denial of “any involvement”, or
//! that “it was not known how many are missing”.

use std::collections::BTreeSet;

use sayso_api::{EventJson, StatementJson};

use super::told::Told;
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;
use crate::words::{folded, words};

/// Code points behind an event within which what follows goes on about it.
const NEAR: usize = 300;

/// Kinds of phrases by which such a statement can answer a question.
const KINDS: [&str; 8] = [
    "part",
    "no-part",
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
];

/// Types of events in which nobody comes to harm: a silence behind them is about something else.
const HARMLESS: [&str; 8] = [
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Non-violent transfer of territory",
    "Other",
    "Peaceful protest",
];

/// Whether `statement`, which tells of no event, is about those of the incident: no other deed
/// stands nearer before it, and it names no other matter (“responsibility for the fuel shortage”).
pub(super) fn is_about_incident(
    report: &Told<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let may_be = matches!(
        statement.act.as_ref(),
        "deny" | "silence" | "doubt" | "report" | "confirm"
    );
    may_be
        && (is_near(report, statement) || !attributions.has(Rule::NearestDeed))
        && !(names_other_matter(report, statement, attributions)
            && attributions.has(Rule::OtherMatter))
}

/// Whether the deed told last before `statement` is one of the incident. Where none stands near, a
/// report speaks of what it is about.
fn is_near(report: &Told<'_>, statement: &StatementJson<'_>) -> bool {
    let Some(content) = statement.content.first() else {
        return false;
    };
    let here = content.span[0];
    let harms = |event: &&EventJson<'_>| {
        let acled = event.acled.as_deref();
        acled.is_some_and(|acled| !HARMLESS.contains(&acled))
            && !event.aggregate
            && event.status != "planned"
    };
    let before = |event: &&EventJson<'_>| {
        let end = event.anchor.span[1];
        end <= here && here - end <= NEAR
    };
    let events = report.sheet.events.iter();
    let nearest = events
        .filter(harms)
        .filter(before)
        .max_by_key(|event| event.anchor.span[0]);
    match nearest {
        Some(nearest) => report.events().any(|event| event.id == nearest.id),
        None => report.is_main,
    }
}

/// Whether what the statement denies or does not know is of something that is neither a deed nor
/// anything in the events of the incident.
fn names_other_matter(
    report: &Told<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let content: Vec<&str> = statement.content.iter().map(|c| c.quote.as_ref()).collect();
    let content = content.join(" ");
    let told: BTreeSet<String> = report.events().flat_map(words_of).collect();
    KINDS.iter().any(|kind| {
        let Some((phrase, behind)) = attributions.phrases.find(kind, &content) else {
            return false;
        };
        let Some((first, head)) = object(phrase, behind, attributions) else {
            return false;
        };
        let is_deed = |word: &str| attributions.phrases.stands_in("deed", word);
        // “In killing the mayor” begins with it.
        !is_deed(first) && !is_deed(head) && !told.contains(stem(&folded(head)))
    })
}

/// The first word and the head of what a phrase has behind a preposition: “involvement | in the
/// theft of grain” is of a theft.
fn object<'t>(
    phrase: &str,
    behind: &'t str,
    attributions: Attributions<'_>,
) -> Option<(&'t str, &'t str)> {
    let is_preposition = |word: &str| attributions.phrases.stands_in("preposition", word);
    let clause = behind
        .split(['.', ',', ';', ':', '(', '–', '—', '\n'])
        .next()
        .unwrap_or_default();
    let mut behind = words(clause).peekable();
    if !phrase.split(' ').next_back().is_some_and(is_preposition) {
        behind.next_if(|word| is_preposition(word))?;
    }
    let noun_phrase: Vec<&str> = behind
        .take_while(|word| !is_preposition(word) && !attributions.phrases.stands_in("clause", word))
        .collect();
    // “The attack last year” is no year.
    let head = noun_phrase.iter().rfind(|word| {
        !attributions.phrases.stands_in("when", word) && !word.chars().all(|c| c.is_ascii_digit())
    })?;
    Some((noun_phrase.first()?, head))
}

/// The words by which an event is told.
fn words_of(event: &EventJson<'_>) -> Vec<String> {
    let sides = event.side_a.iter().chain(&event.side_b);
    let parts = std::iter::once(event.anchor.quote.as_ref())
        .chain(sides.map(|side| side.quote.as_ref()))
        .chain(event.weapons.iter().map(|weapon| weapon.quote.as_ref()))
        .chain(event.tolls.iter().map(|toll| toll.quote.as_ref()))
        .chain(event.place.iter().map(|place| place.quote.as_ref()));
    parts
        .flat_map(words)
        .map(|word| stem(&folded(word)).to_owned())
        .collect()
}

/// A word without the ending of a plural.
fn stem(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}
