//! What is known of an incident, question by question: who asserts it, who denies it, who does not
//! know, and on whose say-so.

mod answer;
mod count;
mod doer;
mod evidence;
mod judge;
mod less;
mod loose;
mod moment;
mod spot;
mod stance;
mod told;

pub(crate) use told::Told;

use std::collections::BTreeSet;

use sayso_api::FindingJson;

use crate::origin::{Attributions, Origins};
use answer::{Answer, Answers};

/// What the reports of one incident say to each question, taken one after the other.
///
/// Reports come in order of publication: of one origin the latest answer stands.
#[derive(Clone, Debug)]
pub(crate) struct Findings<'l> {
    attributions: Attributions<'l>,
    /// Ids of origins that are left out of low and high.
    unreliable: &'l BTreeSet<String>,
    /// In the order of the questions.
    questions: Vec<Answers>,
}

impl<'l> Findings<'l> {
    /// Before any report.
    pub(crate) fn new(attributions: Attributions<'l>, unreliable: &'l BTreeSet<String>) -> Self {
        Self {
            attributions,
            unreliable,
            questions: evidence::QUESTIONS.map(Answers::to).into(),
        }
    }

    /// Takes what `report` says; returns the questions that it answers, by position.
    pub(crate) fn take(&mut self, report: &Told<'_>, origins: &mut Origins) -> BTreeSet<usize> {
        let attributions = self.attributions;
        let mut answered = BTreeSet::new();
        for (at, answers) in self.questions.iter_mut().enumerate() {
            if answers.take(report, attributions, origins) {
                answered.insert(at);
            }
        }
        answered
    }

    /// The finding on the question at this position, where somebody answers it.
    pub(crate) fn on(&self, question: usize) -> Option<FindingJson> {
        let answers = self.questions.get(question)?;
        let judged = answers.judged(self.attributions);
        let attributions = self.attributions;
        let trusted =
            |answer: &Answer| !attributions.is_marked(&answer.json.origin, self.unreliable);
        (!judged.is_empty())
            .then(|| judge::judge(answers.question, judged, trusted, self.attributions))
    }

    /// All findings, in the order of the questions.
    pub(crate) fn all(&self) -> Vec<FindingJson> {
        (0..self.questions.len())
            .filter_map(|at| self.on(at))
            .collect()
    }
}
