//! What is known of an incident, question by question: who asserts it, who denies it, who does not
//! know, and on whose say-so.

mod count;
mod evidence;
mod judge;
mod told;

pub(crate) use told::Told;

use sayso_api::FindingJson;

use crate::origin::{Attributions, Origins};

/// The findings of the reports of one incident, in the order of the questions.
///
/// `told` is in order of publication: of one origin the latest answer stands.
pub(crate) fn findings(
    told: &[Told<'_>],
    attributions: Attributions<'_>,
    origins: &mut Origins,
) -> Vec<FindingJson> {
    let mut findings = Vec::new();
    for question in evidence::QUESTIONS {
        let answers = evidence::answers(question, told, attributions, origins);
        if answers.is_empty() {
            continue;
        }
        findings.push(judge::judge(question, answers));
    }
    findings
}
