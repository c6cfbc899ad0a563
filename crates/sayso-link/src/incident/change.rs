//! What is different between two states of an incident.

use sayso_api::{
    AnswerJson, FieldChangeJson, FindingChangeJson, FindingJson, IncidentJson, StandJson,
};

/// The findings that differ, in the order of the questions. More prints of an answer that stands
/// already change nothing.
pub fn changed_findings(
    before: Option<&IncidentJson>,
    after: Option<&IncidentJson>,
) -> Vec<FindingChangeJson> {
    let old = before.map_or(&[][..], |incident| &incident.findings);
    let new = after.map_or(&[][..], |incident| &incident.findings);
    let of = |findings: &'_ [FindingJson], question: &str| {
        findings.iter().position(|f| f.question == question)
    };
    let left = old.iter().filter(|old| of(new, &old.question).is_none());
    new.iter()
        .chain(left)
        .filter_map(|finding| {
            let question = finding.question.as_str();
            let before = of(old, question).and_then(|at| old.get(at));
            let after = of(new, question).and_then(|at| new.get(at));
            changed(before, after)
        })
        .collect()
}

/// What is different in the finding on one question; `None` where nothing is.
pub(super) fn changed(
    before: Option<&FindingJson>,
    after: Option<&FindingJson>,
) -> Option<FindingChangeJson> {
    let question = &after.or(before)?.question;
    let stand = |finding: &FindingJson| StandJson {
        status: finding.status.clone(),
        low: finding.low,
        conservative: finding.conservative,
        high: finding.high,
    };
    let change = FindingChangeJson {
        question: question.clone(),
        before: before.map(stand),
        after: after.map(stand),
        new: only(after, before),
        gone: only(before, after),
    };
    let same = change.before == change.after && change.new.is_empty() && change.gone.is_empty();
    (!same).then_some(change)
}

/// The standing answers of `here` that do not stand `there`.
fn only(here: Option<&FindingJson>, there: Option<&FindingJson>) -> Vec<AnswerJson> {
    standing(here)
        .filter(|answer| {
            // “Government forces” at the head of a sentence are no others.
            let value = |answer: &AnswerJson| answer.value.as_ref().map(|v| v.to_lowercase());
            !standing(there).any(|other| {
                (&other.origin, &other.stance) == (&answer.origin, &answer.stance)
                    && value(other) == value(answer)
            })
        })
        .cloned()
        .collect()
}

fn standing(finding: Option<&FindingJson>) -> impl Iterator<Item = &AnswerJson> {
    let answers = finding.into_iter().flat_map(|finding| &finding.answers);
    answers.filter(|answer| !answer.superseded)
}

/// What an incident is about, where that differs.
pub fn changed_fields(
    before: Option<&IncidentJson>,
    after: Option<&IncidentJson>,
) -> Vec<FieldChangeJson> {
    fields(before)
        .into_iter()
        .zip(fields(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChangeJson {
            field: field.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        })
        .collect()
}

fn fields(incident: Option<&IncidentJson>) -> [(&'static str, Option<&str>); 4] {
    let place = incident.and_then(|incident| incident.place.as_ref());
    [
        (
            "type",
            incident.and_then(|incident| incident.acled.as_deref()),
        ),
        ("place", place.map(|place| place.name.as_str())),
        (
            "start",
            incident.and_then(|incident| incident.start.as_deref()),
        ),
        ("end", incident.and_then(|incident| incident.end.as_deref())),
    ]
}
