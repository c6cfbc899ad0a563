//! What each origin answers, and which of its answers stand.

use std::collections::BTreeSet;

use sayso_api::{AnswerJson, EventJson, EvidenceJson, StatementJson};

use super::judge::say_the_same;
use super::less;
use super::moment::Moment;
use super::spot::Spot;
use super::told::Told;
use crate::origin::{Attributions, Origin, Origins};
use crate::rule::JudgingRule as Rule;

/// What one report says to one question.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sign of its own; none excludes another"
)]
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
    /// Where, for places.
    pub(super) at_place: Option<Spot>,
    /// An accusation, or a suspicion.
    pub(super) accuses: bool,
    /// It takes back what was said before.
    pub(super) takes_back: bool,
    /// A count of some of those that are asked for.
    pub(super) part: bool,
    /// How many people are counted: the lowest of a range, the highest of “up to 16”.
    pub(super) count: Option<u64>,
    /// It denies its own part only.
    pub(super) own_part: bool,
    /// The kind of the deed that it tells of, where kinds exclude each other.
    pub(super) deed: Option<&'static str>,
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
            at_place: None,
            accuses: false,
            takes_back: false,
            part: false,
            count: None,
            own_part: false,
            deed: None,
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sign of its own; none excludes another"
)]
pub(super) struct Answer {
    pub(super) json: AnswerJson,
    pub(super) at: Moment,
    pub(super) identity: Option<String>,
    /// Where, for places.
    pub(super) at_place: Option<Spot>,
    /// It may rest on any other origin, or only accuses: no corroboration.
    pub(super) weak: bool,
    /// Nobody stands by it.
    pub(super) rumour: bool,
    /// A count of some of those that are asked for.
    pub(super) part: bool,
    /// How many people are counted: the lowest of a range, the highest of “up to 16”.
    pub(super) count: Option<u64>,
    /// Kinds of the deeds that it tells of, of those that exclude each other.
    pub(super) deeds: BTreeSet<&'static str>,
    takes_back: bool,
    /// It denies its own part only.
    own_part: bool,
    /// The texts in whose prints it stands.
    texts: Vec<u32>,
    /// Ids of the outlets that have quoted it.
    heard_from: BTreeSet<String>,
    /// Nobody is named for it.
    unnamed: bool,
    /// The outlet that had it has called it an earlier figure since.
    called_earlier: bool,
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
            at_place: None,
            weak: false,
            rumour: false,
            part: false,
            takes_back: false,
            count: None,
            own_part: false,
            deeds: BTreeSet::new(),
            texts: Vec::new(),
            heard_from: BTreeSet::new(),
            unnamed: false,
            called_earlier: false,
        }
    }
}

/// The answers to one question that the reports taken so far give, those of one origin and one
/// value in one.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    pub(super) question: &'static str,
    all: Vec<Answer>,
}

impl Answers {
    /// Before any report.
    pub(super) fn to(question: &'static str) -> Self {
        Self {
            question,
            all: Vec::new(),
        }
    }

    /// Takes what `report` says; whether it says anything. Reports come by publication.
    pub(super) fn take(
        &mut self,
        report: &Told<'_>,
        attributions: Attributions<'_>,
        origins: &mut Origins,
    ) -> bool {
        let all: Vec<Said<'_>> = report
            .events()
            .flat_map(|event| super::evidence::said(self.question, report, event, attributions))
            .collect();
        let passed = attributions.passed_on(report.sheet, report.events());
        let mut said: Vec<(Said<'_>, Origin)> = all
            .iter()
            .map(|one| {
                let origin = self.origin(one, &all, report, passed.as_ref(), attributions);
                (one.clone(), origin)
            })
            .collect();
        if super::evidence::is_count(self.question) && attributions.has(Rule::LargestIsWhole) {
            keep_wholes(&mut said);
        }
        if super::evidence::is_count(self.question) && attributions.has(Rule::EarlierOfUnnamed) {
            self.call_earlier(report, attributions);
        }
        let says = !said.is_empty();
        for (said, origin) in said {
            let id = origins.meet(&origin, &report.sheet.report.id);
            add(&mut self.all, report, said, &origin, id, attributions);
        }
        says
    }

    /// Marks the figures that the outlet of `report` had before, for which it named nobody, and now
    /// calls earlier ones.
    fn call_earlier(&mut self, report: &Told<'_>, attributions: Attributions<'_>) {
        let outlet = report.own.id();
        for figure in super::count::earlier(self.question, report, attributions) {
            for answer in &mut self.all {
                let same =
                    answer.json.value.as_ref().is_some_and(|value| {
                        say_the_same(self.question, value, &figure, attributions)
                    });
                answer.called_earlier |= same
                    && answer.unnamed
                    && answer.heard_from.contains(&outlet)
                    && report.moment().is_after(answer.at);
            }
        }
    }

    /// On whose say-so one of `all` answers of `report` is; `passed` is the outlet whose account
    /// the report only passes on.
    fn origin(
        &self,
        said: &Said<'_>,
        all: &[Said<'_>],
        report: &Told<'_>,
        passed: Option<&Origin>,
        attributions: Attributions<'_>,
    ) -> Origin {
        let speaker = quoted_for(self.question, said, all, attributions);
        let statement = speaker.or(said.statement);
        let outer = statement
            .filter(|_| attributions.has(Rule::SilenceOfSpeaker))
            .and_then(|statement| super::stance::said_within(report, statement));
        match outer.or(statement) {
            Some(statement) => attributions.of_statement(report.sheet, statement, &report.own),
            None => passed.unwrap_or(&report.own).clone(),
        }
    }

    /// All of them, with those marked that a later one of their origin has replaced.
    pub(super) fn judged(&self, attributions: Attributions<'_>) -> Vec<Answer> {
        let mut answers = self.all.clone();
        supersede(self.question, &mut answers, attributions);
        rest_on_quoted(self.question, &mut answers, attributions);
        leave_doers(&mut answers);
        answers
    }
}

/// Of the counts that one report has of one origin the largest is the whole, the others are parts
/// of it (“including eleven children”), in whichever statement they stand. A writer's lower figure
/// beside a quoted one is a part of that.
fn keep_wholes(said: &mut Vec<(Said<'_>, Origin)>) {
    let figures: Vec<(String, bool, u64, Option<String>)> = said
        .iter()
        .filter_map(|(said, origin)| {
            let quoted = said.statement.is_some();
            Some((origin.key.clone(), quoted, said.count?, said.value.clone()))
        })
        .collect();
    let quoted = figures.iter().filter(|figure| figure.1);
    let most_quoted = quoted.map(|figure| figure.2).max().unwrap_or(0);
    said.retain(|(said, origin)| {
        let Some(count) = said.count else {
            return true;
        };
        let own = figures.iter().filter(|figure| figure.0 == origin.key);
        // The first of equals.
        let most = own.rev().max_by_key(|figure| figure.2);
        let is_whole = most.is_none_or(|most| most.2 == count && most.3 == said.value);
        is_whole && (said.statement.is_some() || count >= most_quoted)
    });
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
    let heard_from = attributions.heard_from(report.sheet, said.statement, &report.own, origin);
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
            let is_reprint =
                answer.texts.contains(&report.text) && attributions.has(Rule::ReprintIsOld);
            // Repeating a figure stands by it; printing the same text again does not.
            if !is_reprint {
                answer.json.published = published;
                answer.at = report.moment();
                answer.called_earlier = false;
                answer.texts.push(report.text);
            }
            answer.weak &= weak;
            answer.part &= said.part;
            answer.takes_back |= said.takes_back;
            answer.heard_from.extend(heard_from);
            answer.own_part &= said.own_part;
            answer.deeds.extend(said.deed);
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
            at_place: said.at_place,
            weak,
            rumour: origin.is_rumour(),
            part: said.part,
            takes_back: said.takes_back,
            count: said.count,
            own_part: said.own_part,
            deeds: said.deed.into_iter().collect(),
            texts: vec![report.text],
            heard_from,
            unnamed: !origin.is_named(),
            called_earlier: false,
        }),
    }
}

/// What an outlet says is no corroboration where it has quoted somebody who says the same: it has it
/// from there.
fn rest_on_quoted(question: &str, answers: &mut [Answer], attributions: Attributions<'_>) {
    if !attributions.has(Rule::OutletHeardIt) {
        return;
    }
    let rests_on = |own: &Answer, other: &Answer| {
        let same = match (&own.json.value, &other.json.value) {
            (Some(a), Some(b)) => say_the_same(question, a, b, attributions),
            (a, b) => a == b,
        };
        !other.weak
            && own.json.stance == other.json.stance
            && other.heard_from.contains(&own.json.origin)
            && same
    };
    let rest: Vec<bool> = answers
        .iter()
        .map(|own| answers.iter().any(|other| rests_on(own, other)))
        .collect();
    for (answer, rests) in answers.iter_mut().zip(rest) {
        answer.weak |= rests;
    }
}

/// Of one origin the latest answers stand: an update, no contradiction.
fn supersede(question: &str, answers: &mut [Answer], attributions: Attributions<'_>) {
    if !attributions.has(Rule::UpdateReplaces) {
        return;
    }
    let replaces = |new: &Answer, old: &Answer| {
        new.json.origin == old.json.origin
            && new.at.is_after(old.at)
            && !(question == "who-did-it" && is_of_other_deed(new, old, attributions))
            && !(is_part_of(new, old) && attributions.has(Rule::PartIsNoWhole))
            && !(attributions.has(Rule::LessReplacesNothing)
                && less::says_less(question, new, old, attributions))
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
        answer.json.superseded = replaced || answer.called_earlier;
    }
}

/// Whether a denial is of another deed than what is asserted.
pub(super) fn is_of_other_deed(
    denial: &Answer,
    asserted: &Answer,
    attributions: Attributions<'_>,
) -> bool {
    denial.json.stance == "denies"
        && asserted.json.stance == "asserts"
        && !denial.deeds.is_empty()
        && !asserted.deeds.is_empty()
        && denial.deeds.is_disjoint(&asserted.deeds)
        && attributions.has(Rule::OtherDeedDenied)
}

/// Where somebody says that it happened, who only denies to have done it says nothing to that; where
/// nobody does, all that is known is the denial.
fn leave_doers(answers: &mut Vec<Answer>) {
    let asserts = |answer: &Answer| !answer.json.superseded && answer.json.stance == "asserts";
    if answers.iter().any(asserts) {
        answers.retain(|answer| !answer.own_part);
    }
}

/// Whether `new` counts some of those whom `old` counts. Who counts more of some than there were of
/// all has learnt of more.
fn is_part_of(new: &Answer, old: &Answer) -> bool {
    new.part && !old.part && new.count <= old.count
}
