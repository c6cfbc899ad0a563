//! What analysts decided on incidents, as the linker takes it and as an incident shows it.

use sayso_api::IncidentDecisionJson;
use sayso_ledger::{Decision, Kept, ReportRef, View};
use sayso_link::Decisions;

/// What analysts decided, by ids of reports.
pub fn decisions(view: &View) -> Decisions {
    let mut decisions = Decisions::default();
    for decision in &view.decisions {
        match decision {
            Decision::Merge { reports, .. } => decisions.take(&sayso_link::Decision::Merge {
                reports: ids(view, reports),
            }),
            Decision::Split { reports, from, .. } => {
                decisions.take(&sayso_link::Decision::Split {
                    reports: ids(view, reports),
                    from: ids(view, from),
                });
            }
            Decision::Origin {
                origin, reliable, ..
            } if *reliable => decisions.trust(origin),
            Decision::Origin { origin, .. } => decisions.distrust(origin),
        }
    }
    decisions
}

/// The merges and splits that one of `here`, the main reports of an incident, was part of.
pub fn decisions_on(view: &View, here: &[&ReportRef]) -> Vec<IncidentDecisionJson> {
    let touches = |reports: &[ReportRef]| reports.iter().any(|report| here.contains(&report));
    let decisions = view.decisions.iter();
    decisions
        .filter_map(|decision| match decision {
            Decision::Merge {
                signed,
                incidents,
                reports,
                why,
            } if touches(reports) => Some(IncidentDecisionJson {
                kind: "merge".to_owned(),
                recorded: signed.recorded.to_string(),
                by: signed.by.clone(),
                why: why.clone(),
                incidents: incidents.clone(),
                reports: Vec::new(),
            }),
            Decision::Split {
                signed,
                incident,
                reports,
                from,
                why,
            } if touches(reports) || touches(from) => Some(IncidentDecisionJson {
                kind: "split".to_owned(),
                recorded: signed.recorded.to_string(),
                by: signed.by.clone(),
                why: why.clone(),
                incidents: vec![incident.clone()],
                reports: ids(view, reports),
            }),
            Decision::Merge { .. } | Decision::Split { .. } | Decision::Origin { .. } => None,
        })
        .collect()
}

/// Ids of the reports that are in view; the others are passed over.
fn ids(view: &View, references: &[ReportRef]) -> Vec<String> {
    references
        .iter()
        .filter_map(|reference| match view.reports.get(reference)? {
            Kept::Readable(report) => report.about().map(|about| about.id.clone()),
            Kept::Erased(..) | Kept::Locked => None,
        })
        .collect()
}
