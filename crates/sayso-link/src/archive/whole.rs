//! One incident from the sheets of its reports.

use std::collections::{BTreeMap, BTreeSet};

use sayso_api::{IncidentJson, SheetJson};

use super::print::OwnWords;
use crate::digest::day;
use crate::graph::Score;
use crate::incident::outline::{Outline, Table};
use crate::incident::prepared;
use crate::origin::Voice;
use crate::rule::JudgingRule;
use crate::{LinkKnowledge, Linked, Linker};

/// What is known of a report of an incident.
#[derive(Clone, Debug)]
pub struct Part<'s> {
    /// Its sheet.
    pub sheet: SheetJson<'s>,
    /// Whose words the text is of which it is a print, and what the prints of that text are called
    /// by; `None` where it is the only print.
    pub text: Option<(OwnWords, String)>,
    /// The report of the incident that it is most like, and how much.
    pub likest: Option<(String, Score)>,
    /// Where it only recalls the incident, how.
    pub recalling: Option<Recalling>,
}

/// How a report recalls an incident that it is not about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalling {
    /// Day and id of the first report of its own incident.
    pub first: (Option<i32>, String),
    /// The events by which it does, by position in its sheet.
    pub events: Vec<usize>,
}

/// The incident of these reports, in whatever order: one is about it at least.
pub fn incident(mut parts: Vec<Part<'_>>, knowledge: &LinkKnowledge) -> IncidentJson {
    parts.sort_by(|a, b| order(a).cmp(&order(b)));
    let attributions = knowledge.attributions();
    let plans = !knowledge.rules.has(JudgingRule::PlannedIsNotDone);
    let mut table = Table::default();
    let (mut outlines, mut voices) = (Vec::new(), Vec::new());
    let (mut main, mut recalling) = (Vec::new(), Vec::new());
    let mut texts: BTreeMap<String, u32> = BTreeMap::new();
    for (number, part) in (0_u32..).zip(&mut parts) {
        let sheet = &*prepared(&part.sheet);
        let print = attributions.print(sheet);
        voices.push(match part.text.take() {
            Some((own, text)) => Voice {
                own: own.origin,
                text: *texts.entry(text).or_insert(number),
            },
            None => Voice {
                own: attributions.of_prints(&[&print]),
                text: number,
            },
        });
        outlines.push(Outline {
            events: table.outlines(sheet, plans),
            print,
            withdrawn: false,
            arrival: None,
        });
        match &part.recalling {
            None => main.push(number),
            Some(how) => {
                let mut events = how.events.clone();
                events.sort_unstable();
                events.dedup();
                recalling.push((number, events));
            }
        }
    }
    let linker = linker(&parts, knowledge);
    let linked = Linked::of_one(
        knowledge,
        linker,
        table,
        (outlines, voices),
        main,
        recalling,
    );
    linked.incident(0, |report| {
        parts.get(report as usize).map(|part| &part.sheet)
    })
}

/// A linker that knows which reports are most alike.
fn linker(parts: &[Part<'_>], knowledge: &LinkKnowledge) -> Linker {
    let numbers: BTreeMap<&str, u32> = parts
        .iter()
        .map(|part| part.sheet.report.id.as_ref())
        .zip(0_u32..)
        .collect();
    let mut ties: BTreeSet<(u32, u32, Score)> = BTreeSet::new();
    for (number, part) in (0_u32..).zip(parts) {
        let Some((other, score)) = &part.likest else {
            continue;
        };
        if let Some(&other) = numbers.get(other.as_str()) {
            ties.insert((number.min(other), number.max(other), *score));
        }
    }
    let known = parts.iter().map(|part| {
        let report = &part.sheet.report;
        let published = report.published.as_deref().and_then(day);
        (report.id.as_ref().into(), published)
    });
    Linker::tied(knowledge.weights(), known, &ties)
}

/// Those that are about the incident by day and id, then those that recall it by their own incidents.
type Order<'p> = (Option<(Option<i32>, &'p str)>, Option<i32>, &'p str);

fn order<'p>(part: &'p Part<'_>) -> Order<'p> {
    let report = &part.sheet.report;
    let first = part.recalling.as_ref().map(|how| &how.first);
    (
        first.map(|(day, id)| (*day, id.as_str())),
        report.published.as_deref().and_then(day),
        report.id.as_ref(),
    )
}
