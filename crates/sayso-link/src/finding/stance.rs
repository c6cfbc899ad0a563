//! What a statement does to the event that it tells of, and whose words are whose.

use sayso_api::{EventJson, StatementJson};

use super::told::Told;
use crate::origin::Attributions;
use crate::rule::JudgingRule as Rule;
use crate::words::words;

/// `asserts`, `denies` or `does-not-know`; `None` for a reaction, which reports nothing.
pub(super) fn of(
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> Option<&'static str> {
    let denial = matches!(
        (statement.act.as_ref(), statement.polarity.as_ref()),
        ("deny", "affirmed") | ("report" | "confirm" | "estimate", "negated")
    );
    match statement.act.as_ref() {
        "silence" | "doubt" if attributions.has(Rule::NotKnown) => Some("does-not-know"),
        "condemn" | "demand" | "pledge" | "threaten"
            if attributions.has(Rule::ReactionIsNoReport) =>
        {
            None
        }
        _ if denial && attributions.has(Rule::DenialDenies) => Some("denies"),
        _ => Some("asserts"),
    }
}

/// The same, towards `event`: a speaker who denies something of an event that the sheet takes for
/// asserted does not deny that it happened (“nobody was hurt when a shell fell on the school”).
pub(super) fn on(
    event: &EventJson<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> Option<&'static str> {
    let stance = of(statement, attributions)?;
    let is_denied = matches!(event.status.as_ref(), "denied" | "disputed");
    match stance {
        "denies" if is_denied => Some("denies"),
        "denies" if statement.act == "deny" => None,
        "denies" => Some("asserts"),
        other => Some(other),
    }
}

/// Whether a speaker denies having had part in a deed: not that it happened.
pub(super) fn denies_part(statement: &StatementJson<'_>, attributions: Attributions<'_>) -> bool {
    let denial = statement.act == "deny" && is_about("part", statement, attributions);
    let negated = matches!(statement.act.as_ref(), "report" | "confirm")
        && is_about("no-part", statement, attributions);
    (denial || negated) && attributions.has(Rule::DoerDenied)
}

/// Whether what is said has words of this kind.
pub(super) fn is_about(
    kind: &str,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let words: Vec<&str> = statement.content.iter().map(|c| c.quote.as_ref()).collect();
    attributions.phrases.stands_in(kind, &words.join(" "))
}

/// Characters before a content in which a verb that takes it back can stand.
const BEFORE: usize = 48;

/// Whether the speaker is an earlier version of the report itself, which has been corrected: “an
/// earlier version of this report”, or the outlet by its name in what it calls a correction.
pub(super) fn is_earlier_version(
    report: &Told<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let is_one = |words: &str| attributions.phrases.stands_in("earlier-version", words);
    let by_words = attributions.has(Rule::EarlierVersion)
        && statement.sources.iter().any(|source| is_one(&source.quote));
    by_words
        || (attributions.has(Rule::OwnCorrection)
            && is_correction(report, attributions)
            && is_of_own_outlet(report, statement, attributions))
}

/// Characters at the head of a report within which it is called a correction.
const HEAD: usize = 32;

fn is_correction(report: &Told<'_>, attributions: Attributions<'_>) -> bool {
    let title = report.sheet.report.title.as_deref().unwrap_or_default();
    let text = report.slice([0, HEAD]);
    [title, &text].into_iter().any(|head| {
        let label = head.split([':', '.', '–', '—', '\n']).next();
        let label = label.filter(|label| label.len() < head.len());
        label.is_some_and(|label| attributions.phrases.stands_in("correction", label))
    })
}

/// Whether the speaker is the outlet that publishes the report.
fn is_of_own_outlet(
    report: &Told<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let Some(outlet) = report.sheet.report.outlet.as_deref() else {
        return false;
    };
    let speaker = statement.sources.first();
    speaker.is_some_and(|speaker| {
        let first = words(&speaker.quote).next().unwrap_or_default();
        attributions.is_outlet(&speaker.quote, outlet)
            // “We reported on Monday that …”.
            || (first.eq_ignore_ascii_case("we") && words(&speaker.quote).count() == 1)
    })
}

/// Words between a verb and its object, the object among them: “withdrew its own earlier claim”.
const TO_OBJECT: usize = 4;

/// Whether the speaker takes back what the statement holds: “retracted that …”, “withdrew its claim
/// that …”. Who withdraws, or takes back a town, takes back nothing that was said.
pub(super) fn takes_back(
    report: &Told<'_>,
    statement: &StatementJson<'_>,
    attributions: Attributions<'_>,
) -> bool {
    let Some(content) = statement.content.first() else {
        return false;
    };
    let before = report.slice([content.span[0].saturating_sub(BEFORE), content.span[0]]);
    let clause = before.rsplit(['.', ';', '\n']).next().unwrap_or_default();
    let phrases = attributions.phrases;
    let has_words_as_object = |(_, behind): (&str, &str)| {
        let object = behind
            .split([',', '(', '–', '—'])
            .next()
            .unwrap_or_default();
        words(object)
            .take(TO_OBJECT)
            .take_while(|word| {
                !phrases.stands_in("preposition", word) && !phrases.stands_in("clause", word)
            })
            .any(|word| phrases.stands_in("words-said", word))
    };
    attributions.has(Rule::TakenBack)
        && (phrases.stands_in("retracts", clause)
            || phrases
                .find("takes-back", clause)
                .is_some_and(has_words_as_object))
}

/// Who says the words at `span`: the innermost statement whose content holds them, or the writer.
pub(super) fn speaker_of<'s>(report: &Told<'s>, span: [usize; 2]) -> Option<&'s StatementJson<'s>> {
    let length = |statement: &StatementJson<'_>| -> usize {
        statement
            .content
            .iter()
            .map(|part| part.span[1].saturating_sub(part.span[0]))
            .sum()
    };
    report
        .sheet
        .statements
        .iter()
        .filter(|statement| {
            let holds =
                |part: &sayso_api::Quoted<'_>| part.span[0] <= span[0] && span[1] <= part.span[1];
            statement.content.iter().any(holds)
        })
        .min_by_key(|statement| length(statement))
}

/// Who says the words at `span`, which tell of `event`: their speaker, or, where they stand beside
/// what is said and in its sentence (“on Monday, police said”), whoever tells of the event.
pub(super) fn teller_of<'s>(
    report: &Told<'s>,
    event: &EventJson<'_>,
    span: [usize; 2],
    attributions: Attributions<'_>,
) -> Option<&'s StatementJson<'s>> {
    let anchor = event.anchor.span;
    let between = [span[1].min(anchor[1]), span[0].max(anchor[0])];
    let beside = || {
        let words = report.slice(between);
        let ends = [". ", ".” ", ".\" ", "! ", "? ", "\n"];
        (attributions.has(Rule::OneSentence) && !ends.iter().any(|end| words.contains(end)))
            .then(|| speaker_of(report, anchor))
            .flatten()
    };
    speaker_of(report, span).or_else(beside)
}

/// Of a silence that nobody is named for, the statement in whose content it stands.
pub(super) fn said_within<'s>(
    report: &Told<'s>,
    statement: &StatementJson<'_>,
) -> Option<&'s StatementJson<'s>> {
    let silent = matches!(statement.act.as_ref(), "silence" | "doubt");
    let span = statement.content.first()?.span;
    let mut around = report.sheet.statements.iter().filter(|other| {
        let holds =
            |part: &sayso_api::Quoted<'_>| part.span[0] <= span[0] && span[1] <= part.span[1];
        other.id != statement.id && !other.sources.is_empty() && other.content.iter().any(holds)
    });
    if !silent || !statement.sources.is_empty() {
        return None;
    }
    around.next()
}

/// The statement on `event` whose speaker stands at `span`: whoever claims a deed says so, whoever
/// denies it denies it.
pub(super) fn spoken_by<'s>(
    report: &Told<'s>,
    event: &EventJson<'_>,
    span: [usize; 2],
) -> Option<&'s StatementJson<'s>> {
    let own = |id: &str| event.statements.iter().any(|own| own == id);
    report.sheet.statements.iter().find(|statement| {
        own(&statement.id)
            && statement
                .sources
                .iter()
                .any(|source| source.span[0] < span[1] && span[0] < source.span[1])
    })
}
