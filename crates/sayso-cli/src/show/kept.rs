//! A report of the ledger: its sheet with the analysts' decisions, and how each of them stands.

use std::fmt::Write as _;

use sayso_api::{EventJson, StatementJson};
use sayso_ledger::{BY_HAND, KeptReport, Mark, Reviewed, Standing};

use super::range;
use super::style::{DENIED, FAINT, HEADING, OPEN, QUOTE, UNKNOWN, paint, safe};

/// Lays out one report in lines of at most `width` columns.
pub(crate) fn report(report: &KeptReport, reviewed: &Reviewed, width: usize) -> String {
    let mut page = Page {
        reviewed,
        width: width.clamp(40, 110),
        out: String::new(),
    };
    page.heading(report);
    page.section("WHO SAYS WHAT");
    for statement in &reviewed.sheet.statements {
        page.statement(statement);
    }
    page.section("WHAT HAPPENED");
    for event in &reviewed.sheet.events {
        page.event(event);
    }
    page.decisions();
    page.out
}

struct Page<'a> {
    reviewed: &'a Reviewed,
    width: usize,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}");
    }

    /// Writes `text` wrapped below `indent` columns.
    fn wrapped(&mut self, indent: usize, text: &str) {
        let spaces = " ".repeat(indent);
        let options = textwrap::Options::new(self.width)
            .initial_indent(&spaces)
            .subsequent_indent(&spaces)
            .break_words(false);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(self.out, "{line}");
        }
    }

    fn section(&mut self, name: &str) {
        self.line("");
        self.line(&paint(HEADING, name));
    }

    fn heading(&mut self, report: &KeptReport) {
        let Some(about) = report.about() else {
            return;
        };
        let title = safe(about.title.as_deref().unwrap_or("(no title)"));
        for line in textwrap::wrap(&title, self.width) {
            let _ = writeln!(self.out, "{}", paint(HEADING, &line));
        }
        let facts = [&about.published, &about.outlet, &about.url];
        let facts: Vec<String> = facts.into_iter().flatten().map(|fact| safe(fact)).collect();
        if !facts.is_empty() {
            self.line(&paint(FAINT, &facts.join(" · ")));
        }
        let beside = [
            ("by", &about.author),
            ("changed", &about.updated),
            ("forwarded from", &about.forwarded_from),
            ("answers", &about.reply_to),
        ];
        let beside: Vec<String> = beside
            .into_iter()
            .filter_map(|(what, value)| Some(format!("{what} {}", safe(value.as_deref()?))))
            .collect();
        if !beside.is_empty() {
            self.line(&paint(FAINT, &beside.join(" · ")));
        }
        self.line(&paint(FAINT, &format!("report {}", safe(&about.id))));
        for version in &report.versions {
            let what = if version.correction {
                "corrected by the outlet"
            } else {
                "came in"
            };
            let line = format!(
                "{what}, recorded {} (entry {}), SHA-256 of the bytes {}",
                version.recorded, version.entry, version.sha256
            );
            self.line(&paint(FAINT, &line));
        }
        for sheet in &report.sheets {
            let line = format!(
                "coded by sayso {}, model {} (entry {})",
                safe(&sheet.made_by.sayso),
                safe(&sheet.made_by.model),
                sheet.entry
            );
            self.line(&paint(FAINT, &line));
        }
        if let Some((signed, head)) = &report.withdrawal {
            let line = format!(
                "WITHDRAWN by the outlet, recorded {}: {}",
                signed.recorded,
                safe(&head.why)
            );
            self.line(&paint(DENIED, &line));
        }
    }

    fn statement(&mut self, statement: &StatementJson<'_>) {
        let mut chain: Vec<String> = statement.sources.iter().map(|s| safe(&s.quote)).collect();
        if chain.is_empty() {
            chain.push("(nobody named)".to_owned());
        }
        let negated = if statement.polarity == "negated" {
            " · says NOT"
        } else {
            ""
        };
        let by_hand = added(self.reviewed, &statement.id);
        let line = format!(
            "  {}  {} · {}{negated}{by_hand}",
            safe(&statement.id),
            chain.join(" through "),
            safe(&statement.act)
        );
        self.line(&line);
        let content: Vec<String> = statement.content.iter().map(|c| safe(&c.quote)).collect();
        self.wrapped(6, &format!("“{}”", content.join(" … ")));
        self.marks(&statement.id);
    }

    fn event(&mut self, event: &EventJson<'_>) {
        let name = event.acled.as_deref().unwrap_or(&event.plover);
        let style = match event.status.as_ref() {
            "denied" => DENIED,
            "asserted" => HEADING,
            _ => OPEN,
        };
        let by_hand = added(self.reviewed, &event.id);
        let line = format!(
            "  {}  {}  {}  {}{by_hand}",
            safe(&event.id),
            safe(name),
            paint(style, &safe(&event.status)),
            paint(QUOTE, &format!("“{}”", safe(&event.anchor.quote)))
        );
        self.line(&line);
        for (name, side) in [("side a", &event.side_a), ("side b", &event.side_b)] {
            if !side.is_empty() {
                let words: Vec<String> = side.iter().map(|one| safe(&one.quote)).collect();
                self.line(&format!("      {name}    {}", words.join(", ")));
            }
        }
        if let Some(place) = &event.place {
            let country = safe(place.country.as_deref().unwrap_or("?"));
            self.line(&format!("      where     {}, {country}", safe(&place.name)));
        }
        if let Some(time) = &event.time {
            let days = [&time.start, &time.end];
            let mut days: Vec<String> = days.into_iter().flatten().map(|day| safe(day)).collect();
            days.dedup();
            self.line(&format!("      when      {}", days.join(" to ")));
        }
        for toll in &event.tolls {
            let number = range(toll.low, toll.high);
            // A count that an analyst corrected is not the one of the words it rests on.
            self.line(&format!(
                "      toll      {number} {} {}  {}",
                safe(&toll.who),
                safe(&toll.effect),
                paint(QUOTE, &format!("“{}”", safe(&toll.quote)))
            ));
        }
        match event.toll_status.as_ref() {
            "unknown" => self.line(&format!("      toll      {}", paint(UNKNOWN, "UNKNOWN"))),
            "none" => self.line("      toll      none: nobody was hurt, it is said"),
            _ => {}
        }
        self.marks(&event.id);
    }

    /// The reviews of one finding that are in force.
    fn marks(&mut self, finding: &str) {
        let lines: Vec<String> = self
            .reviewed
            .marks
            .iter()
            .filter(|mark| mark.review.finding == finding && mark.standing != Standing::Superseded)
            .map(decision)
            .collect();
        for line in lines {
            self.wrapped(6, &format!("✓ {line}"));
        }
    }

    /// What no finding of the sheet shows: rejected and orphaned findings.
    fn decisions(&mut self) {
        let marks: Vec<&Mark> = self
            .reviewed
            .marks
            .iter()
            .filter(|mark| {
                let shown = self.is_shown(&mark.review.finding);
                mark.standing == Standing::Orphaned || !shown
            })
            .collect();
        let lost = self
            .reviewed
            .own
            .iter()
            .filter(|own| own.standing == Standing::Orphaned);
        let mut lines: Vec<(u64, String)> = marks
            .into_iter()
            .map(|mark| (mark.entry, decision(mark)))
            .collect();
        lines.extend(lost.map(|own| {
            let line = format!(
                "{} was added by {}: orphaned",
                safe(&own.finding),
                safe(&own.by)
            );
            (own.entry, line)
        }));
        if lines.is_empty() {
            return;
        }
        lines.sort();
        self.section("LEFT OUT OR ORPHANED");
        for (entry, line) in lines {
            self.wrapped(2, &format!("{line} (entry {entry})"));
        }
    }

    fn is_shown(&self, finding: &str) -> bool {
        let sheet = &self.reviewed.sheet;
        sheet.statements.iter().any(|s| s.id == finding)
            || sheet.events.iter().any(|e| e.id == finding)
    }
}

/// Says of a finding that an analyst added it.
fn added(reviewed: &Reviewed, finding: &str) -> String {
    reviewed
        .own
        .iter()
        .find(|own| own.finding == finding)
        .map(|own| format!(" · {BY_HAND}, {}", safe(&own.by)))
        .unwrap_or_default()
}

fn decision(mark: &Mark) -> String {
    let review = &mark.review;
    let mut line = format!("{} {}", review.ruling.as_str(), safe(&review.finding));
    if let Some(field) = &review.field {
        let _ = write!(line, " {}", safe(field));
    }
    if let Some(value) = &review.value {
        let _ = write!(line, " = {}", safe(&value.to_string()));
    }
    let _ = write!(line, " by {}", safe(&mark.by));
    if let Some(why) = &review.why {
        let _ = write!(line, ": {}", safe(why));
    }
    if mark.standing != Standing::Holds {
        let _ = write!(line, " [{}]", mark.standing.as_str());
    }
    line
}
