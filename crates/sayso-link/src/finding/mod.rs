//! What is known of an incident, question by question: who asserts it, who denies it, who does not
//! know, and on whose say-so.

mod answer;
mod count;
mod evidence;
mod judge;
mod moment;
mod stance;
mod told;

pub(crate) use told::Told;

use std::collections::BTreeSet;

use sayso_api::FindingJson;

use crate::origin::{Attributions, Origins};

/// The findings of the reports of one incident, in the order of the questions.
///
/// `told` is in order of publication: of one origin the latest answer stands. Origins whose ids
/// are in `unreliable` are left out of low and high.
pub(crate) fn findings(
    told: &[Told<'_>],
    attributions: Attributions<'_>,
    origins: &mut Origins,
    unreliable: &BTreeSet<String>,
) -> Vec<FindingJson> {
    let mut findings = Vec::new();
    for question in evidence::QUESTIONS {
        let answers = answer::answers(question, told, attributions, origins);
        if answers.is_empty() {
            continue;
        }
        let trusted = |answer: &answer::Answer| !unreliable.contains(&answer.json.origin);
        findings.push(judge::judge(question, answers, trusted, attributions));
    }
    findings
}
