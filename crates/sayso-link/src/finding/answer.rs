//! What each origin answers, and which of its answers stand.

use sayso_api::{AnswerJson, EventJson, EvidenceJson, StatementJson};

use super::judge::say_the_same;
use super::moment::Moment;
use super::told::Told;
use crate::origin::{Attributions, Origin, Origins};
use crate::rule::JudgingRule as Rule;

/// What one report says to one question.
#[derive(Clone, Debug)]
pub(super) struct Said<'s> {
    pub(super) value: Option<String>,
    pub(super) stance: &'static str,
    /// The statement that says it; `None` for the writer's own words.
    pub(super) statement: Option<&'s StatementJson<'s>>,
    pub(super) event: &'s EventJson<'s>,
    pub(super) field: &'static str,
    pub(super) span: [usize; 2],
    pub(super) quote: String,
    /// Who is meant, for sides that can be compared.
    pub(super) identity: Option<String>,
    /// An accusation, or a suspicion.
    pub(super) accuses: bool,
    /// It takes back what was said before.
    pub(super) takes_back: bool,
    /// A count of some of those that are asked for.
    pub(super) part: bool,
}

impl<'s> Said<'s> {
    /// An answer in words of `event` or of a statement on it.
    pub(super) fn new(
        event: &'s EventJson<'s>,
        statement: Option<&'s StatementJson<'s>>,
        field: &'static str,
        stance: &'static str,
        value: Option<String>,
    ) -> Self {
        let content = statement.and_then(|s| s.content.first());
        let words = content.unwrap_or(&event.anchor);
        Self {
            value,
            stance,
            statement,
            event,
            field,
            span: words.span,
            quote: words.quote.to_string(),
            identity: None,
            accuses: false,
            takes_back: false,
            part: false,
        }
    }

    /// The same in other words of the report.
    pub(super) fn at(mut self, span: [usize; 2], quote: &str) -> Self {
        self.span = span;
        quote.clone_into(&mut self.quote);
        self
    }
}

/// An answer as it is judged.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) json: AnswerJson,
    pub(super) at: Moment,
    pub(super) identity: Option<String>,
    /// It may rest on any other origin, or only accuses: no corroboration.
    pub(super) weak: bool,
    /// A count of some of those that are asked for.
    pub(super) part: bool,
    takes_back: bool,
}

#[cfg(test)]
impl Answer {
    /// An answer of no day, for tests.
    pub(super) fn new(origin: &str, stance: &str, value: Option<&str>) -> Self {
        Self {
            json: AnswerJson {
                value: value.map(str::to_owned),
                stance: stance.to_owned(),
                origin: origin.to_owned(),
                published: None,
                superseded: false,
                evidence: Vec::new(),
            },
            at: Moment::default(),
            identity: None,
            weak: false,
            part: false,
            takes_back: false,
        }
    }
}

/// All answers to `question`, those of one origin and one value in one.
pub(super) fn answers(
    question: &str,
    told: &[Told<'_>],
    attributions: Attributions<'_>,
    origins: &mut Origins,
) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for report in told {
        let all: Vec<Said<'_>> = report
            .events()
            .flat_map(|event| super::evidence::said(question, report, event, attributions))
            .collect();
        for said in &all {
            let speaker = quoted_for(question, said, &all, attributions);
            let statement = speaker.or(said.statement);
            let outer = statement
                .filter(|_| attributions.has(Rule::SilenceOfSpeaker))
                .and_then(|statement| super::stance::said_within(report, statement));
            let origin = match outer.or(statement) {
                Some(statement) => attributions.of_statement(report.sheet, statement, &report.own),
                None => report.own.clone(),
            };
            let id = origins.meet(&origin, &report.sheet.report.id);
            add(
                &mut answers,
                report,
                said.clone(),
                &origin,
                id,
                attributions,
            );
        }
    }
    supersede(&mut answers, attributions);
    answers
}

/// Of the writer's own words the statement of the same report that they repeat.
fn quoted_for<'s>(
    question: &str,
    said: &Said<'s>,
    all: &[Said<'s>],
    attributions: Attributions<'_>,
) -> Option<&'s StatementJson<'s>> {
    if said.statement.is_some()
        || said.stance != "asserts"
        || !attributions.has(Rule::WriterRepeats)
    {
        return None;
    }
    let same = |other: &&Said<'s>| {
        other.statement.is_some()
            && other.stance == "asserts"
            && match (&said.value, &other.value) {
                (Some(a), Some(b)) => say_the_same(question, a, b, attributions),
                _ => false,
            }
    };
    all.iter().find(same)?.statement
}

fn add(
    answers: &mut Vec<Answer>,
    report: &Told<'_>,
    said: Said<'_>,
    origin: &Origin,
    id: String,
    attributions: Attributions<'_>,
) {
    let evidence = EvidenceJson {
        report: report.sheet.report.id.to_string(),
        statement: said.statement.map(|s| s.id.to_string()),
        event: said.statement.is_none().then(|| said.event.id.to_string()),
        field: said.field.to_owned(),
        span: said.span,
        quote: said.quote,
    };
    let published = report.published().map(str::to_owned);
    let weak = origin.unclear || (said.accuses && attributions.has(Rule::AccusedIsNotProven));
    let same = answers.iter_mut().find(|answer| {
        answer.json.origin == id
            && answer.json.value == said.value
            && answer.json.stance == said.stance
    });
    match same {
        Some(answer) => {
            if !answer.json.evidence.contains(&evidence) {
                answer.json.evidence.push(evidence);
            }
            // Repeating a figure stands by it.
            answer.json.published = published;
            answer.at = report.moment();
            answer.weak &= weak;
            answer.part &= said.part;
            answer.takes_back |= said.takes_back;
        }
        None => answers.push(Answer {
            json: AnswerJson {
                value: said.value,
                stance: said.stance.to_owned(),
                origin: id,
                published,
                superseded: false,
                evidence: vec![evidence],
            },
            at: report.moment(),
            identity: said.identity,
            weak,
            part: said.part,
            takes_back: said.takes_back,
        }),
    }
}

/// Of one origin the latest answers stand: an update, no contradiction.
fn supersede(answers: &mut [Answer], attributions: Attributions<'_>) {
    if !attributions.has(Rule::UpdateReplaces) {
        return;
    }
    let replaces = |new: &Answer, old: &Answer| {
        new.json.origin == old.json.origin
            && new.at.is_after(old.at)
            && (new.json.stance != "does-not-know"
                || new.takes_back
                || old.json.stance == "does-not-know"
                || !attributions.has(Rule::SilenceReplacesNothing))
    };
    let replaced: Vec<bool> = answers
        .iter()
        .map(|old| answers.iter().any(|new| replaces(new, old)))
        .collect();
    for (answer, replaced) in answers.iter_mut().zip(replaced) {
        answer.json.superseded = replaced;
    }
}
