//! The readable incident: findings first, then who says what, then why its reports belong
//! together.

use std::fmt::Write as _;

use sayso_api::{AnswerJson, FindingJson, IncidentJson};
use sayso_archive::OriginMark;

use super::figures;
use super::style::{DENIED, FAINT, HEADING, OPEN, QUOTE, UNKNOWN, paint, safe};

/// Lays out one incident, with what analysts said of its origins, in lines of at most `width` columns.
pub(crate) fn page(incident: &IncidentJson, marks: &[OriginMark], width: usize) -> String {
    let width = width.clamp(40, 110);
    let mut out = String::new();
    let _ = writeln!(out, "{}", paint(HEADING, &safe(&incident.title)));
    let mut facts = vec![
        counted(incident.reports.len(), "print"),
        counted(incident.origins.len(), "origin"),
    ];
    for (status, what) in [("disputed", "dispute"), ("unknown", "unknown")] {
        let of = |finding: &&FindingJson| finding.status == status;
        let count = incident.findings.iter().filter(of).count();
        if count > 0 {
            facts.push(counted(count, what));
        }
    }
    if let Some(place) = &incident.place {
        let within = [&place.admin1, &place.country];
        let within: Vec<&str> = within.into_iter().flatten().map(String::as_str).collect();
        facts.push(safe(&format!("{} ({})", place.name, within.join(", "))));
    }
    facts.push(format!("incident {}", incident.id));
    let _ = writeln!(out, "{}", paint(FAINT, &facts.join(" · ")));

    let _ = writeln!(out, "\n{}", paint(HEADING, "WHAT IS KNOWN"));
    if incident.findings.is_empty() {
        let _ = writeln!(out, "  nothing that a frame knows; the reports are below");
    }
    for finding in &incident.findings {
        self::finding(&mut out, incident, finding, width);
    }

    let _ = writeln!(out, "\n{}", paint(HEADING, "ON WHOSE SAY-SO"));
    for origin in &incident.origins {
        let _ = writeln!(
            out,
            "  {}  {}",
            safe(&origin.name),
            paint(
                FAINT,
                &format!(
                    "[{}] in {}{}  {}",
                    origin.why,
                    counted(origin.reports.len(), "report"),
                    if origin.unreliable {
                        ", marked UNRELIABLE: in no range"
                    } else {
                        ""
                    },
                    origin.id
                )
            )
        );
        for passage in &origin.passages {
            let line = format!(
                "{} prints {} words of {}: “{}”",
                passage.report,
                passage.words,
                passage.with,
                beginning(&passage.quote)
            );
            wrapped(&mut out, width, "      ", &paint(QUOTE, &safe(&line)));
        }
    }

    let _ = writeln!(out, "\n{}", paint(HEADING, "REPORTS"));
    for report in &incident.reports {
        let published = report.published.as_deref().unwrap_or("undated");
        let outlet = report.outlet.as_deref().unwrap_or("outlet not stated");
        let recalled = match (report.withdrawn, report.role.as_str()) {
            (true, _) => "  TAKEN BACK by its outlet: not counted",
            (false, "main") => "",
            (false, _) => "  recalls it",
        };
        let _ = writeln!(
            out,
            "  {}  {}  {}{recalled}",
            safe(published),
            safe(outlet),
            paint(FAINT, &safe(&report.id))
        );
    }
    decided(&mut out, incident, marks, width);
    if !incident.why.is_empty() {
        let _ = writeln!(out, "\n{}", paint(HEADING, "WHY THEY BELONG TOGETHER"));
        for why in &incident.why {
            wrapped(&mut out, width, "  ", &safe(why));
        }
    }
    out
}

/// What analysts decided on the incident and its origins, as it was recorded.
fn decided(out: &mut String, incident: &IncidentJson, marks: &[OriginMark], width: usize) {
    if !incident.decisions.is_empty() || !marks.is_empty() {
        let _ = writeln!(out, "\n{}", paint(HEADING, "DECIDED BY ANALYSTS"));
    }
    let because = |why: &Option<String>| {
        let why = why.as_deref().map(|why| format!(": {why}"));
        why.unwrap_or_default()
    };
    let mut lines: Vec<(&str, String)> = Vec::new();
    for decision in &incident.decisions {
        let what = match decision.kind.as_str() {
            "merge" => format!("merged {}", decision.incidents.join(", ")),
            _ => format!(
                "took {} out of {}",
                decision.reports.join(", "),
                decision.incidents.join(", ")
            ),
        };
        let (by, at, why) = (&decision.by, &decision.recorded, because(&decision.why));
        lines.push((at, format!("{by} {what}, recorded {at}{why}")));
    }
    for mark in marks {
        let name = incident.origins.iter().find(|o| o.id == mark.origin);
        let name = name.map_or("an origin", |origin| origin.name.as_str());
        let reliable = if mark.reliable {
            "reliable"
        } else {
            "unreliable"
        };
        let (by, at, why) = (&mark.by, &mark.recorded, because(&mark.why));
        let line = format!(
            "{by} marked {name} ({}) {reliable}, recorded {at}{why}",
            mark.origin
        );
        lines.push((at, line));
    }
    // By their moments, which are written alike.
    lines.sort_by(|a, b| a.0.cmp(b.0));
    for (_, line) in lines {
        wrapped(out, width, "  ", &safe(&line));
    }
}

fn finding(out: &mut String, incident: &IncidentJson, finding: &FindingJson, width: usize) {
    let style = match finding.status.as_str() {
        "corroborated" => HEADING,
        "disputed" => OPEN,
        "denied" => DENIED,
        "unknown" => UNKNOWN,
        _ => FAINT,
    };
    let range = figures(finding.low, finding.conservative, finding.high)
        .map_or_else(String::new, |range| format!("  {range}"));
    let _ = writeln!(
        out,
        "\n  {}  {}{range}",
        paint(HEADING, &finding.question.replace('-', " ")),
        paint(style, &finding.status)
    );
    for answer in finding.answers.iter().filter(|answer| !answer.superseded) {
        self::answer(out, incident, answer, width);
    }
    let old = finding
        .answers
        .iter()
        .filter(|answer| answer.superseded)
        .count();
    if old > 0 {
        let _ = writeln!(
            out,
            "      {}",
            paint(FAINT, &format!("{} before", counted(old, "answer")))
        );
    }
}

fn answer(out: &mut String, incident: &IncidentJson, answer: &AnswerJson, width: usize) {
    let origin = incident
        .origins
        .iter()
        .find(|origin| origin.id == answer.origin)
        .map_or(answer.origin.as_str(), |origin| origin.name.as_str());
    let value = value(answer);
    let quote = answer.evidence.first().map(|evidence| {
        let more = answer.evidence.len() - 1;
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!("“{}”{more}", safe(&evidence.quote))
    });
    let _ = writeln!(out, "    {value}  {}", paint(FAINT, &safe(origin)));
    if let Some(quote) = quote {
        wrapped(out, width, "      ", &paint(QUOTE, &quote));
    }
}

/// What an answer says.
pub(super) fn value(answer: &AnswerJson) -> String {
    match (answer.stance.as_str(), &answer.value) {
        ("does-not-know", _) => paint(UNKNOWN, "not known"),
        ("denies", _) => paint(DENIED, "denied"),
        (_, Some(value)) => safe(value),
        (_, None) => String::new(),
    }
}

pub(super) fn wrapped(out: &mut String, width: usize, indent: &str, text: &str) {
    let options = textwrap::Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent)
        .break_words(false);
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{line}");
    }
}

/// The first words of a passage.
fn beginning(quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    match words.get(..16) {
        Some(first) if words.len() > 16 => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

pub(super) fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}
