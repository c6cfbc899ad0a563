//! What analysts decided on incidents, as the linker takes it and as an incident shows it.

use sayso_api::IncidentDecisionJson;
use sayso_ledger::{Decision, ReportRef, Signed};
use sayso_link::Decisions;

/// What analysts decided, by ids of reports. `id` gives that of a report which is in view; the others
/// are passed over.
pub fn decisions(all: &[Decision], id: impl Fn(&ReportRef) -> Option<String>) -> Decisions {
    let ids = |reports: &[ReportRef]| reports.iter().filter_map(&id).collect();
    let mut decisions = Decisions::default();
    for decision in all {
        match decision {
            Decision::Merge { reports, .. } => decisions.take(&sayso_link::Decision::Merge {
                reports: ids(reports),
            }),
            Decision::Split { reports, from, .. } => {
                decisions.take(&sayso_link::Decision::Split {
                    reports: ids(reports),
                    from: ids(from),
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
pub fn decisions_touching<'d>(
    all: &'d [Decision],
    here: Vec<&'d ReportRef>,
) -> impl Iterator<Item = &'d Decision> {
    let touches = move |reports: &[ReportRef]| reports.iter().any(|report| here.contains(&report));
    all.iter().filter(move |decision| match decision {
        Decision::Merge { reports, .. } => touches(reports),
        Decision::Split { reports, from, .. } => touches(reports) || touches(from),
        Decision::Origin { .. } => false,
    })
}

/// What an analyst said of how reliable an origin is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginMark {
    /// Its id (`o:…`).
    pub origin: String,
    /// Whether its figures count.
    pub reliable: bool,
    /// When it was recorded.
    pub recorded: String,
    /// By whom.
    pub by: String,
    /// The reason; `None` also where a report that it spoke of was erased.
    pub why: Option<String>,
}

/// The marks on origins, oldest first: of several on one the last holds. `here` gives the id by which
/// an origin is known now, where it is one of those that are asked for.
pub(crate) fn marks(all: &[Decision], here: impl Fn(&str) -> Option<String>) -> Vec<OriginMark> {
    all.iter()
        .filter_map(|decision| {
            let Decision::Origin {
                signed,
                origin,
                reliable,
                why,
            } = decision
            else {
                return None;
            };
            Some(OriginMark {
                origin: here(origin)?,
                reliable: *reliable,
                recorded: signed.recorded.to_string(),
                by: signed.by.clone(),
                why: why.clone(),
            })
        })
        .collect()
}

/// A merge or split as an incident shows it; `None` for a mark on an origin. `id` as for
/// [`decisions`].
pub fn decision_json(
    decision: &Decision,
    id: impl Fn(&ReportRef) -> Option<String>,
) -> Option<IncidentDecisionJson> {
    let told = |kind: &str, signed: &Signed, why: &Option<String>| IncidentDecisionJson {
        kind: kind.to_owned(),
        recorded: signed.recorded.to_string(),
        by: signed.by.clone(),
        why: why.clone(),
        incidents: Vec::new(),
        reports: Vec::new(),
    };
    match decision {
        Decision::Merge {
            signed,
            incidents,
            why,
            ..
        } => Some(IncidentDecisionJson {
            incidents: incidents.clone(),
            ..told("merge", signed, why)
        }),
        Decision::Split {
            signed,
            incident,
            reports,
            why,
            ..
        } => Some(IncidentDecisionJson {
            incidents: vec![incident.clone()],
            reports: reports.iter().filter_map(id).collect(),
            ..told("split", signed, why)
        }),
        Decision::Origin { .. } => None,
    }
}
