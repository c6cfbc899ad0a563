//! Reads the answers of each report to each question off its sheet.

use sayso_api::{AnswerJson, EventJson, EvidenceJson, StatementJson};

use super::count;
use super::told::Told;
use crate::origin::{Attributions, Origin, Origins};

/// The questions, in the order in which they are printed.
pub(super) const QUESTIONS: [&str; 12] = [
    "happened",
    "type",
    "who-did-it",
    "to-whom",
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
    "place",
    "time",
];

/// Whether the answers to `question` are counts of people.
pub(super) fn is_count(question: &str) -> bool {
    matches!(
        question,
        "killed" | "injured" | "missing" | "abducted" | "detained" | "displaced"
    )
}

/// What one report says to one question.
pub(super) struct Said<'s> {
    pub(super) value: Option<String>,
    pub(super) stance: &'static str,
    /// The statement that says it; `None` for the writer's own words.
    pub(super) statement: Option<&'s StatementJson<'s>>,
    pub(super) event: &'s EventJson<'s>,
    pub(super) field: &'static str,
    pub(super) span: [usize; 2],
    pub(super) quote: String,
}

/// All answers to `question`, those of one origin and one value in one.
pub(super) fn answers(
    question: &str,
    told: &[Told<'_>],
    attributions: Attributions<'_>,
    origins: &mut Origins,
) -> Vec<AnswerJson> {
    let mut answers: Vec<AnswerJson> = Vec::new();
    for report in told {
        for event in report.events() {
            for said in said(question, report, event) {
                let origin = origin(report, &said, attributions);
                let id = origins.meet(&origin, &report.sheet.report.id);
                add(&mut answers, report, said, id);
            }
        }
    }
    supersede(&mut answers);
    answers
}

fn origin(report: &Told<'_>, said: &Said<'_>, attributions: Attributions<'_>) -> Origin {
    match said.statement {
        Some(statement) => attributions.of_statement(report.sheet, statement, &report.own),
        None => report.own.clone(),
    }
}

fn add(answers: &mut Vec<AnswerJson>, report: &Told<'_>, said: Said<'_>, origin: String) {
    let evidence = EvidenceJson {
        report: report.sheet.report.id.to_string(),
        statement: said.statement.map(|s| s.id.to_string()),
        event: said.statement.is_none().then(|| said.event.id.to_string()),
        field: said.field.to_owned(),
        span: said.span,
        quote: said.quote,
    };
    let same = answers.iter_mut().find(|answer| {
        answer.origin == origin && answer.value == said.value && answer.stance == said.stance
    });
    match same {
        Some(answer) => {
            if !answer.evidence.contains(&evidence) {
                answer.evidence.push(evidence);
            }
            // Repeating a figure stands by it.
            answer.published = report.published().map(str::to_owned);
        }
        None => answers.push(AnswerJson {
            value: said.value,
            stance: said.stance.to_owned(),
            origin,
            published: report.published().map(str::to_owned),
            superseded: false,
            evidence: vec![evidence],
        }),
    }
}

/// Of one origin the latest day's answers stand: an update, no contradiction.
fn supersede(answers: &mut [AnswerJson]) {
    let days: Vec<(String, Option<String>)> = answers
        .iter()
        .map(|answer| (answer.origin.clone(), answer.published.as_deref().map(day)))
        .collect();
    for answer in answers {
        let own = answer.published.as_deref().map(day);
        answer.superseded = days
            .iter()
            .any(|(origin, other)| *origin == answer.origin && *other > own);
    }
}

/// The day of a moment.
fn day(published: &str) -> String {
    published.chars().take(10).collect()
}

fn said<'s>(question: &str, report: &Told<'s>, event: &'s EventJson<'s>) -> Vec<Said<'s>> {
    match question {
        "happened" => happened(report, event),
        "type" => per_teller(
            report,
            event,
            "acled",
            event.acled.as_deref().map(str::to_owned),
        ),
        "who-did-it" => sides(report, event, "side_a"),
        "to-whom" => sides(report, event, "side_b"),
        "place" => place(report, event),
        "time" => time(report, event),
        effect => count::said(effect, report, event),
    }
}

/// The statements that tell of `event`.
fn statements<'s>(report: &Told<'s>, event: &EventJson<'s>) -> Vec<&'s StatementJson<'s>> {
    report
        .sheet
        .statements
        .iter()
        .filter(|statement| event.statements.contains(&statement.id))
        .collect()
}

/// What a statement does to the event that it tells of.
fn stance(statement: &StatementJson<'_>) -> &'static str {
    match (statement.act.as_ref(), statement.polarity.as_ref()) {
        ("deny", "affirmed") | ("report" | "confirm" | "estimate", "negated") => "denies",
        ("silence" | "doubt", _) => "does-not-know",
        _ => "asserts",
    }
}

fn anchor<'s>(
    event: &'s EventJson<'s>,
    statement: Option<&'s StatementJson<'s>>,
    field: &'static str,
    stance: &'static str,
    value: Option<String>,
) -> Said<'s> {
    let content = statement.and_then(|s| s.content.first());
    let words = content.unwrap_or(&event.anchor);
    Said {
        value,
        stance,
        statement,
        event,
        field,
        span: words.span,
        quote: words.quote.to_string(),
    }
}

fn happened<'s>(report: &Told<'s>, event: &'s EventJson<'s>) -> Vec<Said<'s>> {
    let statements = statements(report, event);
    let yes = || Some("yes".to_owned());
    if statements.is_empty() {
        let stance = if event.status == "denied" {
            "denies"
        } else {
            "asserts"
        };
        let value = if stance == "denies" {
            Some("no".to_owned())
        } else {
            yes()
        };
        return vec![anchor(event, None, "status", stance, value)];
    }
    statements
        .into_iter()
        .map(|statement| {
            let stance = stance(statement);
            let value = match stance {
                "denies" => Some("no".to_owned()),
                "asserts" => yes(),
                _ => None,
            };
            anchor(event, Some(statement), "status", stance, value)
        })
        .collect()
}

/// The same value by each who asserts the event.
fn per_teller<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    field: &'static str,
    value: Option<String>,
) -> Vec<Said<'s>> {
    let Some(value) = value else {
        return Vec::new();
    };
    tellers(report, event)
        .into_iter()
        .map(|statement| anchor(event, statement, field, "asserts", Some(value.clone())))
        .collect()
}

/// Who says the words at `span`: the innermost statement whose content holds them, or the writer.
fn speaker_of<'s>(report: &Told<'s>, span: [usize; 2]) -> Option<&'s StatementJson<'s>> {
    let length = |statement: &StatementJson<'_>| -> usize {
        statement
            .content
            .iter()
            .map(|part| part.span[1] - part.span[0])
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

/// What the words at `span` say of `event`, by whoever says them: whoever denies a deed denies
/// who did it, where and when too.
fn by_speaker<'s>(
    report: &Told<'s>,
    event: &'s EventJson<'s>,
    field: &'static str,
    span: [usize; 2],
    quote: &str,
    value: String,
) -> Said<'s> {
    let statement = speaker_of(report, span);
    let stance = match statement.map(stance) {
        Some("denies") => "denies",
        _ => "asserts",
    };
    Said {
        value: Some(value),
        stance,
        statement,
        event,
        field,
        span,
        quote: quote.to_owned(),
    }
}

/// Who asserts `event`: statements, or the writer where none does.
fn tellers<'s>(report: &Told<'s>, event: &'s EventJson<'s>) -> Vec<Option<&'s StatementJson<'s>>> {
    let statements = statements(report, event);
    if statements.is_empty() {
        return if event.status == "denied" {
            Vec::new()
        } else {
            vec![None]
        };
    }
    statements
        .into_iter()
        .filter(|statement| stance(statement) == "asserts")
        .map(Some)
        .collect()
}

fn sides<'s>(report: &Told<'s>, event: &'s EventJson<'s>, field: &'static str) -> Vec<Said<'s>> {
    let sides = if field == "side_a" {
        &event.side_a
    } else {
        &event.side_b
    };
    sides
        .iter()
        .map(|side| {
            let actor = side
                .actor
                .as_ref()
                .and_then(|id| report.sheet.actors.iter().find(|actor| actor.id == *id));
            let name = actor.map_or(side.quote.as_ref(), |actor| actor.name.as_ref());
            by_speaker(
                report,
                event,
                field,
                side.span,
                &side.quote,
                name.to_owned(),
            )
        })
        .collect()
}

fn place<'s>(report: &Told<'s>, event: &'s EventJson<'s>) -> Vec<Said<'s>> {
    let place = event.place.as_ref();
    place
        .map(|place| {
            let name = place.name.to_string();
            by_speaker(report, event, "place", place.span, &place.quote, name)
        })
        .into_iter()
        .collect()
}

fn time<'s>(report: &Told<'s>, event: &'s EventJson<'s>) -> Vec<Said<'s>> {
    let Some(time) = &event.time else {
        return Vec::new();
    };
    // Bounded by the publication only: nobody says when.
    let (Some(span), Some(quote)) = (time.span, &time.quote) else {
        return Vec::new();
    };
    let value = match (time.start.as_deref(), time.end.as_deref()) {
        (Some(start), Some(end)) if start == end => start.to_owned(),
        (Some(start), Some(end)) => format!("{start}/{end}"),
        (Some(start), None) => format!("{start}/"),
        (None, Some(end)) => format!("/{end}"),
        (None, None) => return Vec::new(),
    };
    vec![by_speaker(report, event, "time", span, quote, value)]
}
