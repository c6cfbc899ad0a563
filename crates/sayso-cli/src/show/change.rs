//! What changed in an incident, to be read.

use std::fmt::Write as _;

use sayso_api::{
    AnswerJson, DiffJson, FindingChangeJson, IncidentJson, OriginJson, StandJson, StepJson,
};

use super::figures;
use super::incident::{counted, value, wrapped};
use super::style::{FAINT, HEADING, QUOTE, paint, safe};

/// What the reports of each day changed.
pub(crate) fn history(incident: &IncidentJson, steps: &[StepJson], width: usize) -> String {
    let width = width.clamp(40, 110);
    let mut out = String::new();
    if !steps.is_empty() {
        let _ = writeln!(out, "\n{}", paint(HEADING, "WHAT CHANGED, DAY BY DAY"));
    }
    for step in steps {
        let day = step.published.as_deref().unwrap_or("undated");
        let _ = writeln!(
            out,
            "\n  {}  {}",
            paint(HEADING, &safe(day)),
            paint(FAINT, &counted(step.reports.len(), "report"))
        );
        for id in &step.reports {
            let report = incident.reports.iter().find(|report| report.id == *id);
            let outlet = report.and_then(|report| report.outlet.as_deref());
            let outlet = safe(outlet.unwrap_or("outlet not stated"));
            let line = format!("{outlet}  {}", safe(id));
            let _ = writeln!(out, "    {}", paint(FAINT, &line));
        }
        if step.findings.is_empty() {
            let _ = writeln!(out, "    nothing new");
        }
        for change in &step.findings {
            finding(&mut out, change, &incident.origins, width);
        }
    }
    out
}

/// What is different between two times.
pub(crate) fn page(diff: &DiffJson, width: usize) -> String {
    let width = width.clamp(40, 110);
    let mut out = String::new();
    let _ = writeln!(out, "{}", paint(HEADING, &safe(&diff.title)));
    let times = format!("{} by {}, and by {}", diff.by, diff.from, diff.to);
    let _ = writeln!(out, "{}", paint(FAINT, &times));
    let ids = match (diff.before.as_slice(), diff.after.as_slice()) {
        ([], after) => format!("not known before; now {}", after.join(", ")),
        (before, []) => format!("was {}; nothing is left of it", before.join(", ")),
        (before, after) if before == after => format!("incident {}", after.join(", ")),
        (before, after) => format!("was {}, is {}", before.join(", "), after.join(", ")),
    };
    let _ = writeln!(out, "{}", paint(FAINT, &safe(&ids)));
    for (sign, what, reports) in [
        ("+", "came", &diff.added),
        ("−", "left", &diff.gone),
        ("~", "corrected by its outlet", &diff.corrected),
        ("×", "taken back by its outlet", &diff.withdrawn),
        (
            "○",
            "counts again: its outlet stands by it",
            &diff.reinstated,
        ),
    ] {
        for report in reports {
            let _ = writeln!(
                out,
                "  {sign} report {}  {}",
                safe(report),
                paint(FAINT, what)
            );
        }
    }
    for change in &diff.fields {
        let shown = |value: &Option<String>| safe(value.as_deref().unwrap_or("not known"));
        let _ = writeln!(
            out,
            "  {}  {} → {}",
            paint(HEADING, &change.field),
            shown(&change.before),
            shown(&change.after)
        );
    }
    if diff.findings.is_empty() {
        let _ = writeln!(out, "  no finding changed");
    }
    for change in &diff.findings {
        finding(&mut out, change, &diff.origins, width);
    }
    out
}

fn finding(out: &mut String, change: &FindingChangeJson, origins: &[OriginJson], width: usize) {
    let question = change.question.replace('-', " ");
    let stands = match (&change.before, &change.after) {
        (None, Some(after)) => stand(after),
        (Some(before), None) => format!("{} → nobody says", stand(before)),
        (Some(before), Some(after)) if before == after => format!("{}, as before", stand(after)),
        (Some(before), Some(after)) => format!("{} → {}", stand(before), stand(after)),
        (None, None) => String::new(),
    };
    let _ = writeln!(out, "    {}  {stands}", paint(HEADING, &question));
    for (sign, answers) in [("+", &change.new), ("−", &change.gone)] {
        for answer in answers {
            self::answer(out, sign, answer, origins, width);
        }
    }
}

fn answer(out: &mut String, sign: &str, answer: &AnswerJson, origins: &[OriginJson], width: usize) {
    let origin = origins
        .iter()
        .find(|origin| origin.id == answer.origin)
        .map_or(answer.origin.as_str(), |origin| origin.name.as_str());
    let _ = writeln!(
        out,
        "      {sign} {}  {}",
        value(answer),
        paint(FAINT, &safe(origin))
    );
    if let Some(evidence) = answer.evidence.first() {
        let quote = format!("“{}”", safe(&evidence.quote));
        wrapped(out, width, "          ", &paint(QUOTE, &quote));
    }
}

fn stand(stand: &StandJson) -> String {
    let range = figures(stand.low, stand.conservative, stand.high);
    range.map_or_else(
        || stand.status.clone(),
        |range| format!("{} {range}", stand.status),
    )
}
